"""What each address gives: the page, the catalogue, sessions and their files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.web.support import ID, PICTURE, READY, SOUND, Phone, Studio, phone, studio_in
from voiceguide import wording
from voiceguide.errors import Problem
from voiceguide.web import asking
from voiceguide.web.sending import PIECE_BYTES
from voiceguide.web.studio import Listener, Wish

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    ".mp3": "audio/mpeg",
    ".json": "application/json",
    ".chapters.json": "application/json+chapters",
    ".vtt": "text/vtt; charset=utf-8",
}


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return studio_in(tmp_path)


@pytest.fixture
def page(studio: Studio) -> Phone:
    return phone(studio)


def test_the_catalogue_is_what_there_is_to_choose_from(page: Phone) -> None:
    answer = page.get("/api/routines")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json == {
        "routines": [
            {
                "name": "evening",
                "title": "Evening",
                "summary": "For the night.",
                "language": "en",
                "languages": ["en", "de"],
                "duration_ms": 61_000,
                "needs": ["wall"],
                "picture": "covers/evening.png",
                "ranges": True,
                "dose": 50,
                "talk": "full",
            }
        ],
        "languages": [{"code": "en", "name": "English"}, {"code": "de", "name": "Deutsch"}],
        "voices": [{"id": "gmw/en", "name": "English", "language": "en"}],
        "broken": [],
        "feed": "feed.xml",
        "whole": True,
        "talk": "brief",
        "fit": "15m",
    }


def test_a_script_that_is_broken_is_told_with_what_is_wrong(page: Phone, studio: Studio) -> None:
    studio.broken = (("morning", (Problem("k", "there is no exercise 'nod'", hint="did you mean 'nods'?"),)),)
    problem = {"message": "there is no exercise 'nod'", "hint": "did you mean 'nods'?"}
    assert page.get("/api/routines").json["broken"] == [{"name": "morning", "problems": [problem]}]


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("fit-too-long", "allow more time, or let it talk less"),
        ("voice-language", "choose another voice, or none"),
        ("recording-outside", None),
        ("routine-unknown", "did you mean 'evening'?"),
    ],
)
def test_a_hint_at_the_page_has_no_options_of_the_command_line(
    page: Phone, studio: Studio, kind: str, hint: str | None
) -> None:
    values = dict.fromkeys(("routine", "limit", "low", "high", "voice", "spoken", "language"), "x")
    values |= {"other": "de", "path": "x", "name": "x", "near": "did you mean 'evening'?"}
    studio.answer = replace(READY, state="failed", problems=(wording.problem(kind, **values),))
    assert page.get(f"/api/sessions/{ID}").json["problems"][0]["hint"] == hint


def test_every_hint_of_the_page_is_one_without_options_for_a_kind_there_is() -> None:
    assert wording.PAGE_HINTS.keys() <= wording.WORDING.keys()
    assert not [hint for hint in wording.PAGE_HINTS.values() if "-" in hint.split()[0] or " -" in hint]


def test_a_session_that_is_ready_is_told_with_its_files(page: Phone) -> None:
    answer = page.post("/api/sessions", {"routine": "evening"})
    assert answer.status == 200
    assert answer.json == {
        "id": ID,
        "routine": "evening",
        "title": "Evening",
        "language": "en",
        "state": "ready",
        "ahead": 0,
        "done": 1.0,
        "problems": [],
        "told": [],
        "duration_ms": 61_000,
        "bytes": len(SOUND),
        "audio": f"sessions/{ID}.mp3",
        "timeline": f"sessions/{ID}.json",
        "chapters": f"sessions/{ID}.chapters.json",
        "transcript": f"sessions/{ID}.vtt",
        "download": "Evening.mp3",
        "picture": "covers/evening.png",
        "sides": {"left": "left", "right": "right"},
    }


def test_a_session_that_is_not_ready_is_told_without_files(page: Phone, studio: Studio) -> None:
    studio.answer = replace(READY, state="waiting", ahead=2, done=0.0, bytes=None, duration_ms=None)
    answer = page.post("/api/sessions", {"routine": "evening"})
    told = answer.json
    assert answer.status == 202
    assert (told["state"], told["ahead"], told["audio"], told["timeline"]) == ("waiting", 2, None, None)
    assert page.get(f"/api/sessions/{ID}").json == told


def test_a_session_that_failed_is_told_with_its_problems_but_not_with_their_places(
    page: Phone, studio: Studio
) -> None:
    studio.answer = replace(
        READY, state="failed", problems=(Problem("k", "the words do not fit", hint="say less"),)
    )
    told = page.get(f"/api/sessions/{ID}").json
    assert told["state"] == "failed"
    assert told["problems"] == [{"message": "the words do not fit", "hint": "say less"}]


def test_a_wish_goes_to_the_studio_with_what_was_chosen_and_who_chose(page: Phone, studio: Studio) -> None:
    choices = {"dose": 40, "talk": "brief", "language": "de", "voice": "gmw/de", "fit": None}
    page.post("/api/sessions", {"routine": "evening", **choices})
    wished = Wish("evening", (("dose", "40"), ("talk", "brief"), ("language", "de"), ("voice", "gmw/de")))
    assert studio.wishes == [(wished, Listener("192.168.1.30"))]


@pytest.mark.parametrize(
    ("header", "told"),
    [("1f", "1f"), ("z" * 32, "z" * 32), ("z" * 33, ""), ("A", ""), ("", ""), ("a b", ""), ("a,b", "")],
)
def test_pages_at_one_address_tell_themselves_apart(
    page: Phone, studio: Studio, header: str, told: str
) -> None:
    page.post("/api/sessions", {"routine": "evening"}, x_listener=header)
    page.ask("DELETE", f"/api/sessions/{ID}", x_listener=header)
    who = Listener("192.168.1.30", told)
    assert ([one for _, one in studio.wishes], studio.left) == ([who], [(ID, who)])


@pytest.mark.parametrize("name", ["🧘\u200d♀️", "x" * 220, "a\u00adb", "evening\n"])
def test_whatever_a_file_can_be_called_may_be_wished_for(page: Phone, studio: Studio, name: str) -> None:
    """It is looked up in the list, where it stands as it is written."""
    page.post("/api/sessions", {"routine": name})
    assert studio.wishes[0][0] == Wish(name)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "a wish is an object of JSON"),
        (b"{", "a wish is an object of JSON"),
        (b"[]", "a wish is an object of JSON"),
        (b'"evening"', "a wish is an object of JSON"),
        (b"\xff\xfe", "a wish is an object of JSON"),
        (b"[" * 4_000, "a wish is an object of JSON"),
        (b'{"routine": "a", "routine": "b"}', "a wish is an object of JSON"),
        (b"{}", "a wish names a routine"),
        (b'{"routine": null}', "a wish names a routine"),
        (b'{"routine": 7.5}', "'routine' must be a short text or a whole number"),
        (b'{"routine": ["evening"]}', "'routine' must be a short text or a whole number"),
        (b'{"routine": "%s"}' % (b"x" * 300), "'routine' must be a short text or a whole number"),
        (b'{"routine": "evening", "dose": true}', "'dose' must be a short text or a whole number"),
        (
            b'{"routine": "evening", "talk": "%s"}' % (b"x" * 300),
            "'talk' must be a short text or a whole number",
        ),
        (b'{"routine": "evening", "music": "/etc/passwd"}', "'music' is nothing that can be chosen"),
        (b'{"routine": "evening", "allow-outside": "true"}', "'allow-outside' is nothing that can be chosen"),
    ],
)
def test_what_is_no_wish_is_refused_with_the_reason(
    page: Phone, studio: Studio, body: bytes, message: str
) -> None:
    answer = page.post("/api/sessions", body)
    assert (answer.status, answer.json["problems"][0]["message"]) == (400, message)
    assert studio.wishes == []


def test_a_wish_that_cannot_be_chosen_is_refused_with_the_studios_reason(page: Phone) -> None:
    answer = page.post("/api/sessions", {"routine": "../evening"})
    problem = {"message": "there is no routine '../evening'", "hint": "did you mean evening?"}
    assert (answer.status, answer.json) == (400, {"problems": [problem]})


def test_where_too_many_wait_it_is_told_when_to_ask_again(page: Phone, studio: Studio) -> None:
    studio.busy = True
    answer = page.post("/api/sessions", {"routine": "evening"})
    problem = {"message": "as many sessions are waiting as may wait", "hint": "try again in a moment"}
    assert (answer.status, answer.headers["retry-after"], answer.json) == (503, "5", {"problems": [problem]})


def test_a_body_that_does_not_end_is_not_read_to_its_end(page: Phone, studio: Studio) -> None:
    pieces = [b" " * 1_000] * 1_000
    answer = page.ask("POST", "/api/sessions", pieces)
    assert (answer.status, answer.headers["connection"]) == (413, "close")
    assert studio.wishes == []


def test_a_body_that_does_not_come_is_not_waited_for(page: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WITHIN_S", 0.05)
    answer = page.ask("POST", "/api/sessions", [b"{", None])
    assert (answer.status, answer.body, answer.headers["connection"]) == (408, b"", "close")


def test_a_session_there_is_none_of_is_not_found(page: Phone) -> None:
    for identity in ("f" * 32, "", "x", "%2e%2e"):
        assert page.get(f"/api/sessions/{identity}").status == 404


def test_a_wish_that_waits_can_be_taken_back(page: Phone, studio: Studio) -> None:
    answer = page.ask("DELETE", f"/api/sessions/{ID}")
    assert (answer.status, answer.body) == (204, b"")
    assert studio.left == [(ID, Listener("192.168.1.30"))]


@pytest.mark.parametrize("suffix", FILES)
def test_a_file_is_sent_with_its_type_and_may_be_kept_for_good(
    page: Phone, studio: Studio, suffix: str
) -> None:
    answer = page.get(f"/sessions/{ID}{suffix}")
    content = (studio.folder / f"{ID}{suffix}").read_bytes()
    assert (answer.status, answer.body) == (200, content)
    assert answer.headers["content-type"] == FILES[suffix]
    assert answer.headers["content-length"] == str(len(content))
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert "content-disposition" not in answer.headers


def test_a_part_of_a_file_is_sent_with_its_place(page: Phone) -> None:
    start = PIECE_BYTES - 5
    answer = page.get(f"/sessions/{ID}.mp3", range=f"bytes={start}-{2 * PIECE_BYTES}")
    assert (answer.status, answer.body) == (206, SOUND[start : 2 * PIECE_BYTES + 1])
    assert answer.headers["content-range"] == f"bytes {start}-{2 * PIECE_BYTES}/{len(SOUND)}"
    assert answer.headers["content-length"] == str(len(answer.body))


def test_the_end_of_a_file_is_sent(page: Phone) -> None:
    answer = page.get(f"/sessions/{ID}.mp3", range="bytes=-128")
    assert (answer.status, answer.body) == (206, SOUND[-128:])


def test_a_part_beyond_the_end_cannot_be_had(page: Phone) -> None:
    answer = page.get(f"/sessions/{ID}.mp3", range=f"bytes={len(SOUND)}-")
    assert (answer.status, answer.body) == (416, b"")
    assert answer.headers["content-range"] == f"bytes */{len(SOUND)}"


def test_the_parts_of_a_file_that_changed_are_never_mixed(page: Phone, studio: Studio) -> None:
    """A phone goes on with what it has only where that is the same."""
    tag = page.get(f"/sessions/{ID}.mp3", range="bytes=0-99").headers["etag"]
    assert page.get(f"/sessions/{ID}.mp3", range="bytes=100-", if_range=tag).status == 206
    (studio.folder / f"{ID}.mp3").write_bytes(SOUND[::-1] + b"!")
    again = page.get(f"/sessions/{ID}.mp3", range="bytes=100-", if_range=tag)
    assert (again.status, again.body) == (200, SOUND[::-1] + b"!")


def test_what_the_phone_has_is_not_sent_again(page: Phone) -> None:
    for path in (f"/sessions/{ID}.mp3", "/covers/evening.png", "/", "/sw.js"):
        tag = page.get(path).headers["etag"]
        again = page.get(path, if_none_match=tag)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)


@pytest.mark.parametrize(
    "path", [f"/sessions/{ID}.mp3", f"/sessions/{ID}.vtt?download", "/covers/evening.png", "/", "/sw.js"]
)
def test_head_gives_the_headers_of_get_and_nothing_else(page: Phone, path: str) -> None:
    got, head = page.get(path), page.ask("HEAD", path)
    assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")


def test_parts_are_for_get_alone(page: Phone) -> None:
    """RFC 9110, section 14.2."""
    whole = page.ask("HEAD", f"/sessions/{ID}.mp3")
    for part in ("bytes=0-9", f"bytes={len(SOUND)}-"):
        head = page.ask("HEAD", f"/sessions/{ID}.mp3", range=part)
        assert (head.status, head.headers, head.body) == (200, whole.headers, b"")


def test_a_download_has_a_name(page: Phone, studio: Studio) -> None:
    studio.answer = replace(READY, download='Für "dich" 100%.mp3')
    for suffix in FILES:
        answer = page.get(f"/sessions/{ID}{suffix}?download")
        assert answer.headers["content-disposition"] == (
            f"attachment; filename=\"F_r _dich_ 100_{suffix}\"; filename*=UTF-8''F%C3%BCr%20%22dich%22%20100%25{suffix}"
        )


def test_a_file_that_was_removed_is_not_found(page: Phone, studio: Studio) -> None:
    (studio.folder / f"{ID}.mp3").unlink()
    answer = page.get(f"/sessions/{ID}.mp3")
    assert (answer.status, answer.body) == (404, b"")


@pytest.mark.parametrize(
    "path",
    [
        *(
            f"/sessions/{ID}",
            f"/sessions/{ID}.session",
            f"/sessions/{ID}.mp3.mp3",
            f"/sessions/{ID.upper()}.mp3",
        ),
        *(
            f"/sessions/{ID}.mp3/",
            f"/sessions/{ID}.mp3%00",
            f"/sessions/x/{ID}.mp3",
            "/sessions/",
            "/sessions",
        ),
        *("/sessions/..%2f..%2fetc%2fpasswd", "/sessions/../app.py", "/sessions/%2e%2e/%2e%2e/etc/passwd"),
        *(
            "/static/../app.py",
            "/static/..%2fapp.py",
            "/static/%2e%2e%2fapp.py",
            "/static/....//app.py",
            "/static/",
        ),
        *(
            "/static/..%5capp.py",
            "/static//etc/passwd",
            "//etc/passwd",
            "/etc/passwd",
            "/%2fetc%2fpasswd",
            "/..",
            "/.",
        ),
        *(
            "/covers/../sw.js",
            "/covers/evening",
            "/covers/..%2fevening.png",
            "/covers/%2e%2e%2f%2e%2e%2fx.png",
        ),
        *(
            "/index.html",
            "/static/index.html",
            "/static/sw.js",
            "/static/C:%5cWindows%5cwin.ini",
            "/api",
            "/api/",
        ),
        *(
            "/api/routines/",
            "/static/app.css%00.png",
            "/static/app.css/",
            "/.git/config",
            "/static/.",
            "/sessions/%",
        ),
    ],
)
def test_a_path_that_is_in_no_table_is_not_found(page: Phone, path: str) -> None:
    answer = page.get(path)
    assert (answer.status, answer.body) == (404, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FOO"])
def test_nothing_else_can_be_done_with_what_is_read(page: Phone, method: str) -> None:
    for path in ("/", f"/sessions/{ID}.mp3", "/api/routines", "/feed.xml"):
        answer = page.ask(method, path)
        assert (answer.status, answer.body) == (405, b""), path


def test_a_picture_is_sent(page: Phone) -> None:
    answer = page.get("/covers/evening.png")
    assert (answer.status, answer.headers["content-type"], answer.body) == (200, "image/png", PICTURE)


def test_a_picture_of_a_routine_there_is_none_of_is_not_found(page: Phone) -> None:
    assert page.get("/covers/other.png").status == 404
