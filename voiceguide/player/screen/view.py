"""What is shown while a session plays: the protocol, the words, and plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TextIO

from voiceguide.player.screen.terminal import write_text

if TYPE_CHECKING:
    from voiceguide.player.status import Going, Status
    from voiceguide.timeline import SpanKind

_KINDS: dict[SpanKind, str] = {
    "get-ready": "Get ready",
    "hold": "Hold",
    "rep": "Rep",
    "breath": "Breath",
    "rest": "Rest",
    "switch": "Switch sides",
    "pause": "Silence",
    "wait": "Wait",
}

# That the sound is lost, and why, is a remark.
_GOING: dict[Going, str] = {
    "paused": "Paused",
    "waiting": "Waiting: press space to go on",
    "preparing": "Preparing what comes next",
}

_STATES: dict[Going, str] = {
    "starting": "STARTS in {seconds} s: press space to start now",
    "playing": "",
    "paused": "PAUSED",
    "waiting": "WAITING: press space to go on",
    "preparing": "PREPARING what comes next",
    "lost": "NO SOUND: waiting for the device",
    "over": "OVER",
}

KEYS_LINE = (
    "Keys: space pause, n next, b back, r repeat this set, s skip this side, left and right arrow 10 seconds, "
    "+ and - 5 seconds of a hold, ? help, q stop"
)


class View(Protocol):
    """What shows where the session stands."""

    def show(self, now: Status) -> None:
        """Show this moment; called up to ten times a second and on every change of chapter, span and `going`."""
        ...

    def tell(self, text: str) -> None:
        """Show a remark of the guide's: a line that is not of the session."""
        ...


class PlainView:
    """One line for each change of chapter, span or `going`, and for each remark: for files, pipes and screen readers.

    The first line tells the `keys` where there are any.
    """

    def __init__(self, stream: TextIO, *, keys: bool = False) -> None:
        self._stream = stream
        self._keys = keys
        self._before: Status | None = None

    def show(self, now: Status) -> None:
        """Write what is new, if anything is."""
        # That it starts later is a remark; what comes after the session tells of its end.
        if now.going == "starting":
            return
        before, self._before = self._before, now
        if now.going != "over":
            self._write(*_news(before, now))

    def tell(self, text: str) -> None:
        """Write the remark."""
        self._write(text)

    def _write(self, *lines: str) -> None:
        if lines and self._keys:
            self._keys = False
            lines = (KEYS_LINE, *lines)
        if lines:
            write_text(self._stream, "".join(f"{clean(line)}\n" for line in lines))


def _news(before: Status | None, now: Status) -> list[str]:
    """The lines for what changed."""
    new_chapter = before is None or now.chapter_start_ms != before.chapter_start_ms
    new_task = new_chapter or before is None or _task(now) != _task(before)
    place = []
    if new_chapter and now.chapter:
        place.append(now.chapter)
    if new_task and now.span_left_ms is not None and (task := doing(now)):
        place.append(f"{task}, {_length(now.span_left_ms)}")
    lines = [": ".join(place)] if place else []
    going = before.going if before is not None else "playing"
    if now.going == going:
        return lines
    if now.going != "playing":
        return [*lines, _GOING[now.going]] if now.going in _GOING else lines
    # After a pause or a loss the guide says that it resumes.
    return lines or (["Playing"] if going in ("waiting", "preparing") else [])


def doing(now: Status) -> str:
    """What is to be done, in a few words: "Hold, left side, set 1 of 2"; empty between spans and where a key is waited for."""
    if now.kind is None or now.going == "waiting":
        return ""
    kind = _KINDS[now.kind]
    if now.kind in ("rep", "breath"):
        words = [_numbered(kind, now.rep, now.reps) or kind]
    else:
        words = [kind, _numbered("rep", now.rep, now.reps)]
    words += [f"{now.side} side" if now.side else "", _numbered("set", now.set, now.sets)]
    return ", ".join(word for word in words if word)


def state(now: Status) -> str:
    """How the session goes, in capitals that need no colour; empty where it simply plays."""
    return _STATES[now.going].format(seconds=whole_seconds(now.starts_in_ms))


def clean(text: str) -> str:
    """The text without characters that would steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def clock_time(ms: int) -> str:
    """The time as m:ss or h:mm:ss, seconds rounded up."""
    minutes, seconds = divmod(whole_seconds(ms), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def whole_seconds(ms: int) -> int:
    """Seconds rounded up: what shows 3 while "three" is the last count that was said."""
    return -(-ms // 1000)


def _task(now: Status) -> tuple[object, ...]:
    """What changes with each span, but not where a rep goes into its hold and out again."""
    return (now.side, now.set, now.rep) if now.rep is not None else (now.span_start_ms,)


def _numbered(name: str, number: int | None, total: int | None) -> str:
    """Which of how many, where there are several: nobody counts a single set."""
    if number is None or total == 1:
        return ""
    return f"{name} {number} of {total}" if total is not None else f"{name} {number}"


def _length(ms: int) -> str:
    minutes, seconds = divmod(whole_seconds(ms), 60)
    words = [f"{minutes} minute" + "s" * (minutes != 1)] * (minutes > 0)
    words += [f"{seconds} second" + "s" * (seconds != 1)] * (seconds > 0 or minutes == 0)
    return " ".join(words)
