"""Where the program begins: `voiceguide` and `python -m voiceguide`."""

import sys


def main() -> None:
    """Run the command line, which is imported here so that Ctrl-C stops its imports like everything after them."""
    try:
        from voiceguide.cli import main as run  # noqa: PLC0415 (see above)

        run()
    except (KeyboardInterrupt, RuntimeError) as error:
        # Before Python 3.12, Ctrl-C in the making of a class comes as the cause of a RuntimeError.
        if not isinstance(error.__cause__ if isinstance(error, RuntimeError) else error, KeyboardInterrupt):
            raise
        if sys.stderr is not None:
            # After the ^C that a terminal shows.
            sys.stderr.write("\nstopped\n" if sys.stderr.isatty() else "stopped\n")
        # What shells give after Ctrl-C.
        sys.exit(130)


if __name__ == "__main__":
    main()
