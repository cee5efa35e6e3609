"""The shape of the data files, as msgspec types: what a field is called and what it may hold, no more."""

from datetime import date
from keyword import iskeyword
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, defstruct, field

from dcrelief.rules.criteria import CRITERIA
from dcrelief.rules.criteria.base import Limit
from dcrelief.rules.facts import Fact, Tokens
from dcrelief.rules.model import (
    Acceptance,
    Contact,
    GlossaryEntry,
    MeasureFields,
    Page,
    PolicyFields,
    RouteFields,
    Subject,
    Topic,
)

SizeName = Literal["micro", "small", "medium", "large"]
# The name in answers files of what is no fact: the assessment date.
AS_OF = "as_of"


class FileTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A table whose fields are all known."""


# The fields by which criteria are written, and how they are called where Python does not allow their names.
_TYPES = {name: file_type for each in CRITERIA for name, file_type in each.fields.items()}
CRITERION_FIELDS = {f"{name}_" if iskeyword(name) else name: name for name in _TYPES}
if TYPE_CHECKING:
    _Criteria = FileTable
else:
    _Criteria = defstruct(
        "_Criteria",
        [(attribute, _TYPES[name] | None, None) for attribute, name in CRITERION_FIELDS.items()],
        bases=(FileTable,),
        frozen=True,
        rename=CRITERION_FIELDS,
    )


class TermTable(_Criteria, frozen=True, rename={"any_": "any", "not_": "not"}):
    """One term of a condition; terms.py checks that its fields go together."""

    fact: str | None = None
    size_at_most: SizeName | None = None
    use: str | None = None
    any_: tuple["TermTable", ...] | None = None
    not_: "TermTable | None" = None


class TierTable(FileTable, frozen=True, rename={"start": "from"}):
    """One tier of an estimate."""

    start: Limit
    below: Limit | None = None
    rate: str | tuple[str, str] | None = None
    each: str | None = None
    amount: str | None = None
    at_most: str | None = None


class RaiseTable(FileTable, frozen=True):
    """What is added to a rate where a condition holds."""

    by: str
    when: tuple[TermTable, ...]


class FormulaTable(FileTable, frozen=True):
    """A formula, or one of several that are added up.

    rate: of an amount, the base. each: for each of a count. amount, at_most: a sum that hangs on nothing. times: a
    count that it is taken times, at most times_at_most.
    """

    base: str = ""
    rate: str | tuple[str, str] | None = None
    each: str | None = None
    amount: str | None = None
    at_most: str | None = None
    tiers: tuple[TierTable, ...] = ()
    times: str = ""
    times_at_most: int = 0
    cap: str | None = None
    raised: RaiseTable | None = None


class EstimateTable(FormulaTable, frozen=True):
    """How a route's amount is worked out: by a formula, or by parts that are added up.

    used: an amount already had of what the cap allows. cap_with: one of [caps], which the route shares with others. of:
    the route of another document whose formula it is, as `beijing.2.production`; then nothing else.
    """

    parts: tuple[FormulaTable, ...] = ()
    used: str = ""
    cap_with: str = ""
    of: str = ""


class StartsTable(FileTable, frozen=True):
    """The first day for each size class."""

    micro: date
    small: date
    medium: date
    large: date


class WindowTable(FileTable, frozen=True, rename={"start": "from"}):
    """When a route can be taken up. until: the last day to apply; pay_by: the last day to pay, in place of it.

    now: what earns that day is to be done now, though no day is named. yearly: its first and last day where it comes
    every year, as in ("03-01", "04-30"). until_event: one of [events], which ends it
    grace_months later.
    """

    text: str
    start: date | StartsTable | None = None
    until: date | None = None
    pay_by: date | None = None
    now: bool = False
    yearly: tuple[str, str] | None = None
    until_event: str = ""
    grace_months: int = 0
    by_call: bool = False
    month_after: str = ""
    days: int = 0


class RemarkTable(FileTable, frozen=True):
    """Something to be said where a condition holds; as a note, unless it is known not to hold."""

    text: str
    when: tuple[TermTable, ...]


# A note: to be said in any case, or unless its condition is known not to hold.
Notes = tuple[str | RemarkTable, ...]


class RouteTable(RouteFields, frozen=True, kw_only=True):
    """One route."""

    window: WindowTable
    audience: tuple[TermTable, ...] = ()
    when: tuple[TermTable, ...] = ()
    estimate: EstimateTable | None = None
    notes: Notes = ()


class MeasureTable(MeasureFields, frozen=True, kw_only=True):
    """One measure."""

    routes: tuple[RouteTable, ...]
    notes: Notes = ()


class EventTable(FileTable, frozen=True, rename={"day": "date"}):
    """Something that ends windows; no date while it has not happened."""

    name: str
    day: date | None = None


class PolicyTable(PolicyFields, frozen=True, kw_only=True):
    """The document."""

    scope: tuple[TermTable, ...]


class MeasuresFile(FileTable, frozen=True):
    """measures.toml."""

    policy: PolicyTable
    measures: tuple[MeasureTable, ...]
    contacts: dict[str, Contact] = field(default_factory=dict)
    conditions: dict[str, tuple[TermTable, ...]] = field(default_factory=dict)
    events: dict[str, EventTable] = field(default_factory=dict)
    caps: dict[str, str] = field(default_factory=dict)
    accepted: tuple[Acceptance, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    subjects: tuple[Subject, ...] = ()


class PageTable(Page, frozen=True):
    """A page of the interview. before: the page of the extended file before which it comes, else it comes last."""

    before: str = ""


class QuestionsFile(FileTable, frozen=True):
    """questions.toml. extends: it adds to the shipped one, of which only the facts count that some rule reads."""

    facts: tuple[Fact, ...]
    pages: tuple[PageTable, ...]
    tokens: Tokens | None = None
    topics: tuple[Topic, ...] = ()
    extends: bool = False


class RowTable(FileTable, frozen=True):
    """One row of the size standard: by each fact, the lower bounds of small, medium, large."""

    name: str
    industries: tuple[str, ...]
    bounds: dict[str, tuple[Limit, Limit, Limit]] = field(default_factory=dict)
    by_reference: tuple[str, ...] = ()
    own_fact: str = ""


class SizeFile(FileTable, frozen=True):
    """size_standard.toml. classifies: whom it classifies, everyone if it says nothing."""

    title: str
    source: str
    industry_fact: str
    notes: dict[str, str]
    rows: tuple[RowTable, ...]
    classifies: tuple[TermTable, ...] = ()
    remarks: tuple[RemarkTable, ...] = ()


class LayoutsFile(FileTable, frozen=True):
    """layouts.toml: how measures may begin, and the labels before units, people, phones and mailboxes."""

    numberings: tuple[str, ...]
    units: tuple[str, ...]
    people: tuple[str, ...]
    phones: tuple[str, ...]
    email: tuple[str, ...]


WordsFile = dict[str, dict[str, str]]
