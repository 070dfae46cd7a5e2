"""The screen while a session plays: it shows what the timeline says at the audio's own time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .sight import may_show, the_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.timeline import Span, Timeline

    from .browser import Phone

FRAMES = 10


def span(timeline: Timeline, kind: str, **values: str | int) -> Span:
    """The first span of a kind with these values."""
    return next(
        one
        for one in timeline.spans
        if one.kind == kind and all(getattr(one, name) == value for name, value in values.items())
    )


def start(after_ms: int, kind: str, **values: str | int) -> Callable[[Timeline], int]:
    """So long after the start of a span."""
    return lambda timeline: span(timeline, kind, **values).start_ms + after_ms


def end(before_ms: int, kind: str, **values: str | int) -> Callable[[Timeline], int]:
    """So long before the end of a span."""
    return lambda timeline: span(timeline, kind, **values).end_ms - before_ms


MOMENTS: dict[str, Callable[[Timeline], int]] = {
    "the first words": lambda _: 600,
    "a get-ready": start(1_500, "get-ready"),
    "a hold on the left": start(2_300, "hold", side="left"),
    "the last second of a hold": end(700, "hold", side="left"),
    "a rest": start(1_200, "rest"),
    "the second set": start(1_000, "hold", set=2),
    "the switch": start(2_500, "switch"),
    "a hold on the right": start(3_200, "hold", side="right"),
    "a rep": start(300, "rep", rep=2),
    "a hold in a rep": start(500, "hold", rep=2),
    "the last rep": end(600, "rep", rep=3),
    "the closing": lambda timeline: timeline.chapters[-1].start_ms + 200,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_screen_says_what_the_timeline_says(playing: Phone, timeline: Timeline, moment: str) -> None:
    """In each of some frames after a seek, while it plays on."""
    at_ms = MOMENTS[moment](timeline)
    playing.seek(at_ms)
    playing.resume()
    for ms, sight in playing.sees(FRAMES):
        assert at_ms <= ms < at_ms + 5_000
        assert sight in may_show(timeline, ms)


def test_a_hold_begins_on_the_screen_in_the_frame_in_which_it_begins(
    playing: Phone, timeline: Timeline
) -> None:
    """Two seconds played without a seek, every frame of them: get ready, then the hold, and its first second gone."""
    hold = span(timeline, "hold")
    playing.seek(hold.start_ms - 800)
    playing.resume()
    seen = playing.sees(150)
    assert [(ms, sight) for ms, sight in seen if sight not in may_show(timeline, ms)] == []
    assert list(dict.fromkeys((sight.what, sight.seconds) for _, sight in seen))[:3] == [
        ("Get ready", "1"),
        ("Hold", "6"),
        ("Hold", "5"),
    ]


def test_a_hold_is_shown_with_its_side_set_seconds_and_what_is_next(
    playing: Phone, timeline: Timeline
) -> None:
    playing.pause()
    playing.seek(span(timeline, "hold", side="right", set=2).start_ms + 2_400)
    ((_, sight),) = playing.sees()
    assert (sight.title, sight.side, sight.what, sight.set, sight.seconds, sight.next) == (
        "Lean", "right", "Hold", "Set 2 of 2", "4", "Nod",
    )  # fmt: skip


def test_the_ring_is_as_full_as_the_hold_is_long(playing: Phone, timeline: Timeline) -> None:
    playing.pause()
    playing.seek(span(timeline, "hold").start_ms + 1_500)
    playing.sees()
    arc = playing.page.locator("#ring .arc")
    around = float(arc.get_attribute("stroke-dasharray") or "")
    gap = float(arc.get_attribute("stroke-dashoffset") or "")
    assert gap / around == pytest.approx(0.25, abs=0.001)


def test_the_end_says_so(playing: Phone, timeline: Timeline) -> None:
    playing.seek(timeline.duration_ms - 300)
    playing.resume()
    playing.wait("audio.ended")
    assert playing.sees()[0][1] == the_end(timeline)


def test_the_slider_is_at_its_end_at_the_end(playing: Phone, timeline: Timeline) -> None:
    """Also where the keyboard has put it there."""
    playing.pause()
    playing.seek(timeline.duration_ms - 300)
    playing.page.locator("#seek").focus()
    playing.page.locator("#play").click()
    playing.page.locator("#seek").focus()
    playing.wait("audio.ended")
    assert playing.page.evaluate(_SLIDER) == {"value": "max", "text": "same", "share": "100.0%"}


_SLIDER = """
() => {
  const seek = document.getElementById("seek");
  const [at, total] = seek.getAttribute("aria-valuetext").split(" of ");
  return {
    value: seek.value === seek.max ? "max" : seek.value,
    text: at === total ? "same" : at,
    share: seek.style.getPropertyValue("--share"),
  };
}
"""


def test_nothing_moves_that_was_not_touched(phone: Phone) -> None:
    """From the list to the end, as the browser counts it (CLS); the session is one that has to be made first."""
    phone.open()
    phone.page.locator('#routines a[href="#/short"]').click()
    phone.page.get_by_label("Few words").check()
    phone.page.locator("#make").click()
    phone.page.locator("#play").click()
    for chapter in phone.timeline().chapters:
        phone.seek(chapter.end_ms - 300)
        phone.resume()
        phone.sees(30)
    assert phone.shifts() == []


def test_the_tone_of_a_hold_is_heard_when_the_screen_says_hold(playing: Phone, timeline: Timeline) -> None:
    """The sound itself, as the browser decodes it: within an MP3 frame (24 ms) and the 43 ms that are listened to at once."""
    hold = span(timeline, "hold")
    playing.seek(hold.start_ms - 900)
    playing.resume()
    heard = playing.page.evaluate(_HEAR, 90)
    first = next(index for index, frame in enumerate(heard) if frame["loud"])
    quiet, loud = heard[first - 1], heard[first]
    assert quiet["ms"] - hold.start_ms < 24 + 43
    assert loud["ms"] - hold.start_ms > -24
    assert [frame["what"] for frame in heard[first + 4 :]] == ["Hold"] * (len(heard) - first - 4)


_HEAR = """
async (count) => {
  const audio = document.querySelector("audio");
  const context = new AudioContext();
  const ear = context.createAnalyser();
  context.createMediaElementSource(audio).connect(ear).connect(context.destination);
  await context.resume();
  const samples = new Float32Array(ear.fftSize);
  const frames = [];
  while (frames.length < count) {
    await new Promise(requestAnimationFrame);
    ear.getFloatTimeDomainData(samples);
    frames.push({
      ms: Math.round(1000 * audio.currentTime),
      loud: samples.some((sample) => Math.abs(sample) > 0.02),
      what: document.getElementById("now-what").textContent,
    });
  }
  return frames;
}
"""
