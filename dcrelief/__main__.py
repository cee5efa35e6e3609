"""`python -m dcrelief` and the console script."""

import gc
import sys


def main() -> None:
    """Runs the command line and exits with its status."""
    gc.set_threshold(100_000)  # a start creates much and frees nothing: collecting would cost a tenth of it

    try:
        from dcrelief.cli import run

        status = run(sys.argv[1:])
        gc.freeze()  # nor is there anything to look for on the way out
    except KeyboardInterrupt:  # while it starts; later, run sees to it
        status = 130
    sys.exit(status)


if __name__ == "__main__":
    main()
