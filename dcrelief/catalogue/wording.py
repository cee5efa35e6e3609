"""The sentences of words.toml: the shipped, and over them those of another catalogue, none of which may do harm."""

import re
from string import Formatter

from dcrelief.catalogue.data_files import DataFile
from dcrelief.catalogue.locate import shipped
from dcrelief.catalogue.schema import WordsFile
from dcrelief.language import CHINESE, _, language, word
from dcrelief.rules.words import Words

# Amounts from the largest unit on, each with its worth in yuan: see rules.money.money_text.
_MONEY = re.compile(r"(?:[1-9]\d{0,15} [^|]*\|)*1 [^|]*")
# What a spreadsheet takes as the name of a sheet.
_NOT_IN_SHEETS = "[ ] : * ? / \\ '"
_SHEET = re.compile(r"[^\[\]:*?/\\']{1,31}")
_TEMPLATE_SHEETS = ("template.sheet_clients", "template.sheet_facts", "template.sheet_choices")
_BATCH_SHEETS = ("batch.sheet_clients", "batch.sheet_all", "batch.sheet_fits", "batch.sheet_rejects")
_SHEETS = (*_TEMPLATE_SHEETS, *_BATCH_SHEETS, "contacts.title")
# Words that would say nothing if they were the same.
_DIFFERENT = (
    ("value.yes", "value.no", "value.unknown"),
    ("mark.yes", "mark.no", "mark.unknown"),
    _TEMPLATE_SHEETS,
    _BATCH_SHEETS,
)


def wording(file: DataFile, spoken: str, problems: list[str]) -> Words | None:
    """The wording: the shipped sentences, and over them those of another catalogue, which may hold only a few."""
    is_own = file.path == shipped("words.toml")
    own = _sentences(file if is_own else DataFile(shipped("words.toml")), problems)
    others = {} if is_own else _sentences(file, problems) or {}
    if own is None:
        return None
    for key, sentence in others.items():
        if key not in own:
            problems.append(_("{name} {key}：程序用不到这一句，请删去或改正名字", name=file.path.name, key=key))
        elif not _places(sentence) <= _places(own[key]) | {place.partition(":")[0] for place in _places(own[key])}:
            places = _("、").join(sorted(_places(own[key]))) or _("（没有）")
            problems.append(_("{name} {key}：花括号里只能是：{places}", name=file.path.name, key=key, places=places))
        elif key == "value.money" and not _MONEY.fullmatch(sentence):
            problems.append(_("{name} {key}：要写成 {own} 这样", name=file.path.name, key=key, own=own[key]))
        elif key in _SHEETS and not _SHEET.fullmatch(sentence):
            problems.append(
                _(
                    "{name} {key}：工作表的名字最多31个字，不能有 {signs}",
                    name=file.path.name,
                    key=key,
                    signs=_NOT_IN_SHEETS,
                )
            )
    spoken_words = {**own, **others}
    for keys in _DIFFERENT:
        texts = [spoken_words[key].casefold() for key in keys]
        if len(set(texts)) < len(texts):
            listed = _("、").join(keys)
            problems.append(_("{name} {keys}：这几个词不能一样", name=file.path.name, keys=listed))
    translated = {key: word(key, text) for key, text in own.items()} if spoken == language() else own
    return Words({key: others.get(key) or text for key, text in translated.items()})


def _sentences(file: DataFile, problems: list[str]) -> dict[str, str] | None:
    groups = file.typed(WordsFile, CHINESE, problems)
    if groups is None:
        return None
    return {f"{group}.{key}": sentence for group, keys in groups.items() for key, sentence in keys.items()}


def _places(sentence: str) -> set[str]:
    """The places in braces that a sentence has, with their format; a brace that does not close is one nobody fills."""
    try:
        fields = [field for field in Formatter().parse(sentence) if field[1] is not None]
    except ValueError:
        return {sentence}
    return {f"{name}{'!' if how else ''}{how or ''}{':' if form else ''}{form}" for _, name, form, how in fields}
