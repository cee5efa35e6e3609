"""Suspends the program at a menu, with the terminal as it was meanwhile, whoever asks for it."""

import asyncio
import os
import signal
import sys
from functools import partial

from prompt_toolkit.application import run_in_terminal


def hear_suspension() -> None:
    """While the menu runs, `kill -TSTP` is as Ctrl-Z. Where nobody could wake the program, it stays as it is."""
    if sys.platform != "win32" and signal.getsignal(signal.SIGTSTP) is signal.SIG_DFL:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTSTP, partial(suspend_tidily, everyone=False))


def suspend_tidily(*, everyone: bool) -> None:
    """Takes the menu away, suspends, and draws it again. everyone: those that were started with the program, too."""
    if sys.platform != "win32":  # which cannot

        def suspend() -> None:
            before = signal.getsignal(signal.SIGTSTP)
            if before is not signal.SIG_IGN:
                signal.signal(signal.SIGTSTP, signal.SIG_DFL)
                os.kill(0 if everyone else os.getpid(), signal.SIGTSTP)
                signal.signal(signal.SIGTSTP, before)

        run_in_terminal(suspend)
