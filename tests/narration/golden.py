"""The narration of a shipped routine as text: what is said, in its order, for people to read and review.

`python -m tests.narration.golden` writes every golden file again; read the difference before you keep it.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from tests.compile.support import length
from voiceguide.compile import draft
from voiceguide.files import DiskLibrary, read_include, read_text, user_folders
from voiceguide.plan import Choices
from voiceguide.script.routine import read_routine
from voiceguide.timeline import Voice

if TYPE_CHECKING:
    from voiceguide.timeline import Cue

FOLDER = Path(__file__).parent
ROUTINES = sorted(path.stem for path in user_folders().routines.glob("*.yaml"))
NARRATIONS = [
    *((name, "en") for name in ROUTINES),
    *(("evening", language) for language in ("de", "es", "fr")),
]
# What is counted within a set stands in one line.
_COUNTED = {"rep", "phase", "countdown"}
_MARKS = {"start": "[start]", "end": "[end]"}


def narration(name: str, language: str) -> str:
    """What is heard of a shipped routine: a line a sentence, a heading a chapter, tones and sounds in brackets."""
    folders = user_folders()
    source = read_text(folders.routines / f"{name}.yaml", name)
    routine, problems = read_routine(source, DiskLibrary(folders), read_include, language)
    if routine is None:
        raise ValueError(problems)
    session = draft(routine, Choices())
    lengths = {source: length(source) for source in session.sources}
    timeline, _ = session.timeline(lengths, Voice("test", "test", 150))
    lines = []
    for chapter in timeline.chapters:
        lines.append(f"\n# {chapter.title}")
        heard = [cue for cue in timeline.cues if chapter.start_ms <= cue.start_ms < chapter.end_ms]
        for counted, cues in groupby(heard, key=lambda cue: cue.role in _COUNTED):
            words = [_shown(cue) for cue in cues]
            lines += [" / ".join(words)] if counted else words
    return "\n".join(lines).strip() + "\n"


def golden_path(name: str, language: str) -> Path:
    """Where the golden narration of a routine in a language is kept."""
    return FOLDER / f"{name}.{language}.txt"


def _shown(cue: Cue) -> str:
    return cue.text or _MARKS.get(cue.role, f"[{cue.role}]")


if __name__ == "__main__":
    for one, code in NARRATIONS:
        golden_path(one, code).write_text(narration(one, code), encoding="utf-8")
