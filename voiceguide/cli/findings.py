"""What `voiceguide doctor` finds: one thing, whether it works, and what to do if not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voiceguide.errors import Problem, VoiceguideError


@dataclass(frozen=True)
class Finding:
    """One thing and whether it works: `told` is what was found, or what is wrong, `advice` what to do about that.

    Play and render cannot do without what is `needed`. `details` is for programs.
    """

    thing: str
    works: bool
    told: str
    advice: str | None = None
    needed: bool = False
    details: dict[str, Any] = field(default_factory=dict)


def wrong(thing: str, found: Problem, *, needed: bool = False, advice: str | None = None) -> Finding:
    """A thing that does not work; `advice` is for a problem that gives none itself."""
    return Finding(thing, works=False, told=found.message, advice=found.hint or advice, needed=needed)


def failed(thing: str, error: VoiceguideError, *, needed: bool = False, advice: str | None = None) -> Finding:
    """A thing that failed."""
    return wrong(thing, error.problems[0], needed=needed, advice=advice)
