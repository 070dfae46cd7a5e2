"""A voice at a rate, as clips: levelled, cut to their sound, made once."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from contextlib import nullcontext
from threading import Event, RLock
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.audio.clip import SAMPLES_PER_MS, resample, to_float32, to_int16, trim
from voiceguide.errors import RequestError, SpeechError
from voiceguide.speech.apart import ApartEngine
from voiceguide.speech.children import Crew
from voiceguide.speech.engine import shown
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from voiceguide.audio.clip import Clip
    from voiceguide.speech.cache import ClipCache
    from voiceguide.speech.engine import Engine, VoiceInfo
    from voiceguide.speech.fallback import Fallback

PIPELINE = 1
"""Part of the key of every cached clip: to be raised when `trim`, `resample` or `level` make another clip of the same."""
MEMORY_BYTES = 8 * 1024 * 1024
LOWEST_RATE, HIGHEST_RATE = 80, 450
"""Words a minute: what espeak can do, which takes anything beyond for the nearest of these."""

_CUT_FADE = 2 * SAMPLES_PER_MS


class Speaker:
    """`voice` of `engine` at `rate` words a minute; clips are kept in `cache`, the latest in `memory_bytes` too.

    Several threads may ask for clips where the engine is an `ApartEngine`. With a `fallback`, what the engine does not
    speak is replaced by tones, which are in no cache. Raises RequestError `rate-out-of-range`.
    """

    def __init__(
        self,
        engine: Engine,
        voice: VoiceInfo,
        rate: int,
        cache: ClipCache | None,
        *,
        memory_bytes: int = MEMORY_BYTES,
        fallback: Fallback | None = None,
    ) -> None:
        if not LOWEST_RATE <= rate <= HIGHEST_RATE:
            raise RequestError(problem("rate-out-of-range", rate=rate, low=LOWEST_RATE, high=HIGHEST_RATE))
        self.engine = engine
        self.voice = voice
        self.rate = rate
        self._cache = cache
        self._memory_bytes = memory_bytes
        self._fallback = fallback
        # Held for moments only: who needs a clip that is there does not wait for the engine.
        self._remembering = RLock()
        self._memory: OrderedDict[str, Clip] = OrderedDict()
        self._held_bytes = 0
        self._lengths: dict[str, int] = {}
        # What is being made: who needs it waits for it.
        self._making: dict[str, Event] = {}

    def clip(self, text: str) -> Clip:
        """`text` spoken as plain text, the same length as long as the speaker lives.

        Raises SpeechError `silent-text` for a text that makes no sound, and what the engine raises.
        """
        return self._clip(text, _nothing)

    def _clip(self, text: str, spoken: Callable[[], None]) -> Clip:
        """The same; `spoken` is called when the engine need not do anything for it any more."""
        key = self._key(text)
        while (clip := self._known(key)) is None:
            with self._remembering:
                others = self._making.get(key)
                if others is None:
                    ours = self._making[key] = Event()
            if others is not None:
                others.wait()
                continue
            try:
                # Another thread may have made it before we looked who does.
                clip = self._known(key)
                return self._make(key, text, spoken) if clip is None else clip
            finally:
                with self._remembering:
                    del self._making[key]
                ours.set()
        return clip

    def known_length(self, text: str) -> int | None:
        """The length in ms, rounded up, of the clip of a text that was spoken before; None where it was not."""
        length = self._known_length(self._key(text))
        return None if length is None else -(-length // SAMPLES_PER_MS)

    def lengths(
        self, texts: Iterable[str], progress: Callable[[int, int], None] | None = None
    ) -> dict[str, int]:
        """The length in ms, rounded up, of the clip of each text; raises what `clip` raises.

        Each distinct text is synthesized once; `progress` is told how many of how many are done, after each.
        """
        distinct = list(dict.fromkeys(texts))
        found = {text: self._known_length(self._key(text)) for text in distinct}
        missing = [text for text, length in found.items() if length is None]
        done = 0

        def one_more() -> None:
            nonlocal done
            done += 1
            if progress:
                progress(done, len(distinct))

        for _ in range(len(distinct) - len(missing)):
            one_more()
        if missing:
            from voiceguide.speech.together import together  # noqa: PLC0415 (what is in the cache needs none)

            with self._several(len(missing)) as crew:
                work = self._length if crew.voices == 1 else self._length_at_once
                made = together(work, missing, crew.threads, one_more, self.interrupt)
            found |= zip(missing, made, strict=True)
        return {text: -(-(length or 0) // SAMPLES_PER_MS) for text, length in found.items()}

    def interrupt(self) -> None:
        """Let whoever waits for the engine have a SpeechError now."""
        if isinstance(self.engine, ApartEngine):
            self.engine.interrupt()

    def _several(self, phrases: int) -> AbstractContextManager[Crew]:
        """How so many phrases are spoken at the same time."""
        return self.engine.several(phrases) if isinstance(self.engine, ApartEngine) else nullcontext(Crew())

    def _length_at_once(self, text: str, next_may_begin: Callable[[], None]) -> int:
        """The clip's length in samples, where the engine speaks several texts at the same time."""
        next_may_begin()
        return self._length(text, _nothing)

    def _length(self, text: str, spoken: Callable[[], None]) -> int:
        """The clip's length in samples."""
        known = self._known_length(self._key(text))
        return len(self._clip(text, spoken)) if known is None else known

    def _known_length(self, key: str) -> int | None:
        with self._remembering:
            if key not in self._lengths:
                known = self._cache.length(key) if self._cache else None
                if known is None:
                    return None
                self._lengths[key] = known
            return self._lengths[key]

    def _known(self, key: str) -> Clip | None:
        """The clip from memory or disk, None where it is in neither."""
        with self._remembering:
            clip = self._memory.get(key)
            if clip is not None:
                self._memory.move_to_end(key)
                return clip
        kept = self._cache.get(key) if self._cache else None
        return None if kept is None else self._remember(key, kept)

    def _key(self, text: str) -> str:
        shaped_by = [
            PIPELINE, self.engine.identity, self.voice.id, self.voice.fingerprint, self.rate, " ".join(text.split())
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(shaped_by).encode()).hexdigest()

    def _make(self, key: str, text: str, spoken: Callable[[], None]) -> Clip:
        """The clip, made and kept."""
        words = " ".join(text.split())
        if not words:
            raise self._silent(text)
        try:
            if self._fallback is None or not self._fallback.replaced(key):
                clip = self._remember(key, self._levelled(self._said(words, spoken)))
                if self._cache:
                    self._cache.put(key, clip)
                return clip
        except SpeechError as error:
            if self._fallback is None:
                raise
            self._fallback.replace(key, error)
        from voiceguide.speech.tones import tones  # noqa: PLC0415 (hardly ever needed)

        return self._remember(key, self._levelled(tones(words, self.rate)))

    def _said(self, text: str, spoken: Callable[[], None]) -> NDArray[np.float32]:
        """What the engine says, cut to what is audible, at 48 kHz."""
        pcm = self.engine.synthesize(text, self.voice, self.rate)
        spoken()
        voiced = trim(to_float32(pcm.samples), pcm.rate)
        if not len(voiced):
            raise self._silent(text)
        return resample(voiced, pcm.rate)

    def _levelled(self, samples: NDArray[np.float32]) -> Clip:
        from voiceguide.audio.loudness import level  # noqa: PLC0415 (clips read from the cache need none)

        return to_int16(level(samples))

    def _fitted(self, key: str, clip: Clip) -> Clip:
        """The clip at the length it was first said to have: engines vary by some samples from one time to the next."""
        length = self._lengths.setdefault(key, len(clip))
        if len(clip) < length:
            return np.pad(clip, (0, length - len(clip)))
        if len(clip) > length:
            fade = np.linspace(1.0, 0.0, min(_CUT_FADE, length))
            clip = clip[:length].copy()
            clip[length - len(fade) :] = np.rint(clip[length - len(fade) :] * fade).astype(np.int16)
        return clip

    def _remember(self, key: str, made: Clip) -> Clip:
        """The clip as it is heard from now on, kept in memory."""
        with self._remembering:
            if key in self._memory:
                return self._memory[key]
            clip = self._fitted(key, made)
            clip.setflags(write=False)
            self._memory[key] = clip
            self._held_bytes += clip.nbytes
            while self._held_bytes > self._memory_bytes and len(self._memory) > 1:
                _, oldest = self._memory.popitem(last=False)
                self._held_bytes -= oldest.nbytes
            return clip

    def _silent(self, text: str) -> SpeechError:
        return SpeechError(problem("silent-text", voice=self.voice.id, text=shown(text)))


def _nothing() -> None:
    pass
