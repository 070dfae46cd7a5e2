"""A timer becomes the text of a routine script, with a comment wherever something is not as it was."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.importing.timer import COUNT_MS
from voiceguide.importing.words import is_plain_rest, is_said
from voiceguide.units import format_duration, format_seconds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from voiceguide.importing.timer import Block, Interval, Timer

MOST_KNOWN = 100
"""With more exercises than these the library's are not used: what stands in for them might make a script too large."""
DEFAULT_LANGUAGE = "en"
_SETS = {"en": "Set", "de": "Satz", "es": "Serie", "fr": "Série"}
_UNNAMED = {"en": "Exercise", "de": "Übung", "es": "Ejercicio", "fr": "Exercice"}
_LONGEST_ID = 40
_PLAIN = re.compile(r"[^\W_][\w ,.'()!?+/&-]*")
_SIDE = re.compile(
    r"(.+?)[\s,(–-]+(left|right|links|rechts|izquierda|derecha|gauche|droite)\)?", re.IGNORECASE
)
_LEFT = ("left", "links", "izquierda", "gauche")
_HEAD = (
    "Made by `voiceguide import`. The timer went on at once;",
    "here each exercise is announced, with time to get ready for it.",
    "A rest too short for the words grows; `talk: brief` has fewer.",
)


class Known(NamedTuple):
    """An exercise of the library: its id, and whether it has sides."""

    id: str
    sided: bool


def script_text(
    timer: Timer, known: Mapping[str, Known], verbs: Collection[str], language: str | None = None
) -> str:
    """The script of a timer: the same work and rest, in the same order.

    `known` are exercises of the library by their name, case folded: an interval that is called so is one of them, if it
    says its side where there are two. All others are exercises of the script's own. `verbs` are no exercise's id.
    `language` is that of the words where the timer does not say it.
    """
    code = timer.language or language or DEFAULT_LANGUAGE
    writer = _Writer(known if timer.done <= MOST_KNOWN else {}, verbs, code)
    steps = list(writer.steps(timer))
    lines = [f"# {line}" for line in (*_HEAD, *timer.notes)]
    lines.append(f"title: {scalar(timer.title)}")
    if code != DEFAULT_LANGUAGE:
        lines.append(f"language: {code}")
    lines += ["steps:", *steps, *(f"  # {note}" for note in timer.notes_after)]
    if writer.own:
        lines.append("exercises:")
        for own, name, dose in writer.own.values():
            lines += [f"  {scalar(own)}:", f"    name: {scalar(name)}", f"    dose: {dose}"]
    return "\n".join((*lines, ""))


def scalar(text: str) -> str:
    """The text as YAML: plain where nothing in it has a meaning, else in quotes; it has one line and no control characters."""
    if _PLAIN.fullmatch(text) and not text.endswith(" "):
        return text
    # What JSON writes in quotes YAML reads as the same text.
    return json.dumps(text, ensure_ascii=False)


class _Own(NamedTuple):
    """An exercise of the script's own."""

    id: str
    name: str
    dose: str


@dataclass
class _Writer:
    """Writes steps, and remembers the exercises of the script's own by their name."""

    known: Mapping[str, Known]
    verbs: Collection[str]
    language: str
    own: dict[str, _Own] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.taken |= {*self.verbs, *(known.id for known in self.known.values())}

    def steps(self, timer: Timer) -> Iterator[str]:
        """The lines of all steps."""
        for number, block in enumerate(timer.blocks, start=1):
            # A section has steps; one in which nothing lasts has comments only.
            lasts = any(interval.ms for interval in block.intervals)
            if lasts and (block.rounds > 1 or is_said(block.title)):
                title = block.title if is_said(block.title) else f"{_SETS[self.language]} {number}"
                yield f"  - section: {scalar(title)}"
                if block.rounds > 1:
                    yield f"    rounds: {block.rounds}"
                yield "    steps:"
                yield from (f"      {line}" for line in self.block(block))
            else:
                yield from (f"  {line}" for line in self.block(block))

    def block(self, block: Block) -> Iterator[str]:
        """The lines of a block's intervals."""
        for interval in block.intervals:
            yield from (f"# {note}" for note in interval.notes)
            if not interval.ms:
                yield f"# left out, since it lasts no time: {interval.words}"
            elif interval.kind == "rest":
                if is_said(interval.words) and not is_plain_rest(interval.words):
                    yield f"- say: {scalar(interval.words)}"
                yield f"- rest: {format_duration(interval.ms)}"
            else:
                yield from self.exercise(interval)

    def exercise(self, interval: Interval) -> Iterator[str]:
        """The line of a piece of work, after a comment where it has no name that can be said."""
        dose = format_duration(interval.ms)
        if interval.count is not None:
            dose = f"{interval.count} reps @ {format_seconds(COUNT_MS)}"
        name = interval.words
        if not is_said(name):
            if name:
                yield f"# nothing in its name can be said: {name}"
            name = _UNNAMED[self.language]
        if found := self.from_library(name):
            yield f"- {scalar(found[0])}: {dose}{found[1]}"
            return
        key = name.casefold()
        if key not in self.own:
            self.own[key] = _Own(self.free_id(name), name, dose)
        yield f"- {scalar(self.own[key].id)}: {dose}"

    def from_library(self, name: str) -> tuple[str, str] | None:
        """The id of the exercise that is called so, and the side behind its dose."""
        plain = self.known.get(name.casefold())
        if plain and not plain.sided:
            return plain.id, ""
        side = _SIDE.fullmatch(name)
        sided = self.known.get(side[1].casefold()) if side else None
        if side and sided and sided.sided:
            return sided.id, " left" if side[2].casefold() in _LEFT else " right"
        return None

    def free_id(self, name: str) -> str:
        """An id made from a name: no verb's, and nobody else's."""
        base = _id(name)
        numbered = (f"{base}-{number}" if number > 1 else base for number in count(1))
        found = next(one for one in numbered if one not in self.taken)
        self.taken.add(found)
        return found


def _id(name: str) -> str:
    """The letters and digits of a name, without accents, hyphens between them."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(
        character if character.isalnum() else " "
        for character in letters
        if not unicodedata.combining(character)
    )
    found = unicodedata.normalize("NFC", "-".join(kept.split()))[:_LONGEST_ID].strip("-")
    return found or "exercise"
