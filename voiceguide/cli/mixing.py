"""A prepared session as samples, with its music where it has some."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voiceguide.audio.mixer import Mixer
from voiceguide.cli.placing import placed
from voiceguide.cli.progress import progress
from voiceguide.files import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.audio.music.bed import Bed
    from voiceguide.cli.sessions import Prepared
    from voiceguide.errors import Place
    from voiceguide.files import Folders
    from voiceguide.timeline import Timeline

# What is wrong with the cache's disk is not wrong in a script.
_OF_THE_CACHE = frozenset({"no-room-for-music"})


def check_music(session: Prepared) -> None:
    """Raise OutputError, at its place, for music of a session whose beginning cannot be played."""
    if session.timeline.music is not None:
        from voiceguide.audio.music.trial import try_music  # noqa: PLC0415 (only sessions with music need it)

        with placed(session.music_place):
            try_music(session.timeline.music.path)


@contextmanager
def open_mixer(session: Prepared, folders: Folders) -> Iterator[Mixer]:
    """The mixer of a session, all its music decoded; raises OutputError for music there is none of."""
    with _open_music(session, folders) as music:
        if music is not None:
            with progress("Reading the music") as advance:
                music.wait(advance)
        yield Mixer(session.timeline, session.clips, music)


@contextmanager
def open_mixing(session: Prepared, folders: Folders) -> Iterator[Callable[[Timeline], Mixer]]:
    """What gives the mixer of a session, and of any timeline that it comes to have, over one piece of music.

    The music is decoded meanwhile: a mixer tells how much is `ready`, and there and where it is read it raises
    OutputError for music there is none of.
    """
    with _open_music(session, folders) as music:

        def mix(timeline: Timeline) -> Mixer:
            return Mixer(timeline, session.clips, music)

        yield mix


@contextmanager
def _open_music(session: Prepared, folders: Folders) -> Iterator[_Placed | None]:
    """The session's music, if it has some, decoded in the user's cache; what fails is told where it was asked for."""
    timeline, place = session.timeline, session.music_place
    with ExitStack() as stack:
        if timeline.music is None:
            yield None
            return
        from voiceguide.audio.music.bed import open_bed  # noqa: PLC0415 (only sessions with music need it)
        from voiceguide.audio.music.measures import Measures  # noqa: PLC0415 (as above)

        make_folder(folders.cache)
        measures = Measures(folders.cache / "music")
        with _at(place):
            bed = stack.enter_context(open_bed(timeline.music, timeline.duration_ms, folders.cache, measures))
        yield _Placed(bed, place)


@dataclass(frozen=True)
class _Placed:
    """Music whose failures are told at the place where it was asked for, whenever they come."""

    bed: Bed
    place: Place | None

    def read(self, start: int, count: int, /) -> NDArray[np.float32]:
        with _at(self.place):
            return self.bed.read(start, count)

    @property
    def ready(self) -> int:
        with _at(self.place):
            return self.bed.ready

    def lasting(self, frames: int, /) -> _Placed:
        return replace(self, bed=self.bed.lasting(frames))

    def wait(self, progress: Callable[[int, int], None]) -> None:
        with _at(self.place):
            self.bed.wait(progress)


def _at(place: Place | None) -> AbstractContextManager[None]:
    return placed(place, but_for=_OF_THE_CACHE)
