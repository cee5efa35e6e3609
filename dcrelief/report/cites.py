"""How measures are cited: 第1、3条; where there are several documents 区第1、3条、市第2条."""

from collections.abc import Iterable

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
    support = route.support
    if support is None:
        return ""
    others = [
        (other.measure, other.support)
        for other in catalogue.routes()
        if other.support is not None and other.support.kind == support.kind and other.support.level != support.level
    ]
    if not others:
        return ""
    one_sum = any(each.carries_out for each in (support, *(other for _, other in others)))
    cited = cite_in_order(catalogue, (measure for measure, _ in others))
    return catalogue.words("measure.one_sum" if one_sum else "measure.one_level", cited=cited)
