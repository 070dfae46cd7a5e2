"""What the guide calls the listener."""

from __future__ import annotations

from tests.compile.support import compiled, text
from voiceguide.plan import Choices

HEAD = "opening: Hello {name}, lie down.\nclosing: Well done, {name}.\n"
STEPS = """
    - say: "Ready, {name}?"
    - lean:
        hold: 60s
        sides: both
        cues: ["Softer, {name}, on the {side}."]
"""


def said(name: str | None) -> str:
    choices = Choices(safety=False, name=name)
    return compiled(STEPS, head=HEAD, choices=choices).narration("opening", "say", "reminder", "closing")


def test_a_script_says_the_name_in_its_sentences() -> None:
    assert said("Anna") == text("""
        Hello Anna, lie down.
        Ready, Anna?
        Softer, Anna, on the left.
        Softer, Anna, on the right.
        Well done, Anna.
    """)


def test_without_a_name_its_sentences_hold() -> None:
    assert said(None) == text("""
        Hello, lie down.
        Ready?
        Softer, on the left.
        Softer, on the right.
        Well done.
    """)
