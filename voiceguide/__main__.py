"""Where the program begins: `voiceguide` and `python -m voiceguide`."""

import gc
import os
import sys

_OBJECTS = 100_000
"""How many objects more than before make Python look for unreachable ones; 700 by default.

What a start makes stays: looking through it again and again took a sixth of the time to the first sound.
"""


def main() -> None:
    """Run the command line, which is imported here so that Ctrl-C stops its imports like everything after them."""
    gc.set_threshold(_OBJECTS)
    # numpy's linear algebra is not used here, and making its threads takes half of the import.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
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
