"""Routine scripts: the text of a file becomes a Routine, with every problem of it and of what it includes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from voiceguide.model import Routine, Words
from voiceguide.script.catalogue import Catalogue
from voiceguide.script.exercises import DEFAULT_LANGUAGE
from voiceguide.script.keys import COUNTINGS, TALKS
from voiceguide.script.limits import at_most, check_limits
from voiceguide.script.pronunciations import read_pronunciations
from voiceguide.script.sentences import Texts
from voiceguide.script.steps import StepReader, open_script
from voiceguide.script.texts import BETWEEN, SHOWN, Scope, find_file
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from voiceguide.errors import Problem
    from voiceguide.model import Counting, Pronunciation, Talk
    from voiceguide.script.fields import Fields
    from voiceguide.script.library import Library
    from voiceguide.script.nodes import SourceFile
    from voiceguide.script.steps import ReadInclude


_LACKS = frozenset({"text-without-language", "exercise-without-language", "next-in-other-language"})


def read_routine(
    source: SourceFile, library: Library, read: ReadInclude, language: str | None = None
) -> tuple[Routine | None, tuple[Problem, ...]]:
    """The routine of a script in a language, its own where None, or None where it has errors.

    Problems are in the order of their places; words that are not in the language played are among them.
    """
    problems: list[Problem] = []
    fields = open_script(source, problems)
    routine = _routine(source, fields, library, read, language) if fields else None
    ordered = tuple(sorted(problems, key=lambda found: _order(found, source.name)))
    broken = any(found.severity == "error" for found in ordered)
    return (None if broken else routine), at_most(ordered)


def _order(found: Problem, file: str) -> tuple[bool, str, int, int]:
    """The script's own problems first, then file by file; those without a place at the end of their own."""
    if found.place is None:
        return True, "", 0, 0
    return found.place.file != file, found.place.file, found.place.line, found.place.column


def _routine(
    source: SourceFile, fields: Fields, library: Library, read: ReadInclude, wished: str | None
) -> Routine:
    problems = fields.problems
    scope = Scope(library, source.name, DEFAULT_LANGUAGE, problems).within(fields)
    own = scope.language or DEFAULT_LANGUAGE
    played = wished or own
    if played not in library.languages and wished:
        hint = near(wished, library.languages) or {"near": f"known: {', '.join(sorted(library.languages))}"}
        problems.append(problem("name-unknown", what="language", name=wished, **hint))
        played = own
    catalogue = Catalogue(library, played, problems)
    reader = StepReader(library, read, problems, played, catalogue)
    texts = Texts(fields, scope)
    steps = reader.file_steps(scope, fields)
    # An alias may stand for the step that uses it.
    if not reader.stopped and not any(found.kind == "yaml-alias" for found in problems):
        catalogue.report_unused()
    title, summary = texts.one("title", SHOWN), texts.one("summary", SHOWN)
    routine = Routine(
        title=title.words(played).text if title else "",
        steps=steps,
        summary=summary.words(played).text if summary else "",
        language=played,
        # A voice speaks one language.
        voice=fields.words("voice") if played == own else None,
        engine=fields.words("engine"),
        rate=fields.rate("rate"),
        opening=reader.said(texts.one("opening", BETWEEN)),
        closing=reader.said(texts.one("closing", BETWEEN)),
        dose=fields.percent("dose"),
        talk=cast("Talk | None", fields.choice("talk", TALKS)),
        count=cast("Counting | None", fields.choice("count", COUNTINGS)),
        say_as=_say_as(fields, scope),
        music=_music(fields, scope),
        music_level=fields.level("music-level") or 0,
        place=fields.values["title"].place if "title" in fields.values else None,
    )
    if scope.language is None and wished is None:
        # What is played is not known, so no text can be said to be in another language.
        problems[:] = [found for found in problems if found.kind not in _LACKS]
    if not any(found.severity == "error" for found in problems):
        problems.extend(check_limits(steps, routine.place))
    return routine


def _say_as(fields: Fields, scope: Scope) -> tuple[Pronunciation, ...]:
    node = fields.values.get("say-as")
    if node is None:
        return ()
    return read_pronunciations(
        fields.keys["say-as"], node, scope.language, scope.library.languages, scope.problems
    )


def _music(fields: Fields, scope: Scope) -> Words | None:
    node = fields.text("music")
    path = find_file(node, scope, folder=True) if node else None
    return Words(path, node.place) if node and path else None
