"""Numbers as Chinese texts write them: 1,200.5 and 20 000, 三十, 一百二十五万, 二〇二〇 and 二0二0, 零点五."""

from decimal import Decimal

_LETTERS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "0": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

DIGITS = "".join(_LETTERS)
SCALES = "".join(_SCALES)
# Patterns of one number. Each begins where a run of its digits begins, and a longer run than anybody means is none: no
# text makes them slow.
ARABIC = r"(?<!\d)(?:[1-9]\d{0,2}(?:[, ]\d{3}){1,5}|[1-9]\d{0,17}|0)(?!\d)(?:\.\d{1,18})?"
_WORD = f"[{DIGITS}{SCALES}]"
WORDS = rf"(?<!{_WORD})(?:零(?=点)|[一二两三四五六七八九十]){_WORD}{{0,18}}(?!{_WORD})(?:点[{DIGITS}]{{1,18}})?"
NUMBER = f"(?:{ARABIC}|{WORDS})"


def value_of(number: str, scale: str = "") -> Decimal:
    """What a number comes to that NUMBER has found, with a scale behind it: 3, 百万 for 3,000,000."""
    value = Decimal(number.replace(",", "").replace(" ", "")) if number[0].isascii() else _in_words(number)
    for letter in scale:
        value *= _SCALES[letter]
    return value


def plain(value: Decimal) -> str:
    """A number in digits, with no zeros that say nothing: 50, 0.5."""
    return f"{value.normalize():f}"


def _in_words(number: str) -> Decimal:
    """二〇二〇 digit by digit, 一亿三千万 by its scales."""
    whole, _, decimals = number.partition("点")
    total = part = digits = 0
    for letter in whole:
        scale = _SCALES.get(letter, 0)
        if not scale:
            digits = 10 * digits + _LETTERS[letter]
        elif scale < _SCALES["万"]:
            part += (digits or 1) * scale
            digits = 0
        else:
            part += digits
            total = total + part * scale if letter == "万" else (total + part) * scale
            part = digits = 0
    return Decimal(f"{total + part + digits}.{''.join(str(_LETTERS[letter]) for letter in decimals)}")
