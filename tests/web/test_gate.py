"""Who is answered: under which Host, with which token, from which page; and what every answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.support import ID, Phone, phone, studio_in
from voiceguide.web.gate import HEADERS

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "u7J0bRrTq1yV5m9oZ2xKeA"
EVERY = ["/", "/api/routines", f"/sessions/{ID}.mp3", "/covers/evening.png", "/feed.xml", "/sw.js", "/none"]


@pytest.fixture
def local(tmp_path: Path) -> Phone:
    """A phone that asks what is on this machine alone."""
    return phone(studio_in(tmp_path))


@pytest.fixture
def lan(tmp_path: Path) -> Phone:
    """A phone in the network of a machine at 192.168.1.20 called desk."""
    names = frozenset({"localhost", "desk", "desk.local"})
    app = phone(studio_in(tmp_path), names=names, token=TOKEN).app
    return Phone(app, reached="192.168.1.20", host="192.168.1.20:8420")


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8420", "localhost:8420", "localhost", "LOCALHOST:1", "[::1]:8420"]
)
def test_a_host_of_this_machine_is_answered(local: Phone, host: str) -> None:
    assert local.get("/api/routines", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        *(
            "evil.example",
            "evil.example:8420",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "192.168.1.20:8420",
        ),
        *("evil@127.0.0.1", "127.0.0.1/evil", "127.0.0.1:port", "", " ", "[::1", "0.0.0.0", "127.0.0.1 evil"),
    ],
)
@pytest.mark.parametrize("path", EVERY)
def test_another_host_is_refused_whatever_is_asked_for(local: Phone, host: str, path: str) -> None:
    refused = local.get(path, host=host)
    assert (refused.status, refused.body) == (421, b"")


def test_a_request_without_a_host_is_refused(local: Phone) -> None:
    assert Phone(local.app, host="").get("/").status == 421


def test_in_the_network_the_address_and_the_names_of_the_machine_are_answered(lan: Phone) -> None:
    for host in ("192.168.1.20:8420", "desk:8420", "desk.local", "DESK.local.:8420"):
        assert lan.get(f"/{TOKEN}/", host=host).status == 200, host


def test_in_the_network_another_address_is_refused(lan: Phone) -> None:
    assert lan.get(f"/{TOKEN}/", host="192.168.1.21:8420").status == 421


def test_an_address_by_ipv6_is_answered_however_it_is_written(lan: Phone) -> None:
    there = Phone(lan.app, reached="fd00::14", host="[fd00:0:0:0::14]:8420")
    assert there.get(f"/{TOKEN}/").status == 200


def test_an_address_by_ipv4_in_a_socket_of_ipv6_is_answered(lan: Phone) -> None:
    assert Phone(lan.app, reached="::ffff:192.168.1.20", host="192.168.1.20").get(f"/{TOKEN}/").status == 200


@pytest.mark.parametrize(
    "path", [*EVERY, "/u7J0bRrTq1yV5m9oZ2xKeB/", f"/{TOKEN}x/", f"/{TOKEN[:-1]}/", "//", f"//{TOKEN}/"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "PUT", "OPTIONS"])
def test_without_the_token_there_is_nothing(lan: Phone, path: str, method: str) -> None:
    nothing = lan.ask(method, path)
    assert (nothing.status, nothing.body, nothing.headers) == (404, b"", {"content-length": "0", **HEADERS})


def test_with_the_token_everything_is_there(lan: Phone) -> None:
    for path in EVERY[:-1]:
        assert lan.get(f"/{TOKEN}{path}").status == 200, path


def test_the_token_without_a_slash_leads_to_the_page(lan: Phone) -> None:
    """Everything in the page is addressed relatively to it, and so is it: a proxy may serve it below something."""
    there = lan.get(f"/{TOKEN}")
    assert (there.status, there.headers["location"]) == (308, f"{TOKEN}/")


def test_a_token_beyond_ascii_is_a_wrong_one(lan: Phone) -> None:
    assert lan.get("/%C3%BC%FF/").status == 404


WISH = {"routine": "evening"}


def test_our_own_page_may_wish(local: Phone) -> None:
    done = local.post("/api/sessions", WISH, origin="http://127.0.0.1:8420", sec_fetch_site="same-origin")
    assert done.status == 200


def test_a_program_that_is_no_browser_may_wish(local: Phone) -> None:
    assert local.post("/api/sessions", WISH).status == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8420", "file://"]
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_page_of_another_origin_may_not(local: Phone, origin: str, method: str) -> None:
    refused = local.ask(method, f"/api/sessions/{ID}", origin=origin)
    assert (refused.status, refused.body) == (403, b"")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_site_may_not_even_without_an_origin(local: Phone, site: str) -> None:
    assert local.post("/api/sessions", WISH, sec_fetch_site=site).status == 403


NOT_THE_PAGE = [
    "/covers/evening.png",
    f"/sessions/{ID}.mp3",
    "/feed.xml",
    "/episodes/evening.mp3",
    "/api/routines",
]
# Another port of this machine is the same site.
SITES = ["cross-site", "same-site"]


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("path", ["/", *NOT_THE_PAGE])
def test_nothing_is_put_into_the_page_of_another_site(local: Phone, path: str, site: str) -> None:
    assert (
        local.get(path, sec_fetch_site=site, sec_fetch_mode="no-cors", sec_fetch_dest="image").status == 403
    )


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("frame", ["iframe", "frame", "embed", "object"])
@pytest.mark.parametrize("path", ["/", *NOT_THE_PAGE])
def test_nothing_is_put_into_a_frame_of_another_site(local: Phone, path: str, frame: str, site: str) -> None:
    """Nobody would see it, but it would be rendered."""
    assert local.get(path, sec_fetch_site=site, sec_fetch_mode="navigate", sec_fetch_dest=frame).status == 403


def leads(site: str) -> dict[str, str]:
    """What a browser says of a link that is followed."""
    return {"sec_fetch_site": site, "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}


@pytest.mark.parametrize("site", SITES)
def test_a_link_from_another_site_leads_to_the_page(local: Phone, lan: Phone, site: str) -> None:
    assert local.get("/", **leads(site)).status == 200
    assert lan.get(f"/{TOKEN}/", **leads(site)).status == 200


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("path", NOT_THE_PAGE)
def test_a_link_from_another_site_leads_to_nothing_else(
    local: Phone, lan: Phone, path: str, site: str
) -> None:
    assert local.get(path, **leads(site)).status == 403
    assert lan.get(f"/{TOKEN}{path}", **leads(site)).status == 403


@pytest.mark.parametrize("path", ["/", *NOT_THE_PAGE])
def test_what_is_typed_or_scanned_leads_anywhere(local: Phone, path: str) -> None:
    assert local.get(path, **leads("none")).status == 200


def test_behind_a_proxy_its_origin_is_ours(tmp_path: Path) -> None:
    """Some proxies hand on the Host that they were asked for, others write their own way there."""
    names = frozenset({"localhost", "desk.example.ts.net"})
    app = phone(studio_in(tmp_path), names=names, token=TOKEN, at="https://desk.example.ts.net/stretch").app
    for host in ("desk.example.ts.net", "localhost:8420"):
        there = Phone(app, host=host)
        assert there.post(f"/{TOKEN}/api/sessions", WISH, origin="https://desk.example.ts.net").status == 200
        assert there.post(f"/{TOKEN}/api/sessions", WISH, origin="https://evil.example").status == 403


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/none", 404), ("/api/routines", 200), (f"/sessions/{ID}.mp3", 200)]
)
def test_every_answer_says_that_nothing_comes_from_elsewhere(local: Phone, path: str, status: int) -> None:
    answer = local.get(path)
    assert answer.status == status
    assert HEADERS.items() <= answer.headers.items()


def test_a_refusal_says_so_too(local: Phone) -> None:
    assert HEADERS.items() <= local.get("/", host="evil.example").headers.items()
