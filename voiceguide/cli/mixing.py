"""A prepared session as samples, with its music where it has some."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from voiceguide.audio.mixer import Mixer
from voiceguide.cli.placing import placed
from voiceguide.cli.progress import progress
from voiceguide.files import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.cli.sessions import Prepared
    from voiceguide.files import Folders

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
    """The mixer of a session, its music decoded into the user's cache; raises OutputError for music there is none of."""
    timeline = session.timeline
    with ExitStack() as stack:
        bed = None
        if timeline.music is not None:
            from voiceguide.audio.music.bed import open_bed  # noqa: PLC0415 (only sessions with music need it)

            make_folder(folders.cache)
            with progress("Reading the music") as advance, placed(session.music_place, but_for=_OF_THE_CACHE):
                bed = stack.enter_context(
                    open_bed(timeline.music, timeline.duration_ms, folders.cache, advance)
                )
        yield Mixer(timeline, session.clips, bed)
