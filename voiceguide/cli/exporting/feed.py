"""`voiceguide export --feed`: the album as a podcast for any static host, its feed beside the files."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from uuid import UUID
from xml.etree import ElementTree as ET

from voiceguide.album.feed import Episode, Show, episode_guid, feed, show_guid
from voiceguide.cli.address import below
from voiceguide.cli.exporting.tracks import FEED
from voiceguide.cli.many.beside import put
from voiceguide.cli.many.marks import MARK
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from voiceguide.cli.exporting.tracks import Track

_LINK = "{http://www.w3.org/2005/Atom}link"
_GUID = "{https://podcastindex.org/namespace/1.0}guid"


@dataclass(frozen=True)
class Before:
    """What a feed has said so far: what its show is known by, and since when each episode is there, by its guid.

    Applications know both by these for good. `served` is the address of the folder.
    """

    guid: str | None = None
    published: Mapping[str, datetime] = field(default_factory=dict)
    served: str | None = None


def read_feed(folder: Path) -> Before:
    """What the feed in a folder says; raises OutputError where it is not of this program."""
    path = folder / FEED
    try:
        written = path.read_bytes()
    except FileNotFoundError:
        return Before()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(problem("feed-unread", path=path, reason=reason)) from error
    channel = _channel(written)
    if channel is None or channel.findtext("generator") != MARK:
        raise OutputError(problem("feed-of-others", path=path))
    link = channel.find(_LINK)
    served = "" if link is None else link.get("href", "").removesuffix(FEED)
    return Before(_guid(channel), dict(_dates(channel)), served or None)


def known_address(folder: Path) -> str | None:
    """The address that a folder with a feed is served at, so that the feed goes on being right; None where it has none."""
    try:
        return read_feed(folder).served
    except OutputError:
        return None


def export_feed(address: str, folder: Path, tracks: Sequence[Track], cover: str) -> str:
    """Write the feed of an album that is served at `address`, and give the feed's own address.

    `cover` is the file of its picture. A feed that would say the same is left alone. Raises OutputError.
    """
    served = address.removesuffix(f"{FEED}/")
    before = read_feed(folder)
    # An audiobook in the folder is nothing that podcast applications take.
    tracks = [track for track in tracks if track.file.endswith(".mp3")]
    guid = before.guid or show_guid(served + FEED)
    guids = [episode_guid(guid, track.routine) for track in tracks]
    show = Show(
        title=MARK,
        description=", ".join(track.about.title for track in tracks),
        language=tracks[0].about.language if tracks else "en",
        site=served,
        feed=served + FEED,
        cover=below(served, cover),
        guid=guid,
    )
    dates = _published(guids, tracks, before)
    episodes = [
        _episode(track, guid, date, served) for track, guid, date in zip(tracks, guids, dates, strict=True)
    ]
    put(folder / FEED, feed(show, episodes))
    return show.feed


def _episode(track: Track, guid: str, published: datetime, served: str) -> Episode:
    return Episode(
        guid=guid,
        title=track.about.title,
        summary=track.about.summary,
        language=track.about.language,
        duration_ms=track.duration_ms,
        bytes=track.size,
        published=published,
        audio=below(served, track.file),
        chapters=_beside(track, ".chapters.json", served),
        transcript=_beside(track, ".vtt", served),
    )


def _beside(track: Track, suffix: str, served: str) -> str | None:
    return next((below(served, name) for name in track.beside if name.endswith(suffix)), None)


def _published(guids: Sequence[str], tracks: Sequence[Track], before: Before) -> Iterator[datetime]:
    """Since when each episode is there: as the feed has said it, or as old as the newest file that it has not said.

    Of several new ones each is a second older than the one before it: applications show the newest first.
    """
    new = [
        track.changed_ns for guid, track in zip(guids, tracks, strict=True) if guid not in before.published
    ]
    newest = datetime.fromtimestamp(max(new, default=0) // 1_000_000_000, UTC)
    for guid in guids:
        if guid in before.published:
            yield before.published[guid]
        else:
            yield newest
            newest -= timedelta(seconds=1)


def _channel(written: bytes) -> ET.Element | None:
    with suppress(ET.ParseError, UnicodeDecodeError):
        text = written.decode()
        # Ours has no DOCTYPE, and without one there is nothing in XML that could hurt.
        if "<!DOCTYPE" not in text:
            return ET.fromstring(text).find("channel")  # noqa: S314 (see above)
    return None


def _guid(channel: ET.Element) -> str | None:
    with suppress(ValueError):
        return str(UUID(channel.findtext(_GUID, "")))
    return None


def _dates(channel: ET.Element) -> Iterator[tuple[str, datetime]]:
    """The date of each episode by its guid; one that cannot be read is as if it were not there."""
    for item in channel.iter("item"):
        with suppress(ValueError):
            date = parsedate_to_datetime(item.findtext("pubDate", ""))
            yield item.findtext("guid", ""), date.astimezone(UTC)
