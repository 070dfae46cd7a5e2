"""What the device is given: the source untouched, and every break without a click."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.player.transport import FADE, Transport

from .support import MS, SECOND, Samples, noise

SESSION = noise(10 * SECOND)
CHAPTERS = (0, 2 * SECOND, 6 * SECOND)
COMMANDS = ("toggle_pause", "next_chapter", "previous_chapter", "stop")


def transport() -> Transport:
    return Transport(SESSION, CHAPTERS)


def source(start: int, count: int) -> list[int]:
    return [int(sample) for sample in SESSION.read(start, count)]


def read(player: Transport, count: int) -> list[int]:
    return [int(sample) for sample in player.read(count)]


@given(st.lists(st.integers(1, 9_000), min_size=1))
def test_an_undisturbed_play_is_the_source_bit_for_bit_whatever_the_blocks(sizes: list[int]) -> None:
    short = noise(8_000)
    player = Transport(short, (0,))
    heard = [player.read(size) for size in (*sizes, short.frames)]
    assert np.array_equal(np.concatenate(heard), short.pcm)


def test_a_stereo_source_is_played_bit_for_bit_too() -> None:
    session = noise(3_000, channels=2)
    player = Transport(session, (0,))
    assert player.channels == 2
    heard = [player.read(size) for size in (700, 1_300, 5_000)]
    assert np.array_equal(np.concatenate(heard), session.pcm)


def test_in_stereo_both_channels_fade_out_and_in_alike() -> None:
    """Each channel has a level of its own: what is heard keeps their proportion through every break."""
    player = Transport(Samples(np.full((4 * SECOND, 2), (20_000, 10_000), dtype=np.int16)), (0, 2 * SECOND))
    heard = [player.read(1_000)]
    for command in ("toggle_pause", "toggle_pause", "next_chapter", "stop"):
        getattr(player, command)()
        heard.append(player.read(3 * FADE))
    both = np.concatenate(heard).astype(int)
    assert both.shape == (1_000 + 9 * FADE + FADE, 2)
    assert np.abs(both[:, 0] - 2 * both[:, 1]).max() <= 2
    assert both[1_000 + FADE : 1_000 + 3 * FADE].any() == np.False_
    assert np.abs(np.diff(both[:, 0])).max() < 20_000 / 100


def test_the_last_block_is_short_and_then_there_is_none() -> None:
    player = Transport(noise(1_000), ())
    assert [len(player.read(600)) for _ in range(3)] == [600, 400, 0]


def test_it_plays_until_the_last_sample_has_been_read() -> None:
    player = Transport(noise(1_000), ())
    player.read(999)
    assert (player.state, player.over) == ("playing", False)
    player.read(1)
    assert (player.state, player.over) == ("finished", True)


def test_a_pause_fades_out_over_20_ms_to_silence() -> None:
    player = transport()
    player.read(SECOND)
    player.toggle_pause()
    fade = np.array(read(player, FADE)) / np.array(source(SECOND, FADE))
    assert FADE == 20 * MS
    assert fade[0] > 0.99
    assert fade[-1] < 0.01
    assert read(player, 500) == [0] * 500


def test_a_pause_keeps_the_position_at_which_it_was_asked_for() -> None:
    player = transport()
    player.read(SECOND)
    player.toggle_pause()
    player.read(SECOND)
    assert (player.position, player.state) == (SECOND, "paused")


def test_it_rests_when_the_fade_out_of_a_pause_has_been_read() -> None:
    player = transport()
    player.toggle_pause()
    player.read(FADE - 1)
    assert not player.resting
    player.read(1)
    assert player.resting


def test_going_on_after_a_pause_loses_nothing_and_fades_in_over_20_ms() -> None:
    player = transport()
    player.read(SECOND)
    player.toggle_pause()
    player.read(SECOND)
    player.toggle_pause()
    fade = np.array(read(player, FADE)) / np.array(source(SECOND, FADE))
    assert fade[0] < 0.01
    assert fade[-1] > 0.99
    assert read(player, 5_000) == source(SECOND + FADE, 5_000)


def test_next_goes_to_the_start_of_the_next_chapter_after_the_fade_out() -> None:
    player = transport()
    player.read(SECOND)
    player.next_chapter()
    assert player.position == 2 * SECOND
    player.read(2 * FADE)
    assert read(player, 5_000) == source(2 * SECOND + FADE, 5_000)


def test_next_at_a_chapters_very_start_goes_to_the_one_after() -> None:
    player = transport()
    player.read(2 * SECOND)
    player.next_chapter()
    assert player.position == 6 * SECOND


def test_next_in_the_last_chapter_ends_the_session_after_a_fade() -> None:
    player = transport()
    player.next_chapter()
    player.next_chapter()
    player.next_chapter()
    assert (player.state, player.over) == ("finished", False)
    assert len(player.read(SECOND)) == FADE
    assert player.over


def test_back_goes_to_the_start_of_the_chapter() -> None:
    player = transport()
    player.read(5 * SECOND + 1)
    player.previous_chapter()
    assert player.position == 2 * SECOND


@pytest.mark.parametrize(("into", "start"), [(0, 2), (3 * SECOND, 2), (3 * SECOND + 1, 6)])
def test_back_within_the_first_3_s_of_a_chapter_goes_to_the_one_before(into: int, start: int) -> None:
    player = transport()
    player.read(6 * SECOND + into)
    player.previous_chapter()
    assert player.position == start * SECOND


def test_back_in_the_first_chapter_goes_to_the_start() -> None:
    player = transport()
    player.read(SECOND)
    player.previous_chapter()
    assert player.position == 0


def test_a_jump_in_a_pause_stays_paused() -> None:
    player = transport()
    player.toggle_pause()
    player.read(FADE)
    player.next_chapter()
    assert (player.position, player.state) == (2 * SECOND, "paused")
    assert read(player, 500) == [0] * 500


def test_stopping_fades_out_and_ends_where_it_stands() -> None:
    player = transport()
    player.read(SECOND)
    player.stop()
    assert (player.position, player.state, player.over) == (SECOND, "stopped", False)
    assert len(player.read(SECOND)) == FADE
    assert player.over


def test_stopping_in_a_pause_has_nothing_left_to_be_heard() -> None:
    player = transport()
    player.toggle_pause()
    player.read(FADE)
    player.stop()
    assert player.over


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("end", ["stopped", "finished"])
def test_an_ended_session_takes_no_command(command: str, end: str) -> None:
    player = transport()
    if end == "stopped":
        player.stop()
    player.read(SESSION.frames)
    before = player.position
    getattr(player, command)()
    assert (player.state, player.position, player.over) == (end, before, True)


@given(st.lists(st.tuples(st.sampled_from(COMMANDS), st.integers(0, 3 * FADE)), max_size=12))
def test_no_commands_at_any_distance_make_a_click(commands: list[tuple[str, int]]) -> None:
    """A constant level makes every step that is heard a fault of the transport's own."""
    level = 10_000
    player = Transport(Samples(np.full(SECOND, level, dtype=np.int16)), (0, SECOND // 2))
    heard = [player.read(100)]
    for command, count in commands:
        getattr(player, command)()
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

        def read(self, start: int, count: int) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
            raise OSError((start, count))

    player = Transport(Broken(), (0,))
    with pytest.raises(OSError, match=r"\(0, 10\)"):
        player.read(10)
    assert player.position == 0
