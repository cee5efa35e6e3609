"""From the tables of the data files to a Catalogue, with every problem found on the way, each with its place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from dcrelief.files.schema import (
    EstimateTable,
    Limit,
    MeasuresFile,
    MeasureTable,
    QuestionsFile,
    RouteTable,
    RowTable,
    SizeFile,
    TermTable,
    TierTable,
    WindowTable,
    WordsFile,
)
from dcrelief.rules import money
from dcrelief.rules.catalogue import Catalogue, Contact, Measure, Policy, Route
from dcrelief.rules.conditions import (
    All,
    AnyOf,
    Bounds,
    Condition,
    HasAny,
    IsYes,
    Leaf,
    Not,
    OneOf,
    SizeAtMost,
    Test,
    WithinYears,
)
from dcrelief.rules.estimates import EstimateRule, Support, Tier
from dcrelief.rules.facts import Fact, nearest_of
from dcrelief.rules.size import Metric, Row, SizeClass, SizeStandard
from dcrelief.rules.windows import Window
from dcrelief.rules.words import Words

_PHONE = re.compile(r"(?:1\d{10}|\d{8}|1\d{4})(?:-\d{3,4}(?:/\d{3,4})*)?")
_EMAIL = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class Place(Struct, frozen=True):
    """Where in the data files: the file, the measure and route if any, the field."""

    file: str
    measure: int | None = None
    route: str = ""
    field: str = ""

    def at(self, part: str) -> "Place":
        """The same place, one field deeper."""
        return Place(self.file, self.measure, self.route, f"{self.field}.{part}" if self.field else part)


class Problem(Struct, frozen=True):
    """Something wrong at a place, and what to do about it."""

    place: Place
    text: str


class Builder:
    """Builds a catalogue; `problems` holds what was wrong, and a catalogue is good only if there is nothing in it."""

    def __init__(self, measures: MeasuresFile, questions: QuestionsFile, size: SizeFile, words: WordsFile) -> None:
        self.problems: list[Problem] = []
        self._measures = measures
        self._questions = questions
        self._facts = {fact.id: fact for fact in questions.facts}
        self._words = Words(
            {f"{group}.{key}": text for group, sentences in words.items() for key, text in sentences.items()}
        )
        self._check_questions()
        self._standard = self._size_standard(size)

    def catalogue(self, source: str) -> Catalogue:
        """The catalogue of the files whose text is source; good only while there are no problems."""
        file = self._measures
        policy_place = Place("measures.toml", field="policy")
        scope = self._condition(file.policy.scope, policy_place.at("scope"))
        if not file.policy.scope:
            self._problem(policy_place.at("scope"), "没有写适用范围，请加一个条件")
        policy = Policy(
            title=file.policy.title,
            short_title=file.policy.short_title,
            issuer=file.policy.issuer,
            published=file.policy.published,
            effective=file.policy.effective,
            confirmed_until=file.policy.confirmed_until,
            scope=scope,
            out_of_scope=file.policy.out_of_scope,
            rules=file.policy.rules,
        )
        measures = tuple(self._measure(table) for table in file.measures)
        self._check_contacts(file.contacts)
        self._no_twice((table.number for table in file.measures), Place("measures.toml"), "措施编号")
        for name, terms in file.conditions.items():
            self._condition(terms, Place("measures.toml", field=f"conditions.{name}"))
        self._check_asked(measures, policy)
        return Catalogue(
            policy=policy,
            facts=self._facts,
            tokens=self._questions.tokens,
            topics=self._questions.topics,
            pages=self._questions.pages,
            size_standard=self._standard,
            measures=measures,
            contacts=file.contacts,
            words=self._words,
            source=source,
        )

    def _problem(self, place: Place, text: str) -> None:
        self.problems.append(Problem(place, text))

    def _no_twice(self, keys: Iterable[object], place: Place, what: str) -> None:
        for key, count in Counter(keys).items():
            if count > 1:
                self._problem(place, f"{what} {key} 出现了 {count} 次，请只留一个")

    # ---- facts and pages -----------------------------------------------------------------------------------------

    def _check_questions(self) -> None:
        place = Place("questions.toml")
        questions = self._questions
        self._no_twice((fact.id for fact in questions.facts), place, "事实")
        self._no_twice((page.key for page in questions.pages), place, "页")
        self._no_twice((fact for page in questions.pages for fact in page.facts), place, "页上的事实")
        topics = {topic.key for topic in questions.topics}
        for fact in questions.facts:
            at = place.at(f"facts.{fact.id}")
            self._no_twice((choice.key for choice in fact.choices), at, "选项")
            if fact.at_least > fact.at_most:
                self._problem(at, f"at_least {fact.at_least} 大于 at_most {fact.at_most}，请改正上下限")
            if bool(fact.choices) != (fact.kind in ("choice", "several")):
                self._problem(at, "choice 和 several 要有 choices，其他种类不能有")
        for page in questions.pages:
            at = place.at(f"pages.{page.key}")
            for fact_id in page.facts:
                self._fact(fact_id, at)
            kinds = {self._facts[fact_id].kind for fact_id in page.facts if fact_id in self._facts}
            if not page.facts or (len(page.facts) > 1 and (kinds != {"yes_no"} or not page.question)):
                self._problem(at, "一页只能是一个事实，或者几个 yes_no 事实并写明 question")
            if page.topic and page.topic not in topics:
                self._problem(at, f"没有主题 {page.topic}，请在 [[topics]] 里加上或改正")

    def _fact(self, fact_id: str, place: Place) -> Fact | None:
        fact = self._facts.get(fact_id)
        if fact is None:
            nearest = nearest_of(fact_id, {known: known for known in self._facts})
            hint = f"，最接近的是 {nearest}" if nearest else ""
            self._problem(place, f"没有事实 {fact_id}{hint}；请改正，或在 questions.toml 里加上")
        return fact

    def _fact_of_kind(self, fact_id: str, kinds: tuple[str, ...], place: Place) -> Fact | None:
        fact = self._fact(fact_id, place)
        if fact is not None and fact.kind not in kinds:
            self._problem(place, f"{fact_id} 是 {fact.kind}，这里要 {'或 '.join(kinds)}")
            return None
        return fact

    def _check_asked(self, measures: tuple[Measure, ...], policy: Policy) -> None:
        """A fact that a rule reads must be asked somewhere."""
        asked = {fact for page in self._questions.pages for fact in page.facts}
        read = set(policy.scope.facts())
        for route in (route for measure in measures for route in measure.routes):
            read.update(route.audience.facts(), route.conditions().facts())
            if route.estimate is not None:
                read.add(route.estimate.base)
        for fact in sorted(read & self._facts.keys() - asked):
            self._problem(Place("questions.toml", field=f"facts.{fact}"), "规则要用它，却没有一页问它，请加到一页上")

    # ---- the size standard ---------------------------------------------------------------------------------------

    def _size_standard(self, file: SizeFile) -> SizeStandard:
        place = Place("size_standard.toml")
        industry = self._fact_of_kind(file.industry_fact, ("choice",), place.at("industry_fact"))
        rows = tuple(self._row(table, place.at(f"rows.{table.name}")) for table in file.rows)
        listed = [key for table in file.rows for key in table.industries]
        self._no_twice(listed, place, "行业")
        for choice in industry.choices if industry else ():
            if choice.key not in listed:
                self._problem(place, f"行业 {choice.key}（{choice.label}）没有一行划型标准，请加到一行的 industries")
        return SizeStandard(file.title, file.source, file.industry_fact, rows, file.notes)

    def _row(self, table: RowTable, place: Place) -> Row:
        if bool(table.bounds) == bool(table.own_fact):
            self._problem(place, "要么写 bounds，要么写 own_fact")
        if table.own_fact:
            self._fact_of_kind(table.own_fact, ("choice",), place.at("own_fact"))
        metrics = []
        for fact_id, limits in table.bounds.items():
            fact = self._fact_of_kind(fact_id, ("count", "money"), place.at(fact_id))
            bounds = [self._limit(fact, limit, place.at(fact_id)) for limit in limits] if fact else [0, 0, 0]
            if fact and not bounds[0] < bounds[1] < bounds[2]:
                self._problem(place.at(fact_id), "三个下限要从小到大：小型、中型、大型")
            metrics.append(Metric(fact_id, (bounds[0], bounds[1], bounds[2])))
        return Row(table.name, table.industries, tuple(metrics), table.by_reference, table.own_fact)

    # ---- measures and routes -------------------------------------------------------------------------------------

    def _measure(self, table: MeasureTable) -> Measure:
        place = Place("measures.toml", table.number)
        self._no_twice((route.key for route in table.routes), place, "办理情形")
        if not table.routes:
            self._problem(place, "没有办理情形，请至少写一个 [[measures.routes]]")
        routes = tuple(self._route(table.number, route) for route in table.routes)
        return Measure(table.number, table.title, table.summary, table.units, routes, table.notes)

    def _route(self, number: int, table: RouteTable) -> Route:
        place = Place("measures.toml", number, table.key)
        audience = self._condition(table.audience, place.at("audience"))
        when = self._condition(table.when, place.at("when"))
        if not (table.audience or table.when or table.action == "none"):
            self._problem(place, '没有任何条件；请写 audience 或 when，不给企业办的请写 action = "none"')
        self._no_twice((*audience.facts(), *when.facts()), place, "同一情形里的事实")
        for key in table.contacts:
            if key not in self._measures.contacts:
                nearest = nearest_of(key, {known: known for known in self._measures.contacts})
                hint = f"，最接近的是 {nearest}" if nearest else ""
                self._problem(place.at("contacts"), f"没有联系人 {key}{hint}；请改正，或加上 [contacts.{key}]")
        return Route(
            measure=number,
            key=table.key,
            title=table.title,
            action=table.action,
            benefit=table.benefit,
            audience=audience,
            when=when,
            window=self._window(table.window, place.at("window")),
            basis=table.basis,
            estimate=self._estimate(table.estimate, place.at("estimate")) if table.estimate else None,
            support=Support(table.support.kind, table.support.level) if table.support else None,
            materials=table.materials,
            steps=table.steps,
            contacts=table.contacts,
            notes=table.notes,
            ask_first=table.ask_first,
        )

    def _window(self, table: WindowTable, place: Place) -> Window:
        effective = self._measures.policy.effective
        if table.month_after:
            self._fact_of_kind(table.month_after, ("date",), place.at("month_after"))
            if table.days < 1:
                self._problem(place.at("days"), "month_after 要配上天数 days，至少 1")
            return Window(month_after=table.month_after, days=table.days, text=table.text)
        start = effective if table.start is None else table.start
        if table.until is not None and table.until < start:
            self._problem(place, f"截止日 {table.until} 早于开始日 {start}，请改正")
        return Window(start, table.until, table.by_call, text=table.text)

    # ---- conditions ----------------------------------------------------------------------------------------------

    def _condition(self, terms: tuple[TermTable, ...], place: Place, inside: tuple[str, ...] = ()) -> Condition:
        parts = tuple(self._term(term, place.at(str(n)), inside) for n, term in enumerate(terms, start=1))
        return parts[0] if len(parts) == 1 else All(parts)

    def _term(self, term: TermTable, place: Place, inside: tuple[str, ...]) -> Condition:
        fields = {name for name in term.__struct_fields__ if getattr(term, name) is not None}
        if fields == {"use"} and term.use is not None:
            return self._named(term.use, place, inside)
        if fields == {"any_"} and term.any_ is not None:
            return AnyOf(tuple(self._term(part, place.at(f"any.{n}"), inside) for n, part in enumerate(term.any_, 1)))
        if fields == {"not_"} and term.not_ is not None:
            return Not(self._term(term.not_, place.at("not"), inside))
        if fields == {"size_at_most"} and term.size_at_most is not None:
            return SizeAtMost(SizeClass.of(term.size_at_most), self._standard)
        if "fact" in fields and term.fact is not None:
            fact = self._fact(term.fact, place)
            return Leaf(term.fact, self._test(fact, term, fields - {"fact"}, place) if fact else IsYes())
        self._problem(place, "看不懂这个条件；请按文件开头的写法，每项只写一种")
        return All(())

    def _named(self, name: str, place: Place, inside: tuple[str, ...]) -> Condition:
        terms = self._measures.conditions.get(name)
        if terms is None:
            self._problem(place, f"没有条件 {name}；请改正，或加到 [conditions]")
            return All(())
        if name in inside:
            self._problem(place, f"条件 {name} 绕回了自己，请拆开")
            return All(())
        return self._condition(terms, place, (*inside, name))

    def _test(self, fact: Fact, term: TermTable, fields: set[str], place: Place) -> Test:
        bounds = {"at_least", "above", "at_most", "below"}
        if fact.kind == "yes_no" and not fields:
            return IsYes()
        if fact.kind == "choice" and fields == {"in_"} and term.in_:
            return OneOf(self._choices(fact, term.in_, place))
        if fact.kind == "several" and fields == {"has"} and term.has:
            return HasAny(self._choices(fact, term.has, place))
        if fact.kind == "date" and fields == {"within_years"} and term.within_years:
            return WithinYears(term.within_years)
        if fact.kind in ("count", "money") and fields and fields <= bounds:
            return self._bounds(fact, term, place)
        expected = {
            "yes_no": "只写 fact",
            "choice": "in = [...]",
            "several": "has = [...]",
            "date": "within_years",
            "count": "at_least、above、at_most、below",
            "money": "at_least、above、at_most、below",
            "text": "（文字不能作条件）",
        }[fact.kind]
        self._problem(place, f"{fact.id} 是 {fact.kind}，条件要写成：{expected}")
        return IsYes()

    def _choices(self, fact: Fact, keys: tuple[str, ...], place: Place) -> tuple[str, ...]:
        known = [choice.key for choice in fact.choices]
        for key in keys:
            if key not in known:
                self._problem(place, f"{fact.id} 没有选项 {key}；有：{'、'.join(known)}")
        return keys

    def _bounds(self, fact: Fact, term: TermTable, place: Place) -> Bounds:
        limits = {
            name: None if (limit := getattr(term, name)) is None else self._limit(fact, limit, place.at(name))
            for name in ("at_least", "above", "at_most", "below")
        }
        bounds = Bounds(**limits)
        lows = [limit for limit in (bounds.at_least, bounds.above) if limit is not None]
        highs = [limit for limit in (bounds.at_most, bounds.below) if limit is not None]
        strict = bounds.above is not None or bounds.below is not None
        if len(lows) > 1 or len(highs) > 1:
            self._problem(place, "同一边只写一个界限")
        elif lows and highs and (lows[0] > highs[0] or (strict and lows[0] == highs[0])):
            self._problem(place, "上下限互相矛盾，没有数能满足，请改正")
        return bounds

    def _limit(self, fact: Fact, limit: Limit, place: Place) -> int:
        if fact.kind == "money":
            return self._money(limit, place)
        if not isinstance(limit, int) or limit < 0:
            self._problem(place, f"“{limit}”要写成不小于 0 的整数")
            return 0
        return limit

    def _money(self, text: Limit, place: Place) -> int:
        fen = money.read_money(text) if isinstance(text, str) else None
        if fen is None or fen < 0:
            self._problem(place, f'“{text}”不是金额，请写成 "20万元" 这样的文字')
            return 0
        return fen

    # ---- estimates -----------------------------------------------------------------------------------------------

    def _estimate(self, table: EstimateTable, place: Place) -> EstimateRule:
        self._fact_of_kind(table.base, ("money",), place.at("base"))
        cap = None if table.cap is None else self._money(table.cap, place.at("cap"))
        if (table.rate is None) == (not table.tiers):
            self._problem(place, "rate 和 tiers 写其中一个")
        if not table.tiers:
            return EstimateRule(table.base, (Tier(rates=self._rates(table.rate, place)),), cap)
        tiers = tuple(self._tier(tier, place.at(f"tiers.{n}")) for n, tier in enumerate(table.tiers, 1))
        for n, (tier, after) in enumerate(pairwise(tiers), 1):
            at = place.at(f"tiers.{n}")
            if tier.below is None or tier.below > after.start:
                self._problem(at, "和下一档重叠；请让 below 等于下一档的 from")
            elif tier.below < after.start:
                self._problem(at, "和下一档之间有空档；请让 below 等于下一档的 from")
        return EstimateRule(table.base, tiers, cap)

    def _tier(self, table: TierTable, place: Place) -> Tier:
        start = self._money(table.start, place.at("from"))
        below = None if table.below is None else self._money(table.below, place.at("below"))
        if below is not None and below <= start:
            self._problem(place, "below 要大于 from")
        if (table.rate is None) == (table.at_most is None):
            self._problem(place, "rate 和 at_most 写其中一个")
        if table.at_most is not None:
            return Tier(start, below, limit=self._money(table.at_most, place.at("at_most")))
        return Tier(start, below, rates=self._rates(table.rate, place))

    def _rates(self, texts: str | tuple[str, str] | None, place: Place) -> tuple[Fraction, Fraction]:
        low, high = (texts, texts) if isinstance(texts, str) else texts or ("0%", "0%")
        rates = [money.read_rate(text) for text in (low, high)]
        if rates[0] is None or rates[1] is None or rates[0] > rates[1]:
            self._problem(place.at("rate"), f'“{low}”“{high}”不是从小到大的百分比，请写成 "5%" 或 ["30%", "50%"]')
            return (Fraction(0), Fraction(0))
        return (rates[0], rates[1])

    # ---- contacts ------------------------------------------------------------------------------------------------

    def _check_contacts(self, contacts: Mapping[str, Contact]) -> None:
        used = {key for measure in self._measures.measures for route in measure.routes for key in route.contacts}
        for key, contact in contacts.items():
            place = Place("measures.toml", field=f"contacts.{key}")
            if key not in used:
                self._problem(place, "没有一项措施用到这个联系人；请删去，或在办理情形的 contacts 里写上")
            for text in self._malformed(contact):
                self._problem(place, text)

    @staticmethod
    def _malformed(contact: Contact) -> Iterator[str]:
        for phone in contact.phones:
            if not _PHONE.fullmatch(phone):
                yield f"电话“{phone}”不合格式；请写成 64031118 或 64031118-2538/2539"
        if not contact.phones:
            yield "没有电话；请至少写一个"
        if contact.email and not _EMAIL.fullmatch(contact.email):
            yield f"邮箱“{contact.email}”不合格式"
