"""A podcast feed: RSS 2.0 with what Apple and Podcasting 2.0 add to it.

Sources: the RSS 2.0 specification and the best practices of the RSS Advisory Board, "A podcaster's guide to RSS" by
Apple, and the podcast namespace 1.0 (https://podcastindex.org/namespace/1.0).
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from voiceguide.album import chapters as chapters_of
from voiceguide.album import transcript as transcript_of
from voiceguide.album.lines import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from xml.etree.ElementTree import Element

MIME = "application/rss+xml"
"""The type that a feed is served as."""

_NAMESPACES = {
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
}
# The namespace of the UUIDs of podcasts, from docs/tags/guid.md in the podcast namespace.
_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")
# Everything that is not a character of XML 1.0 (its production 2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = re.compile("<|&[#A-Za-z]")
_CATEGORY, _SUBCATEGORY = "Health & Fitness", "Fitness"
_AUTHOR = "voiceguide"
# The most that Apple takes: characters of a value, bytes of a description.
_LONGEST_TITLE, _LONGEST_DESCRIPTION = 255, 4_000


@dataclass(frozen=True)
class Show:
    """What is subscribed to: `feed` is its own address, `site` that of a page about it, `cover` of its picture.

    The picture is a PNG or JPEG, square, of 1,400 to 3,000 pixels a side, as Apple asks.
    `guid` is what it is known by for good, where it has moved to another address since; None makes it of the address.
    A `private` one asks directories not to list it.
    """

    title: str
    description: str
    language: str
    site: str
    feed: str
    cover: str
    guid: str | None = None
    private: bool = False


@dataclass(frozen=True)
class Episode:
    """A session in a feed: its words, its length in ms, its size in bytes, and the addresses of its files.

    `guid` is what applications know it by: whoever has begun it loses the place where the guid changes, so it stays
    when the audio is made anew or moves. `published` has a time zone.
    """

    guid: str
    title: str
    summary: str
    language: str
    duration_ms: int
    bytes: int
    published: datetime
    audio: str
    chapters: str | None = None
    transcript: str | None = None
    cover: str | None = None
    mime: str = "audio/mpeg"


def show_guid(feed: str) -> str:
    """What a show is known by whose first feed has this address."""
    return str(uuid.uuid5(_PODCASTS, _SCHEME.sub("", feed).rstrip("/")))


def episode_guid(show: str, session: str) -> str:
    """What the episode is known by of the show with this guid; `session` names what is heard, not how it is made."""
    return str(uuid.uuid5(uuid.UUID(show), session))


def feed(show: Show, episodes: Iterable[Episode]) -> bytes:
    """The feed as an XML file; the same values give the same bytes, and every text is made fit for XML."""
    listed = tuple(episodes)
    root = ET.Element("rss", {"version": "2.0", **_NAMESPACES})
    channel = ET.SubElement(root, "channel")
    _describe(channel, show)
    if listed:
        _add(channel, "pubDate", _date(max(episode.published for episode in listed)))
    for episode, title in zip(listed, _told_apart(episode.title for episode in listed), strict=True):
        _describe_episode(ET.SubElement(channel, "item"), episode, title)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _describe(channel: Element, show: Show) -> None:
    title = _title(show.title)
    _add(channel, "title", title)
    _add(channel, "link", show.site)
    _add(channel, "description", _as_html(show.description) or title)
    _add(channel, "language", _language(show.language))
    _add(channel, "generator", "voiceguide")
    _add(channel, "atom:link", rel="self", type=MIME, href=show.feed)
    image = ET.SubElement(channel, "image")
    _add(image, "url", show.cover)
    _add(image, "title", title)
    _add(image, "link", show.site)
    _add(channel, "itunes:author", _AUTHOR)
    _add(channel, "itunes:image", href=show.cover)
    category = _add(channel, "itunes:category", text=_CATEGORY)
    _add(category, "itunes:category", text=_SUBCATEGORY)
    _add(channel, "itunes:explicit", "false")
    _add(channel, "itunes:type", "episodic")
    _add(channel, "podcast:guid", show.guid or show_guid(show.feed))
    _add(channel, "podcast:medium", "podcast")
    _add(channel, "podcast:locked", "yes" if show.private else "no")
    if show.private:
        _add(channel, "itunes:block", "Yes")
        _add(channel, "podcast:block", "yes")


def _describe_episode(item: Element, episode: Episode, title: str) -> None:
    _add(item, "title", title)
    if words := _as_html(episode.summary):
        _add(item, "description", words)
    _add(item, "guid", episode.guid, isPermaLink="false")
    _add(item, "pubDate", _date(episode.published))
    _add(item, "enclosure", url=episode.audio, length=str(episode.bytes), type=episode.mime)
    _add(item, "itunes:duration", str(max(1, (episode.duration_ms + 500) // 1_000)))
    _add(item, "itunes:explicit", "false")
    _add(item, "itunes:episodeType", "full")
    if episode.cover:
        _add(item, "itunes:image", href=episode.cover)
    if episode.chapters:
        _add(item, "podcast:chapters", url=episode.chapters, type=chapters_of.MIME)
    if episode.transcript:
        language = _language(episode.language)
        kind = transcript_of.MIME
        _add(item, "podcast:transcript", url=episode.transcript, type=kind, language=language, rel="captions")


def _add(parent: Element, tag: str, value: str | None = None, /, **attributes: str) -> Element:
    """Another element; the prefix of its name is written as it stands, for registering one would be for everybody."""
    element = ET.SubElement(parent, tag, {key: _plain(text) for key, text in attributes.items()})
    if value is not None:
        element.text = _plain(value)
    return element


def _told_apart(titles: Iterable[str]) -> Iterator[str]:
    """Each title, with a number where it has been before: AntennaPod takes two that look alike for one episode."""
    seen: set[str] = set()
    for written in titles:
        title, number = _title(written), 1
        while title.casefold() in seen:
            number += 1
            title = f"{_title(written, room=6)} ({number})"
        seen.add(title.casefold())
        yield title


def _title(text: str, room: int = 0) -> str:
    plain = _plain(text)
    most = _LONGEST_TITLE - room
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"


def _as_html(text: str) -> str:
    """The text as a description, which applications show as HTML, with at most the bytes that it may have."""
    plain = _plain(text)
    # Some show plain text as it stands: what HTML means no differently is left alone.
    shown = escape if _MARKUP.search(plain) else str
    words = shown(plain)
    while len(words.encode()) > _LONGEST_DESCRIPTION:
        plain = plain[: len(plain) * 9 // 10].rstrip(" …")
        words = shown(f"{plain}…")
    return words


def _plain(text: str) -> str:
    """The text in one line, of characters that XML can carry."""
    return one_line(_NOT_XML.sub("", text))


def _language(code: str) -> str:
    return code.replace("_", "-").lower()


def _date(moment: datetime) -> str:
    """A date as RFC 2822 writes it, in GMT."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)
