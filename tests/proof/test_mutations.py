"""Wrong facts put into the catalogue, one at a time: the check against the document's hard facts must find them."""

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from dcrelief.catalogue.load import load_catalogue
from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.errors import UnusableFileError
from dcrelief.proof.agreement import agreement
from dcrelief.proof.articles import Document
from dcrelief.proof.document_files import load_document
from tests.examples import HERE, shipped

MUTATIONS = 600
DIGITS, LETTERS, NAMES = "0123456789", "abcdefghijklmnopqrstuvwxyz", "赵钱孙李周吴郑王冯陈"
UNITS = ("区教委", "区民政局", "区园林局", "区审计局")
# Where hard facts stand in measures.toml, by what they are; found by shape, not by the check's own rules.
TOKENS = {
    "phone": r'(?<=")(?:1\d{10}|\d{8}|12\d{3})(?:-\d{3,4}(?:/\d{3,4})*)?(?=")',
    "email": r'(?<=email = ")[^"]+',
    "web": r"http://[\w./]+",
    "person": r"(?<=people = )\[[^\]]+\]",
    "unit": r'(?<=unit = ")区[^"]+',
    "responsible": r"(?<=units = )\[[^\]]+\]",
    "amount": r"\d+万?元",
    "share": r"\d+%",
    "span": r"\d+(?:个月|个工作日|小时|日内)",
    "day": r"(?<=from = |ntil = |y_by = )\d{4}-\d\d-\d\d",
    "month": r"\d月底",
    "named": r"《[^》]+》",
}


def spoiled(text: str, place: int, others: str, chance: random.Random) -> str:
    """The text with one of its letters changed, dropped, or another put before it."""
    other = chance.choice([each for each in others if each != text[place]])
    before, after = text[:place], text[place + 1 :]
    return chance.choice([before + other + after, before + after, before + other + text[place:]])


def digit(text: str, chance: random.Random) -> str:
    """A digit changed, dropped or added."""
    place = chance.choice([place for place, each in enumerate(text) if each.isdigit()])
    return spoiled(text, place, DIGITS, chance)


def letter(text: str, chance: random.Random) -> str:
    """A letter changed, dropped or added."""
    place = chance.choice([place for place, each in enumerate(text) if each.isalpha()])
    return spoiled(text, place, LETTERS if text[place].isascii() else NAMES, chance)


def listed(text: str, chance: random.Random) -> str:
    """One of a list changed in a letter, dropped, or another added."""
    entries = re.findall(r'"([^"]+)"', text)
    place = chance.randrange(len(entries))
    match chance.choice(["letter", "drop", "add"]):
        case "letter":
            entries[place] = letter(entries[place], chance)
        case "drop":
            del entries[place]
        case _:
            entries.insert(place, chance.choice(UNITS) if entries[0].startswith("区") else "王小明")
    return "[" + ", ".join(f'"{entry}"' for entry in entries) + "]"


def scaled(text: str, chance: random.Random) -> str:
    """An amount in another digit, or in 元 for 万元."""
    if "万" in text and chance.random() < 0.3:
        return text.replace("万", "")
    return digit(text, chance)


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "phone": digit,
    "email": lambda text, chance: chance.choice([letter, digit if re.search(r"\d", text) else letter])(text, chance),
    "web": letter,
    "person": listed,
    "unit": lambda text, chance: chance.choice([letter(text, chance), chance.choice(UNITS)]),
    "responsible": listed,
    "amount": scaled,
    "share": digit,
    "span": digit,
    "day": digit,
    "month": digit,
    "named": letter,
}


@pytest.fixture(scope="module")
def facts() -> Document:
    return load_document(HERE / "hard_facts.json", shipped().policies[0].document)


def found(folder: Path, text: str, document: Document) -> bool | None:
    """Whether the catalogue of a text is refused, or differs from the document; None if it is the same catalogue."""
    (folder / "measures.toml").write_text(text, encoding="utf-8")
    try:
        changed = load_catalogue(folder / "measures.toml")
    except UnusableFileError:
        return True
    measures = tuple(
        measure
        for measure, before in zip(changed.measures, shipped().measures, strict=True)
        if measure != before
        or any(changed.contacts[key] != shipped().contacts[key] for route in measure.routes for key in route.contacts)
    )
    if not measures:
        return None
    numbers = {measure.number for measure in measures}
    part = replace(document, articles=tuple(article for article in document.articles if article.number in numbers))
    return not agreement(replace(changed, measures=measures), part).whole


def test_wrong_facts_are_found(facts: Document, tmp_path: Path) -> None:
    """At least 99 of 100. What survives says what the same article says elsewhere: 3月底 turned into 7月底 in
    measure 35, which has both, 100万元 into the 10万元 of another tier of measure 8, a tier that begins at nothing.
    """
    text = shipped_path("measures.toml").read_text(encoding="utf-8")
    begins = text.index("[contacts.")
    tokens = [
        (kind, match.start(), match.end())
        for kind, pattern in TOKENS.items()
        for match in re.compile(pattern).finditer(text, begins)
        if "exceptions" not in text[text.rindex("\n", 0, match.start()) : match.start()]
    ]
    chance = random.Random(20200213)
    tried: Counter[str] = Counter()
    survivors: list[str] = []
    while tried.total() < MUTATIONS:
        kind, start, end = chance.choice(tokens)
        changed = CHANGES[kind](text[start:end], chance)
        seen = None if changed == text[start:end] else found(tmp_path, text[:start] + changed + text[end:], facts)
        if seen is None:
            continue
        tried[kind] += 1
        if not seen:
            line = text.count("\n", 0, start) + 1
            survivors.append(f"{line} {kind}: {text[start:end]} -> {changed}")
    assert set(tried) == set(TOKENS)
    assert len(survivors) <= MUTATIONS // 100, "\n".join(survivors)
