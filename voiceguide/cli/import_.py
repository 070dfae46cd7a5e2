"""`voiceguide import`: the file of another timer becomes routine scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.options import examples
from voiceguide.cli.values import FilePath, LanguageCode

if TYPE_CHECKING:
    from voiceguide.files import DiskLibrary
    from voiceguide.importing.script_text import Known
    from voiceguide.importing.timer import Timer

STANDARD_OUTPUT = "-"
_SUFFIX = ".yaml"


@click.command(
    "import",
    short_help="Make a routine of another timer's file.",
    epilog=examples(
        "voiceguide import Backup.json",
        "voiceguide import hiit.txt -o hiit.yaml",
        "voiceguide import dehnen.txt --language de -o -",
    ),
)
@click.argument("file", type=FilePath())
@click.option(
    "-o",
    "--output",
    type=FilePath(),
    help="The script to write, `-` for standard output.  [default: TITLE.yaml]",
)
@click.option("--force", is_flag=True, help="Replace scripts that are there already.")
@click.option(
    "--language",
    type=LanguageCode(),
    metavar="CODE",
    help="The language of its words.  [default: en, or as it says]",
)
def command(file: Path, output: Path | None, language: str | None, *, force: bool) -> None:
    """Make routine scripts of a JAWT (Just Another Workout Timer) export, or of a list.

    A list has a line for each exercise or rest: Plank | 30. The scripts have the same work and rest in the same order; each
    workout of an export becomes one.
    """
    from voiceguide.cli.problems import printable  # noqa: PLC0415 (the help needs none of it)
    from voiceguide.cli.table import counted  # noqa: PLC0415 (as above)
    from voiceguide.errors import RequestError, ScriptError  # noqa: PLC0415 (as above)
    from voiceguide.files import DiskLibrary, read_bytes, user_folders, write_text  # noqa: PLC0415 (as above)
    from voiceguide.importing.reading import read_timers  # noqa: PLC0415 (as above)
    from voiceguide.phrases import LANGUAGES  # noqa: PLC0415 (as above)
    from voiceguide.script.limits import at_most  # noqa: PLC0415 (as above)
    from voiceguide.summary import clock  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    data = read_bytes(file, too_large="import-too-large")
    timers, problems = read_timers(str(file), data, file.stem, LANGUAGES)
    if problems:
        raise ScriptError(*at_most(tuple(problems)))
    if output is not None and len(timers) > 1:
        raise RequestError(problem("import-several", path=file, count=len(timers)))
    library = DiskLibrary(user_folders())
    texts = [_script(timer, language, library) for timer in timers]
    if output == Path(STANDARD_OUTPUT):
        click.echo(texts[0], nl=False)
        return
    paths = _paths(timers, file) if output is None else [output]
    there = [] if force else [path for path in paths if path.exists()]
    if there:
        raise RequestError(*(problem("import-exists", path=path) for path in there))
    for path, timer, text in zip(paths, timers, texts, strict=True):
        write_text(path, text)
        click.echo(f"{printable(str(path))}  {clock(timer.ms)}, {counted(timer.written, 'interval')}")


def _paths(timers: tuple[Timer, ...], file: Path) -> list[Path]:
    """A file for each timer in the current folder, called by its title, none twice."""
    from voiceguide.naming import distinct_name, same_file, title_name  # noqa: PLC0415 (as above)

    taken: set[str] = set()
    paths = []
    for timer in timers:
        name = distinct_name(title_name(timer.title, file.stem), lambda one: same_file(one) in taken)
        taken.add(same_file(name))
        paths.append(Path(f"{name}{_SUFFIX}"))
    return paths


def _script(timer: Timer, language: str | None, library: DiskLibrary) -> str:
    """The script of a timer, with the library's exercises where it can be read with them."""
    from voiceguide.files import read_include  # noqa: PLC0415 (as above)
    from voiceguide.importing.script_text import script_text  # noqa: PLC0415 (as above)
    from voiceguide.script.keys import VERBS, names  # noqa: PLC0415 (as above)
    from voiceguide.script.nodes import SourceFile  # noqa: PLC0415 (as above)
    from voiceguide.script.routine import read_routine  # noqa: PLC0415 (as above)

    verbs = names(VERBS)
    known = _known(library, timer.language or language or "en")
    text = script_text(timer, known, verbs, language)
    if known and read_routine(SourceFile(timer.title, text), library, read_include)[0] is None:
        # What is done in an exercise's place may lack the language, or may be missing.
        return script_text(timer, {}, verbs, language)
    return text


def _known(library: DiskLibrary, language: str) -> dict[str, Known]:
    """The exercises on the shelf by their name in a language, those that can be read and have all of their words in it."""
    from voiceguide.importing.script_text import Known  # noqa: PLC0415 (as above)
    from voiceguide.script.exercises import read_exercise_file  # noqa: PLC0415 (as above)

    found: dict[str, Known] = {}
    for name in library.exercises:
        exercise, _ = read_exercise_file(library.read(name), name, library, language)
        if exercise:
            found[exercise.name.text.casefold()] = Known(name, exercise.side is not None)
    return found
