"""Whether `voiceguide serve` can work here: its libraries, a port, and the addresses that a phone would find."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from voiceguide.cli.findings import Finding, failed
from voiceguide.cli.serving.addresses import listening, own_addresses
from voiceguide.cli.serving.serving import check_extra
from voiceguide.errors import VoiceguideError

if TYPE_CHECKING:
    from collections.abc import Iterator

THING = "page for the phone"


def phone() -> Iterator[Finding]:
    """Whether the server's libraries are there, and let this machine listen to its networks."""
    try:
        check_extra()
        for opened in listening(0, lan=True):
            opened.close()
    except VoiceguideError as error:
        yield failed(THING, error)
        return
    addresses = own_addresses()
    libraries = {name: version(name) for name in ("starlette", "uvicorn")}
    where = (
        f"a phone finds it at {addresses[0]}" if addresses else "for this machine alone: it is in no network"
    )
    told = f"{', '.join(f'{name} {found}' for name, found in libraries.items())}; {where}"
    yield Finding(THING, works=True, told=told, details={**libraries, "addresses": addresses})
