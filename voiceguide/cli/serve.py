"""`voiceguide serve`: the routines as a page for the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.many.given import KeepsArguments
from voiceguide.cli.options import examples, jobs_option, served_options
from voiceguide.cli.values import Bitrate, FilePath

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "serve",
    cls=KeepsArguments,
    short_help="Serve the routines to a phone.",
    epilog=examples(
        "voiceguide serve",
        "voiceguide serve --lan",
        "voiceguide serve --at https://desk.example.ts.net",
        "voiceguide serve --lan --certificate desk.pem --key desk.key",
    ),
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8420,
    show_default=True,
    metavar="N",
    help="The port to listen on; 0 for any.",
)
@click.option("--lan", is_flag=True, help="Serve to the local network too, not only to this machine.")
@click.option("--at", metavar="URL", help="The address under which a proxy, such as Tailscale's, serves it.")
@click.option(
    "--certificate", type=FilePath(), metavar="FILE", help="Serve by https, with this certificate (PEM)."
)
@click.option("--key", type=FilePath(), metavar="FILE", help="Its key, where that is another file.")
@click.option("--new-token", is_flag=True, help="Make a new address, so that the one told before is void.")
@click.option(
    "--bitrate", type=Bitrate(), metavar="KBIT/S", help="Of an MP3.  [default: 64, or 128 with music]"
)
@jobs_option
@served_options
@click.pass_context
def command(
    context: click.Context,
    /,
    port: int,
    at: str | None,
    certificate: Path | None,
    key: Path | None,
    jobs: int | None,
    *,
    lan: bool,
    new_token: bool,
    **_: Any,
) -> None:
    """Serve a page for a phone: it lists the routines, renders and plays them, and keeps them to be played offline.

    It is for this machine alone, unless told `--lan` or `--at`: then everything is below an address that nobody can guess,
    shown as a QR code to be scanned. What is chosen here is what the page begins with.
    """
    from voiceguide.cli.serving.serving import Place, serve  # noqa: PLC0415 (other commands need no server)

    place = Place(port, lan=lan, at=at, certificate=certificate, key=key, new_token=new_token)
    serve(context, place, jobs)
