"""A JSON Schema (draft 2020-12) of routine files, made from the table of keys.

What it rejects, `check` rejects too. `check` rejects more: a schema cannot know how many phases an exercise has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voiceguide.dose import MAX_REPS, MAX_SETS, SIDES
from voiceguide.script.keys import (
    CONDITIONS,
    DOSE_KEYS,
    EXERCISE_KEYS,
    EXERCISE_STEP_KEYS,
    MAX_RATE,
    MAX_ROUNDS,
    MIN_RATE,
    POSITIONS,
    ROUTINE_KEYS,
    SECTION_KEYS,
    VERBS,
    Key,
    Kind,
    names,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from voiceguide.script.exercises import Library

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
        "text": _ANY_TEXT,
        "line": _ANY_TEXT,
        "texts": _one_or_many(_ANY_TEXT),
        "names": _one_or_many(_ANY_TEXT),
        "phases": _one_or_many(_ANY_TEXT),
        "language": _named(library.languages),
        "sound": _named(library.sounds),
        "position": _one_of(POSITIONS),
        "conditions": _one_or_many(_one_of(CONDITIONS)),
        "sides": _one_of(("both", *SIDES)),
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
    return {
        "type": ["integer", "string"],
        "minimum": 1,
        "maximum": most,
        "pattern": rf"^\s*[0-9]+({_DASH}[0-9]+)?\s*$",
    }
