"""What a file of another timer is: its bytes as text, and which reader takes it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from voiceguide.errors import Place
from voiceguide.importing.jawt import read_jawt
from voiceguide.importing.plain_list import read_list
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from voiceguide.errors import Problem
    from voiceguide.importing.timer import Timer

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_timers(
    name: str, data: bytes, title: str, languages: Collection[str]
) -> tuple[tuple[Timer, ...], list[Problem]]:
    """The timers in the file `name`, and everything that is wrong with it: then there are none.

    What begins like JSON is a JAWT export, anything else a plain list. `title` is for one without a title of its own.
    """
    is_json = data.translate(None, b"\0").removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n\xff\xfe")[:1] in (
        b"{",
        b"[",
    )
    try:
        text = _decoded(data)
    except UnicodeDecodeError as error:
        if not is_json or data.startswith(_UTF_16):
            return (), [_not_text(name, error)]
        # JAWT writes its exports as one byte a character, which is Latin-1.
        text = data.decode("latin-1")
    if is_json:
        return read_jawt(name, text)
    if "\0" in text:
        return (), [_binary(name, text)]
    return read_list(name, text, title, languages)


def _decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 with its byte order mark; raises UnicodeDecodeError."""
    return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")


def _binary(name: str, text: str) -> Problem:
    before, _, _ = text.partition("\0")
    start = before.rfind("\n") + 1
    column = len(before) - start + 1
    line = text[start:].partition("\n")[0]
    return problem("import-binary", Place(name, before.count("\n") + 1, column, column + 1, line))


def _not_text(name: str, error: UnicodeDecodeError) -> Problem:
    before = error.object[: error.start]
    start = before.rfind(b"\n") + 1
    column = len(before[start:].decode("utf-8", "replace")) + 1
    line = error.object[start:].split(b"\n", 1)[0].decode("utf-8", "replace")
    place = Place(name, before.count(b"\n") + 1, column, column + 1, line)
    return problem("file-not-utf-8", place, byte=error.object[min(error.start, len(error.object) - 1)])
