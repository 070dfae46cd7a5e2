"""`voiceguide cache`: what is kept on disk, so that it is made only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from voiceguide.cli.serving.kept import Kept
    from voiceguide.files import Folders
    from voiceguide.store import Store


@click.command("cache", short_help="Show or clear what is kept on disk.")
@click.option("--clear", is_flag=True, help="Remove it all.")
def command(*, clear: bool) -> None:
    """Show how much is kept on disk, so that it is made only once, or clear it.

    That is speech, encoded pieces and tags of MP3s, the loudness of music, and what was rendered for phones.
    """
    from voiceguide.files import user_folders  # noqa: PLC0415 (only this command needs it)

    for store, (one, many) in _stores(user_folders()):
        if clear:
            store.clear()
        entries, size = store.stats()
        name = one if entries == 1 else many
        most = f"{store.limit_bytes / 1e6:.1f}".removesuffix(".0")
        click.echo(f"{store.folder}: {entries} {name}, {size / 1e6:.1f} MB (at most {most} MB)")


def _stores(folders: Folders) -> list[tuple[Store | Kept, tuple[str, str]]]:
    """Everything that is kept, with the name of one and of many of its entries."""
    from voiceguide.audio.music.measures import Measures  # noqa: PLC0415 (only this command needs them all)
    from voiceguide.cli.serving.kept import kept_sessions  # noqa: PLC0415 (as above)
    from voiceguide.cli.serving.listing import shelf  # noqa: PLC0415 (as above)
    from voiceguide.cli.sessions import CACHE_BYTES  # noqa: PLC0415 (as above)
    from voiceguide.cli.stores import pieces, tags  # noqa: PLC0415 (as above)
    from voiceguide.speech.cache import ClipCache  # noqa: PLC0415 (as above)

    return [
        (ClipCache(folders.cache / "clips", CACHE_BYTES).store, ("clip", "clips")),
        (pieces(folders), ("piece", "pieces")),
        (tags(folders), ("tag", "tags")),
        (Measures(folders.cache / "music").store, ("track", "tracks")),
        (kept_sessions(folders), ("session", "sessions")),
        (shelf(folders).store, ("routine", "routines")),
    ]
