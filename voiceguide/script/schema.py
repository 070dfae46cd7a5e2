"""A JSON Schema (draft 2020-12) of routine files, made from the table of keys.

What it rejects, `check` rejects too. `check` rejects more: a schema cannot know how many phases an exercise has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voiceguide.dose import MAX_REPS, MAX_SETS, ONE_SIDE, SIDES
from voiceguide.script.keys import (
    BREATH_WORDS,
    CHANGE_KEYS,
    CONDITIONS,
    COUNTINGS,
    CUE_KEYS,
    DOSE_KEYS,
    EXERCISE_KEYS,
    EXERCISE_STEP_KEYS,
    MAX_LEVEL,
    MAX_RATE,
    MAX_ROUNDS,
    MIN_LEVEL,
    MIN_RATE,
    POSITIONS,
    ROUTINE_KEYS,
    SECTION_KEYS,
    TALKS,
    TEXT_KEYS,
    VERBS,
    WAIT_KEYS,
    Key,
    Kind,
    names,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from voiceguide.script.library import Library

Schema = dict[str, Any]

_NUMBER = r"[0-9]+(\.[0-9]+)?"
_TIME = rf"({_NUMBER}|[0-9]+:[0-9][0-9](:[0-9][0-9])?|({_NUMBER}\s*[hms]\s*)+)"
_DASH = r"\s*[-–]\s*"
# An editor's YAML reads `30` as a number, `true` as a truth value and `~` as nothing; `check` takes every scalar as text.
_NOT_A_STRING: Schema = {"type": ["number", "boolean", "null"]}
_ANY_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}


def routine_schema(library: Library) -> Schema:
    """The schema of routine files that may name the library's exercises, sounds and languages."""
    schema = _object(ROUTINE_KEYS, library)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "voiceguide routine"
    schema["$defs"] = {
        **_texts(library),
        "exercise": _object(EXERCISE_KEYS, library),
        "dose": {"anyOf": [_ANY_TEXT, _object(DOSE_KEYS, library)]},
        "stepDose": {"anyOf": [_ANY_TEXT, _object(EXERCISE_STEP_KEYS, library)]},
        "section": _object(SECTION_KEYS, library),
        "verb": {
            "type": "object",
            "properties": _properties([key for key in VERBS if key.name != "section"], library),
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": {"$ref": "#/$defs/stepDose"},
            # Completes the ids; a script's own exercises have others.
            "propertyNames": {
                "anyOf": [
                    {
                        "enum": [
                            *(name for name in names(VERBS) if name != "section"),
                            *sorted(library.exercises),
                        ]
                    },
                    {"not": {"const": "section"}},
                ]
            },
        },
        "step": {
            "anyOf": [
                {"anyOf": [{"enum": sorted(library.exercises)}, _ANY_TEXT]},
                {"$ref": "#/$defs/section"},
                {"$ref": "#/$defs/verb"},
            ]
        },
    }
    return schema


def _texts(library: Library) -> Schema:
    """The forms of a text, each by the name of its kind."""
    plain = _object(TEXT_KEYS, library)
    plain["properties"] = plain["properties"] | {"text": _ANY_TEXT}
    words = {"anyOf": [_ANY_TEXT, _by_language({"anyOf": [_ANY_TEXT, plain]}, library)]}
    return {
        "label": {"anyOf": [_ANY_TEXT, _by_language(_ANY_TEXT, library)]},
        "words": words,
        "text": {"anyOf": [{"$ref": "#/$defs/words"}, _object(TEXT_KEYS, library)]},
        "cue": {"anyOf": [{"$ref": "#/$defs/words"}, _object(CUE_KEYS, library)]},
        "change": {"anyOf": [{"$ref": "#/$defs/words"}, _object(CHANGE_KEYS, library)]},
        "wait": {"anyOf": [{"$ref": "#/$defs/words"}, _object(WAIT_KEYS, library)]},
    }


def _by_language(item: Schema, library: Library) -> Schema:
    return {
        "type": "object",
        "properties": dict.fromkeys(sorted(library.languages), item),
        "additionalProperties": False,
        "minProperties": 1,
    }


def _object(keys: tuple[Key, ...], library: Library) -> Schema:
    return {
        "type": "object",
        "properties": _properties(keys, library),
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }


def _properties(keys: Iterable[Key], library: Library) -> Schema:
    return {key.name: {**_value(key.kind, library), "description": key.meaning} for key in keys}


def _value(kind: Kind, library: Library) -> Schema:
    duration: Schema = {
        "type": ["string", "number"],
        "minimum": 0,
        "pattern": rf"^\s*{_TIME}({_DASH}{_TIME})?\s*$",
    }
    values: dict[Kind, Schema] = {
        "label": {"$ref": "#/$defs/label"},
        "words": {"$ref": "#/$defs/words"},
        "text": {"$ref": "#/$defs/text"},
        "change": {"$ref": "#/$defs/change"},
        "wait": {"$ref": "#/$defs/wait"},
        "texts": _one_or_many({"$ref": "#/$defs/text"}),
        "cues": _one_or_many({"$ref": "#/$defs/cue"}),
        "phases": _one_or_many({"$ref": "#/$defs/label"}),
        "line": _ANY_TEXT,
        "names": _one_or_many(_ANY_TEXT),
        "pronunciations": {"type": "object", "additionalProperties": {"$ref": "#/$defs/label"}},
        "exercise": {"anyOf": [_one_of(library.exercises), _ANY_TEXT]},
        "language": _named(library.languages),
        "sound": _named(library.sounds),
        "position": _one_of(POSITIONS),
        "conditions": _one_or_many(_one_of(CONDITIONS)),
        "sides": _one_of(("both", *SIDES)),
        "side": _one_of(ONE_SIDE),
        "talk": _one_of(TALKS),
        "counting": _one_of(COUNTINGS),
        "breathing": _one_or_many(_one_of(BREATH_WORDS)),
        "percent": _whole(0, 100, r"[0-9]{1,3}\s*%?"),
        "level": _whole(MIN_LEVEL, MAX_LEVEL, r"[+-]?[0-9]{1,3}(\s*[dD][bB])?"),
        "rate": {
            "type": ["integer", "string"],
            "minimum": MIN_RATE,
            "maximum": MAX_RATE,
            "pattern": "^[0-9]+$",
        },
        "count": _count(MAX_ROUNDS),
        "counts": _count(max(MAX_SETS, MAX_REPS)),
        "duration": duration,
        "span": duration,
        "rest": duration,
        "moment": {"type": ["string", "number"], "pattern": rf"^\s*(-\s*)?{_TIME}\s*$"},
        "breath": {
            "type": ["string", "number"],
            "minimum": 0,
            "pattern": rf"^\s*({_TIME}|{_NUMBER}({_DASH}{_NUMBER}){{1,3}})\s*$",
        },
        "tempo": {
            "type": ["string", "number"],
            "minimum": 0,
            "pattern": rf"^\s*{_NUMBER}({_DASH}{_NUMBER})*\s*$",
        },
        "dose": {"$ref": "#/$defs/dose"},
        "steps": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}},
        "exercises": {"type": "object", "additionalProperties": {"$ref": "#/$defs/exercise"}},
    }
    return values[kind]


def _one_of(known: Collection[str]) -> Schema:
    return {"enum": sorted(known)}


def _named(known: Collection[str]) -> Schema:
    """One of the files in a folder, whose names may be anything: a sound called `on`, a language called `no`."""
    return {"anyOf": [_one_of(known), _NOT_A_STRING]}


def _one_or_many(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _count(most: int) -> Schema:
    return _whole(1, most, rf"[0-9]+({_DASH}[0-9]+)?")


def _whole(least: int, most: int, pattern: str) -> Schema:
    return {
        "type": ["integer", "string"],
        "minimum": least,
        "maximum": most,
        "pattern": rf"^\s*{pattern}\s*$",
    }
