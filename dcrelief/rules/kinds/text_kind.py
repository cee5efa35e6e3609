"""Facts that are a line of text."""

from datetime import date

from dcrelief.rules.facts import LONGEST_TEXT, BadValue, Fact, Tokens, Value
from dcrelief.rules.kinds.base import FactKind
from dcrelief.rules.words import Words


class TextKind(FactKind):
    """Values: str, without line breaks and doubled spaces."""

    number_format = "@"

    def read(self, fact: Fact, written: object, as_of: date, tokens: Tokens) -> str | BadValue:  # noqa: ARG002
        text = " ".join(written.split()) if isinstance(written, str) else None
        fits = text is not None and len(text) <= LONGEST_TEXT and text.isprintable()
        return text if fits and text is not None else BadValue(fact, written, as_of)

    def canonical(self, fact: Fact, value: Value) -> str:  # noqa: ARG002
        return str(value)

    def show(self, fact: Fact, value: Value, words: Words) -> str:  # noqa: ARG002
        return str(value)

    def _places(self, fact: Fact, as_of: date, words: Words) -> dict[str, object]:  # noqa: ARG002
        return {"longest_text": LONGEST_TEXT}
