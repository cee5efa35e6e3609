"""What a line above or below a table says of the unit of its amounts: `单位：万元`, `(in thousands of RMB)`."""

import re
from collections.abc import Iterable

from dcrelief.batch.headings import in_round_brackets
from dcrelief.rules.facts import Tokens
from dcrelief.rules.money import yuan_of
from dcrelief.rules.text import folded_word

LONGEST_UNIT = 8
_LONGEST_IN_PHRASE = 24
_MOST_OF_A_LINE = 1_000
_AFTER_UNIT_WORD = (":", "均", "都", "为", "是")
_LEAST_SCALE = 1_000
_PARTS = (",", ";", "、", "/", "和", "及")


def stated_units(text: str, tokens: Tokens) -> list[str]:
    """The units that a line states, as `单位：万元` and `客户表（万元）` do; empty for one that is not of yuan."""
    if text.isdecimal():  # as most cells of many rows are
        return []
    if len(text) > 2 * _MOST_OF_A_LINE:  # where in so much the unit is said, it is said at one of its ends
        text = f"{text[:_MOST_OF_A_LINE]} {text[-_MOST_OF_A_LINE:]}"
    plain = in_round_brackets(text)
    words = [re.escape(folded_word(word)) for word in tokens.unit]
    said = [plain[match.end() :] for word in words for match in re.finditer(word, plain)]
    units: list[str] = []
    other_money = tuple(map(folded_word, tokens.other_money))
    for behind in said:
        rest = behind.lstrip("".join(_AFTER_UNIT_WORD))
        if rest != behind and is_in_figures(rest, tokens):
            units.append(rest)
            continue
        for part in _split(rest.partition(")")[0], _PARTS):
            units += _leading_unit(part, tokens, whole=rest == behind)
            if not units and rest != behind and part.endswith(other_money):
                units.append("")
    for phrase in tokens.unit_phrases:
        before, _slot, after = folded_word(phrase).partition("{unit}")
        found = (
            re.findall(f"{re.escape(before)}(.{{1,{_LONGEST_IN_PHRASE}}}?){re.escape(after)}", plain)
            if after
            else [plain[match.end() :].partition(")")[0] for match in re.finditer(re.escape(before), plain)]
        )
        for each in found:
            units += _leading_unit(each, tokens, whole=bool(after))
            if not units and len(each) <= _LONGEST_IN_PHRASE and each.endswith(other_money):
                units.append("")
    if not units:  # `客户表（万元）`, `金额：万元`, `万元`; 人民币 alone is no unit
        currency = set(map(folded_word, tokens.before_yuan))
        last = re.split(r"[(:]", plain.removesuffix(")"))[-1]
        units = [part for part in _split(last, _PARTS) if part not in currency and yuan_of(part, tokens) is not None]
    return list(dict.fromkeys(units))


def mentions_unit(text: str, tokens: Tokens) -> bool:
    """Whether a text speaks of thousands or more of yuan, and not of an amount: `亿元楼宇`, not `500万元以上`."""
    plain = in_round_brackets(text)
    scales = "|".join(re.escape(folded_word(word)) for word, size in tokens.scales.items() if size >= _LEAST_SCALE)
    yuan = "|".join(re.escape(folded_word(word)) for word in tokens.yuan)
    counted = re.escape("".join(word for word in (*tokens.numerals, *tokens.scales) if len(word) == 1))
    return re.search(rf"(?<![\d.{counted}])(?:{scales})+(?:{yuan})", plain) is not None


def may_state_a_unit(title: str, tokens: Tokens) -> bool:
    """Whether a title may say in what money amounts are, in whatever words: `RMB in thousands`, `RMB'000`."""
    plain = " ".join(in_round_brackets(part) for part in title[: 2 * _MOST_OF_A_LINE].replace(",", "").split())
    counted = re.escape("".join(word for word in (*tokens.numerals, *tokens.scales) if len(word) == 1))
    scales = [word for word, size in tokens.scales.items() if size >= _LEAST_SCALE]
    latin = "|".join(re.escape(word) for word in map(folded_word, scales) if word.isascii())
    figures = rf"(?<![\d.])(?:1?000+s?|10*(?:{latin}))(?![\da-z])"
    scale = rf"(?:(?<![\d.{counted}])(?:{_any_word(scales)})+|{figures})"
    before = (*tokens.before_yuan, *tokens.other_money)
    money, behind = f"(?:{_any_word(before)})", f"(?:{_any_word((*tokens.yuan, *before))})"
    near = r"[^\d;。；，]{0,8}?"
    return re.search(rf"{scale}{near}{behind}|{money}{near}{scale}|['’]000|(?<!\d)000s", plain) is not None


def _any_word(words: Iterable[str]) -> str:
    """A pattern of any of these words; those in Latin letters stand alone."""
    folded_words = sorted(map(folded_word, words), key=len, reverse=True)
    return "|".join(
        rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() and word.isalpha() else re.escape(word)
        for word in folded_words
    )


def _leading_unit(text: str, tokens: Tokens, *, whole: bool) -> list[str]:
    """The unit of money that a text begins with, or is if it must be whole; none in any other."""
    for word in tokens.before_yuan:  # `人民币（万元）`
        text = text.removeprefix(f"{folded_word(word)}(")
    if yuan_of(text, tokens) is not None:
        return [text]
    ends = () if whole else range(min(len(text), LONGEST_UNIT), 0, -1)
    yuan = tuple(map(folded_word, tokens.yuan))
    found = (text[:end] for end in ends if text[:end].endswith(yuan) and yuan_of(text[:end], tokens) is not None)
    return [unit for unit in [next(found, "")] if unit]


def is_in_figures(text: str, tokens: Tokens) -> bool:
    """Whether a text says in figures how many yuan a unit is, as `10,000元`, `1万元` and `RMB'000` do."""
    scales = "|".join(re.escape(folded_word(word)) for word, size in tokens.scales.items() if size >= _LEAST_SCALE)
    words = (*tokens.yuan, *tokens.before_yuan, *tokens.other_money)
    is_money = text.isascii() or any(folded_word(word) in text for word in words)
    return is_money and re.search(rf"(?<!\d)1?000+(?!\d)|\d(?:{scales})", text.replace(",", "")) is not None


def _split(text: str, signs: Iterable[str]) -> list[str]:
    for sign in signs:
        text = text.replace(sign, "\n")
    return text.split("\n")
