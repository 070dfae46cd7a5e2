"""Under which names the application may be asked for, so that no other site can have a browser ask in its name."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def host_of(header: str) -> str | None:
    """The host of a `Host` header without its port, lower case; None for what is none."""
    if not header or any(one in header for one in "/@?#\\ \t"):
        return None
    try:
        parts = urlsplit(f"//{header}")
        _ = parts.port
    except ValueError:
        return None
    return parts.hostname.rstrip(".") if parts.hostname else None


def is_ours(header: str, names: frozenset[str], reached_at: str | None) -> bool:
    """Whether a `Host` header is one of the names, or the address of this machine that the request came to.

    A name that leads here and is somebody else's, as in DNS rebinding, is neither.
    """
    host = host_of(header)
    if host is None:
        return False
    if host in names:
        return True
    if reached_at is None:
        return False
    try:
        asked, reached = ip_address(host.partition("%")[0]), ip_address(reached_at.partition("%")[0])
    except ValueError:
        return False
    return asked == reached or asked == getattr(reached, "ipv4_mapped", None)


def is_from_ours(headers: Mapping[str, str], origins: frozenset[str]) -> bool:
    """Whether what a request would change is asked for by our own pages, or by no browser at all.

    A browser says where a page comes from in `Origin`, and in `Sec-Fetch-Site` how near that is.
    """
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.lower() in origins


def is_strange(headers: Mapping[str, str], *, is_page: bool) -> bool:
    """Whether another site's page asks for something, and not just leads to our page, in its own place.

    What is put into a frame, or opened by a script, would be rendered in our user's name.
    """
    if headers.get("sec-fetch-site", "none") not in ("cross-site", "same-site"):
        return False
    leads = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return not (leads and is_page)
