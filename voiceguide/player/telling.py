"""Telling: what the guide says beside the session is shown, and spoken where someone listens."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from voiceguide import seek
from voiceguide.audio.clip import SAMPLES_PER_MS
from voiceguide.errors import VoiceguideError
from voiceguide.player.remarks import COUNTED_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.audio.clip import Clip
    from voiceguide.player.playhead import Playhead
    from voiceguide.player.remarks import Guide
    from voiceguide.player.screen.view import View

# Free around a remark that is heard with the session.
_MARGIN_MS = 240
# How long a remark about a hold may wait for room.
_PATIENCE_MS = 8_000
# In less room nothing can be said.
_LEAST_MS = 1_000


class Teller:
    """Shows remarks on `view` and has the guide speak them in live play, once `live` is set."""

    def __init__(self, playhead: Playhead, guide: Guide, view: View) -> None:
        self._playhead = playhead
        self._guide = guide
        self._view = view
        self.live = False

    def show(self, *texts: str) -> None:
        """Show only."""
        for text in texts:
            self._view.tell(text)

    def spoken(self, *texts: str, after_ms: int | None = None) -> Clip | None:
        """The clip of what is said in live play, None in a capture or where the voice fails, which is shown."""
        if not self.live:
            return None
        try:
            if after_ms is None:
                return self._guide.clip(*texts)
            return self._guide.clip(*texts, after_ms=after_ms)
        except VoiceguideError as error:
            self.show(error.problems[0].message)
            return None

    def tell(self, text: str) -> None:
        """Show a remark and have it heard: with the session where there is room for it, else before that goes on."""
        self.show(text)
        clip = self.spoken(text)
        if clip is None:
            return
        transport = self._playhead.transport
        if transport.state != "playing" or transport.resting or transport.interrupted:
            transport.move(remark=clip)
        elif transport.leading_in:
            if self._fits_lead_in(clip):
                transport.say_over(clip)
            else:
                transport.move(remark=clip)
        elif self._room_ms(self._playhead.position_ms) >= len(clip) // SAMPLES_PER_MS + _MARGIN_MS:
            transport.say_over(clip)
        else:
            self._playhead.break_off(clip)

    def mention(self, text_in: Callable[[int], str]) -> None:
        """Show a remark and have it heard with the session as soon as there is room for it; nothing is broken off.

        `text_in` gives its words for when it is heard, in so many ms.
        """
        self.show(text_in(0))
        transport = self._playhead.transport
        if transport.state != "playing" or transport.resting or transport.interrupted:
            clip = self.spoken(text_in(0))
            if clip is not None:
                transport.move(remark=clip)
            return
        for wait_ms, room_ms in self._gaps():
            clip = self.spoken(text_in(wait_ms))
            if clip is None or room_ms >= len(clip) // SAMPLES_PER_MS + _MARGIN_MS:
                if clip is not None:
                    transport.say_over(clip, wait_ms)
                return

    def _fits_lead_in(self, clip: Clip) -> bool:
        """Whether a clip is over before the last seconds are counted."""
        counted = (COUNTED_IN * 1_000 + _MARGIN_MS) * SAMPLES_PER_MS
        return len(clip) <= self._playhead.transport.leading_in - counted

    def _gaps(self) -> Iterator[tuple[int, int]]:
        """When, in ms from now, nothing is heard, and for how long: the gaps that begin soon enough."""
        now = self._playhead.position_ms
        cues = self._playhead.timeline.cues
        after = bisect_right(cues, now, key=lambda cue: cue.start_ms)
        starts = [now, *(cue.end_ms + _MARGIN_MS for cue in cues[max(0, after - 1) :])]
        for start in starts:
            if start - now > _PATIENCE_MS:
                return
            if start >= now and (room_ms := self._room_ms(start)) >= _LEAST_MS:
                yield start - now, room_ms

    def _room_ms(self, at_ms: int) -> int:
        """How long nothing is heard from there on, as far as is played without a break."""
        limit = self._playhead.transport.limit
        room_ms = seek.room_ms(self._playhead.timeline, at_ms)
        return room_ms if limit is None else min(room_ms, limit // SAMPLES_PER_MS - at_ms)
