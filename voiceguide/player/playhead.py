"""The playhead: where on its timeline a session is, how it is moved there, and how the timeline is changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide import retime, seek
from voiceguide.audio.clip import SAMPLES_PER_MS
from voiceguide.player.ahead import Ahead
from voiceguide.player.heard import Heard
from voiceguide.player.transport import Transport

if TYPE_CHECKING:
    from voiceguide.audio.clip import Clip
    from voiceguide.player.score import Score
    from voiceguide.player.transport import PcmSource


class Playhead:
    """A score being played from `start_ms` on: its timeline as it was changed, and the transport of its samples.

    `timeline` is the one that is played, `heard` what of it was heard, in ms.
    """

    def __init__(self, score: Score, start_ms: int) -> None:
        self._score = score
        self._latest = score.latest()
        self._edits: list[retime.Edit] = []
        self.timeline = self._latest.timeline
        self._source: PcmSource = score.source(self.timeline)
        self._ahead: Ahead | None = None
        self.transport = Transport(self._source, start_ms * SAMPLES_PER_MS)
        self.heard = Heard(start_ms)

    @property
    def position_ms(self) -> int:
        """The next moment to be played."""
        return self.transport.position // SAMPLES_PER_MS

    @property
    def ready_ms(self) -> int:
        """Up to where the timeline is final."""
        latest = self._latest
        if latest.ready_ms >= latest.timeline.duration_ms:
            return self.timeline.duration_ms
        return retime.moved(latest.timeline, self._edits, latest.ready_ms)

    def mix_ahead(self) -> None:
        """Have the samples mixed before a device needs them, until `close`."""
        self._ahead = Ahead(self._source, self.transport.position)
        self.transport.swap(self._ahead)

    def close(self) -> None:
        """Mix no more ahead."""
        if self._ahead is not None:
            self._ahead.close()

    def refresh(self) -> None:
        """Take up what has become ready, and notice how far it was heard; raises what preparing raised."""
        latest = self._score.latest()
        if latest != self._latest:
            self._latest = latest
            self._rearrange()
        self.heard.until(self.position_ms)

    def hold_back(self, wait_ms: int | None) -> None:
        """Set how far may be played: to what is ready, and to `wait_ms` where there is something to wait for."""
        limit = min(self._source.ready, self.ready_ms * SAMPLES_PER_MS)
        if wait_ms is not None:
            limit = min(limit, wait_ms * SAMPLES_PER_MS)
        self.transport.limit = limit if limit < self._source.frames else None

    def go(self, at_ms: int, *, paused: bool | None = None, remark: Clip | None = None) -> None:
        """Break off and go on at `at_ms`, or where it is ready to, after a remark; playing or paused as before."""
        now_ms, at_ms = self.position_ms, min(at_ms, self.ready_ms)
        self.heard.jump(now_ms, at_ms)
        # Where it stays, it stays to the sample.
        position = None if at_ms == now_ms else at_ms * SAMPLES_PER_MS
        self.transport.move(position, paused=paused, remark=remark)
        # What fades out is still of the timeline as it was.
        if at_ms < now_ms and self._edits:
            self._edit(retime.Again(at_ms))

    def break_off(self, remark: Clip | None, *, paused: bool | None = None) -> None:
        """Break off for a remark and go on where a break leads; what is broken in a hold is not heard again."""
        place = seek.resumption(self.timeline, self.position_ms)
        if place.broken is not None:
            self._edit(retime.LeftOut(self.timeline.cues[place.broken].start_ms))
        self.go(place.at_ms, paused=paused, remark=remark)

    def repeat_words(self, remark: Clip | None) -> None:
        """Go on with the last words before, after a remark."""
        before = [cue.start_ms for cue in self.timeline.cues if cue.end_ms <= self.position_ms]
        self.go(before[-1] if before else self.position_ms, paused=False, remark=remark)

    def take_back(self, samples: int) -> None:
        """Pause where the last sample was heard, which was so many before the last that was read."""
        self.transport.unhear(samples)
        self.heard.jump(self.position_ms, self.position_ms)

    def change_hold(self, by_ms: int) -> int | None:
        """Make the hold that goes on longer; gives what is left of it in ms, None where it cannot be."""
        at_ms = self.position_ms
        hold = seek.hold_at(self.timeline, at_ms)
        if hold is None or retime.change_hold(self.timeline, at_ms, by_ms) is None:
            return None
        self._edit(retime.HoldChange(at_ms, by_ms))
        self.heard.moved(hold.end_ms, by_ms)
        return hold.end_ms + by_ms - at_ms

    def _edit(self, edit: retime.Edit) -> None:
        self._edits.append(edit)
        self._rearrange()

    def _rearrange(self) -> None:
        """Play the latest timeline with every change that was made to it."""
        self.timeline = retime.edited(self._latest.timeline, self._edits)
        self._source = self._score.source(self.timeline)
        if self._ahead is None:
            self.transport.swap(self._source)
            return
        before = self._ahead
        self.mix_ahead()
        before.close()
