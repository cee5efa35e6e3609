"""Problems of the data files, each with its place, and the look-ups that find them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.language import _
from dcrelief.rules.criteria.base import Limit
from dcrelief.rules.facts import EARLIEST_DATE, LATEST_DATE, Fact, Tokens, nearest_of
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.money import read_money


class Place(Struct, frozen=True):
    """Where in the data files: the file, the measure and route if any, the field."""

    file: str
    measure: int | None = None
    route: str = ""
    field: str = ""


class Problem(Struct, frozen=True):
    """Something wrong at a place, and what to do about it."""

    place: Place
    text: str


class Spot(Struct, frozen=True):
    """A place, and what is needed to read what stands there. A look-up that fails is reported and answered with
    something harmless.

    problems: the list, shared by all spots, of everything that is wrong.
    """

    place: Place
    facts: Mapping[str, Fact]
    tokens: Tokens
    problems: list[Problem]

    def at(self, part: str) -> "Spot":
        """The same place, one field deeper."""
        field = f"{self.place.field}.{part}" if self.place.field else part
        return replace(self, place=replace(self.place, field=field))

    def of(self, measure: int, route: str = "") -> "Spot":
        """The place of a measure, or of one of its routes, in the same file."""
        return replace(self, place=Place(self.place.file, measure, route))

    def report(self, text: str) -> None:
        """Notes a problem here."""
        self.problems.append(Problem(self.place, text))

    def no_twice(self, keys: Iterable[object], what: str) -> None:
        """Reports every key that stands more than once."""
        for key, count in Counter(keys).items():
            if count > 1:
                self.report(_("{what} {key} 出现了 {count} 次，请只留一个", what=what, key=key, count=count))

    def fact(self, fact_id: str) -> Fact | None:
        """The fact of an id; None, and a problem with the nearest id, if there is none."""
        fact = self.facts.get(fact_id)
        if fact is None:
            hint = nearest_hint(fact_id, self.facts)
            self.report(_("没有事实 {fact_id}{hint}；请改正，或在 questions.toml 里加上", fact_id=fact_id, hint=hint))
        return fact

    def fact_of_kind(self, fact_id: str, kinds: tuple[str, ...]) -> Fact | None:
        """The fact of an id if it is of one of these kinds."""
        fact = self.fact(fact_id)
        if fact is not None and fact.kind not in kinds:
            self.report(
                _("{fact_id} 是 {kind}，这里要 {listed}", fact_id=fact_id, kind=fact.kind, listed=_("或 ").join(kinds))
            )
            return None
        return fact

    def limit(self, fact: Fact, limit: Limit) -> int:
        """A bound of a fact: people, fen, or whatever its values are; 0 for one that cannot be read."""
        kind = kind_of(fact)
        if kind.is_money:
            return self.money(limit)
        if fact.kind == "count":
            if not isinstance(limit, int) or limit < 0:
                self.report(_("“{limit}”要写成不小于 0 的整数", limit=limit))
                return 0
            return limit
        value = kind.read(fact, limit, LATEST_DATE, self.tokens) if isinstance(limit, str) else None
        if not isinstance(value, int):
            shown = '"10%"' if fact.kind == "percent" else f'"12.5{fact.unit}"'
            self.report(_("“{limit}”不行，请写成 {shown} 这样的文字", limit=limit, shown=shown))
            return 0
        return value

    def money(self, text: Limit) -> int:
        """An amount in fen; 0 for one that cannot be read."""
        fen = read_money(text, self.tokens) if isinstance(text, str) else None
        if fen is None or fen < 0:
            self.report(_('“{text}”不是金额，请写成 "20万元" 这样的文字', text=text))
            return 0
        return fen

    def day(self, day: date | None) -> None:
        """Reports a day that nobody can mean."""
        if day is not None and not EARLIEST_DATE <= day <= LATEST_DATE:
            self.report(_("{day} 不会是这里的日期，请改正", day=day))


def nearest_hint(name: str, known: Iterable[str]) -> str:
    """Which known name a wrong one comes near to, as the end of a sentence; empty if none."""
    nearest = nearest_of(name, {each: each for each in known})
    return _("，最接近的是 {nearest}", nearest=nearest) if nearest else ""
