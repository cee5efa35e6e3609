"""What a condition may ask of a fact: the criteria, a file each.

To add one: a subclass of Criterion in a file here and in CRITERIA below, its expression in
columnar/criteria_columns.py, its sentences in data/words.toml ([reason], and [describe] if it needs the day);
then `make schemas`. How a term is written and read follows from its `fields`; name it in the head of
data/measures.toml.
"""

from dcrelief.rules.criteria.base import Criterion
from dcrelief.rules.criteria.bounds import Bounds
from dcrelief.rules.criteria.choices import HasAny, HasNone, NoneOf, OneOf
from dcrelief.rules.criteria.is_yes import IsYes
from dcrelief.rules.criteria.within_years import WithinYears

__all__ = ["CRITERIA", "Bounds", "Criterion", "HasAny", "HasNone", "IsYes", "NoneOf", "OneOf", "WithinYears"]

CRITERIA: tuple[type[Criterion], ...] = (IsYes, OneOf, NoneOf, HasAny, HasNone, WithinYears, Bounds)
