"""Whole scripts with hostile values, made by structure: read, planned and compiled, or refused; never slow, never raised."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import CUT, TARGETS
from voiceguide.script import keys

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

whole = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def repeated(*pairs: tuple[str, int]) -> SearchStrategy[str]:
    """Long texts by what they repeat, as failures should show them."""
    return st.sampled_from(pairs).map(lambda pair: pair[0] * pair[1])


TEXTS = repeated(("a", 1_001), ("a", 20_000), ("\U0001f9d8", 200), ("e\u0301", 300), ("{}", 400)) | st.sampled_from(
    [
        "Breathe.", "", " ", "\u202eturned", "\u200f\u2066\u2069", "\x00", "\x1b[2J", "\x9b1m", "\x85",
        "\u2028", "\ufeff", "<speak>x</speak>", "[[x]]", "{side}", "{hold} {reps} {next}",
        "{left}", "{en}", "{other:form}", "%n%s", "=1+1", "!!python/object:os.system", "&a", "*a", "<<", "null",
        "~", "on", "1:30", "010", "0x10", "1e9", ".inf", "../../etc/passwd", "/dev/zero", "NUL", "b.yaml", "bell", "tunes",
    ]
)  # fmt: skip
NUMBERS = st.sampled_from(
    [
        "0",
        "1",
        "2",
        "99",
        "100",
        "999",
        "1000",
        "99999999999999999999",
        "-1",
        "0.001",
        "1e400",
        "٣",
        "½",
        "1_000",
    ]
)
DOSES = repeated(("9", 5_000), ("x", 5_000), ("1-", 3_000), ("5 reps @ 0", 400)) | st.sampled_from(
    [
        "99 x 999 reps", "999 reps @ 0.5", "99 x 24h", "1s", "2-3 x 20-30s each side, rest 0s", "99 x 999 breaths alternating",
        "24:00:00", "1 rep, hold 24h", "5 reps",
        "3 x 10s left", "2 x 5 reps @ 2-1-3", "rest 10s", "@ 2-2", "hold 5s",
    ]
)  # fmt: skip
LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "xx", "EN", ""])
EXERCISES = st.sampled_from(
    ["plank", "bridge", "knee-drop", "twist", "bow", "own", "other", "gone", "say", "rest"]
)


def mapping(table: tuple[keys.Key, ...], value: SearchStrategy[object]) -> SearchStrategy[object]:
    """A mapping of some keys of a table to values that may be meant for others."""
    return st.dictionaries(st.sampled_from(keys.names(table)) | TEXTS, value, max_size=6)


LEAVES = TEXTS | NUMBERS | DOSES
SPOKEN = TEXTS | st.dictionaries(LANGUAGES, TEXTS, max_size=3) | mapping(keys.CUE_KEYS, TEXTS | NUMBERS)
VALUES = LEAVES | SPOKEN | st.lists(SPOKEN | LEAVES, max_size=4)
STEPS = st.recursive(
    EXERCISES
    | st.dictionaries(EXERCISES, DOSES | mapping(keys.EXERCISE_STEP_KEYS, VALUES), min_size=1, max_size=1)
    | st.dictionaries(st.sampled_from(keys.names(keys.VERBS)), VALUES, min_size=1, max_size=2),
    lambda steps: st.fixed_dictionaries(
        {"section": SPOKEN, "rounds": NUMBERS, "steps": st.lists(steps, max_size=3)}
    ),
    max_leaves=12,
)
OWN = st.fixed_dictionaries(
    {"name": SPOKEN, "dose": DOSES},
    optional={key.name: VALUES for key in keys.EXERCISE_KEYS if key.name not in ("name", "dose")},
)
SCRIPTS = st.fixed_dictionaries(
    {"title": SPOKEN, "steps": st.lists(STEPS, max_size=6)},
    optional={
        "exercises": st.dictionaries(EXERCISES | TEXTS, OWN, max_size=3),
        **{key.name: VALUES for key in keys.ROUTINE_KEYS if key.name not in ("title", "steps", "exercises")},
    },
)


def written(script: object) -> str:
    """A script in JSON, which is YAML too."""
    return json.dumps(script)


@whole
@given(SCRIPTS)
def test_a_script_of_hostile_values(script: object) -> None:
    TARGETS["session"](written(script).encode())


@whole
@given(SCRIPTS)
def test_a_script_of_hostile_values_that_nothing_escapes(script: object) -> None:
    TARGETS["session"](json.dumps(script, ensure_ascii=False).encode("utf-8", "surrogatepass"))


@whole
@given(SCRIPTS, st.lists(STEPS, max_size=4), st.lists(STEPS, max_size=4))
def test_a_script_and_what_it_includes(
    script: dict[str, object], one: list[object], other: list[object]
) -> None:
    includes = [{"include": "b.yaml"}, {"include": "c.yaml"}]
    parts = ({**script, "steps": [*includes, "plank"]}, {"steps": [*one, includes[1]]}, {"steps": other})
    TARGETS["session"](CUT.join(written(part).encode() for part in parts))


@pytest.mark.parametrize("depth", range(1, 5))
@pytest.mark.parametrize("rounds", [2, 99, 100])
@pytest.mark.parametrize(
    "inner",
    ["plank", "plank: 99 x 999 reps", "twist: 99 x 999 reps @ 0.25-0.25", "sound: bell", "pause: 0.001s", "wait: x", "say: x",
     "rest: 0s", "include: b.yaml", "bow: 99 x 999 breaths alternating"],
)  # fmt: skip
def test_rounds_in_rounds_of_anything(depth: int, rounds: int, inner: str) -> None:
    """Up to a hundred million of whatever stands in them."""
    start = f"{{section: S, rounds: {rounds}, steps: ["
    script = f"title: T\nsteps:\n  - {start * depth}{{{inner}}}{']}' * depth}\n".replace("{plank}", "plank")
    TARGETS["session"](script.encode() + CUT + b"steps: [twist: 99 x 1 rep, say: x, sound: bell]\n")


@pytest.mark.parametrize(
    "line",
    [
        "title: !!python/object:os.system {}",
        "title: !!python/object/apply:os.system ['true']",
        "title: !<tag:yaml.org,2002:python/name:os.system> x",
        "title: &a [*a]",
        "title: &a {x: *a}",
        "<<: {title: T}",
        "<<: *a",
        "title: !!binary aGVsbG8=",
        "title: !!set {a, b}",
        "title: \"\\ud800\"",
        "title: \"\\U00110000\"",
        "title: \"\\x9b\"",
        "%TAG ! tag:x,2000:\n---\ntitle: !x y",
        "title: a\n...\n---\ntitle: b",
        "? [a, b]\n: c",
        "? {a: b}\n: c",
        "title: " + "[" * 10_000,
        "title: " + "{a: " * 10_000,
        "title: " + "&a " * 1_000 + "x",
        "title: " + "!!str " * 1_000 + "x",
        "- " * 10_000,
        "? " * 10_000,
        "title: |99\n  x",
        "title: >\n" + "\n" * 50_000,
        "#" * 900_000,
        "title: '" + "''" * 300_000 + "'",
        'title: "' + "\\n" * 300_000 + '"',
        "\ufefftitle: T",
        "title: T\r\nsteps: [plank]\r\n",
        "title: T\u2028steps: [plank]",
    ],
    ids=lambda line: line[:24].encode("unicode_escape").decode(),
)  # fmt: skip
def test_what_yaml_can_do_that_a_script_cannot(line: str) -> None:
    TARGETS["session"](f"{line}\nsteps: [plank]\n".encode())
