"""Names that every file system takes: made from any title at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voiceguide.naming import LONGEST_TITLE, distinct_name, numbered_name, same_file, title_name, unsafe

LONGEST_ON_DISK = 255
"""Units that a name has at most: of UTF-8 on Linux and Android, of UTF-16 elsewhere, decomposed on old Apple disks."""
FORBIDDEN = set('<>:"/\\|?*%#;`$\0\n\t')
TITLES = st.text(max_size=400) | st.text(st.characters(categories=["L", "M", "S", "Cf"]), max_size=300)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Evening unwind", "Evening unwind"),
        ("Child's pose (each side), slow", "Child's pose (each side), slow"),
        ("Child’s pose", "Child's pose"),
        ("Settle: Child's pose", "Settle - Child's pose"),
        ("Calm 10:00", "Calm 10-00"),
        ("Hips/knees \\ back", "Hips-knees - back"),
        ("Push-up – 3 × 10", "Push-up - 3 10"),
        ("Up & down + round!", "Up & down + round!"),
        ("🧘 Calm 🌙", "Calm"),
        ("1️⃣ First", "1 First"),
        ("<b>|bold|</b>?*", "b -bold-b"),
        ("..\\..\\etc", "etc"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden.", "hidden"),
        ("  two\tand\nthree  ", "two and three"),
        ("100 %", "100"),
        ("Wirbelsäule", "Wirbelsäule"),
        ("Wirbelsa\u0308ule", "Wirbelsäule"),
        ("e\u200d\u0301tude", "étude"),
        ("Растяжка шеи", "Растяжка шеи"),
        ("首のストレッチ", "首のストレッチ"),
        ("\u202egnp.exe", "gnp.exe"),
        ("שלום \u2067abc\u2069", "שלום abc"),
        ("Z\u0336\u0337\u0338\u0334\u0335a", "Z\u0336\u0337\u0338a"),
        ("CON", "_CON"),
        ("aux.mp3", "_aux.mp3"),
        ("COM1", "_COM1"),
        ("com9.tar.gz", "_com9.tar.gz"),
        ("NUL .x", "_NUL .x"),
        ("LPT1 .foo", "_LPT1 .foo"),
        ("LPT¹", "_LPT¹"),
        ("nul .a.b", "_nul .a.b"),
        ("nul a.b", "nul a.b"),
        ("COM10", "COM10"),
        ("Console", "Console"),
        ("½ hour", "½ hour"),
    ],
)  # fmt: skip
def test_of_a_title_its_letters_digits_and_plain_punctuation_are_left(title: str, name: str) -> None:
    assert title_name(title) == name


def test_where_nothing_is_left_of_a_title_the_next_one_is_taken() -> None:
    assert title_name("🧘🌙", "evening") == "evening"
    assert title_name("🧘🌙", "...", "") == "Routine"
    assert title_name("\u3164\u115f", "\u202e") == "Routine"


def test_a_long_title_is_cut() -> None:
    assert title_name("Stretch " * 40) == ("Stretch " * 10).strip()
    assert title_name("가" * 300) == "가" * 50
    assert len(title_name("x" * 300)) == LONGEST_TITLE


def test_it_is_never_cut_between_a_letter_and_its_accents() -> None:
    assert title_name("a" * 79 + "q\u0323\u0301") == "a" * 79


def test_a_number_stands_first_so_that_files_are_in_order() -> None:
    assert numbered_name(3, "Plank") == "03 Plank"
    assert numbered_name(3, "Plank", of=120) == "003 Plank"
    assert numbered_name(120, "Plank") == "120 Plank"
    assert numbered_name(1, "🧘", "evening") == "01 evening"
    assert numbered_name(1, "CON") == "01 CON"


def test_a_name_that_is_taken_gets_a_number_behind_it() -> None:
    taken = {"evening", "evening (2)"}
    assert distinct_name("Evening", lambda name: same_file(name) in taken) == "Evening (3)"
    assert distinct_name("Morning", lambda name: same_file(name) in taken) == "Morning"


@pytest.mark.parametrize(
    "name", ["COM1", "NUL .x", "LPT¹", "LPT1 .foo", "con", "CONIN$", "aux .a.b", "music/Prn.mp3"]
)
def test_what_windows_keeps_for_itself_is_unsafe(name: str) -> None:
    assert unsafe(name) == "Windows keeps this name for itself"


@given(TITLES)
@example("NUL .x")
@example("\u0345" * 9 + "ΐ" * 200)
@example("lpt¹.x")
def test_every_name_is_safe_on_every_file_system(title: str) -> None:
    name = title_name(title)
    assert unsafe(name) is None
    assert unsafe(f"{name}.chapters.json") is None
    assert not FORBIDDEN & set(name)
    assert name == name.strip()
    assert name[0] not in ".-"
    assert name.isprintable()
    assert unicodedata.is_normalized("NFC", name)


@given(TITLES, st.integers(1, 9_999))
@example("ΐ" * 200, 9_999)
@example("각" * 200, 9_999)
def test_no_name_is_too_long_with_all_that_may_be_added_to_it(title: str, number: int) -> None:
    file = f"{numbered_name(number, title)} (12).chapters.json"
    decomposed = unicodedata.normalize("NFD", file).encode("utf-16-le")
    assert len(file.encode()) <= LONGEST_ON_DISK
    assert len(decomposed) // 2 <= LONGEST_ON_DISK


@given(TITLES)
def test_a_name_stays_as_it_is(title: str) -> None:
    assert title_name(title_name(title)) == title_name(title)


@given(TITLES)
def test_however_a_title_is_composed_its_name_is_one(title: str) -> None:
    assert title_name(unicodedata.normalize("NFD", title)) == title_name(unicodedata.normalize("NFC", title))


@given(st.lists(TITLES, min_size=1, max_size=30))
def test_no_two_of_an_album_are_one_file_anywhere(titles: list[str]) -> None:
    names = {same_file(numbered_name(number, title)) for number, title in enumerate(titles, start=1)}
    assert len(names) == len(titles)


@given(st.lists(st.sampled_from(["Evening", "EVENING", "e\u0301ve", "éve", "ÉVE", "🧘"]), max_size=12))
def test_names_without_numbers_are_told_apart_too(titles: list[str]) -> None:
    taken: set[str] = set()
    for title in titles:
        taken.add(same_file(distinct_name(title_name(title), lambda name: same_file(name) in taken)))
    assert len(taken) == len(titles)
