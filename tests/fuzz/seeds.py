"""What fuzzing begins with: the shipped files, small scripts of every kind of step, and the words of the formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.targets import CUT
from voiceguide.phrases import LANGUAGES
from voiceguide.script import keys
from voiceguide.script.nodes import ListNode, MapNode, SourceFile, TextNode, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.script.nodes import Node

_ROOT = Path(__file__).parents[2]

_DOSES = (
    "2-3 x 30s each side, rest 10s", "10 reps @ 2-1-3", "5 breaths alternating, right first", "8-10 reps, hold 5s", "1:30",
    "1m30s left", "3×20–30s", "1h2m3.5s", "hold 0:45", "1.5-2.25m", "0-0.5-0.001", "12", "99 x 999 reps", "24h", "1:02:03",
)  # fmt: skip

_SMALL = (
    """\
title: T
steps: [bridge, knee-drop: 3 x 20s each side, twist, bow, rest: 20s, pause: 3, sound: bell, say: Hello.]
""",
    """\
title: {en: A, de: B}
language: de
music: tunes
steps:
  - say: {en: x, de: {text: y, recording: left.wav}}
  - say: {text: x, language: en}
  - wait: {text: Ready?, pause: 5s}
""",
    """\
title: T
say-as: {psoas: so-as, toe: {en: to}}
music-level: -3
dose: 25%
talk: brief
count: down
steps:
  - section: S
    rounds: 2
    talk: tones
    steps: [own: 2 breaths, plank]
exercises:
  own: {name: Own, dose: 3 x 5 reps, phases: [up, hold, down], tempo: 2-1-2, side: 'the {side}',
    setup: [Kneel.], cues: [{at: -5s, text: 'In {left}.'}, 'Of {reps}.'], change: {text: 'Now {other}.', time: 6s},
    breath: 2-2, breathing: [in, hold, out], instead: plank, avoid: [knee], needs: mat, caution: C., release: R.}
""",
    CUT.decode().join(
        (
            "title: T\nsteps:\n  - include: b.yaml\n  - include: c.yaml\n",
            "steps: [bridge: 2 reps, include: c.yaml]\n",
            "language: de\nsteps: [say: Gut., {bridge: {reps: 8-10, hold: 5s, sets: 2, cues: ['{next}']}}]\n",
        )
    ),
)
_LONGEST_DOSE = 40
_PROGRAMME = (
    "title: T\nsummary: S\nstart: 2026-11-23\ndays: [a, b, rest, [a, b], rest, a, rest]\nweeks:\n"
    "  - 0%\n  - dose: 50%\n    days: [a, a, a, a, a, a, rest]\n"
)
_TIMERS = (
    "# Morning\n# language: de\nPlank | 30\nRest | 10 # short\n\n# a note\nLean left | 1:30\nfold\nGet ready! | 5 sec\n",
    (
        '{"workouts": [{"title": "A", "sets": [{"repetitions": 2, "exercises": [{"name": "Fold", "duration": 30},'
        ' {"name": "Rest", "duration": 10}]}]}]}'
    ),
    (
        '{"id": "x", "title": null, "position": 1, "sets": [{"id": "y", "name": "S", "repetitions": null, "exercises": ['
        '{"name": "Lean (right)", "duration": 0}, {"type": "counted", "name": "\\u00dcb", "count": 12}]}]}'
    ),
)
_CONFIGURATION = (
    "language: de\nrate: 150\nrender: {output: x.mp3}\navoid: [knee, back]\nsay-as: {psoas: so-as}\n"
)


def seeds(target: str) -> Iterator[bytes]:
    """Inputs that a target reads without a mistake, most of them small."""
    match target:
        case "dose":
            for number, notation in enumerate((*_DOSES, *_written())):
                yield bytes([number % 8]) + notation.encode()
        case "reader":
            yield from (text.encode() for text in _SMALL)
        case "session":
            yield from (text.encode() for text in _SMALL)
            yield from (_own(path) for path in _files("exercises"))
        case "programme":
            yield _PROGRAMME.encode()
            yield from (path.read_bytes() for path in _files("programmes"))
        case "configuration":
            yield _CONFIGURATION.encode()
        case "timeline":
            yield _timeline()
        case "import":
            yield from (text.encode() for text in _TIMERS)
            yield _TIMERS[0].encode("utf-16")
    yield b""


def words(target: str) -> tuple[str, ...]:
    """The words of a target's format: a dictionary for the fuzzer."""
    units = (
        "s",
        "m",
        "h",
        "rep",
        "reps",
        "breath",
        "breaths",
        "x",
        "×",
        "-",
        "–",
        "@",
        ",",
        ":",
        ".",
        "rest",
        "hold",
    )
    sides = ("each side", "alternating", "left", "right", "left first", "right first")
    numbers = ("0", "1", "2", "30", "99", "100", "999", "1000", "0.5", "-1", "86400", "99999999999999999999")
    marks = (
        "\n", "\n  ", "- ", ": ", ", ", "{", "}", "[", "]", '"', "'", "#", "? ", "|\n", ">\n", "&a ", "*a", "<<: ", "!!int ",
        "!!python/object:os.system ", "---\n", "...\n", "%YAML 1.1\n", "\t", "\r", "\x00", "\x1b", "\x85", "\u2028", "\ufeff",
        "\u202e", "\u200f", "\U0001f9d8", "~", "null", "\\x1b", "\\ud800", "../", "{side}", "{next}", "{hold}", "{left}",
    )  # fmt: skip
    script = (*keys.ROUTINE_KEYS, *keys.SECTION_KEYS, *keys.EXERCISE_KEYS, *keys.EXERCISE_STEP_KEYS)
    inner = (*keys.CUE_KEYS, *keys.CHANGE_KEYS, *keys.WAIT_KEYS, *keys.PROGRAMME_KEYS, *keys.WEEK_KEYS)
    names = keys.names((*script, *inner))
    known = (
        *keys.names(keys.VERBS),
        *keys.TALKS,
        *keys.COUNTINGS,
        *keys.POSITIONS,
        *keys.CONDITIONS,
        *LANGUAGES,
    )
    match target:
        case "dose":
            return (*units, *sides, *numbers)
        case "timeline":
            return (
                "start_ms",
                "end_ms",
                "cues",
                "spans",
                "chapters",
                "source",
                "speech",
                "recording",
                "null",
                *numbers,
            )
        case "import":
            parts = (
                "workouts",
                "title",
                "sets",
                "repetitions",
                "exercises",
                "name",
                "duration",
                "type",
                "counted",
                "count",
            )
            kinds = (
                "Fold",
                "Lean",
                "left",
                "Rest",
                "Get ready",
                "null",
                "true",
                "language",
                "background",
                " | ",
            )
            return (*parts, *kinds, *numbers, *marks)
    return tuple(
        dict.fromkeys((*units, *sides, *numbers, *marks, *names, *known, "bridge", "knee-drop", "bell"))
    )


def _files(folder: str) -> list[Path]:
    return sorted((_ROOT / "scripts" / folder).glob("*.yaml"))


def _own(exercise: Path) -> bytes:
    """A script with a shipped exercise as its own."""
    lines = exercise.read_text(encoding="utf-8").splitlines(keepends=True)
    return f"title: T\nsteps: [own]\nexercises:\n  own:\n{''.join(f'    {line}' for line in lines)}".encode()


def _written() -> Iterator[str]:
    """The doses of the shipped routines and exercises, and other short texts."""
    for path in (*_files("routines"), *_files("exercises")):
        root, _ = parse(SourceFile(path.name, path.read_text(encoding="utf-8")))
        yield from dict.fromkeys(_doses(root))


def _doses(node: Node | None) -> Iterator[str]:
    """The short texts below a node, which are doses or resemble one."""
    match node:
        case TextNode(text) if len(text) <= _LONGEST_DOSE:
            yield text
        case ListNode(items):
            for item in items:
                yield from _doses(item)
        case MapNode(entries):
            for _, value in entries:
                yield from _doses(value)


def _timeline() -> bytes:
    span = {
        "kind": "hold",
        "exercise": "bridge",
        "side": "left",
        "set": 1,
        "sets": 2,
        "rep": None,
        "reps": None,
    }
    cue = {"role": "say", "text": "Hello.", "start_ms": 0, "end_ms": 480, "exercise": None}
    return json.dumps(
        {
            "format": 1,
            "title": "T",
            "language": "en",
            "voice": {"engine": "pyttsx3", "voice": "v", "rate": 150},
            "duration_ms": 2_000,
            "music": {"path": "tunes", "level_db": -3},
            "keep_awake": True,
            "chapters": [{"title": "T", "start_ms": 0, "end_ms": 2_000}],
            "spans": [span | {"start_ms": 480, "end_ms": 1_000}],
            "cues": [
                cue | {"source": {"speech": "Hello.", "language": "de"}},
                cue | {"start_ms": 480, "end_ms": 500, "source": {"sound": "bell"}},
                cue | {"start_ms": 500, "end_ms": 600, "source": {"recording": "a.wav"}},
            ],
        }
    ).encode()
