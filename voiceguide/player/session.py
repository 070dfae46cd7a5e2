"""Playing a session: an output takes the samples, commands move it, a view shows where it stands."""

from __future__ import annotations

import time
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide import seek
from voiceguide.audio.clip import SAMPLES_PER_MS
from voiceguide.player.commands import NoCommands
from voiceguide.player.playhead import Playhead
from voiceguide.player.sleep import Sleep
from voiceguide.player.status import moment, status
from voiceguide.player.telling import Teller
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.audio.clip import Clip
    from voiceguide.player.commands import Command, Commands
    from voiceguide.player.outputs import Output
    from voiceguide.player.remarks import Guide
    from voiceguide.player.score import Score
    from voiceguide.player.screen.view import View
    from voiceguide.player.status import Going, Status

STEP_MS = 10_000
"""How far the arrows go."""
HOLD_STEP_MS = 5_000
"""What + and - give and take."""
ONCE_MORE_MS = 1_500
"""From the words before a set that is repeated to its tone."""

_SHOW_EVERY_S = 0.1
# What is waited for less long is not shown.
_WAITED_FOR_S = 0.5
# What is heard up to so long before and after what is played now: a device has yet to play what it took.
_BUFFERED_MS = 400
_SOON_MS = 240


@dataclass(frozen=True)
class Outcome:
    """How a session ended, or how far it is: where it stands, and what was done.

    It is `finished` at the end where at least half of what lay ahead was heard. `chapter` is empty and `chapter_number` 0
    without any. `played_ms` is the session's time that was heard, without pauses. `done` of `exercises` were done from
    their first set to their last.
    """

    finished: bool
    position_ms: int
    chapter: str
    chapter_number: int
    played_ms: int
    done: int
    exercises: int


class Conductor:
    """Plays the session of a `score`; an Attendant of outputs.

    `commands` are what the listener can say, `guide` what is said in return. The session begins at `start_ms`, after
    `start_in_ms` of getting ready. `clock` counts seconds, `sleep` notices suspensions. The view is shown every change
    of chapter, span and of how it goes, and in between ten times a second.
    """

    def __init__(
        self,
        score: Score,
        commands: Commands,
        view: View,
        guide: Guide,
        *,
        start_ms: int = 0,
        start_in_ms: int = 0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep | None = None,
    ) -> None:
        self._start_ms = start_ms
        self._playhead = Playhead(score, start_ms)
        self._transport = self._playhead.transport
        self._commands = commands
        self._view = view
        self._guide = guide
        self._teller = Teller(self._playhead, guide, view)
        self._start_in_ms = start_in_ms
        self._clock = clock
        self._sleep = sleep or Sleep()
        self._lost = False
        self._paused = False
        self._unready_since: float | None = None
        self._shown: object = None
        self._shown_at = self._clock()
        self._actions: dict[Command, Callable[[], None]] = {
            "toggle": self._toggle,
            "pause": self._pause,
            "resume": self._go_on,
            "next": lambda: self._go(seek.next_chapter(self._playhead.timeline, self._playhead.position_ms)),
            "previous": lambda: self._go(
                seek.previous_chapter(self._playhead.timeline, self._playhead.position_ms)
            ),
            "forward": self._forward,
            "back": lambda: self._step(-STEP_MS),
            "repeat": self._repeat,
            "skip-side": self._skip_side,
            "more": lambda: self._change_hold(HOLD_STEP_MS),
            "less": lambda: self._change_hold(-HOLD_STEP_MS),
            "help": lambda: self._teller.tell(guide.words.keys),
            "unknown": lambda: self._teller.tell(guide.words.no_key),
            "stop": self._stop,
        }

    def run(self, output: Output) -> Outcome:
        """Play to the end, or until the session is stopped.

        Raises what the output, the score, the commands and the view raise, KeyboardInterrupt among them; `outcome`
        tells how far it came then too.
        """
        self._teller.live = output.live
        try:
            if output.live:
                self._playhead.mix_ahead()
                self._transport.keep_open()
            if self._start_in_ms:
                self._count_in()
            self._hold_back()
            output.run(self._transport, self)
        finally:
            self._playhead.close()
        self._view.show(status(self._playhead.timeline, self._playhead.position_ms, "over"))
        return self.outcome()

    def outcome(self) -> Outcome:
        """How it ended, or how far it is; to be asked on the thread that runs it."""
        position_ms = self._playhead.position_ms
        chapters = self._playhead.timeline.chapters
        number = bisect_right(chapters, position_ms, key=lambda chapter: chapter.start_ms)
        done, exercises = self._done()
        timeline, heard = self._playhead.timeline, self._playhead.heard
        ahead_ms = timeline.duration_ms - self._start_ms
        return Outcome(
            position_ms >= timeline.duration_ms and 2 * heard.total_ms >= ahead_ms,
            position_ms,
            chapters[number - 1].title if number else "",
            number,
            self._transport.played // SAMPLES_PER_MS,
            done,
            exercises,
        )

    def speaking(self) -> bool:
        """Whether something is heard now, was a moment ago or will be in a moment: for a microphone, on any thread."""
        if self._transport.remarking:
            return True
        now = self._playhead.position_ms
        return self._transport.state == "playing" and any(
            cue.start_ms < now + _SOON_MS and now - _BUFFERED_MS < cue.end_ms
            for cue in self._playhead.timeline.cues
        )

    def attend(self) -> None:
        """Look at what is ready, what is commanded, and what is to be shown."""
        self._playhead.refresh()
        slept = self._sleep.noticed(self._transport.played // SAMPLES_PER_MS)
        if slept and self._teller.live and self._going == "playing":
            self._resume()
        for command in self._commands.poll():
            self._obey(command)
        self._hold_back()
        self._conclude()
        time_s = self._clock()
        now = self._status(time_s)
        if moment(now) != self._shown or time_s - self._shown_at >= _SHOW_EVERY_S:
            self._shown, self._shown_at = moment(now), time_s
            self._view.show(now)

    def _status(self, time_s: float) -> Status:
        going = self._going
        if going != "preparing":
            self._unready_since = None
        elif self._unready_since is None:
            self._unready_since = time_s
        if going == "preparing" and time_s - (self._unready_since or 0.0) < _WAITED_FOR_S:
            going = "playing"
        starts_in_ms = self._transport.leading_in // SAMPLES_PER_MS
        return status(self._playhead.timeline, self._playhead.position_ms, going, starts_in_ms=starts_in_ms)

    def lost(self, reason: str, unheard: int) -> None:
        """Wait where the last sample was heard."""
        self._lost = True
        self._playhead.take_back(unheard)
        self._teller.show(problem("session-waits", reason=reason).message)

    def found(self, *, changed: bool) -> None:
        """Go on, unless it was paused besides."""
        self._lost = False
        words = self._guide.words
        told = words.device_changed if changed else words.sound_back
        if self._paused:
            self._teller.tell(told)
        else:
            self._resume(told)

    @property
    def _going(self) -> Going:
        state = self._transport.state
        if state in ("stopped", "finished"):
            return "over"
        if self._lost:
            return "lost"
        if state == "paused":
            return "paused"
        if self._transport.leading_in:
            return "starting"
        if self._waiting:
            return "waiting"
        at_end = self._playhead.position_ms >= self._playhead.timeline.duration_ms
        return "preparing" if self._transport.resting and not at_end else "playing"

    @property
    def _waiting(self) -> bool:
        """Whether the session stands where the script waits for a command."""
        wait_ms = self._next_wait_ms()
        return wait_ms is not None and self._transport.position == wait_ms * SAMPLES_PER_MS

    def _next_wait_ms(self) -> int | None:
        if not self._teller.live or isinstance(self._commands, NoCommands):
            return None
        # A sample into the wait is past it.
        position_ms = -(-self._transport.position // SAMPLES_PER_MS)
        wait = seek.next_wait(self._playhead.timeline, position_ms)
        return None if wait is None else wait.start_ms

    def _hold_back(self) -> None:
        self._playhead.hold_back(self._next_wait_ms())

    def _obey(self, command: Command) -> None:
        if self._transport.state in ("stopped", "finished"):
            return
        if self._transport.leading_in and command in ("toggle", "pause", "resume"):
            # It begins at once.
            self._transport.begin()
        else:
            self._actions[command]()

    def _toggle(self) -> None:
        if self._paused or self._waiting:
            self._go_on()
        else:
            self._pause()

    def _pause(self) -> None:
        if not self._paused:
            self._paused = True
            if not self._lost:
                self._transport.move(paused=True)

    def _go_on(self) -> None:
        """Go on after a pause, or from where a command was waited for."""
        if self._paused:
            self._paused = False
            if not self._lost:
                self._resume()
        elif self._waiting:
            self._leave_wait()

    def _resume(self, *told: str) -> None:
        """Go on where a break leads, telling that and how much of a hold is left."""
        if self._transport.leading_in:
            # There is nothing to go on with yet.
            self._teller.show(*told)
            self._transport.move(paused=False, remark=self._teller.spoken(*told) if told else None)
            return
        if self._waiting:
            # What is waited for is said again.
            self._teller.show(*told)
            spoken = self._teller.spoken(*told) if told else None
            self._playhead.repeat_words(spoken)
            return
        place = seek.resumption(self._playhead.timeline, self._playhead.position_ms)
        said = (*told, self._guide.resuming(place.hold_left_ms))
        self._teller.show(*said)
        self._playhead.break_off(self._teller.spoken(*said), paused=False)

    def _go(self, at_ms: int, remark: Clip | None = None) -> None:
        """Go there, and on from there though it was paused: whoever moves wants to hear where they are."""
        self._paused = False
        self._playhead.go(at_ms, paused=self._lost, remark=remark)

    def _leave_wait(self) -> None:
        wait = seek.wait_at(self._playhead.timeline, self._playhead.position_ms)
        if wait is not None:
            self._go(wait.end_ms)

    def _forward(self) -> None:
        if self._waiting:
            self._leave_wait()
        else:
            self._step(STEP_MS)

    def _step(self, by_ms: int) -> None:
        self._go(seek.moved(self._playhead.timeline, self._playhead.position_ms, by_ms))

    def _repeat(self) -> None:
        start_ms = seek.set_start(self._playhead.timeline, self._playhead.position_ms)
        if start_ms is None:
            self._teller.tell(self._guide.words.no_set)
            return
        words = self._guide.words.once_more
        self._teller.show(words)
        self._go(start_ms, self._teller.spoken(words, after_ms=ONCE_MORE_MS))

    def _skip_side(self) -> None:
        end_ms = seek.side_end(self._playhead.timeline, self._playhead.position_ms)
        if end_ms is None:
            self._teller.tell(self._guide.words.no_side)
        else:
            self._go(end_ms)

    def _change_hold(self, by_ms: int) -> None:
        # What is being told of the hold is no longer so, and may be where another cue comes now.
        self._transport.hush()
        left_ms = self._playhead.change_hold(by_ms)
        if left_ms is not None:
            self._teller.mention(lambda in_ms: self._guide.left(left_ms - in_ms))
        elif seek.hold_at(self._playhead.timeline, self._playhead.position_ms) is None:
            self._teller.tell(self._guide.words.no_hold)
        else:
            self._teller.tell(self._guide.words.hold_ending)

    def _stop(self) -> None:
        text = self._guide.stopped(self._done()[0])
        self._teller.show(text)
        self._transport.stop(None if self._lost else self._teller.spoken(text))

    def _done(self) -> tuple[int, int]:
        """How many exercises were done, of how many."""
        self._playhead.heard.until(self._playhead.position_ms)
        return seek.work_done(self._playhead.timeline, self._playhead.heard.stretches)

    def _count_in(self) -> None:
        self._teller.show(self._guide.starting_in(self._start_in_ms))
        self._transport.lead_in(self._guide.count_in(self._start_in_ms))

    def _conclude(self) -> None:
        """Tell the end where the session has come to it."""
        transport = self._transport
        at_end = self._playhead.position_ms >= self._playhead.timeline.duration_ms
        if self._teller.live and at_end and not self._lost and transport.state in ("playing", "paused"):
            text = self._guide.finished(transport.played // SAMPLES_PER_MS)
            self._teller.show(text)
            transport.conclude(self._teller.spoken(text))
