"""A timeline as samples: the one place that player and encoders take a session from."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Protocol

import numpy as np

from voiceguide.audio.clip import FRAME, SAMPLES_PER_MS, Clip, Pcm
from voiceguide.audio.floor import LOOP, noise
from voiceguide.audio.stereo import MusicSource, Stereo
from voiceguide.audio.stretches import Stretch, stretches
from voiceguide.errors import OutputError, Problem
from voiceguide.timeline import Cue, Sound, Source, Timeline
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BLOCK = 32 * FRAME
"""Samples of a block unless told: three quarters of a second."""

TOLERANCE_MS = 20
TOLERANCE_PART = 100
"""How much longer than its cue a clip may be, in ms and as one part of so many: whichever is more.

Two syntheses of one phrase by espeak-ng differ: a sentence of 1.4 s by up to 13 ms was measured.
"""


class Clips(Protocol):
    """What gives the clip of a cue's source: 48 kHz mono, levelled; called again for the same source at will."""

    def __call__(self, source: Source, /) -> Clip:
        """The source's clip."""
        ...


class Mixer:
    """The session's samples at 48 kHz, any stretch of them, in memory that does not grow with its length.

    They are the same in whatever stretches they are read. Without music they are mono, shape (n,). With it they are
    stereo, shape (n, 2), with the voice in both channels, where its -19 LUFS are -16, and the music lasts as long as the
    timeline.
    """

    def __init__(self, timeline: Timeline, clips: Clips, music: MusicSource | None = None) -> None:
        self._timeline = timeline
        self._clips = clips
        self._starts = [cue.start_ms * SAMPLES_PER_MS for cue in timeline.cues]
        # Blocks are shorter than sentences: the clip of the last block is the one most likely asked for again.
        self._latest: tuple[Source, Clip] | None = None
        self._floor_starts = (
            [one.start for one in self._narrated(-(-self.frames // FRAME))] if timeline.keep_awake else []
        )
        self._stereo = (
            None if music is None else Stereo(self._narration, music.lasting(self.frames), timeline.cues)
        )

    @property
    def frames(self) -> int:
        """The samples of the whole session, in each channel."""
        return self._timeline.duration_ms * SAMPLES_PER_MS

    @property
    def channels(self) -> int:
        """1 without music, 2 with it."""
        return 1 if self._stereo is None else 2

    @property
    def ready(self) -> int:
        """The samples from the session's start that can be read without waiting for music; raises what the music raises."""
        return self.frames if self._stereo is None else self._stereo.ready(self.frames)

    def read(self, start: int, count: int) -> Pcm:
        """The samples from `start` (not negative) on, always `count` of them: zeros past the end.

        Waits for music that is not there yet, and raises what the music raises. Raises OutputError
        `speech-does-not-fit` for a clip that is longer than its cue, as `check_fit` does.
        """
        if self._stereo is None:
            return self._narration(start, count)
        return self._stereo.read(start, count)

    def blocks(self, size: int = BLOCK) -> Iterator[Pcm]:
        """The whole session from its start to its end, in blocks of `size` samples and what is left."""
        for start in range(0, self.frames, size):
            yield self.read(start, min(size, self.frames - start))

    def stretches(self, frames: int) -> Iterator[Stretch]:
        """The session as so many MP3 frames, cut where nothing but the floor is heard; music is never quiet.

        A quiet stretch is silence, or the floor from its beginning on.
        """
        if self._stereo is None:
            yield from self._narrated(frames)
        elif frames:
            yield Stretch(0, frames, ((0, "music"),))

    @property
    def quiet(self) -> Clip:
        """What quiet stretches are made of, over and over: whole MP3 frames."""
        return noise(0, LOOP) if self._timeline.keep_awake else np.zeros(FRAME, dtype=np.int16)

    def _narrated(self, frames: int) -> Iterator[Stretch]:
        sounds = (
            (cue.start_ms * SAMPLES_PER_MS, _latest_end_ms(cue) * SAMPLES_PER_MS, cue.source)
            for cue in self._timeline.cues
        )
        return stretches(sounds, frames)

    def _narration(self, start: int, count: int) -> Clip:
        """What is said, over silence or the floor of noise; silence outside of the session."""
        block = self._floor(start, count) if self._timeline.keep_awake else np.zeros(count, dtype=np.int16)
        # The cue that began before the block may still be heard in it.
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self._starts) and self._starts[index] < start + count:
            clip = self._clip(index)
            begin = self._starts[index] - start
            part = clip[max(0, -begin) : max(0, count - begin)]
            # A recording may be silent for long: the floor lies under cues too, far below the room to full scale.
            block[max(0, begin) : max(0, begin) + len(part)] += part
            index += 1
        return block

    def _floor(self, start: int, count: int) -> Clip:
        """The floor, which begins anew with every stretch, so that the same word over it is the same sound."""
        floor = np.zeros(count, dtype=np.int16)
        begin, last = max(0, start), min(start + count, self.frames)
        while begin < last:
            index = bisect_right(self._floor_starts, begin)
            end = min([last, *self._floor_starts[index : index + 1]])
            floor[begin - start : end - start] = noise(begin - self._floor_starts[index - 1], end - begin)
            begin = end
        return floor

    def _clip(self, index: int) -> Clip:
        source = self._timeline.cues[index].source
        # Looked at once: another thread may put its own in place.
        latest = self._latest
        if latest is None or latest[0] != source:
            latest = self._latest = (source, self._clips(source))
        clip = latest[1]
        cue = self._timeline.cues[index]
        room = min(_latest_end_ms(cue), _room_end_ms(self._timeline, index)) - cue.start_ms
        if len(clip) > room * SAMPLES_PER_MS:
            raise OutputError(_does_not_fit(self._timeline, cue, count=1))
        return clip


def check_fit(timeline: Timeline, clips_length_ms: Callable[[Source], int]) -> None:
    """Raise OutputError `speech-does-not-fit` when a clip is longer than the timeline was compiled for.

    A clip may be 20 ms or a hundredth longer than its cue, and may not reach the next cue or the end of the session.
    """
    late = [
        cue
        for index, cue in enumerate(timeline.cues)
        if cue.start_ms + clips_length_ms(cue.source)
        > min(_latest_end_ms(cue), _room_end_ms(timeline, index))
    ]
    if late:
        raise OutputError(_does_not_fit(timeline, late[0], count=len(late)))


def _latest_end_ms(cue: Cue) -> int:
    return cue.end_ms + max(TOLERANCE_MS, (cue.end_ms - cue.start_ms) // TOLERANCE_PART)


def _room_end_ms(timeline: Timeline, index: int) -> int:
    """Where the next cue starts, or the session ends."""
    if index + 1 < len(timeline.cues):
        return timeline.cues[index + 1].start_ms
    return timeline.duration_ms


def _does_not_fit(timeline: Timeline, cue: Cue, *, count: int) -> Problem:
    text = cue.source.name if isinstance(cue.source, Sound) else cue.text
    seconds, ms = divmod(cue.start_ms, 1000)
    time = f"{seconds // 60}:{seconds % 60:02d}.{ms:03d}"
    return problem("speech-does-not-fit", text=text, time=time, count=count, total=len(timeline.cues))
