"""What a script may name, and where the reader gets it from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from voiceguide.script.nodes import SourceFile


class Library(Protocol):
    """What a script may name."""

    @property
    def exercises(self) -> Collection[str]:
        """The ids of the exercises on the shelf."""
        ...

    @property
    def sounds(self) -> Collection[str]:
        """The names of the cue sounds."""
        ...

    @property
    def languages(self) -> Collection[str]:
        """The languages whose words the guide has."""
        ...

    def read(self, exercise: str) -> SourceFile:
        """The file of a known exercise; raises VoiceguideError where it cannot be read."""
        ...

    def find(self, including: str, written: str, *, folder: bool = False) -> str:
        """The path of an audio file, or where `folder` allows it of a folder, that the file `including` names.

        `{side}` and `{other}` in it stand for `left` and `right`; then both files must be there, and the path keeps
        them. Raises VoiceguideError, its problems without a place, where there is none that may be used.
        """
        ...
