"""A session in parts: each chapter with its own times."""

from __future__ import annotations

from voiceguide.album.parts import parts
from voiceguide.timeline import Chapter, Cue, Span, Speech, Timeline, Voice

VOICE = Voice("pyttsx3", "en", 150)


def cue(text: str, start_ms: int, end_ms: int) -> Cue:
    return Cue("say", text, start_ms, end_ms, Speech(text))


def test_each_chapter_begins_at_nothing_and_is_called_after_itself() -> None:
    whole = Timeline(
        "Evening",
        "en",
        VOICE,
        9_000,
        (Chapter("Bridge", 0, 4_000), Chapter("Bow", 4_000, 9_000)),
        (Span("hold", 1_000, 3_000), Span("hold", 5_000, 8_000)),
        (cue("Up.", 500, 900), cue("Down.", 4_000, 4_800)),
        keep_awake=True,
    )
    assert list(parts(whole)) == [
        (
            0,
            Timeline(
                "Bridge",
                "en",
                VOICE,
                4_000,
                (),
                (Span("hold", 1_000, 3_000),),
                (cue("Up.", 500, 900),),
                keep_awake=True,
            ),
        ),
        (
            4_000,
            Timeline(
                "Bow",
                "en",
                VOICE,
                5_000,
                (),
                (Span("hold", 1_000, 4_000),),
                (cue("Down.", 0, 800),),
                keep_awake=True,
            ),
        ),
    ]


def test_what_goes_on_in_the_next_chapter_ends_with_its_own() -> None:
    chapters = (Chapter("A", 0, 1_000), Chapter("B", 1_000, 2_000))
    whole = Timeline("Evening", "en", VOICE, 2_000, chapters, (), (cue("Long.", 900, 1_400),))
    assert [[one.end_ms for one in part.cues] for _, part in parts(whole)] == [[1_000], []]


def test_a_chapter_that_lasts_no_time_is_no_part() -> None:
    chapters = (Chapter("A", 0, 1_000), Chapter("B", 1_000, 1_000), Chapter("C", 1_000, 2_000))
    whole = Timeline("Evening", "en", VOICE, 2_000, chapters, (), ())
    assert [part.title for _, part in parts(whole)] == ["A", "C"]
