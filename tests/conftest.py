"""What every test shares: no deadlines for properties, and nothing of the person who runs them."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from dcrelief import language

SLOW = [HealthCheck.too_slow]
# The same examples in every run, so that a red one can be run again; --hypothesis-profile explore tries others.
settings.register_profile("laws", deadline=None, suppress_health_check=SLOW, derandomize=True)
settings.register_profile("explore", deadline=None, suppress_health_check=SLOW, max_examples=1000)
settings.load_profile("laws")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here may speak to another computer; Spark and the browser are on this one."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        here = self.family not in (socket.AF_INET, socket.AF_INET6) or address[0] in ("127.0.0.1", "::1", "localhost")
        assert here, f"a test opens a socket to {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture(autouse=True)
def own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    language.use(language.CHINESE)
    monkeypatch.setenv("DCRELIEF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "DCRELIEF_LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    language.use(language.CHINESE)  # for what is set up once a module, before this
