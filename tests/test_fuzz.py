"""Every reader takes spoilt bytes or refuses them: what make fuzz (tools/fuzz.py) does, for a moment."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.fuzz import Readers, corpus

INPUTS = corpus()
PIECES = st.sampled_from(
    [b"", b"\0", b"\xff", b"\xef\xbb\xbf", b'"', b"=", b"[" * 50, b"9" * 50, b"\n", b"{", b"e9", b"-"]
)


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Readers:
    return Readers(tmp_path_factory.mktemp("fuzz"))


def test_every_reader_has_an_input(readers: Readers) -> None:
    assert {name for name, _ in INPUTS} == readers.by_name.keys()


@pytest.mark.parametrize(("name", "content"), INPUTS, ids=[name for name, _ in INPUTS])
def test_the_inputs_to_begin_with(readers: Readers, name: str, content: bytes) -> None:
    readers.read(name, content)


@settings(max_examples=150)
@given(
    chosen=st.sampled_from(INPUTS), places=st.lists(st.tuples(st.floats(0, 1), PIECES, st.integers(0, 9)), max_size=4)
)
def test_spoilt_bytes(readers: Readers, chosen: tuple[str, bytes], places: list[tuple[float, bytes, int]]) -> None:
    name, content = chosen
    for place, piece, cut in places:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + cut :]
    readers.read(name, content)


@settings(max_examples=100)
@given(named=st.sampled_from([name for name, _ in INPUTS]), content=st.binary(max_size=300))
def test_any_bytes(readers: Readers, named: str, content: bytes) -> None:
    readers.read(named, content)


def test_the_corpus_is_small() -> None:
    assert sum(path.stat().st_size for path in (Path(__file__).parent / "corpus").iterdir()) < 100_000
