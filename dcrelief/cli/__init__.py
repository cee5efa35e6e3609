"""The commands: arguments in, exit status out. The only package that imports typer."""

import errno
import io
import os
import re
import sys
from contextlib import suppress

import typer

from dcrelief import language
from dcrelief.cli.app import with_commands
from dcrelief.errors import (
    EXIT_CLOSED_PIPE,
    EXIT_FILE,
    EXIT_INTERRUPTED,
    EXIT_UNFORESEEN,
    EXIT_USAGE,
    DcreliefError,
    UsageError,
    errno_of,
    why,
)
from dcrelief.language import _
from dcrelief.signs import shown


def run(arguments: list[str]) -> int:
    """Runs the program; its exit status. A mistake of the person becomes a message on stderr."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a character that the terminal lacks must not end a report
    language.use(language.CHINESE)
    try:
        rest = _after_language(arguments)
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


def _after_language(arguments: list[str]) -> list[str]:
    """The arguments without --lang, which may stand anywhere. From now on texts are in that language.

    Raises UsageError for a language that there is not.
    """
    wanted, rest = os.environ.get("DCRELIEF_LANG") or language.CHINESE, []
    left = iter(arguments)
    for argument in left:
        name, equals, value = argument.partition("=")
        if name != "--lang":
            rest.append(argument)
        else:
            wanted = value if equals else next(left, "")
    offered = language.languages()
    spoken = re.split(r"[-_.@]", wanted)[0].lower()  # as systems write a language: en_GB.UTF-8, zh-Hans
    if spoken not in offered:
        raise UsageError(*map("\n".join, zip(*(_no_such_language(wanted, known) for known in offered), strict=True)))
    language.use(spoken)
    return rest


def _no_such_language(wanted: str, known: str) -> tuple[str, str]:
    """That there is no such language, said in one that there is."""
    with language.speaking(known):
        message = _("--lang（DCRELIEF_LANG）没有“{wanted}”这种语言。", wanted=wanted[:20])
        return message, _("有：{offered}。", offered=_("、").join(language.languages()))


def _after_closed_pipe() -> int:
    """The reader of the output has gone: what is left in the buffers goes nowhere, so that closing them is no error."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return EXIT_CLOSED_PIPE
