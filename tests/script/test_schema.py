"""The JSON Schema that editors use: it completes and warns, and never refuses what `check` takes."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.script import editor
from tests.script.support import SHELF, Shelf, read
from voiceguide.files import DiskLibrary, user_folders
from voiceguide.script.keys import (
    DOSE_KEYS,
    EXERCISE_KEYS,
    EXERCISE_STEP_KEYS,
    MAX_RATE,
    MIN_RATE,
    ROUTINE_KEYS,
    SECTION_KEYS,
    VERBS,
    Key,
    names,
)
from voiceguide.script.schema import routine_schema

FOLDERS = user_folders()
SHIPPED = DiskLibrary(FOLDERS)
ROUTINES = sorted(FOLDERS.routines.glob("*.yaml"))

# Names that an editor's YAML does not take for text.
ODD = Shelf(
    SHELF | {"7": SHELF["plank"], "true": SHELF["plank"]},
    sounds=("bell", "3", "null"),
    languages=("en", "false"),
)
SCHEMA = routine_schema(ODD)
VALIDATOR = Draft202012Validator(SCHEMA)

SCALARS = (
    "30s", "30", "0", "-1", "1:30", "010", "2-3", "20-30s", "1.5", ".5", "5.", "1e3",
    "0x10", "+5", "08", "99", "100", "999", "1000", "150", "0150", "2-1-3", "2-2", "4",
    "'30s'", "'4'", "''", "~", "null", "true", "on", "en", "false", "bell", "3", "7",
    "plank", "bridge", "knee-drop", "both", "left", "kneeling", "neck", "x", "{side}", "10 reps", "5 breaths", "20s each side",
)  # fmt: skip
INCLUDED = {name.strip("'"): "steps: [{pause: 1s}]\n" for name in SCALARS}


def passes(text: str) -> bool:
    """Whether an editor marks nothing in the script."""
    return VALIDATOR.is_valid(editor.load(text))


def accepted(text: str) -> bool:
    """Whether `check` finds no error in the script, whatever it includes being there."""

    return read(text, files=INCLUDED, library=ODD)[0] is not None


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(routine_schema(SHIPPED))
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_schema_is_json() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("path", ROUTINES, ids=lambda path: path.stem)
@pytest.mark.parametrize("load", [editor.load, yaml.safe_load], ids=["YAML 1.2", "YAML 1.1"])
def test_the_shipped_routines_pass(path: Any, load: Any) -> None:
    errors = list(Draft202012Validator(routine_schema(SHIPPED)).iter_errors(load(path.read_text())))
    assert errors == []


def completions(schema: dict[str, Any]) -> set[str]:
    """The values that an editor offers."""
    found = set(schema.get("enum", ()))
    return found.union(*(completions(option) for option in schema.get("anyOf", ())))


def test_exercises_are_completed_as_a_step_and_as_its_key() -> None:
    definitions = routine_schema(SHIPPED)["$defs"]
    ids = set(SHIPPED.exercises)
    assert len(ids) == 22
    assert completions(definitions["step"]["anyOf"][0]) == ids
    assert completions(definitions["verb"]["propertyNames"]) == ids | set(names(VERBS)) - {"section"}


def test_sounds_sides_positions_and_conditions_are_completed() -> None:
    definitions = SCHEMA["$defs"]
    assert completions(definitions["verb"]["properties"]["sound"]) == {"bell", "3", "null"}
    assert "alternating" in completions(definitions["stepDose"]["anyOf"][1]["properties"]["sides"])
    assert "kneeling" in completions(definitions["exercise"]["properties"]["position"])
    assert "pregnancy" in completions(definitions["exercise"]["properties"]["avoid"]["anyOf"][0])


def test_every_key_says_what_it_means() -> None:
    definitions = SCHEMA["$defs"]
    for keys, properties in (
        (ROUTINE_KEYS, SCHEMA["properties"]),
        (EXERCISE_KEYS, definitions["exercise"]["properties"]),
        (SECTION_KEYS, definitions["section"]["properties"]),
        (DOSE_KEYS, definitions["dose"]["anyOf"][1]["properties"]),
        (EXERCISE_STEP_KEYS, definitions["stepDose"]["anyOf"][1]["properties"]),
        (tuple(key for key in VERBS if key.name != "section"), definitions["verb"]["properties"]),
    ):
        assert {name: value["description"] for name, value in properties.items()} == {
            key.name: key.meaning for key in keys
        }


@pytest.mark.parametrize(
    "text",
    [
        "steps: [plank]",
        "title: T",
        "title: T\nsteps: []",
        "title: T\nsteps: plank",
        "title: T\nsteps:",
        "title: [T]\nsteps: [plank]",
        "titel: x\ntitle: T\nsteps: [plank]",
        "title: T\nrate: fast\nsteps: [plank]",
        f"title: T\nrate: {MAX_RATE + 1}\nsteps: [plank]",
        f"title: T\nrate: {MIN_RATE - 1}\nsteps: [plank]",
        "title: T\nlanguage: tlh\nsteps: [plank]",
        "title: T\nsteps: [{rest: soon}]",
        "title: T\nsteps: [{rest: -5}]",
        "title: T\nsteps: [{pause: true}]",
        "title: T\nsteps: [{pause: 3 secs}]",
        "title: T\nsteps: [{sound: gong}]",
        "title: T\nsteps: [{say: [a]}]",
        "title: T\nsteps: [[plank]]",
        "title: T\nsteps: [{}]",
        "title: T\nsteps: [{plank: 30s, rest: 10s}]",
        "title: T\nsteps: [{plank: [30s]}]",
        "title: T\nsteps: [{plank: {hold: soon}}]",
        "title: T\nsteps: [{plank: {holdd: 30s}}]",
        "title: T\nsteps: [{plank: {reps: 0}}]",
        "title: T\nsteps: [{plank: {reps: 1000}}]",
        "title: T\nsteps: [{plank: {reps: many}}]",
        "title: T\nsteps: [{plank: {reps: 5, tempo: slow}}]",
        "title: T\nsteps: [{knee-drop: {hold: 5, sides: up}}]",
        "title: T\nsteps: [{section: S}]",
        "title: T\nsteps: [{section: S, steps: []}]",
        "title: T\nsteps: [{section: S, rounds: 100, steps: [plank]}]",
        "title: T\nsteps: [{section: S, rounds: 0, steps: [plank]}]",
        "title: T\nsteps: [{section: S, pace: 2, steps: [plank]}]",
        "title: T\nsteps: [plank]\nexercises: [own]",
        "title: T\nsteps: [plank]\nexercises: {own: 30s}",
        "title: T\nsteps: [plank]\nexercises: {own: {name: O}}",
        "title: T\nsteps: [plank]\nexercises: {own: {dose: 5s}}",
        "title: T\nsteps: [plank]\nexercises: {own: {name: O, dose: [5s]}}",
        "title: T\nsteps: [plank]\nexercises: {own: {name: O, dose: 5s, breath: slow}}",
        "title: T\nsteps: [plank]\nexercises: {own: {name: O, dose: 5s, position: stand}}",
        "title: T\nsteps: [plank]\nexercises: {own: {name: O, dose: 5s, avoid: [kneee]}}",
        "title: T\ndose: 101\nsteps: [plank]",
        "title: T\ndose: -1\nsteps: [plank]",
        "title: T\ndose: half\nsteps: [plank]",
        "title: T\ntalk: loud\nsteps: [plank]",
        "title: T\ncount: on\nsteps: [plank]",
        "title: T\nmusic-level: 6\nsteps: [plank]",
        "title: T\nmusic-level: loud\nsteps: [plank]",
        "title: T\nsay-as: [x]\nsteps: [plank]",
        "title: T\nsay-as: {x: [y]}\nsteps: [plank]",
        "title: T\nsay-as: {x: {it: y}}\nsteps: [plank]",
        "title: T\nsay-as: {x: {}}\nsteps: [plank]",
        "title: {it: T}\nsteps: [plank]",
        "title: {text: T}\nsteps: [plank]",
        "title: T\nopening: {}\nsteps: [plank]",
        "title: T\nopening: {en: {en: x}}\nsteps: [plank]",
        "title: T\nopening: {recording: left.wav}\nsteps: [plank]",
        "title: T\nsteps: [{say: {text: x, at: 5s}}]",
        "title: T\nsteps: [{say: {text: x, pause: 5s}}]",
        "title: T\nsteps: [{wait: {text: x, pause: soon}}]",
        "title: T\nsteps: [{wait: {pause: 5s}}]",
        "title: T\nsteps: [{wait: [x]}]",
        "title: T\nsteps: [{say: {text: x, language: it}}]",
        "title: T\nsteps: [{plank: {cues: {at: soon, text: x}}}]",
        "title: T\nsteps: [{plank: {cues: {at: 5s}}}]",
        "title: T\nsteps: [{plank: {talk: loud}}]",
        "title: T\nsteps: [{knee-drop: {first: both}}]",
        "title: T\nsteps: [{section: S, talk: loud, steps: [plank]}]",
        "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 5s, side: '{side}', change: {text: x, time: soon}}}",
        "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 5s, breath: 1-1-1-1-1}}",
        "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 5 reps, breathing: off}}",
        "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 5s, instead: [plank]}}",
        "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 5s, language: it}}",
        "[]",
        "plank",
    ],
)
def test_what_an_editor_marks_is_an_error_for_check_too(text: str) -> None:
    assert not passes(text)
    assert not accepted(text)


@pytest.mark.parametrize(
    "text",
    [
        "title: 2024\nopening: true\nsummary: ~\nclosing: 1.5\nsteps: [plank]",
        "title: T\nlanguage: false\nsteps: [{sound: 3}, {sound: null}]",
        "title: T\nsteps: [7, true, {7: 30s}, {true: 30s}]",
        "title: T\nsteps: [{rest: 0}, {rest: 1:30}, {rest: 0.5}, {pause: 010}, {pause: 1m 30s}]",
        "title: T\nsteps: [{plank: {sets: 2-3, hold: 20 – 30 s, rest: 0}}]",
        "title: T\nsteps: [{plank: {sets: 08, reps: 5, tempo: 4}}, {twist: {reps: 5, tempo: 2 - 0.5}}]",
        "title: T\nrate: 0100\nsteps: [{plank: {cues: [1, ~, true]}}]",
        "title: T\nrate: '150'\nsteps: [{section: 1, rounds: '2', steps: [plank]}]",
        "title: T\nsteps: [{include: 7}, {say: null}, {plank: {}}]",
        "title: T\nsteps: [1]\nexercises: {1: {name: 2, dose: 5s, needs: [3, ~], breath: 4, source: 5}}",
        "title: {en: 7, false: x}\ndose: 50%\nmusic-level: -3\ntalk: brief\ncount: up\nsay-as: {x: 7, y: {en: 7}}\nmusic: tunes\nsteps: [plank]",
        "title: T\nsteps: [{say: {en: 7, false: ~}}, {say: {text: 7, recording: left.wav, language: en}}]",
        "title: T\nsteps: [{wait: 7}, {wait: {en: x}}, {wait: {text: {en: x}, pause: 20}}, {wait: {text: x, recording: left.wav, pause: 1:30}}]",
        "title: T\nsteps: [{say: {text: {en: {text: x, recording: left.wav}, false: y}, recording: gong.mp3}}]",
        "title: T\nsteps: [{plank: {cues: [x, {en: y}, {at: 5, text: {en: z}}, {at: -0:05, text: z}]}}]",
        "title: T\nsteps: [{knee-drop: {hold: 5, first: right, talk: full}}, {section: {en: S}, talk: tones, steps: [plank]}]",
        "title: T\nsteps: [own]\nexercises: {own: {name: {en: O}, dose: 5s, side: '{side}', change: 12, instead: plank}}",
        "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 2 reps, phases: [{en: 1}, hold], breathing: [in, out], breath: 2-3}}",
        "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: {hold: 5}, cues: x, avoid: neck, phases: [1, 2], tempo: 1-2}}",
    ],
)
def test_what_check_takes_an_editor_does_not_mark(text: str) -> None:
    assert accepted(text)
    assert passes(text)


# What a value of each kind may well be; every other kind is a text.
LIKELY: dict[str, tuple[str, ...]] = {
    "count": ("2", "08", "99"),
    "counts": ("5", "2-3", "'4'", "08"),
    "span": ("30s", "20-30s", "1:30", "30", "1.5"),
    "duration": ("30s", "1:30", "010", "1m 30s"),
    "rest": ("0", "10s", "0-5"),
    "tempo": ("2-1-3", "2 – 2", "4", "0-0.5"),
    "sides": ("both", "left", "each side"),
    "rate": ("150", "0150", "'80'"),
    "language": ("en", "false"),
    "sound": ("bell", "3", "null"),
    "position": ("kneeling", "on-back"),
    "conditions": ("neck", "[disc, knee]"),
    "dose": ("30s", "10 reps", "{hold: 5}", "{reps: 3, sets: 2}"),
    "phases": ("[a, b]", "[up, hold, down]", "x", "[{en: a, 'false': c}, hold]"),
    "text": (
        "x",
        "~",
        "7",
        "on",
        "{en: x, 'false': ~}",
        "{text: x, recording: left.wav}",
        "{text: {en: x}}",
        "{text: 7, language: en}",
        "{en: {text: x, recording: gong.mp3}}",
        "'{next}'",
    ),
    "words": ("x", "{en: x}"),
    "label": ("x", "~", "7", "2024-01-01", "{en: 7, 'false': x}"),
    "texts": ("x", "[x, {en: y}]", "{text: x}"),
    "cues": ("x", "[x, {at: 5s, text: y}]", "{at: -5, text: {en: x}, recording: left.wav}"),
    "change": ("x", "12s", "7", "{text: x, time: 12}", "{en: x}"),
    "wait": ("x", "7", "{en: x}", "{text: x, pause: 20s}", "{text: {en: x}, recording: left.wav}"),
    "percent": ("0", "50%", "100", "'7 %'"),
    "level": ("-30", "+5", "-3 dB", "0"),
    "pronunciations": ("{psoas: so-as, 7: 8}", "{}"),
    "talk": ("full", "brief", "tones"),
    "counting": ("up", "down"),
    "side": ("left", "right"),
    "breath": ("4s", "4", "2-3", "1 – 1-1-1", "1:30"),
    "breathing": ("[in, out]", "in", "[in, hold, out]"),
    "exercise": ("plank", "7", "own"),
    "moment": ("5s", "-5", "-1:30"),
}
LINES = {"music": ("tunes", "gong.mp3"), "recording": ("left.wav",)}
TEXTS = ("x", "~", "7", "on", "2024-01-01", "'{a b}'")
scalars = st.sampled_from(SCALARS)
lists = st.lists(scalars, max_size=2).map(lambda items: f"[{', '.join(items)}]")
anything = st.one_of(scalars, lists, st.just("{}"))
ids = st.sampled_from(["plank", "bridge", "knee-drop", "twist", "7", "true"])


def value_of(key: Key) -> st.SearchStrategy[str]:
    """Mostly a likely value, else anything."""
    likely = st.sampled_from(LINES.get(key.name) or LIKELY.get(key.kind, TEXTS))
    return st.integers(0, 9).flatmap(lambda roll: likely if roll else anything)


def entry(key: Key) -> st.SearchStrategy[str]:
    return value_of(key).map(lambda value: f"{key.name}: {value}")


def mapping(keys: tuple[Key, ...], *needed: Key) -> st.SearchStrategy[str]:
    """A mapping of up to three of the keys and of what it needs."""
    chosen = st.lists(st.sampled_from([key for key in keys if key not in needed]), max_size=3, unique=True)
    return chosen.flatmap(lambda found: st.tuples(*map(entry, (*needed, *found)))).map(
        lambda entries: f"{{{', '.join(entries)}}}"
    )


verb_steps = (
    st.sampled_from([key for key in VERBS if key.name != "section"]).flatmap(entry).map("{{{}}}".format)
)
doses = st.one_of(st.sampled_from(LIKELY["dose"]), mapping(EXERCISE_STEP_KEYS), anything)
simple_steps = st.one_of(
    ids, st.tuples(ids, doses).map("{{{0[0]}: {0[1]}}}".format), verb_steps, verb_steps, anything
)
sections = st.tuples(
    value_of(SECTION_KEYS[0]), value_of(SECTION_KEYS[1]), st.lists(simple_steps, min_size=1, max_size=2)
).map(lambda parts: f"{{section: {parts[0]}, rounds: {parts[1]}, steps: [{', '.join(parts[2])}]}}")
own_exercises = mapping(EXERCISE_KEYS, *(key for key in EXERCISE_KEYS if key.required))


@st.composite
def scripts(draw: st.DrawFn) -> str:
    """Scripts with the right keys and likely values, some of them wrong."""
    lines = [draw(entry(ROUTINE_KEYS[0]))]
    others = [key for key in ROUTINE_KEYS if key.name not in ("title", "steps", "exercises")]
    lines += [draw(entry(key)) for key in draw(st.lists(st.sampled_from(others), max_size=2, unique=True))]
    steps = draw(st.lists(simple_steps | sections, min_size=1, max_size=2))
    if draw(st.booleans()):
        lines.append(f"exercises: {{own: {draw(own_exercises)}}}")
        steps.append("own")
    return "\n".join([*lines, f"steps: [{', '.join(steps)}]"])


@settings(deadline=None)
@given(scripts())
def test_no_script_that_check_takes_is_marked_by_an_editor(text: str) -> None:
    if accepted(text):
        assert passes(text)


def test_a_key_that_yaml_takes_for_a_number_is_a_key() -> None:
    text = dedent(
        """
        title: T
        steps:
          - 7: 30s
          - 12: {reps: 3}
        exercises:
          12: {name: Twelve, dose: 5s}
        """
    )
    assert accepted(text)
    assert passes(text)
