"""The address of a folder on the web, as an option takes it: whatever is served in it has an address below."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

import click

# What of an address is left as it is written; everything else is percent-encoded.
_KEPT = "/%:@!$&'()*+,;=~"
# A percent sign that encodes nothing.
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


class FolderAddress(click.ParamType[str]):
    """An http or https address, in ASCII and with a slash at its end."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address; fails for one that is no folder's, or holds a password."""
        written = str(value).strip()
        address = _folder(written)
        if address is None:
            from voiceguide.wording import problem  # noqa: PLC0415 (only failures need it)

            wrong = problem("folder-address", written=written)
            self.fail(f"{wrong.message}; {wrong.hint}", param, ctx)
        return address


def below(folder: str, path: str) -> str:
    """The address of the file at `path`, with `/` between its parts, in a folder with this address."""
    return folder + quote(path)


def _folder(written: str) -> str | None:
    try:
        parts = urlsplit(written)
        port = parts.port
        # A host in other letters is known to machines in these.
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or _has_more(written):
        return None
    if not all(character.isalnum() or character in ".-_:" for character in host):
        return None
    place = f"[{host}]" if ":" in host else host
    if port is not None:
        place += f":{port}"
    path = quote(_BARE_PERCENT.sub("%25", parts.path), safe=_KEPT).removesuffix("/")
    return f"{parts.scheme}://{place}{path}/"


def _has_more(written: str) -> bool:
    """Whether it goes on after the path: `urlsplit` does not tell an empty query from none."""
    return "?" in written or "#" in written
