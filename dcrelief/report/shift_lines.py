"""What a business, or a table of them, gains and loses, in words."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct, field

from dcrelief.report.amounts import interval
from dcrelief.report.parts import Section, filled
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.assessment import Assessment, Verdict
from dcrelief.rules.model import TOTALS, Catalogue
from dcrelief.rules.shifts import SHIFTS, Shift, shifts
from dcrelief.rules.truth import Truth

MOST_BUSINESSES = 20


def business_sections(before: Assessment, after: Assessment) -> tuple[Section, ...]:
    """What one business gains and loses, and what its totals were and are."""
    words, found, sections = after.catalogue.words, shifts(before, after), []
    for kind in SHIFTS:
        lines = tuple(_line(before, after, shift) for shift in found if shift.kind == kind)
        sections.append(Section(words(f"diff.{kind}_title", count=len(lines)), lines))
    sections.append(Section(words("diff.totals_title"), tuple(_totals(before, after))))
    return filled(sections) or (Section(words("diff.business_title"), (words("diff.no_shift"),)),)


def _line(before: Assessment, after: Assessment, shift: Shift) -> str:
    side, verdict = (before, shift.before) if shift.after is None else (after, shift.after)
    assert verdict is not None
    name = RouteWriter(side.catalogue).name(verdict.route)
    old, new = _verdict_text(before, shift.before), _verdict_text(after, shift.after)
    return after.catalogue.words("diff.shift", name=name, old=old, new=new)


def _verdict_text(assessment: Assessment, verdict: Verdict | None) -> str:
    """The verdict in words, with the amount if it fits, what is missing, or the first reason against it."""
    words = assessment.catalogue.words
    if verdict is None:
        return words("diff.absent")
    text = words(f"batch.{verdict.outcome}")
    if verdict.outcome == "eligible":
        return text if verdict.amount is None else words("diff.with", text=text, what=interval(words, verdict.amount))
    if verdict.outcome == "needs_info":
        return words("diff.with", text=text, what=words.listed(map(assessment.catalogue.fact_label, verdict.missing)))
    against = next((reason.text for reason in verdict.reasons if reason.truth is Truth.NO), "")
    return words("diff.with", text=text, what=against) if against else text


def _totals(before: Assessment, after: Assessment) -> Iterator[str]:
    words = after.catalogue.words
    for kind in TOTALS:
        old, new = before.totals.get(kind), after.totals.get(kind)
        if old != new:
            text = [words("diff.nothing") if amount is None else interval(words, amount) for amount in (old, new)]
            yield words("diff.of_total", label=words(f"total.{kind}"), old=text[0], new=text[1])


class ShiftTally(Struct):
    """What a table of businesses comes to.

    touched: how many have any shift. counts: businesses by kind and name of the route. first: the lines of the first
    businesses. bad_cells: how many could not be read. come, gone: of two tables, who stands in one of them alone.
    """

    businesses: int = 0
    bad_cells: int = 0
    touched: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: list[str] = field(default_factory=list)
    come: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def table_sections(catalogue: Catalogue, tally: ShiftTally) -> tuple[Section, ...]:
    """How many businesses gain and lose each route, and the first of them."""
    words = catalogue.words
    lines = [words("diff.table_count", businesses=f"{tally.businesses:,}", touched=f"{tally.touched:,}")]
    if tally.bad_cells:
        lines.append(words("diff.bad_cells", count=f"{tally.bad_cells:,}"))
    for kind, names in (("come", tally.come), ("gone", tally.gone)):
        if names:
            listed = words("value.separator").join(names[:MOST_BUSINESSES])
            lines.append(words(f"diff.clients_{kind}", count=f"{len(names):,}", names=listed))
    sections = [Section(words("diff.table_title"), tuple(lines))]
    for kind in SHIFTS:
        routes = [(name, count) for (of, name), count in tally.counts.items() if of == kind]
        counted = (words("diff.table_line", name=name, count=f"{count:,}") for name, count in routes)
        sections.append(Section(words(f"diff.{kind}_title", count=len(routes)), tuple(counted)))
    more = tally.touched - len(tally.first)
    hints = (words("diff.more_businesses", count=f"{more:,}"),) if more > 0 else ()
    sections.append(Section(words("diff.businesses_title"), tuple(tally.first), hints=hints))
    return filled(sections)
