"""`voiceguide sheet`: a routine on paper."""

from __future__ import annotations

import http.client
import re
import socket
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from tests.cli.served import serving
from voiceguide.cli.serving.addresses import own_addresses

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import User

SCRIPT = """\
title: Two things
language: en
steps:
  - knee-drop: 2-3 x 20-30s each side
  - bridge: 5 reps @ 2-1-3
"""
ADDRESS = "http://192.168.1.20:8000/Xy_3kQ/"


def text_of(path: Path) -> str:
    """What is read on a sheet, on one line."""
    if path.suffix.lower() == ".pdf":
        text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    else:
        text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)


def sheet(user: User, *options: str, script: str = SCRIPT, output: str = "mine.html") -> str:
    """What is read on the sheet of a script."""
    user.write("mine.yaml", script)
    outcome = user.run("sheet", "mine.yaml", "-o", output, *options)
    assert (outcome.code, outcome.out) == (0, f"{output}\n")
    return text_of(user.folder / output)


@pytest.mark.parametrize("output", ["mine.pdf", "mine.html"])
def test_it_writes_a_sheet(user: User, output: str) -> None:
    found = sheet(user, output=output)
    assert found.index("Two things") < found.index("1. Knee drop") < found.index("2. Bridge")
    assert "2 × 20 s each side" in found
    assert "For your safety" in found


def test_the_suffix_is_read_in_any_case(user: User) -> None:
    sheet(user, output="mine.PDF")
    assert (user.folder / "mine.PDF").read_bytes().startswith(b"%PDF-")


def test_nothing_is_spoken_for_it(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the configuration says of engines: none is opened, and nothing is kept."""
    cache = user.folder / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    user.configure("engine: none-of-ours\nvoice: nobody\n")
    assert "Two things" in sheet(user)
    assert not cache.exists()


def test_a_dose_that_is_given_stands_there_without_its_range(user: User) -> None:
    assert "Range: 2–3 × 20–30 s each side" in sheet(user)
    found = sheet(user, "--dose", "100")
    assert "3 × 30 s each side" in found
    assert "Range" not in found


def test_fit_chooses_a_dose_and_says_that_it_was_estimated(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    outcome = user.run("sheet", "mine.yaml", "-o", "mine.html", "--fit", "4m")
    assert outcome.code == 0
    told = re.fullmatch(
        r"dose (\d+) %: 3:\d\d, .*under 4:00; estimated: play or render it with --dose (\d+)\n", outcome.err
    )
    assert told
    assert told[1] == told[2]
    by_fit = (user.folder / "mine.html").read_text(encoding="utf-8")
    sheet(user, "--dose", told[1])
    assert (user.folder / "mine.html").read_text(encoding="utf-8") == by_fit


def test_a_sheet_is_in_the_language_that_is_asked_for(user: User) -> None:
    assert user.run("sheet", "evening", "-o", "evening.html", "--language", "de").code == 0
    page = (user.folder / "evening.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in page
    assert "Zu deiner Sicherheit" in text_of(user.folder / "evening.html")


def test_the_listener_s_choices_shape_it(user: User) -> None:
    found = sheet(user, "--avoid", "disc", "--name", "Anna", "--no-safety")
    assert "Left out: Knee drop (a disc problem)." in found
    assert "Anna" in found
    assert "For your safety" not in found
    assert "1. Bridge" in found


def test_one_exercise_alone(user: User) -> None:
    found = sheet(user, "--only", "bridge")
    assert "1. Bridge" in found
    assert "Knee drop" not in found


def test_the_side_that_goes_first(user: User) -> None:
    assert "each side, right side first" in sheet(user, "--first-side", "right")


@pytest.mark.parametrize("output", ["mine.pdf", "mine.html"])
def test_an_address_stands_there_in_words(user: User, output: str) -> None:
    assert ADDRESS in sheet(user, "--address", ADDRESS, output=output)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        port: int = made.getsockname()[1]
        return port


def address_on(path: Path) -> str:
    """The address on an HTML sheet."""
    (link,) = re.findall(r'<a href="([^"]*)"', path.read_text(encoding="utf-8"))
    return unescape(link)


def status_of(address: str) -> int:
    """What a server answers to an address without what is for the page alone."""
    parts = urlsplit(address)
    assert parts.hostname
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    connection.request("GET", parts.path)
    found = connection.getresponse().status
    connection.close()
    return found


@pytest.mark.parametrize("at", [True, False], ids=["by a proxy", "in the local network"])
def test_the_address_of_a_sheet_that_is_served_opens_its_routine(user: User, *, at: bool) -> None:
    """The sheet is made while nothing is served, and its address is good when it is."""
    if not at and not own_addresses():
        pytest.skip("this machine is in no network")
    port = free_port()
    user.configure(f"port: {port}\n" + (f"at: http://127.0.0.1:{port}\n" if at else ""))
    assert user.run("sheet", "evening", "-o", "evening.html", "--served").code == 0
    address = address_on(user.folder / "evening.html")
    with serving(user, "--lan", "--port", str(port)) as server:
        assert address == f"{server.url}#/evening"
        assert status_of(address) == 200
        assert status_of(address.replace("/#", "x/#")) == 404


def test_the_address_of_a_sheet_that_is_served_has_the_usual_port(user: User) -> None:
    if not own_addresses():
        pytest.skip("this machine is in no network")
    user.write("scripts/routines/two things.yaml", SCRIPT)
    assert user.run("sheet", "two things", "-o", "two.html", "--served").code == 0
    address = urlsplit(address_on(user.folder / "two.html"))
    assert (address.scheme, address.port, address.fragment) == ("http", 8420, "/two%20things")


def test_a_script_that_is_not_listed_is_not_served(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    assert user.fails("sheet", "mine.yaml", "-o", "mine.pdf", "--served") == (
        "error: 'mine.yaml' is not in the list of `voiceguide serve`\n"
        "   hint: `voiceguide list` shows what is; a script is listed from scripts/routines/ or the config folder's "
        "routines/\n"
    )


def test_where_it_is_served_cannot_be_known_of_any_port(user: User) -> None:
    user.configure("serve: {port: 0}\n")
    assert user.fails("sheet", "evening", "-o", "mine.pdf", "--served") == (
        "error: the configuration lets `voiceguide serve` take any port, so that nobody knows its address\n"
        "   hint: configure another one: `serve: {port: 8420}`\n"
    )


def test_a_machine_in_no_network_has_no_address_for_paper(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voiceguide.cli.serving.served.own_addresses", list)
    assert user.fails("sheet", "evening", "-o", "mine.pdf", "--served") == (
        "error: this machine is in no network, where a phone would find it\n"
        "   hint: connect it first, or give --address\n"
    )


def test_a_sheet_has_one_address(user: User) -> None:
    assert user.fails("sheet", "evening", "-o", "mine.pdf", "--served", "--address", ADDRESS) == (
        "error: --address and --served exclude each other\n"
    )


def test_the_command_line_goes_before_a_configured_address(user: User) -> None:
    user.configure(f"address: {ADDRESS}\nat: https://desk.example.org\n")
    assert user.run("sheet", "evening", "-o", "evening.html", "--served").code == 0
    assert address_on(user.folder / "evening.html").startswith("https://desk.example.org/")


def test_how_often_is_taken_from_a_programme(user: User) -> None:
    user.write(
        "course.yaml",
        "title: Course\ndays: [mine.yaml, rest, mine.yaml, rest, rest, rest, rest]\nweeks: [0, 50]\n",
    )
    assert "How often: 2 days a week, for 2 weeks" in sheet(user, "--programme", "course.yaml")


def test_a_programme_without_the_routine_is_refused(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    assert user.fails("sheet", "mine.yaml", "-o", "x.pdf", "--programme", "runner-low-back") == (
        "error: the programme 'runner-low-back' has no routine 'mine.yaml'\n   hint: leave --programme out\n"
    )


def test_paper_can_be_set_once(user: User) -> None:
    user.configure("paper: letter\n")
    assert "Two things" in sheet(user, output="mine.pdf")
    box = PdfReader(user.folder / "mine.pdf").pages[0].mediabox
    assert (box.width, box.height) == (612, 792)


def test_it_is_estimated_as_long_as_it_will_be(user: User) -> None:
    """About eleven minutes, as the routine says of itself."""
    user.run("sheet", "evening", "-o", "evening.html")
    assert "about 11 min, 6 exercises" in text_of(user.folder / "evening.html")


def test_another_suffix_is_refused(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    assert user.fails("sheet", "mine.yaml", "-o", "mine.docx") == (
        "error: cannot write the sheet to mine.docx: its name must end in .pdf or .html\n"
    )


def test_a_timeline_is_refused(user: User) -> None:
    user.write("mine.json", "{}")
    assert user.fails("sheet", "mine.json", "-o", "mine.pdf") == (
        "error: mine.json is a timeline, which has lost the doses and the words of its exercises\n"
        "   hint: make the sheet of the routine that it was compiled from\n"
    )


def test_what_is_no_address_is_refused(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    assert user.fails("sheet", "mine.yaml", "-o", "mine.pdf", "--address", "laptop:8000") == (
        "error: 'laptop:8000' is not an address of the web\n"
        "   hint: write it whole, such as https://example.org/evening.mp3; `--served` is for `voiceguide serve --lan`\n"
    )


def test_a_folder_that_is_not_there_is_told(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    assert "there is no folder" in user.fails("sheet", "mine.yaml", "-o", "gone/mine.pdf")


def test_a_sheet_that_cannot_be_written_leaves_the_old_one(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet(user, output="mine.pdf")
    before = (user.folder / "mine.pdf").read_bytes()

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("voiceguide.atomic.os.fsync", full)
    outcome = user.run("sheet", "mine.yaml", "-o", "mine.pdf", "--name", "Anna")
    assert outcome.code != 0
    assert "no space left" in outcome.err
    assert (user.folder / "mine.pdf").read_bytes() == before
    assert sorted(path.name for path in user.folder.iterdir()) == ["mine.pdf", "mine.yaml"]


def test_more_than_a_page_is_told(user: User) -> None:
    user.write("mine.yaml", "title: Long\nsteps:\n" + "  - bridge\n" * 99)
    outcome = user.run("sheet", "mine.yaml", "-o", "mine.pdf")
    pages = len(PdfReader(user.folder / "mine.pdf").pages)
    assert pages > 1
    assert outcome.err == (
        f"warning: mine.pdf has {pages} pages: on one its words would be too small to read\n"
        "   hint: make two routines of it, or print it on both sides\n"
    )


def test_letters_that_the_fonts_lack_are_told(user: User) -> None:
    user.write("mine.yaml", "title: 漢 and \U0001f9d8\nsteps: [bridge]\n")
    outcome = user.run("sheet", "mine.yaml", "-o", "mine.pdf")
    assert outcome.code == 0
    assert outcome.err == (
        "warning: the fonts of a PDF lack what mine.pdf has in its words: 漢 (U+6F22), \U0001f9d8 (U+1F9D8)\n"
        "   hint: write it as .html, which shows them all\n"
    )
    assert user.run("sheet", "mine.yaml", "-o", "mine.html").err == ""
    assert "漢 and \U0001f9d8" in (user.folder / "mine.html").read_text(encoding="utf-8")
