"""How our workbooks look: one font, headings on a light ground, amounts and days as Excel knows them."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

_FONT = {"font_name": "等线", "font_size": 10, "valign": "vcenter"}
_HEAD = {"bold": True, "text_wrap": True, "bg_color": "#E6EBF2", "border": 1, "align": "center"}
_FILLS = {"eligible": "#DDF2DF", "needs_info": "#FFF3CC"}
A4, MARGINS, FOOTER = 9, {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}, "&C&P / &N"


class Looks:
    """The formats of a workbook: of its parts, of values by their type, of verdicts by their outcome.

    add_format: makes one of properties, which are called as XlsxWriter calls them.
    """

    def __init__(self, add_format: Callable[[dict[str, object]], Any]) -> None:
        self._add_format = add_format

        def look(**properties: object) -> Any:
            return add_format({**_FONT, **properties})

        self.title = look(bold=True, font_size=14)
        self.head = look(**_HEAD)
        self.bold = look(bold=True, align="center")
        self.wrapped = look(text_wrap=True, valign="top")
        self.link = look(text_wrap=True, valign="top", font_color="#0B5394", underline=1)
        self.boxed = look(text_wrap=True, valign="top", border=1)
        formats = {Decimal: {"num_format": "#,##0.00"}, date: {"num_format": "yyyy-mm-dd"}}
        self.by_type = {str: look(), int: look(), **{kind: look(**format_) for kind, format_ in formats.items()}}
        # Of rows whose texts take several lines where they must.
        top = {kind: look(valign="top", **format_) for kind, format_ in formats.items()}
        self.top_by_type = {str: self.wrapped, int: look(valign="top", align="center"), **top}
        self.fills = {outcome: add_format({"bg_color": colour}) for outcome, colour in _FILLS.items()}

    def to_fill_in(self, number_format: str) -> Any:
        """The look of cells that people fill in: Excel's own, but for the number format."""
        return self._add_format({"num_format": number_format})

    def write_headings(self, sheet: Any, row: int, headings: Sequence[str], widths: Sequence[int]) -> None:
        """Headings in a row, over columns of these widths."""
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(row, column, heading, self.head)


def set_up_page(sheet: Any, head: int) -> None:
    """Sets a sheet up to be printed: A4 lying, as wide as a page, headings (the row `head`) on every page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(**MARGINS)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer(FOOTER)
