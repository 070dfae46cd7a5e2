"""What the page lists: each routine as it is played where nobody chooses, and all that can be chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.many.job import Job, settings
from voiceguide.cli.serving.listing import Listed, Shelf, list_routine, list_voices
from voiceguide.web.studio import Listing

if TYPE_CHECKING:
    from tests.conftest import User
    from voiceguide.cli.many.given import Options

HOLD = """\
title: {en: Hold on, de: Halten}
summary: {en: A short one., de: Eine kurze.}
steps:
- {lean: 6-12s}
exercises:
  lean: {name: {en: Lean, de: Lehnen}, dose: 6s, needs: [wall, mat]}
"""


def listed(user: User, script: str = HOLD, options: Options = ()) -> Listed:
    path = user.write("scripts/routines/hold.yaml", script)
    return list_routine(Job(0, str(path), options, "", settings("serve", Path("none"))))


def listing(user: User, script: str = HOLD, options: Options = ()) -> Listing:
    found = listed(user, script, options).listing
    assert found is not None
    return found


def test_a_routine_is_listed_with_its_words_its_equipment_and_its_languages(user: User) -> None:
    found = listing(user)
    assert replace(found, duration_ms=0) == Listing(
        "hold",
        "Hold on",
        "A short one.",
        "en",
        ("en", "de"),
        0,
        ("mat", "wall"),
        ranges=True,
        dose=0,
        talk="full",
    )


def test_its_length_is_that_of_the_session_that_it_becomes(user: User) -> None:
    short, long = (listing(user, options=(("dose", dose),)) for dose in ("0", "100"))
    assert long.duration_ms == short.duration_ms + 6_000
    assert long.dose == 100


def test_its_picture_is_a_png(user: User) -> None:
    assert listed(user).cover.startswith(b"\x89PNG")


def test_a_routine_without_a_range_has_nothing_to_choose_a_dose_for(user: User) -> None:
    assert not listing(user, HOLD.replace("6-12s", "6s")).ranges


@pytest.mark.parametrize("dose", ["2-3 x 6s", "5-8 reps @ 1-1-1", "6s, rest 5-9s"])
def test_every_range_of_a_dose_counts(user: User, dose: str) -> None:
    script = HOLD.replace("lean: 6-12s", f"lean: '{dose}'").replace("needs:", "phases: [a, b, c], needs:")
    assert listing(user, script).ranges


def test_it_is_listed_in_the_language_asked_for_and_else_in_its_own(user: User) -> None:
    assert listing(user, options=(("language", "de"),)).title == "Halten"
    assert listing(user, options=(("language", "fr"),)).language == "en"


def test_how_much_it_says_is_what_its_script_or_the_listener_says(user: User) -> None:
    assert listing(user, f"talk: tones\n{HOLD}").talk == "tones"
    assert listing(user, options=(("talk", "brief"),)).talk == "brief"
    user.configure("talk: brief\n")
    assert listing(user).talk == "brief"


def test_one_that_is_too_long_for_the_time_given_is_listed_as_short_as_it_can_be(user: User) -> None:
    """What is wrong is told when it is wished for."""
    assert listing(user, options=(("fit", "1s"),)) == listing(user, options=(("dose", "0"),))


def test_one_that_is_broken_is_not_listed_and_it_is_told_why(user: User) -> None:
    found = listed(user, "title: Broken\nsteps:\n- nothing\n")
    assert found.listing is None
    assert [one.kind for one in found.problems] == ["exercise-unknown"]


def test_one_that_has_nothing_for_this_listener_is_not_listed(user: User) -> None:
    found = listed(user, options=(("without", "wall"),))
    assert (found.listing, found.problems) == (None, ())


def test_it_is_fresh_until_a_file_changes_that_was_read(user: User) -> None:
    found = listed(user)
    assert found.is_fresh()
    user.configure("talk: brief\n")
    assert not found.is_fresh()


def test_what_is_put_on_the_shelf_is_found_there_as_long_as_it_is_fresh(user: User, tmp_path: Path) -> None:
    found, shelf = listed(user), Shelf(tmp_path / "shelf")
    digest = "0123456789abcdef"
    shelf.put(digest, found)
    assert Shelf(tmp_path / "shelf").get(digest) == found
    user.write("scripts/routines/hold.yaml", f"{HOLD}\n\n")
    assert shelf.get(digest) is None


@pytest.mark.usefixtures("user")
def test_the_voices_are_those_of_the_languages_that_the_guide_speaks() -> None:
    voices = list_voices(Job(0, "", (), "", settings("serve", Path("none"))))
    assert {voice.language for voice in voices} == {"en", "de", "es", "fr"}
    assert len({voice.id for voice in voices}) == len(voices)


@pytest.mark.usefixtures("user")
def test_an_engine_that_is_not_there_has_no_voices() -> None:
    assert list_voices(Job(0, "", (("engine", "none"),), "", settings("serve", Path("none")))) == ()
