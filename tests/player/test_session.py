"""A session played: what is heard is the source, and each key does its thing."""

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
from voiceguide.player.keys import NoKeys
from voiceguide.player.outputs import WavFile
from voiceguide.player.session import Outcome, play
from voiceguide.player.transport import FADE
from voiceguide.timeline import Cue, Music, Sound, Span

from .support import MS, SECOND, Recorder, ScriptedKeys, Shown, noise, session

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.player.keys import Command

TIMELINE = session(3_000, (0, 1_000, 2_000))
SOURCE = noise(3 * SECOND)
BLOCK = 100 * MS


def played(script: dict[int, Command]) -> tuple[Outcome, Recorder]:
    """The session, with commands given before the blocks of these numbers."""
    output = Recorder(BLOCK)
    outcome = play(SOURCE, TIMELINE, output, ScriptedKeys(script), Shown())
    return outcome, output


def test_what_is_heard_is_what_would_be_rendered_sample_for_sample() -> None:
    outcome, output = played({})
    assert np.array_equal(output.heard, SOURCE.read(0, SOURCE.frames))
    assert outcome == Outcome(finished=True, position_ms=3_000, chapter="Three")


def test_a_capture_and_a_rendered_wav_are_the_same_sample_for_sample(tmp_path: Path) -> None:
    sounds = (Cue("start", "", 130, 330, Sound("start")), Cue("end", "", 2_480, 2_980, Sound("end")))
    timeline = replace(TIMELINE, cues=sounds)
    clips = {"start": noise(200 * MS).pcm, "end": noise(500 * MS).pcm}
    mixer = Mixer(
        timeline, lambda source: clips[source.name] if isinstance(source, Sound) else clips["start"]
    )
    play(mixer, timeline, WavFile(tmp_path / "played.wav"), NoKeys(), Shown())
    write_audio(mixer, timeline, tmp_path / "rendered.wav")
    assert (tmp_path / "played.wav").read_bytes() == (tmp_path / "rendered.wav").read_bytes()


def test_with_music_they_are_the_same_too_after_any_skipping(tmp_path: Path) -> None:
    timeline = replace(TIMELINE, cues=(Cue("start", "", 1_130, 1_330, Sound("start")),))
    track = wav(tmp_path / "music.wav", music(1))
    with open_bed(Music(str(track)), 3_000, tmp_path / "spool") as bed:
        mixer = Mixer(timeline, lambda _: noise(200 * MS).pcm // 4, bed)
        play(mixer, timeline, Recorder(), ScriptedKeys({5: "next", 40: "next", 60: "previous"}), Shown())
        play(mixer, timeline, WavFile(tmp_path / "played.wav"), NoKeys(), Shown())
    with open_bed(Music(str(track)), 3_000, tmp_path / "spool") as bed:
        mixer = Mixer(timeline, lambda _: noise(200 * MS).pcm // 4, bed)
        write_audio(mixer, timeline, tmp_path / "rendered.wav")
    assert (tmp_path / "played.wav").read_bytes() == (tmp_path / "rendered.wav").read_bytes()


def test_space_pauses_and_space_again_goes_on() -> None:
    outcome, output = played({5: "pause", 9: "pause"})
    paused = output.heard[5 * BLOCK : 9 * BLOCK]
    assert paused[:FADE].any()
    assert not paused[FADE:].any()
    assert np.array_equal(output.heard[9 * BLOCK + FADE :], SOURCE.pcm[5 * BLOCK + FADE :])
    assert outcome.finished


def test_n_goes_to_the_next_chapter() -> None:
    outcome, output = played({5: "next"})
    after = 5 * BLOCK + 2 * FADE
    assert np.array_equal(output.heard[: 5 * BLOCK], SOURCE.pcm[: 5 * BLOCK])
    assert np.array_equal(output.heard[after:], SOURCE.pcm[SECOND + FADE :])
    assert outcome.finished


def test_b_goes_to_the_previous_chapter() -> None:
    _, output = played({15: "previous"})
    after = 15 * BLOCK + 2 * FADE
    assert np.array_equal(output.heard[after:], SOURCE.pcm[FADE:])


def test_q_stops_and_tells_where() -> None:
    outcome, output = played({15: "quit"})
    assert outcome == Outcome(finished=False, position_ms=1_500, chapter="Two")
    assert len(output.heard) == 15 * BLOCK + FADE


def test_ctrl_c_comes_out() -> None:
    class Interrupting(ScriptedKeys):
        def poll(self) -> list[Command]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play(SOURCE, TIMELINE, Recorder(), Interrupting(), Shown())


def seen(clock_step_s: float) -> list[tuple[int, str, bool]]:
    """What was shown of a session with a pause, while the clock makes this step at each block of 100 ms."""
    spans = (Span("hold", 300, 2_500),)
    view = Shown()
    ticks = iter(range(1_000_000))
    keys = ScriptedKeys({12: "pause", 14: "pause"})
    timeline = session(3_000, (0, 2_000), spans)
    play(SOURCE, timeline, Recorder(BLOCK), keys, view, clock=lambda: next(ticks) * clock_step_s)
    return [(now.position_ms, now.chapter, now.paused) for now in view.shown]


def test_every_change_is_shown_however_fast_the_sound_is_taken() -> None:
    assert seen(0.0) == [
        (0, "One", False),
        (300, "One", False),
        (1_200, "One", True),
        (1_200, "One", False),
        (2_000, "Two", False),
        (2_500, "Two", False),
        (3_000, "Two", False),
    ]


def test_in_between_it_is_shown_as_the_clock_goes() -> None:
    """A block takes longer than a tenth of a second by this clock, so each is shown."""
    positions = [position for position, _, _ in seen(0.2)]
    assert set(range(0, 3_001, 100)) <= set(positions)


def test_the_end_is_shown_last() -> None:
    view = Shown()
    play(SOURCE, TIMELINE, Recorder(), ScriptedKeys(), view)
    assert (view.shown[-1].position_ms, view.shown[-1].left_ms) == (3_000, 0)
