"""Where recordings and music are looked for on disk, and what lies outside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from voiceguide.cli.problems import format_problem
from voiceguide.errors import ScriptError
from voiceguide.files import DiskLibrary, read_include, read_text, user_folders
from voiceguide.model import Say, Words
from voiceguide.script.routine import read_routine


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with scripts, sounds, and files beyond it; the configuration lies beside it."""
    here = tmp_path / "here"
    for name in (
        "here/scripts/a.wav",
        "here/scripts/both-left.wav",
        "here/scripts/both-right.wav",
        "here/scripts/half-left.wav",
        "here/scripts/sub/deep.wav",
        "here/audio/a.wav",
        "here/audio/b.wav",
        "here/audio/tunes/one.mp3",
        "here/beside.wav",
        "config/audio/b.wav",
        "config/audio/c.wav",
        "shipped/d.wav",
        "outside.wav",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.chdir(here)
    return tmp_path


def library(root: Path, *, allow_outside: bool = False) -> DiskLibrary:
    folders = replace(user_folders(), current=Path(), config=root / "config", sounds=root / "shipped")
    return DiskLibrary(folders, allow_outside=allow_outside)


def find(root: Path, written: str, *, folder: bool = False, allow_outside: bool = False) -> str:
    """What `scripts/s.yaml` gets for what it writes; paths below the root begin with `~`."""
    found = library(root, allow_outside=allow_outside).find("scripts/s.yaml", written, folder=folder)
    return found.replace(str(root), "~")


def refusal(root: Path, written: str, *, folder: bool = False, allow_outside: bool = False) -> str:
    with pytest.raises(ScriptError) as caught:
        find(root, written, folder=folder, allow_outside=allow_outside)
    (found,) = caught.value.problems
    assert found.place is None
    return format_problem(found).replace(str(root), "~")


OUTSIDE = (
    "error: {} lies outside of the script's folder and of audio/\n"
    "   hint: move it there, or allow it with --allow-outside"
)
MISSING = "error: there is no audio file {}\n   hint: it is looked for beside the script and in audio/"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("a.wav", "scripts/a.wav"),
        ("sub/deep.wav", "scripts/sub/deep.wav"),
        ("b.wav", "audio/b.wav"),
        ("c.wav", "~/config/audio/c.wav"),
        ("d.wav", "~/shipped/d.wav"),
        ("both-{side}.wav", "scripts/both-{side}.wav"),
        ("both-{other}.wav", "scripts/both-{other}.wav"),
    ],
)
def test_beside_the_script_then_in_the_folders_of_sounds(root: Path, written: str, found: str) -> None:
    assert find(root, written) == found


def test_beside_a_script_of_the_current_folder(root: Path) -> None:
    assert library(root).find("s.yaml", "beside.wav") == "beside.wav"


def test_a_path_from_the_script_to_a_folder_of_sounds_is_not_outside(root: Path) -> None:
    assert find(root, "../audio/b.wav") == "scripts/../audio/b.wav"


@pytest.mark.parametrize(
    "written", ["../beside.wav", "../../outside.wav", "/etc/passwd", "sub/../../beside.wav"]
)
def test_a_path_that_leads_out_is_refused(root: Path, written: str) -> None:
    assert refusal(root, written) == OUTSIDE.format(written)


def test_it_is_refused_whether_or_not_there_is_a_file(root: Path) -> None:
    assert refusal(root, "../gone.wav") == OUTSIDE.format("../gone.wav")


@pytest.mark.parametrize("target", ["outside.wav", "here"])
def test_a_link_that_leads_out_is_refused(root: Path, target: str) -> None:
    link = root / "here" / "scripts" / "link"
    link.symlink_to(root / target)
    written = "link" if target == "outside.wav" else "link/beside.wav"
    assert refusal(root, written) == OUTSIDE.format(written)
    assert find(root, written, allow_outside=True) == f"scripts/{written}"


def test_a_folder_with_a_link_to_a_file_that_lies_out_is_refused(root: Path) -> None:
    (root / "here" / "audio" / "tunes" / "two.mp3").symlink_to(root / "outside.wav")
    assert refusal(root, "tunes", folder=True) == OUTSIDE.format("tunes/two.mp3")
    assert find(root, "tunes", folder=True, allow_outside=True) == "audio/tunes"


def test_a_folder_with_links_that_stay_inside_is_taken(root: Path) -> None:
    (root / "here" / "audio" / "tunes" / "two.mp3").symlink_to(root / "here" / "scripts" / "a.wav")
    assert find(root, "tunes", folder=True) == "audio/tunes"


def test_a_link_that_stays_inside_is_followed(root: Path) -> None:
    (root / "here" / "scripts" / "link.wav").symlink_to(root / "here" / "audio" / "b.wav")
    assert find(root, "link.wav") == "scripts/link.wav"


@pytest.mark.parametrize(
    ("written", "found"),
    [("../../outside.wav", "scripts/../../outside.wav"), ("~/outside.wav", "~/outside.wav")],
)
def test_outside_is_allowed_where_the_user_says_so(root: Path, written: str, found: str) -> None:
    assert find(root, written.replace("~", str(root)), allow_outside=True) == found


def test_a_missing_file(root: Path) -> None:
    assert refusal(root, "gone.wav") == MISSING.format("gone.wav")
    assert refusal(root, "../gone.wav", allow_outside=True) == MISSING.format("../gone.wav")


def test_of_two_sides_the_one_that_is_missing_is_named(root: Path) -> None:
    assert refusal(root, "half-{side}.wav") == MISSING.format("scripts/half-right.wav")
    assert refusal(root, "half-{other}.wav") == MISSING.format("scripts/half-right.wav")


def test_a_folder_is_found_only_where_one_may_stand(root: Path) -> None:
    assert find(root, "tunes", folder=True) == "audio/tunes"
    assert refusal(root, "tunes") == MISSING.format("tunes")


@pytest.mark.parametrize("name", ["x" * 300 + ".wav", "loop"])
def test_a_name_that_no_file_can_have(root: Path, name: str) -> None:
    (root / "here" / "scripts" / "loop").symlink_to(root / "here" / "scripts" / "loop")
    assert refusal(root, name) == MISSING.format(name)


def test_a_name_with_a_zero_byte_is_never_looked_for(root: Path) -> None:
    assert "lies outside" in refusal(root, "a\0b.wav")
    assert "there is no audio file" in refusal(root, "a\0b.wav", allow_outside=True)


def test_a_script_is_told_at_the_place_where_it_names_the_file(root: Path) -> None:
    path = Path("scripts/s.yaml")
    path.write_text(
        "title: T\nmusic: tunes\nsteps:\n  - say: {text: A, recording: a.wav}\n"
        "  - say: {text: B, recording: ../../outside.wav}\n",
    )
    _, (found,) = read_routine(read_text(path), library(root), read_include)
    assert format_problem(found) == (
        "scripts/s.yaml:5:31: error: ../../outside.wav lies outside of the script's folder and of audio/\n"
        "   5 |   - say: {text: B, recording: ../../outside.wav}\n"
        "     |                               ^^^^^^^^^^^^^^^^^\n"
        "   hint: move it there, or allow it with --allow-outside"
    )
    routine, problems = read_routine(read_text(path), library(root, allow_outside=True), read_include)
    assert problems == ()
    assert routine is not None
    assert routine.music == Words("audio/tunes")
    assert routine.steps == (
        Say(Words("A", recording="scripts/a.wav")),
        Say(Words("B", recording="scripts/../../outside.wav")),
    )
