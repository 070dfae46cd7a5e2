"""Recordings: heard in place of the voice, measured like a clip, shown as their text."""

from __future__ import annotations

from tests.compile.support import compiled, read, text
from voiceguide.compile import draft
from voiceguide.plan import Choices
from voiceguide.timeline import Recording, Speech

SIDED = {
    "lean": """
        name: Lean
        dose: 5s
        side: {text: "lean to the {side}", recording: "lean-{side}.wav"}
        release: {text: "Your {other} side is done too.", recording: "done-{other}.wav"}
    """
}


def test_a_recording_is_heard_and_its_text_is_shown() -> None:
    session = compiled("- say: {text: Hello., recording: hello.wav}\n- say: Again.")
    assert session.told() == text("""
        0.480 say "Hello."
        2.856 say "Again."
    """)
    assert [cue.source for cue in session.timeline.cues] == [Recording("hello.wav"), Speech("Again.")]


def test_a_recording_that_names_its_side_is_that_of_the_side_that_is_done() -> None:
    session = compiled("- lean", shelf=SIDED)
    recorded = [(cue.text, cue.source) for cue in session.timeline.cues if isinstance(cue.source, Recording)]
    assert recorded == [
        ("Lean to the left.", Recording("lean-left.wav")),
        ("Lean to the right.", Recording("lean-right.wav")),
        ("Your left side is done too.", Recording("done-left.wav")),
    ]


def test_every_recording_is_measured() -> None:
    found = draft(read("- lean", shelf=SIDED), Choices(safety=False)).sources
    assert [source for source in found if isinstance(source, Recording)] == [
        Recording("lean-left.wav"),
        Recording("lean-right.wav"),
        Recording("done-left.wav"),
    ]


def test_a_recorded_name_stands_alone() -> None:
    shelf = {"hum": "{name: {text: Hum, recording: hum.wav}, dose: 5s}"}
    session = compiled("- fold: 5s\n- hum", shelf=shelf)
    assert session.narration("name") == "Fold.\nFive seconds.\nHum.\nFive seconds."
    assert [cue.source for cue in session.timeline.cues if cue.text == "Hum."] == [Recording("hum.wav")]


def test_a_recorded_reminder_and_a_recorded_cue_have_their_place_by_their_length() -> None:
    session = compiled(
        """
        - fold:
            hold: 20s
            cues:
              - {text: Breathe., recording: breathe.wav}
              - {at: 14s, text: Let go., recording: let-go.wav}
        """
    )
    heard = [cue for cue in session.timeline.cues if isinstance(cue.source, Recording)]
    assert [(cue.text, cue.end_ms - cue.start_ms) for cue in heard] == [
        ("Breathe.", 2_000),
        ("Let go.", 2_000),
    ]
