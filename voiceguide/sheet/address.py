"""The address of the audio, as it is given to the sheet, and its QR code (ISO/IEC 18004, drawn by segno)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from voiceguide.errors import RequestError
from voiceguide.wording import problem

if TYPE_CHECKING:
    import segno

MAX_ADDRESS = 300
"""Characters of an address at most: a phone reads the code of a longer one badly from paper."""
QUIET_ZONE = 4
"""Light modules around a code, by the standard."""
_HOST = re.compile("[A-Za-z0-9._:%-]+")
# What of an address is left as it is written; everything else is percent-encoded.
_KEPT = "/?#%:@!$&'()*+,;=~[]"
# A percent sign that encodes nothing.
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def check_address(written: str) -> str:
    """The address, which must be a whole one of the web, with other letters percent-encoded; raises RequestError."""
    address = _encoded(written.strip())
    if address is None:
        raise RequestError(problem("address-unreadable", address=written))
    if len(address) > MAX_ADDRESS:
        raise RequestError(problem("address-too-long", length=len(address), most=MAX_ADDRESS))
    return address


def _encoded(written: str) -> str | None:
    """An address of the web in ASCII (RFC 3986), None for what is none."""
    try:
        parts = urlsplit(written)
        port = parts.port
        # A host in other letters is known to machines in these.
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        return None
    if not written.isprintable() or parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    user, at, _ = parts.netloc.rpartition("@")
    place = quote(_BARE_PERCENT.sub("%25", user), safe=_KEPT) + at + (f"[{host}]" if ":" in host else host)
    if port is not None:
        place += f":{port}"
    rest = written.partition("//")[2].removeprefix(parts.netloc)
    return f"{parts.scheme}://{place}{quote(_BARE_PERCENT.sub('%25', rest), safe=_KEPT)}"


def code_of(address: str) -> segno.QRCode:
    """The QR code of an address; a sixth of it may be damaged where that costs no room."""
    import segno  # noqa: PLC0415 (most sheets have no code)

    return segno.make_qr(address, error="m")
