"""The commands: arguments in, exit status out. The only package that imports typer."""

import errno
import io
import os
import signal
import sys

import typer

from dcrelief.cli import assess, browse, check, diff, handouts, tables  # noqa: F401 - each adds its commands, in this order
from dcrelief.cli.app import app
from dcrelief.errors import EXIT_FILE, EXIT_INTERRUPTED, EXIT_USAGE, DcreliefError, errno_of, why


def run(arguments: list[str]) -> int:
    """Runs the program; every foreseen mistake becomes a message on stderr and the status that goes with it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a letter that a terminal lacks must not end a report
    try:
        status = app(arguments, standalone_mode=False, prog_name="dcrelief")
        if sys.stdout is not None:  # it may have been closed before the start
            sys.stdout.flush()
    except typer.Exit as ended:
        return ended.exit_code
    except DcreliefError as error:
        print("\n".join(filter(None, (error.message, error.hint))), file=sys.stderr)
        return error.exit_status
    except typer.TyperException as error:
        command = getattr(getattr(error, "ctx", None), "command_path", "dcrelief")
        print(f"命令写法有误：{error.format_message()}\n请看 {command} --help。", file=sys.stderr)
        return EXIT_USAGE
    except SystemExit as error:
        if error.code != 1:  # 1 is what Rich and typer make of a closed pipe
            return int(error.code or 0)
        return _after_closed_pipe()
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as error:
        if errno_of(error) == errno.EPIPE:
            return _after_closed_pipe()
        print(f"写不出去：{why(error)}。", file=sys.stderr)
        return EXIT_FILE
    return int(status or 0)


def _after_closed_pipe() -> int:
    """Whoever read the output has stopped; what is left in the buffer must not complain on the way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE
