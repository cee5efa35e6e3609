"""Hands spoilt bytes to every reader: each takes them, or refuses them with a sentence; nothing else may come of it.

`make fuzz` does so for ten minutes with atheris, from the inputs in tests/corpus on; tests/test_fuzz.py for a moment.
"""

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from dcrelief.batch.businesses import Knowledge
from dcrelief.batch.reading import open_table
from dcrelief.catalogue.load import load_catalogue
from dcrelief.catalogue.locate import shipped
from dcrelief.errors import DcreliefError
from dcrelief.files.answers import facts_of, read_answers_file
from dcrelief.files.drafts import NAME, load_draft
from dcrelief.rules.assessment import assess
from dcrelief.rules.model import Catalogue

CORPUS = Path(__file__).parents[1] / "tests/corpus"
AS_OF = date(2020, 2, 20)
SECONDS = 600


class Readers:
    """Every reader of a file, by the name of a file that it reads. folder: where they may write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._catalogue: Catalogue = load_catalogue()
        self._knowledge = Knowledge.of(self._catalogue)
        for name in ("measures.toml", "questions.toml", "size_standard.toml"):
            (folder / name).write_bytes(shipped(name).read_bytes())
        self.by_name: Mapping[str, Callable[[Path], object]] = {
            "answers.toml": self._answers,
            "answers.json": self._answers,
            "catalogue.toml": load_catalogue,
            "words.toml": lambda _: load_catalogue(folder / "measures.toml"),
            NAME: lambda _: self._draft(),
            "table.csv": self._table,
            "table.xlsx": self._table,
        }

    def read(self, name: str, content: bytes) -> None:
        """Has a file read. Raises what a reader must not raise."""
        path = self._folder / name
        path.write_bytes(content)
        with suppress(DcreliefError):
            self.by_name[name](path)
        path.unlink()

    def _answers(self, path: Path) -> None:
        file = read_answers_file(path, self._catalogue.tokens.months)
        answers, _problems = facts_of(self._catalogue, file.written.items(), file.as_of or AS_OF)
        assess(self._catalogue, answers, file.as_of or AS_OF)

    def _draft(self) -> None:
        draft = load_draft(self._folder, self._catalogue)
        if draft is not None:
            draft.interview.question()
            draft.interview.pages()

    def _table(self, path: Path) -> None:
        content = path.read_bytes()
        table = open_table(path.name, BytesIO(content), len(content), self._knowledge)
        for rows in table.batches():
            assert rows.cells.width


def corpus() -> list[tuple[str, bytes]]:
    """The inputs to begin with: the name that each is read by, and what it holds."""
    return [(path.name.partition("-")[2], path.read_bytes()) for path in sorted(CORPUS.iterdir())]


def main() -> None:
    """Runs atheris; its own options may follow, such as -max_total_time=60."""
    import atheris  # not a dependency of the project: see the Makefile

    with TemporaryDirectory() as folder, TemporaryDirectory() as found:
        readers = Readers(Path(folder))
        names = sorted(readers.by_name)
        for number, (name, content) in enumerate(corpus()):
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
