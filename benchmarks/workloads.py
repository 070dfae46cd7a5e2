"""Routines of a given length and a given number of cues, to be rendered by `benchmarks/render.py`.

They are holds of half a minute with what the guide says around them, pauses, and a sentence here and there until the number
is right. Nothing is random: the same program makes the same routine.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_EXERCISES = {
    "knee-hug": ("Knee hug", "Lie on your back and draw both knees in.", "Let your low back grow long."),
    "knee-fall": ("Knee fall", "Let both knees fall to one side.", "Keep your shoulders on the floor."),
    "hip-lift": ("Hip lift", "Press your feet down and lift your hips.", "Keep your knees over your feet."),
    "heel-press": ("Heel press", "Push your heels away from you.", "Breathe into your belly."),
    "arm-reach": ("Arm reach", "Stretch both arms over your head.", "Let your ribs rise and fall."),
    "long-fold": ("Long fold", "Sit up and fold over your legs.", "Let your head hang."),
    "back-arch": ("Back arch", "Come to hands and knees, and arch your back.", "Press the floor away."),
    "low-kneel": ("Low kneel", "Sit back on your heels and stretch out.", "Let your arms grow heavy."),
}
_BREATHE = "Breathe out slowly."
_THINGS = ("knees", "feet", "hips", "hands", "elbows", "shoulders", "heels", "ribs")
_WAYS = ("rest", "grow heavy", "sink down", "float up", "soften", "spread", "settle", "lengthen")
_WHENS = (
    "as you breathe out",
    "for a moment",
    "little by little",
    "without any hurry",
    "on both sides",
    "once more",
    "as far as is easy",
)
_ROUGH_CUES = 18
"""What one exercise comes to, about."""
_LENGTH_WITHIN_MS = 1_000


class WorkloadError(Exception):
    """What was made is not what was asked for: the guide's words or rules have changed."""


@dataclass(frozen=True)
class Workload:
    """A routine's script and what is in its timeline, times in ms.

    `cues` are what `benchmarks/naive.py` takes; `spoken` of them are speech, of `phrases` different texts, the others tones.
    """

    name: str
    script: Path
    duration_ms: int
    cues: list[dict[str, Any]]
    spoken: int
    phrases: int

    def __str__(self) -> str:
        """How it is introduced."""
        minutes, tones = round(self.duration_ms / 60_000), len(self.cues) - self.spoken
        length = f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"  # noqa: PLR2004 (two hours)
        return f"{length}, {len(self.cues)} cues: {self.spoken} spoken of {self.phrases} distinct phrases, {tones} tones"


@dataclass(frozen=True)
class Maker:
    """What makes workloads: the installed command, the environment it runs in, a folder, and that of the cue sounds."""

    command: Path
    environment: Mapping[str, str]
    folder: Path
    sounds: Path

    def make(
        self, name: str, *, minutes: int, cues: int, exercises: int, phrases: int | None = None
    ) -> Workload:
        """A routine of so many minutes (to the second), cues, exercises to choose from, and distinct phrases.

        Raises WorkloadError where it does not come out so.
        """
        blocks = cues // _ROUGH_CUES
        while len(self._compiled(name, blocks, exercises)["cues"]) > cues:
            blocks -= 1
        breaths = cues - len(self._compiled(name, blocks, exercises)["cues"])
        dense = self._compiled(name, blocks, exercises, breaths)["duration_ms"]
        self._write(name, blocks, exercises, breaths, (60_000 * minutes - dense) // 1000)
        workload = self.read(name)
        wanted = (cues, phrases or workload.phrases)
        if (
            abs(workload.duration_ms - 60_000 * minutes) > _LENGTH_WITHIN_MS
            or (len(workload.cues), workload.phrases) != wanted
        ):
            raise WorkloadError(
                f"{name}: {workload}; wanted {minutes} minutes, {cues} cues, {phrases} phrases"
            )
        return workload

    def talk(self, name: str, *, phrases: int) -> Workload:
        """A routine that says so many sentences, all of them different; raises WorkloadError where it does not."""
        sentences = islice(product(_THINGS, _WAYS, _WHENS), phrases)
        lines = [f"title: {name}", "steps:"]
        for thing, way, when in sentences:
            lines += [f"  - say: Let your {thing} {way} {when}.", "  - pause: 2s"]
        self._script(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        workload = self.read(name)
        if workload.phrases < phrases:
            raise WorkloadError(f"{name}: {workload}; wanted {phrases} phrases")
        return workload

    def read(self, name: str) -> Workload:
        """The workload that was made by this name, with the lengths that phrases have in the cache as it is.

        espeak says a phrase a little longer or shorter each time, and what follows it moves by a frame.
        """
        timeline = self._timeline(name)
        spoken = [cue["text"] for cue in timeline["cues"] if "speech" in cue["source"]]
        cues = [
            {"start_ms": cue["start_ms"], "end_ms": cue["end_ms"]}
            | (
                {"text": cue["source"]["speech"]}
                if "speech" in cue["source"]
                else {"sound": str(self.sounds / f"{cue['source']['sound']}.wav")}
            )
            for cue in timeline["cues"]
        ]
        return Workload(
            name, self._script(name), timeline["duration_ms"], cues, len(spoken), len(set(spoken))
        )

    def _compiled(self, name: str, *amounts: int) -> Any:
        self._write(name, *amounts)
        return self._timeline(name)

    def _write(self, name: str, blocks: int, exercises: int, breaths: int = 0, pauses: int = 0) -> None:
        self._script(name).write_text(_script(name, blocks, exercises, breaths, pauses), encoding="utf-8")

    def _timeline(self, name: str) -> Any:
        done = subprocess.run(
            [str(self.command), "compile", str(self._script(name))],
            env=self.environment,
            check=True,
            capture_output=True,
        )
        return json.loads(done.stdout)

    def _script(self, name: str) -> Path:
        return self.folder / f"{name}.yaml"


def _script(name: str, blocks: int, exercises: int, breaths: int, pauses: int) -> str:
    """A routine of so many blocks of one exercise, with sentences and seconds of pause spread over them."""
    ids = list(_EXERCISES)[:exercises]
    lines = [f"title: {name}", "opening: Lie down on your back.", "closing: Roll to one side.", "steps:"]
    for block in range(blocks):
        lines.append(f"  - {ids[block % len(ids)]}")
        # A pause is between sentences, so that each of them is heard by itself.
        lines += [f"  - say: {_BREATHE}", "  - pause: 2s"] * _share(breaths, blocks, block)
        if pauses:
            lines.append(f"  - pause: {_share(pauses, blocks, block)}s")
    lines.append("exercises:")
    for one in ids:
        called, setup, reminder = _EXERCISES[one]
        lines += [f"  {one}:", f"    name: {called}", f"    setup: {setup}", "    dose: 2 x 25s, rest 10s"]
        lines.append(f"    cues: [{reminder}]")
        if one == ids[0]:
            lines.append("    caution: Go gently.")
    return "\n".join(lines) + "\n"


def _share(total: int, parts: int, index: int) -> int:
    """The whole number of `total` that falls on one of `parts`, so that they make it up."""
    return total * (index + 1) // parts - total * index // parts
