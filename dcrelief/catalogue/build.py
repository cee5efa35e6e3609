"""From the tables of the data files to a Catalogue, with every problem found on the way, each with its place."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.catalogue.estimate_tables import EstimateBuilder
from dcrelief.catalogue.problems import Place, Problem, Problems, nearest_hint
from dcrelief.catalogue.schema import (
    AS_OF,
    MeasuresFile,
    MeasureTable,
    PolicyTable,
    QuestionsFile,
    RouteTable,
    RowTable,
    SizeFile,
)
from dcrelief.catalogue.terms import ConditionBuilder
from dcrelief.catalogue.window_tables import WindowBuilder
from dcrelief.language import _
from dcrelief.rules.criteria.base import Limit
from dcrelief.rules.facts import Tokens
from dcrelief.rules.interview import TOPICS
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import (
    Catalogue,
    Contact,
    Measure,
    MeasureFields,
    Policy,
    PolicyFields,
    Remark,
    Route,
    RouteFields,
)
from dcrelief.rules.size import Metric, Row, SizeClass, SizeStandard
from dcrelief.rules.text import folded
from dcrelief.rules.words import Words

_PHONE = re.compile(r"(?:1\d{10}|[48]00\d{7}|\d{7,8}|1\d{4})(?:-\d{3,4}(?:/\d{3,4})*)?")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_RESERVED = ("size", AS_OF)
_EMAIL = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_MEASURES, _QUESTIONS, _SIZES = Place("measures.toml"), Place("questions.toml"), Place("size_standard.toml")


class Builder:
    """Builds a catalogue; it is good only if there are no problems."""

    def __init__(self, measures: MeasuresFile, questions: QuestionsFile, size: SizeFile, words: Words) -> None:
        self._measures = measures
        self._questions = questions
        self._facts = {fact.id: fact for fact in questions.facts}
        self._problems = Problems(self._facts, _all_tokens(questions.tokens, words))
        self._words = words
        self._size = size
        self._check_facts()
        self._check_pages()
        self._standard = self._size_standard(size)
        self._terms = ConditionBuilder(self._problems, measures.conditions, self._standard)
        self._windows = WindowBuilder(self._problems, measures.policy.effective, measures.events)
        self._estimates = EstimateBuilder(self._problems)
        self._policy = self._policy_of(measures.policy)

    @property
    def problems(self) -> list[Problem]:
        """What was wrong, in the order it was found."""
        return self._problems.found

    def catalogue(self, source: str) -> Catalogue:
        """The catalogue of the files whose text is source; good only while there are no problems."""
        file, problems = self._measures, self._problems
        remarks = tuple(
            Remark(table.text, self._terms.condition(table.when, _SIZES.at(f"remarks.{n}")))
            for n, table in enumerate(self._size.remarks, 1)
        )
        if not file.measures:
            problems.report(_MEASURES, _("没有措施，请至少写一个 [[measures]]"))
        measures = tuple(self._measure(table) for table in file.measures)
        problems.no_twice((entry.key for entry in file.glossary), _MEASURES, _("术语"))
        self._check_exclusive(measures)
        self._check_contacts(file.contacts)
        problems.no_twice((table.number for table in file.measures), _MEASURES, _("措施编号"))
        for name, terms in file.conditions.items():
            self._terms.condition(terms, _MEASURES.at(f"conditions.{name}"))
        self._check_asked(measures)
        return Catalogue(
            policy=self._policy,
            facts=self._facts,
            tokens=problems.tokens,
            topics=self._questions.topics,
            pages=self._questions.pages,
            size_standard=self._standard,
            size_remarks=remarks,
            measures=measures,
            contacts=file.contacts,
            words=self._words,
            source=source,
            accepted=file.accepted,
            glossary=file.glossary,
        )

    def _policy_of(self, table: PolicyTable) -> Policy:
        place, report = _MEASURES.at("policy"), self._problems.report
        scope = self._terms.condition(table.scope, place.at("scope"))
        if not re.fullmatch(r"[^{}]*\{(?:number|chinese)\}[^{}]*", table.document.numbering):
            report(place.at("document"), _("numbering 里要有 {number} 或 {chinese}，别的花括号不行，如 第{chinese}条"))
        for name in ("published", "effective", "confirmed_until"):
            self._problems.day(getattr(table, name), place.at(name))
        if not re.fullmatch(r"[1-9]\d{1,2}", table.area_code):
            report(place.at("area_code"), _('写区号，不带前面的 0，如 "10"、"591"'))
        if not table.scope:
            report(place.at("scope"), _("没有写适用范围，请加一个条件"))
        for field, fact in (("name_fact", table.name_fact), ("id_fact", table.id_fact)):
            if fact:
                self._problems.fact_of_kind(fact, ("text",), place.at(field))
        return Policy(scope=scope, **_shared(table, PolicyFields))

    # ---- facts and pages -----------------------------------------------------------------------------------------

    def _check_facts(self) -> None:
        facts, problems = self._questions.facts, self._problems
        problems.no_twice((fact.id for fact in facts), _QUESTIONS, _("事实"))
        self._one_meaning(((name, fact.id) for fact in facts for name in fact.names), _QUESTIONS)
        for fact in facts:
            at = _QUESTIONS.at(f"facts.{fact.id}")
            problems.no_twice((choice.key for choice in fact.choices), at, _("选项"))
            self._one_meaning(
                ((name, choice.key) for choice in fact.choices for name in (choice.key, choice.label, *choice.aliases)),
                at,
            )
            if not _ID.fullmatch(fact.id) or fact.id in _RESERVED:
                problems.report(at, _("事实的 id 用小写英文字母、数字和 _，不能是 size、as_of"))
            limits = {"at_least": fact.at_least, "at_most": fact.at_most}
            if fact.at_least > fact.at_most:
                problems.report(at, _("at_least {at_least} 大于 at_most {at_most}，请改正上下限", **limits))
            if bool(fact.choices) != kind_of(fact).has_choices:
                problems.report(at, _("choice 和 several 要有 choices，其他种类不能有"))

    def _check_pages(self) -> None:
        pages, problems = self._questions.pages, self._problems
        topics = {topic.key for topic in self._questions.topics}
        problems.no_twice((page.key for page in pages), _QUESTIONS, _("页"))
        problems.no_twice((fact for page in pages for fact in page.facts), _QUESTIONS, _("页上的事实"))
        for page in pages:
            at = _QUESTIONS.at(f"pages.{page.key}")
            if page.key == TOPICS:
                problems.report(at, _("这个名字留给主题那一页，请换一个"))
            facts = [fact for fact_id in page.facts if (fact := problems.fact(fact_id, at))]
            together = page.question and all(kind_of(fact).together for fact in facts)
            if not page.facts or (len(page.facts) > 1 and not together):
                problems.report(at, _("一页只能是一个事实，或者几个 yes_no 事实并写明 question"))
            if page.topic and page.topic not in topics:
                problems.report(at, _("没有主题 {topic}，请在 [[topics]] 里加上或改正", topic=page.topic))

    def _check_asked(self, measures: tuple[Measure, ...]) -> None:
        """A fact that a rule reads must be asked somewhere."""
        asked = {fact for page in self._questions.pages for fact in page.facts}
        read = set(self._policy.scope.facts())
        for route in (route for measure in measures for route in measure.routes):
            read.update(route.audience.facts(), route.conditions().facts())
            if route.estimate is not None:
                read.update(route.estimate.facts())
        for fact in sorted(read & self._facts.keys() - asked):
            self._problems.report(_QUESTIONS.at(f"facts.{fact}"), _("规则要用它，却没有一页问它，请加到一页上"))

    def _one_meaning(self, names: Iterable[tuple[str, str]], place: Place) -> None:
        """Reports every way to write something that could mean two things."""
        meanings: dict[str, str] = {}
        for name, meaning in names:
            before = meanings.setdefault(folded(name), meaning)
            if before != meaning:
                self._problems.report(
                    place,
                    _(
                        "“{name}”既指 {meanings} 又指 {meaning}，请改掉一个",
                        name=name,
                        meanings=before,
                        meaning=meaning,
                    ),
                )

    # ---- the size standard ---------------------------------------------------------------------------------------

    def _size_standard(self, file: SizeFile) -> SizeStandard:
        problems = self._problems
        industry = problems.fact_of_kind(file.industry_fact, ("choice",), _SIZES.at("industry_fact"))
        problems.no_twice((table.name for table in file.rows), _SIZES, _("划型标准的一行"))
        rows = tuple(self._row(table, _SIZES.at(f"rows.{table.name}")) for table in file.rows)
        listed = [key for table in file.rows for key in table.industries]
        problems.no_twice(listed, _SIZES, _("行业"))
        for choice in industry.choices if industry else ():
            named = {"key": choice.key, "label": choice.label}
            if choice.key not in listed:
                problems.report(_SIZES, _("行业 {key}（{label}）没有一行划型标准，请加到一行的 industries", **named))
        return SizeStandard(file.title, file.source, file.industry_fact, rows, file.notes)

    def _row(self, table: RowTable, place: Place) -> Row:
        report = self._problems.report
        if bool(table.bounds) == bool(table.own_fact):
            report(place, _("要么写 bounds，要么写 own_fact"))
        if not table.industries:
            report(place, _("没有行业，请至少写一个 industries"))
        for needed, note in ((table.own_fact, "own_fact"), (table.by_reference, "by_reference")):
            if needed and note not in self._size.notes:
                report(place, _("用到了 {note}，请在 [notes] 里写上 {note} 的说明", note=note))
        if table.own_fact:
            at = place.at("own_fact")
            own = self._problems.fact_of_kind(table.own_fact, ("choice",), at)
            if own is not None and {choice.key for choice in own.choices} != {size.key for size in SizeClass}:
                report(at, _("它的选项要是 micro、small、medium、large"))
        metrics = tuple(self._metric(fact_id, limits, place.at(fact_id)) for fact_id, limits in table.bounds.items())
        return Row(table.name, table.industries, metrics, table.by_reference, table.own_fact)

    def _metric(self, fact_id: str, limits: tuple[Limit, Limit, Limit], place: Place) -> Metric:
        fact = self._problems.fact_of_kind(fact_id, ("count", "money"), place)
        if fact is None:
            return Metric(fact_id, (0, 0, 0))
        small, medium, large = (self._problems.limit(fact, limit, place) for limit in limits)
        if not small < medium < large:
            self._problems.report(place, _("三个下限要从小到大：小型、中型、大型"))
        return Metric(fact_id, (small, medium, large))

    # ---- measures and routes -------------------------------------------------------------------------------------

    def _measure(self, table: MeasureTable) -> Measure:
        place = Place("measures.toml", table.number)
        self._problems.no_twice((route.key for route in table.routes), place, _("办理情形"))
        if not table.routes:
            self._problems.report(place, _("没有办理情形，请至少写一个 [[measures.routes]]"))
        routes = tuple(self._route(table.number, route) for route in table.routes)
        return Measure(routes=routes, **_shared(table, MeasureFields))

    def _route(self, number: int, table: RouteTable) -> Route:
        place = Place("measures.toml", number, table.key)
        audience = self._terms.condition(table.audience, place.at("audience"))
        when = self._terms.condition(table.when, place.at("when"))
        if not (table.audience or table.when or table.action == "none"):
            self._problems.report(place, _('没有任何条件；请写 audience 或 when，不给企业办的请写 action = "none"'))
        counted_from = (table.window.month_after,) if table.window.month_after else ()
        self._problems.no_twice(
            (*self._policy.scope.facts(), *audience.facts(), *when.facts(), *counted_from),
            place,
            _("一个情形（连同适用范围和期限；企业规模也算用了行业和几个数字）里，事实"),
        )
        self._check_whom_to_ask(table, place)
        return Route(
            measure=number,
            audience=audience,
            when=when,
            window=self._windows.window(table.window, place.at("window")),
            estimate=self._estimates.estimate(table.estimate, place.at("estimate")) if table.estimate else None,
            **_shared(table, RouteFields),
        )

    def _check_whom_to_ask(self, table: RouteTable, place: Place) -> None:
        contacts, at = self._measures.contacts, place.at("contacts")
        if not table.contacts:
            self._problems.report(at, _("没有联系人，请至少写一个"))
        for key in table.contacts:
            if key not in contacts:
                hint = nearest_hint(key, contacts)
                self._problems.report(
                    at, _("没有联系人 {key}{hint}；请改正，或加上 [contacts.{key}]", key=key, hint=hint)
                )
        if table.mail:
            desk = table.mail.contact
            if desk not in table.contacts or desk not in contacts or not contacts[desk].email:
                self._problems.report(
                    place.at("mail"), _("{contact} 要是这里 contacts 中的一个，并且有邮箱，请改正", contact=desk)
                )

    def _check_exclusive(self, measures: tuple[Measure, ...]) -> None:
        """Routes of which only one may be taken are all the same support, or none: then the better one is plain."""
        sets: dict[str, list[Route]] = {}
        for route in (route for measure in measures for route in measure.routes):
            if route.exclusive:
                sets.setdefault(route.exclusive, []).append(route)
        for name, routes in sets.items():
            place = Place("measures.toml", routes[0].measure, routes[0].key, "exclusive")
            if len(routes) == 1:
                self._problems.report(
                    place, _("只有这一个情形写了 {name}；请在不能同时享受的另一个情形也写上，或删去", name=name)
                )
            elif len({route.support for route in routes}) > 1:
                self._problems.report(place, _("写了 {name} 的情形，support 要一样（或都不写），请改正", name=name))
            elif len({route.total for route in routes}) > 1:
                self._problems.report(
                    place, _("写了 {name} 的情形，好处要同类（补贴、减免或缓缴）才能比，请改正", name=name)
                )

    # ---- contacts ------------------------------------------------------------------------------------------------

    def _check_contacts(self, contacts: Mapping[str, Contact]) -> None:
        used = {key for measure in self._measures.measures for route in measure.routes for key in route.contacts}
        for key, contact in contacts.items():
            place = _MEASURES.at(f"contacts.{key}")
            if key not in used:
                self._problems.report(place, _("没有一项措施用到这个联系人；请删去，或在办理情形的 contacts 里写上"))
            for text in self._malformed(contact):
                self._problems.report(place, text)

    @staticmethod
    def _malformed(contact: Contact) -> Iterator[str]:
        for phone in contact.phones:
            if not _PHONE.fullmatch(phone):
                yield _("电话“{phone}”不合格式；不写区号，请写成 64031118 或 64031118-2538/2539", phone=phone)
        if not (contact.phones or contact.email or contact.address):
            yield _("没有电话、邮箱，也没有地址；请至少写一样")
        if contact.email and not _EMAIL.fullmatch(contact.email):
            yield _("邮箱“{email}”不合格式", email=contact.email)


def _shared(table: Struct, fields: type[Struct]) -> dict[str, Any]:
    """The fields of a table that the rules have in the same form."""
    return {name: getattr(table, name) for name in fields.__struct_fields__}


def _all_tokens(tokens: Tokens, words: Words) -> Tokens:
    """The words of a questions file, and those that dcrelief itself has for yes, no and not known."""
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
