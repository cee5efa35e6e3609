"""Facts that are so or not."""

from datetime import date

from dcrelief.rules.facts import BadValue, Fact, Tokens, Value
from dcrelief.rules.kinds.base import FactKind
from dcrelief.rules.text import STOPS, folded, folded_set
from dcrelief.rules.words import Words


class YesNoKind(FactKind):
    """Values: bool."""

    asked = "choose"
    together = True
    untouched = False

    def read(self, fact: Fact, written: object, as_of: date, tokens: Tokens) -> bool | BadValue:
        if isinstance(written, bool):
            return written
        token = folded(str(written)).rstrip(STOPS)
        if token in folded_set(tokens.yes):
            return True
        return False if token in folded_set(tokens.no) else BadValue(fact, written, as_of)

    def canonical(self, fact: Fact, value: Value) -> bool:  # noqa: ARG002
        return value is True

    def show(self, fact: Fact, value: Value, words: Words) -> str:  # noqa: ARG002
        return words("value.yes" if value else "value.no")

    def example(self, fact: Fact, words: Words) -> str:  # noqa: ARG002
        return f'"{words("value.yes")}"'

    def options(self, fact: Fact, words: Words) -> list[tuple[str, str, Value]]:  # noqa: ARG002
        return [("yes", words("value.yes"), True), ("no", words("value.no"), False)]

    def offered(self, fact: Fact, words: Words) -> list[str]:  # noqa: ARG002
        return [words(f"value.{key}") for key in ("yes", "no", "unknown")]
