"""The program's texts for translators: found, brought up to date in each language, and compiled.

`python -m tools.translations` brings dcrelief/locale/*/LC_MESSAGES/dcrelief.po up to date and compiles them.
"""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from dcrelief.catalogue.load import load_catalogue
from dcrelief.cli.app import with_commands
from dcrelief.language import CHINESE, FOLDER, speaking

ROOT = Path(__file__).parents[1]
KEYWORDS = {"_": None, "later": None}


def help_texts() -> Iterator[str]:
    """Every text of the help of every command."""
    group: Any = typer.main.get_command(with_commands([]))
    for command in (group, *group.commands.values()):
        yield from filter(None, (inspect.cleandoc(command.help or ""), command.short_help))
        for parameter in command.params:
            yield from filter(None, (parameter.metavar, getattr(parameter, "help", None)))


def template() -> Catalog:
    """Every text: of the code, of the help, and of data/words.toml, whose sentences have names."""
    catalog = Catalog(project="dcrelief", charset="utf-8")
    for file, _line, message, _comments, _context in extract_from_dir(ROOT / "dcrelief", keywords=KEYWORDS):
        assert isinstance(message, str)
        catalog.add(message, locations=[(f"dcrelief/{file}", 0)])
    for text in help_texts():
        catalog.add(text, locations=[("help", 0)])
    with speaking(CHINESE):
        sentences = load_catalogue().words.sentences
    for name, sentence in sentences.items():
        catalog.add(sentence, context=name)
    return catalog


def po_files() -> Iterator[Path]:
    """The translations of each language."""
    return FOLDER.glob("*/LC_MESSAGES/*.po")


def read(path: Path) -> Catalog:
    """The translations of a file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def compile_all() -> None:
    """Writes what the program reads beside what translators write."""
    for path in po_files():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))


def _update() -> None:
    new = template()
    for path in po_files():
        catalog = read(path)
        new.creation_date = catalog.creation_date  # else a run that finds nothing new would change the file
        catalog.update(new, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalog, width=110, include_lineno=False)
    compile_all()


if __name__ == "__main__":
    _update()
