"""Where the shipped files are: in a checkout beside the package; tests/test_packaging.py tries a wheel and an sdist."""

from pathlib import Path

import pytest

from dcrelief.catalogue.locate import shipped


@pytest.mark.source
def test_in_a_checkout_they_are_beside_the_package() -> None:
    assert shipped("measures.toml") == Path(__file__).parents[2] / "data" / "measures.toml"
    assert shipped("measures.toml").is_file()
