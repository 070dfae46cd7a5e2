"""The picture of the phone in the docs, from the program itself: the list and a hold, in light and in dark."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from PIL import Image

from .browser import CHROMIUM, chromium, phone_of
from .server import serving

if TYPE_CHECKING:
    from .browser import Phone

ROUTINE = "evening"
SIZE = (360, 720)
GAP = 24
COLOURS = 160
"""A palette of so many keeps the picture small, and its letters smooth."""


def main() -> None:
    """Write the picture to the file that is the first argument."""
    if CHROMIUM is None:
        sys.exit("screenshots: needs Chromium (the package chromium)")
    with TemporaryDirectory() as folder, chromium(Path(folder, "browser")) as browser:
        home = Path(folder, "home")
        with (
            serving(home, home / "cache", short=False) as server,
            phone_of(browser, server.address, viewport={"width": SIZE[0], "height": SIZE[1]}) as phone,
        ):
            joined(shots(phone)).save(sys.argv[1], optimize=True)


def shots(phone: Phone) -> list[Image.Image]:
    """The list in light, a hold in light and in dark, the list in dark."""
    phone.open()
    phone.page.locator("#routines img").last.wait_for()
    lists = [shot(phone, "light"), shot(phone, "dark")]
    phone.page.emulate_media(color_scheme="light")
    phone.play(ROUTINE)
    phone.page.locator("#kept-this").wait_for()
    hold = next(span for span in phone.timeline().spans if span.kind == "hold" and span.side == "right")
    phone.seek((hold.start_ms + hold.end_ms) // 2 - 3_000)
    phone.pause()
    phone.resume()
    holds = [shot(phone, "light"), shot(phone, "dark")]
    return [lists[0], holds[0], holds[1], lists[1]]


def shot(phone: Phone, scheme: Literal["light", "dark"]) -> Image.Image:
    """What the screen shows now, in these colours."""
    phone.page.emulate_media(color_scheme=scheme)
    phone.settle()
    return Image.open(BytesIO(phone.page.screenshot(scale="css"))).convert("RGB")


def joined(pictures: list[Image.Image]) -> Image.Image:
    """The pictures side by side, on nothing."""
    width, height = SIZE
    whole = Image.new("RGB", (len(pictures) * (width + GAP) - GAP, height), "white")
    for index, picture in enumerate(pictures):
        whole.paste(picture, (index * (width + GAP), 0))
    return whole.quantize(COLOURS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
