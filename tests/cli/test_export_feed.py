"""`voiceguide export --feed`: a folder that any static host makes a podcast of."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import feedparser
import podcastparser
import pytest
import webvtt
from PIL import Image

from tests.cli.support import QUICK
from voiceguide.cli.exporting.feed import export_feed
from voiceguide.cli.exporting.tracks import Track
from voiceguide.cli.many.job import About

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import User

ADDRESS = "https://example.org/mat/"
SLOW = QUICK.replace("Quick one", "Slow & <steady> 100%").replace("pause: 1s", "pause: 4s")


class Quiet(SimpleHTTPRequestHandler):
    """A static host as there are thousands, without a log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the library's)
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder while it is served."""
    folder.mkdir(exist_ok=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def fetched(address: str) -> bytes:
    with urlopen(address) as answer:
        found: bytes = answer.read()
    return found


def exported(user: User, *arguments: str | Path, feed: str = ADDRESS) -> Path:
    """The folder of an album with a feed, exported again where it is there."""
    done = user.run("export", *arguments, "--to", "pod", "--feed", feed)
    assert (done.code, done.err) == (0, "")
    return user.folder / "pod"


def read(folder: Path) -> Any:
    found = feedparser.parse(BytesIO((folder / "feed.xml").read_bytes()))
    assert not found.bozo
    return found


def lengths(path: Path) -> float:
    shown = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path],
        capture_output=True,
        check=True,
        text=True,
    )
    assert shown.stderr == ""
    return float(shown.stdout)


@pytest.fixture
def quick(user: User) -> Path:
    return user.write("quick.yaml", QUICK)


@pytest.fixture
def slow(user: User) -> Path:
    return user.write("slow.yaml", SLOW)


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_a_podcast_application_subscribes_and_downloads(
    user: User, quick: Path, slow: Path, tmp_path: Path
) -> None:
    """It reads the feed from a static host; every address there answers with what the feed says of it."""
    with served(user.folder / "pod") as address:
        exported(user, quick, slow, feed=address)
        podcast = podcastparser.parse(f"{address}feed.xml", BytesIO(fetched(f"{address}feed.xml")))
        assert [episode["title"] for episode in podcast["episodes"]] == ["Quick one", "Slow & <steady> 100%"]
        assert [episode["description"] for episode in podcast["episodes"]] == ["As short as can be."] * 2
        for number, episode in enumerate(podcast["episodes"]):
            (enclosure,) = episode["enclosures"]
            audio = fetched(enclosure["url"])
            assert len(audio) == enclosure["file_size"]
            mp3 = tmp_path / f"{number}.mp3"
            mp3.write_bytes(audio)
            assert round(lengths(mp3)) == episode["total_time"]
        for entry in feedparser.parse(f"{address}feed.xml").entries:
            chapters = json.loads(fetched(entry.podcast_chapters["url"]))
            assert chapters["chapters"][0]["startTime"] == 0
            transcript = webvtt.from_string(fetched(entry.podcast_transcript["url"]).decode())
            assert any("bridge" in caption.text.lower() for caption in transcript.captions)
        cover = Image.open(BytesIO(fetched(podcast["cover_url"])))
        assert cover.format == "PNG"
        assert cover.size[0] == cover.size[1] >= 1_400


def test_every_address_is_below_that_of_the_folder_and_in_ascii(user: User) -> None:
    user.write("übung.yaml", QUICK.replace("Quick one", "Größe 50% & Ruhe?"))
    found = read(exported(user, "übung.yaml", feed="https://example.org/für mich"))
    below = "https://example.org/f%C3%BCr%20mich/"
    assert found.feed.link == below
    assert {link.href for link in found.feed.links} == {below, f"{below}feed.xml"}
    assert found.feed.image.href == f"{below}cover.png"
    (entry,) = found.entries
    (audio,) = entry.enclosures
    assert audio.href == f"{below}01%20Gr%C3%B6%C3%9Fe%2050%20%26%20Ruhe.mp3"
    assert entry.podcast_transcript["url"] == f"{below}01%20Gr%C3%B6%C3%9Fe%2050%20%26%20Ruhe.vtt"


def test_the_address_may_be_that_of_the_feed(user: User, quick: Path) -> None:
    folder = exported(user, quick)
    before = (folder / "feed.xml").read_bytes()
    exported(user, quick, feed=f"{ADDRESS}feed.xml")
    assert (folder / "feed.xml").read_bytes() == before


def test_a_second_export_touches_nothing(user: User, quick: Path, slow: Path) -> None:
    exported(user, quick, slow)
    before = {name: was for name, was in user.files().items() if "journal" not in name}
    exported(user, quick, slow)
    assert {name: was for name, was in user.files().items() if "journal" not in name} == before


def test_a_changed_routine_is_the_same_episode_since_the_same_day(
    user: User, quick: Path, slow: Path
) -> None:
    """Its sound and its length are new; what applications know it by is not, so that they keep the place."""
    before = read(exported(user, quick, slow)).entries
    quick.write_text(QUICK.replace("2 reps", "4 reps"), encoding="utf-8")
    after = read(exported(user, quick, slow)).entries
    assert [entry.id for entry in after] == [entry.id for entry in before]
    assert [entry.published for entry in after] == [entry.published for entry in before]
    assert int(after[0].itunes_duration) > int(before[0].itunes_duration)
    assert after[1] == before[1]


def test_what_is_exported_later_is_added(user: User, quick: Path, slow: Path) -> None:
    before = read(exported(user, quick))
    after = read(exported(user, slow))
    assert [entry.title for entry in after.entries] == ["Quick one", "Slow & <steady> 100%"]
    assert after.entries[0] == before.entries[0]
    assert after.entries[1].published_parsed >= after.entries[0].published_parsed


def test_a_folder_that_has_a_feed_keeps_it_right(user: User, quick: Path, slow: Path) -> None:
    """An export that says nothing of a feed would leave sizes in it that are no longer so."""
    folder = exported(user, quick)
    quick.write_text(QUICK.replace("2 reps", "4 reps"), encoding="utf-8")
    assert user.run("export", quick, slow, "--to", "pod").code == 0
    entries = read(folder).entries
    assert [entry.enclosures[0].href for entry in entries] == [
        f"{ADDRESS}01%20Quick%20one.mp3",
        f"{ADDRESS}02%20Slow%20%26%20steady%20100.mp3",
    ]
    sizes = [str(path.stat().st_size) for path in sorted(folder.glob("*.mp3"))]
    assert [entry.enclosures[0].length for entry in entries] == sizes
    assert all("podcast_chapters" in entry for entry in entries)


def test_without_an_address_no_feed_is_written(user: User, quick: Path) -> None:
    """A feed of others in the folder is none of its business then."""
    theirs = user.write("pod/feed.xml", "<rss version='2.0'><channel><title>Mine</title></channel></rss>")
    assert user.run("export", quick, "--to", "pod").code == 0
    assert theirs.read_text(encoding="utf-8").startswith("<rss version='2.0'><channel><title>Mine")
    assert not list(theirs.parent.glob("*.vtt"))


def test_an_audiobook_in_the_folder_is_no_episode(tmp_path: Path) -> None:
    book = Track(1, "evening", "01 Evening.m4b", 60_000, 480_000, 0, About("Evening", "", "en"))
    morning = replace(book, number=2, routine="morning", file="02 Morning.mp3")
    export_feed(ADDRESS, tmp_path, (book, morning), "cover.png")
    assert [entry.enclosures[0].href for entry in read(tmp_path).entries] == [f"{ADDRESS}02%20Morning.mp3"]


def test_the_first_of_several_new_ones_is_the_newest(user: User, quick: Path, slow: Path) -> None:
    """Applications show the newest first."""
    first, second = read(exported(user, quick, slow)).entries
    assert first.published_parsed > second.published_parsed


def test_a_show_that_moves_is_known_as_before(user: User, quick: Path) -> None:
    before = read(exported(user, quick))
    after = read(exported(user, quick, feed="https://elsewhere.example/"))
    assert after.feed.podcast_guid == before.feed.podcast_guid
    assert after.entries[0].id == before.entries[0].id
    assert after.entries[0].enclosures[0].href.startswith("https://elsewhere.example/")


def test_what_somebody_broke_in_a_feed_is_made_again(user: User, quick: Path) -> None:
    folder = exported(user, quick)
    file = folder / "feed.xml"
    before = file.read_bytes()
    guid = read(folder).feed.podcast_guid.encode()
    file.write_bytes(
        re.sub(rb"<pubDate>.*?</pubDate>", b"<pubDate>soon</pubDate>", before.replace(guid, b"mine"))
    )
    exported(user, quick)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "theirs",
    [
        b"<rss version='2.0'><channel><title>Mine</title></channel></rss>",
        b"<rss><channel><generator>WordPress</generator></channel></rss>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'/>",
        b"<!DOCTYPE rss><rss><channel><generator>voiceguide</generator></channel></rss>",
        "<?xml version='1.0' encoding='utf-16'?><rss/>".encode("utf-16"),
        b"not XML",
        b"",
    ],
)
def test_a_feed_of_others_is_left_alone(user: User, quick: Path, theirs: bytes) -> None:
    user.write("pod/feed.xml", theirs)
    said = user.fails("export", quick, "--to", "pod", "--feed", ADDRESS)
    shown = os.path.join("pod", "feed.xml")  # noqa: PTH118 (as it is shown)
    assert said == (
        f"error: {shown} was not written by voiceguide: it is left alone\n"
        "   hint: move it, or export into another folder\n"
    )


@pytest.mark.parametrize(
    "written",
    [
        "example.org/mat",
        "ftp://example.org/",
        "https:///mat/",
        "https://example.org/?a=b",
        "https://example.org/mat?",
        "https://example.org/#top",
        "https://me:secret@example.org/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "",
    ],
)
def test_what_is_no_address_of_a_folder_is_refused(user: User, quick: Path, written: str) -> None:
    said = user.fails("export", quick, "--to", "pod", "--feed", written)
    assert said.splitlines()[-1] == (
        f"Error: Invalid value for '--feed': '{written}' is not the address of a folder on the web; "
        "write it like https://example.org/stretches/, without a password, ? or #"
    )


def test_a_feed_is_of_mp3s(user: User, quick: Path) -> None:
    said = user.fails("export", quick, "--to", "pod", "--feed", ADDRESS, "--format", "m4b")
    assert said == "error: --feed goes with --format mp3\n   hint: leave one of them out\n"


def test_the_host_answers_to_head(user: User, quick: Path) -> None:
    """Nothing in the folder keeps a static host from what Apple asks of it."""
    with served(user.folder / "pod") as address:
        folder = exported(user, quick, feed=address)
        (entry,) = read(folder).entries
        with urlopen(Request(entry.enclosures[0].href, method="HEAD")) as answer:
            assert answer.headers["Content-Type"] == entry.enclosures[0].type
            assert answer.headers["Content-Length"] == entry.enclosures[0].length
