"""The commands: arguments in, exit status out. The only package that imports typer."""

import errno
import io
import os
import sys
from contextlib import suppress

import typer

from dcrelief import language
from dcrelief.cli.app import with_commands
from dcrelief.cli.spoken import after_language
from dcrelief.errors import (
    EXIT_CLOSED_PIPE,
    EXIT_FILE,
    EXIT_INTERRUPTED,
    EXIT_UNFORESEEN,
    EXIT_USAGE,
    DcreliefError,
    errno_of,
    why,
)
from dcrelief.language import _
from dcrelief.signs import shown
from dcrelief.terminal.unwritable import use_numbers, what_was_lacking

COMPLETION = "_DCRELIEF_COMPLETE"
"""The variable by which a shell asks what may be typed next."""


def run(arguments: list[str]) -> int:
    """Runs the program; its exit status. A mistake of the person becomes a message on stderr."""
    _open_what_is_closed()
    use_numbers(sys.stdout)
    use_numbers(sys.stderr)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # what cannot be read is no answer, and no error
    status = _done(arguments)
    with suppress(OSError, ValueError):  # the stream may be closed
        for message in what_was_lacking():
            print(message, file=sys.stderr)
    return status


def _done(arguments: list[str]) -> int:
    language.use(language.CHINESE)
    try:
        if COMPLETION in os.environ:
            from dcrelief.cli.completion import offer  # only a shell needs it

            offer()
        rest = after_language(arguments)
        status = with_commands(rest)(rest, standalone_mode=False, prog_name="dcrelief")
        if sys.stdout is not None:  # it may have been closed before the start
            sys.stdout.flush()
    except typer.Exit as ended:
        return ended.exit_code
    except DcreliefError as error:
        _tell("\n".join(filter(None, (error.message, error.hint))))
        return error.exit_status
    except typer.TyperException as error:
        from dcrelief.cli.help import mistake  # only a mistake needs it

        message = mistake(error.format_message()).rstrip(".")
        command = getattr(getattr(error, "ctx", None), "command_path", "dcrelief")
        text = _("命令写法有误：{message}。\n请看 {command} --help。", message=message, command=command)
        _tell(text)
        return EXIT_USAGE
    except SystemExit as error:
        if error.code != 1:  # Rich and typer exit with 1 when a pipe is closed
            return int(error.code or 0)
        return _after_closed_pipe()
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as error:
        if errno_of(error) == errno.EPIPE:
            return _after_closed_pipe()
        _tell(_("写不出去：{why}。", why=why(error)))
        return EXIT_FILE
    except BaseException as error:  # a panic of Polars is no Exception
        from dcrelief.cli.unforeseen import keep_report

        _tell(keep_report(error, arguments))
        return EXIT_UNFORESEEN
    return int(status or 0)


def _open_what_is_closed() -> None:
    """Streams that were closed before the start lead nowhere, so that no file is opened in their place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def _tell(text: str) -> None:
    """Says why it ends, where anybody can hear it."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(shown(text), file=sys.stderr, flush=True)


def _after_closed_pipe() -> int:
    """The reader of the output has gone: what is left in the buffers goes nowhere, so that closing them is no error."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return EXIT_CLOSED_PIPE
