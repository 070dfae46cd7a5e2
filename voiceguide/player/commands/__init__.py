"""What can be commanded while a session plays, wherever it is asked for: keys, a headset's buttons, the voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

Command = Literal[
    "toggle", "pause", "resume", "next", "previous", "repeat", "back", "forward", "more", "less", "skip-side",
    "help", "stop", "unknown",
]  # fmt: skip
"""`back` and `forward` are 10 s, `more` and `less` 5 s of a hold; `unknown` is a key that does nothing."""


class Commands(Protocol):
    """Where commands come from."""

    def poll(self) -> list[Command]:
        """The commands given since the last call, in order; it never waits."""
        ...


class NoCommands:
    """Nobody is there to command."""

    def poll(self) -> list[Command]:
        """Nothing, ever."""
        return []


class AllCommands:
    """Several sources of commands as one."""

    def __init__(self, sources: Sequence[Commands]) -> None:
        self._sources = tuple(sources)

    def poll(self) -> list[Command]:
        """What each source has, one source after the other."""
        return [command for source in self._sources for command in source.poll()]
