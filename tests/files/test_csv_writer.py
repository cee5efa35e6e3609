"""Files out: whole or not at all, opened by Excel as they are, and harmless."""

import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcrelief.errors import UnusableFileError
from dcrelief.files.csv_writer import CsvWriter, whole_table


def written(rows: pl.DataFrame) -> list[str]:
    """The lines of a CSV file."""
    stream = io.BytesIO()
    CsvWriter(stream).write(rows)
    content = stream.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    return content.decode("utf-8-sig").splitlines()


def test_only_what_needs_it_is_quoted() -> None:
    rows = pl.DataFrame({"a": ["x", 'y"z', "1,2", "", None], "b,": [1, 2, 3, 4, 5]})
    assert written(rows) == ['a,"b,"', "x,1", '"y""z",2', '"1,2",3', ",4", ",5"]


@pytest.mark.parametrize("text", ["=1+1", "+86 10 1234", "-2+3", "@x", "\t=1", "=cmd|' /C calc'!A0"])
def test_what_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    rows = pl.DataFrame({"a": [text, "x"]})
    assert written(rows)[1] == f"'{text}"
    assert written(rows.cast(pl.Enum([text, "x", "y"])))[1] == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+1,200.50", "-", "+", "-12%", "x=1", "—"])
def test_numbers_and_dashes_stay_as_they_are(text: str) -> None:
    assert written(pl.DataFrame({"a": [text]}))[1].strip('"') == text


def test_a_formula_with_a_comma_is_made_harmless_and_quoted() -> None:
    assert written(pl.DataFrame({"a": ['=IF(1,"x",2)']}))[1] == '''"'=IF(1,""x"",2)"'''


def test_words_of_an_enum_are_quoted_where_they_must_be() -> None:
    rows = pl.DataFrame({"a": pl.Series(["x", "y,z"], dtype=pl.Enum(["x", "y,z"]))})
    assert written(rows) == ["a", "x", '"y,z"']


WORDS = ["x", "", "y,z", '"', "=1", "'=1", "-", "010-1", "初步符合", "a\nb"]


@given(
    st.lists(st.lists(st.sampled_from([None, *WORDS]), min_size=5, max_size=5), min_size=1, max_size=20),
    st.sampled_from([1, 40, 400]),
)
def test_enums_side_by_side_are_written_as_their_texts_are(cells: list[list[str | None]], times: int) -> None:
    """times: with more rows, more columns are worth putting together."""
    names = ["a", "b", "c", "d", "e"]
    texts = pl.DataFrame(cells * times, schema=dict.fromkeys(names, pl.String), orient="row")
    few = pl.Enum(WORDS)
    assert written(texts.cast({"a": few, "b": few, "d": few, "e": few})) == written(texts)
    assert written(texts.cast(few)) == written(texts)


def test_an_enum_may_have_other_words_in_the_next_batch() -> None:
    stream = io.BytesIO()
    writer = CsvWriter(stream)
    for words in (["x", "y"], ["y", "=x", "z"], ["z"]):
        writer.write(pl.DataFrame(dict.fromkeys("ab", words), schema=dict.fromkeys("ab", pl.Enum(words))))
    assert stream.getvalue().decode("utf-8-sig") == "a,b\nx,x\ny,y\ny,y\n'=x,'=x\nz,z\nz,z\n"


def test_batches_have_one_heading() -> None:
    stream = io.BytesIO()
    writer = CsvWriter(stream)
    for number in (1, 2):
        writer.write(pl.DataFrame({"a": [number]}))
    assert stream.getvalue().decode("utf-8-sig") == "a\n1\n2\n"


def test_a_full_disk(tmp_path: Path) -> None:
    full = Path("/dev/full").open("wb")  # noqa: SIM115
    with pytest.raises(UnusableFileError, match="磁盘满了"), whole_table(tmp_path / "out.csv"), full:
        CsvWriter(full).write(pl.DataFrame({"a": ["x" * 100] * 100_000}))
    assert list(tmp_path.iterdir()) == []
