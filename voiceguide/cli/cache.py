"""`voiceguide cache`: the clips kept on disk."""

from __future__ import annotations

import click


@click.command("cache", short_help="Show or clear the speech kept on disk.")
@click.option("--clear", is_flag=True, help="Remove them all.")
def command(*, clear: bool) -> None:
    """Show how much speech is kept on disk, so that it is made only once; or clear it."""
    from voiceguide.cli.sessions import CACHE_BYTES  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.files import user_folders  # noqa: PLC0415 (as above)
    from voiceguide.speech.cache import ClipCache  # noqa: PLC0415 (as above)

    cache = ClipCache(user_folders().cache / "clips", CACHE_BYTES)
    if clear:
        cache.clear()
    entries, size = cache.stats()
    click.echo(f"{cache.folder}: {entries} clips, {size / 1e6:.1f} MB (at most {CACHE_BYTES / 1e6:.0f} MB)")
