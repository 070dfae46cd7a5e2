"""The journal of a folder: a file is there only if nothing has changed that shaped it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.many.job import About, Done, Job, Slot, run_job, settings
from voiceguide.cli.many.journal import FILE_NAME, digest_of, open_journal

from .support import HELLO, TONES

if TYPE_CHECKING:
    from tests.conftest import User

MINE = """\
title: Mine
steps:
  - sound: bell
  - {section: Here, talk: tones, steps: [childs-pose: 2s]}
  - say: {text: Ding., recording: ding.wav}
  - include: part.yaml
"""
OUT = Path("out")


def rendered(user: User, number: int = 0, routine: str = "tones.yaml") -> Job:
    """A job that was done and noted."""
    if not (user.folder / routine).exists():
        user.write(routine, TONES)
    options = (("safety", "false"), ("talk", "tones"))
    job = Job(number, routine, options, f"{number}.mp3", settings("batch", OUT))
    done = run_job(job)
    assert isinstance(done, Done)
    with open_journal(OUT) as journal:
        journal.add(job, digest_of(job, Path(routine)), done)
    return job


def is_there(job: Job) -> bool:
    with open_journal(OUT) as journal:
        return journal.has(job, digest_of(job, Path(job.routine)))


def test_what_was_done_is_there(user: User) -> None:
    assert is_there(rendered(user))


@pytest.mark.parametrize(
    "change",
    [
        "another word in the script",
        "another word in what it includes",
        "another recording",
        "a recording that goes before the one that was used",
        "another configuration",
        "an exercise that goes before the one that was used",
        "a sound that goes before the one that was used",
        "the file is gone",
        "the file is another one",
    ],
)
def test_what_shaped_a_file_and_has_changed_makes_it_anew(user: User, change: str) -> None:
    user.write("mine.yaml", MINE)
    user.write("part.yaml", "steps:\n  - pause: 1s\n")
    config = user.configure("switch: 6s\n").parent
    user.write("tones.yaml", TONES)
    assert user.run("render", "tones.yaml", "--no-safety", "-o", "tone.wav").code == 0
    sound = (user.folder / "tone.wav").read_bytes()
    user.write("audio/ding.wav", sound)
    job = rendered(user, routine="mine.yaml")
    assert is_there(job)
    match change:
        case "another word in the script":
            user.write("mine.yaml", MINE.replace("Here", "There"))
        case "another word in what it includes":
            user.write("part.yaml", "steps:\n  - pause: 2s\n")
        case "another recording":
            user.write("audio/ding.wav", sound + b"\0\0")
        case "a recording that goes before the one that was used":
            user.write("ding.wav", sound)
        case "another configuration":
            user.configure("switch: 7s\n")
        case "an exercise that goes before the one that was used":
            user.write(f"{config}/exercises/childs-pose.yaml", "name: Mine\ndose: 5s\n")
        case "a sound that goes before the one that was used":
            user.write(f"{config}/audio/bell.wav", sound)
        case "the file is gone":
            (user.folder / "out" / "0.mp3").unlink()
        case "the file is another one":
            user.write("out/0.mp3", "another")
    assert not is_there(job)


def test_another_option_another_release_and_another_folder_make_another_job(user: User) -> None:
    job = rendered(user)
    others = [
        replace(job, options=(*job.options, ("rate", "140"))),
        replace(job, settings=replace(job.settings, version="99")),
        replace(job, settings=replace(job.settings, current="/elsewhere")),
        replace(job, settings=replace(job.settings, command="render")),
    ]
    assert [is_there(other) for other in others] == [False] * 4


def test_a_torn_journal_loses_what_was_torn(user: User) -> None:
    first, second = rendered(user, 0), rendered(user, 1)
    journal = user.folder / "out" / FILE_NAME
    journal.write_bytes(journal.read_bytes()[:-9])
    assert [is_there(first), is_there(second)] == [True, False]
    rendered(user, 1)
    assert [is_there(first), is_there(second)] == [True, True]


@pytest.mark.parametrize(
    "line", [b"\xff\xfe", b"[]", b"7", b'{"file": "0.mp3"}', b'{"files": 3, "reads": 1}', b"\0" * 99]
)
def test_a_line_that_is_not_understood_is_passed_over(user: User, line: bytes) -> None:
    job = rendered(user)
    journal = user.folder / "out" / FILE_NAME
    journal.write_bytes(line + b"\n" + journal.read_bytes() + line)
    assert is_there(job)


def test_a_journal_holds_no_more_than_twice_what_counts(user: User) -> None:
    for _ in range(9):
        rendered(user)
    assert len((user.folder / "out" / FILE_NAME).read_text(encoding="utf-8").splitlines()) < 9


def test_a_journal_that_cannot_be_written_is_a_warning(user: User) -> None:
    job = rendered(user)
    (user.folder / "out" / FILE_NAME).unlink()
    done = run_job(job)
    assert isinstance(done, Done)
    with open_journal(OUT) as journal:
        (user.folder / "out" / FILE_NAME).mkdir()
        journal.add(job, "digest", done)
        assert journal.trouble
        assert (
            journal.trouble.message
            == "cannot write down what is done in out/.voiceguide-journal.jsonl: is a directory"
        )


def test_a_script_that_says_the_name_is_made_anew_for_another_one(user: User) -> None:
    user.write("hello.yaml", HELLO)
    job = rendered(user)
    anna, ben = (replace(job, options=(("name", name),)) for name in ("Anna", "Ben"))
    assert digest_of(anna, Path("hello.yaml")) != digest_of(ben, Path("hello.yaml"))


def rendered_in_album(user: User) -> Job:
    """A job of an album that was done and noted, with lyrics and parts beside it."""
    user.write("mine.yaml", "title: Mine\nsummary: Short.\nsteps:\n  - childs-pose: 2s\n")
    options = (("safety", "false"), ("talk", "tones"))
    job = Job(
        0, "mine.yaml", options, "01 Mine.mp3", settings("export", OUT), ("lyrics", "parts"), Slot(1, "mine")
    )
    done = run_job(job)
    assert isinstance(done, Done)
    with open_journal(OUT) as journal:
        journal.add(job, digest_of(job, Path("mine.yaml")), done)
    return job


def test_it_knows_what_a_file_of_an_album_is_and_what_stands_beside_it(user: User) -> None:
    rendered_in_album(user)
    with open_journal(OUT) as journal:
        (entry,) = journal.entries.values()
        assert (entry.about, entry.slot) == (About("Mine", "Short.", "en", 0), Slot(1, "mine"))
        assert [name for name, _ in entry.beside] == [
            "01 Mine.lrc",
            "01 Mine/01 Child's pose.mp3",
            "01 Mine/01 Child's pose.lrc",
            "01 Mine/01 Mine.m3u8",
            "01 Mine/cover.png",
        ]


@pytest.mark.parametrize("lost", ["01 Mine.lrc", "01 Mine/cover.png"])
def test_a_file_is_there_only_with_all_that_stands_beside_it(user: User, lost: str) -> None:
    job = rendered_in_album(user)
    digest = digest_of(job, Path("mine.yaml"))
    with open_journal(OUT) as journal:
        assert journal.has(job, digest)
    (user.folder / "out" / lost).unlink()
    with open_journal(OUT) as journal:
        assert not journal.has(job, digest)


def test_another_number_and_other_files_beside_it_make_another_job(user: User) -> None:
    job = rendered_in_album(user)
    for other in (replace(job, slot=Slot(2, "mine")), replace(job, beside=("lyrics",))):
        assert not is_there(other)


def test_places_in_an_album_are_kept_and_a_file_that_is_gone_is_forgotten(user: User) -> None:
    job = rendered_in_album(user)
    with open_journal(OUT) as journal:
        journal.forget(job.file)
    for _ in range(9):
        with open_journal(OUT) as journal:
            journal.begin(replace(job, slot=Slot(1, "mine")))
            journal.give_up(job)
            assert (journal.entries, journal.begun) == ({}, {})
            assert journal.slots == {"mine": Slot(1, "mine")}
    assert len((user.folder / "out" / FILE_NAME).read_text(encoding="utf-8").split("\n\n")) < 9
