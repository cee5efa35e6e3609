"""`python -m dcrelief` and the console script."""

import sys

# With these a system or a shell ends a program. Windows has only the first.
_ENDING = ("SIGTERM", "SIGHUP", "SIGQUIT")


def main() -> None:
    """Runs the command line and exits with its status."""
    try:  # from the first import on: what comes before is the interpreter's own start
        import gc
        import signal

        gc.set_threshold(100_000)  # a start creates much and frees nothing: collecting would cost a tenth of it
        for name in _ENDING:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # not under nohup
                signal.signal(number, _end)

        from dcrelief.cli import run

        status = run(sys.argv[1:])
        gc.freeze()  # nor is there anything to look for on the way out
    except KeyboardInterrupt:  # while it starts; later, run sees to it
        status = 130
    sys.exit(status)


def _end(number: int, _frame: object) -> None:
    """Leaves as Ctrl-C does, so that the terminal is as it was and the answers are kept; once is enough."""
    import signal

    for name in _ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
