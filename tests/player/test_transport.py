"""What the device is given: the source untouched, and every break without a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.player.transport import FADE, Transport

from .support import MS, SECOND, Samples, noise

if TYPE_CHECKING:
    from collections.abc import Callable

SESSION = noise(10 * SECOND)
WORD = np.full(200 * MS, 5_000, dtype=np.int16)
SMOOTH = np.rint(5_000 * np.hanning(200 * MS)).astype(np.int16)
COMMANDS: dict[str, Callable[[Transport], None]] = {
    "pause": lambda player: player.move(paused=True),
    "resume": lambda player: player.move(paused=False),
    "forth": lambda player: player.move(SECOND // 2),
    "back": lambda player: player.move(0),
    "remark": lambda player: player.say(SMOOTH),
    "stop": lambda player: player.stop(),
}


def transport() -> Transport:
    return Transport(SESSION)


def source(start: int, count: int) -> list[int]:
    return [int(sample) for sample in SESSION.read(start, count)]


def read(player: Transport, count: int) -> list[int]:
    return [int(sample) for sample in player.read(count)]


@given(st.lists(st.integers(1, 9_000), min_size=1))
def test_an_undisturbed_play_is_the_source_bit_for_bit_whatever_the_blocks(sizes: list[int]) -> None:
    short = noise(8_000)
    player = Transport(short)
    heard = [player.read(size) for size in (*sizes, short.frames)]
    assert np.array_equal(np.concatenate(heard), short.pcm)


def test_a_stereo_source_is_played_bit_for_bit_too() -> None:
    session = noise(3_000, channels=2)
    player = Transport(session)
    assert player.channels == 2
    heard = [player.read(size) for size in (700, 1_300, 5_000)]
    assert np.array_equal(np.concatenate(heard), session.pcm)


def test_in_stereo_both_channels_fade_out_and_in_alike() -> None:
    """Each channel has a level of its own: what is heard keeps their proportion through every break."""
    player = Transport(Samples(np.full((4 * SECOND, 2), (20_000, 10_000), dtype=np.int16)))
    heard = [player.read(1_000)]
    for command in ("pause", "resume", "forth", "stop"):
        COMMANDS[command](player)
        heard.append(player.read(3 * FADE))
    both = np.concatenate(heard).astype(int)
    assert both.shape == (1_000 + 9 * FADE + FADE, 2)
    assert np.abs(both[:, 0] - 2 * both[:, 1]).max() <= 2
    assert both[1_000 + FADE : 1_000 + 3 * FADE].any() == np.False_
    assert np.abs(np.diff(both[:, 0])).max() < 20_000 / 100


def test_the_last_block_is_short_and_then_there_is_none() -> None:
    player = Transport(noise(1_000))
    assert [len(player.read(600)) for _ in range(3)] == [600, 400, 0]


def test_it_plays_until_the_last_sample_has_been_read() -> None:
    player = Transport(noise(1_000))
    player.read(999)
    assert (player.state, player.over) == ("playing", False)
    player.read(1)
    assert (player.state, player.over) == ("finished", True)


def test_a_pause_fades_out_over_20_ms_to_silence() -> None:
    player = transport()
    player.read(SECOND)
    player.move(paused=True)
    fade = np.array(read(player, FADE)) / np.array(source(SECOND, FADE))
    assert FADE == 20 * MS
    assert fade[0] > 0.99
    assert fade[-1] < 0.01
    assert read(player, 500) == [0] * 500


def test_a_pause_keeps_the_position_at_which_it_was_asked_for() -> None:
    player = transport()
    player.read(SECOND)
    player.move(paused=True)
    player.read(SECOND)
    assert (player.position, player.state) == (SECOND, "paused")


def test_it_rests_when_the_fade_out_of_a_pause_has_been_read() -> None:
    player = transport()
    player.move(paused=True)
    player.read(FADE - 1)
    assert not player.resting
    player.read(1)
    assert player.resting


def test_going_on_after_a_pause_loses_nothing_and_fades_in_over_20_ms() -> None:
    player = transport()
    player.read(SECOND)
    player.move(paused=True)
    player.read(SECOND)
    player.move(paused=False)
    fade = np.array(read(player, FADE)) / np.array(source(SECOND, FADE))
    assert fade[0] < 0.01
    assert fade[-1] > 0.99
    assert read(player, 5_000) == source(SECOND + FADE, 5_000)


def test_a_move_goes_to_its_sample_after_the_fade_out() -> None:
    player = transport()
    player.read(SECOND)
    player.move(2 * SECOND)
    assert player.position == 2 * SECOND
    player.read(2 * FADE)
    assert read(player, 5_000) == source(2 * SECOND + FADE, 5_000)


def test_a_move_to_the_end_ends_the_session_after_a_fade() -> None:
    player = transport()
    player.move(SESSION.frames)
    assert (player.state, player.over) == ("finished", False)
    assert len(player.read(SECOND)) == FADE
    assert player.over


def test_a_move_in_a_pause_stays_paused() -> None:
    player = transport()
    player.move(paused=True)
    player.read(FADE)
    player.move(2 * SECOND)
    assert (player.position, player.state) == (2 * SECOND, "paused")
    assert read(player, 500) == [0] * 500


def test_a_session_may_begin_anywhere() -> None:
    assert read(Transport(SESSION, SECOND), 1_000) == source(SECOND, 1_000)


def test_a_remark_is_heard_whole_before_the_session_goes_on() -> None:
    player = transport()
    player.read(SECOND)
    player.say(WORD)
    player.read(FADE)
    assert player.remarking
    assert read(player, len(WORD)) == [5_000] * len(WORD)
    assert not player.remarking
    player.read(FADE)
    assert read(player, 5_000) == source(SECOND + FADE, 5_000)


def test_remarks_wait_for_each_other() -> None:
    player = transport()
    player.say(WORD)
    player.read(FADE + 100)
    player.say(WORD)
    assert read(player, 2 * len(WORD) - 100) == [5_000] * (2 * len(WORD) - 100)


def test_in_a_pause_a_remark_is_heard_and_then_it_rests() -> None:
    player = transport()
    player.move(paused=True)
    player.read(SECOND)
    player.say(WORD)
    assert not player.resting
    assert read(player, len(WORD) + 500) == [5_000] * len(WORD) + [0] * 500
    assert player.resting


def test_a_move_cuts_a_remark_off_with_a_fade() -> None:
    player = transport()
    player.say(WORD)
    player.read(FADE + 1_000)
    player.move(SECOND)
    fade = np.array(read(player, FADE)) / 5_000
    assert fade[0] > 0.99
    assert fade[-1] < 0.01
    player.read(FADE)
    assert read(player, 1_000) == source(SECOND + FADE, 1_000)


def test_a_remark_over_silence_takes_no_time() -> None:
    player = Transport(Samples(np.zeros(SECOND, dtype=np.int16)))
    player.say_over(WORD, in_ms=10)
    assert read(player, 480 + len(WORD) + 480) == [0] * 480 + [5_000] * len(WORD) + [0] * 480
    assert player.position == 480 + len(WORD) + 480


def test_what_is_heard_with_a_remark_is_7_db_softer() -> None:
    player = Transport(Samples(np.full(SECOND, 10_000, dtype=np.int16)))
    player.say_over(np.concatenate((np.zeros(120 * MS), WORD, np.zeros(360 * MS))).astype(np.int16))
    heard = np.array(read(player, SECOND))
    assert heard[0] == 10_000
    assert heard[150 * MS] == 5_000 + round(10_000 * 10 ** (-7 / 20))
    assert heard[700 * MS] == 10_000
    assert np.abs(np.diff(heard[: 119 * MS])).max() < 5


def test_a_remark_is_in_both_channels_of_a_stereo_session() -> None:
    player = Transport(Samples(np.zeros((SECOND, 2), dtype=np.int16)))
    player.say(WORD)
    heard = player.read(FADE + 10)
    assert heard[FADE:].tolist() == [[5_000, 5_000]] * 10


def test_at_its_limit_the_session_waits_in_silence() -> None:
    player = transport()
    player.limit = 1_000
    assert read(player, 1_500) == source(0, 1_000) + [0] * 500
    assert (player.position, player.state, player.resting, player.over) == (1_000, "playing", True, False)


def test_a_new_limit_lets_it_go_on_without_a_fade() -> None:
    player = transport()
    player.limit = 1_000
    player.read(1_500)
    player.limit = None
    assert read(player, 1_000) == source(1_000, 1_000)


def test_a_remark_at_the_limit_is_heard() -> None:
    player = transport()
    player.limit = 0
    player.say(WORD)
    assert read(player, len(WORD)) == [5_000] * len(WORD)


def test_kept_open_it_waits_at_its_end_until_it_is_concluded() -> None:
    player = Transport(noise(1_000))
    player.keep_open()
    assert read(player, 5_000)[1_000:] == [0] * 4_000
    assert (player.state, player.over) == ("playing", False)
    player.conclude(WORD)
    assert (player.state, player.over) == ("finished", False)
    assert read(player, SECOND) == [5_000] * len(WORD)
    assert player.over


def test_a_lead_in_is_heard_before_the_session_wherever_that_is_moved() -> None:
    player = transport()
    player.lead_in(WORD)
    player.read(1_000)
    player.move(SECOND)
    player.read(FADE)
    assert read(player, len(WORD) - 1_000) == [5_000] * (len(WORD) - 1_000)
    player.read(FADE)
    assert read(player, 100) == source(SECOND + FADE, 100)


def test_it_begins_at_once_where_the_lead_in_is_left_out() -> None:
    player = transport()
    player.lead_in(WORD)
    player.read(1_000)
    player.begin()
    player.read(2 * FADE)
    assert read(player, 100) == source(FADE, 100)


def test_another_source_is_played_from_where_it_stands() -> None:
    player = transport()
    player.read(1_000)
    other = Samples(SESSION.pcm[::-1].copy())
    player.swap(other)
    assert read(player, 100) == [int(sample) for sample in other.read(1_000, 100)]


def test_what_was_taken_but_not_heard_is_taken_back_and_it_pauses_there() -> None:
    player = transport()
    player.read(SECOND)
    player.unhear(400)
    assert (player.position, player.state, player.played) == (SECOND - 400, "paused", SECOND - 400)


def test_nothing_is_taken_back_from_before_a_move() -> None:
    player = transport()
    player.read(SECOND)
    player.move(3 * SECOND)
    player.read(FADE + 100)
    player.unhear(400)
    assert player.position == 3 * SECOND


def test_what_was_played_counts_each_time_it_is_heard() -> None:
    player = transport()
    player.read(SECOND)
    player.move(0)
    player.read(FADE + SECOND)
    assert player.played == 2 * SECOND


def test_stopping_fades_out_and_ends_where_it_stands() -> None:
    player = transport()
    player.read(SECOND)
    player.stop()
    assert (player.position, player.state, player.over) == (SECOND, "stopped", False)
    assert len(player.read(SECOND)) == FADE
    assert player.over


def test_stopping_in_a_pause_has_nothing_left_to_be_heard() -> None:
    player = transport()
    player.move(paused=True)
    player.read(FADE)
    player.stop()
    assert player.over


@pytest.mark.parametrize("command", ["pause", "resume", "forth", "stop"])
@pytest.mark.parametrize("end", ["stopped", "finished"])
def test_an_ended_session_takes_no_command(command: str, end: str) -> None:
    player = transport()
    if end == "stopped":
        player.stop()
    player.read(SESSION.frames)
    before = player.position
    COMMANDS[command](player)
    assert (player.state, player.position, player.over) == (end, before, True)


@given(st.lists(st.tuples(st.sampled_from(sorted(COMMANDS)), st.integers(0, 3 * FADE)), max_size=12))
def test_no_commands_at_any_distance_make_a_click(commands: list[tuple[str, int]]) -> None:
    """A constant level makes every step that is heard a fault of the transport's own."""
    level = 10_000
    player = Transport(Samples(np.full(SECOND, level, dtype=np.int16)))
    heard = [player.read(100)]
    for command, count in commands:
        COMMANDS[command](player)
        heard.append(player.read(count))
    if player.state != "finished":
        player.stop()
        heard.append(player.read(FADE + 1))
    steps = np.abs(np.diff(np.concatenate(heard).astype(int)))
    # The steepest step of one half Hann window is pi / 2 / FADE of the level; fades of fades add up their slopes.
    fades = len(commands) + 2
    assert steps.max(initial=0) <= fades * level * np.pi / 2 / FADE + fades


def test_what_the_source_raises_comes_out_and_leaves_the_position() -> None:
    class Broken:
        frames = 100
        channels = 1
        ready = 100

        def read(self, start: int, count: int) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
            raise OSError((start, count))

    player = Transport(Broken())
    with pytest.raises(OSError, match=r"\(0, 10\)"):
        player.read(10)
    assert player.position == 0
