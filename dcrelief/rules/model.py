"""The catalogue as the rules see it: policy, facts, size standard, measures and their routes, contacts."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from dcrelief.rules.conditions import All, Condition
from dcrelief.rules.estimates import EstimateRule, Support
from dcrelief.rules.facts import Fact, Tokens
from dcrelief.rules.layout import Layout
from dcrelief.rules.size import SizeStandard
from dcrelief.rules.text import folded
from dcrelief.rules.windows import InTime, Window
from dcrelief.rules.words import Words

Action = Literal["apply", "automatic", "ask", "none"]
BenefitKind = Literal["grant", "match", "waiver", "reduction", "deferral", "finance", "service", "approval", "priority"]
# What lint can find.
FindingKind = Literal[
    "never_holds",
    "always_holds",
    "same_condition",
    "unused_fact",
    "choices_alike",
    "choice_unread",
    "estimate_gap",
    "estimate_nothing",
    "window_closed",
    "no_phone",
    "no_step",
    "unused_contact",
    "exclusive_alone",
    "to_do",
    "accepted_in_vain",
]

# The totals of the report, and the benefits that each adds up; the others are no money.
TOTALS: dict[str, tuple[BenefitKind, ...]] = {
    "money_received": ("grant", "match"),
    "fees_not_paid": ("waiver", "reduction"),
    "payments_put_off": ("deferral",),
}


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to call. phones: digits, then `-ext` or `-ext/ext`; people: in the document's order, none for a hotline.

    unit_names: other names by which a person may ask for the unit.
    """

    unit: str
    phones: tuple[str, ...]
    unit_names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    email: str = ""
    address: str = ""
    hours: str = ""
    note: str = ""

    @property
    def is_printed(self) -> bool:
        """Whether the document prints any way to reach it."""
        return bool(self.phones or self.email or self.address)

    @property
    def phones_in_order(self) -> tuple[str, ...]:
        """Its phones, the office's before a mobile's, which has eleven digits."""
        return tuple(sorted(self.phones, key=lambda phone: len(phone.partition("-")[0]) == 11))


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a procedure. at: its number in the document, if it has one; by: who does it."""

    text: str
    at: str = ""
    by: Literal["applicant", "office"] = "applicant"


class Mailbox(Struct, frozen=True, forbid_unknown_fields=True):
    """Where applications go by e-mail. addressee: whom to address, if not the contact's unit.

    details: what whoever reads it will want to know besides the facts, for the applicant to fill in.
    """

    contact: str
    addressee: str = ""
    details: tuple[str, ...] = ()


def of_document(document: str, name: str) -> str:
    """A name in ids, where there are several documents behind the key of its own."""
    return f"{document}.{name}" if document else name


class RouteFields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a data file and the rules both have of a route, in the same form.

    gain: what it brings, in a few words; begin: what the applicant does first; ask_first: what to ask on the phone.
    at: the step of the article that says for whom it is, empty for its opening. mail: where to apply by e-mail, if one
    may. exclusive: a name that it shares with the routes of which a business may take only one.
    settles: the facts of its conditions that its office settles, not the owner.
    stands_in_for: the route of its measure that it is for when that one cannot be had.
    on_top_of: the route of another document, as `beijing.5.toudai`, that it comes on top of once that was had.
    units: those responsible for it, where they are not those of its measure.
    """

    key: str
    title: str
    action: Action
    benefit: BenefitKind
    basis: str
    support: Support | None = None
    materials: tuple[str, ...] = ()
    steps: tuple[Step, ...]
    contacts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    gain: str = ""
    begin: str = ""
    ask_first: str = ""
    mail: Mailbox | None = None
    at: str = ""
    exclusive: str = ""
    settles: tuple[str, ...] = ()
    stands_in_for: str = ""
    on_top_of: str = ""


class Remark(Struct, frozen=True):
    """Something to be said unless a condition does not hold."""

    text: str
    when: Condition


class Route(RouteFields, frozen=True, kw_only=True):
    """One way to take up a measure, by its id. audience: who it is for; when: what must hold besides."""

    measure: str
    audience: Condition
    when: Condition
    window: Window
    estimate: EstimateRule | None = None
    notes: tuple[Remark, ...] = ()

    @property
    def id(self) -> str:
        """Unique in the catalogue: `6.building`, or `dongcheng.6.building` where there are several documents."""
        return f"{self.measure}.{self.key}"

    def conditions(self) -> All:
        """What must hold for those it is for: `when`, and that the day is in its window."""
        return All((self.when, InTime(self.window)))

    @property
    def total(self) -> str:
        """The total its amount belongs to, empty if it is no money."""
        return next((name for name, kinds in TOTALS.items() if self.benefit in kinds), "")


class Exemption(Struct, frozen=True, forbid_unknown_fields=True):
    """A hard fact that a measure has and its article has not, or the other way round, and why that is right."""

    fact: str
    why: str


class Acceptance(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding of lint that is right as it is, and why. about: what it is about, as check prints it."""

    finding: FindingKind
    about: str
    why: str


class Subject(Struct, frozen=True, forbid_unknown_fields=True):
    """What people look for, such as rent. aliases: other ways to say it."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()


class MeasureFields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What they both have of a measure. subject: its key. exceptions: where it differs from its article, on purpose."""

    number: int
    title: str
    summary: str
    units: tuple[str, ...] = ()
    subject: str = ""
    exceptions: tuple[Exemption, ...] = ()


class Measure(MeasureFields, frozen=True, kw_only=True):
    """One numbered measure of a document.

    document, mark: where there are several documents, the key of its own, and what its measures are told by.
    """

    routes: tuple[Route, ...]
    notes: tuple[Remark, ...] = ()
    document: str = ""
    mark: str = ""

    @property
    def id(self) -> str:
        """Unique in the catalogue: `6`, or `dongcheng.6` where there are several documents."""
        return of_document(self.document, str(self.number))

    @property
    def label(self) -> str:
        """Its number as people write it: `6`, or `区6` where there are several documents."""
        return f"{self.mark}{self.number}"


class GeneralRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of the closing paragraph; applies: to every report, where size counts, or where support is given."""

    applies: Literal["always", "size", "support"]
    text: str


class GlossaryEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the glossary: a term of the document, and what it means."""

    key: str
    term: str
    meaning: str


class PolicyFields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a data file and the rules both have of the document, in the same form.

    key, mark: a name for it in ids, and a word by which its measures are told from another document's; empty where it
    is never used beside another.
    confirmed_until: the last day for which somebody has confirmed its open-ended windows. years_later: what to say
    first after that, and whom to ask. name_fact: the fact that is a business's name, for its report. id_fact: the fact
    by which a list of businesses tells them apart. country_code, area_code: what is dialled before its contacts' phone
    numbers from elsewhere. document: how it is laid out. switchboard: a phone at which one may ask for an office of
    which the document prints none.
    """

    title: str
    short_title: str
    issuer: str
    effective: date
    confirmed_until: date
    out_of_scope: str
    in_scope: str
    scope_unknown: str
    report_title: str
    country_code: int
    area_code: str
    document: Layout
    key: str = ""
    mark: str = ""
    published: date | None = None
    switchboard: str = ""
    years_later: str = ""
    name_fact: str = ""
    id_fact: str = ""
    rules: tuple[GeneralRule, ...] = ()


class Policy(PolicyFields, frozen=True, kw_only=True):
    """The document itself. scope: whom it is for at all."""

    scope: Condition

    @property
    def day(self) -> date:
        """The day that it is of: when it was published or, where it does not say that, when it takes effect."""
        return self.published or self.effective


class Page(Struct, frozen=True, forbid_unknown_fields=True):
    """One screen of the interview: a single fact, or yes/no facts that are asked together."""

    key: str
    title: str
    facts: tuple[str, ...]
    question: str = ""
    why: str = ""
    topic: str = ""


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """Pages that a person may pass over together by saying that nothing of it applies."""

    key: str
    label: str


class Catalogue(Struct, frozen=True):
    """Everything the rules need, of one document or of several.

    classified: who has a size class. source: the text of the files it came from. paths: what has to be named to load
    it again, nothing for the one that is usual. contacts: for an office of which none is printed there is one without
    phones. taken: where there are several documents, by each fact that says that support was taken at another level,
    the routes that give that support there.
    """

    policies: tuple[Policy, ...]
    facts: Mapping[str, Fact]
    tokens: Tokens
    topics: tuple[Topic, ...]
    pages: tuple[Page, ...]
    size_standard: SizeStandard
    classified: Condition
    size_remarks: tuple[Remark, ...]
    measures: tuple[Measure, ...]
    contacts: Mapping[str, Contact]
    words: Words
    source: str
    accepted: tuple[Acceptance, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    subjects: tuple[Subject, ...] = ()
    paths: tuple[str, ...] = ()
    taken: Mapping[str, tuple[Route, ...]] = {}

    @property
    def option(self) -> str:
        """What a command needs besides to use it, too: ` --catalogue PATH`, nothing for the usual one."""
        return "".join(f' --catalogue "{path}"' if " " in path else f" --catalogue {path}" for path in self.paths)

    @property
    def title(self) -> str:
        """The short titles of its documents."""
        return self.words.joined(policy.short_title for policy in self.policies)

    @property
    def name_fact(self) -> str:
        """The fact that is a business's name, empty if there is none."""
        return next((policy.name_fact for policy in self.policies if policy.name_fact), "")

    @property
    def id_fact(self) -> str:
        """The fact by which a list of businesses tells them apart, empty if there is none."""
        return next((policy.id_fact for policy in self.policies if policy.id_fact), "")

    @property
    def confirmed_until(self) -> date:
        """The last day for which somebody has confirmed the open-ended windows of all its documents."""
        return min(policy.confirmed_until for policy in self.policies)

    @property
    def day(self) -> date:
        """The day that it is of: that of its latest document."""
        return max(policy.day for policy in self.policies)

    def policy_of(self, name: str) -> Policy:
        """The document of a measure, route or contact, by its id or key."""
        if len(self.policies) == 1:
            return self.policies[0]
        key = name.partition(".")[0]
        return next(policy for policy in self.policies if policy.key == key)

    @property
    def digest(self) -> str:
        """A fingerprint of the files: the same for the same catalogue."""
        from hashlib import sha256  # drags in OpenSSL, and only JSON needs it

        return sha256(self.source.encode()).hexdigest()[:16]

    def routes(self) -> tuple[Route, ...]:
        """Every route, in the document's order."""
        return tuple(route for measure in self.measures for route in measure.routes)

    def facts_read(self) -> frozenset[str]:
        """The facts that anything in it reads: rules, amounts, notes, the size, and what a business is known by."""
        remarks = [*self.size_remarks, *(note for measure in self.measures for note in measure.notes)]
        remarks += [note for route in self.routes() for note in route.notes]
        scopes = (policy.scope for policy in self.policies)
        conditions = [*scopes, self.classified, *(remark.when for remark in remarks)]
        conditions += [condition for route in self.routes() for condition in (route.audience, route.conditions())]
        read = {self.name_fact, self.id_fact, *self.size_standard.facts()} - {""}
        read.update(fact for condition in conditions for fact in condition.facts())
        return frozenset(read.union(*(route.estimate.facts() for route in self.routes() if route.estimate)))

    def tree(self, route: Route) -> tuple[Condition, Condition, Condition]:
        """What a verdict rests on, in order: the scope, whom the route is for, and what must hold for them."""
        return (self.policy_of(route.measure).scope, route.audience, route.conditions())

    def measure(self, id_: str) -> Measure:
        """The measure of that id. Raises KeyError if there is none."""
        for measure in self.measures:
            if measure.id == id_:
                return measure
        raise KeyError(id_)

    def fact_label(self, fact: str) -> str:
        """The label of a fact."""
        return self.facts[fact].label

    def names(self) -> dict[str, str]:
        """The fact of every way to name one, as plain text."""
        return {folded(name): fact.id for fact in self.facts.values() for name in fact.names}
