"""What every test shares: no deadlines for properties, and nothing of the person who runs them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dcrelief import language

SLOW = [HealthCheck.too_slow]
# The same examples in every run, so that a red one can be run again; --hypothesis-profile explore tries others.
settings.register_profile("laws", deadline=None, suppress_health_check=SLOW, derandomize=True)
settings.register_profile("explore", deadline=None, suppress_health_check=SLOW, max_examples=1000)
settings.load_profile("laws")


@pytest.fixture(autouse=True)
def own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    language.use(language.CHINESE)
    monkeypatch.setenv("DCRELIEF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "DCRELIEF_LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    language.use(language.CHINESE)  # for what is set up once a module, before this
