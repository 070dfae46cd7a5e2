"""A plan is not trusted: its cells lead neither out of its folder and audio/, nor out of the folder that is written to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .support import TONES, files

if TYPE_CHECKING:
    from tests.conftest import User

SOUND = Path(__file__).parents[3] / "audio" / "bell.wav"


def beyond(user: User, name: str, content: bytes) -> Path:
    """A file beyond the user's folder, and links to it and to its folder in there."""
    path = user.folder.parent / "beyond" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    (user.folder / f"link{path.suffix}").symlink_to(path)
    (user.folder / f"chain{path.suffix}").symlink_to(f"link{path.suffix}")
    (user.folder / "away").symlink_to(path.parent, target_is_directory=True)
    return path


def plan(user: User, column: str, cell: str) -> None:
    user.write("tones.yaml", TONES)
    routine, rest = (cell, "") if column == "routine" else ("tones.yaml", cell)
    user.write("plan.csv", f"routine,{column if rest else 'name'},file\n{routine},{rest},x\n")


def refused(user: User, column: str, cell: str) -> str:
    """The first line of why a plan is not rendered."""
    plan(user, column, cell)
    return user.fails("batch", "plan.csv", "-o", "out", "--no-safety").splitlines()[0]


def outside(cell: str, at: int) -> str:
    return f"plan.csv:2:{at}: error: {cell} lies outside of the plan's folder, the current one and audio/"


LEADING_OUT = ("../beyond/secret{}", "{{beyond}}/secret{}", "link{}", "chain{}", "away/secret{}")


@pytest.mark.parametrize("written", LEADING_OUT)
@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".json"])
def test_a_routine_that_lies_elsewhere(user: User, written: str, suffix: str) -> None:
    secret = beyond(user, f"secret{suffix}", b"SECRET\n")
    cell = written.format(suffix).format(beyond=secret.parent)
    assert refused(user, "routine", cell) == outside(cell, 1)


@pytest.mark.parametrize(
    "cell", ["/etc/passwd", "../beyond/secret", "notes.txt", "notes", "./notes", "a/notes"]
)
def test_a_routine_that_is_no_script_by_its_name_is_not_read(user: User, cell: str) -> None:
    beyond(user, "secret", b"SECRET\n")
    for name in ("notes.txt", "notes", "a/notes"):
        user.write(name, "SECRET\n")
    assert refused(user, "routine", cell) == (
        f"plan.csv:2:1: error: {cell} is no routine: the name of its file ends with .yaml, .yml or .json"
    )
    assert "SECRET" not in user.fails("batch", "plan.csv", "-o", "out", "--allow-outside")


@pytest.mark.parametrize("written", [*LEADING_OUT, "away"])
def test_music_that_lies_elsewhere(user: User, written: str) -> None:
    secret = beyond(user, "secret.wav", SOUND.read_bytes())
    cell = written.format(".wav").format(beyond=secret.parent)
    assert refused(user, "music", cell) == outside(cell, 12)


def test_a_folder_of_music_with_a_link_that_leads_out(user: User) -> None:
    secret = beyond(user, "secret.wav", SOUND.read_bytes())
    (user.folder / "tracks").mkdir()
    (user.folder / "tracks" / "a.wav").symlink_to(secret)
    assert refused(user, "music", "tracks") == outside("tracks", 12)


@pytest.mark.parametrize("cell", ["~/secret.wav", "./~/secret.wav", "~\0", "nobody.wav"])
def test_music_that_is_not_there_or_in_the_home(user: User, cell: str) -> None:
    user.write(str(user.folder.parent / "home" / "secret.wav"), SOUND.read_bytes())
    plan(user, "music", cell)
    assert user.run("batch", "plan.csv", "-o", "out").code == 1
    assert files(user, "out") == []


@pytest.mark.parametrize("written", LEADING_OUT)
def test_a_voice_file_that_lies_elsewhere(user: User, written: str) -> None:
    secret = beyond(user, "secret.onnx", b"SECRET\n")
    cell = written.format(".onnx").format(beyond=secret.parent)
    assert refused(user, "voice", cell) == outside(cell, 12)


def test_a_voice_that_no_file_can_be_called(user: User) -> None:
    assert refused(user, "voice", "~\0").startswith("plan.csv:2:12: error: ")


def test_what_lies_beside_the_plan_in_the_current_folder_and_in_audio_is_taken(user: User) -> None:
    user.write("tones.yaml", TONES)
    user.write("plans/mine.yaml", TONES)
    for path in ("here.wav", "plans/there.wav", "audio/shelf.wav", "tracks/one.wav"):
        user.write(path, SOUND.read_bytes())
    cells = (
        "here.wav",
        "there.wav",
        "plans/there.wav",
        "shelf.wav",
        "tracks",
        "none",
        f"{user.folder}/here.wav",
    )
    rows = [f"tones.yaml,{cell}" for cell in cells]
    rows += [f"{user.folder}/tones.yaml,", "plans/mine.yaml,", "plans/../tones.yaml,"]
    user.write("plans/plan.csv", "\n".join(("routine,music", *rows)))
    outcome = user.run("batch", "plans/plan.csv", "-o", "out", "--no-safety")
    assert (outcome.code, outcome.out, outcome.err) == (0, "10 rows: 10 rendered\n", "")


def test_the_command_may_allow_what_lies_elsewhere(user: User) -> None:
    music = beyond(user, "secret.wav", SOUND.read_bytes())
    routine = music.with_name("mine.yaml")
    routine.write_text(TONES, encoding="utf-8")
    user.write("plan.csv", f"routine,music\n../beyond/mine.yaml,link.wav\n{routine},{music}\n")
    outcome = user.run("batch", "plan.csv", "-o", "out", "--no-safety", "--allow-outside")
    assert (outcome.code, outcome.out) == (0, "2 rows: 2 rendered\n")


def test_a_link_in_the_output_folder_that_leads_out_is_not_written_through(user: User) -> None:
    target = beyond(user, "mine.mp3", b"MINE")
    user.write("out/sub/x", "")
    (user.folder / "out" / "file.mp3").symlink_to(target)
    (user.folder / "out" / "new.mp3").symlink_to(target.with_name("new.mp3"))
    (user.folder / "out" / "folder").symlink_to(target.parent, target_is_directory=True)
    (user.folder / "out" / "within.mp3").symlink_to("sub/real.mp3")
    user.write("tones.yaml", TONES)
    names = ("file", "new", "folder/x", "folder/deeper/x", "within", "plain")
    user.write("plan.csv", "\n".join(("routine,file", *(f"tones.yaml,{name}" for name in names))))
    outcome = user.run("batch", "plan.csv", "-o", "out", "--no-safety", "--allow-outside")
    assert (outcome.code, outcome.out) == (4, "6 rows: 2 rendered, 4 failed\n")
    led_out = [line for line in outcome.err.splitlines() if "leads out" in line]
    assert led_out == [f"error: out/{name}.mp3 leads out of out through a link" for name in names[:4]]
    assert [path.name for path in target.parent.iterdir()] == ["mine.mp3"]
    assert target.read_bytes() == b"MINE"
    assert (user.folder / "out" / "sub" / "real.mp3").is_file()


def test_the_output_folder_may_be_a_link_itself(user: User) -> None:
    target = beyond(user, "x", b"").parent
    user.write("tones.yaml", TONES)
    user.write("plan.csv", "routine,file\ntones.yaml,a\n")
    assert user.run("batch", "plan.csv", "-o", "away", "--no-safety").code == 0
    assert (target / "a.mp3").is_file()


def test_a_timeline_beside_the_plan_is_a_routine(user: User) -> None:
    user.write("tones.yaml", TONES)
    assert user.run("compile", "tones.yaml", "-o", "tones.json", "--no-safety").code == 0
    assert json.loads((user.folder / "tones.json").read_text())
    user.write("plan.csv", "routine\ntones.json\n")
    outcome = user.run("batch", "plan.csv", "-o", "out")
    assert (outcome.code, outcome.out, outcome.err) == (0, "1 row: 1 rendered\n", "")
