"""The same support from several sides: the levels of government, each document of a level by itself."""

from dcrelief.rules.model import Catalogue, Route


def document_of(route: Route) -> str:
    """The key of the document of a route, empty where there is one only."""
    return route.measure.rpartition(".")[0]


def side_of(route: Route) -> str:
    """By what its support is told from the same support elsewhere; empty if it is none."""
    return "" if route.support is None else f"{route.support.level} {document_of(route)}"


def elsewhere(catalogue: Catalogue, route: Route) -> tuple[Route, ...]:
    """The routes that give the same support from another side."""
    if route.support is None:
        return ()
    return tuple(
        other
        for other in catalogue.routes()
        if other.support is not None and other.support.kind == route.support.kind and side_of(other) != side_of(route)
    )


def is_one_sum(route: Route, other: Route) -> bool:
    """Whether both are the same support, which one of them only carries out: one application, and one sum."""
    supports = [each.support for each in (route, other) if each.support is not None]
    return len({support.kind for support in supports}) == 1 and any(support.carries_out for support in supports)
