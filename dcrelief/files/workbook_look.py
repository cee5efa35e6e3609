"""How our workbooks look: one font, and headings on a light ground."""

from typing import Any

FONT = {"font_name": "等线", "font_size": 10, "valign": "vcenter"}
TITLE = {**FONT, "bold": True, "font_size": 14}
HEAD = {**FONT, "bold": True, "text_wrap": True, "bg_color": "#E6EBF2", "border": 1, "align": "center"}


def set_up_page(sheet: Any, head: int, *, all_columns: bool = True) -> None:
    """Sets a sheet up to be printed: A4 lying, headings (the row `head`) on every page.

    all_columns: whether they are made to fit on one page.
    """
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    if all_columns:
        sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C&P / &N")
