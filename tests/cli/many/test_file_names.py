"""Names of files that every file system takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.cli.many.file_names import made_name, with_suffix
from voiceguide.naming import same_file, unsafe


@pytest.mark.parametrize(
    ("name", "routine", "made"),
    [
        ("Anna Maria", "evening", "0007-Anna-Maria-evening.mp3"),
        ("", "deep/my back.yaml", "0007-my-back.mp3"),
        ("../../etc/passwd", "evening", "0007-etc-passwd-evening.mp3"),
        ("=CMD()|'x'", "evening", "0007-CMD-x-evening.mp3"),
        ("Жанна", "evening", "0007-Жанна-evening.mp3"),
        ("<>", "…yaml", "0007-yaml.mp3"),
    ],
)
def test_a_name_is_made_of_letters_and_digits(name: str, routine: str, made: str) -> None:
    assert made_name(7, name, routine) == made


def test_each_thousand_has_a_folder_from_the_thousandth_file_on() -> None:
    made = [made_name(number, "", "evening") for number in (999, 1000, 1999, 100_000)]
    assert made == [
        "0999-evening.mp3",
        "1000/1000-evening.mp3",
        "1000/1999-evening.mp3",
        "100000/100000-evening.mp3",
    ]


@given(st.integers(1, 200_000), st.text(max_size=200), st.text(max_size=200))
def test_every_name_that_is_made_is_safe(number: int, name: str, routine: str) -> None:
    assert unsafe(made_name(number, name, routine.replace("\0", ""))) is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("a/b.mp3", None),
        ("/a", "it is not below the folder"),
        ("a/../b", "it is not below the folder"),
        ("a//b", "it is not below the folder"),
        ("c:x", "':' cannot stand in a name"),
        ("a\\b", "'\\' cannot stand in a name"),
        ("a\x1bb", "'U+001B' cannot stand in a name"),
        (".hidden", "a name does not begin or end with a dot, or end with a space"),
        ("a./b", "a name does not begin or end with a dot, or end with a space"),
        ("Aux.mp3", "Windows keeps this name for itself"),
        ("a" * 101, "a name has at most 100 characters"),
        ("😀" * 61, "a name has at most 100 characters"),
    ],
)
def test_a_name_that_some_file_system_refuses_is_refused(written: str, reason: str | None) -> None:
    assert unsafe(written) == reason


def test_a_name_without_a_suffix_is_that_of_an_mp3() -> None:
    assert [with_suffix(name) for name in ("a", "a.wav", "b.c/a")] == ["a.mp3", "a.wav", "b.c/a.mp3"]


def test_case_and_the_way_accents_are_written_make_no_other_file() -> None:
    assert same_file("Zoe\u0308.MP3") == same_file("zoë.mp3")
