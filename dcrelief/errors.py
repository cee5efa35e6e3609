"""What a person is told when something cannot be used: a message, a hint, and the exit status."""

EXIT_USAGE = 2
EXIT_FILE = 3
EXIT_NO_TERMINAL = 4
EXIT_INTERRUPTED = 130


class DcreliefError(Exception):
    """A mistake of input or surroundings, said politely.

    message: what happened and where. hint: what to do now, may be empty. exit_status: see the design's table.
    """

    exit_status = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(DcreliefError):
    """Wrong arguments."""

    exit_status = EXIT_USAGE


class UnusableFileError(DcreliefError):
    """A catalogue, answers file or draft that cannot be used."""

    exit_status = EXIT_FILE


class NoTerminalError(DcreliefError):
    """Questions to ask, and no terminal to ask them on."""

    exit_status = EXIT_NO_TERMINAL
