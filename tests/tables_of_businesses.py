"""Tables of businesses for tests: answers as a person writes them into a sheet."""

import io
import random

import polars as pl

from dcrelief.rules.facts import Answers, Fact, Month, Value, Year
from dcrelief.rules.money import decimal_yuan
from tests.examples import answers, businesses, shipped

FACTS = shipped().facts


def written(fact: Fact, value: Value, draw: random.Random) -> str:
    """A value as somebody writes it."""
    tokens = shipped().tokens
    if isinstance(value, bool):
        return draw.choice(tokens.yes if value else tokens.no)
    if isinstance(value, frozenset):
        return "、".join(fact.choice_label(key) for key in sorted(value)) or "无"
    if isinstance(value, Month):
        return f"{value.year}年{value.month}月"
    if isinstance(value, Year):
        return draw.choice([f"{value}年", str(value)])
    if fact.kind == "money":
        yuan = decimal_yuan(int(str(value)))
        return draw.choice([yuan, f"{yuan}元", f"¥{yuan}"])
    if fact.kind == "choice":
        choice = next(choice for choice in fact.choices if choice.key == value)
        return draw.choice([choice.key, choice.label, f" {choice.label}"])
    return str(value)


def table_of(people: list[Answers], seed: int = 0) -> pl.DataFrame:
    """A table with a column for each fact, by its short name."""
    draw = random.Random(seed)
    rows = []
    for person in people:
        row: dict[str, str | None] = {}
        for fact in FACTS.values():
            value = person.get(fact.id)
            known = value is not None and not hasattr(value, "name")
            row[fact.column] = (
                written(fact, value, draw) if known and value is not None else draw.choice(["", None, "不详"])
            )
        rows.append(row)
    return pl.DataFrame(rows, schema={fact.column: pl.String() for fact in FACTS.values()})


def sample_people() -> list[Answers]:
    """The sample businesses, known whole and known in part."""
    return [b.every_answer() for b in businesses()] + [answers(**b.facts) for b in businesses()]


def csv_of(table: pl.DataFrame) -> bytes:
    """The table as UTF-8 CSV."""
    stream = io.BytesIO()
    table.write_csv(stream)
    return stream.getvalue()
