"""The narration as lyrics: tags, and a line a sentence with its time."""

from __future__ import annotations

from voiceguide.album.lrc import lrc
from voiceguide.timeline import Cue, Role, Sound, Speech, Timeline, Voice


def timeline(*cues: tuple[int, str], title: str = "Evening", duration_ms: int = 6_100_000) -> Timeline:
    """A session with these sentences; one without words is a tone."""
    role: Role = "say"
    found = tuple(Cue(role, text, at, at + 100, Speech(text) if text else Sound("end")) for at, text in cues)
    return Timeline(title, "en", Voice("pyttsx3", "en", 150), duration_ms, (), (), found)


def test_tags_stand_before_the_words_and_tones_have_no_line() -> None:
    assert lrc(timeline((0, "Lie down."), (1_999, ""), (65_019, "One,\ntwo.")), "My album") == (
        "[ti:Evening]\n"
        "[ar:voiceguide]\n"
        "[al:My album]\n"
        "[length:101:40]\n"
        "[re:voiceguide]\n"
        "[00:00.00] Lie down.\n"
        "[01:05.01] One, two.\n"
    )


def test_after_99_minutes_there_are_three_digits() -> None:
    assert lrc(timeline((6_000_000, "Rest."))).splitlines()[-1] == "[100:00.00] Rest."


def test_neither_words_nor_a_title_can_be_taken_for_a_tag() -> None:
    said = lrc(timeline((0, "[00:01.00] Lie [down]."), title="A]\n[00:02.00]b"))
    assert said.splitlines()[0] == "[ti:A) (00:02.00)b]"
    assert said.splitlines()[-1] == "[00:00.00] (00:01.00) Lie [down]."


def test_a_session_without_words_has_tags_alone() -> None:
    assert lrc(timeline()).splitlines()[-1] == "[re:voiceguide]"
