"""How many spoken commands are heard, and how many other sentences are taken for one: `scripts/bench listen`.

Nobody speaks here: the voices are espeak's, of which most sound like no human, and flite's where ffmpeg has them, whose
`slt` and `rms` are made of recordings of people. Neither they nor the sentences took part in choosing the recogniser's
numbers. No real room was measured, and no real microphone.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import time
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from benchmarks import listen_talk
from benchmarks.machine import machine
from tests.player.room import at_rate, heard
from voiceguide.player.ear import Hearing
from voiceguide.player.recogniser import COMMANDS, WAKE
from voiceguide.player.utterances import ENDS_MS, FRAME_BYTES, RATE
from voiceguide.speech.espeak_library import espeak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from voiceguide.player.commands import Command

    Voice = Callable[[str], NDArray[np.float64]]

ESPEAK = (
    *("gmw/en-US+f4", "gmw/en-US+m1", "gmw/en-US+f1", "gmw/en-US+Alex", "gmw/en-US+steph"),
    *("gmw/en-GB-x-rp", "gmw/en+f3", "gmw/en-029"),
)
FLITE = (("slt", 1.0), ("slt", 0.93), ("rms", 1.0), ("rms", 1.08))
"""Voices of people, with their pitch and pace times a number."""

ROOMS: dict[str, Callable[[NDArray[np.float64], int], bytes]] = {
    "quiet, 30 dB": lambda said, seed: heard(said, 30.0, seed),
    "noise, 20 dB": lambda said, seed: heard(said, 20.0, seed),
    "noise, 10 dB": lambda said, seed: heard(said, 10.0, seed),
    "echoes, 25 dB": lambda said, seed: heard(said, 25.0, seed, echo=True),
}
"""How much louder than the noise the voice is."""
TALK_ROOM = "quiet, 30 dB"


@dataclass(frozen=True)
class Row:
    """How the commands of some voices were heard in a room."""

    voices: str
    room: str
    said: int
    right: int
    wrong: int


@dataclass(frozen=True)
class Taken:
    """A sentence that was taken for a command."""

    sentence: str
    voice: str
    commands: list[Command]


@dataclass(frozen=True)
class Cost:
    """How much of one processor core listening takes."""

    silence: float
    talk: float
    after_ms: float


def main() -> None:
    """Measure, print the tables, and write the results as JSON where asked."""
    parser = argparse.ArgumentParser(prog="scripts/bench listen", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there too")
    options = parser.parse_args()
    kinds: dict[str, Mapping[str, Voice]] = {"espeak": {name: partial(_by_espeak, name) for name in ESPEAK}}
    if _has_flite():
        kinds["flite"] = {f"{name} x {pitch}": partial(_by_flite, name, pitch) for name, pitch in FLITE}
    hearing = Hearing()
    rows = [row for kind, voices in kinds.items() for row in measured(hearing, kind, voices)]
    every = {name: voice for voices in kinds.values() for name, voice in voices.items()}
    sentences = [sentence for group in _TALK for sentence in group]
    taken = list(taken_for_commands(hearing, every, sentences))
    about = machine() | {"recogniser": f"pocketsphinx {version('pocketsphinx')}"}
    cost = costs(hearing, every, sentences)
    print(table(about, rows, taken, len(sentences) * len(every), cost))
    if options.json:
        results = {
            "machine": about,
            "rows": [asdict(row) for row in rows],
            "sentences": len(sentences) * len(every),
            "taken": [asdict(one) for one in taken],
            "cost": asdict(cost),
        }
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


_TALK = (
    listen_talk.COACHING,
    listen_talk.HOUSEHOLD,
    listen_talk.WORDS_OF_COMMANDS,
    listen_talk.WAKE_WORDS,
)


def measured(hearing: Hearing, kind: str, voices: Mapping[str, Voice]) -> Iterator[Row]:
    """A row for each room."""
    for room, sounds in ROOMS.items():
        said = right = wrong = 0
        for name, voice in voices.items():
            for words, command in COMMANDS.items():
                text = f"{WAKE.capitalize()}, {words}."
                found = commands_in(hearing, sounds(voice(text), _seed(text, name, room)))
                said += 1
                right += found == [command]
                wrong += bool(found) and found != [command]
        yield Row(kind, room, said, right, wrong)


def taken_for_commands(
    hearing: Hearing, voices: Mapping[str, Voice], sentences: Sequence[str]
) -> Iterator[Taken]:
    """Those sentences, each by every voice, in which a command was heard."""
    for name, voice in voices.items():
        for sentence in sentences:
            samples = ROOMS[TALK_ROOM](voice(sentence), _seed(sentence, name))
            if found := commands_in(hearing, samples):
                yield Taken(sentence, name, found)


def costs(hearing: Hearing, voices: Mapping[str, Voice], sentences: Sequence[str]) -> Cost:
    """The processor time of a second of a quiet room and of talk, and how long a command takes to be understood."""
    voice = next(iter(voices.values()))
    talk = b"".join(ROOMS[TALK_ROOM](voice(sentence), 0) for sentence in sentences[:60])
    noise = np.random.default_rng(0).normal(0, 30, 60 * RATE).astype("<i2").tobytes()
    command = ROOMS[TALK_ROOM](voice(f"{WAKE.capitalize()}, stop."), 0)
    times = []
    for _ in range(9):
        started = time.perf_counter()
        commands_in(hearing, command)
        times.append(time.perf_counter() - started)
    return Cost(_load(hearing, noise), _load(hearing, talk), 1000 * sorted(times)[len(times) // 2])


def commands_in(hearing: Hearing, samples: bytes) -> list[Command]:
    """What is heard in samples that follow nothing."""
    hearing.hear(b"")
    blocks = (samples[at : at + FRAME_BYTES] for at in range(0, len(samples), FRAME_BYTES))
    return [command for block in blocks for command in hearing.hear(block)]


def _load(hearing: Hearing, samples: bytes) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF)
    commands_in(hearing, samples)
    after = resource.getrusage(resource.RUSAGE_SELF)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used / (len(samples) / 2 / RATE)


def _by_espeak(name: str, text: str) -> NDArray[np.float64]:
    samples = np.frombuffer(espeak().synthesize(text, name, 150), dtype="<i2")
    return at_rate(samples, espeak().sample_rate)


def _by_flite(name: str, pitch: float, text: str) -> NDArray[np.float64]:
    # A filter's own signs would end the text.
    plain = "".join(sign for sign in text if sign not in "':?").replace(",", "\\,")
    source = f"flite=text='{plain}':voice={name}"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "-ar", str(RATE), "-f", "s16le", "-"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return at_rate(np.frombuffer(done.stdout, dtype="<i2"), RATE * pitch)


def _has_flite() -> bool:
    if shutil.which("ffmpeg") is None:
        return False
    filters = subprocess.run(
        ["ffmpeg", "-v", "error", "-filters"], capture_output=True, text=True, check=True
    )
    return " flite " in filters.stdout


def _seed(*what: str) -> int:
    return crc32("|".join(what).encode())


def table(
    about: dict[str, str], rows: Sequence[Row], taken: Sequence[Taken], sentences: int, cost: Cost
) -> str:
    """The results as Markdown."""
    lines = [f"- {name}: {value}" for name, value in about.items()]
    lines += ["", "| voices | room | commands | heard | taken for another |", "|---|---|---|---|---|"]
    for row in rows:
        shares = (f"{100 * count / row.said:.0f} %" for count in (row.right, row.wrong))
        lines.append(f"| {row.voices} | {row.room} | {row.said} | {' | '.join(shares)} |")
    lines += ["", f"Of {sentences} other sentences {len(taken)} were taken for a command:"]
    lines += [f"- {one.voice}: “{one.sentence}” as {', '.join(one.commands)}" for one in taken] or ["- none"]
    lines += [
        "",
        f"Listening takes {cost.silence:.1%} of a processor core in a quiet room, {cost.talk:.1%} in talk.",
    ]
    lines += [
        f"Understanding a command takes {cost.after_ms:.0f} ms, after the {ENDS_MS} ms of silence that end it."
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
