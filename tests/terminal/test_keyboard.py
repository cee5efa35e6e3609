"""What a terminal sends becomes keys, in however many packets it comes; what is no key becomes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys

from dcrelief.terminal.keyboard import only_keys
from tests.terminal.test_prompts import PASTE, SENT_BY_TERMINALS


def keys_of(*packets: str) -> list[str]:
    """The keys of packets after which nothing more comes; of a paste, its text."""
    with create_pipe_input() as pipe:
        only_keys(pipe)
        keys: list[KeyPress] = []
        for packet in packets:
            pipe.send_text(packet)
            keys += pipe.read_keys() if packet else []
        keys += pipe.flush_keys()
    return [key.data if key.key == Keys.BracketedPaste else getattr(key.key, "value", key.key) for key in keys]


KEYS = {
    "\x1b": ["escape"],
    "\x1b\x1b": ["escape"],
    "\x1bb": ["escape", "b"],
    "\x1b[A": ["up"],
    "\x1bOA": ["up"],
    "\x1b[1;5C": ["c-right"],
    "\x1b[[A": ["f1"],
    "\x1bOM": ["c-m"],
    "\x1bOs": ["3"],
    "\x1b\x1b[A": [],  # Alt with an arrow, as rxvt sends it
    "\x1b\x03": ["c-c"],
    "\x1b\x1b[I": ["escape"],
    "\x1b]": [],
    "\x1b[": [],
    "\x1b]x": ["x"],
    "\x1b[\u4e2d": ["\u4e2d"],
    PASTE.format("1\r2\x1b[A\r"): ["1\r2\x1b[A\r"],
    "1\r": ["1", "c-m"],
    **{sent: [] for sent in SENT_BY_TERMINALS},
}


@pytest.mark.parametrize("sent", KEYS)
def test_in_one_packet(sent: str) -> None:
    assert keys_of(sent) == KEYS[sent]


@pytest.mark.parametrize("sent", KEYS)
def test_in_packets_of_a_letter(sent: str) -> None:
    assert keys_of(*sent) == KEYS[sent]


@given(st.text("\x1b[]OPM_?;:<>~\\\x07\r\x0301aARGuc \u4e2d", max_size=12))
def test_whatever_comes_a_later_key_comes_through(sent: str) -> None:
    with create_pipe_input() as pipe:
        only_keys(pipe)
        pipe.send_text(sent + "x")
        pipe.read_keys()
        pipe.flush_keys()
        pipe.send_text("y")
        assert [key.key for key in pipe.read_keys()][-1:] == ["y"]


@pytest.mark.parametrize(("lines", "sent"), [("1\r2\r", True), ("1\r\n2", True), ("1\r\r", False), ("1\r\n", False)])
def test_lines_without_marks_are_a_paste(lines: str, sent: bool) -> None:
    assert (keys_of(lines) == [lines]) is sent
