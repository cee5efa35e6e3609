"""Hands spoilt bytes to every reader: each takes them, or refuses them with a sentence; nothing else may come of it.

`make fuzz` does so for ten minutes with atheris, from the inputs of corpus() on; tests/test_fuzz.py for a moment.
"""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl
from prompt_toolkit.key_binding import KeyPress

from dcrelief import language
from dcrelief.batch.businesses import Knowledge
from dcrelief.batch.headings import named_facts
from dcrelief.batch.reading import open_table
from dcrelief.catalogue.load import known_layouts, load_catalogue
from dcrelief.columnar.cells import CellReader
from dcrelief.errors import DcreliefError
from dcrelief.files.answers import facts_of, read_answers_file
from dcrelief.files.drafts import NAME, load_draft
from dcrelief.proof.agreement import agreement
from dcrelief.proof.articles import read_document
from dcrelief.proof.document_files import document_text, load_document, save_facts
from dcrelief.proof.lint import lint
from dcrelief.proof.skeleton import guessed_layout, skeleton
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import BadValue
from dcrelief.rules.kinds import KINDS, read
from dcrelief.rules.model import Catalogue
from dcrelief.signs import shown
from dcrelief.terminal.keyboard import KeyParser

TESTS = Path(__file__).parents[1] / "tests"
CORPUS = TESTS / "corpus"
CITY = TESTS / "examples/every_form"  # a small catalogue with every form of a rule
CATALOGUE = ("measures.toml", "questions.toml", "size_standard.toml")
WORKBOOK, PARTS = "7-table.xlsx", ("worksheets/sheet1.xml", "styles.xml", "workbook.xml", "sharedStrings.xml")
AS_OF = date(2020, 2, 20)
SECONDS = 600
ONLY = "DCRELIEF_FUZZ"
"""The variable that names the only readers to be tried, with commas between them."""


class Readers:
    """Every reader of a file, by the name of a file that it reads. folder: where they may write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._catalogue: Catalogue = load_catalogue()
        self._knowledge = Knowledge.of(self._catalogue)
        self._layouts = known_layouts()
        self._city = folder / "city"
        self._city.mkdir()
        for name in CATALOGUE:
            (self._city / name).write_bytes((CITY / name).read_bytes())
        self._city_catalogue = load_catalogue(self._city / CATALOGUE[0])
        facts = {fact.kind: fact for fact in self._catalogue.facts.values()}
        assert facts.keys() | {"percent", "foreign"} == set(KINDS)
        self._facts = {fact.id: fact for fact in facts.values()}
        self._cells = CellReader(self._catalogue.facts, self._facts, self._catalogue.tokens, AS_OF)
        in_city = (*CATALOGUE, "words.toml", "measures.en.toml", "questions.en.toml")
        self.by_name: Mapping[str, Callable[[bytes], object]] = {
            "answers.toml": partial(self._answers, "answers.toml"),
            "answers.json": partial(self._answers, "answers.json"),
            **{name: partial(self._catalogue_part, name) for name in in_city},
            NAME: self._draft,
            "document.txt": self._document,
            "facts.json": self._saved_facts,
            "table.csv": self._table,
            "table.xlsx": self._table,
            **{Path(part).name: partial(self._workbook, f"xl/{part}") for part in PARTS},
            "cell.txt": self._cell,
            "keys.txt": self._keys,
        }

    def read(self, name: str, content: bytes) -> None:
        """Has a file read. Raises what a reader must not raise."""
        with suppress(DcreliefError):
            self.by_name[name](content)

    def _file(self, name: str, content: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(content)
        return path

    def _answers(self, name: str, content: bytes) -> None:
        file = read_answers_file(self._file(name, content), self._catalogue.tokens.months)
        answers, _problems = facts_of(self._catalogue, file.written.items(), file.as_of or AS_OF)
        assess(self._catalogue, answers, file.as_of or AS_OF)

    def _catalogue_part(self, name: str, content: bytes) -> None:
        """A part of the small catalogue, the others being as they should."""
        path = self._city / name
        before = path.read_bytes() if path.exists() else None
        path.write_bytes(content)
        try:
            with language.speaking("en" if ".en." in name else language.CHINESE):
                catalogue = load_catalogue(self._city / CATALOGUE[0])
                lint(catalogue, AS_OF)
        finally:
            path.unlink() if before is None else path.write_bytes(before)

    def _draft(self, content: bytes) -> None:
        path = self._file(NAME, content)
        draft = load_draft(self._folder, self._catalogue)
        path.unlink()
        if draft is not None:
            draft.interview.question()
            draft.interview.pages()
            draft.interview.likely_left()
            draft.interview.blocking()
            draft.interview.back() if draft.interview.screens else None

    def _document(self, content: bytes) -> None:
        text = document_text(self._file("document.txt", content))
        layout = guessed_layout(text, self._layouts)
        files = skeleton(text, layout, self._catalogue.words)
        agreement(self._city_catalogue, read_document(text, layout))
        for name, made in files.items():
            (self._folder / name).write_text(made, encoding="utf-8")
        if "[[measures]]" in files[CATALOGUE[0]]:
            load_catalogue(self._folder / CATALOGUE[0])

    def _saved_facts(self, content: bytes) -> None:
        path = self._file("facts.json", content)
        agreement(self._city_catalogue, load_document(path, self._city_catalogue.policies[0].document))

    def _table(self, content: bytes) -> None:
        catalogue = self._catalogue
        table = open_table("table", BytesIO(content), len(content), self._knowledge)
        headings = named_facts(catalogue, table.headings, table.top.units)
        reader = CellReader(catalogue.facts, headings, catalogue.tokens, AS_OF)
        for rows in table.batches():
            assert reader.read(rows.cells).facts.height == rows.cells.height
        table.numbers()
        table.how()

    def _workbook(self, part: str, content: bytes) -> None:
        """A workbook one part of which is that."""
        made = BytesIO()
        with ZipFile(CORPUS / WORKBOOK) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, content if name == part else old.read(name))
        self._table(made.getvalue())

    def _cell(self, content: bytes) -> None:
        """A fact of each kind, read alone and in a column: both must understand the same."""
        text = content.decode(errors="replace")
        bad = self._cells.read(pl.DataFrame({name: [text] for name in self._facts})).bad["heading"].to_list()
        values = {name: read(fact, text, AS_OF, self._catalogue.tokens) for name, fact in self._facts.items()}
        assert sorted(bad) == sorted(name for name, value in values.items() if isinstance(value, BadValue)), (bad, text)

    def _keys(self, content: bytes) -> None:
        """What a terminal sends: no key may be lost in between, and what is shown of it does not act."""
        pressed: list[KeyPress] = []
        keys = KeyParser(pressed.append)
        for letter in content.decode(errors="replace"):
            keys.feed(letter)
        keys.flush()
        keys.reset()
        keys.feed("a")
        assert pressed[-1].data == "a"
        shown("".join(press.data for press in pressed))


def corpus() -> list[tuple[str, bytes]]:
    """The inputs to begin with: the name that each is read by, and what it holds."""
    inputs = [(path.name.partition("-")[2], path.read_bytes()) for path in sorted(CORPUS.iterdir())]
    inputs += [(name, (CITY / name).read_bytes()) for name in CATALOGUE]
    with ZipFile(CORPUS / WORKBOOK) as book:
        inputs += [(Path(part).name, book.read(f"xl/{part}")) for part in PARTS]
    document = next(content for name, content in inputs if name == "document.txt").decode()
    saved = save_facts(read_document(document, guessed_layout(document, known_layouts())), "")
    return [*inputs, ("facts.json", saved.encode())]


def main() -> None:
    """Runs atheris; its own options may follow, such as -max_total_time=60."""
    import atheris  # not a dependency of the project: see the Makefile

    with TemporaryDirectory() as folder, TemporaryDirectory() as found:
        readers = Readers(Path(folder))
        only = os.environ.get(ONLY)
        names = sorted(only.split(",") if only else readers.by_name)
        for number, (name, content) in enumerate(corpus()):
            if name in names:
                (Path(found) / str(number)).write_bytes(bytes([names.index(name)]) + content)

        def one(content: bytes) -> None:
            if content:
                readers.read(names[content[0] % len(names)], content[1:])

        atheris.instrument_all()
        options = [f"-max_total_time={SECONDS}", "-timeout=20", "-rss_limit_mb=3000", *sys.argv[1:], found]
        atheris.Setup([sys.argv[0], *options], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
