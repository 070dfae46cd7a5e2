"""The script that many write today: pyttsx3 says each phrase into a file, pydub lays them into silence, ffmpeg encodes.

It is what `benchmarks/render.py` compares with, and written to be fair. In its favour: it is told when each cue begins and
needs not work that out; it says each distinct phrase once and keeps it in memory, where most say every cue anew; it stays at
the 22,050 Hz that pyttsx3 gives, so that there is less than half as much to add and to encode as at 48 kHz; it waits for
nothing but its own files. It neither trims nor levels what is said, and writes no chapters.

    python -m benchmarks.naive cues.json out.mp3 [--append]

`cues.json` has `duration_ms` and `cues`: each a `start_ms` and a `text`, or a `sound`, the path of a WAV file.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyttsx3
from pydub import AudioSegment

if TYPE_CHECKING:
    from collections.abc import Iterable

    Placed = list[tuple[int, AudioSegment]]

RATE = 22_050
BITRATE = "64k"


def main() -> None:
    """Render the cues of a file to an MP3."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.naive")
    parser.add_argument("cues", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument(
        "--append", action="store_true", help="join clips and silence with += in place of overlay"
    )
    options = parser.parse_args()
    AudioSegment.converter = ffmpeg()
    given = json.loads(options.cues.read_text(encoding="utf-8"))
    cues = given["cues"]
    with tempfile.TemporaryDirectory() as folder:
        clips = spoken(dict.fromkeys(cue["text"] for cue in cues if "text" in cue), Path(folder))
    # Overlay would bring the whole track to the rate of a sound that has a higher one.
    sounds = {cue["sound"] for cue in cues if "sound" in cue}
    clips |= {sound: AudioSegment.from_wav(sound).set_frame_rate(RATE) for sound in sounds}
    placed = [(cue["start_ms"], clips[cue.get("text") or cue["sound"]]) for cue in cues]
    join = appended if options.append else overlaid
    join(placed, given["duration_ms"]).export(options.output, format="mp3", bitrate=BITRATE)


def ffmpeg() -> str:
    """The ffmpeg on PATH, or the one of imageio-ffmpeg."""
    on_path = shutil.which("ffmpeg")
    if on_path is not None:
        return on_path
    import imageio_ffmpeg  # noqa: PLC0415 (only where there is no other)

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def ffmpeg_version() -> str:
    """What encodes: the name and version that it gives itself."""
    said = subprocess.run([ffmpeg(), "-version"], check=True, capture_output=True, text=True).stdout
    return said.partition(" Copyright")[0]


def spoken(texts: Iterable[str], folder: Path) -> dict[str, AudioSegment]:
    """A clip of each text."""
    if sys.platform == "linux":
        # pyttsx3 looks for espeak by a name that only a system where it is installed knows; a wheel carries it.
        import espeakng_loader  # noqa: PLC0415 (a wheel for Linux only)

        ctypes.CDLL(espeakng_loader.get_library_path())
        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    engine = pyttsx3.init()
    clips: dict[str, AudioSegment] = {}
    for text in texts:
        path = folder / f"{len(clips)}.wav"
        engine.save_to_file(text, str(path))
        engine.runAndWait()
        while not path.exists():
            # The first time it returns before it has written the file.
            engine.runAndWait()
        clips[text] = AudioSegment.from_wav(path)
    return clips


def overlaid(cues: Placed, duration_ms: int) -> AudioSegment:
    """Silence as long as the session, with a clip laid over it at each cue's time."""
    track = AudioSegment.silent(duration_ms, frame_rate=RATE)
    for start_ms, clip in cues:
        track = track.overlay(clip, start_ms)
    return track


def appended(cues: Placed, duration_ms: int) -> AudioSegment:
    """Silence up to each cue and its clip, one behind the other; a clip that is too long moves what follows."""
    track = AudioSegment.silent(0, frame_rate=RATE)
    for start_ms, clip in cues:
        track += AudioSegment.silent(max(0, start_ms - len(track)), frame_rate=RATE)
        track += clip
    return track + AudioSegment.silent(max(0, duration_ms - len(track)), frame_rate=RATE)


if __name__ == "__main__":
    main()
