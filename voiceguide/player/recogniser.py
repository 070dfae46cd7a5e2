"""Which command an utterance is, if any: pocketsphinx, without a network.

The words of the commands are not enough: a recogniser that knows nothing else hears one of them in everything. So the
command that is most like the utterance is compared with what else may have been said: another command, any sounds of
English, any words of English. Each comparison is a likelihood ratio, and has to reach a value that was found by
measuring (`benchmarks/listen.py`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.player.commands import Command

WAKE = "hey coach"

COMMANDS: dict[str, Command] = {
    "pause": "pause",
    "go on": "resume",
    "next": "next",
    "back": "previous",
    "repeat": "repeat",
    "stop": "stop",
}
"""What is said after the wake words, and what it does."""

# In nats a frame of 10 ms.
_LEAST_OVER_SOUNDS = -3.5
_LEAST_OVER_RIVAL = 0.4
_LEAST_OVER_WORDS = -2.0

_SILENCE = "_silence"
# What the library puts where a grammar branches.
_NOTHING = "(NULL)"
_ANY_SOUNDS = "any sounds"
_ANY_WORDS = "_default"
# The library shortens logarithms by 10 bits, and gives the power.
_NATS = 1024


@dataclass(frozen=True)
class _Found:
    """What a search has found: words, their log-likelihood by their sounds alone, and how many frames they last."""

    words: str
    nats: float
    frames: int


class Recogniser:
    """pocketsphinx with the English model that comes with it; it takes half a second to load, and 100 MB."""

    def __init__(self) -> None:
        from pocketsphinx import Decoder  # noqa: PLC0415 (an extra)

        self._decoder = Decoder(
            # The likelihoods of two searches can only be compared where both have looked at all the sounds.
            compallsen=True,
            # Noise would be like anything.
            fsgusefiller=False,
            # Second looks take time, and change the likelihoods.
            fwdflat=False,
            bestpath=False,
            maxhmmpf=3_000,
            loglevel="FATAL",
        )
        self._decoder.add_word(_SILENCE, "SIL")
        self._decoder.add_allphone_file(_ANY_SOUNDS)
        for left_out in (None, *COMMANDS):
            words = (words for words in COMMANDS if words != left_out)
            self._decoder.add_jsgf_string(_commands_but(left_out), _grammar(words))

    def command(self, said: bytes) -> Command | None:
        """The command that an utterance is (16 kHz, mono, 16 bits, little-endian); None where it is none."""
        best = self._search(_commands_but(None), said)
        if best is None or best.words not in COMMANDS:
            return None
        # What takes longest comes last.
        for other, least in (
            (_ANY_SOUNDS, _LEAST_OVER_SOUNDS),
            (_commands_but(best.words), _LEAST_OVER_RIVAL),
            (_ANY_WORDS, _LEAST_OVER_WORDS),
        ):
            if _over(best, self._search(other, said)) < least:
                return None
        return COMMANDS[best.words]

    def _search(self, name: str, said: bytes) -> _Found | None:
        decoder = self._decoder
        decoder.activate_search(name)
        decoder.start_utt()
        decoder.process_raw(said, full_utt=True)
        decoder.end_utt()
        if decoder.hyp() is None:
            return None
        parts = [part for part in decoder.seg() if part.word != _NOTHING]
        nats = _NATS * sum(math.log(part.ascore) for part in parts)
        spoken = [part for part in parts if part.word != _SILENCE]
        # A word's second pronunciation is `word(2)`.
        words = " ".join(part.word.partition("(")[0] for part in spoken)
        frames = sum(part.end_frame - part.start_frame + 1 for part in spoken)
        return _Found(words.removeprefix(WAKE).strip(), nats, frames)


def _over(best: _Found, other: _Found | None) -> float:
    """How much likelier the best is, in nats a frame that it speaks."""
    return math.inf if other is None else (best.nats - other.nats) / best.frames


def _commands_but(words: str | None) -> str:
    return f"commands but {words}"


def _grammar(commands: Iterable[str]) -> str:
    """The wake words and one of the commands, with silence wherever it may be, in JSGF."""
    silence = f"[{_SILENCE}]"
    wake = f" {silence} ".join(WAKE.split())
    return (
        f"#JSGF V1.0; grammar commands; public <command> = "
        f"{silence} {wake} {silence} ({' | '.join(commands)}) {silence};"
    )
