"""From the terms of a data file to the condition tree."""

from collections.abc import Mapping
from typing import Any

from dcrelief.catalogue.problems import Spot
from dcrelief.catalogue.schema import CRITERION_FIELDS, TermTable
from dcrelief.language import _, later
from dcrelief.rules.conditions import All, AnyOf, Condition, Leaf, Not, SizeAtMost
from dcrelief.rules.criteria import CRITERIA, Criterion, IsYes
from dcrelief.rules.criteria.base import Flaw, Keys, Limit
from dcrelief.rules.facts import Fact
from dcrelief.rules.size import SizeClass, SizeStandard

_FLAWS: Mapping[Flaw, str] = {
    "one_side_twice": later("同一边只写一个界限"),
    "contradiction": later("上下限互相矛盾，没有数能满足，请改正"),
}


class ConditionBuilder:
    """Builds conditions; named: the terms that `use` refers to."""

    def __init__(self, named: Mapping[str, tuple[TermTable, ...]], standard: SizeStandard) -> None:
        self._named_terms = named
        self._standard = standard

    def condition(self, terms: tuple[TermTable, ...], spot: Spot, inside: tuple[str, ...] = ()) -> Condition:
        """All the terms together; inside: the named conditions on the way here, so that none uses itself."""
        parts = tuple(self._term(term, spot.at(str(n)), inside) for n, term in enumerate(terms, start=1))
        return parts[0] if len(parts) == 1 else All(parts)

    def _no_empty(self, parts: tuple[TermTable, ...], spot: Spot) -> None:
        if not parts:
            spot.report(_("里面没有条件，请至少写一个"))

    def _term(self, term: TermTable, spot: Spot, inside: tuple[str, ...]) -> Condition:
        fields = {name: value for name in term.__struct_fields__ if (value := getattr(term, name)) is not None}
        alone = len(fields) == 1
        if alone and term.use is not None:
            return self._named(term.use, spot, inside)
        if alone and term.any_ is not None:
            self._no_empty(term.any_, spot.at("any"))
            return AnyOf(tuple(self._term(part, spot.at(f"any.{n}"), inside) for n, part in enumerate(term.any_, 1)))
        if alone and term.not_ is not None:
            part = self._term(term.not_, spot.at("not"), inside)
            if not (isinstance(part, Leaf) and isinstance(part.criterion, IsYes)):
                # A reason turned round reads as its contrary: so other terms are written the other way round.
                spot.report(_("not 里只能是一个 yes_no 事实；别的请反过来写，如 at_most 换成 above，in 换成其余的选项"))
            return Not(part)
        if alone and term.size_at_most is not None:
            if term.size_at_most == "large":
                spot.report(_("size_at_most 写 large 就是不限规模，请删去这个条件"))
            return SizeAtMost(SizeClass.of(term.size_at_most), self._standard)
        if term.fact is not None:
            fact = spot.fact(term.fact)
            asked = {CRITERION_FIELDS.get(name, name): value for name, value in fields.items() if name != "fact"}
            return Leaf(term.fact, self._criterion(fact, asked, spot) if fact else IsYes())
        spot.report(_("看不懂这个条件；请按文件开头的写法，每项只写一种"))
        return All(())

    def _named(self, name: str, spot: Spot, inside: tuple[str, ...]) -> Condition:
        terms = self._named_terms.get(name)
        if terms is None:
            spot.report(_("没有条件 {name}；请改正，或加到 [conditions]", name=name))
            return All(())
        if name in inside:
            spot.report(_("条件 {name} 绕回了自己，请拆开", name=name))
            return All(())
        self._no_empty(terms, spot)
        return self.condition(terms, spot, (*inside, name))

    def _criterion(self, fact: Fact, fields: Mapping[str, Any], spot: Spot) -> Criterion:
        """What the fields ask of a fact; a problem, and something harmless, where no criterion has them."""
        offered = [each for each in CRITERIA if fact.kind in each.kinds]
        for each in offered:
            if fields.keys() <= each.fields.keys() and bool(fields) == bool(each.fields):
                values = {name: self._value(fact, each.fields[name], fields[name], spot) for name in fields}
                criterion = each.of(values)
                flaw = criterion.flaw()
                if flaw != "form":
                    if flaw is not None:
                        spot.report(_(_FLAWS[flaw]))
                    return criterion
        expected = _(" 或 ").join(each.form or _("只写 fact") for each in offered) or _("（不能作条件）")
        spot.report(_("{id} 是 {kind}，条件要写成：{expected}", id=fact.id, kind=fact.kind, expected=expected))
        return IsYes()

    def _value(self, fact: Fact, kind: Any, value: Any, spot: Spot) -> Any:
        """A field as rules have it: limits as numbers, keys as choices that there are."""
        if kind is Limit:
            return spot.limit(fact, value)
        known = [choice.key for choice in fact.choices]
        for key in value if kind is Keys else ():
            if key not in known:
                spot.report(_("{id} 没有选项 {key}；有：{listed}", id=fact.id, key=key, listed=_("、").join(known)))
        return value
