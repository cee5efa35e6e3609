"""Makes a messy client list of any length: 50 columns as people fill them in, the same for the same seed."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

from dcrelief.catalogue.load import load_catalogue
from dcrelief.rules.facts import Fact

COLUMNS = 50
BLOCK = 50_000
ALWAYS = [
    *("name", "in_dongcheng", "kind", "industry", "employees", "revenue", "assets", "founded", "contract_reached"),
    *("impact", "carrier", "rd_expense", "tax_due", "rent_forgone", "soe_office_rent", "inspection_fee"),
]
EXTRA = ("客户经理", "联系电话", "备注")
YES, NO, NOT_KNOWN = (
    ("是", "有", "Y", "√", "yes", "１"),
    ("否", "无", "N", "×", "no", "没有"),
    ("", "", "不详", "/", "不清楚"),
)
WRONG = ("待核实", "见附件", "#N/A", "同上")


def facts() -> list[Fact]:
    """The facts that the list has a column for: those always there, then the yes/no ones that come first."""
    known = load_catalogue().facts
    asked = [fact.id for fact in known.values() if fact.kind == "yes_no" and fact.id not in ALWAYS]
    return [known[name] for name in (*ALWAYS, *asked[: COLUMNS - len(ALWAYS) - len(EXTRA)])]


def blocks(rows: int, seed: int = 0) -> Iterator[pl.DataFrame]:
    """The list, a block at a time."""
    for start in range(0, rows, BLOCK):
        number = pl.int_range(start, min(rows, start + BLOCK), eager=True).alias("number").to_frame()
        yield number.select(
            _column(fact, seed + place).alias(fact.column) for place, fact in enumerate(facts())
        ).hstack(
            number.select(
                pl.format("经理{}", pl.col("number") % 40).alias(EXTRA[0]),
                pl.format("010-{}", 60_000_000 + pl.col("number") % 9_999_999).alias(EXTRA[1]),
                _pick(("", "", "老客户", '说"急"，要快'), seed + 99).alias(EXTRA[2]),
            )
        )


def write(path: Path, rows: int, seed: int = 0) -> None:
    """Writes the list as UTF-8 CSV."""
    with path.open("wb") as file:
        for place, block in enumerate(blocks(rows, seed)):
            block.write_csv(file, include_header=place == 0)


def _draw(seed: int, upto: int) -> pl.Expr:
    return pl.col("number").hash(seed) % upto


def _pick(texts: Iterable[str], seed: int) -> pl.Expr:
    choices = pl.Series(list(texts))
    return pl.lit(choices).gather(_draw(seed, len(choices)).cast(pl.UInt32))


def _column(fact: Fact, seed: int) -> pl.Expr:
    """A column of a fact: mostly as asked for, one cell in ten not known, one in a thousand wrong."""
    luck = _draw(1000 + seed, 1000)
    written = _written(fact, seed)
    return (
        pl.when(luck == 0).then(_pick(WRONG, seed) if fact.kind != "text" else written)
        .when(luck < 100).then(_pick(NOT_KNOWN, seed))
        .otherwise(written)
    )  # fmt: skip


def _written(fact: Fact, seed: int) -> pl.Expr:
    amount = _draw(seed, 40_000)
    style = _draw(2000 + seed, 5)
    match fact.kind:
        case "yes_no":
            return _pick((YES * 6 + NO) if fact.id == "in_dongcheng" else (YES + NO * 2), seed)
        case "choice":
            return _pick(
                [text for choice in fact.choices for text in (choice.key, choice.label, *choice.aliases)], seed
            )
        case "several":
            keys = [choice.label for choice in fact.choices]
            return _pick(["无", *keys, "、".join(keys[:2]), "；".join(keys[1:])], seed)
        case "count":
            number = _draw(seed, 400).cast(pl.String)
            return pl.when(style == 0).then(number + "人").when(style == 1).then(number + " ").otherwise(number)
        case "money":
            return (
                pl.when(style == 0).then(pl.format("{}万", amount))
                .when(style == 1).then(pl.format("{}.{}万元", amount, _draw(seed + 7, 10)))
                .when(style == 2).then(pl.format("{},{}", amount % 900 + 1, _draw(seed + 7, 900) + 100))
                .when(style == 3).then(pl.format("{}.5", amount * 37))
                .otherwise(pl.format("{}", amount * 1000))
            )  # fmt: skip
        case "date":
            day = pl.lit(18_300) - _draw(seed, 7_000).cast(pl.Int32)
            dates = day.cast(pl.Date)
            return (
                pl.when(style == 0).then(dates.dt.strftime("%Y年%-m月%-d日"))
                .when(style == 1).then(dates.dt.strftime("%Y/%-m/%-d"))
                .when(style == 2).then(dates.dt.strftime("%Y.%m.%d"))
                .when(style == 3).then(dates.dt.strftime("%Y年%-m月"))
                .otherwise(dates.dt.strftime("%Y-%m-%d"))
            )  # fmt: skip
    return pl.format("客户{}有限公司", pl.col("number"))


def main() -> None:
    """Command line: rows and the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    write(arguments.out, arguments.rows)


if __name__ == "__main__":
    main()
