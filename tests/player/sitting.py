"""A session in a terminal, to be started as a program: real keys, the real view, and time without a sound device.

Its arguments are the path that its outcome is written to, and `plain`, `big` or `bug`.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.player.commands import NoCommands
from voiceguide.player.commands.keys import terminal_keys
from voiceguide.player.outputs import open_output
from voiceguide.player.remarks import Guide
from voiceguide.player.score import FixedScore
from voiceguide.player.screen import panel, view
from voiceguide.player.screen.views import open_view
from voiceguide.player.session import Conductor

from .stretch import span
from .support import MS, SECOND, Samples, session

if TYPE_CHECKING:
    from voiceguide.player.status import Status

TIMELINE = session(
    600_000,
    (0, 200_000, 400_000),
    (
        span("hold", 0, 200, exercise="lunge", side="left", set=1, sets=2),
        span("rest", 200, 300),
        span("hold", 400, 500, exercise="bridge"),
    ),
)


def main() -> None:
    outcome, *wishes = sys.argv[1:]
    # As the command line does.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    if "bug" in wishes:
        add_bug()
    with (
        terminal_keys() as keys,
        open_view(
            sys.stdout,
            plain="plain" in wishes,
            big="big" in wishes,
            keys=not isinstance(keys, NoCommands),
        ) as shown,
    ):
        pcm = Samples(np.zeros(600 * SECOND, dtype=np.int16))
        conductor = Conductor(
            FixedScore(TIMELINE, lambda _: pcm),
            keys,
            shown,
            Guide("en", lambda _: np.zeros(100 * MS, dtype=np.int16)),
        )
        try:
            conductor.run(open_output("null"))
        finally:
            Path(outcome).write_text(conductor.outcome().chapter, encoding="utf-8")
    sys.stdout.write(f"stopped in {conductor.outcome().chapter}\n")


def add_bug() -> None:
    """A pause cannot be drawn."""

    def buggy(now: Status) -> str:
        if now.going == "paused":
            raise ValueError("a bug in the view")
        return view.doing(now)

    vars(panel)["doing"] = buggy


if __name__ == "__main__":
    main()
