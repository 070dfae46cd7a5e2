"""A speaker gives levelled clips that start with the voice, the same length every time, each made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from voiceguide.audio.clip import RATE, SAMPLES_PER_MS, to_float32
from voiceguide.audio.loudness import integrated, true_peak
from voiceguide.errors import Problem, RequestError, SpeechError
from voiceguide.speech.cache import ClipCache
from voiceguide.speech.engine import Engine, Pcm, VoiceInfo, choose_voice
from voiceguide.speech.speaker import Speaker

if TYPE_CHECKING:
    from pathlib import Path

WORDS = [
    "three",
    "two",
    "one",
    "six",
    "halfway",
    "first",
    "shift",
    "feet",
    "thigh",
    "hips",
    "Lie down on your back.",
]


class Counted:
    """The real engine, and a list of what it was asked to speak."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.spoken: list[str] = []
        self.name, self.identity, self.default_rate = engine.name, engine.identity, engine.default_rate
        self.voices, self.find_voice, self.close = engine.voices, engine.find_voice, engine.close

    def synthesize(self, text: str, voice: VoiceInfo, rate: int) -> Pcm:
        self.spoken.append(text)
        return self._engine.synthesize(text, voice, rate)


@pytest.fixture
def counted(engine: Engine) -> Counted:
    return Counted(engine)


@pytest.fixture
def cache(tmp_path: Path) -> ClipCache:
    return ClipCache(tmp_path / "clips", limit_bytes=10_000_000)


@pytest.fixture(scope="module")
def speaker(engine: Engine, english: VoiceInfo) -> Speaker:
    return Speaker(engine, english, 150, None)


@pytest.mark.parametrize("word", WORDS)
def test_the_voice_is_heard_within_3_ms_of_the_start(speaker: Speaker, word: str) -> None:
    """Audible is what reaches 40 dB below the loudest sample."""
    heard = np.abs(to_float32(speaker.clip(word)))
    assert np.flatnonzero(heard >= heard.max() / 100)[0] <= 3 * SAMPLES_PER_MS


@pytest.mark.parametrize("word", WORDS)
def test_trimming_loses_nothing_that_is_heard(engine: Engine, english: VoiceInfo, word: str) -> None:
    """espeak's silence is exact, so its voice lasts from the first to the last sample that is not about zero."""
    pcm = engine.synthesize(word, english, 150)
    sound = np.flatnonzero(np.abs(pcm.samples.astype(np.int32)) > 30)
    voiced_ms = (sound[-1] - sound[0]) * 1000 / pcm.rate
    clip_ms = len(Speaker(engine, english, 150, None).clip(word)) / SAMPLES_PER_MS
    assert 2 <= clip_ms - voiced_ms <= 12


@pytest.mark.parametrize("word", ["three", "one", "Lie down on your back and bend both knees."])
def test_a_clip_is_as_loud_as_a_session(speaker: Speaker, word: str) -> None:
    alone = np.pad(to_float32(speaker.clip(word)), RATE // 2)
    assert integrated(alone) == pytest.approx(-19.0, abs=0.5)
    assert true_peak(alone) <= -1.0


def test_a_clip_begins_and_ends_in_silence(speaker: Speaker) -> None:
    clip = speaker.clip("three")
    assert np.abs(clip[[0, -1]]).max() <= 10


def test_clips_cannot_be_changed_by_those_who_share_them(speaker: Speaker) -> None:
    with pytest.raises(ValueError, match="read-only"):
        speaker.clip("three")[0] = 1


def test_a_phrase_is_made_once(counted: Counted, english: VoiceInfo) -> None:
    speaker = Speaker(counted, english, 150, None)
    speaker.lengths(["three", "two", "three"])
    speaker.clip("two")
    assert counted.spoken == ["three", "two"]


def test_a_phrase_is_made_once_for_all_sessions(
    counted: Counted, english: VoiceInfo, cache: ClipCache
) -> None:
    first = Speaker(counted, english, 150, cache).clip("three")
    second = Speaker(counted, english, 150, cache).clip("three")
    assert counted.spoken == ["three"]
    assert np.array_equal(first, second)


def test_spacing_makes_no_other_phrase(counted: Counted, english: VoiceInfo) -> None:
    speaker = Speaker(counted, english, 150, None)
    speaker.clip("lie down")
    speaker.clip("  lie\n down ")
    assert counted.spoken == ["lie down"]


def test_lengths_are_those_of_the_clips_in_ms_rounded_up(speaker: Speaker) -> None:
    lengths = speaker.lengths(WORDS)
    assert lengths == {word: -(-len(speaker.clip(word)) // 48) for word in WORDS}


def test_lengths_of_cached_clips_need_no_engine(
    counted: Counted, english: VoiceInfo, cache: ClipCache
) -> None:
    made = Speaker(counted, english, 150, cache).lengths(WORDS)
    counted.spoken.clear()
    assert Speaker(counted, english, 150, cache).lengths(WORDS) == made
    assert not counted.spoken


def test_progress_counts_distinct_phrases(speaker: Speaker) -> None:
    seen: list[tuple[int, int]] = []
    speaker.lengths(["three", "two", "three"], lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_a_clip_made_again_has_the_length_it_was_said_to_have(engine: Engine, english: VoiceInfo) -> None:
    """espeak's lengths vary by some samples; with no room to remember a clip each is made anew."""
    speaker = Speaker(engine, english, 150, None, memory_bytes=0)
    lengths = set()
    for _ in range(12):
        lengths.add(len(speaker.clip("three")))
        speaker.clip("two")
    assert len(lengths) == 1


def test_a_clip_cut_to_its_length_still_ends_in_silence(engine: Engine, english: VoiceInfo) -> None:
    speaker = Speaker(engine, english, 150, None, memory_bytes=0)
    speaker._lengths[speaker._key("three")] = 10_000
    clip = speaker.clip("three")
    assert (len(clip), clip[-1]) == (10_000, 0)


@pytest.mark.parametrize("damage", [lambda data: data[:-7], lambda data: data[:-7] + b"X" + data[-6:]])
def test_a_damaged_entry_is_made_again_at_its_length(
    counted: Counted, english: VoiceInfo, cache: ClipCache, damage: type[bytes]
) -> None:
    Speaker(counted, english, 150, cache).clip("three")
    (entry,) = cache.folder.rglob("*.clip")
    entry.write_bytes(damage(entry.read_bytes()))
    speaker = Speaker(counted, english, 150, cache)
    length = speaker.lengths(["three"])["three"]
    assert -(-len(speaker.clip("three")) // 48) == length
    assert counted.spoken == ["three", "three"]
    assert cache.stats()[0] == 1


def test_a_cache_that_cannot_be_written_does_not_stop_speech(
    engine: Engine, english: VoiceInfo, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = ClipCache(tmp_path / "file", limit_bytes=1000)
    assert len(Speaker(engine, english, 150, cache).clip("three"))


@pytest.mark.parametrize("change", ["voice", "rate", "text", "identity", "fingerprint"])
def test_a_clip_is_kept_for_what_shaped_it_only(
    counted: Counted, english: VoiceInfo, cache: ClipCache, change: str
) -> None:
    Speaker(counted, english, 150, cache).clip("three")
    voice, rate, text = english, 150, "three"
    if change == "voice":
        voice = choose_voice(counted, None, "de")
    elif change == "rate":
        rate = 151
    elif change == "text":
        text = "Three"
    elif change == "identity":
        counted.identity += "."
    else:
        voice = VoiceInfo(voice.id, voice.name, voice.languages, voice.gender, "newer")
    Speaker(counted, voice, rate, cache).clip(text)
    assert counted.spoken == ["three", text]


def test_memory_holds_the_clips_used_last_up_to_its_bound(counted: Counted, english: VoiceInfo) -> None:
    speaker = Speaker(counted, english, 150, None, memory_bytes=150_000)
    phrases = [f"number {number}" for number in range(20)]
    speaker.lengths(phrases)
    assert sum(clip.nbytes for clip in speaker._memory.values()) <= 150_000
    counted.spoken.clear()
    speaker.clip(phrases[-1])
    speaker.clip(phrases[0])
    assert counted.spoken == [phrases[0]]


@pytest.mark.parametrize("text", ["...", "—", "", "  \n", "\0"])
def test_a_text_without_sound_is_told(speaker: Speaker, text: str) -> None:
    with pytest.raises(SpeechError) as raised:
        speaker.clip(text)
    assert raised.value.problems == (
        Problem("silent-text", f"the voice 'en-us' makes no sound for '{text}'", hint="write it in words"),
    )


@pytest.mark.parametrize("rate", [79, 451, 0, -1])
def test_a_rate_that_no_voice_speaks_is_refused(engine: Engine, english: VoiceInfo, rate: int) -> None:
    with pytest.raises(RequestError) as raised:
        Speaker(engine, english, rate, None)
    assert raised.value.problems == (
        Problem(
            "rate-out-of-range",
            f"no voice speaks {rate} words a minute",
            hint="choose a rate from 80 to 450",
        ),
    )
