"""Answers that a person types: read, asked for again where they cannot be, and asked about where they are unlikely."""

from datetime import date

from dcrelief.files.complaints import complaint_about
from dcrelief.rules.facts import UNKNOWN, BadValue, Fact, Value
from dcrelief.rules.interview import Interview
from dcrelief.rules.kinds import kind_of, read
from dcrelief.rules.model import Catalogue
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.text import folded
from dcrelief.rules.usual import is_unlikely, likely_meant
from dcrelief.terminal.prompts import Back, Prompter


class TypedAnswers:
    """Asks for facts that are written in a line."""

    def __init__(self, prompter: Prompter, catalogue: Catalogue) -> None:
        self._prompter = prompter
        self._catalogue = catalogue
        self._words = catalogue.words
        self._explainer = Explainer(catalogue.facts, catalogue.words)

    def ask(self, interview: Interview, fact: Fact, text: tuple[str, ...], now: Value | None) -> Value:
        """The value, perhaps not known; now: the answer before. Raises Back.

        Asks about what is most likely a slip, and for the day where those of a month or a year do not agree.
        """
        words, value, as_of = self._words, UNKNOWN if now is None else now, interview.as_of

        def value_of(written: str) -> Value | BadValue:
            return self._read(fact, written, as_of) if written else value

        def complaint(written: str) -> str:
            bad = value_of(written)
            return complaint_about(bad, words) if isinstance(bad, BadValue) else ""

        hint = words(f"hint.{fact.kind}", unit=fact.unit)
        if value is UNKNOWN:
            hint += words("interview.empty_unknown")
        else:
            hint += words("interview.empty_keeps", value=self._explainer.show(fact, value))
        while True:
            answer = value_of(self._prompter.write(text, hint, complaint))
            assert not isinstance(answer, BadValue)
            settled: Value | None = answer
            if answer != value and is_unlikely(fact, answer):
                settled = self._settled(fact, text[0], answer)
            elif answer != value and not interview.is_settled_by(fact.id, answer):
                settled = self._made_precise(fact, text[0], answer)
            if settled is not None:
                return settled

    def _read(self, fact: Fact, written: str, as_of: date) -> Value | BadValue:
        """The value that was typed; of a number that is not exact, the number."""
        tokens = self._catalogue.tokens
        value = read(fact, written, as_of, tokens)
        if isinstance(value, BadValue) and kind_of(fact).span is not None:
            plain = folded(written)
            for word in map(folded, tokens.about):
                plain = plain.removeprefix(word).removesuffix(word)
            return value if plain == folded(written) else read(fact, plain, as_of, tokens)
        return value

    def _made_precise(self, fact: Fact, where: str, value: Value) -> Value | None:
        """The month or year, if the person knows no more; None: to be written again."""
        words, shown = self._words, self._explainer.show(fact, value)
        options = [
            ("again", words("interview.imprecise_again")),
            ("same", words("interview.imprecise_same", value=shown)),
        ]
        question = words("interview.imprecise", label=fact.label, value=shown)
        try:
            picked = self._prompter.choose((where, question), options, "again")
        except Back:
            return None
        return value if picked == "same" else None

    def _settled(self, fact: Fact, where: str, value: Value) -> Value | None:
        """What an unlikely value is to be, as the person says; None: to be written again."""
        words, meant = self._words, likely_meant(fact, value)
        options = [("again", words("interview.unlikely_again"))]
        if meant is not None:
            options.append(("meant", words("interview.unlikely_meant", value=self._explainer.show(fact, meant))))
        shown = self._explainer.show(fact, value)
        options.append(("same", words("interview.unlikely_same", value=shown)))
        question = words("interview.unlikely", label=fact.label, value=shown)
        try:
            picked = self._prompter.choose((where, question), options, "again")
        except Back:
            return None
        return {"again": None, "meant": meant, "same": value}[picked]
