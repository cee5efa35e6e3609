"""The shape of the data files, as msgspec types: what a field is called and what it may hold, no more."""

from datetime import date
from typing import Literal

from msgspec import Struct, field

from dcrelief.rules.facts import Fact, Tokens
from dcrelief.rules.layout import Layout
from dcrelief.rules.model import (
    Acceptance,
    Action,
    BenefitKind,
    Contact,
    Exemption,
    GeneralRule,
    GlossaryEntry,
    Mailbox,
    Page,
    Step,
    Topic,
)

SizeName = Literal["micro", "small", "medium", "large"]
# The name in answers files of what is no fact: the assessment date.
AS_OF = "as_of"
# A number of people, or an amount as people write it: "20万元".
Limit = int | str


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A table whose fields are all known."""


class TermTable(Part, frozen=True, rename={"in_": "in", "any_": "any", "not_": "not"}):
    """One term of a condition; build.py checks that its fields go together."""

    fact: str | None = None
    in_: tuple[str, ...] | None = None
    not_in: tuple[str, ...] | None = None
    has: tuple[str, ...] | None = None
    has_none: tuple[str, ...] | None = None
    at_least: Limit | None = None
    above: Limit | None = None
    at_most: Limit | None = None
    below: Limit | None = None
    within_years: int | None = None
    size_at_most: SizeName | None = None
    use: str | None = None
    any_: tuple["TermTable", ...] | None = None
    not_: "TermTable | None" = None


class TierTable(Part, frozen=True, rename={"start": "from"}):
    """One tier of an estimate."""

    start: str
    below: str | None = None
    rate: str | tuple[str, str] | None = None
    at_most: str | None = None


class EstimateTable(Part, frozen=True):
    """The formula of a route's amount.

    rate: of an amount. each: for each of a count. times: a count that it is taken times, at most times_at_most.
    """

    base: str
    rate: str | tuple[str, str] | None = None
    each: str | None = None
    tiers: tuple[TierTable, ...] = ()
    times: str = ""
    times_at_most: int = 0
    cap: str | None = None


class StartsTable(Part, frozen=True):
    """The first day for each size class."""

    micro: date
    small: date
    medium: date
    large: date


class WindowTable(Part, frozen=True, rename={"start": "from"}):
    """When a route can be taken up.

    until_event: one of [events], which ends it grace_months later.
    """

    text: str
    start: date | StartsTable | None = None
    until: date | None = None
    until_event: str = ""
    grace_months: int = 0
    by_call: bool = False
    month_after: str = ""
    days: int = 0


class SupportTable(Part, frozen=True):
    """The kind of support and the level of government that gives it."""

    kind: str
    level: Literal["district", "city"]


class RouteTable(Part, frozen=True):
    """One route."""

    key: str
    title: str
    action: Action
    benefit: BenefitKind
    window: WindowTable
    steps: tuple[Step, ...]
    contacts: tuple[str, ...]
    basis: str
    audience: tuple[TermTable, ...] = ()
    when: tuple[TermTable, ...] = ()
    materials: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ask_first: str = ""
    mail: Mailbox | None = None
    estimate: EstimateTable | None = None
    support: SupportTable | None = None
    at: str = ""
    exclusive: str = ""


class MeasureTable(Part, frozen=True):
    """One measure."""

    number: int
    title: str
    summary: str
    units: tuple[str, ...]
    routes: tuple[RouteTable, ...]
    notes: tuple[str, ...] = ()
    exceptions: tuple[Exemption, ...] = ()


class EventTable(Part, frozen=True, rename={"day": "date"}):
    """Something that ends windows; no date while it has not happened."""

    name: str
    day: date | None = None


class PolicyTable(Part, frozen=True):
    """The document."""

    title: str
    short_title: str
    issuer: str
    published: date
    effective: date
    confirmed_until: date
    scope: tuple[TermTable, ...]
    out_of_scope: str
    in_scope: str
    scope_unknown: str
    report_title: str
    country_code: int
    area_code: str
    document: Layout
    name_fact: str = ""
    id_fact: str = ""
    rules: tuple[GeneralRule, ...] = ()


class MeasuresFile(Part, frozen=True):
    """measures.toml."""

    policy: PolicyTable
    contacts: dict[str, Contact]
    measures: tuple[MeasureTable, ...]
    conditions: dict[str, tuple[TermTable, ...]] = field(default_factory=dict)
    events: dict[str, EventTable] = field(default_factory=dict)
    accepted: tuple[Acceptance, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()


class QuestionsFile(Part, frozen=True):
    """questions.toml."""

    tokens: Tokens
    facts: tuple[Fact, ...]
    pages: tuple[Page, ...]
    topics: tuple[Topic, ...] = ()


class RowTable(Part, frozen=True):
    """One row of the size standard: by each fact, the lower bounds of small, medium, large."""

    name: str
    industries: tuple[str, ...]
    bounds: dict[str, tuple[Limit, Limit, Limit]] = field(default_factory=dict)
    by_reference: tuple[str, ...] = ()
    own_fact: str = ""


class RemarkTable(Part, frozen=True):
    """Something to be said where a condition holds."""

    text: str
    when: tuple[TermTable, ...]


class SizeFile(Part, frozen=True):
    """size_standard.toml."""

    title: str
    source: str
    industry_fact: str
    notes: dict[str, str]
    rows: tuple[RowTable, ...]
    remarks: tuple[RemarkTable, ...] = ()


WordsFile = dict[str, dict[str, str]]
