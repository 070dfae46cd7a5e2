"""`voiceguide export`: an album that every phone takes, and of which a second export touches only what has changed."""

from __future__ import annotations

import json
import re
import signal
import time
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from tests.audio.support import decoded, probed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Outcome, User

BELL = """\
title: {title}
steps:
  - bridge: 2s
  - childs-pose: 2s
"""
"""Nothing in it is spoken when the safety rules are left out."""
SPOKEN = """\
title: "Calm: [10:00] evening"
opening: Lie down.
steps:
  - say: Breathe in.
  - pause: 2s
"""
QUIET = ("--no-safety", "--talk", "tones")
PATIENCE_S = 60.0


def bells(user: User, **titles: str) -> None:
    """A routine for each name, with a title; names are `a` and `b`."""
    for name, title in titles.items():
        user.write(f"{name}.yaml", BELL.format(title=title))


def export(user: User, *arguments: str | Path) -> Outcome:
    """Export into the folder `album`."""
    return user.run("export", *arguments, "--to", "album", *QUIET)


def album(user: User) -> list[str]:
    """The files of the album, its journal left out."""
    found = (user.folder / "album").rglob("*")
    return sorted(
        str(path.relative_to(user.folder / "album"))
        for path in found
        if path.is_file() and path.name[0] != "."
    )


def state(user: User) -> dict[str, tuple[int, int, bytes]]:
    """The files of the album with the time of their last change and what is in them; a file that is replaced is another one."""
    files = {name: user.folder / "album" / name for name in album(user)}
    return {
        name: (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) for name, path in files.items()
    }


def tags(path: Path) -> Any:
    return import_module("mutagen.id3").ID3(path)


def test_an_album_has_numbered_files_their_narration_a_playlist_and_a_cover(user: User) -> None:
    bells(user, b="Bells", a="Ah/Oh?")
    outcome = export(user, "b.yaml", "a.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "album/01 Bells.mp3  0:16  0.1 MB\n"
        "album/02 Ah-Oh.mp3  0:16  0.1 MB\n"
        "album/voiceguide.m3u8  2 tracks  0:33\n"
    )
    assert album(user) == [
        "01 Bells.lrc",
        "01 Bells.mp3",
        "02 Ah-Oh.lrc",
        "02 Ah-Oh.mp3",
        "cover.png",
        "voiceguide.m3u8",
    ]


def test_the_playlist_has_titles_and_whole_seconds(user: User) -> None:
    bells(user, a="Ah/Oh?")
    user.write("b.yaml", BELL.format(title="Bells").replace("2s", "3s", 1))
    export(user, "a.yaml", "b.yaml")
    assert (user.folder / "album/voiceguide.m3u8").read_bytes().decode() == (
        "#EXTM3U\n"
        "#PLAYLIST:voiceguide\n"
        "#EXTINF:17,voiceguide - Ah/Oh?\n"
        "01 Ah-Oh.mp3\n"
        "#EXTINF:18,voiceguide - Bells\n"
        "02 Bells.mp3\n"
    )
    for name, seconds in (("01 Ah-Oh.mp3", 17), ("02 Bells.mp3", 18)):
        assert round(len(decoded(user.folder / "album" / name)) / 48_000) == seconds


def test_the_narration_stands_beside_each_file_in_time(user: User) -> None:
    user.write("calm.yaml", SPOKEN)
    user.run("export", "calm.yaml", "--to", "album", "--no-safety")
    words = (user.folder / "album/01 Calm - (10-00) evening.lrc").read_bytes().decode()
    assert re.sub(r"01\.\d\d\]", "01.xx]", words) == (
        "[ti:Calm: (10:00) evening]\n"
        "[ar:voiceguide]\n"
        "[al:voiceguide]\n"
        "[length:00:05]\n"
        "[re:voiceguide]\n"
        "[00:00.48] Lie down.\n"
        "[00:01.xx] Breathe in.\n"
    )


def test_a_file_knows_its_album_its_number_its_cover_and_its_chapters(user: User) -> None:
    bells(user, a="Ah", b="Bells")
    export(user, "a.yaml", "b.yaml")
    tag = tags(user.folder / "album/02 Bells.mp3")
    assert [str(tag[key]) for key in ("TIT2", "TALB", "TRCK", "TPE1")] == [
        "Bells",
        "voiceguide",
        "2",
        "voiceguide",
    ]
    assert tag.getall("APIC")[0].data.startswith(b"\x89PNG")
    assert [str(chapter.sub_frames["TIT2"]) for chapter in tag.getall("CHAP")] == ["Bridge", "Child's pose"]


def test_the_cover_of_the_album_is_a_picture_large_enough_for_a_podcast(user: User) -> None:
    from PIL import Image  # noqa: PLC0415 (only this test looks at it)

    bells(user, a="Ah")
    export(user, "a.yaml")
    with Image.open(BytesIO((user.folder / "album/cover.png").read_bytes())) as picture:
        picture.load()
        assert (picture.size, picture.info["Software"]) == ((1500, 1500), "voiceguide")


def test_all_are_those_that_can_be_called_by_name(user: User) -> None:
    bells(user, **{"scripts/routines/a": "Ah"})
    outcome = export(user, "--all")
    names = [line.split()[0] for line in user.run("list").out.split("\n\n")[0].splitlines()[1:]]
    assert (outcome.code, outcome.err, "a" in names) == (0, "", True)
    assert len([name for name in album(user) if name.endswith(".mp3")]) == len(names)


# Again


def test_a_second_export_touches_nothing(user: User) -> None:
    bells(user, a="Ah", b="Bells")
    export(user, "a.yaml", "b.yaml", "--split")
    before = state(user)
    outcome = export(user, "a.yaml", "b.yaml", "--split")
    assert outcome.out == (
        "album/01 Ah.mp3  already there\nalbum/02 Bells.mp3  already there\nalbum/voiceguide.m3u8  2 tracks  0:33\n"
    )
    assert state(user) == before


def test_what_is_made_again_and_comes_out_the_same_is_not_touched_either(user: User) -> None:
    bells(user, a="Ah")
    export(user, "a.yaml", "--split")
    before = state(user)
    assert export(user, "a.yaml", "--split", "--again").out.startswith("album/01 Ah.mp3  0:16")
    assert state(user) == before


def test_a_changed_script_touches_its_own_files_alone(user: User) -> None:
    bells(user, a="Ah", b="Bells")
    export(user, "a.yaml", "b.yaml")
    before = state(user)
    user.write("b.yaml", BELL.format(title="Bells").replace("2s", "4s", 1))
    export(user, "a.yaml", "b.yaml")
    changed = {name for name, was in before.items() if state(user)[name] != was}
    assert changed == {"02 Bells.mp3", "02 Bells.lrc", "cover.png", "voiceguide.m3u8"}


def test_another_routine_gets_the_next_number_and_the_playlist_has_both(user: User) -> None:
    bells(user, a="Ah", b="Bells")
    export(user, "b.yaml")
    before = state(user)
    assert (
        export(user, "a.yaml").out == "album/02 Ah.mp3  0:16  0.1 MB\nalbum/voiceguide.m3u8  2 tracks  0:33\n"
    )
    assert {name: state(user)[name] for name in ("01 Bells.mp3", "01 Bells.lrc")} == {
        name: before[name] for name in ("01 Bells.mp3", "01 Bells.lrc")
    }
    names = (user.folder / "album/voiceguide.m3u8").read_text(encoding="utf-8").splitlines()[3::2]
    assert names == ["01 Bells.mp3", "02 Ah.mp3"]


def test_a_file_that_was_deleted_comes_back_under_its_number(user: User) -> None:
    bells(user, a="Ah", b="Bells")
    export(user, "a.yaml", "b.yaml")
    for name in ("01 Ah.mp3", "01 Ah.lrc"):
        (user.folder / "album" / name).unlink()
    export(user, "b.yaml", "a.yaml")
    assert [name for name in album(user) if name.endswith(".mp3")] == ["01 Ah.mp3", "02 Bells.mp3"]


def test_a_new_title_replaces_the_file_of_the_old_one(user: User) -> None:
    bells(user, a="Ah", b="Bells")
    export(user, "a.yaml", "b.yaml", "--split")
    bells(user, a="Oh")
    export(user, "a.yaml", "--split")
    assert [name for name in album(user) if name.startswith("01")] == [
        "01 Oh.lrc",
        "01 Oh.mp3",
        "01 Oh/01 Bridge.lrc",
        "01 Oh/01 Bridge.mp3",
        "01 Oh/01 Oh.m3u8",
        "01 Oh/02 Child's pose.lrc",
        "01 Oh/02 Child's pose.mp3",
        "01 Oh/cover.png",
    ]
    assert not (user.folder / "album/01 Ah").exists()


def test_a_title_of_other_case_is_another_name_of_the_same_file(user: User) -> None:
    bells(user, a="Ah")
    export(user, "a.yaml")
    bells(user, a="AH")
    export(user, "a.yaml")
    assert [name for name in album(user) if name.endswith(".mp3")] == ["01 AH.mp3"]


def test_another_language_replaces_the_file_of_the_routine(user: User) -> None:
    user.write("a.yaml", BELL.format(title="{en: Bells, de: Glocken}"))
    export(user, "a.yaml")
    export(user, "a.yaml", "--language", "de")
    assert [name for name in album(user) if name.endswith(".mp3")] == ["01 Glocken.mp3"]


def test_a_routine_is_known_by_its_name_or_its_path_once(user: User) -> None:
    bells(user, **{"scripts/routines/a": "Ah"})
    export(user, "a", "scripts/routines/a.yaml")
    assert (
        export(user, "./scripts/routines/a.yaml").out.splitlines()[-1]
        == "album/voiceguide.m3u8  1 track  0:16"
    )


def test_where_its_journal_was_lost_the_files_are_known_by_their_mark(user: User) -> None:
    """So a copy of an album on a phone, made without hidden files, can be exported into."""
    bells(user, a="Ah", b="Bells")
    export(user, "a.yaml", "b.yaml", "--split")
    before = state(user)
    (user.folder / "album/.voiceguide-journal.jsonl").unlink()
    export(user, "a.yaml", "b.yaml", "--split")
    assert state(user) == before


# Names


def test_numbers_have_as_many_digits_as_an_album_needs_when_it_begins(user: User) -> None:
    """Numbers are kept: of an album that grows beyond 99 later the first ones stay as they are."""
    names = [f"r{number}" for number in range(100)]
    bells(user, r0="Ah", last="Oh")
    for name in names[1:]:
        user.write(f"{name}.yaml", "title: [broken]\n")
    export(user, *(f"{name}.yaml" for name in names))
    export(user, "last.yaml")
    assert [name for name in album(user) if name.endswith(".mp3")] == ["001 Ah.mp3", "002 Oh.mp3"]


def test_titles_that_are_alike_or_nothing_end_as_files_of_their_own(user: User) -> None:
    bells(user, a="Same", b="SAME", c='"🧘🌙"', d='"CON"', e="/".join("x" * 40))
    export(user, *(f"{name}.yaml" for name in "abcde"))
    assert [name for name in album(user) if name.endswith(".mp3")] == [
        "01 Same.mp3",
        "02 SAME.mp3",
        "03 c.mp3",
        "04 CON.mp3",
        f"05 {'-'.join('x' * 40)}.mp3",
    ]


def test_a_file_of_somebody_else_is_left_alone(user: User) -> None:
    bells(user, a="Ah")
    theirs = {
        "01 ah.mp3": "somebody's song",
        "01 Ah (2).lrc": "somebody's words",
        "voiceguide.m3u8": "#EXTM3U\nsong.mp3\n",
        "cover.png": "a picture",
        "song.mp3": "x",
    }
    for name, text in theirs.items():
        user.write(f"album/{name}", text)
    for title in ("Ah", "Ah", "Oh"):
        bells(user, a=title)
        assert export(user, "a.yaml", "--split").code == 0
        assert {name: (user.folder / "album" / name).read_text(encoding="utf-8") for name in theirs} == theirs
    assert {name for name in album(user) if "/" not in name} - theirs.keys() == {
        "01 Oh.mp3",
        "01 Oh.lrc",
        "voiceguide (2).m3u8",
        "cover (2).png",
    }


def test_beside_a_file_of_somebody_else_it_takes_the_next_name(user: User) -> None:
    bells(user, a="Ah")
    for name in ("01 ah.mp3", "01 Ah (2).lrc", "01 Ah (3)/notes.txt"):
        user.write(f"album/{name}", "theirs")
    assert export(user, "a.yaml").out.startswith("album/01 Ah (4).mp3  0:16")


def test_in_another_format_a_file_of_somebody_else_is_left_alone_too(user: User) -> None:
    bells(user, a="Ah")
    export(user, "a.yaml")
    theirs = user.write("album/01 Ah.m4b", "theirs")
    assert export(user, "a.yaml", "--format", "m4b").out.startswith("album/01 Ah (2).m4b  0:16")
    assert theirs.read_text(encoding="utf-8") == "theirs"


def test_what_somebody_made_of_a_file_is_theirs(user: User) -> None:
    bells(user, a="Ah")
    export(user, "a.yaml")
    theirs = user.write("album/01 Ah.mp3", "my own mix")
    assert export(user, "a.yaml").out.startswith("album/01 Ah (2).mp3  0:16")
    assert theirs.read_text(encoding="utf-8") == "my own mix"


def test_a_file_of_somebody_else_among_the_parts_is_left_alone(user: User) -> None:
    bells(user, a="Ah")
    export(user, "a.yaml", "--split")
    theirs = user.write("album/01 Ah/03 Knee drop.mp3", "somebody's song")
    user.write("a.yaml", f"{BELL.format(title='Ah')}  - knee-drop: 2s\n")
    export(user, "a.yaml", "--split")
    assert theirs.read_text(encoding="utf-8") == "somebody's song"
    assert "01 Ah/03 Knee drop (2).mp3" in album(user)
    bells(user, a="Oh")
    export(user, "a.yaml", "--split")
    assert [name for name in album(user) if name.startswith("01 Ah/")] == ["01 Ah/03 Knee drop.mp3"]


def test_an_empty_folder_is_no_file_of_ours(user: User) -> None:
    bells(user, a="Ah")
    (user.folder / "album/01 Ah.mp3").mkdir(parents=True)
    assert export(user, "a.yaml").out.startswith("album/01 Ah (2).mp3  0:16")


def test_words_of_somebody_else_beside_a_file_of_ours_are_left_alone(user: User) -> None:
    bells(user, a="Ah")
    export(user, "a.yaml")
    theirs = user.write("album/01 Ah.lrc", "[ti:Ah]\n[00:01.00] My words for voiceguide\n")
    before = state(user)
    assert export(user, "a.yaml").code == 0
    assert state(user) == before
    assert theirs.exists()


def test_a_playlist_of_somebody_else_may_name_this_program(user: User) -> None:
    bells(user, a="Ah")
    theirs = user.write("album/voiceguide.m3u8", "#EXTM3U\n#PLAYLIST:voiceguide\nsong.mp3\n")
    assert export(user, "a.yaml").out.endswith("album/voiceguide (2).m3u8  1 track  0:16\n")
    assert theirs.read_text(encoding="utf-8").endswith("\nsong.mp3\n")


def test_what_turns_letters_round_stays_out_of_lists(user: User) -> None:
    user.write("a.yaml", BELL.format(title='"Ah\\u202e3pm"'))
    export(user, "a.yaml")
    for name in ("01 Ah3pm.lrc", "voiceguide.m3u8"):
        assert "\u202e" not in (user.folder / "album" / name).read_text(encoding="utf-8")


# What is there no more


def test_a_track_that_is_deleted_by_hand_is_taken_out(user: User) -> None:
    bells(user, a="Ah", b="Bells")
    export(user, "a.yaml", "b.yaml", "--split")
    (user.folder / "album/01 Ah.mp3").unlink()
    assert export(user, "b.yaml").out.endswith("album/voiceguide.m3u8  1 track  0:16\n")
    assert [name for name in album(user) if name.startswith("01")] == []
    assert not (user.folder / "album/01 Ah").exists()
    assert export(user, "a.yaml").out.startswith("album/01 Ah.mp3  0:16")


def test_a_track_whose_routine_is_found_no_more_is_told(user: User) -> None:
    bells(user, **{"scripts/routines/a": "Ah", "scripts/routines/b": "Bells"})
    export(user, "a", "b")
    (user.folder / "scripts/routines/a.yaml").unlink()
    outcome = export(user, "b")
    assert (outcome.code, outcome.err) == (
        0,
        (
            "warning: album/01 Ah.mp3 is of the routine 'a', which is not found any more\n"
            "   hint: delete the file to take it out\n"
        ),
    )
    assert outcome.out.endswith("album/voiceguide.m3u8  2 tracks  0:33\n")


def test_a_routine_of_another_folder_is_where_it_was(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    bells(user, **{"scripts/routines/a": "Ah"}, b="Bells")
    export(user, "a")
    monkeypatch.chdir(user.folder / "album")
    assert user.run("export", "../b.yaml", "--to", ".", *QUIET).err == ""


# Broken off


def broken_off(user: User) -> None:
    """An album whose export with parts was killed before it could note that it had written a file."""
    bells(user, a="Ah")
    export(user, "a.yaml", "--split")
    begun = {"file": "01 Ah.mp3", "begun": {"track": 1, "routine": str(user.folder / "a.yaml")}}
    user.write("album/.voiceguide-journal.jsonl", f"{json.dumps(begun)}\n")


def test_parts_of_an_export_that_was_broken_off_are_put_away(user: User) -> None:
    broken_off(user)
    before = state(user)
    assert export(user, "a.yaml").code == 0
    assert [name for name in album(user) if name.startswith("01")] == ["01 Ah.lrc", "01 Ah.mp3"]
    assert not (user.folder / "album/01 Ah").exists()
    assert state(user) == {name: was for name, was in before.items() if "/" not in name}


def test_under_a_new_title_nothing_is_left_of_an_export_that_was_broken_off(user: User) -> None:
    broken_off(user)
    theirs = user.write("album/01 Ah/notes.txt", "mine")
    bells(user, a="Oh")
    assert export(user, "a.yaml").code == 0
    assert [name for name in album(user) if name.startswith("01")] == [
        "01 Ah/notes.txt",
        "01 Oh.lrc",
        "01 Oh.mp3",
    ]
    assert theirs.read_text(encoding="utf-8") == "mine"


def test_what_stands_beside_a_file_may_fail_without_it(user: User) -> None:
    """The file is in the playlist, and needs not be made again."""
    bells(user, a="Ah")
    export(user, "a.yaml")
    before = state(user)
    in_the_way = user.write("album/01 Ah", "somebody's file")
    outcome = export(user, "a.yaml", "--split")
    assert (outcome.code, outcome.out) == (4, "album/voiceguide.m3u8  1 track  0:16\n")
    assert outcome.err == (
        "error: album/01 Ah.mp3 is there, but not all that belongs to it\n"
        "error: cannot write album/01 Ah: it is a file, not a folder\n"
        "   hint: choose another place\n"
    )
    assert {name: state(user)[name] for name in before} == before
    assert export(user, "a.yaml", "--no-split").out.startswith("album/01 Ah.mp3  already there\n")
    in_the_way.unlink()
    assert export(user, "a.yaml", "--split").code == 0
    assert {name: state(user)[name] for name in before} == before


# Parts


def test_split_is_a_file_a_chapter_with_its_number_of_so_many(user: User) -> None:
    bells(user, a="Ah")
    assert export(user, "a.yaml", "--split").out.startswith("album/01 Ah.mp3  0:16  0.1 MB\n")
    folder = user.folder / "album/01 Ah"
    assert sorted(path.name for path in folder.iterdir()) == [
        "01 Ah.m3u8",
        "01 Bridge.lrc",
        "01 Bridge.mp3",
        "02 Child's pose.lrc",
        "02 Child's pose.mp3",
        "cover.png",
    ]
    tag = tags(folder / "02 Child's pose.mp3")
    assert [str(tag[key]) for key in ("TIT2", "TALB", "TRCK")] == ["Child's pose", "Ah", "2/2"]
    assert tag.getall("APIC")[0].data.startswith(b"\x89PNG")
    assert (folder / "01 Ah.m3u8").read_text(encoding="utf-8") == (
        "#EXTM3U\n#PLAYLIST:Ah\n"
        "#EXTINF:8,voiceguide - Bridge\n01 Bridge.mp3\n"
        "#EXTINF:8,voiceguide - Child's pose\n02 Child's pose.mp3\n"
    )


def test_a_folder_that_has_parts_goes_on_having_them(user: User) -> None:
    bells(user, a="Ah", b="Bells")
    export(user, "a.yaml", "--split")
    before = state(user)
    assert export(user, "a.yaml", "b.yaml").code == 0
    after = state(user)
    assert {name: after[name] for name in before if name.startswith("01")} == {
        name: was for name, was in before.items() if name.startswith("01")
    }
    assert "02 Bells/02 Child's pose.mp3" in after


def test_no_split_removes_all_parts_and_there_are_none_from_then_on(user: User) -> None:
    bells(user, a="Ah", b="Bells")
    export(user, "a.yaml", "b.yaml", "--split")
    assert export(user, "a.yaml", "--no-split").out == (
        "album  parts removed of 2 routines\n"
        "album/01 Ah.mp3  already there\n"
        "album/voiceguide.m3u8  2 tracks  0:33\n"
    )
    export(user, "b.yaml")
    assert [path.name for path in (user.folder / "album").iterdir() if path.is_dir()] == []


def test_parts_are_added_to_a_file_that_is_there(user: User) -> None:
    bells(user, a="Ah")
    export(user, "a.yaml")
    before = state(user)
    export(user, "a.yaml", "--split")
    after = state(user)
    assert {name: after[name] for name in before} == before
    assert "01 Ah/02 Child's pose.mp3" in after


def test_a_part_that_is_no_more_goes(user: User) -> None:
    bells(user, a="Ah")
    export(user, "a.yaml", "--split")
    user.write("a.yaml", BELL.format(title="Ah").replace("childs-pose", "knees-to-chest"))
    export(user, "a.yaml", "--split")
    assert [path.name for path in sorted((user.folder / "album/01 Ah").glob("02*"))] == [
        "02 Knees to chest.lrc",
        "02 Knees to chest.mp3",
    ]


# Audiobooks


def test_an_audiobook_has_chapters_a_cover_and_is_known_as_a_book(user: User) -> None:
    bells(user, a="Ah")
    assert export(user, "a.yaml", "--format", "m4b").out.startswith("album/01 Ah.m4b  0:16  0.")
    path = user.folder / "album/01 Ah.m4b"
    said = probed(path)
    assert said.count("Chapter #0:") == 2
    assert "(attached pic)" in said
    mp4: Any = import_module("mutagen.mp4")
    tag = mp4.MP4(path)
    assert (tag["stik"], tag["\xa9nam"], tag["\xa9alb"], tag["\xa9ART"]) == (
        [2],
        ["Ah"],
        ["Ah"],
        ["voiceguide"],
    )
    assert [chapter.title for chapter in tag.chapters] == ["Bridge", "Child's pose"]
    assert bytes(tag["covr"][0]).startswith(b"\x89PNG")
    assert "01 Ah.m4b" in (user.folder / "album/voiceguide.m3u8").read_text(encoding="utf-8")


def test_an_audiobook_that_is_there_is_not_touched(user: User) -> None:
    bells(user, a="Ah")
    export(user, "a.yaml", "--format", "m4b")
    before = state(user)
    export(user, "a.yaml", "--format", "m4b", "--again")
    (user.folder / "album/.voiceguide-journal.jsonl").unlink()
    export(user, "a.yaml", "--format", "m4b")
    assert state(user) == before


def test_an_audiobook_and_an_mp3_of_other_options_share_a_folder(user: User) -> None:
    """The narration in time is that of the MP3: an audiobook has its own inside."""
    user.write("a.yaml", SPOKEN)
    arguments = ("a.yaml", "--to", "album", "--no-safety")
    mp3, m4b = (*arguments, "--talk", "full"), (*arguments, "--format", "m4b", "--rate", "300")
    user.run("export", *mp3)
    words = (user.folder / "album/01 Calm - (10-00) evening.lrc").read_bytes()
    user.run("export", *m4b)
    assert (user.folder / "album/01 Calm - (10-00) evening.lrc").read_bytes() == words
    for again in (mp3, m4b):
        assert "  already there\n" in user.run("export", *again).out


def test_an_audiobook_knows_its_number_and_takes_a_bit_rate(user: User) -> None:
    bells(user, a="Ah", b="Bells")
    export(user, "a.yaml", "b.yaml", "--format", "m4b", "--bitrate", "128")
    mp4: Any = import_module("mutagen.mp4")
    assert mp4.MP4(user.folder / "album/02 Bells.m4b")["trkn"] == [(2, 0)]
    large = (user.folder / "album/02 Bells.m4b").stat().st_size
    export(user, "b.yaml", "--format", "m4b", "--bitrate", "32")
    assert (user.folder / "album/02 Bells.m4b").stat().st_size < large


def test_a_render_makes_an_audiobook_too(user: User) -> None:
    bells(user, a="Ah")
    assert user.run("render", "a.yaml", "-o", "a.m4b", *QUIET).code == 0
    assert "(attached pic)" in probed(user.folder / "a.m4b")


# What goes wrong


def test_one_that_fails_keeps_no_other_from_being_exported(user: User) -> None:
    bells(user, a="Ah")
    user.write("broken.yaml", "title: Broken\nsteps:\n  - sound: bel\n")
    outcome = export(user, "broken.yaml", "a.yaml", "evenig")
    assert (outcome.code, outcome.out) == (
        1,
        "album/01 Ah.mp3  0:16  0.1 MB\nalbum/voiceguide.m3u8  1 track  0:16\n",
    )
    assert outcome.err == (
        "broken.yaml:3:12: error: there is no sound 'bel'\n"
        "   3 |   - sound: bel\n"
        "     |            ^^^\n"
        "   hint: did you mean 'bell'?\n"
        "error: there is no routine 'evenig'\n"
        "   hint: did you mean 'evening'?\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("evenig",), "error: there is no routine 'evenig'\n   hint: did you mean 'evening'?\n"),
        (("--all", "evening"), "error: --all takes no name\n   hint: leave evening out, or --all\n"),
        (
            ("evening", "--split", "--format", "m4b"),
            "error: --split goes with --format mp3\n   hint: leave one of them out\n",
        ),
        (
            ("evening", "--feed", "https://example.org/", "--format", "fit"),
            "error: --feed goes with --format mp3\n   hint: leave one of them out\n",
        ),
        (
            ("evening", "--format", "fit", "--voice", "en", "--no-keep-awake", "--talk", "brief"),
            (
                "error: --voice is for what is heard, and --format fit is not\n   hint: leave one of them out\n"
                "error: --keep-awake is for what is heard, and --format fit is not\n   hint: leave one of them out\n"
            ),
        ),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_written(
    user: User, arguments: tuple[str, ...], told: str
) -> None:
    assert user.fails("export", *arguments, "--to", "album") == told


def test_without_a_name_it_says_what_is_missing(user: User) -> None:
    assert user.fails("export", "--to", "album").endswith(
        "\nError: Missing argument 'NAME', or all of them: --all.\n"
    )


def test_without_ffmpeg_there_are_no_audiobooks(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voiceguide.audio.ffmpeg.find_ffmpeg", lambda: None)
    assert user.fails("export", "--all", "--to", "album", "--format", "m4b") == (
        "error: .m4b needs ffmpeg, and there is none\n"
        "   hint: `pip install voiceguide[ffmpeg]` brings one; .mp3 and .wav need none\n"
    )


def test_a_folder_that_cannot_be_is_told(user: User) -> None:
    bells(user, a="Ah")
    user.write("album", "a file")
    assert user.fails("export", "a.yaml", "--to", "album") == (
        "error: cannot write album: it is a file, not a folder\n   hint: choose another place\n"
    )


def test_what_the_configuration_says_of_an_export_counts(user: User) -> None:
    bells(user, a="Ah")
    user.configure("export: {to: album, split: true, bitrate: 32, talk: tones, safety: false}\n")
    assert user.run("export", "a.yaml").code == 0
    assert "01 Ah/02 Child's pose.mp3" in album(user)
    assert "32 kb/s" in probed(user.folder / "album/01 Ah.mp3")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_stopped_midway_it_leaves_no_half_file_and_goes_on(user: User, sent: signal.Signals) -> None:
    names = [f"{number:02}" for number in range(1, 41)]
    bells(user, **{f"r{name}": f"Number {name}" for name in names})
    routines = [f"r{name}.yaml" for name in names]
    process = user.start("export", *routines, "--to", "album", "--split", *QUIET)
    until = time.monotonic() + PATIENCE_S
    while len(list((user.folder / "album").glob("*/cover.png"))) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(sent)
    process.communicate()
    whole = {name: state(user)[name] for name in album(user) if name.endswith(".mp3")}
    assert 0 < len(whole) < 3 * len(names)
    assert export(user, *routines, "--split").code == 0
    after = state(user)
    assert {name: after[name] for name in whole} == whole
    assert [name for name in after if "/" not in name and name.endswith(".mp3")] == [
        f"{name} Number {name}.mp3" for name in names
    ]
    assert [path for path in (user.folder / "album").rglob(".*") if path.suffix != ".jsonl"] == []


def test_the_files_can_be_copied_to_where_case_makes_no_difference(user: User) -> None:
    """Nothing in an album differs in case alone, and no path is long."""
    bells(user, a="Same" * 90, b="same" * 90, c="Ä" * 300)
    export(user, "a.yaml", "b.yaml", "c.yaml", "--split")
    folded = [name.casefold() for name in album(user)]
    assert len(set(folded)) == len(folded)
    assert max(len(name) for name in album(user)) < 200
