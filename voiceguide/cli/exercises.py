"""`voiceguide exercises`: the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.values import LanguageCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.files import DiskLibrary
    from voiceguide.model import Exercise, TimedWords, Words
    from voiceguide.script.exercises import Entry


@click.command("exercises", short_help="List the exercises, or show one with all its words.")
@click.argument("exercise_id", required=False, metavar="[ID]")
@click.option(
    "--language",
    type=LanguageCode(),
    metavar="CODE",
    default="en",
    show_default=True,
    help="The language of the words.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(exercise_id: str | None, *, language: str, as_json: bool) -> None:
    """List the exercises of the library, or show one with all its words.

    One that is not in the language is shown in the first it has.
    """
    from voiceguide.cli.table import print_fields, print_table  # noqa: PLC0415 (other commands need none of these)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (as above)
    from voiceguide.files import DiskLibrary, user_folders  # noqa: PLC0415 (as above)
    from voiceguide.wording import near, problem  # noqa: PLC0415 (as above)

    library = DiskLibrary(user_folders())
    if exercise_id is not None and exercise_id not in library.exercises:
        hint = near(exercise_id, library.exercises) or {"near": "`voiceguide exercises` lists them all"}
        raise RequestError(problem("name-unknown", what="exercise", name=exercise_id, **hint))
    wanted = [exercise_id] if exercise_id else sorted(library.exercises)
    found = [
        describe(entry.exercise) | {"languages": list(entry.languages(library))}
        for entry in _read(library, wanted, language)
    ]
    if as_json:
        from voiceguide.cli.problems import json_text  # noqa: PLC0415 (people need no JSON)

        click.echo(json_text(found if exercise_id is None else found[0]))
    elif exercise_id:
        print_fields((key, _text(value)) for key, value in found[0].items())
    else:
        rows = [
            (item["id"], item["name"], item["for"], item["dose"], item["length"], ", ".join(item["needs"]))
            for item in found
        ]
        print_table(("id", "name", "what for", "dose", "length", "equipment"), rows, right=("length",))


def describe(exercise: Exercise) -> dict[str, Any]:
    """Everything about an exercise, in the keys of its file, and how long its dose takes."""
    from voiceguide.dose import Breaths, show_dose  # noqa: PLC0415 (as above)
    from voiceguide.script.limits import planned_work_ms  # noqa: PLC0415 (as above)
    from voiceguide.summary import clock  # noqa: PLC0415 (as above)
    from voiceguide.units import format_tempo  # noqa: PLC0415 as above

    return {
        "id": exercise.id,
        "name": exercise.name.text,
        "for": exercise.purpose,
        "position": exercise.position,
        "dose": show_dose(exercise.dose),
        "length": clock(planned_work_ms(exercise, exercise.dose)),
        "setup": [words.text for words in exercise.setup],
        "side": exercise.side.text if exercise.side else None,
        "phases": list(exercise.phases),
        "tempo": format_tempo(exercise.tempo) if exercise.tempo else None,
        "breathing": list(exercise.breathing),
        "breath": format_tempo(exercise.breath) if isinstance(exercise.dose.work, Breaths) else None,
        "cues": [words.text for words in exercise.cues] + [_timed(cue) for cue in exercise.timed],
        "change": _change(exercise.change, exercise.change_ms),
        "release": exercise.release.text if exercise.release else None,
        "caution": exercise.caution.text if exercise.caution else None,
        "avoid": list(exercise.avoid),
        "instead": exercise.instead,
        "needs": list(exercise.needs),
        "source": exercise.source,
    }


def _timed(cue: TimedWords) -> str:
    from voiceguide.units import format_duration  # noqa: PLC0415 (as above)

    sign = "-" if cue.at_ms < 0 else ""
    return f"{sign}{format_duration(abs(cue.at_ms))}: {cue.words.text}"


def _change(words: Words | None, length_ms: int) -> list[str]:
    """The words of a change of sides and how long it takes at least, those that there are."""
    from voiceguide.units import format_duration  # noqa: PLC0415 (as above)

    length = [format_duration(length_ms)] if length_ms else []
    return [*([words.text] if words else []), *length]


def _read(library: DiskLibrary, wanted: list[str], language: str) -> Iterator[Entry]:
    from voiceguide.errors import ScriptError  # noqa: PLC0415 (as above)
    from voiceguide.script.exercises import read_entry_file  # noqa: PLC0415 (as above)

    for exercise_id in wanted:
        entry, problems = read_entry_file(library.read(exercise_id), exercise_id, library, language)
        if entry is None:
            raise ScriptError(*problems)
        yield entry


def _text(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value or "")
