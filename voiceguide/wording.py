"""Every message a user can be shown, by kind: the one place where errors and warnings get their words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


class Wording(NamedTuple):
    """A message and a hint with `{}` fields; a hint whose fields are not given is left out."""

    message: str
    hint: str | None = None
    severity: Severity = "error"


WORDING: dict[str, Wording] = {
    # speech
    "unknown-engine": Wording("there is no speech engine '{engine}'", "{near}"),
    # audio
    "unwritable": Wording("cannot write {path}: {reason}", "choose another place with -o"),
    # player
    "no-device": Wording(
        "no sound device could be opened ({reason})",
        "`voiceguide render` makes a file for a phone; `--output` chooses another device",
    ),
}


def problem(kind: str, place: Place | None = None, **values: object) -> Problem:
    """The problem of this kind in words; raises KeyError for a kind or a field that the table does not know."""
    wording = WORDING[kind]
    hint = wording.hint
    if hint is not None:
        try:
            hint = hint.format(**values)
        except KeyError:
            hint = None
    return Problem(kind, wording.message.format(**values), place, hint or None, wording.severity)


def near(word: str, known: Iterable[str]) -> dict[str, str]:
    """The field `near` ("did you mean 'x'?") for `problem`, or nothing where no known word resembles it."""
    matches = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return {"near": f"did you mean '{matches[0]}'?"} if matches else {}
