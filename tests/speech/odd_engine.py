"""An engine of somebody else's, installed as a package with an entry point: the test says what it does."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MODULE = """\
import ctypes, os, subprocess, sys, time
import numpy as np
from voiceguide.speech.engine import Pcm, VoiceInfo

class Odd:
    name, identity, default_rate = "odd", "odd 1", 140

    def voices(self):
        return [VoiceInfo("ann", "Ann", ("en",)), VoiceInfo("eva", "Eva", ("de",))]

    def find_voice(self, wanted):
        return VoiceInfo(wanted, wanted, ()) if wanted == "secret" else None

    def synthesize(self, text, voice, rate):
{speak}
        return self.sound(1.0)

    def sound(self, seconds):
        times = np.arange(int(16_000 * seconds)) / 16_000
        return Pcm(np.rint(8_000 * np.sin(2 * np.pi * 300 * times)).astype(np.int16), 16_000)

    def close(self):
{close}

def open_engine():
{opening}
    return Odd()
"""


def install_odd_engine(
    folder: Path, speak: str = "pass", *, opening: str = "pass", close: str = "pass"
) -> Path:
    """A folder for `sys.path` in which the engine `odd` is installed; each text is the body of a function of it.

    It says a second of a tone for every text where `speak` returns nothing else.
    """
    site = folder / "site"
    about = site / "odd-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[voiceguide.engines]\nodd = odd_engine_of_a_test:open_engine\n")
    module = _MODULE.format(
        speak=indent(speak, " " * 8), close=indent(close, " " * 8), opening=indent(opening, " " * 4)
    )
    (site / "odd_engine_of_a_test.py").write_text(module)
    return site
