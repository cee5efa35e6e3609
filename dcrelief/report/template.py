"""Empty forms to fill in: a sheet as CSV or XLSX, or an answers file, with every fact and how to fill it in."""

from io import BytesIO
from pathlib import Path
from typing import Any

from dcrelief.files.whole import write_whole
from dcrelief.files.workbook_look import Looks
from dcrelief.rules.facts import Fact
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import Catalogue
from dcrelief.rules.words import Words

# How many rows of a workbook get choices to pick from.
ROWS_TO_FILL = 5_000


def filling(words: Words, fact: Fact) -> str:
    """How a fact is filled in."""
    choices = words("value.also").join(choice.label for choice in fact.choices)
    return words(f"template.{fact.kind}", unit=fact.unit, choices=choices)


def csv_template(catalogue: Catalogue) -> list[list[str]]:
    """The headings, and above them a row on how to fill in each column, which is skipped when the table is read."""
    facts = catalogue.facts.values()
    return [[filling(catalogue.words, fact) for fact in facts], [fact.column for fact in facts]]


def answers_template(catalogue: Catalogue) -> str:
    """An answers file in TOML: every fact commented out, with an example value."""
    words = catalogue.words
    lines = [f"# {words('template.toml_head')}", "", f"# {words('template.toml_as_of')}"]
    lines.append(f"#as_of = {catalogue.day}")
    for fact in catalogue.facts.values():
        lines += ["", f"# {fact.question or fact.label}", f"# {filling(words, fact)}"]
        lines.append(f"#{fact.id} = {kind_of(fact).example(fact, words)}")
    return "\n".join(lines) + "\n"


def write_workbook(path: Path, catalogue: Catalogue) -> None:
    """Writes a workbook: headings with notes and choices to pick from, then a sheet that explains every column.

    Raises UnusableFileError.
    """
    import xlsxwriter

    words, facts = catalogue.words, list(catalogue.facts.values())
    content = BytesIO()  # the library has errors of its own for what goes wrong with a file
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    looks = Looks(book.add_format)
    # Without a format, Excel makes 7 of 007, and shows a day as it likes.
    shown = {kind_of(fact).number_format for fact in facts} - {""}
    by_format = {number_format: looks.to_fill_in(number_format) for number_format in sorted(shown)}
    clients = book.add_worksheet(words("template.sheet_clients"))
    explained = book.add_worksheet(words("template.sheet_facts"))
    offered = book.add_worksheet(words("template.sheet_choices"))
    offered.hide()
    clients.set_row(0, 44)
    clients.freeze_panes(1, 2)
    for column, fact in enumerate(facts):
        clients.set_column(column, column, 14, by_format.get(kind_of(fact).number_format))
        clients.write_string(0, column, fact.column, looks.head)
        note = "\n".join(filter(None, (fact.question or fact.label, filling(words, fact), fact.why)))
        clients.write_comment(0, column, note, {"x_scale": 2.5, "y_scale": 1.5})
        _offer(clients, offered, column, _choices(fact, words), words)
    headings = [words(f"template.{key}") for key in ("column", "fact", "label", "how", "why")]
    looks.write_headings(explained, 0, headings, (22, 24, 50, 60, 40))
    for row, fact in enumerate(facts, 1):
        cells = (fact.column, fact.id, fact.question or fact.label, filling(words, fact), fact.why)
        for column, cell in enumerate(cells):
            explained.write_string(row, column, cell, looks.wrapped)
    explained.freeze_panes(1, 0)
    book.close()
    write_whole(path, content.getvalue())


def _choices(fact: Fact, words: Words) -> list[str]:
    """What a cell can be picked from, empty for a fact that is not a choice."""
    if kind_of(fact).asked != "choose":
        return []
    labels = [label for _, label, _ in kind_of(fact).options(fact, words)]
    return labels if fact.choices else [*labels, words("value.unknown")]


def _offer(clients: Any, offered: Any, column: int, choices: list[str], words: Words) -> None:
    """Gives the cells of a column a list to pick from; Excel warns of other text, and takes it."""
    if not choices:
        return
    from xlsxwriter.utility import xl_col_to_name

    for row, choice in enumerate(choices):
        offered.write_string(row, column, choice)
    letter = xl_col_to_name(column)
    clients.data_validation(
        1,
        column,
        ROWS_TO_FILL,
        column,
        {
            "validate": "list",
            "source": f"='{words('template.sheet_choices')}'!${letter}$1:${letter}${len(choices)}",
            "error_type": "warning",
        },
    )
