"""The server from its options to its end: what it listens on, what it tells, and who answers."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import click

from voiceguide.cli.problems import printable
from voiceguide.cli.serving.addresses import LOOPBACK, listening, own_addresses, own_names, read_at, url_of
from voiceguide.cli.serving.token import kept_token
from voiceguide.errors import RequestError
from voiceguide.files import user_folders
from voiceguide.wording import problem

if TYPE_CHECKING:
    import socket
    from pathlib import Path

    from voiceguide.cli.serving.addresses import At
    from voiceguide.cli.serving.catalogue import Beginning
    from voiceguide.web.gate import Gate

_END_WITHIN_S = 1
# What OpenSSL calls PEM_LIB, NO_START_LINE and otherwise is all the same to a user.
_TLS = {"KEY_VALUES_MISMATCH": "the key belongs to another one", "": "there is none in it, or no key for it"}


@dataclass(frozen=True)
class Place:
    """Where the server is to be found, as its options say."""

    port: int
    lan: bool
    at: str | None
    certificate: Path | None
    key: Path | None
    new_token: bool


class Told(NamedTuple):
    """The addresses of the server with what is below them, the first the one to scan."""

    urls: tuple[str, ...]
    scanned: bool


def serve(context: click.Context, place: Place, jobs: int | None) -> None:
    """Serve until the program is told to end; raises RequestError and OutputError where it cannot."""
    check_extra()
    _check_certificate(place)
    at = None if place.at is None else read_at(place.at)
    folders = user_folders()
    sockets = listening(place.port, lan=place.lan)
    # Whoever reaches it by a network, or by a proxy, needs to know the address.
    token = kept_token(folders.data, new=place.new_token) if place.lan or at else None
    from voiceguide.audio.icon import draw_icons  # noqa: PLC0415 (only a server that listens needs all these)
    from voiceguide.cli.many.given import given_options  # noqa: PLC0415 (as above)
    from voiceguide.cli.many.job import settings  # noqa: PLC0415 (as above)
    from voiceguide.cli.serving.kept import kept_sessions  # noqa: PLC0415 (as above)
    from voiceguide.cli.serving.studio import LocalStudio  # noqa: PLC0415 (as above)
    from voiceguide.web.app import make_app  # noqa: PLC0415 (as above)
    from voiceguide.web.hosts import LOOPBACK as LOOPBACK_NAMES  # noqa: PLC0415 (as above)
    from voiceguide.web.shell import read_shell  # noqa: PLC0415 (as above)

    kept = kept_sessions(folders)
    shared = settings("serve", kept.folder.absolute())
    studio = LocalStudio(
        shared,
        given_options(context),
        folders,
        kept,
        jobs or os.cpu_count() or 1,
        beginning=_beginning(context),
    )
    names = LOOPBACK_NAMES | (own_names() if place.lan else frozenset()) | ({at.host} if at else frozenset())
    told = addresses(place, at, sockets[0].getsockname()[1], token)
    app = make_app(
        studio,
        read_shell(draw_icons()),
        names=names,
        token=token,
        at=at.url if at else None,
    )
    with closing(studio):
        studio.start()
        _tell(told)
        _run(app, sockets, place, behind_proxy=at is not None)


def _beginning(context: click.Context) -> Beginning:
    """What the page begins with, by the command line or the configuration."""
    from voiceguide.cli.serving.catalogue import Beginning  # noqa: PLC0415 (only a server that listens needs it)

    return Beginning(context.params["talk"], context.params["fit"])


def addresses(place: Place, at: At | None, port: int, token: str | None) -> Told:
    """What is told of a server that listens on a port."""
    secure = place.certificate is not None
    hosts = own_addresses() if place.lan else [LOOPBACK]
    bases = [*([at.url] if at else []), *(url_of(host, port, secure=secure) for host in hosts or [LOOPBACK])]
    below = f"/{token}/" if token else "/"
    return Told(tuple(f"{base}{below}" for base in bases), scanned=token is not None)


def check_extra() -> None:
    """Raise RequestError `serve-extra` where the server's libraries are not installed."""
    from importlib.util import find_spec  # noqa: PLC0415 (only the server needs it)

    if not all(find_spec(name) for name in ("starlette", "uvicorn")):
        raise RequestError(problem("serve-extra"))


def _check_certificate(place: Place) -> None:
    """Raise RequestError for a certificate that cannot be used."""
    if place.certificate is None:
        if place.key is not None:
            raise RequestError(problem("key-alone"))
        return
    import ssl  # noqa: PLC0415 (only https needs it)

    try:
        # A password would be asked for in the middle of everything.
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            place.certificate, place.key, password=lambda: ""
        )
    except ssl.SSLError as error:
        reason = _TLS.get(error.reason or "", _TLS[""])
        raise RequestError(problem("certificate-unusable", path=place.certificate, reason=reason)) from error
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise RequestError(problem("certificate-unusable", path=place.certificate, reason=reason)) from error


def _tell(told: Told) -> None:
    """Tell where the server is: the address alone on standard output, so that programs can read it."""
    if told.scanned and sys.stdout.isatty():
        from voiceguide.cli.serving.qr import qr_lines  # noqa: PLC0415 (only people scan it)

        click.echo("Scan this with a phone that is in the same network, or type what is below it.", err=True)
        encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
        for line in qr_lines(told.urls[0], blocks=encoding == "utf8"):
            click.echo(line, color=True)
    for url in told.urls:
        click.echo(printable(url))
    sys.stdout.flush()
    if sys.stdout.isatty():
        click.echo("Ctrl-C ends it.", err=True)


def _run(app: Gate, sockets: list[socket.socket], place: Place, *, behind_proxy: bool) -> None:
    import asyncio  # noqa: PLC0415 (only a server needs it)

    import uvicorn  # noqa: PLC0415 (as above)

    from voiceguide.cli.serving.mistakes import tell_mistakes  # noqa: PLC0415 (as above)
    from voiceguide.cli.serving.patience import PatientProtocol, more_files  # noqa: PLC0415 (as above)

    tell_mistakes()
    more_files()
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        # The address of a phone behind a proxy is what the proxy says, where it is on this machine.
        proxy_headers=behind_proxy,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_END_WITHIN_S,
        ssl_certfile=place.certificate,
        ssl_keyfile=place.key,
    )
    asyncio.run(uvicorn.Server(config).serve(sockets))
