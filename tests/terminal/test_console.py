"""What programs read on stdout is UTF-8 with line ends as they are; what people read moves no cursor."""

import io
from dataclasses import replace
from pathlib import Path

from dcrelief.terminal.console import BareConsole, Environment, one_line


def test_what_programs_read_comes_after_what_was_said_and_is_utf_8() -> None:
    """A stream as Windows has it: another encoding, and line ends of its own."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n")
    environment = replace(Environment.real(Path()), stdout=stream)
    stream.write("é\n")
    environment.write_for_programs("东城区\n")
    assert raw.getvalue() == b"\xe9\r\n" + "东城区\n".encode()


def test_half_a_letter_of_the_command_line_ends_no_output() -> None:
    raw = io.BytesIO()
    environment = replace(Environment.real(Path()), stdout=io.TextIOWrapper(raw, encoding="utf-8"))
    environment.write_for_programs("\udce4")
    assert raw.getvalue() == b"?"


def test_without_a_terminal_nothing_moves_a_cursor() -> None:
    stream = io.StringIO()
    BareConsole(stream).print("第3行：“a\rb\a”\n行\t一", style="yellow")
    assert stream.getvalue() == "第3行：“a<U+000D>b<U+0007>”\n行      一\n"


def test_one_line_has_nothing_that_acts() -> None:
    assert one_line(" a\r\nb\t\u3000c\x1b[31m\x9b2J\u202e\udc80") == "a b c[31m2J\ufffd"
    assert one_line("\U00020bb7\U00031350") == "\U00020bb7\U00031350"


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def test_a_person_at_a_terminal_sees_what_would_act() -> None:
    raw = io.BytesIO()
    environment = replace(Environment.real(Path()), stdout=Terminal(raw, encoding="utf-8"))
    stream = environment.for_programs()
    for part in (b"\xef\xbb\xbfa,\x1b]52;c;eA==\x07\n\xe4\xb8", b"\x9c\xe2\x80\xae,1\n"):  # in the middle of a letter
        assert stream.write(part) == len(part)
    environment.write_for_programs("\u202e东\n")
    assert raw.getvalue().decode() == "\ufeffa,<U+001B>]52;c;eA==<U+0007>\n东<U+202E>,1\n<U+202E>东\n"
