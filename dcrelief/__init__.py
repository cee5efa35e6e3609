"""Which relief measures of Dongcheng District (February 2020) fit a business, why, and what to do next.

What other programs may call is named in `__all__` and described in docs/api.md; it is imported when it is asked for.
"""

__version__ = "0.2.0"
__all__ = [
    "Answers",
    "Assessment",
    "Catalogue",
    "DcreliefError",
    "__version__",
    "assess",
    "assess_table",
    "load_catalogue",
    "read_answers",
]

TYPE_CHECKING = False  # type checkers take it for true by its name; the module that has it takes time to import
if TYPE_CHECKING:
    from dcrelief.api import (
        Answers,
        Assessment,
        Catalogue,
        DcreliefError,
        assess,
        assess_table,
        load_catalogue,
        read_answers,
    )
else:  # a checker that saw this would let every name pass

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module  # takes time, too

        return getattr(import_module("dcrelief.api"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
