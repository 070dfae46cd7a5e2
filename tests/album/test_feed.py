"""The podcast feed: its whole text, and what the published rules and three independent readers say of it."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import podcastparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rss_parser import PodcastParser

from voiceguide.album.feed import Episode, Show, episode_guid, feed, show_guid

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"

SHOW = Show(
    title="Stretches & holds",
    description="Talked through, eyes closed.",
    language="en",
    site="https://example.org/mat/",
    feed="https://example.org/mat/feed.xml",
    cover="https://example.org/mat/cover.png",
)
EVENING = Episode(
    guid="57a5d6ff-1c51-5ad5-b1d4-4bd4c0e4b1b0",
    title="Evening unwind",
    summary="Ten quiet minutes before bed.",
    language="en",
    duration_ms=600_480,
    bytes=4_812_345,
    published=datetime(2026, 11, 25, 19, 30, tzinfo=timezone(timedelta(hours=1))),
    audio="https://example.org/mat/01%20Evening%20unwind.mp3",
    chapters="https://example.org/mat/01%20Evening%20unwind.chapters.json",
    transcript="https://example.org/mat/01%20Evening%20unwind.vtt",
    cover="https://example.org/mat/01%20Evening%20unwind.png",
)
MORNING = Episode(
    guid="5d4b7d4c-64b9-5d6f-8b0c-9b3c6c1f0a55",
    title="Guten Morgen",
    summary="",
    language="de_DE",
    duration_ms=299_500,
    bytes=2_400_000,
    published=datetime(2026, 11, 24, 6, 0, tzinfo=UTC),
    audio="https://example.org/mat/02%20Guten%20Morgen.mp3",
    transcript="https://example.org/mat/02%20Guten%20Morgen.vtt",
)
TEXTS = st.text(max_size=60)


def channel(written: bytes) -> ET.Element:
    found = ET.fromstring(written).find("channel")
    assert found is not None
    return found


def items(written: bytes) -> list[ET.Element]:
    return channel(written).findall("item")


def test_the_whole_of_it() -> None:
    assert feed(SHOW, [EVENING, MORNING]).decode() == (
        """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" \
xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>Stretches &amp; holds</title>
    <link>https://example.org/mat/</link>
    <description>Talked through, eyes closed.</description>
    <language>en</language>
    <generator>voiceguide</generator>
    <atom:link rel="self" type="application/rss+xml" href="https://example.org/mat/feed.xml" />
    <image>
      <url>https://example.org/mat/cover.png</url>
      <title>Stretches &amp; holds</title>
      <link>https://example.org/mat/</link>
    </image>
    <itunes:author>voiceguide</itunes:author>
    <itunes:image href="https://example.org/mat/cover.png" />
    <itunes:category text="Health &amp; Fitness">
      <itunes:category text="Fitness" />
    </itunes:category>
    <itunes:explicit>false</itunes:explicit>
    <itunes:type>episodic</itunes:type>
    <podcast:guid>1f34a61b-11b6-5010-b510-5d9768a46453</podcast:guid>
    <podcast:medium>podcast</podcast:medium>
    <podcast:locked>no</podcast:locked>
    <pubDate>Wed, 25 Nov 2026 18:30:00 GMT</pubDate>
    <item>
      <title>Evening unwind</title>
      <description>Ten quiet minutes before bed.</description>
      <guid isPermaLink="false">57a5d6ff-1c51-5ad5-b1d4-4bd4c0e4b1b0</guid>
      <pubDate>Wed, 25 Nov 2026 18:30:00 GMT</pubDate>
      <enclosure url="https://example.org/mat/01%20Evening%20unwind.mp3" length="4812345" type="audio/mpeg" />
      <itunes:duration>600</itunes:duration>
      <itunes:explicit>false</itunes:explicit>
      <itunes:episodeType>full</itunes:episodeType>
      <itunes:image href="https://example.org/mat/01%20Evening%20unwind.png" />
      <podcast:chapters url="https://example.org/mat/01%20Evening%20unwind.chapters.json" \
type="application/json+chapters" />
      <podcast:transcript url="https://example.org/mat/01%20Evening%20unwind.vtt" type="text/vtt" \
language="en" rel="captions" />
    </item>
    <item>
      <title>Guten Morgen</title>
      <guid isPermaLink="false">5d4b7d4c-64b9-5d6f-8b0c-9b3c6c1f0a55</guid>
      <pubDate>Tue, 24 Nov 2026 06:00:00 GMT</pubDate>
      <enclosure url="https://example.org/mat/02%20Guten%20Morgen.mp3" length="2400000" type="audio/mpeg" />
      <itunes:duration>300</itunes:duration>
      <itunes:explicit>false</itunes:explicit>
      <itunes:episodeType>full</itunes:episodeType>
      <podcast:transcript url="https://example.org/mat/02%20Guten%20Morgen.vtt" type="text/vtt" \
language="de-de" rel="captions" />
    </item>
  </channel>
</rss>
"""
    )


# The rules, one by one: what RSS 2.0 requires, then Apple's required tags and limits, then the podcast namespace.


@pytest.mark.parametrize("name", ["title", "link", "description"])
def test_a_channel_has_what_rss_requires(name: str) -> None:
    assert channel(feed(SHOW, [])).findtext(name)


def test_a_show_without_a_description_is_described_by_its_title() -> None:
    assert channel(feed(replace(SHOW, description=" "), [])).findtext("description") == SHOW.title


def test_an_item_has_a_title_or_a_description() -> None:
    assert all(item.findtext("title") for item in items(feed(SHOW, [EVENING, MORNING])))


def test_an_enclosure_has_an_address_of_the_web_a_length_in_bytes_and_a_type() -> None:
    for item in items(feed(SHOW, [EVENING, MORNING])):
        (enclosure,) = item.findall("enclosure")
        assert enclosure.keys() == ["url", "length", "type"]
        assert re.fullmatch(r"https?://[!-~]+", enclosure.attrib["url"])
        assert int(enclosure.attrib["length"]) > 0
        assert enclosure.get("type") == "audio/mpeg"


def test_dates_are_of_rfc_2822_in_gmt() -> None:
    for item in items(feed(SHOW, [EVENING, MORNING])):
        date = item.findtext("pubDate", "")
        assert re.fullmatch(
            r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", date
        )
        assert parsedate_to_datetime(date) in (EVENING.published, MORNING.published)


def test_a_guid_is_no_address_and_no_two_are_the_same() -> None:
    guids = [item.find("guid") for item in items(feed(SHOW, [EVENING, MORNING]))]
    assert all(guid is not None and guid.get("isPermaLink") == "false" for guid in guids)
    assert len({guid.text for guid in guids if guid is not None}) == 2


def test_the_picture_of_rss_has_the_title_and_the_link_of_the_channel() -> None:
    found = channel(feed(SHOW, []))
    image = found.find("image")
    assert image is not None
    assert [image.findtext(name) for name in ("title", "link")] == [
        found.findtext(name) for name in ("title", "link")
    ]


def test_a_channel_has_what_apple_requires() -> None:
    found = channel(feed(SHOW, [EVENING]))
    image, category = found.find(f"{ITUNES}image"), found.find(f"{ITUNES}category")
    assert image is not None
    assert image.attrib["href"].endswith((".png", ".jpg"))
    assert category is not None
    assert category.get("text") == "Health & Fitness"
    assert [inner.get("text") for inner in category] == ["Fitness"]
    assert found.findtext(f"{ITUNES}explicit") == "false"
    assert re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", found.findtext("language", ""))


def test_a_channel_says_where_it_is() -> None:
    link = channel(feed(SHOW, [])).find(f"{ATOM}link")
    assert link is not None
    assert link.attrib == {"rel": "self", "type": "application/rss+xml", "href": SHOW.feed}


@pytest.mark.parametrize(
    ("ms", "seconds"), [(600_499, "600"), (600_500, "601"), (200, "1")], ids=["down", "up", "at least one"]
)
def test_a_length_is_in_whole_seconds(ms: int, seconds: str) -> None:
    (item,) = items(feed(SHOW, [replace(EVENING, duration_ms=ms)]))
    assert item.findtext(f"{ITUNES}duration") == seconds


def test_titles_have_at_most_255_characters() -> None:
    written = feed(replace(SHOW, title="x" * 300), [replace(EVENING, title="y" * 300)] * 2)
    titles = [
        channel(written).findtext("title", ""),
        *(item.findtext("title", "") for item in items(written)),
    ]
    assert titles == ["x" * 254 + "…", "y" * 254 + "…", "y" * 248 + "… (2)"]


def test_a_description_has_at_most_4000_bytes() -> None:
    (item,) = items(feed(SHOW, [replace(EVENING, summary="Öffne <dich>. " * 500)]))
    words = item.findtext("description", "")
    assert 3_000 < len(words.encode()) <= 4_000
    assert words.endswith("…")


@pytest.mark.parametrize(
    ("address", "guid"),
    [
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("http://podnews.net/rss/", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_a_show_is_known_by_its_address(address: str, guid: str) -> None:
    """The two examples of the podcast namespace; scheme and trailing slashes do not count."""
    assert show_guid(address) == guid
    assert channel(feed(replace(SHOW, feed=address), [])).findtext(f"{PODCAST}guid") == guid


def test_a_show_that_has_moved_is_known_as_before() -> None:
    known = show_guid("https://elsewhere.example/feed.xml")
    assert channel(feed(replace(SHOW, guid=known), [])).findtext(f"{PODCAST}guid") == known


def test_an_episode_is_known_by_its_show_and_what_is_heard() -> None:
    show = show_guid(SHOW.feed)
    assert episode_guid(show, "evening") == episode_guid(show, "evening")
    others = {episode_guid(show, "morning"), episode_guid(show_guid("https://other.example/f"), "evening")}
    assert episode_guid(show, "evening") not in others
    assert uuid.UUID(episode_guid(show, "evening")).version == 5


def test_a_private_show_asks_not_to_be_listed() -> None:
    found = channel(feed(replace(SHOW, private=True), []))
    said = [found.findtext(name) for name in (f"{ITUNES}block", f"{PODCAST}block", f"{PODCAST}locked")]
    assert said == ["Yes", "yes", "yes"]


# What applications make of it.


def test_episodes_of_one_title_are_told_apart() -> None:
    """AntennaPod takes two episodes of like titles, dates and lengths for one, and drops the second."""
    same = [
        replace(EVENING, guid=str(n), title=title) for n, title in enumerate(["Rest", "rest ", "Rest (2)"])
    ]
    assert [item.findtext("title") for item in items(feed(SHOW, same))] == [
        "Rest",
        "rest (2)",
        "Rest (2) (2)",
    ]


def test_podcastparser_reads_it() -> None:
    """The reader of gPodder."""
    found = podcastparser.parse(SHOW.feed, BytesIO(feed(SHOW, [EVENING, MORNING])))
    assert (found["title"], found["cover_url"], found["type"]) == (SHOW.title, SHOW.cover, "episodic")
    assert found["itunes_categories"] == [["Health & Fitness", "Fitness"]]
    evening, morning = found["episodes"]
    assert evening["guid"] == EVENING.guid
    assert evening["published"] == int(EVENING.published.timestamp())
    assert evening["total_time"] == 600
    assert evening["enclosures"] == [
        {"url": EVENING.audio, "file_size": 4_812_345, "mime_type": "audio/mpeg"}
    ]
    assert evening["description"] == EVENING.summary
    assert evening["episode_art_url"] == EVENING.cover
    assert morning["title"] == "Guten Morgen"


def test_feedparser_reads_it_without_a_complaint() -> None:
    found = feedparser.parse(BytesIO(feed(SHOW, [EVENING, MORNING])))
    assert (found.bozo, found.version) == (False, "rss20")
    evening = found.entries[0]
    assert (evening.id, evening.guidislink) == (EVENING.guid, False)
    assert [link.href for link in evening.enclosures] == [EVENING.audio]
    assert evening.podcast_chapters == {"url": EVENING.chapters, "type": "application/json+chapters"}
    assert evening.podcast_transcript["url"] == EVENING.transcript


def test_rss_parser_finds_every_element_of_the_right_type() -> None:
    """Its models are those of RSS 2.0 and of Apple's tags; what does not fit them is an error or stays a string."""
    parsed: Any = PodcastParser.parse(feed(SHOW, [EVENING, MORNING]).decode())
    found = parsed.channel.content
    assert found.pub_date.content == EVENING.published
    assert [item.content.pub_date.content for item in found.items] == [EVENING.published, MORNING.published]
    assert found.image.content.url.content == SHOW.cover
    assert found.itunes_categories[0].attributes["text"] == "Health & Fitness"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Hips & back, < 10 minutes.", "Hips &amp; back, &lt; 10 minutes."),
        ("Hips & back.", "Hips & back."),
        ("Write &amp; for and.", "Write &amp;amp; for and."),
    ],
)
def test_a_description_reads_as_it_was_written_where_it_is_shown_as_html(said: str, shown: str) -> None:
    (item,) = items(feed(SHOW, [replace(EVENING, summary=said)]))
    assert item.findtext("description") == shown


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_is_fit_for_xml(title: str, summary: str, description: str) -> None:
    written = feed(replace(SHOW, description=description), [replace(EVENING, title=title, summary=summary)])
    found = feedparser.parse(BytesIO(written))
    assert not found.bozo
    assert len(found.entries) == 1


def test_the_same_values_give_the_same_bytes() -> None:
    assert feed(SHOW, [EVENING, MORNING]) == feed(SHOW, iter([EVENING, MORNING]))
