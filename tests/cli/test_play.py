"""`voiceguide play`: captured to a file, in real time without a device, and what is said of it."""

from __future__ import annotations

import re
import wave
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from voiceguide.files import user_folders
from voiceguide.history import History
from voiceguide.practice import Entry

from .support import QUICK, TONES

if TYPE_CHECKING:
    from tests.conftest import User


def test_a_capture_tells_the_steps_and_the_end_in_plain_lines_where_there_is_no_terminal(user: User) -> None:
    user.write("mine.yaml", QUICK)
    outcome = user.run("play", "mine.yaml", "--no-safety", "--output", "x.wav")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "Bridge"
    assert lines[1].startswith("Get ready, ")
    assert lines[2:-1] == ["Rep 1 of 2, 6 seconds", "Rep 2 of 2, 6 seconds", "Silence, 1 second"]
    assert lines[-1].startswith("Finished: 0:")
    assert "\x1b" not in outcome.out


def test_a_capture_is_a_wav_of_the_whole_session(user: User) -> None:
    user.write("mine.yaml", TONES)
    assert user.run("play", "mine.yaml", "--no-safety", "--output", "x.wav").code == 0
    with wave.open(str(user.folder / "x.wav")) as file:
        frames = file.getnframes()
    shown = user.run("compile", "mine.yaml", "--no-safety").out
    assert f'"duration_ms": {frames // 48},' in shown
    assert frames % 48 == 0


def test_without_a_device_time_passes_all_the_same(user: User) -> None:
    user.write("mine.yaml", "title: Tick\nsteps:\n  - sound: tick\n")
    outcome = user.run("play", "mine.yaml", "--no-safety", "--output", "null")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-1].startswith("Finished: 0:0")


def test_a_name_like_a_sound_file_that_is_no_wav_is_refused_with_the_command_that_writes_it(
    user: User,
) -> None:
    assert user.fails("play", "evening", "--output", "x.mp3") == (
        "error: cannot capture into '.mp3' files, only .wav\n"
        "   hint: `voiceguide render` writes .mp3, .wav, .flac, .m4a, .m4b, .ogg, .opus\n"
    )


SHORT = "title: Short\nsteps:\n  - sound: tick\n  - bridge: 1 rep @ 1-1-1\n"
BROKEN_OFF = Entry(
    began=datetime(2026, 11, 25, 18, 0, tzinfo=timezone(timedelta(hours=1))),
    routine="short",
    title="Short",
    dose=0,
    played_ms=60_000,
    stopped_in="Bridge",
    stopped_at_ms=4_000,
    chapter=0,
)


def broken_off(entry: Entry) -> None:
    """That session is in the user's history."""
    History(user_folders().data).begin(entry).end(entry)


def history() -> list[tuple[str, bool]]:
    """Which routines were played, and whether to their end."""
    return [(entry.routine, entry.finished) for entry in History(user_folders().data).sessions()]


def test_a_session_that_was_heard_is_in_the_history(user: User) -> None:
    user.write("tick.yaml", "title: Tick\nsteps:\n  - sound: tick\n")
    assert user.run("play", "tick.yaml", "--no-safety", "--output", "null").code == 0
    assert history() == [("tick", True)]


def test_a_capture_is_not(user: User) -> None:
    user.write("mine.yaml", TONES)
    assert user.run("play", "mine.yaml", "--output", "x.wav").code == 0
    assert history() == []


def test_it_starts_at_the_exercise_it_is_told_to(user: User) -> None:
    user.write("mine.yaml", "title: Two\nsteps:\n  - bird-dog: 1 rep @ 1-1-1\n  - bridge: 1 rep @ 1-1-1\n")
    whole = user.run("play", "mine.yaml", "--no-safety", "--output", "x.wav").out.splitlines()
    part = user.run(
        "play", "mine.yaml", "--no-safety", "--output", "x.wav", "--from", "Bridge"
    ).out.splitlines()
    assert part[0].startswith("Bridge: Get ready, ")
    assert part[:-1] == whole[-len(part) : -1]


def test_it_starts_at_the_time_it_is_told_to(user: User) -> None:
    user.write("mine.yaml", "title: Rest\nsteps:\n  - pause: 100s\n")
    assert user.run("play", "mine.yaml", "--no-safety", "--output", "x.wav", "--from", "1:30").code == 0
    with wave.open(str(user.folder / "x.wav")) as file:
        assert 11 < file.getnframes() / 48_000 < 12


def test_an_exercise_that_it_cannot_start_at_is_told_with_those_it_can(user: User) -> None:
    user.write("mine.yaml", SHORT)
    assert user.fails("play", "mine.yaml", "--no-safety", "--from", "bridg", "--output", "null") == (
        "error: there is no exercise or time 'bridg'\n   hint: did you mean 'Bridge'?\n"
    )


def test_a_time_after_the_end_is_refused(user: User) -> None:
    user.write("mine.yaml", "title: Rest\nsteps:\n  - pause: 100s\n")
    assert user.fails("play", "mine.yaml", "--no-safety", "--from", "2:30", "--output", "null") == (
        "error: 2:30 is after the end of 'Rest', which lasts 1m41s\n"
    )


def test_a_routine_that_was_broken_off_today_offers_to_go_on(user: User) -> None:
    user.write("short.yaml", "title: Short\nsteps:\n  - sound: tick\n")
    broken_off(BROKEN_OFF)
    outcome = user.run("play", "short.yaml", "--no-safety", "--output", "null")
    assert outcome.err == "short was broken off at 0:04 in Bridge: --resume goes on from there\n"


def test_resumed_it_goes_on_with_the_exercise_it_stopped_in(user: User) -> None:
    user.write("short.yaml", "title: Short\nsteps:\n  - bird-dog: 1 rep @ 1-1-1\n  - bridge: 1 rep @ 1-1-1\n")
    broken_off(replace(BROKEN_OFF, chapter=1))
    outcome = user.run("play", "short.yaml", "--no-safety", "--output", "x.wav", "--resume")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0].startswith("Bridge: Get ready, ")


@pytest.mark.parametrize(
    "entry",
    [
        replace(BROKEN_OFF, finished=True),
        replace(BROKEN_OFF, began=BROKEN_OFF.began - timedelta(days=1, hours=2)),
        replace(BROKEN_OFF, routine="another"),
    ],
)
def test_what_was_not_broken_off_within_a_day_cannot_be_resumed(user: User, entry: Entry) -> None:
    user.write("short.yaml", SHORT)
    broken_off(entry)
    assert user.run("play", "short.yaml", "--resume", "--output", "null").err == (
        "error: there is nothing to resume: short was not broken off in the last day\n"
        "   hint: leave --resume out\n"
    )


def test_resume_and_from_exclude_each_other(user: User) -> None:
    assert user.fails("play", "evening", "--resume", "--from", "2:00") == (
        "error: --resume and --from exclude each other\n"
    )


def test_without_a_sound_device_it_says_what_else_there_is(user: User) -> None:
    """Nothing but this stands on the terminal: the sound libraries are kept quiet."""
    user.write("mine.yaml", SHORT)
    outcome = user.process(
        "play",
        "mine.yaml",
        PULSE_SERVER="unix:/nowhere",
        JACK_NO_START_SERVER="1",
        XDG_RUNTIME_DIR="/nowhere",
    )
    assert outcome.code != 0
    assert re.fullmatch(
        r"error: no sound device could be opened \(.*\)\n"
        r"   hint: `voiceguide render` makes a file for a phone; `--output` chooses another device\n",
        outcome.err,
    )
