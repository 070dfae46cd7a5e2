"""`voiceguide render A B C` and `render --all`: several routines at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .support import BROKEN, TONES, files

if TYPE_CHECKING:
    from tests.conftest import User

QUIET = ("--no-safety", "--talk", "tones")


def test_each_routine_becomes_a_file_and_is_told_in_order(user: User) -> None:
    for name in ("b", "a"):
        user.write(f"{name}.yaml", TONES)
    outcome = user.run("render", "b.yaml", "a.yaml", *QUIET)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "audio/b.mp3  0:10  0.1 MB\naudio/a.mp3  0:10  0.1 MB\n"
    assert files(user, "audio") == ["a.mp3", "b.mp3"]


def test_one_that_fails_keeps_no_other_from_being_rendered(user: User) -> None:
    user.write("broken.yaml", BROKEN)
    user.write("tones.yaml", TONES)
    outcome = user.run("render", "broken.yaml", "tones.yaml", *QUIET)
    assert (outcome.code, outcome.out) == (1, "audio/tones.mp3  0:10  0.1 MB\n")
    assert outcome.err == (
        "error: audio/broken.mp3 was not rendered\n"
        "broken.yaml:3:12: error: there is no sound 'bel'\n"
        "   3 |   - sound: bel\n"
        "     |            ^^^\n"
        "   hint: did you mean 'bell'?\n"
    )


def test_what_is_left_out_is_told_of_each_routine(user: User) -> None:
    user.write("tones.yaml", TONES)
    user.write("mine.yaml", "title: Mine\nsteps:\n  - bridge: 5s\n  - childs-pose: 5s\n")
    outcome = user.run("render", "mine.yaml", "tones.yaml", "--avoid", "on-back", *QUIET)
    assert (outcome.code, outcome.err) == (0, "mine.yaml: left out: Bridge (on-back)\n")


def test_all_are_those_that_can_be_called_by_name(user: User) -> None:
    user.write("scripts/routines/tones.yaml", TONES)
    outcome = user.run("render", "--all", *QUIET)
    names = [line.split()[0] for line in user.run("list").out.split("\n\n")[0].splitlines()[1:]]
    assert (outcome.code, outcome.err, "tones" in names) == (0, "", True)
    assert [line.split()[0] for line in outcome.out.splitlines()] == [f"audio/{name}.mp3" for name in names]


def test_what_is_there_is_not_rendered_again_unless_it_is_asked_for(user: User) -> None:
    for name in ("a", "b"):
        user.write(f"{name}.yaml", TONES)
    user.run("render", "a.yaml", "b.yaml", *QUIET)
    user.write("b.yaml", TONES.replace("2-4s", "3s"))
    there, new = "audio/a.mp3  already there\n", "audio/b.mp3  0:11  0.1 MB\n"
    assert user.run("render", "a.yaml", "b.yaml", *QUIET).out == there + new
    again = user.run("render", "a.yaml", "b.yaml", "--again", *QUIET)
    assert "already there" not in again.out


def test_one_routine_alone_is_always_rendered(user: User) -> None:
    user.write("tones.yaml", TONES)
    told = [user.run("render", "tones.yaml", "tones.yaml", *QUIET).out for _ in range(2)]
    assert told == ["audio/tones.mp3  0:10  0.1 MB\n"] * 2


def test_what_was_rendered_alone_meanwhile_is_not_taken_for_what_was_rendered_among_others(
    user: User,
) -> None:
    for name in ("a", "b"):
        user.write(f"{name}.yaml", TONES)
    user.run("render", "a.yaml", "b.yaml", *QUIET)
    user.run("render", "a.yaml", "--dose", "100", *QUIET)
    again = user.run("render", "a.yaml", "b.yaml", *QUIET)
    assert again.out == "audio/a.mp3  0:10  0.1 MB\naudio/b.mp3  already there\n"


NOT_THERE = (
    "error: there is no routine 'evenig'\n"
    "   hint: did you mean 'evening'?\n"
    "error: there is no routine 'mornin'\n"
    "   hint: did you mean 'morning'?\n"
)


def test_names_that_nothing_has_are_told_at_the_end_and_the_others_are_rendered(user: User) -> None:
    user.write("tones.yaml", TONES)
    outcome = user.run("render", "evenig", "tones.yaml", "mornin", *QUIET)
    assert (outcome.code, outcome.out, outcome.err) == (2, "audio/tones.mp3  0:10  0.1 MB\n", NOT_THERE)


def test_where_nothing_has_any_of_the_names_nothing_is_begun(user: User) -> None:
    assert user.fails("render", "evenig", "mornin") == NOT_THERE


def test_two_routines_cannot_become_one_file(user: User) -> None:
    for name in ("tones", "deep/tones"):
        user.write(f"{name}.yaml", TONES)
    assert user.fails("render", "tones.yaml", "deep/tones.yaml") == (
        "error: tones.yaml and deep/tones.yaml would both be rendered into audio/tones.mp3\n"
        "   hint: render one of them with -o\n"
    )


def test_one_file_cannot_take_several(user: User) -> None:
    assert user.fails("render", "evening", "morning", "-o", "x.mp3") == (
        "error: one file cannot take several routines\n   hint: leave -o out\n"
    )


def test_all_takes_no_name(user: User) -> None:
    assert user.fails("render", "--all", "evening") == (
        "error: --all takes no name\n   hint: leave evening out, or --all\n"
    )


def test_several_are_not_of_a_programme(user: User) -> None:
    assert user.fails("render", "evening", "morning", "--programme", "runner-low-back") == (
        "error: --programme takes one routine at most\n   hint: leave the others out\n"
    )
