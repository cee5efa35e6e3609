"""From the tables of the data files to a Catalogue, with every problem found on the way, each with its place."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.catalogue.estimate_tables import EstimateBuilder
from dcrelief.catalogue.problems import Place, Problem, Spot, nearest_hint
from dcrelief.catalogue.schema import (
    AS_OF,
    MeasuresFile,
    MeasureTable,
    PolicyTable,
    QuestionsFile,
    RemarkTable,
    RouteTable,
    RowTable,
    SizeFile,
)
from dcrelief.catalogue.terms import ConditionBuilder
from dcrelief.catalogue.window_tables import WindowBuilder
from dcrelief.language import _
from dcrelief.rules.conditions import leaves
from dcrelief.rules.criteria.base import Limit
from dcrelief.rules.facts import Tokens
from dcrelief.rules.interview import TOPICS
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import (
    Catalogue,
    Contact,
    Measure,
    MeasureFields,
    Page,
    Policy,
    PolicyFields,
    Remark,
    Route,
    RouteFields,
)
from dcrelief.rules.size import Metric, Row, SizeClass, SizeStandard
from dcrelief.rules.text import folded
from dcrelief.rules.words import Words

_PHONE = re.compile(r"(?:1\d{10}|[48]00\d{7}|\d{7,8}|1\d{4}|9[56]\d{3,4})(?:-\d{3,4}(?:/\d{3,4})*)?")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_MARK = re.compile(r"[^\W\d_]{1,20}")
_RESERVED = ("size", AS_OF)
_EMAIL = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class Builder:
    """Builds a catalogue; it is good only if there are no problems.

    problems: what was wrong, in the order in which it was found.
    """

    def __init__(self, measures: MeasuresFile, questions: QuestionsFile, size: SizeFile, words: Words) -> None:
        self._measures = measures
        self._questions = questions
        self._facts = {fact.id: fact for fact in questions.facts}
        assert questions.tokens is not None  # see load
        self._tokens = _all_tokens(questions.tokens, words)
        self.problems: list[Problem] = []
        self._in_measures, self._in_questions, self._in_sizes = (
            Spot(Place(name), self._facts, self._tokens, self.problems)
            for name in ("measures.toml", "questions.toml", "size_standard.toml")
        )
        self._words = words
        self._size = size
        self._check_facts()
        self._check_pages()
        self._standard = self._size_standard(size)
        self._terms = ConditionBuilder(measures.conditions, self._standard)
        self._estimates = EstimateBuilder(measures.caps, self._terms.condition, self._in_measures)
        self._windows = WindowBuilder(measures.policy.effective, measures.events, self._standard)
        self._policy = self._policy_of(measures.policy)

    def catalogue(self, source: str) -> Catalogue:
        """The catalogue of the files whose text is source; good only while there are no problems."""
        file = self._measures
        remarks = self._remarks(self._size.remarks, self._in_sizes.at("remarks"))
        if not file.measures:
            self._in_measures.report(_("没有措施，请至少写一个 [[measures]]"))
        measures = tuple(self._measure(table) for table in file.measures)
        self._in_measures.no_twice((entry.key for entry in file.glossary), _("术语"))
        self._in_measures.no_twice((subject.key for subject in file.subjects), _("题目"))
        self._check_exclusive(measures)
        self._check_shared_caps(measures)
        self._check_contacts(file.contacts)
        offices = {key: contact for table in file.measures for key, contact in _offices(table).items()}
        self._in_measures.no_twice((table.number for table in file.measures), _("措施编号"))
        for name, terms in file.conditions.items():
            self._terms.condition(terms, self._in_measures.at(f"conditions.{name}"))
        self._check_asked(measures)
        classified = self._terms.condition(self._size.classifies, self._in_sizes.at("classifies"))
        catalogue = Catalogue(
            policies=(self._policy,),
            facts=self._facts,
            tokens=self._tokens,
            topics=self._questions.topics,
            pages=tuple(Page(**_shared(page, Page)) for page in self._questions.pages),
            size_standard=self._standard,
            classified=classified,
            size_remarks=remarks,
            measures=measures,
            contacts={**offices, **file.contacts},
            words=self._words,
            source=source,
            accepted=file.accepted,
            glossary=file.glossary,
            subjects=file.subjects,
        )
        return without_unread(catalogue) if self._questions.extends else catalogue

    def _policy_of(self, table: PolicyTable) -> Policy:
        spot = self._in_measures.at("policy")
        scope = self._terms.condition(table.scope, spot.at("scope"))
        if not re.fullmatch(r"[^{}]*\{(?:number|chinese)\}[^{}]*", table.document.numbering):
            spot.at("document").report(_("numbering 里要有 {number} 或 {chinese}，别的花括号不行，如 第{chinese}条"))
        if table.switchboard and not _PHONE.fullmatch(table.switchboard):
            spot.at("switchboard").report(_("电话“{phone}”不合格式", phone=table.switchboard))
        for name in ("key", "mark"):
            if (value := getattr(table, name)) and (_ID if name == "key" else _MARK).fullmatch(value) is None:
                spot.at(name).report(_("key 用小写英文字母、数字和 _，mark 用一两个字，不带数字和点"))
        for name in ("published", "effective", "confirmed_until"):
            spot.at(name).day(getattr(table, name))
        if not re.fullmatch(r"[1-9]\d{1,2}", table.area_code):
            spot.at("area_code").report(_('写区号，不带前面的 0，如 "10"、"591"'))
        if not table.scope:
            spot.at("scope").report(_("没有写适用范围，请加一个条件"))
        for field, fact in (("name_fact", table.name_fact), ("id_fact", table.id_fact)):
            if fact:
                spot.at(field).fact_of_kind(fact, ("text",))
        return Policy(scope=scope, **_shared(table, PolicyFields))

    # ---- facts and pages -----------------------------------------------------------------------------------------

    def _check_facts(self) -> None:
        facts = self._questions.facts
        self._in_questions.no_twice((fact.id for fact in facts), _("事实"))
        self._one_meaning(((name, fact.id) for fact in facts for name in fact.names), self._in_questions)
        for fact in facts:
            at = self._in_questions.at(f"facts.{fact.id}")
            at.no_twice((choice.key for choice in fact.choices), _("选项"))
            self._one_meaning(
                ((name, choice.key) for choice in fact.choices for name in (choice.key, choice.label, *choice.aliases)),
                at,
            )
            if not _ID.fullmatch(fact.id) or fact.id in _RESERVED:
                at.report(_("事实的 id 用小写英文字母、数字和 _，不能是 size、as_of"))
            limits = {"at_least": fact.at_least, "at_most": fact.at_most}
            if fact.at_least > fact.at_most:
                at.report(_("at_least {at_least} 大于 at_most {at_most}，请改正上下限", **limits))
            if fact.kind == "foreign" and not fact.unit:
                at.report(_("foreign 要写 unit，就是那种货币，如 美元"))
            if bool(fact.choices) != kind_of(fact).has_choices:
                at.report(_("choice 和 several 要有 choices，其他种类不能有"))

    def _check_pages(self) -> None:
        pages = self._questions.pages
        topics = {topic.key for topic in self._questions.topics}
        self._in_questions.no_twice((page.key for page in pages), _("页"))
        self._in_questions.no_twice((fact for page in pages for fact in page.facts), _("页上的事实"))
        for page in pages:
            at = self._in_questions.at(f"pages.{page.key}")
            if page.key == TOPICS:
                at.report(_("这个名字留给主题那一页，请换一个"))
            facts = [fact for fact_id in page.facts if (fact := at.fact(fact_id))]
            together = page.question and all(kind_of(fact).together for fact in facts)
            if not page.facts or (len(page.facts) > 1 and not together):
                at.report(_("一页只能是一个事实，或者几个 yes_no 事实并写明 question"))
            if page.topic and page.topic not in topics:
                at.report(_("没有主题 {topic}，请在 [[topics]] 里加上或改正", topic=page.topic))

    def _check_asked(self, measures: tuple[Measure, ...]) -> None:
        """A fact that a rule reads must be asked somewhere."""
        asked = {fact for page in self._questions.pages for fact in page.facts}
        read = set(self._policy.scope.facts())
        for route in (route for measure in measures for route in measure.routes):
            read.update(route.audience.facts(), route.conditions().facts())
            if route.estimate is not None:
                read.update(route.estimate.facts())
        for fact in sorted(read & self._facts.keys() - asked):
            self._in_questions.at(f"facts.{fact}").report(_("规则要用它，却没有一页问它，请加到一页上"))

    def _one_meaning(self, names: Iterable[tuple[str, str]], spot: Spot) -> None:
        """Reports every way to write something that could mean two things."""
        meanings: dict[str, str] = {}
        for name, meaning in names:
            before = meanings.setdefault(folded(name), meaning)
            if before != meaning:
                values = {"name": name, "meanings": before, "meaning": meaning}
                spot.report(_("“{name}”既指 {meanings} 又指 {meaning}，请改掉一个", **values))

    # ---- the size standard ---------------------------------------------------------------------------------------

    def _size_standard(self, file: SizeFile) -> SizeStandard:
        industry = self._in_sizes.at("industry_fact").fact_of_kind(file.industry_fact, ("choice",))
        self._in_sizes.no_twice((table.name for table in file.rows), _("划型标准的一行"))
        rows = tuple(self._row(table, self._in_sizes.at(f"rows.{table.name}")) for table in file.rows)
        listed = [key for table in file.rows for key in table.industries]
        self._in_sizes.no_twice(listed, _("行业"))
        for choice in industry.choices if industry else ():
            named = {"key": choice.key, "label": choice.label}
            if choice.key not in listed:
                self._in_sizes.report(_("行业 {key}（{label}）没有一行划型标准，请加到一行的 industries", **named))
        return SizeStandard(file.title, file.source, file.industry_fact, rows, file.notes)

    def _row(self, table: RowTable, spot: Spot) -> Row:
        if bool(table.bounds) == bool(table.own_fact):
            spot.report(_("要么写 bounds，要么写 own_fact"))
        if not table.industries:
            spot.report(_("没有行业，请至少写一个 industries"))
        for needed, note in ((table.own_fact, "own_fact"), (table.by_reference, "by_reference")):
            if needed and note not in self._size.notes:
                spot.report(_("用到了 {note}，请在 [notes] 里写上 {note} 的说明", note=note))
        if table.own_fact:
            at = spot.at("own_fact")
            own = at.fact_of_kind(table.own_fact, ("choice",))
            if own is not None and {choice.key for choice in own.choices} != {size.key for size in SizeClass}:
                at.report(_("它的选项要是 micro、small、medium、large"))
        metrics = tuple(self._metric(fact_id, limits, spot.at(fact_id)) for fact_id, limits in table.bounds.items())
        return Row(table.name, table.industries, metrics, table.by_reference, table.own_fact)

    def _metric(self, fact_id: str, limits: tuple[Limit, Limit, Limit], spot: Spot) -> Metric:
        fact = spot.fact_of_kind(fact_id, ("count", "money"))
        if fact is None:
            return Metric(fact_id, (0, 0, 0))
        small, medium, large = (spot.limit(fact, limit) for limit in limits)
        if not small < medium < large:
            spot.report(_("三个下限要从小到大：小型、中型、大型"))
        return Metric(fact_id, (small, medium, large))

    # ---- measures and routes -------------------------------------------------------------------------------------

    def _measure(self, table: MeasureTable) -> Measure:
        spot = self._in_measures.of(table.number)
        spot.no_twice((route.key for route in table.routes), _("办理情形"))
        if not table.routes:
            spot.report(_("没有办理情形，请至少写一个 [[measures.routes]]"))
        if table.subject and table.subject not in {subject.key for subject in self._measures.subjects}:
            spot.at("subject").report(_("没有题目 {subject}，请在 [[subjects]] 里加上或改正", subject=table.subject))
        self._check_stands_in_for(table)
        routes = tuple(self._route(table.number, route, route.units or table.units) for route in table.routes)
        notes = self._remarks(table.notes, spot.at("notes"))
        units = table.units or tuple(dict.fromkeys(unit for route in table.routes for unit in route.units))
        return Measure(routes=routes, notes=notes, **{**_shared(table, MeasureFields), "units": units})

    def _remarks(self, tables: Iterable[str | RemarkTable], spot: Spot) -> tuple[Remark, ...]:
        always = [RemarkTable(table, ()) if isinstance(table, str) else table for table in tables]
        parts = enumerate(always, 1)
        return tuple(Remark(table.text, self._terms.condition(table.when, spot.at(str(n)))) for n, table in parts)

    def _check_stands_in_for(self, table: MeasureTable) -> None:
        """A route stands in the place of another of its measure, and in the end of none that stands in its own."""
        places = {route.key: route.stands_in_for for route in table.routes}
        for route in table.routes:
            place, seen = route.stands_in_for, {route.key}
            while place in places and place not in seen:
                seen.add(place)
                place = places[place]
            if place:
                at = self._in_measures.of(table.number, route.key).at("stands_in_for")
                at.report(_("要写这一条的另一个办理情形，不能绕回自己；{place} 不行，请改正或删去", place=place))

    def _route(self, number: int, table: RouteTable, units: tuple[str, ...]) -> Route:
        spot = self._in_measures.of(number, table.key)
        audience = self._terms.condition(table.audience, spot.at("audience"))
        when = self._terms.condition(table.when, spot.at("when"))
        if not (table.audience or table.when or table.action == "none"):
            spot.report(_('没有任何条件；请写 audience 或 when，不给企业办的请写 action = "none"'))
        counted_from = (table.window.month_after,) if table.window.month_after else ()
        conditions = (self._policy.scope, audience, when)
        read = (leaf.fact for condition in conditions for leaf in leaves(condition))
        spot.no_twice((*read, *counted_from), _("一个情形（连同适用范围和期限）里，事实"))
        for fact in table.settles:
            if fact not in (*audience.facts(), *when.facts()):
                spot.at("settles").report(_("{fact} 不在这个情形的条件里，请改正或删去", fact=fact))
        if table.support and table.support.taken and table.support.taken not in when.facts():
            spot.at("support").report(_("taken 要是这个情形 when 里的一个事实，写成 not"))
        self._check_whom_to_ask(table, spot)
        if not (table.contacts or units):
            spot.at("contacts").report(_("没有联系人，也没有单位；请写 contacts，或在这里或措施上写 units"))
        return Route(
            measure=str(number),
            audience=audience,
            when=when,
            window=self._windows.window(table.window, spot.at("window")),
            estimate=self._estimates.estimate(table.estimate, spot.at("estimate")) if table.estimate else None,
            notes=self._remarks(table.notes, spot.at("notes")),
            **{**_shared(table, RouteFields), "contacts": table.contacts or tuple(map(_office_key, units))},
        )

    def _check_whom_to_ask(self, table: RouteTable, spot: Spot) -> None:
        contacts, at = self._measures.contacts, spot.at("contacts")
        for key in table.contacts:
            if key not in contacts:
                hint = nearest_hint(key, contacts)
                at.report(_("没有联系人 {key}{hint}；请改正，或加上 [contacts.{key}]", key=key, hint=hint))
        if table.mail:
            desk = table.mail.contact
            if desk not in table.contacts or desk not in contacts or not contacts[desk].email:
                spot.at("mail").report(_("{contact} 要是这里 contacts 中的一个，并且有邮箱，请改正", contact=desk))

    def _check_shared_caps(self, measures: tuple[Measure, ...]) -> None:
        """Routes that share a cap add to the same total, and always count."""
        totals: dict[str, str] = {}
        for route in (route for measure in measures for route in measure.routes):
            if route.estimate is None or route.estimate.shared is None:
                continue
            at = self._in_measures.of(int(route.measure), route.key).at("estimate.cap_with")
            if route.exclusive or route.support:
                at.report(_("cap_with 不和 exclusive、support 一起写"))
            if totals.setdefault(route.estimate.shared.name, route.total) != route.total:
                at.report(_("同一个 cap_with 的几项，benefit 要计入同一个合计"))

    def _check_exclusive(self, measures: tuple[Measure, ...]) -> None:
        """Routes of which only one may be taken are all the same support, or none: then the better one is plain."""
        sets: dict[str, list[Route]] = {}
        for route in (route for measure in measures for route in measure.routes):
            if route.exclusive:
                sets.setdefault(route.exclusive, []).append(route)
        for name, routes in sets.items():
            spot = self._in_measures.of(int(routes[0].measure), routes[0].key).at("exclusive")
            if len({route.support for route in routes}) > 1:
                spot.report(_("写了 {name} 的情形，support 要一样（或都不写），请改正", name=name))
            elif len({route.total for route in routes}) > 1:
                spot.report(_("写了 {name} 的情形，好处要同类（补贴、减免或缓缴）才能比，请改正", name=name))

    # ---- contacts ------------------------------------------------------------------------------------------------

    def _check_contacts(self, contacts: Mapping[str, Contact]) -> None:
        for key, contact in contacts.items():
            spot = self._in_measures.at(f"contacts.{key}")
            for phone in contact.phones:
                if not _PHONE.fullmatch(phone):
                    spot.report(
                        _("电话“{phone}”不合格式；不写区号，请写成 64031118 或 64031118-2538/2539", phone=phone)
                    )
            if not contact.is_printed:
                spot.report(_("没有电话、邮箱，也没有地址；请至少写一样"))
            if contact.email and not _EMAIL.fullmatch(contact.email):
                spot.report(_("邮箱“{email}”不合格式", email=contact.email))


def without_unread(catalogue: Catalogue) -> Catalogue:
    """The catalogue without the facts that nothing in it reads, and without their pages and topics."""
    read = catalogue.facts_read()
    pages = tuple(
        replace(page, facts=tuple(fact for fact in page.facts if fact in read))
        for page in catalogue.pages
        if read.intersection(page.facts)
    )
    topics = tuple(topic for topic in catalogue.topics if topic.key in {page.topic for page in pages})
    facts = {key: fact for key, fact in catalogue.facts.items() if key in read}
    return replace(catalogue, facts=facts, pages=pages, topics=topics)


def _office_key(unit: str) -> str:
    return f"unit {unit}"


def _offices(table: MeasureTable) -> dict[str, Contact]:
    """A contact without phones for each unit of a route for which none is printed."""
    without = [route.units or table.units for route in table.routes if not route.contacts]
    return {_office_key(unit): Contact(unit, ()) for units in without for unit in units}


def _shared(table: Struct, fields: type[Struct]) -> dict[str, Any]:
    """The fields of a table that the rules have in the same form."""
    return {name: getattr(table, name) for name in fields.__struct_fields__}


def _all_tokens(tokens: Tokens, words: Words) -> Tokens:
    """The words of a questions file, and those that dcrelief itself has for yes, no and not known."""
    said: dict[str, Any] = {}
    for name in tokens.__struct_fields__:  # a word of nothing stands everywhere
        value = getattr(tokens, name)
        if isinstance(value, dict):
            said[name] = {word: number for word, number in value.items() if folded(word)}
        else:
            said[name] = tuple(word for word in value if folded(word.replace("{unit}", "")))
    tokens = Tokens(**said)
    return replace(
        tokens,
        yes=(*tokens.yes, words("value.yes")),
        no=(*tokens.no, words("value.no")),
        unknown=(*tokens.unknown, words("value.unknown")),
        scales={folded(word): number for word, number in tokens.scales.items()},
        yuan=tuple(map(folded, tokens.yuan)),
        before_yuan=tuple(map(folded, tokens.before_yuan)),
        months={folded(word): number for word, number in tokens.months.items()},
    )
