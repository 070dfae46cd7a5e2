"""The feed: what is ready is listed, what is not is rendered, and for a while it is waited for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.web.support import ID, LARGE, READY, SOUND, Phone, Studio, phone, studio_in
from voiceguide.web import feeding
from voiceguide.web.studio import Wish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return studio_in(tmp_path)


def items(body: bytes) -> list[ET.Element]:
    return ET.fromstring(body).findall("channel/item")


def test_a_session_that_is_ready_is_an_episode(studio: Studio) -> None:
    answer = phone(studio).get("/feed.xml?routine=evening&dose=40")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/rss+xml; charset=utf-8")
    (item,) = items(answer.body)
    base = "http://127.0.0.1:8420"
    enclosure = {
        "url": f"{base}/episodes/evening.mp3?dose=40",
        "length": str(len(SOUND)),
        "type": "audio/mpeg",
    }
    assert item.findtext("title") == "Evening"
    assert item.find("enclosure").attrib == enclosure  # type: ignore[union-attr]
    assert item.findtext(f"{ITUNES}duration") == "61"
    assert item.find(f"{PODCAST}chapters").attrib["url"] == f"{base}/episodes/evening.chapters.json?dose=40"  # type: ignore[union-attr]
    assert item.find(f"{PODCAST}transcript").attrib["url"] == f"{base}/episodes/evening.vtt?dose=40"  # type: ignore[union-attr]


def test_every_address_in_a_feed_is_served(studio: Studio) -> None:
    page = phone(studio)
    text = page.get("/feed.xml").body.decode()
    addresses = {part.split('"')[0].split("<")[0] for part in text.split("http://127.0.0.1:8420")[1:]}
    assert len(addresses) >= 6
    assert {page.get(address.replace("&amp;", "&")).status for address in addresses} == {200}


def test_without_a_name_every_routine_is_wished_for(studio: Studio) -> None:
    assert len(items(phone(studio).get("/feed.xml").body)) == 1
    assert [wish.routine for wish, _ in studio.wishes] == ["evening"]


def test_behind_a_token_and_a_proxy_every_address_is_the_proxys(studio: Studio) -> None:
    token, at = "u7J0bRrTq1yV5m9oZ2xKeA", "https://desk.example.ts.net/stretch"
    page = phone(studio, token=token, at=at)
    feed = ET.fromstring(page.get(f"/{token}/feed.xml?routine=evening").body)
    base = f"{at}/{token}"
    assert feed.find(f"channel/{ATOM}link").attrib["href"] == f"{base}/feed.xml?routine=evening"  # type: ignore[union-attr]
    assert feed.find("channel/item/enclosure").attrib["url"] == f"{base}/episodes/evening.mp3"  # type: ignore[union-attr]


def test_a_feed_is_known_by_the_same_name_under_another_address(studio: Studio) -> None:
    """A machine gets another address in its network every now and then."""
    page = phone(studio)
    other = Phone(page.app, reached="192.168.1.21", host="192.168.1.21:8420")
    feeds = [ET.fromstring(one.get("/feed.xml?routine=evening").body) for one in (page, other)]
    for tag in (f"channel/{PODCAST}guid", "channel/item/guid"):
        assert feeds[0].findtext(tag) == feeds[1].findtext(tag)


def test_the_same_routine_at_another_dose_is_another_episode(studio: Studio) -> None:
    page = phone(studio)
    guids = {
        items(page.get(f"/feed.xml?routine=evening&dose={dose}").body)[0].findtext("guid") for dose in (0, 50)
    }
    assert len(guids) == 2


def test_what_failed_is_left_out(studio: Studio) -> None:
    assert len(items(phone(studio).get("/feed.xml?routine=evening&routine=gone").body)) == 1


def test_where_nothing_can_be_rendered_the_reason_is_told(studio: Studio) -> None:
    answer = phone(studio).get("/feed.xml?routine=gone")
    assert (answer.status, answer.body.decode()) == (404, "there is no routine 'gone'")


def test_what_cannot_be_chosen_is_refused(studio: Studio) -> None:
    answer = phone(studio).get("/feed.xml?routine=evening&music=/etc/passwd")
    assert (answer.status, answer.body.decode()) == (400, "'music' is nothing that can be chosen")


def test_where_nothing_is_rendered_yet_it_is_told_when_to_ask_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "PATIENCE_S", 0.05)
    studio.answer = replace(READY, state="rendering")
    answer = phone(studio).get("/feed.xml?routine=evening")
    assert (answer.status, answer.headers["retry-after"]) == (503, "10")


def test_a_feed_is_a_listener_of_its_own(studio: Studio) -> None:
    """What somebody waits for at the page is not put aside for it, nor for another feed."""
    page = phone(studio)
    for _ in range(2):
        page.get("/feed.xml?routine=evening")
    first, second = [listener for _, listener in studio.wishes]
    assert first.address == second.address == "192.168.1.30 feed"
    assert first != second


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not is_so():
            await asyncio.sleep(0.01)


def test_where_who_asked_has_gone_nothing_more_is_rendered(studio: Studio) -> None:
    studio.answer = replace(READY, state="waiting")

    async def visit() -> None:
        await phone(studio).look_in("/feed.xml?routine=evening&routine=morning&routine=noon")
        await until(lambda: bool(studio.left))

    asyncio.run(visit())
    ((wish, listener),) = studio.wishes
    assert wish.routine == "evening"
    assert studio.left == [(ID, listener)]


def test_where_one_of_two_has_gone_it_is_rendered_for_the_other(studio: Studio) -> None:
    studio.answer = replace(READY, state="waiting")
    page = phone(studio)

    async def visit() -> None:
        stays = asyncio.create_task(page.asked("GET", "/feed.xml", [b""], {"host": page.host}))
        await page.look_in("/feed.xml")
        studio.answer = READY
        answer = await stays
        assert answer.status == 200

    asyncio.run(visit())
    assert studio.left == []


def test_what_is_not_ready_when_a_feed_is_answered_is_rendered_all_the_same(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "PATIENCE_S", 0.05)
    studio.answer = replace(READY, state="waiting")
    page = phone(studio)

    async def visit() -> None:
        answer = await page.asked("GET", "/feed.xml?routine=evening&routine=gone", [b""], {"host": page.host})
        assert answer.status == 503
        studio.answer = READY
        await until(lambda: len(studio.wishes) == 2)

    asyncio.run(visit())
    assert studio.left == []


def test_what_is_not_ready_is_rendered_for_a_while_only(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "PATIENCE_S", 0.05)
    monkeypatch.setattr(feeding, "GOES_ON_S", 0.05)
    studio.answer = replace(READY, state="waiting")
    page = phone(studio)

    async def visit() -> None:
        await page.asked("GET", "/feed.xml", [b""], {"host": page.host})
        await until(lambda: bool(studio.left))

    asyncio.run(visit())
    assert len(studio.wishes) == 1


def test_who_asks_again_has_it_rendered_again(studio: Studio) -> None:
    studio.answer = replace(READY, state="waiting")
    page = phone(studio)

    async def visit() -> None:
        await page.look_in("/feed.xml")
        await until(lambda: bool(studio.left))
        studio.answer = READY
        assert (await page.asked("GET", "/feed.xml", [b""], {"host": page.host})).status == 200

    asyncio.run(visit())


def test_an_episode_that_is_rendered_anew_is_the_same_episode(studio: Studio) -> None:
    """Its session is another one then: who has begun it would lose the place."""
    page = phone(studio)
    before = page.get("/feed.xml").body
    studio.answer = replace(READY, id="f" * 32)
    (old,), (new,) = items(before), items(page.get("/feed.xml").body)
    assert new.findtext("guid") == old.findtext("guid")


def test_an_episode_has_a_large_picture_of_its_own(studio: Studio) -> None:
    page = phone(studio)
    (item,) = items(page.get("/feed.xml?dose=40").body)
    address = item.find(f"{ITUNES}image").attrib["href"]  # type: ignore[union-attr]
    assert address == "http://127.0.0.1:8420/episodes/evening.png?dose=40"
    answer = page.get(address.removeprefix("http://127.0.0.1:8420"))
    assert (answer.status, answer.headers["content-type"], answer.body) == (200, "image/png", LARGE)
    assert page.get("/episodes/evening.png", if_none_match=answer.headers["etag"]).status == 304


def test_a_feed_that_has_not_changed_is_not_sent_again(studio: Studio) -> None:
    page = phone(studio)
    tag = page.get("/feed.xml").headers["etag"]
    assert page.get("/feed.xml", if_none_match=tag).status == 304


def test_an_episode_keeps_its_address_when_it_is_rendered_anew(studio: Studio) -> None:
    page = phone(studio)
    before = page.get("/episodes/evening.mp3?dose=40")
    assert (before.status, before.body, before.headers["cache-control"]) == (200, SOUND, "no-cache")
    assert studio.wishes[-1][0] == Wish("evening", (("dose", "40"),))
    part = page.get("/episodes/evening.mp3?dose=40", range="bytes=256-511")
    assert (part.status, part.body) == (206, SOUND[256:512])


def test_an_episode_that_is_being_rendered_is_to_be_asked_for_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "PATIENCE_S", 0.05)
    studio.answer = replace(READY, state="rendering")
    answer = phone(studio).get("/episodes/evening.mp3")
    assert (answer.status, answer.headers["retry-after"]) == (503, "10")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("evening.exe", 404),
        ("evening", 404),
        ("gone.mp3", 404),
        (".mp3", 404),
        ("evening.mp3?routine=morning", 404),
        ("evening.mp3?music=/etc/passwd", 400),
    ],
)
def test_nothing_else_is_an_episode(studio: Studio, address: str, status: int) -> None:
    assert phone(studio).get(f"/episodes/{address}").status == status
