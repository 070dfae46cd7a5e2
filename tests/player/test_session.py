"""A session played by the conductor: what is heard, shown and told for each command and each fault.

Times are seconds since the output began. The session is told in `SESSION`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.audio.music.support import noise as music
from tests.audio.music.support import wav
from voiceguide.audio.encode import write_audio
from voiceguide.audio.mixer import Mixer
from voiceguide.audio.music.bed import open_bed
from voiceguide.errors import SpeechError
from voiceguide.player.commands import NoCommands
from voiceguide.player.outputs import WavFile
from voiceguide.player.remarks import Guide
from voiceguide.player.score import FixedScore, Ready
from voiceguide.player.session import Conductor, Outcome
from voiceguide.timeline import Cue, Music, Sound
from voiceguide.wording import problem

from .booth import Booth, find, lose, play, press, sleep
from .support import MS, Shown, noise, session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voiceguide.audio.clip import Clip
    from voiceguide.player.commands import Command
    from voiceguide.player.transport import PcmSource
    from voiceguide.timeline import Timeline

LEAN = "- lean: 2 x 20s each side"
SESSION = f"{LEAN}\n- rest: 10s\n- fold: 30s\n- lift: 3 reps @ 2-1-3"

Event = dict[int, "Callable[[Booth], None]"]


def heard(events: Event, until_ms: int, *, first_ms: int = 8_000, steps: str = SESSION) -> str:
    """What is heard from `first_ms` on."""
    lines = play(steps, events, until_ms=until_ms).heard
    return "\n".join(line for line in lines if float(line.split()[0]) * 1_000 >= first_ms)


def told(events: Event, until_ms: int, *, steps: str = SESSION) -> list[str]:
    return play(steps, events, until_ms=until_ms).shown.told


def lines(*said: str) -> str:
    return "\n".join(said)


def test_undisturbed_it_is_the_timeline_and_the_end_is_told_after_it() -> None:
    assert play("- fold: 20s").heard == [
        "0.48 Fold.",
        "1.39 Twenty seconds.",
        "5.50 *start",
        "15.50 halfway",
        "22.50 three",
        "23.50 two",
        "24.50 one",
        "25.50 *end",
        "26.98 That was the end, less than a minute.",
    ]


def test_paused_in_a_hold_it_goes_on_exactly_where_it_stopped_after_telling_what_is_left() -> None:
    """The hold was paused at 13.00 and halfway was due at 18.71: it is heard 5.71 s after the hold goes on."""
    assert heard({13_000: press("toggle"), 20_000: press("toggle")}, 39_000) == lines(
        "8.71 *start",
        "20.12 Resuming, sixteen seconds left.",
        "28.04 halfway",
        "35.04 three",
        "36.04 two",
        "37.04 one",
        "38.04 *end",
        "38.75 Rest.",
    )


def test_a_cue_that_a_pause_broke_in_a_hold_is_not_heard_again() -> None:
    assert heard({18_900: press("toggle"), 20_000: press("toggle")}, 30_000) == lines(
        "8.71 *start", "18.71 halfway…", "20.12 Resuming, ten seconds left.", "28.94 three", "29.94 two"
    )


def test_paused_in_a_sentence_it_goes_on_with_that_sentence() -> None:
    assert heard({2_000: press("toggle"), 20_000: press("toggle")}, 25_000, first_ms=0) == lines(
        "0.48 Lean.",
        "1.39 Two sets, twenty seconds each side.…",
        "20.12 Resuming.",
        "21.23 Two sets, twenty seconds each side.",
        "23.65 First set, left side.",
    )


def test_paused_in_a_rep_it_goes_on_with_that_rep() -> None:
    assert heard(
        {12_000: press("toggle"), 14_000: press("toggle")},
        22_000,
        first_ms=11_000,
        steps="- lift: 3 reps @ 2-1-3",
    ) == lines(
        "11.50 two, up…", "14.12 Resuming.", "15.23 two, up", "17.23 hold", "18.23 down", "21.23 three, up"
    )


def test_pause_and_resume_said_twice_do_nothing_more() -> None:
    events = {13_000: press("pause", "pause"), 20_000: press("resume"), 21_000: press("resume")}
    assert told(events, 25_000) == ["Resuming, sixteen seconds left."]


def test_next_is_the_announcement_of_the_next_exercise() -> None:
    assert heard({13_000: press("next")}, 15_500) == lines(
        "8.71 *start", "13.02 Rest.", "13.93 Next: Fold.", "15.16 Thirty seconds."
    )


def test_back_is_the_announcement_of_this_exercise() -> None:
    assert heard({13_000: press("previous")}, 16_000) == lines(
        "8.71 *start", "13.50 Lean.", "14.41 Two sets, twenty seconds each side."
    )


def test_whoever_moves_in_a_pause_hears_where_they_are() -> None:
    assert heard({13_000: press("toggle"), 14_000: press("next")}, 16_500, first_ms=14_000) == lines(
        "14.00 Rest.", "14.91 Next: Fold.", "16.14 Thirty seconds."
    )


def test_next_in_the_last_chapter_is_the_end_and_tells_what_was_heard() -> None:
    assert heard({13_000: press("next")}, 20_000, steps="- fold: 2m") == lines(
        "13.14 That was the end, less than a minute."
    )


def test_a_session_that_was_skipped_through_is_not_finished() -> None:
    assert not play("- fold: 2m", {13_000: press("next")}).outcome.finished
    assert play("- fold: 20s", {22_000: press("next")}).outcome.finished


def test_repeat_in_a_set_is_its_start_tone_again() -> None:
    assert heard({13_000: press("repeat")}, 26_000) == lines(
        "8.71 *start", "13.14 Once more.", "15.44 *start", "25.44 halfway"
    )


def test_repeat_in_the_rest_after_a_set_is_that_set() -> None:
    assert heard({31_000: press("repeat")}, 44_000, first_ms=31_000) == lines(
        "31.14 Once more.", "33.44 *start", "43.44 halfway"
    )


def test_repeat_before_the_first_set_is_the_announcement() -> None:
    assert heard({3_000: press("repeat")}, 6_500, first_ms=2_000) == lines("3.14 Once more.", "5.92 Lean.")


def test_repeat_where_there_is_no_set_is_refused() -> None:
    assert told({1_000: press("repeat")}, 5_000, steps="- say: Breathe out slowly.\n- pause: 1m") == [
        "There is no set to repeat here."
    ]


def test_more_time_moves_the_end_of_the_hold_and_all_after_it() -> None:
    assert heard({13_000: press("more")}, 40_000) == lines(
        "8.71 *start",
        "13.12 Twenty-one seconds left.",
        "21.21 halfway",
        "30.71 three",
        "31.71 two",
        "32.71 one",
        "33.71 *end",
        "34.42 Rest.",
        "39.32 Last set on this side.",
    )


def test_in_the_countdown_more_time_has_it_counted_again() -> None:
    assert heard({26_800: press("more")}, 34_000, first_ms=25_000) == lines(
        "25.71 three",
        "26.71 two",
        "27.52 Six seconds left.",
        "30.71 three",
        "31.71 two",
        "32.71 one",
        "33.71 *end",
    )


def test_less_time_ends_the_hold_sooner() -> None:
    assert heard({13_000: press("less", "less")}, 20_000) == lines(
        "8.71 *start",
        "13.71 halfway",
        "15.71 three",
        "16.71 two",
        "17.71 one",
        "18.71 *end",
        "19.42 Rest.",
    )


def test_less_time_than_is_left_is_refused() -> None:
    assert told({24_500: press("less")}, 27_000) == ["This hold is about to end."]


def test_how_much_is_left_is_told_after_the_next_cue_where_there_is_no_room_before() -> None:
    """At 17.00 halfway is 1.7 s ahead; what is told is true when it is heard."""
    assert heard({17_000: press("less", "more")}, 22_000) == lines(
        "8.71 *start", "18.71 halfway", "19.72 Nine seconds left."
    )


def test_pressed_often_it_is_told_once_in_the_end() -> None:
    events = {at: press("more") for at in range(12_000, 14_000, 100)}
    assert heard(events, 16_000) == lines("8.71 *start", "14.04 One minute fifty-five seconds left.")


def test_where_nothing_is_held_more_time_is_refused_in_words() -> None:
    """The sentence that is broken off for it is heard from its start."""
    assert heard({6_500: press("more")}, 9_500, first_ms=5_000) == lines(
        "5.54 Lean to the left.…", "6.64 There is no hold to change here.", "8.90 Lean to the left."
    )


def test_a_refusal_is_heard_over_a_hold_where_there_is_room_and_the_hold_keeps_its_time() -> None:
    assert heard({10_000: press("unknown")}, 19_000) == lines(
        "8.71 *start", "10.12 No such key. The question mark tells the keys.", "18.71 halfway"
    )


def test_a_refusal_without_room_breaks_the_hold_off_which_then_goes_on() -> None:
    assert heard({17_000: press("unknown")}, 23_000) == lines(
        "8.71 *start", "17.14 No such key. The question mark tells the keys.", "21.81 halfway"
    )


def test_skip_a_side_goes_to_the_other_one() -> None:
    assert heard({13_000: press("skip-side")}, 17_000) == lines(
        "8.71 *start",
        "13.02 *end",
        "13.73 Other side.",
        "14.96 First set, right side.",
        "16.73 Lean to the right.",
    )


def test_skip_the_last_side_goes_on_after_the_exercise() -> None:
    assert heard({13_000: press("skip-side"), 22_000: press("skip-side")}, 24_000, first_ms=21_000) == lines(
        "22.02 *end", "22.73 Rest.", "23.64 Next: Fold."
    )


def test_where_there_are_no_sides_skipping_one_is_refused() -> None:
    assert told({8_000: press("skip-side")}, 9_000, steps="- fold") == ["There is no side to skip here."]


def test_the_arrows_go_10_s_and_never_into_a_word() -> None:
    """3 s lies in the sentence about the dose."""
    assert heard({13_000: press("back")}, 14_500) == lines(
        "8.71 *start", "13.02 Two sets, twenty seconds each side."
    )
    assert heard({8_000: press("forward")}, 11_000) == lines("8.73 halfway")


def test_help_tells_the_keys_and_the_hold_waits() -> None:
    keys = (
        "Space: pause and go on. N: next exercise. B: back. R: repeat this set. S: skip this side. "
        "Left and right arrow: ten seconds. Plus and minus: five seconds more or less in this hold. Q: stop."
    )
    assert heard({13_000: press("help")}, 30_000) == lines("8.71 *start", f"13.14 {keys}", "28.96 halfway")


def test_a_command_cuts_a_remark_off() -> None:
    assert heard({13_000: press("help"), 15_000: press("next")}, 16_500, first_ms=13_000).split("\n")[1:] == [
        "15.02 Rest.",
        "15.93 Next: Fold.",
    ]


def test_stop_tells_what_was_done_and_ends_it() -> None:
    played = play(SESSION, {33_000: press("stop")})
    assert played.heard[-1] == "33.14 Stopped."
    assert played.outcome == Outcome(
        finished=False,
        position_ms=33_000,
        chapter="Lean",
        chapter_number=1,
        played_ms=33_000,
        done=0,
        exercises=3,
    )


def test_an_exercise_is_done_when_each_of_its_sets_was_heard_to_its_end() -> None:
    events = {125_000: press("next"), 135_000: press("stop")}
    assert (play(SESSION, events).outcome.done, play(SESSION, {156_000: press("stop")}).outcome.done) == (
        1,
        2,
    )


def test_a_lost_device_is_waited_for_and_what_it_took_unheard_is_heard() -> None:
    """At 13.00 the last 0.2 s had not left the device: there are 15.91 s left, not 15.71."""
    assert heard({13_000: lose(200), 20_000: find()}, 30_000) == lines(
        "8.71 *start", "20.12 The sound was gone.", "21.73 Resuming, sixteen seconds left.", "29.85 halfway"
    )


def test_what_is_shown_of_a_lost_device() -> None:
    played = play(SESSION, {13_000: lose(), 20_000: find()}, until_ms=24_000)
    assert played.shown.told == [
        "the session waits: the device is gone",
        "The sound was gone.",
        "Resuming, sixteen seconds left.",
    ]
    assert {now.going for now in played.shown.shown} == {"playing", "lost", "over"}


def test_a_device_that_is_back_leaves_a_paused_session_paused() -> None:
    events = {12_000: press("toggle"), 13_000: lose(), 20_000: find(changed=True)}
    assert heard(events, 30_000) == lines("8.71 *start", "20.12 The sound comes from another device now.")


def test_a_session_without_its_device_can_be_stopped() -> None:
    assert play(SESSION, {13_000: lose(), 14_000: press("stop")}).outcome.position_ms == 13_000


def test_a_suspension_is_a_break_from_which_it_resumes() -> None:
    assert heard({13_000: sleep(100.0)}, 22_000) == lines(
        "8.71 *start", "13.14 Resuming, sixteen seconds left.", "21.06 halfway"
    )


def test_a_slow_look_is_no_suspension() -> None:
    assert told({13_000: sleep(2.9)}, 22_000) == []


WAIT = "- wait: {text: Press space when you are ready., pause: 4s}\n- fold: 20s"


def test_a_wait_holds_until_a_key() -> None:
    assert heard({60_000: press("toggle")}, 62_000, steps=WAIT, first_ms=0) == lines(
        "0.48 Press space when you are ready.", "60.01 Fold.", "60.92 Twenty seconds."
    )


def test_a_refused_key_at_a_wait_leaves_it_waiting() -> None:
    shown = play(WAIT, {20_000: press("unknown")}, until_ms=30_000).shown.shown
    assert {now.going for now in shown if now.kind == "wait"} == {"waiting", "over"}


def test_at_a_wait_what_is_waited_for_is_said_again_when_the_device_is_back() -> None:
    assert heard({20_000: lose(), 25_000: find()}, 40_000, steps=WAIT, first_ms=10_000) == lines(
        "25.12 The sound was gone.", "26.73 Press space when you are ready."
    )


def test_a_wait_is_a_pause_where_nobody_can_command() -> None:
    assert play(WAIT, alone=True, until_ms=9_000).heard == [
        "0.48 Press space when you are ready.",
        "6.72 Fold.",
        "7.63 Twenty seconds.",
    ]


def test_a_session_can_start_later_and_is_counted_in() -> None:
    assert play(SESSION, start_in_ms=15_000, until_ms=16_000).heard == [
        "0.00 Starting in fifteen seconds.",
        "12.00 Three.",
        "13.00 Two.",
        "14.00 One.",
        "15.48 Lean.",
    ]


def test_space_starts_it_at_once() -> None:
    assert play(SESSION, {5_000: press("toggle")}, start_in_ms=15_000, until_ms=6_000).heard == [
        "0.00 Starting in fifteen seconds.",
        "5.50 Lean.",
    ]


def test_a_refused_key_does_not_start_it_sooner() -> None:
    assert play(SESSION, {3_000: press("unknown")}, start_in_ms=15_000, until_ms=16_000).heard == [
        "0.00 Starting in fifteen seconds.",
        "3.12 No such key. The question mark tells the keys.",
        "12.00 Three.",
        "13.00 Two.",
        "14.00 One.",
        "15.48 Lean.",
    ]


def test_a_remark_that_would_run_into_the_counting_has_the_counting_wait() -> None:
    assert play(SESSION, {11_000: press("unknown")}, start_in_ms=15_000, until_ms=17_000).heard[1:3] == [
        "11.14 No such key. The question mark tells the keys.",
        "15.10 Three.",
    ]


def test_a_lost_device_does_not_start_it_sooner() -> None:
    events = {3_000: lose(), 6_000: find()}
    assert play(SESSION, events, start_in_ms=15_000, until_ms=18_000).heard[-2:] == [
        "16.73 Three.",
        "17.73 Two.",
    ]


def test_what_is_shown_before_it_starts() -> None:
    shown = play(SESSION, start_in_ms=15_000, until_ms=5_000).shown.shown
    assert {(now.going, now.position_ms) for now in shown[:-1]} == {("starting", 0)}
    assert 10_000 < shown[-2].starts_in_ms < 10_200


def test_it_starts_where_it_is_told_to() -> None:
    assert play(SESSION, from_ms=8_712, until_ms=11_000).heard == ["0.00 *start", "10.00 halfway"]


class Growing:
    """A score of which 20 s are ready, and all once it was asked so many times."""

    def __init__(self, timeline: Timeline, mix: Callable[[Timeline], PcmSource]) -> None:
        self._timeline = timeline
        self._mix = mix
        self._asked = 0

    def latest(self) -> Ready:
        self._asked += 1
        return Ready(self._timeline, 8_712 if self._asked < 1_500 else self._timeline.duration_ms)

    def source(self, timeline: Timeline) -> PcmSource:
        return self._mix(timeline)


def test_it_waits_in_silence_for_what_is_not_ready_and_goes_on_when_it_is() -> None:
    """Fifteen seconds of looking, ten ms each."""
    played = play(SESSION, until_ms=26_000, score=Growing)
    assert played.heard[-2:] == ["14.98 *start", "24.98 halfway"]
    assert "preparing" in {now.going for now in played.shown.shown}


def test_next_goes_no_further_than_what_is_ready() -> None:
    played = play(SESSION, {1_000: press("next")}, until_ms=16_000, score=Growing)
    assert played.heard == ["0.48 Lean.", "14.97 *start"] or played.heard[-1].endswith("*start")


def test_what_preparing_raises_comes_out() -> None:
    class Failing(Growing):
        def latest(self) -> Ready:
            if self._asked > 300:
                raise SpeechError(problem("silent-text", voice="en", text="?"))
            return super().latest()

    with pytest.raises(SpeechError):
        play(SESSION, score=Failing)


def test_a_voice_that_fails_in_a_remark_is_shown_and_the_session_goes_on() -> None:
    def silent(text: str) -> Clip:
        raise SpeechError(problem("silent-text", voice="en", text=text))

    view, booth = Shown(), Booth({100: press("unknown")})
    timeline = session(10_000)
    score = FixedScore(timeline, lambda _: noise(10_000 * MS))
    outcome = Conductor(score, booth, view, Guide("en", silent), clock=booth.clock).run(booth)
    assert outcome.finished
    assert view.told[:2] == [
        "No such key. The question mark tells the keys.",
        "the voice 'en' makes no sound for 'No such key. The question mark tells the keys.'",
    ]


def test_ctrl_c_comes_out() -> None:
    class Interrupting(Booth):
        def poll(self) -> list[Command]:
            raise KeyboardInterrupt

    booth = Interrupting()
    score = FixedScore(session(1_000), lambda _: noise(1_000 * MS))
    conductor = Conductor(score, booth, Shown(), Guide("en", lambda _: np.zeros(0, dtype=np.int16)))
    with pytest.raises(KeyboardInterrupt):
        conductor.run(booth)
    assert not conductor.outcome().finished


def test_every_change_of_chapter_and_span_is_shown() -> None:
    shown = play("- fold: 20s\n- lift: 2 reps @ 2-1-1").shown.shown
    kinds = [now.kind for now in shown]
    assert [kind for kind, before in zip(kinds, [None, *kinds], strict=False) if kind != before and kind] == [
        "get-ready",
        "hold",
        "get-ready",
        "rep",
        "hold",
        "rep",
        "hold",
        "rep",
    ]


def test_the_microphone_is_told_when_something_is_heard() -> None:
    """A sentence is heard at 5.54, for 1.2 s; then nothing until 8.71."""
    found = {}

    def ask(at: int) -> Callable[[Booth], None]:
        def asked(booth: Booth) -> None:
            assert isinstance(booth.attendant, Conductor)
            found[at] = booth.attendant.speaking()

        return asked

    play(LEAN, {at: ask(at) for at in (6_000, 8_000)}, until_ms=9_000)
    assert found == {6_000: True, 8_000: False}


def captured(mixer: Mixer, timeline: Timeline, path: Path) -> None:
    guide = Guide(timeline.language, lambda _: np.zeros(0, dtype=np.int16))
    Conductor(FixedScore(timeline, lambda _: mixer), NoCommands(), Shown(), guide).run(WavFile(path))


def test_a_capture_and_a_rendered_wav_are_the_same_sample_for_sample(tmp_path: Path) -> None:
    sounds = (Cue("start", "", 130, 330, Sound("start")), Cue("end", "", 2_480, 2_980, Sound("end")))
    timeline = replace(session(3_000, (0, 1_000, 2_000)), cues=sounds)
    clips = {"start": noise(200 * MS).pcm, "end": noise(500 * MS).pcm}
    mixer = Mixer(
        timeline, lambda source: clips[source.name] if isinstance(source, Sound) else clips["start"]
    )
    captured(mixer, timeline, tmp_path / "played.wav")
    write_audio(mixer, timeline, tmp_path / "rendered.wav")
    assert (tmp_path / "played.wav").read_bytes() == (tmp_path / "rendered.wav").read_bytes()


def test_with_music_they_are_the_same_too(tmp_path: Path) -> None:
    timeline = replace(session(3_000), cues=(Cue("start", "", 1_130, 1_330, Sound("start")),))
    track = wav(tmp_path / "music.wav", music(1))
    for name in ("played.wav", "rendered.wav"):
        with open_bed(Music(str(track)), 3_000, tmp_path / "spool") as bed:
            mixer = Mixer(timeline, lambda _: noise(200 * MS).pcm // 4, bed)
            if name == "played.wav":
                captured(mixer, timeline, tmp_path / name)
            else:
                write_audio(mixer, timeline, tmp_path / name)
    assert (tmp_path / "played.wav").read_bytes() == (tmp_path / "rendered.wav").read_bytes()
