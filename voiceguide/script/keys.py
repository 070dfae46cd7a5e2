"""The keys that scripts may have: the table that the reader, the JSON Schema and the reference agree on."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from voiceguide.model import BreathWord, Condition, Counting, Position, Talk

Kind = Literal[
    "text", "texts", "cues", "change", "wait", "words", "label", "line", "language", "sound", "rate", "percent", "level",
    "pronunciations", "talk", "counting", "count", "counts", "duration", "moment", "span", "rest", "tempo", "breath",
    "breathing", "sides", "side", "dose", "steps", "exercises", "exercise", "position", "conditions", "names", "phases",
    "date", "days", "weeks",
]  # fmt: skip


class Key(NamedTuple):
    """A key: its name, the kind of its value, and what it means."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False


ROUTINE_KEYS = (
    Key("title", "label", "what the routine is called", required=True),
    Key("summary", "label", "what it is for, in one sentence"),
    Key("language", "language", "the language of its words"),
    Key("engine", "line", "the speech engine"),
    Key("voice", "line", "a voice of the engine"),
    Key("rate", "rate", "how fast it is spoken, in words a minute"),
    Key("dose", "percent", "how much of every range is done"),
    Key("talk", "talk", "how much is said"),
    Key("count", "counting", "whether reps are counted up or down"),
    Key("say-as", "pronunciations", "how words are pronounced, by word"),
    Key("music", "line", "what is played under the voice: an audio file, or a folder of them"),
    Key("music-level", "level", "how much louder the music is than usual, in dB"),
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
    Key("first", "side", "the side that is done first of two"),
    Key("tempo", "tempo", "seconds of each phase of a rep"),
    Key("rest", "rest", "between sets"),
)

EXERCISE_STEP_KEYS = (
    *DOSE_KEYS,
    Key("cues", "cues", "reminders and cues said in place of the exercise's own"),
    Key("talk", "talk", "how much is said"),
    Key("count", "counting", "whether reps are counted up or down"),
)

EXERCISE_KEYS = (
    Key("name", "text", "what it is called", required=True),
    Key("language", "language", "the language of its words"),
    Key("for", "label", "what it is for"),
    Key("position", "position", "how the body is placed"),
    Key("setup", "texts", "how to get there"),
    Key("side", "text", "what a side names, with {side} in it"),
    Key("dose", "dose", "its usual dose", required=True),
    Key("phases", "phases", "the word of each phase of a rep"),
    Key("tempo", "tempo", "its usual tempo"),
    Key("breathing", "breathing", "a word of breath for each phase, said in place of the phase's"),
    Key("breath", "breath", "how long one breath lasts, or seconds of its parts"),
    Key("cues", "cues", "reminders said while holding, when there is room, and cues at a time of their own"),
    Key("change", "change", "how to come to the other side, or how long that takes"),
    Key("release", "text", "how to come out of it"),
    Key("caution", "text", "said once before it"),
    Key("avoid", "conditions", "conditions that speak against it"),
    Key("instead", "exercise", "the exercise done in its place by whom it does not suit"),
    Key("needs", "names", "equipment"),
    Key("source", "line", "where its dose comes from"),
)

SECTION_KEYS = (
    Key("section", "text", "its title", required=True),
    Key("rounds", "count", "how often its steps are done"),
    Key("talk", "talk", "how much is said"),
    Key("steps", "steps", "what is done, in order", required=True),
)

TEXT_KEYS = (
    Key("text", "words", "what is said, or what the recording says", required=True),
    Key("recording", "line", "an audio file that is heard in place of the voice"),
    Key("language", "language", "the language of this text"),
)

CUE_KEYS = (Key("at", "moment", "when it is said, from the start of a set or the end of a hold"), *TEXT_KEYS)

CHANGE_KEYS = (*TEXT_KEYS, Key("time", "duration", "how long the change takes at least"))

WAIT_KEYS = (*TEXT_KEYS, Key("pause", "duration", "how long the silence is where there is no key to press"))

VERBS = (
    Key("say", "text", "a sentence"),
    Key("rest", "duration", "a rest; before an exercise it announces it"),
    Key("pause", "duration", "silence"),
    Key("wait", "wait", "a sentence, and silence until a key is pressed"),
    Key("sound", "sound", "a cue sound"),
    Key("section", "text", "steps under a title, in rounds"),
    Key("include", "line", "the steps of another file, here"),
)

PROGRAMME_KEYS = (
    Key("title", "label", "what the programme is called", required=True),
    Key("summary", "label", "what it is for, in one sentence"),
    Key("start", "date", "its first day"),
    Key("days", "days", "what is done on each of the seven days of a week", required=True),
    Key("weeks", "weeks", "the dose of each week", required=True),
)

WEEK_KEYS = (
    Key("dose", "percent", "how much of every range is done in this week", required=True),
    Key("days", "days", "what is done on each of its seven days"),
)

POSITIONS: tuple[str, ...] = get_args(Position)
CONDITIONS: tuple[str, ...] = get_args(Condition)
TALKS: tuple[str, ...] = get_args(Talk)
COUNTINGS: tuple[str, ...] = get_args(Counting)
BREATH_WORDS: tuple[str, ...] = get_args(BreathWord)
MIN_RATE, MAX_RATE = 80, 450
MIN_LEVEL, MAX_LEVEL = -30, 5
MAX_ROUNDS = 99
MAX_SAID_AS = 100
MAX_PRONUNCIATIONS = 1_000


def names(keys: tuple[Key, ...]) -> tuple[str, ...]:
    """The names of the keys, in order."""
    return tuple(key.name for key in keys)
