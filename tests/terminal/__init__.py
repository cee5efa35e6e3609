"""The terminal, with somebody at the keyboard."""

from collections.abc import Callable

from dcrelief.terminal.prompts import Back


def answer_or_back(ask: Callable[[], object]) -> object:
    """What was answered, or Back."""
    try:
        return ask()
    except Back:
        return Back
