"""docs/coaching.md and docs/languages.md say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voiceguide.audio.music.bed import LOUDNESS
from voiceguide.audio.stereo import DOWN_MS, DUCK_DB, UP_MS
from voiceguide.cli.problems import format_problem
from voiceguide.cli.values import MAX_SPEED, MIN_SPEED
from voiceguide.compile.counting import (
    BESIDE_HALFWAY_MS,
    EACH_LEFT_FROM_MS,
    EACH_LEFT_MS,
    HALFWAY_FROM_MS,
    TEN_LEFT_FROM_MS,
)
from voiceguide.compile.layout import LEAD_MS, REST_LEAD_MS, SWITCH_LEAD_MS
from voiceguide.compile.reminders import APART_MS, EVERY_MS, QUIET_END_MS
from voiceguide.compile.sets import LATE_MS
from voiceguide.files import DiskLibrary, read_include, user_folders
from voiceguide.model import DEFAULT_WAIT_MS
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import Choices
from voiceguide.script.nodes import SourceFile
from voiceguide.script.routine import read_routine
from voiceguide.units import format_seconds

DOCS = Path(__file__).parent.parent / "docs"
VOICE_LUFS = -16
COACHING = " ".join((DOCS / "coaching.md").read_text(encoding="utf-8").split())
LANGUAGES_PAGE = (DOCS / "languages.md").read_text(encoding="utf-8")


def seconds(ms: int) -> str:
    return f"{format_seconds(ms)} s"


@pytest.mark.parametrize(
    "said",
    [
        f"{seconds(Choices().get_ready_ms)} at least (`--get-ready`), and {seconds(LEAD_MS)} after the last word",
        f"at the middle, from {seconds(HALFWAY_FROM_MS)} on",
        (
            f"each {seconds(EACH_LEFT_MS)} before the end, in holds from {seconds(EACH_LEFT_FROM_MS)} on, "
            f"not within {seconds(BESIDE_HALFWAY_MS)} of halfway"
        ),
        f"in holds from {seconds(TEN_LEFT_FROM_MS)} on",
        (
            f"one for each {seconds(EVERY_MS)}, at least {seconds(APART_MS)} apart, "
            f"none in the last {seconds(QUIET_END_MS)}"
        ),
        f"up to {seconds(LATE_MS)} later",
        f"a time of its own, {seconds(Choices().switch_ms)} (`--switch`)",
        f"never less than {seconds(SWITCH_LEAD_MS)} after its words",
        f"{seconds(REST_LEAD_MS)} before its end which set comes",
        (
            f"Music lies {VOICE_LUFS - LOUDNESS:.0f} dB under it, and {VOICE_LUFS - LOUDNESS - DUCK_DB:.0f} dB under it while it speaks: "
            f"it goes down over {DOWN_MS} ms"
        ),
        f"comes back over {UP_MS} ms",
        f"In a file a pause of {seconds(DEFAULT_WAIT_MS)} stands for it",
        f"`--speed {MIN_SPEED / 100:g}` makes rests and pauses a quarter longer, `--speed {MAX_SPEED / 100:g}` a fifth shorter",
    ],
)
def test_a_number_of_the_coaching_page_is_the_codes(said: str) -> None:
    assert said in COACHING


@pytest.mark.parametrize(
    "example", re.findall(r"^```yaml\n(.*?)^```$", LANGUAGES_PAGE, re.MULTILINE | re.DOTALL)
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_an_example_of_the_languages_page_can_be_played(example: str, language: str) -> None:
    library = DiskLibrary(user_folders())
    if "de:" not in example:
        language = "en"
    _, problems = read_routine(SourceFile("page.yaml", example), library, read_include, language)
    assert [format_problem(found) for found in problems] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_languages_page_has_every_form_of_a_side(code: str) -> None:
    def written(name: str) -> str:
        return f"{{side:{name}}}" if name else "{side}"

    forms = LANGUAGES[code].sides.items()
    row = "; ".join(f"`{written(name)}` {form['left']}, {form['right']}" for name, form in forms)
    assert f"| {code} | {row} |" in LANGUAGES_PAGE
