"""What people look for, such as rent, and the measures that have to do with it."""

import re

from dcrelief.rules.model import Catalogue
from dcrelief.rules.text import folded


def measures_about(catalogue: Catalogue, wanted: str) -> frozenset[str]:
    """The ids of the measures of what somebody looks for, such as `房租`: of a subject, or with a name that has it."""
    text = folded(wanted)
    subjects = {
        subject.key
        for subject in catalogue.subjects
        if any(_has(name, wanted) for name in (subject.label, *subject.aliases))
    }
    return frozenset(
        measure.id
        for measure in catalogue.measures
        if text
        and (
            measure.subject in subjects
            or any(_has(name, wanted) for name in (measure.title, *(r.title for r in measure.routes)))
        )
    )


def _has(name: str, wanted: str) -> bool:
    """Whether a word stands in a name; of a word in Latin letters, at the beginning of one of its words."""
    if not wanted.isascii():
        return folded(wanted) in folded(name)
    return re.search(rf"(?<![a-z]){re.escape(' '.join(wanted.casefold().split()))}", name.casefold()) is not None
