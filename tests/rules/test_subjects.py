"""What people look for leads to measures, in each language, and to no others."""

import pytest

from dcrelief.catalogue.load import CatalogueFiles
from dcrelief.rules.subjects import measures_about
from tests.examples import shipped

CATALOGUE = shipped()


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ("房租", {4, 5, 6, 13}),
        ("研发", {8, 11, 12, 13, 14, 31, 32, 37}),
        ("公证", {9, 10}),
        ("续贷", set(range(16, 25))),
        ("口罩机", set()),
        ("", set()),
        (" ", set()),
        ("rent", set()),
    ],
)
def test_what_people_look_for(wanted: str, numbers: set[int]) -> None:
    assert measures_about(CATALOGUE, wanted) == set(map(str, numbers))


def test_a_latin_word_is_found_at_the_beginning_of_a_word() -> None:
    english = CatalogueFiles().catalogue("en")
    assert measures_about(english, "Rent") == {"4", "5", "6", "13"}
    assert measures_about(english, "loan  renewal") >= {"16"}
