"""A session's mixers: all its music decoded for a file, and decoded meanwhile for a listener."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.audio.music.support import noise, wav
from tests.audio.support import levelled, session, spoken
from voiceguide.audio.clip import RATE, SAMPLES_PER_MS
from voiceguide.audio.music.bed import FADE_OUT
from voiceguide.cli.mixing import open_mixer, open_mixing
from voiceguide.cli.sessions import Prepared
from voiceguide.errors import OutputError, Place
from voiceguide.files import user_folders
from voiceguide.timeline import Music
from voiceguide.wording import problem

if TYPE_CHECKING:
    from tests.conftest import User

PLACE = Place("mine.yaml", 2, 8, 13)
TIMELINE, CLIPS = session([(2_000, "one", levelled(spoken(700)))], 20_000)


def prepared(user: User, music: str | None) -> Prepared:
    found = None if music is None else Music(str(user.folder / music))
    return Prepared("mine", replace(TIMELINE, music=found), CLIPS, music_place=PLACE)


@pytest.fixture
def own_cache(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that no other test fills."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(user.folder / "cache"))


def placed(error: OutputError) -> list[tuple[str, Place | None]]:
    return [(found.kind, found.place) for found in error.problems]


@pytest.mark.parametrize("music", [None, "rain.wav"])
@pytest.mark.usefixtures("own_cache")
def test_what_a_listener_gets_is_what_a_file_holds(music: str | None, user: User) -> None:
    wav(user.folder / "rain.wav", noise(8))
    made, folders = prepared(user, music), user_folders()
    with open_mixer(made, folders) as mixer:
        assert mixer.ready == mixer.frames
        whole = mixer.read(0, mixer.frames)
    with open_mixing(made, folders) as mix:
        mixer = mix(made.timeline)
        parts = [mixer.read(start, RATE) for start in range(0, mixer.frames, RATE)]
    assert np.array_equal(np.concatenate(parts), whole)


@pytest.mark.usefixtures("own_cache")
def test_a_timeline_that_came_to_last_longer_has_music_to_its_end(user: User) -> None:
    wav(user.folder / "rain.wav", noise(8))
    made = prepared(user, "rain.wav")
    longer = replace(made.timeline, duration_ms=200_000)
    with open_mixing(made, user_folders()) as mix:
        before, after = mix(made.timeline), mix(longer)
        same = before.frames - FADE_OUT - 10_000
        assert np.array_equal(before.read(0, same), after.read(0, same))
        late = after.frames - FADE_OUT - RATE
        assert np.abs(after.read(late, RATE)).max() > 300
        assert after.ready == after.frames == 200_000 * SAMPLES_PER_MS


@pytest.mark.usefixtures("own_cache")
def test_music_that_cannot_be_played_is_told_where_it_was_asked_for(user: User) -> None:
    user.write("rain.mp3", "no sound")
    with open_mixing(prepared(user, "rain.mp3"), user_folders()) as mix:
        mixer = mix(TIMELINE)
        with pytest.raises(OutputError) as read:
            mixer.read(0, 1)
        with pytest.raises(OutputError) as ready:
            _ = mixer.ready
    for caught in (read, ready):
        assert placed(caught.value) == [("unreadable-music", PLACE)]


@pytest.mark.usefixtures("own_cache")
def test_it_is_told_before_there_is_a_mixer_for_a_file(user: User) -> None:
    user.write("rain.mp3", "no sound")
    with pytest.raises(OutputError) as caught, open_mixer(prepared(user, "rain.mp3"), user_folders()):
        pass
    assert placed(caught.value) == [("unreadable-music", PLACE)]


@pytest.mark.usefixtures("own_cache")
def test_an_error_of_whoever_listens_is_none_of_the_music(user: User) -> None:
    wav(user.folder / "rain.wav", noise(2))
    with (
        pytest.raises(OutputError) as caught,
        open_mixing(prepared(user, "rain.wav"), user_folders()),
    ):
        raise OutputError(problem("unwritable", path="x", reason="full"))
    assert placed(caught.value) == [("unwritable", None)]


@pytest.mark.usefixtures("own_cache")
def test_the_cache_keeps_the_measure_of_a_track_and_not_its_samples(user: User) -> None:
    wav(user.folder / "rain.wav", noise(2))
    folders = user_folders()
    with open_mixer(prepared(user, "rain.wav"), folders):
        pass
    kept = [path for path in folders.cache.rglob("*") if path.is_file()]
    assert {path.relative_to(folders.cache).parts[0] for path in kept} == {"music"}
    assert all(path.stat().st_size < 1_000 for path in kept)
