"""The conditions of the whole catalogue on other engines: compiled from our tree, checked to agree with it, then timed.

None of them has unknowns. Each outcome of a route is therefore compiled as conditions of its own that hold only where
it is certain: a term that holds for sure, or for sure does not, is written with the fact being known. OpenFisca gets
whether facts are known as a second vector. Dates are whole days.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import rule_engine
import zen
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.clients import blocks
from dcrelief.batch.headings import named_facts
from dcrelief.catalogue.load import load_catalogue
from dcrelief.columnar.cells import CellReader
from dcrelief.columnar.kind_columns import last_column, several_column
from dcrelief.columnar.verdicts import FIRST_MISSING, NEEDS_INFO, OUTCOME_BITS, ColumnRules
from dcrelief.rules.assessment import Outcome, outcome, situation
from dcrelief.rules.conditions import All, AnyOf, Condition, Leaf, Not, SizeAtMost
from dcrelief.rules.criteria import Bounds, HasAny, IsYes, OneOf, WithinYears
from dcrelief.rules.facts import Answers, Month, Value
from dcrelief.rules.model import Catalogue
from dcrelief.rules.size import SizeClass
from dcrelief.rules.windows import InTime

AS_OF = date(2020, 2, 20)
PERIOD = "2020-02"  # OpenFisca has every value in a period
MANY, SOME, FEW, RUNS = 50_000, 2_000, 200, 5
CORES = os.cpu_count() or 1
# Each engine says an outcome as the columns do.
CODES: dict[Outcome, int] = {"needs_info": NEEDS_INFO, **OUTCOME_BITS}
COLUMNS, LEAST = "columns: verdicts, amounts, missing", 2_000_000
SCALAR = "scalar core: verdicts"

# A condition for an engine: a constant, ("all" or "any", parts), ("is", fact, truth), ("in", fact, keys),
# (comparison, fact, number), or ("unknown", fact).
Term = bool | tuple[Any, ...]
Limits = tuple[tuple[str, int], ...]
Outcomes = list[tuple[Outcome, Term]]
_OTHER = {"<": ">=", ">=": "<", "<=": ">", ">": "<="}


def together(kind: str, parts: Iterator[Term]) -> Term:
    """All or any of some terms, constants taken out."""
    neutral = kind == "all"
    terms = [term for term in parts if term is not neutral]
    if (not neutral) in terms:
        return not neutral
    return (kind, terms) if terms else neutral


class Compiler:
    """For each condition, the terms under which it certainly holds, or certainly does not."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._standard = catalogue.size_standard
        self._kinds = catalogue.facts

    def surely(self, condition: Condition, so: bool) -> Term:
        """Terms that hold exactly where the condition is known to be so."""
        match condition:
            case All(parts):
                return together("all" if so else "any", (self.surely(part, so) for part in parts))
            case AnyOf(parts):
                return together("any" if so else "all", (self.surely(part, so) for part in parts))
            case Not(part):
                return self.surely(part, not so)
            case SizeAtMost(largest):
                return self._size(largest, so)
            case InTime(window) if window.month_after:
                first = date.fromordinal(AS_OF.toordinal() - window.days).replace(day=1).toordinal()
                limits: Limits = ((">=", first), ("<", AS_OF.replace(day=1).toordinal()))
                return self._limits(window.month_after, limits, so)
            case InTime(window):
                return ((window.start or AS_OF) <= AS_OF <= (window.end or AS_OF)) is so
        assert isinstance(condition, Leaf)
        return self._leaf(condition, so)

    def _leaf(self, leaf: Leaf, so: bool) -> Term:
        match leaf.criterion:
            case IsYes():
                return ("is", leaf.fact, so)
            case OneOf(keys):
                choices = [choice.key for choice in self._kinds[leaf.fact].choices]
                return ("in", leaf.fact, [key for key in choices if (key in keys) is so])
            case HasAny(keys):
                parts = (("is", several_column(leaf.fact, key), so) for key in keys)
                return together("any" if so else "all", parts)
            case WithinYears() as within:
                earliest = within.earliest(AS_OF).toordinal()
                return (">=", leaf.fact, earliest) if so else ("<", last_column(leaf.fact), earliest)
        assert isinstance(leaf.criterion, Bounds)
        bounds = leaf.criterion
        limits = ((">=", bounds.at_least), (">", bounds.above), ("<=", bounds.at_most), ("<", bounds.below))
        return self._limits(leaf.fact, tuple((op, limit) for op, limit in limits if limit is not None), so)

    @staticmethod
    def _limits(fact: str, limits: Limits, so: bool) -> Term:
        return together("all" if so else "any", ((op if so else _OTHER[op], fact, limit) for op, limit in limits))

    def _size(self, largest: SizeClass, so: bool) -> Term:
        industry = self._standard.industry_fact
        rows = []
        for row in self._standard.rows:
            if row.own_fact:
                says: Term = ("in", row.own_fact, [size.key for size in SizeClass if (size <= largest) is so])
            else:
                below = (("<" if so else ">=", metric.fact, metric.bounds[largest]) for metric in row.metrics)
                says = together("any" if so else "all", below)
            rows.append((list(row.industries), says))
        own = [together("all", iter((("in", industry, keys), says))) for keys, says in rows]
        every = together("all", iter((("unknown", industry), *(says for _, says in rows))))
        return together("any", iter((*own, every)))

    def outcomes(self, tree: tuple[Condition, Condition, Condition]) -> Outcomes:
        """The settled outcomes of a route, each with its term; the first whose term holds is the one."""
        scope, audience, conditions = tree
        return [
            ("eligible", together("all", (self.surely(gate, True) for gate in tree))),
            ("not_eligible", self.surely(scope, False)),
            ("not_for_you", self.surely(audience, False)),
            ("not_eligible", self.surely(conditions, False)),
        ]


def name(fact: object) -> str:
    """A fact as a name that every engine takes."""
    return str(fact).replace(":", "__")


def text(term: Term) -> str:
    """A term in the language that rule-engine and zen share."""
    match term:
        case bool():
            return "true" if term else "false"
        case ("all" | "any" as kind, parts):
            return "(" + (" and " if kind == "all" else " or ").join(map(text, parts)) + ")"
        case ("is", fact, truth):
            return f"{name(fact)} == {'true' if truth else 'false'}"
        case ("in", fact, keys):
            return f"({name(fact)} != null and {name(fact)} in [{', '.join(repr(key) for key in keys)}])"
        case ("unknown", fact):
            return f"{name(fact)} == null"
        case (comparison, fact, limit):
            return f"({name(fact)} != null and {name(fact)} {comparison} {limit})"
    raise AssertionError(term)


Vectors = Callable[[object], np.ndarray]


def vector(term: Term, value: Vectors, known: Vectors, codes: dict[str, int]) -> Any:
    """A term over arrays of values and of whether they are known."""
    match term:
        case bool():
            return term
        case ("all" | "any" as kind, parts):
            join = np.logical_and if kind == "all" else np.logical_or
            whole: object = kind == "all"
            for part in parts:
                whole = join(whole, vector(part, value, known, codes))
            return whole
        case ("is", fact, truth):
            return known(fact) & (value(fact) == truth)
        case ("in", fact, keys):
            return known(fact) & np.isin(value(fact), [codes[key] for key in keys])
        case ("unknown", fact):
            return ~known(fact)
        case (comparison, fact, limit):
            compare = {"<": np.less, ">=": np.greater_equal, "<=": np.less_equal, ">": np.greater}[str(comparison)]
            return known(fact) & compare(value(fact), limit)
    raise AssertionError(term)


# ---- the engines: each gives, for rows of facts, the code of each route's outcome ------------------------------------


def numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """The facts with dates as days and choices as text, under names that every engine takes."""
    frame = frame.with_columns(
        pl.col(pl.Date).dt.epoch("d").cast(pl.Int64) + date(1970, 1, 1).toordinal(), pl.col(pl.Enum).cast(pl.String)
    )
    return frame.rename({column: name(column) for column in frame.columns})


Judge = Callable[[list[dict[str, object]]], list[list[int]]]


def by_expressions(compiled: list[list[tuple[int, Callable[[dict[str, object]], bool]]]]) -> Judge:
    """An engine that takes one business at a time and one expression at a time."""
    open_ = NEEDS_INFO
    return lambda rows: [[next((c for c, holds in each if holds(row)), open_) for each in compiled] for row in rows]


def on_rule_engine(terms: list[Outcomes]) -> Judge:
    """rule-engine."""
    context = rule_engine.Context(default_value=None)
    return by_expressions(
        [[(CODES[said], rule_engine.Rule(text(t), context=context).matches) for said, t in o] for o in terms]
    )


def on_zen(terms: list[Outcomes]) -> Judge:
    """zen-engine."""
    return by_expressions([[(CODES[said], zen.compile_expression(text(t)).evaluate) for said, t in o] for o in terms])


def on_openfisca(terms: list[Outcomes], frame: pl.DataFrame, codes: dict[str, int]) -> Callable[[], np.ndarray]:
    """OpenFisca: a variable for each fact, one for whether it is known, and one for each outcome of a route.

    Its whole numbers have 32 bits, too few for fen: they are its floats, exact enough for these rows, which is checked.
    """
    business = build_entity(key="business", plural="businesses", label="A business", is_person=True)
    system = TaxBenefitSystem([business])
    values = {}
    for column, kind in frame.schema.items():
        of = bool if kind == pl.Boolean else float
        known = frame[column].is_not_null().to_numpy()
        cells = frame[column].replace_strict(codes, return_dtype=pl.Int64) if kind == pl.String else frame[column]
        values[column] = cells.fill_null(0 if of is float else False).to_numpy().astype(of), known
        system.add_variable(_variable(business, column, of))
        system.add_variable(_variable(business, f"{column}_known", bool))
    for place, outcomes in enumerate(terms):
        for step, (_, term) in enumerate(outcomes):
            system.add_variable(_variable(business, f"route_{place}_{step}", bool, _formula(term, codes)))

    def judge() -> np.ndarray:
        simulation = SimulationBuilder().build_default_simulation(system, frame.height)
        for column, (value, known) in values.items():
            simulation.set_input(column, PERIOD, value)
            simulation.set_input(f"{column}_known", PERIOD, known)
        told = [
            np.select(
                [simulation.calculate(f"route_{place}_{step}", PERIOD) for step in range(len(outcomes))],
                [CODES[said] for said, _ in outcomes],
                default=NEEDS_INFO,
            )
            for place, outcomes in enumerate(terms)
        ]
        return np.stack(told, axis=1)

    return judge


def _variable(entity: object, key: str, kind: type, formula: object = None) -> type[Variable]:
    body = {"value_type": kind, "entity": entity, "definition_period": DateUnit.MONTH, "label": key}
    return type(key, (Variable,), body if formula is None else {**body, "formula": formula})


def _formula(term: Term, codes: dict[str, int]) -> Callable[[Any, Any], np.ndarray]:
    def formula(business: Any, period: Any) -> np.ndarray:
        value = lambda fact: business(name(fact), period)  # noqa: E731
        known = lambda fact: business(f"{name(fact)}_known", period)  # noqa: E731
        return np.broadcast_to(vector(term, value, known, codes), business.count)

    return formula


# ---- the table -------------------------------------------------------------------------------------------------------


def per_second(businesses: int, run: Callable[[], object]) -> float:
    """Businesses a second, the median of some runs."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return businesses / statistics.median(taken)


def main() -> int:
    """Prints the table; 1 if an engine does not agree, or the columns are slower than they should be."""
    catalogue = load_catalogue()
    routes = [route for route in catalogue.routes() if route.action != "none"]
    compiler = Compiler(catalogue)
    terms = [compiler.outcomes(catalogue.tree(route)) for route in routes]
    table = pl.concat(blocks(MANY))
    facts = (
        CellReader(catalogue.facts, named_facts(catalogue, table.columns), catalogue.tokens, AS_OF).read(table).facts
    )
    rules = ColumnRules(catalogue, AS_OF)
    states = rules.evaluate(facts).select(route.id for route in routes).to_numpy()
    wanted = np.where(states < FIRST_MISSING, states, NEEDS_INFO)
    frame = numbers(facts.drop(fact.id for fact in catalogue.facts.values() if fact.kind == "text"))
    rows = frame.head(FEW).to_dicts()
    people = [answers_of(catalogue, row) for row in facts.head(SOME).iter_rows(named=True)]
    codes = {c.key: n for n, c in enumerate(c for fact in catalogue.facts.values() for c in fact.choices)}

    def scalar(which: list[Answers]) -> list[list[int]]:
        return [[CODES[outcome(catalogue, r, situation(catalogue, one, AS_OF))] for r in routes] for one in which]

    openfisca, on_one = (
        on_openfisca(terms, frame, codes),
        {"zen-engine": on_zen(terms), "rule-engine": on_rule_engine(terms)},
    )
    told = {
        "scalar core": scalar(people),
        "openfisca-core": openfisca(),
        **{n: judge(rows) for n, judge in on_one.items()},
    }
    wrong = [n for n, said in told.items() if not np.array_equal(np.asarray(said), wanted[: len(said)])]
    print(f"{len(routes)} routes; disagree: {wrong or 'none'}")
    pool = ThreadPoolExecutor(CORES)  # batches side by side, as the batch command assesses them
    speeds = {
        COLUMNS: per_second(MANY * CORES * 4, lambda: list(pool.map(rules.evaluate, [facts] * CORES * 4))),
        SCALAR: per_second(SOME, lambda: scalar(people)),
        "openfisca-core: verdicts": per_second(MANY, openfisca),
        **{f"{n}: verdicts": per_second(FEW, lambda judge=judge: judge(rows)) for n, judge in on_one.items()},
    }
    columns = speeds[COLUMNS]
    print(f"{'':<38}{'a second':>12}{'columns are':>14}")
    for engine, speed in speeds.items():
        print(f"{engine:<38}{speed:>12,.0f}{columns / speed:>12,.1f} x")
    print(f"{'at least':<38}{LEAST:>12,.0f}{50:>12.1f} x the scalar core")
    return int(bool(wrong) or columns < LEAST or columns < 50 * speeds[SCALAR])


def answers_of(catalogue: Catalogue, row: dict[str, Any]) -> Answers:
    """A row of facts as answers."""
    values: dict[str, Value] = {}
    for fact in catalogue.facts.values():
        if fact.kind == "several":
            ticks = {choice.key: row[several_column(fact.id, choice.key)] for choice in fact.choices}
            if None not in ticks.values():
                values[fact.id] = frozenset(key for key, tick in ticks.items() if tick)
        elif (value := row[fact.id]) is not None:
            is_month = fact.kind == "date" and value != row[last_column(fact.id)]
            values[fact.id] = Month(value.year, value.month) if is_month else value
    return Answers(values)


if __name__ == "__main__":
    sys.exit(main())
