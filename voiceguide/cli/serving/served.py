"""The address under which this machine serves a routine to the local network: what is printed on its sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from voiceguide.cli.serving.addresses import DEFAULT_PORT, own_addresses, read_at, url_of
from voiceguide.cli.serving.token import kept_token
from voiceguide.errors import RequestError
from voiceguide.files import named_routines
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.files import Folders


def served_address(name: str, folders: Folders) -> str:
    """Where `voiceguide serve --lan`, as it is configured, opens the routine of this name; its token is kept from now on.

    Raises RequestError for a routine without a name, on a machine in no network and where any port will do; ScriptError
    for a broken configuration, OutputError where the token cannot be kept.
    """
    if name not in dict(named_routines(folders)):
        raise RequestError(problem("served-without-name", routine=name))
    place = _place()
    return f"{place}/{kept_token(folders.data, new=False)}/#/{quote(name, safe='')}"


def _place() -> str:
    """The address of the server, without a slash at its end."""
    configured = _configured()
    if at := configured.get("at"):
        return read_at(at).url
    port = configured.get("port", DEFAULT_PORT)
    if not port:
        raise RequestError(problem("served-any-port", port=DEFAULT_PORT))
    addresses = own_addresses()
    if not addresses:
        raise RequestError(problem("served-without-network"))
    return url_of(addresses[0], port, secure="certificate" in configured)


def _configured() -> dict[str, Any]:
    """The values of those options of `serve` that the configuration sets."""
    from voiceguide.cli.configuration import configured, options_of  # noqa: PLC0415 (it imports the commands)
    from voiceguide.cli.serve import command  # noqa: PLC0415 (as above)

    options = options_of(command)
    return {
        name: options[name].type.convert(node.text, options[name], None)
        for name, node in configured().options.get("serve", {}).items()
    }
