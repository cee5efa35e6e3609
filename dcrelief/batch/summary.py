"""What many businesses come to: how many fit each measure, the totals, the answers that settle most."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import polars as pl
from msgspec import Struct, field

from dcrelief.batch.assessor import BadCell
from dcrelief.batch.sheet import SheetColumns
from dcrelief.columnar.sums import count_column, total_columns
from dcrelief.report.amounts import interval
from dcrelief.report.cites import cite
from dcrelief.report.parts import Section, View
from dcrelief.report.routes import document_line
from dcrelief.rules.estimates import Interval
from dcrelief.rules.model import TOTALS, Catalogue

MOST_WAITING = 8
MOST_NAMES = 200_000  # a longer table is no list of clients that somebody typed


class Tally(Struct):
    """What batches come to, added up.

    first_bad, first_shortened, first_doubtful: a few of the bad cells, of those whose last digits are lost, and of
    those that were taken as they stand. left_out: rows that are no business, by why; first_left_out: a few of them.
    fits: businesses by measure number; routes: by route. waiting: verdicts by the one answer they wait for. totals: by
    kind, and how many businesses have one. bare: the rows of which only a name is known; nameless: those with neither a
    name nor a number of its owner. named: rows with their names, a batch each. other_reports: how many reports of other
    runs are in the folder.
    """

    businesses: int = 0
    bad_cells: int = 0
    shortened_cells: int = 0
    doubtful_cells: int = 0
    first_bad: list[BadCell] = field(default_factory=list)
    first_shortened: list[BadCell] = field(default_factory=list)
    first_doubtful: list[BadCell] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    first_left_out: list[BadCell] = field(default_factory=list)
    fitting: int = 0
    fits: Counter[str] = field(default_factory=Counter)
    routes: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)
    totals: dict[str, tuple[Interval, int]] = field(default_factory=dict)
    bare: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    named: list[pl.DataFrame] = field(default_factory=list)
    other_reports: int = 0

    def add_names(self, numbers: pl.Series, names: pl.Series, sheet: str) -> None:
        """Adds the names of a batch, null where one has none; numbers: of its rows; sheet: see Rows."""
        if sum(map(len, self.named)) <= MOST_NAMES:
            named = pl.DataFrame({"row": numbers, "name": names, "sheet": pl.repeat(sheet, len(numbers), eager=True)})
            self.named.append(named.drop_nulls("name"))

    def again(self) -> list[tuple[int, int, str]]:
        """The rows with a name that stood before in their sheet, the first row with it, and the name.

        Names are the same whatever their width, case and spaces. As far as MOST_NAMES.
        """
        schema = {"row": pl.UInt32, "name": pl.String, "sheet": pl.String}
        named = pl.concat([pl.DataFrame(schema=schema), *self.named])
        same = pl.col("name").str.normalize("NFKC").str.to_lowercase().str.replace_all(r"\s", "")
        first = pl.col("row").first().over("sheet", same)
        return named.select("row", first.alias("first"), "name").filter(pl.col("row") != pl.col("first")).rows()

    def add(self, columns: SheetColumns, verdicts: pl.DataFrame, sums: pl.DataFrame) -> None:
        """Adds a batch: what the rules say of it, and its sums."""
        self.businesses += verdicts.height
        fits = columns.fits(verdicts)
        self.fitting += int((sums[count_column("eligible")] > 0).sum())
        self.fits.update(dict(zip(fits.columns, fits.sum().row(0), strict=True)))
        self.routes.update(columns.fitting_routes(verdicts))
        self.waiting.update(columns.waiting(verdicts))
        for total in TOTALS:
            least, most = (sums[name] for name in total_columns(total))
            before, businesses = self.totals.get(total, (Interval(0, 0), 0))
            unlimited = least.null_count() != most.null_count()
            added = Interval(int(least.sum()), None if unlimited else int(most.sum()))
            self.totals[total] = before + added, businesses + len(least) - least.null_count()


def summary_view(catalogue: Catalogue, tally: Tally, as_of: date, *, by_measure: bool = True) -> View:
    """The summary that the terminal prints and a workbook begins with; by_measure: with how many fit each."""
    words = catalogue.words
    lines = (
        *(document_line(words, policy) for policy in catalogue.policies),
        words("batch.summary_as_of", as_of=as_of),
        *_doubtful_day(catalogue, as_of),
        words("batch.summary_count", businesses=f"{tally.businesses:,}", fitting=f"{tally.fitting:,}")
        if tally.businesses
        else words("batch.summary_none"),
        words("report.not_approved"),
    )  # fmt: skip
    sections = (
        Section(words("batch.summary_fits_title"), tuple(_fits(catalogue, tally)) if by_measure else ()),
        Section(words("batch.summary_totals_title"), tuple(_totals(catalogue, tally))),
        Section(words("batch.summary_waiting_title"), tuple(_waiting(catalogue, tally))),
    )
    return View(words("batch.summary_title"), lines, tuple(section for section in sections if section.lines))


def _doubtful_day(catalogue: Catalogue, as_of: date) -> Iterator[str]:
    """That the document is not in force yet, or that nobody has confirmed it for the day."""
    words = catalogue.words
    for policy in catalogue.policies:
        if as_of < policy.effective:
            yield words("batch.summary_early", effective=policy.effective)
        if as_of > policy.confirmed_until:
            yield words("batch.summary_old", confirmed=policy.confirmed_until)


def _fits(catalogue: Catalogue, tally: Tally) -> Iterator[str]:
    for measure in catalogue.measures:
        if count := tally.fits[measure.id]:
            cited = cite(catalogue, measure.id)
            yield catalogue.words("batch.summary_fits", cited=cited, title=measure.title, count=f"{count:,}")


def _totals(catalogue: Catalogue, tally: Tally) -> Iterator[str]:
    words = catalogue.words
    for total, (amount, count) in tally.totals.items():
        if not count:
            continue
        label = words(f"total.{total}")
        if amount.most is None and not amount.least:
            yield words("batch.summary_total_none", label=label, count=f"{count:,}")
        elif amount.most is None:
            yield words("batch.summary_total_open", label=label, least=words.money(amount.least), count=f"{count:,}")
        else:
            yield words("batch.summary_total", label=label, amount=interval(words, amount), count=f"{count:,}")


def _waiting(catalogue: Catalogue, tally: Tally) -> Iterator[str]:
    for fact, count in tally.waiting.most_common(MOST_WAITING):
        if count:
            yield catalogue.words("batch.summary_waiting", fact=catalogue.facts[fact].column, count=f"{count:,}")
