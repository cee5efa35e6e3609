"""The wording of reasons, screens and reports, kept in data: a key gives a sentence."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from dcrelief.rules.money import money_text


class Words(Struct, frozen=True):
    """Sentences by key (`reason.at_most`), with named places in braces."""

    sentences: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of that key, its places filled. Raises KeyError for a key or place that is not there."""
        sentence = self.sentences[key]
        return sentence.format(**values) if values else sentence

    def joined(self, texts: Iterable[object]) -> str:
        """Texts in a row with a separator between them: `甲、乙`."""
        return self("value.separator").join(map(str, texts))

    def listed(self, texts: Iterable[str]) -> str:
        """Texts in a row: `“甲”“乙”`; what a language puts behind each to part them is taken off the last."""
        return "".join(self("value.listed", text=text) for text in texts).rstrip("; ")

    def money(self, fen: int) -> str:
        """An amount as people read it: `36万元`."""
        return money_text(fen, self.sentences["value.money"])
