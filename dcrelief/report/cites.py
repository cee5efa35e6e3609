"""How measures are cited: 第1、3条; where there are several documents 区第1、3条、市第2条."""

from collections.abc import Iterable

from dcrelief.rules.levels import elsewhere, is_one_sum
from dcrelief.rules.model import Catalogue, Measure, Route


def cite(catalogue: Catalogue, *measures: str) -> str:
    """The measures of these ids, in the order given, those of a document together."""
    words = catalogue.words
    numbers: dict[str, dict[int, None]] = {}
    for measure in map(catalogue.measure, measures):
        numbers.setdefault(measure.mark, {})[measure.number] = None
    cited = []
    for mark, own in numbers.items():
        text = words("measure.one" if len(own) == 1 else "measure.several", numbers=words.joined(own))
        cited.append(words("measure.of_document", mark=mark, cited=text) if mark else text)
    return words.joined(cited)


def cite_in_order(catalogue: Catalogue, measures: Iterable[str]) -> str:
    """The measures of these ids, each once, in the order of the catalogue."""
    wanted = set(measures)
    return cite(catalogue, *(measure.id for measure in catalogue.measures if measure.id in wanted))


def measure_name(catalogue: Catalogue, measure: Measure) -> str:
    """The number of a measure and its title."""
    return catalogue.words("report.name", cited=cite(catalogue, measure.id), measure=measure.title)


def level_note(catalogue: Catalogue, route: Route) -> str:
    """That the same support is given at another level, too, and how the two go together; empty if it is not."""
    others = elsewhere(catalogue, route)
    if not others:
        return ""
    cited = cite_in_order(catalogue, (other.measure for other in others))
    return catalogue.words("measure.one_sum" if is_one_sum(route, others[0]) else "measure.one_level", cited=cited)
