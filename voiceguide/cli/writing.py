"""A prepared session written to a file, with what was encoded before taken from the user's cache."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from voiceguide.audio.encode import write_audio
from voiceguide.audio.id3 import Label
from voiceguide.cli.mixing import open_mixer
from voiceguide.cli.progress import progress
from voiceguide.cli.stores import pieces, tags

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.cli.sessions import Prepared
    from voiceguide.files import Folders


def write_session(
    session: Prepared,
    path: Path,
    folders: Folders,
    *,
    bitrate: int | None = None,
    workers: int | None = None,
    track: int | None = None,
) -> None:
    """Write a session to `path`, in as many threads as `workers` or there are cores; raises as `write_audio`.

    Where it is a `track` of an album, a file that would not change is left alone.
    """
    stores = kept_pieces, kept_tags = pieces(folders), tags(folders)
    with open_mixer(session, folders) as mixer, progress("Rendering") as advance:
        write_audio(
            mixer,
            session.timeline,
            path,
            bitrate=bitrate,
            progress=advance,
            pieces=kept_pieces,
            tags=kept_tags,
            workers=workers or os.cpu_count() or 1,
            label=None if track is None else Label(track=track),
        )
    for store in stores:
        store.prune()
