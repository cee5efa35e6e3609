"""One card a measure: what its routes share stands once, and within each route only what is its own.

What is compared is a point: a line of a field, or a field whose lines belong together. Each is a Field of its own.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from dcrelief.report.parts import Card, Field
from dcrelief.rules.words import Words

_BEGINNING = re.compile(r"[，；：。,;:]")


def measure_card(words: Words, whole: Card, routes: Sequence[Card]) -> Card:
    """The card of a measure: its heading from whole, the rest from its routes, of which each has a card."""
    if len(routes) == 1:
        (only,) = routes
        return replace(only, heading=whole.heading, anchor=whole.anchor)
    points = [tuple(_points(route)) for route in routes]
    counts = Counter(point for own in points for point in set(own))
    shared = []
    for point in dict.fromkeys(point for own in points for point in own if counts[point] > 1):
        having = [route.heading for route, own in zip(routes, points, strict=True) if point in own]
        shared.append(point if len(having) == len(routes) else _only_for(words, point, having))
    once = {point for point, count in counts.items() if count == 1}
    parts = tuple(replace(route, fields=_joined(filter(once.__contains__, _points(route)))) for route in routes)
    return replace(whole, fields=_joined(shared), cards=parts)


def without(route: Card, said: Container[Field]) -> Card:
    """A card without the points that are said elsewhere."""
    return replace(route, fields=_joined(point for point in _points(route) if point not in said))


def said_in_several(groups: Iterable[Sequence[Card]]) -> dict[Field, list[int]]:
    """The points that the cards of two groups or more have, and the places of these groups."""
    places: dict[Field, list[int]] = {}
    for place, group in enumerate(groups):
        for point in dict.fromkeys(point for route in group for point in _points(route)):
            places.setdefault(point, []).append(place)
    return {point: where for point, where in places.items() if len(where) > 1}


def steps_once(words: Words, measures: Mapping[str, Sequence[Card]]) -> list[list[Card]]:
    """The cards of each measure, by how it is cited, where a step of an earlier card only says in which it stands."""
    first: dict[str, tuple[str, Card]] = {}
    once: dict[str, list[Card]] = {cited: [] for cited in measures}
    for cited, routes in measures.items():
        for route in routes:
            steps = {field for field in route.fields if field.together}
            for line in (line for field in steps for line in field.lines):
                first.setdefault(line, (cited, route))
            told = [
                _told_before(words, field, cited, route, first) if field in steps else field for field in route.fields
            ]
            once[cited].append(replace(route, fields=tuple(told)))
    return list(once.values())


def _told_before(words: Words, field: Field, cited: str, route: Card, first: Mapping[str, tuple[str, Card]]) -> Field:
    lines = []
    for line in field.lines:
        measure, card = first[line]
        # By its number in the document, or by how it begins.
        at = line.partition(" ")[0] if line.startswith("(") else _BEGINNING.split(line)[0]
        if card is route or (measure == cited and field in card.fields):  # what is all the same is said for both
            lines.append(line)
        elif measure == cited:
            lines.append(words("card.same_step_of", at=at, route=card.heading))
        else:
            lines.append(words("card.same_step", at=at, cited=measure))
    return replace(field, lines=tuple(lines))


def _points(route: Card) -> Iterator[Field]:
    for field in route.fields:
        if field.together:
            yield field
            continue
        for place, line in enumerate(field.lines):
            marks = field.marks[place : place + 1]
            yield replace(field, lines=(line,), marks=marks, ticked=frozenset({0} if place in field.ticked else ()))


def _joined(points: Iterable[Field]) -> tuple[Field, ...]:
    """The points as fields, those of a label in one."""
    fields: dict[object, Field] = {}
    for point in points:
        key = point if point.together else point.label
        before = fields.get(key)
        fields[key] = point if before is None else _appended(before, point)
    return tuple(fields.values())


def _appended(field: Field, point: Field) -> Field:
    """A field with a point more of the same label."""
    ticked = field.ticked | ({len(field.lines)} if point.ticked else frozenset())
    return replace(field, lines=field.lines + point.lines, marks=field.marks + point.marks, ticked=ticked)


def _only_for(words: Words, point: Field, routes: Iterable[str]) -> Field:
    """A point with the routes that it is for: behind a line, above lines that belong together."""
    if point.together:
        above = words("card.only_for_these", routes=words.joined(routes))
        return replace(point, lines=(above, *point.lines), ticked=frozenset(place + 1 for place in point.ticked))
    (line,) = point.lines
    return replace(point, lines=(words("card.only_for", line=line, routes=words.joined(routes)),))
