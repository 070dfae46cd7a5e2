"""What is chosen already when a routine is opened, and what is made where nobody chooses anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from voiceguide.files import user_folders

from .server import SHORT

if TYPE_CHECKING:
    from tests.conftest import User

    from .browser import Phone
    from .server import Server

SHIPPED = sorted(path.stem for path in user_folders().routines.glob("*.yaml"))


def test_the_minutes_that_stand_there_are_enough(phone: Phone, user: User) -> None:
    """For every shipped routine that can be longer and shorter: there is a session that fits into them."""
    stretches = [one["name"] for one in listed(phone) if one["ranges"] and one["name"] in SHIPPED]
    assert stretches
    for name in stretches:
        phone.open(name)
        phone.page.get_by_label("As long as I have time").check()
        minutes = phone.page.locator("#minutes").input_value()
        made = user.run("compile", name, "--fit", f"{minutes}m", "-o", f"{name}.json")
        assert made.code == 0, made.err


def test_who_chooses_nothing_gets_what_is_listed(phone: Phone, server: Server) -> None:
    """Also where the routine itself says few words."""
    with server.with_script(f"talk: brief\n{SHORT}"):
        (routine,) = (one for one in listed(phone) if one["name"] == "short")
        phone.make()
        assert phone.timeline().duration_ms == routine["duration_ms"]
    # Its picture is not there while it is worked out anew, which is an error to the browser's console.
    phone.complaints.clear()


def test_who_chooses_nothing_says_nothing(phone: Phone) -> None:
    phone.open("evening")
    with phone.page.expect_request("**/api/sessions") as wished:
        phone.page.locator("#make").click()
    assert wished.value.post_data_json == {"routine": "evening"}


@pytest.mark.parametrize(("choice", "other"), [("Few words", "brief"), ("Tones only", "tones")])
def test_what_was_chosen_is_chosen_the_next_time(phone: Phone, choice: str, other: str) -> None:
    phone.open("short")
    phone.page.get_by_label(choice).check()
    with phone.page.expect_request("**/api/sessions") as wished:
        phone.page.locator("#make").click()
    assert wished.value.post_data_json == {"routine": "short", "talk": other}
    phone.open("short")
    phone.page.locator("#make").wait_for()
    assert phone.page.get_by_label(choice).is_checked()


def test_a_hint_names_no_options_of_the_command_line(phone: Phone) -> None:
    """What does not fit is said, with its lengths."""
    phone.open("evening")
    phone.page.get_by_label("As long as I have time").check()
    phone.page.locator("#minutes").fill("1")
    phone.page.locator("#make").click()
    problem = phone.page.locator("#problems p").inner_text()
    assert problem.startswith("No dose of 'Evening unwind for the low back' fits into 1:00: it lasts ")
    assert problem.endswith(" Allow more time, or let it talk less.")


def listed(phone: Phone) -> list[dict[str, Any]]:
    """The routines as the server lists them."""
    phone.open()
    answer = phone.page.request.get(f"{phone.address}api/routines")
    routines: list[dict[str, Any]] = answer.json()["routines"]
    return routines
