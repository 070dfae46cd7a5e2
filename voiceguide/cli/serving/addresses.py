"""Where this machine can be reached: sockets to listen on, and the addresses to tell."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import suppress
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from voiceguide.errors import RequestError
from voiceguide.wording import problem

DEFAULT_PORT = 8420
LOOPBACK = "127.0.0.1"
_BACKLOG = 256
# Addresses kept for documentation (RFC 5737, RFC 3849): nothing is sent, but the way there is looked up.
_ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


class At(NamedTuple):
    """The address under which a proxy serves the application: without a slash at its end, and its host alone."""

    url: str
    host: str


def listening(port: int, *, lan: bool) -> list[socket.socket]:
    """Sockets that listen on a port, any where it is 0: of this machine alone, or with `lan` of all its networks.

    Raises RequestError where the port is taken, or may not be had.
    """
    first = _listening(socket.AF_INET, "" if lan else LOOPBACK, port)
    sockets = [first]
    if lan and socket.has_ipv6:
        # Where there is no IPv6 the other one is enough.
        with suppress(RequestError):
            sockets.append(_listening(socket.AF_INET6, "::", first.getsockname()[1]))
    return sockets


def own_addresses() -> list[str]:
    """The addresses of this machine in its networks, the one of the usual way out first; none where it has no network."""
    found = [address for family, far in _ELSEWHERE if (address := _way_out(family, far))]
    with suppress(OSError):
        found += [
            info[4][0]
            for info in socket.getaddrinfo(socket.gethostname(), None)
            if isinstance(info[4][0], str)
        ]
    return [one for one in dict.fromkeys(found) if _is_told(one)]


def own_names() -> frozenset[str]:
    """The names of this machine, lower case: with `.local`, as multicast DNS has it, and without."""
    name = socket.gethostname().lower().rstrip(".")
    short = name.removesuffix(".local")
    return frozenset(
        one for one in (name, short, f"{short}.local", f"{short.partition('.')[0]}.local") if one
    )


def url_of(address: str, port: int, *, secure: bool) -> str:
    """The address of a server, without a slash at its end."""
    host = f"[{address}]" if ":" in address else address
    return f"{'https' if secure else 'http'}://{host}:{port}"


def read_at(written: str) -> At:
    """The address of a proxy; raises RequestError for what is none."""
    try:
        parts = urlsplit(written.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if (
        not host
        or parts.scheme not in ("http", "https")
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise RequestError(problem("at-unreadable", url=written))
    return At(f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/"), host.lower())


def _listening(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # asyncio lets small answers go at once only where the protocol is named: else each waits for 40 ms.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            # There it would let another program take the port over; here, one that was left a minute ago be had again.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((host, port))
        made.listen(_BACKLOG)
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise RequestError(problem("port-taken", port=port, other=_free_port())) from error
        reason = (error.strerror or str(error)).lower()
        raise RequestError(problem("port-refused", port=port, reason=reason, other=DEFAULT_PORT)) from error
    return made


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
        made.bind((LOOPBACK, 0))
        port: int = made.getsockname()[1]
        return port


def _way_out(family: socket.AddressFamily, far: str) -> str | None:
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as made:
        made.connect((far, 9))
        address: str = made.getsockname()[0]
        return address
    return None


def _is_told(address: str) -> bool:
    """Whether a phone can use an address as it stands."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return not (found.is_loopback or found.is_link_local or found.is_unspecified)
