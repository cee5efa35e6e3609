"""The language that people read: Chinese, as the texts stand in the code, or one that has translations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dcrelief.signs import shown_in_a_line

if TYPE_CHECKING:  # Chinese needs no gettext
    from gettext import NullTranslations

CHINESE = "zh"
DOMAIN = "dcrelief"
FOLDER = Path(__file__).parent / "locale"


_language = CHINESE
_translations: "NullTranslations | None" = None


def languages() -> tuple[str, ...]:
    """Chinese, and every language that has translations."""
    return (CHINESE, *sorted(path.parents[1].name for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


def use(language: str) -> None:
    """From now on, texts are in that language, one of languages()."""
    global _language, _translations
    _language, _translations = language, None
    if language != CHINESE:
        import gettext

        _translations = gettext.translation(DOMAIN, FOLDER, [language])


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """In that language for a while."""
    before = _language
    use(language)
    try:
        yield
    finally:
        use(before)


def language() -> str:
    """The language in use."""
    return _language


def _(text: str, /, **values: object) -> str:
    """A text of the code in the language in use, its places in braces filled; what fills them stays in its line."""
    # Of an empty text gettext would give the head of the translators' file.
    spoken = text if _translations is None or not text else _translations.gettext(text)
    return spoken.format(**{name: _filling(value) for name, value in values.items()}) if values else spoken


def _filling(value: object) -> object:
    return shown_in_a_line(str(value)) if isinstance(value, str | Path) else value


def word(name: str, text: str) -> str:
    """A text of data/words.toml in the language in use; name: its key there."""
    return text if _translations is None else _translations.pgettext(name, text)


def later(text: str) -> str:
    """Marks a text for translators; `_` translates it later, where it is shown."""
    return text
