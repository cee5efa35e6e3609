"""From the terms of a data file to the condition tree."""

from collections.abc import Mapping

from dcrelief.catalogue.problems import Place, Problems
from dcrelief.catalogue.schema import TermTable
from dcrelief.language import _
from dcrelief.rules.conditions import (
    All,
    AnyOf,
    Bounds,
    Condition,
    HasAny,
    HasNone,
    IsYes,
    Leaf,
    NoneOf,
    Not,
    OneOf,
    SizeAtMost,
    Test,
    WithinYears,
)
from dcrelief.rules.facts import Fact
from dcrelief.rules.size import SizeClass, SizeStandard

_MOST_YEARS = 100
_BOUNDS = ("at_least", "above", "at_most", "below")


class ConditionBuilder:
    """Builds conditions; named: the terms that `use` refers to."""

    def __init__(self, problems: Problems, named: Mapping[str, tuple[TermTable, ...]], standard: SizeStandard) -> None:
        self._problems = problems
        self._named_terms = named
        self._standard = standard

    def condition(self, terms: tuple[TermTable, ...], place: Place, inside: tuple[str, ...] = ()) -> Condition:
        """All the terms together; inside: the named conditions on the way here, so that none uses itself."""
        parts = tuple(self._term(term, place.at(str(n)), inside) for n, term in enumerate(terms, start=1))
        return parts[0] if len(parts) == 1 else All(parts)

    def _no_empty(self, parts: tuple[TermTable, ...], place: Place) -> None:
        if not parts:
            self._problems.report(place, _("里面没有条件，请至少写一个"))

    def _term(self, term: TermTable, place: Place, inside: tuple[str, ...]) -> Condition:
        fields = {name for name in term.__struct_fields__ if getattr(term, name) is not None}
        if fields == {"use"} and term.use is not None:
            return self._named(term.use, place, inside)
        if fields == {"any_"} and term.any_ is not None:
            self._no_empty(term.any_, place.at("any"))
            return AnyOf(tuple(self._term(part, place.at(f"any.{n}"), inside) for n, part in enumerate(term.any_, 1)))
        if fields == {"not_"} and term.not_ is not None:
            part = self._term(term.not_, place.at("not"), inside)
            if not (isinstance(part, Leaf) and isinstance(part.test, IsYes)):
                # A reason turned round reads as its contrary: so other terms are written the other way round.
                self._problems.report(
                    place, _("not 里只能是一个 yes_no 事实；别的请反过来写，如 at_most 换成 above，in 换成其余的选项")
                )
            return Not(part)
        if fields == {"size_at_most"} and term.size_at_most == "large":
            self._problems.report(place, "size_at_most 写 large 就是不限规模，请删去这个条件")
            return All(())
        if fields == {"size_at_most"} and term.size_at_most is not None:
            return SizeAtMost(SizeClass.of(term.size_at_most), self._standard)
        if "fact" in fields and term.fact is not None:
            fact = self._problems.fact(term.fact, place)
            return Leaf(term.fact, self._test(fact, term, fields - {"fact"}, place) if fact else IsYes())
        self._problems.report(place, _("看不懂这个条件；请按文件开头的写法，每项只写一种"))
        return All(())

    def _named(self, name: str, place: Place, inside: tuple[str, ...]) -> Condition:
        terms = self._named_terms.get(name)
        if terms is None:
            self._problems.report(place, _("没有条件 {name}；请改正，或加到 [conditions]", name=name))
            return All(())
        if name in inside:
            self._problems.report(place, _("条件 {name} 绕回了自己，请拆开", name=name))
            return All(())
        self._no_empty(terms, place)
        return self.condition(terms, place, (*inside, name))

    def _test(self, fact: Fact, term: TermTable, fields: set[str], place: Place) -> Test:
        bounds = {"at_least", "above", "at_most", "below"}
        if fact.kind == "yes_no" and not fields:
            return IsYes()
        if fact.kind == "choice" and fields == {"in_"} and term.in_:
            return OneOf(self._choices(fact, term.in_, place))
        if fact.kind == "choice" and fields == {"not_in"} and term.not_in:
            return NoneOf(self._choices(fact, term.not_in, place))
        if fact.kind == "several" and fields == {"has"} and term.has:
            return HasAny(self._choices(fact, term.has, place))
        if fact.kind == "several" and fields == {"has_none"} and term.has_none:
            return HasNone(self._choices(fact, term.has_none, place))
        years = term.within_years or 0
        if fact.kind == "date" and fields == {"within_years"} and 1 <= years <= _MOST_YEARS:
            return WithinYears(years)
        if fact.kind in ("count", "money") and fields and fields <= bounds:
            return self._bounds(fact, term, place)
        expected = {
            "yes_no": _("只写 fact"),
            "choice": _("in = [...] 或 not_in = [...]"),
            "several": _("has = [...] 或 has_none = [...]"),
            "date": _("within_years，1 到 {most_years} 年", most_years=_MOST_YEARS),
            "count": _("、").join(_BOUNDS),
            "money": _("、").join(_BOUNDS),
            "text": _("（文字不能作条件）"),
        }[fact.kind]
        self._problems.report(
            place, _("{id} 是 {kind}，条件要写成：{expected}", id=fact.id, kind=fact.kind, expected=expected)
        )
        return IsYes()

    def _choices(self, fact: Fact, keys: tuple[str, ...], place: Place) -> tuple[str, ...]:
        known = [choice.key for choice in fact.choices]
        for key in keys:
            if key not in known:
                self._problems.report(
                    place, _("{id} 没有选项 {key}；有：{listed}", id=fact.id, key=key, listed=_("、").join(known))
                )
        return keys

    def _bounds(self, fact: Fact, term: TermTable, place: Place) -> Bounds:
        limits = {
            name: None if (limit := getattr(term, name)) is None else self._problems.limit(fact, limit, place.at(name))
            for name in ("at_least", "above", "at_most", "below")
        }
        bounds = Bounds(**limits)
        lows = [limit for limit in (bounds.at_least, bounds.above) if limit is not None]
        highs = [limit for limit in (bounds.at_most, bounds.below) if limit is not None]
        strict = bounds.above is not None or bounds.below is not None
        if len(lows) > 1 or len(highs) > 1:
            self._problems.report(place, _("同一边只写一个界限"))
        elif lows and highs and (lows[0] > highs[0] or (strict and lows[0] == highs[0])):
            self._problems.report(place, _("上下限互相矛盾，没有数能满足，请改正"))
        return bounds
