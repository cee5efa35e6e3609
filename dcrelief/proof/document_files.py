"""The document's files: its text, which is read, and its hard facts, which are read and written."""

import unicodedata
from pathlib import Path

import msgspec
from msgspec import Struct

from dcrelief.catalogue.data_files import read_bytes
from dcrelief.errors import UnusableFileError
from dcrelief.language import _, later
from dcrelief.proof.articles import Article, Desk, Document, read_document
from dcrelief.proof.hard_facts import HardFact
from dcrelief.rules.layout import Layout

_OTHER_KINDS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": later("Word（.docx）或别的压缩文件"),
    b"\xd0\xcf\x11\xe0": later("老式的 Word（.doc）"),
    b"{\\rtf": "RTF",
}


class SavedArticle(Struct, frozen=True):
    """The hard facts of an article, by kind; numbers: some of them, one after the other."""

    number: int
    units: tuple[str, ...]
    desks: tuple[Desk, ...]
    facts: dict[str, tuple[str, ...]]
    numbers: tuple[str, ...]


class SavedDocument(Struct, frozen=True, omit_defaults=True):
    """The hard facts of a document, without its text."""

    title: str
    general: dict[str, tuple[str, ...]]
    lost: tuple[int, ...]
    articles: tuple[SavedArticle, ...]
    unclosed: bool = False


def load_document(path: Path, layout: Layout) -> Document:
    """The document of a text file, or of hard facts that save_facts wrote (.json).

    Raises UnusableFileError for a file that is no text, is too large, or has no numbered measures.
    """
    if path.suffix.lower() == ".json":
        return _saved(path, read_bytes(path))
    document = read_document(document_text(path), layout)
    if not document.articles:
        raise UnusableFileError(
            _("{path} 里没有找到编号的措施。", path=path),
            _(
                "目录的 [policy.document] 说每条以“{numbering}”开头：前面是行首或空格，从1起连续。请改正其中之一。",
                numbering=layout.numbering,
            ),
        )
    return document


def save_facts(document: Document, title: str) -> str:
    """The hard facts of a document as JSON, in a fixed order."""
    saved = SavedDocument(
        title,
        _by_kind(document.general),
        document.lost,
        tuple(SavedArticle(a.number, a.units, a.desks, _by_kind(a.facts), a.numbers) for a in document.articles),
        document.unclosed,
    )
    return msgspec.json.format(msgspec.json.encode(saved), indent=1).decode() + "\n"


def _by_kind(facts: frozenset[HardFact]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {}
    for fact in sorted(facts):
        kinds.setdefault(fact.kind, []).append(fact.value)
    return {kind: tuple(values) for kind, values in kinds.items()}


def _facts(by_kind: dict[str, tuple[str, ...]]) -> frozenset[HardFact]:
    return frozenset(HardFact(kind, value) for kind, values in by_kind.items() for value in values)


def _saved(path: Path, content: bytes) -> Document:
    try:
        saved = msgspec.json.decode(content, type=SavedDocument)
    except (ValueError, RecursionError) as error:  # of ValueError are msgspec's errors, and that it is no UTF-8
        raise UnusableFileError(
            _("{path} 不是 dcrelief check --save-facts 写的文件（{error}）。", path=path, error=error),
            _("请给文件的纯文本，或重新写一次。"),
        ) from None
    return Document(
        tuple(Article(a.number, a.units, a.desks, _facts(a.facts), a.numbers) for a in saved.articles),
        _facts(saved.general),
        saved.lost,
        saved.unclosed,
    )


def document_text(path: Path) -> str:
    """The text of a document in UTF-8, UTF-16 or GB18030, whichever it is. Raises UnusableFileError if it is none."""
    content = read_bytes(path)
    for begins, kind in _OTHER_KINDS.items():
        if content.startswith(begins):
            raise UnusableFileError(
                _("{path} 是{kind}，不是纯文本。", path=path, kind=_(kind)), _("请另存为纯文本（.txt）再试。")
            )
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n\f" for letter in text[:10_000]):
            return text
    raise UnusableFileError(_("{path} 不是文本文件。", path=path), _("请给文件的纯文本（.txt），UTF-8 或 GBK。"))
