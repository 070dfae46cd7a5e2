"""A voice at a rate, as clips: levelled, cut to their sound, made once."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from threading import RLock
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.audio.clip import SAMPLES_PER_MS, resample, to_float32, to_int16, trim
from voiceguide.errors import RequestError, SpeechError
from voiceguide.speech.engine import shown
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from voiceguide.audio.clip import Clip
    from voiceguide.speech.cache import ClipCache
    from voiceguide.speech.engine import Engine, VoiceInfo

PIPELINE = 1
"""Part of the key of every cached clip: to be raised when `trim`, `resample` or `level` make another clip of the same."""
MEMORY_BYTES = 32 * 1024 * 1024
LOWEST_RATE, HIGHEST_RATE = 80, 450
"""Words a minute: what espeak can do, which takes anything beyond for the nearest of these."""

_CUT_FADE = 2 * SAMPLES_PER_MS


class Speaker:
    """`voice` of `engine` at `rate` words a minute; clips are kept in `cache`, the latest in `memory_bytes` too.

    Several threads may ask for clips. An engine speaks for one at a time: speakers of one engine share the lock
    `speaking`. Raises RequestError `rate-out-of-range`.
    """

    def __init__(
        self,
        engine: Engine,
        voice: VoiceInfo,
        rate: int,
        cache: ClipCache | None,
        *,
        memory_bytes: int = MEMORY_BYTES,
        speaking: RLock | None = None,
    ) -> None:
        if not LOWEST_RATE <= rate <= HIGHEST_RATE:
            raise RequestError(problem("rate-out-of-range", rate=rate, low=LOWEST_RATE, high=HIGHEST_RATE))
        self.engine = engine
        self.voice = voice
        self.rate = rate
        self._cache = cache
        self._memory_bytes = memory_bytes
        self._speaking = speaking or RLock()
        # Held for moments only: who needs a clip that is there does not wait for the engine.
        self._remembering = RLock()
        self._memory: OrderedDict[str, Clip] = OrderedDict()
        self._held_bytes = 0
        self._lengths: dict[str, int] = {}

    def clip(self, text: str) -> Clip:
        """`text` spoken as plain text, the same length as long as the speaker lives.

        Raises SpeechError `silent-text` for a text that makes no sound, and what the engine raises.
        """
        key = self._key(text)
        clip = self._known(key)
        if clip is None:
            with self._speaking:
                # Another thread may have had it spoken meanwhile.
                clip = self._known(key)
                if clip is None:
                    made = self._made(text)
                    clip = self._remember(key, made)
                    if self._cache:
                        self._cache.put(key, clip)
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
        found = {}
        for done, text in enumerate(distinct, start=1):
            found[text] = -(-self._length(text) // SAMPLES_PER_MS)
            if progress:
                progress(done, len(distinct))
        return found

    def _length(self, text: str) -> int:
        """The clip's length in samples, without reading a clip that is kept on disk."""
        known = self._known_length(self._key(text))
        return len(self.clip(text)) if known is None else known

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

    def _made(self, text: str) -> Clip:
        from voiceguide.audio.loudness import level  # noqa: PLC0415 (clips read from the cache need none)

        spoken = " ".join(text.split())
        if not spoken:
            raise self._silent(text)
        pcm = self.engine.synthesize(spoken, self.voice, self.rate)
        voiced = trim(to_float32(pcm.samples), pcm.rate)
        if not len(voiced):
            raise self._silent(text)
        return to_int16(level(resample(voiced, pcm.rate)))

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
