"""Exact money: whole fen as int, rates as fractions, half a fen rounded up."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

from dcrelief.rules.facts import Tokens
from dcrelief.rules.text import folded, folded_word, unspaced

FEN_PER_YUAN = 100
# Above this a typed amount is a slip of the finger: a hundred thousand 亿元.
MAX_FEN = 10**13 * FEN_PER_YUAN

# Nobody writes an amount with so many decimals: a division has made them.
DIVIDED = 7

# Longer than any number a business has; within it, Decimal's 28 digits stay exact.
_LONGEST = 26
# Numbers in words are counted in groups of so many: 万, 亿.
_MYRIAD, _TEN = 10_000, 10

_AS_TYPED = str.maketrans({"，": ",", "萬": "万", "億": "亿"})
_DIGITS = r"(?P<sign>[-+]?)(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+|\d+)(?:\.\d+)?|\.\d+)"


@cache
def _patterns(tokens: Tokens) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a number and an amount look like in these words."""
    scales, before, yuan = (
        "|".join(map(re.escape, texts)) for texts in (tokens.scales, tokens.before_yuan, tokens.yuan)
    )
    number = re.compile(rf"{_DIGITS}(?P<scale>{scales}|)")
    return number, re.compile(rf"(?P<before>{before})?(?P<number>.*?)(?P<unit>(?:{yuan}){{1,2}})?")


def read_number(text: str, tokens: Tokens) -> Decimal | None:
    """The number a person typed, or None: `1200万`, `1,200,000`, `0.5亿`, `12 million`, full width too."""
    plain = unspaced(text).translate(_AS_TYPED)
    match = _patterns(tokens)[0].fullmatch(plain)
    if match is None:
        return _composed(plain, tokens)
    digits = match["digits"].replace(",", "").lstrip("0") or "0"
    if len(digits) > _LONGEST:
        return None
    number = Decimal(digits) * tokens.scales.get(match["scale"], 1)
    return -number if match["sign"] == "-" else number


def _composed(text: str, tokens: Tokens) -> Decimal | None:
    """A number in parts that grow smaller, or in words: `1万2千`, `三百二十`, `十万`; None where it may be two numbers.

    `1万2` is refused: some mean 12,000 by it and some 10,002; so is a fraction in one of several parts.
    """
    if not 0 < len(text) <= _LONGEST:
        return None
    scales = {word: number for word, number in tokens.scales.items() if len(word) == 1 and not word.isascii()}
    pieces = re.findall(r"\d+(?:\.\d+)?|.", text, re.ASCII)
    total, section, number = Decimal(0), Decimal(0), None
    myriad, last, after_zero, zero_below = 0, 0, False, False
    for piece in pieces:
        figure = Decimal(piece) if piece[0].isdecimal() and piece.isascii() else tokens.numerals.get(piece)
        scale = scales.get(piece, 0)
        if figure == 0 and number is None and len(pieces) > 1:
            after_zero = zero_below = True
        elif figure is not None and number is None and not figure % 1:
            number = Decimal(figure)
        elif scale >= _MYRIAD and (part := (section + (number or 0)) * scale) and not 0 < myriad <= part:
            total, section, number = total + part, Decimal(0), None
            myriad, last, after_zero, zero_below = scale, scale, False, False
        elif 1 < scale < _MYRIAD and (number or (scale == _TEN and last == myriad and not after_zero)):
            added = (number or 1) * scale
            if 0 < last <= added:
                return None
            section, number, last, after_zero = section + added, None, scale, False
        else:
            return None
    if number is None and after_zero:
        return None
    if number is not None and last and (number >= last or not (after_zero or last == _TEN)):
        return None
    # 三亿五千 is 350 million to most, and 300,005,000 to nobody who does not say 零.
    if myriad > _MYRIAD and (section or number) and not zero_below:
        return None
    return total + section + (number or 0)


def as_number(written: object, tokens: Tokens) -> Decimal | None:
    """A number that somebody wrote, or that a file has as such; None for anything else."""
    if isinstance(written, str):
        return read_number(written, tokens)
    is_number = isinstance(written, int | Decimal) and not isinstance(written, bool)
    number = Decimal(written) if is_number else None  # type: ignore[arg-type]
    return number if number is not None and number.is_finite() and abs(number.adjusted()) <= _LONGEST else None


def read_money(text: str, tokens: Tokens, yuan: int = 1) -> int | None:
    """Fen for an amount as people write it, with or without 元 or CNY; None if it is not one or has parts of a fen.

    yuan: what a number without a unit of its own counts, as 10,000 in a column in 万元. There `5万` is 5万元, but `5千`
    may be 5千元 or 5千万元, and is none.
    """
    match = _patterns(tokens)[1].fullmatch(unspaced(text).rstrip("."))
    number = read_number(match["number"], tokens) if match else None
    if match is None or number is None:
        return None
    if yuan != 1 and match["unit"] is None:
        plain = _patterns(tokens)[0].fullmatch(match["number"].translate(_AS_TYPED))
        if match["before"] or plain is None or 1 < tokens.scales.get(plain["scale"], 1) < yuan:
            return None
        number *= 1 if plain["scale"] else yuan
    return whole_fen(number)


def yuan_of(unit: str, tokens: Tokens) -> int | None:
    """How many yuan a unit is: 10,000 of `万元`, `人民币万元` and `万`, 1 of `元`; None if it is none of money."""
    text = bare = folded(unit)
    for word in sorted(map(folded_word, tokens.before_yuan), key=len, reverse=True):
        bare = bare.removeprefix(word)
    if any(letter.isdigit() or letter in ".,+-" for letter in text):
        return None
    amounts = (read_money(f"1{way}", tokens) for way in (text, bare) if way)
    fen = next((fen for fen in amounts if fen is not None), None)
    return None if fen is None or fen % FEN_PER_YUAN else fen // FEN_PER_YUAN


def whole_fen(yuan: Decimal) -> int | None:
    """Fen for yuan, or None when they are not whole or beyond anything a business could mean.

    What has so many decimals that a division must have made them is rounded, half a fen up.
    """
    if abs(yuan) > MAX_FEN // FEN_PER_YUAN:
        return None
    fen = yuan * FEN_PER_YUAN
    whole = fen.to_integral_value(ROUND_HALF_UP)
    exponent = yuan.as_tuple().exponent
    return int(whole) if fen == whole or (isinstance(exponent, int) and exponent <= -DIVIDED) else None


def share(fen: int, rate: Fraction) -> int:
    """That share of an amount, in fen, half a fen up."""
    return int((fen * rate + Fraction(1, 2)) // 1)


def read_rate(text: str) -> Fraction | None:
    """`5%` and `50‰` as 1/20; None if it is not such a share from 0 to 100 %."""
    match = re.fullmatch(r"(\d{1,4}(?:\.\d+)?)([%‰])", text)
    if match is None:
        return None
    rate = Fraction(match[1]) / (100 if match[2] == "%" else 1000)
    return rate if rate <= 1 else None


def percent(rate: Fraction) -> str:
    """A rate for people: `5%`, `0.5%`; the inverse of read_rate."""
    return f"{Decimal((rate * 100).numerator) / Decimal((rate * 100).denominator):f}%"


def decimal_yuan(fen: int) -> str:
    """Yuan with two decimals for machines: `388290.60`."""
    return f"{fen // FEN_PER_YUAN}.{fen % FEN_PER_YUAN:02d}"


def money_text(fen: int, units: str) -> str:
    """Yuan for people, never rounded: `36万元`, `1,234.56元`, `CNY 360,000`.

    units: the ways to write it from the largest unit on, as in words.toml: its worth in yuan, and the amount in it.
    """
    *larger, last = (unit.split(" ", 1) for unit in units.split("|"))
    for worth, text in larger:
        whole = int(worth) * FEN_PER_YUAN
        if fen >= whole and fen % (whole // 100) == 0:
            return text.format(amount=_without_zeros(Decimal(fen) / whole))
    return last[1].format(amount=_without_zeros(Decimal(fen) / FEN_PER_YUAN))


def _without_zeros(number: Decimal) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")
