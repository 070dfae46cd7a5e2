"""The files of the page: a table of what may be served, and a service worker that knows them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.web.support import PICTURE, phone, studio_in
from voiceguide.web.shell import PAGE, read_shell

if TYPE_CHECKING:
    from pathlib import Path

ICONS = {"icon-192.png": PICTURE, "cover.png": PICTURE}
WORKER = 'const FILES = [/*FILES*/];\nconst VERSION = "/*VERSION*/";\n'


def page_in(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_every_file_has_its_address_and_its_type(tmp_path: Path) -> None:
    folder = page_in(
        tmp_path, index_html="x", app_js="x", app_css="x", sw_js="x", manifest_webmanifest="{}", notes_txt="x"
    )
    assert {address: item.type for address, item in read_shell(ICONS, folder).items()} == {
        "": "text/html; charset=utf-8",
        "static/app.js": "text/javascript; charset=utf-8",
        "static/app.css": "text/css; charset=utf-8",
        "sw.js": "text/javascript; charset=utf-8",
        "manifest.webmanifest": "application/manifest+json",
        "icon-192.png": "image/png",
        "cover.png": "image/png",
    }


def test_the_service_worker_is_told_what_the_page_is_made_of(tmp_path: Path) -> None:
    worker = read_shell(ICONS, page_in(tmp_path, index_html="x", app_js="x", sw_js=WORKER))[
        "sw.js"
    ].content.decode()
    files, version = worker.splitlines()
    assert files == 'const FILES = ["./", "icon-192.png", "static/app.js"];'
    assert re.fullmatch(r'const VERSION = "[0-9a-f]{16}";', version)


def test_its_version_changes_with_any_file_and_with_nothing_else(tmp_path: Path) -> None:
    page_in(tmp_path, index_html="x", app_js="x", sw_js=WORKER)
    first, again = (read_shell(ICONS, tmp_path)["sw.js"] for _ in range(2))
    page_in(tmp_path, app_js="y")
    other = read_shell(ICONS, tmp_path)["sw.js"]
    assert first == again
    assert other.content != first.content
    assert other.etag != first.etag


def test_all_that_the_service_worker_keeps_is_served(tmp_path: Path) -> None:
    page = phone(studio_in(tmp_path))
    worker = page.get("/sw.js").body.decode()
    kept = json.loads(re.search(r"const FILES = (\[.*?\]);", worker)[1])  # type: ignore[index]
    assert {page.get(f"/{address.removeprefix('./')}").status for address in kept} == {200}


def test_every_file_of_the_page_is_served() -> None:
    served = {address.rpartition("/")[2] or "index.html" for address in read_shell({})}
    assert served == {path.name for path in PAGE.iterdir() if path.is_file()}


def test_the_page_asks_nobody_else_for_anything() -> None:
    """No address of another host is in what it is made of, but those that name a standard."""
    known = {"http://www.w3.org/2000/svg"}
    found = {
        address
        for path in PAGE.iterdir()
        if path.is_file()
        for address in re.findall(r"https?://[^\s\"'`)<>]+", path.read_text(encoding="utf-8"))
    }
    assert found <= known
