"""Sessions from scripts in a test: a shelf of small exercises, phrases whose lengths are easy to tell, and timelines as text."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

from voiceguide.compile import Draft, draft
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import Choices
from voiceguide.script.nodes import SourceFile
from voiceguide.script.routine import read_routine
from voiceguide.timeline import Cue, Recording, Sound, Source, Span, Speech, Timeline, Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from voiceguide.errors import Problem
    from voiceguide.model import Routine

VOICE = Voice("test", "test", 150)
SOUNDS_MS = {"start": 250, "end": 350, "tick": 40}
OTHER_SOUND_MS = 1_000
RECORDING_MS = 2_000

SHELF = {
    "fold": "{name: Fold, dose: 30s}",
    "lean": "{name: Lean, dose: 10s, side: 'lean to the {side}'}",
    "lift": "{name: Lift, dose: 3 reps @ 2-1-3, phases: [up, hold, down]}",
    "swing": "{name: Swing, dose: 2 reps @ 2-2, phases: [out, back], side: '{side} leg'}",
    "breathe": "{name: Breathe, dose: 3 breaths}",
}


@dataclass(frozen=True)
class Shelf:
    """A library held in memory."""

    files: dict[str, str]
    sounds: Collection[str] = ("bell", "tick")
    languages: Collection[str] = tuple(LANGUAGES)

    @property
    def exercises(self) -> Collection[str]:
        return self.files.keys()

    def read(self, exercise: str) -> SourceFile:
        return SourceFile(f"{exercise}.yaml", self.files[exercise])

    def find(self, including: str, written: str, *, folder: bool = False) -> str:  # noqa: ARG002 (every file is there)
        return written


def read(
    steps: str, *, head: str = "", shelf: dict[str, str] | None = None, language: str | None = None
) -> Routine:
    """The routine with these steps, `head` standing above them; the steps begin in line 3 where there is no head."""
    text = f"title: Test\n{dedent(head)}steps:\n{dedent(steps).strip(chr(10))}\n"
    source = SourceFile("test.yaml", text)
    routine, problems = read_routine(source, Shelf(SHELF | (shelf or {})), _no_includes, language)
    if routine is None:
        raise ValueError(problems)
    return routine


def length(source: Source) -> int:
    """How long a clip lasts in tests: 300 ms and 50 a character, sounds as the constants say, in ms."""
    match source:
        case Sound(name):
            return SOUNDS_MS.get(name, OTHER_SOUND_MS)
        case Recording():
            return RECORDING_MS
        case Speech(words):
            return 300 + 50 * len(words)


_IN_ONE_LINE = {("rep", "phase"), ("phase", "phase"), ("countdown", "countdown")}


@dataclass(frozen=True)
class Session:
    """A compiled session and what its author is told."""

    timeline: Timeline
    problems: tuple[Problem, ...]

    @property
    def warnings(self) -> list[str]:
        return [f"{found.place.line if found.place else '-'}: {found.message}" for found in self.problems]

    def cues(self, *roles: str) -> list[str]:
        """The cues of these roles, all where none is given."""
        return [_cue(cue) for cue in self.timeline.cues if not roles or cue.role in roles]

    def narration(self, *roles: str) -> str:
        """What is heard of these roles, all where none is given: a line a sentence, sounds in brackets.

        The words of a rep stand in one line, and so does a countdown.
        """
        lines: list[str] = []
        before = None
        for cue in self.timeline.cues:
            if roles and cue.role not in roles:
                continue
            heard = cue.text or f"[{cue.source.name if isinstance(cue.source, Sound) else cue.role}]"
            if (before, cue.role) in _IN_ONE_LINE:
                lines[-1] += f" / {heard}"
            else:
                lines.append(heard)
            before = cue.role
        return "\n".join(lines)

    def spans(self, *kinds: str) -> list[str]:
        """The spans of these kinds, all where none is given."""
        return [_span(span) for span in self.timeline.spans if not kinds or span.kind in kinds]

    def chapters(self) -> list[str]:
        return [f"{_seconds(one.start_ms)} {one.title}" for one in self.timeline.chapters]

    def told(self, first: int = 0, last: int | None = None) -> str:
        """Everything that starts from `first` s on and before `last` s, a line each, spans before cues."""
        events = [(span.start_ms, 0, _span(span)) for span in self.timeline.spans]
        events += [(cue.start_ms, 1, _cue(cue)) for cue in self.timeline.cues]
        end = self.timeline.duration_ms if last is None else last * 1_000
        ordered = sorted(events, key=lambda event: event[:2])
        return "\n".join(line for start, _, line in ordered if first * 1_000 <= start < end)


def compiled(
    steps: str,
    *,
    head: str = "",
    shelf: dict[str, str] | None = None,
    choices: Choices | None = None,
    lengths: Callable[[Source], int] = length,
    language: str | None = None,
) -> Session:
    """The session of a routine with these steps; the safety words are left out unless `choices` say otherwise."""
    routine = read(steps, head=head, shelf=shelf, language=language)
    return measured(draft(routine, choices or Choices(safety=False)), lengths)


def measured(session: Draft, lengths: Callable[[Source], int] = length) -> Session:
    """A draft laid out with these lengths."""
    return Session(*session.timeline({source: lengths(source) for source in session.sources}, VOICE))


def text(golden: str) -> str:
    """A golden text without its indent."""
    return dedent(golden).strip("\n")


def _no_includes(including: str, written: str) -> SourceFile:
    raise LookupError(including, written)


def _seconds(ms: int) -> str:
    return f"{ms // 1_000}.{ms % 1_000:03}"


def _cue(cue: Cue) -> str:
    said = f'"{cue.text}"' if cue.text else "sound"
    if isinstance(cue.source, Sound):
        said = {"start": "tone", "end": "tone"}.get(cue.source.name, cue.source.name)
    return f"{_seconds(cue.start_ms)} {cue.role} {said}"


def _span(span: Span) -> str:
    words = [_seconds(span.start_ms), _seconds(span.end_ms), span.kind, span.exercise, span.side]
    words.append(f"{span.set}/{span.sets}" if span.sets else None)
    words.append(f"rep {span.rep}/{span.reps}" if span.rep else None)
    return " ".join(word for word in words if word)
