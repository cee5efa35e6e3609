"""The cells of a sheet by the library that reads workbooks, which fails in several ways and talks of it in English."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_STDERR = 2
_ODD_ERROR = "Unsupported cell error value"  # it knows no others than Excel's old ones: not #SPILL!, for example


class UnreadableSheetError(ValueError):
    """The library cannot read it; has_odd_error: since a failed cell says what it does not know."""

    def __init__(self, why: BaseException) -> None:
        super().__init__(str(why))
        self.has_odd_error = _ODD_ERROR in str(why)


def load_sheet(content: bytes, name: str) -> tuple[Any, Any, Any]:
    """The sheet of a workbook as fastexcel has it, its cells as texts, and those that failed. From its first cell on.

    Raises UnreadableSheetError.
    """
    import fastexcel  # only workbooks need it

    try:
        with _unheard():
            sheet = fastexcel.read_excel(content).load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            return sheet, *sheet.to_arrow_with_errors()
    except fastexcel.FastExcelError as error:
        raise UnreadableSheetError(error) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # as Rust ends a thread: no Exception, and not to be imported
            raise
        raise UnreadableSheetError(error) from None


@contextmanager
def _unheard() -> Iterator[None]:
    """What a library writes to stderr by itself goes nowhere; what is wrong, we say."""
    try:
        kept, nowhere = os.dup(_STDERR), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # it is closed
        yield
        return
    os.dup2(nowhere, _STDERR)
    try:
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(nowhere)
