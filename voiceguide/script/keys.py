"""The keys that scripts may have: the table that the reader, the JSON Schema and the reference agree on."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from voiceguide.model import Condition, Position

Kind = Literal[
    "text", "texts", "line", "language", "sound", "rate", "count", "counts", "duration", "span", "rest", "tempo", "sides",
    "dose", "steps", "exercises", "position", "conditions", "names", "phases",
]  # fmt: skip


class Key(NamedTuple):
    """A key: its name, the kind of its value, and what it means."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False


ROUTINE_KEYS = (
    Key("title", "line", "what the routine is called", required=True),
    Key("summary", "line", "what it is for, in one sentence"),
    Key("language", "language", "the language of its words"),
    Key("engine", "line", "the speech engine"),
    Key("voice", "line", "a voice of the engine"),
    Key("rate", "rate", "how fast it is spoken, in words a minute"),
    Key("opening", "text", "said first"),
    Key("steps", "steps", "what is done, in order", required=True),
    Key("closing", "text", "said last"),
    Key("exercises", "exercises", "exercises of one's own, by id"),
)

DOSE_KEYS = (
    Key("sets", "counts", "how many sets"),
    Key("hold", "span", "how long to hold; beside `reps`, how long the holding phase of each rep lasts"),
    Key("reps", "counts", "how many repetitions in a set"),
    Key("breaths", "counts", "how many breaths in a set"),
    Key("sides", "sides", "both (each side), each side, alternating, left or right"),
    Key("tempo", "tempo", "seconds of each phase of a rep"),
    Key("rest", "rest", "between sets"),
)

EXERCISE_STEP_KEYS = (*DOSE_KEYS, Key("cues", "texts", "reminders said in place of the exercise's own"))

EXERCISE_KEYS = (
    Key("name", "line", "what it is called", required=True),
    Key("for", "line", "what it is for"),
    Key("position", "position", "how the body is placed"),
    Key("setup", "texts", "how to get there"),
    Key("side", "text", "what a side names, with {side} in it"),
    Key("dose", "dose", "its usual dose", required=True),
    Key("phases", "phases", "the word of each phase of a rep"),
    Key("tempo", "tempo", "its usual tempo"),
    Key("breath", "duration", "how long one breath lasts"),
    Key("cues", "texts", "reminders said while holding, when there is room"),
    Key("release", "text", "how to come out of it"),
    Key("caution", "text", "said once before it"),
    Key("avoid", "conditions", "conditions that speak against it"),
    Key("needs", "names", "equipment"),
    Key("source", "line", "where its dose comes from"),
)

SECTION_KEYS = (
    Key("section", "line", "its title", required=True),
    Key("rounds", "count", "how often its steps are done"),
    Key("steps", "steps", "what is done, in order", required=True),
)

VERBS = (
    Key("say", "text", "a sentence"),
    Key("rest", "duration", "a rest; before an exercise it announces it"),
    Key("pause", "duration", "silence"),
    Key("sound", "sound", "a cue sound"),
    Key("section", "line", "steps under a title, in rounds"),
    Key("include", "line", "the steps of another file, here"),
)

POSITIONS: tuple[str, ...] = get_args(Position)
CONDITIONS: tuple[str, ...] = get_args(Condition)
MIN_RATE, MAX_RATE = 80, 450
MAX_ROUNDS = 99


def names(keys: tuple[Key, ...]) -> tuple[str, ...]:
    """The names of the keys, in order."""
    return tuple(key.name for key in keys)
