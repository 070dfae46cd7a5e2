"""An output appears whole or not at all, and what was there survives every fault that is made here for real."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.faults.conftest import SUFFIXES
from tests.faults.disks import PAGE, left, with_read_only, with_small_disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import User
    from tests.faults.conftest import Clean

OLD = b"the older file"
NO_ROOM = "no space left on device"
HINT = "   hint: choose another place\n"
WRITES = {
    "x.mp3": ("render", "short.yaml", "-o"),
    "x.wav": ("render", "short.yaml", "-o"),
    "x.flac": ("render", "short.yaml", "-o"),
    "x.m4a": ("render", "short.yaml", "-o"),
    "said.wav": ("say", "Stand still.", "-o"),
    "played.wav": ("play", "short.yaml", "--output"),
    "x.json": ("compile", "short.yaml", "-o"),
    "x.svg": ("show", "short.yaml", "--svg"),
}
"""Every command that writes a file, by a name that it may have."""
STREAMED = ("x.flac", "x.m4a")
"""Those that ffmpeg writes."""


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def parts(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(".voiceguide-*.part")]


# Killed


def after(seconds: float) -> Callable[[subprocess.Popen[str], Path], None]:
    def wait(process: subprocess.Popen[str], _folder: Path) -> None:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            return

    return wait


def in_writing(seconds: float) -> Callable[[subprocess.Popen[str], Path], None]:
    """Until so long after the file was begun."""

    def wait(process: subprocess.Popen[str], folder: Path) -> None:
        while process.poll() is None and not parts(folder):
            time.sleep(0.001)
        time.sleep(seconds)

    return wait


def interrupted(
    patient: User,
    suffix: str,
    number: signal.Signals,
    wait: Callable[[subprocess.Popen[str], Path], None],
) -> int:
    """Render to `disk`, send the signal at its moment; gives the exit code."""
    process = patient.start("render", "short.yaml", "-o", f"disk/x{suffix}")
    wait(process, patient.folder / "disk")
    process.send_signal(number)
    process.communicate()
    return process.returncode


@pytest.mark.parametrize(
    ("suffix", "number", "count"),
    [(".mp3", signal.SIGKILL, 4), (".wav", signal.SIGKILL, 3), (".flac", signal.SIGKILL, 3), (".mp3", signal.SIGTERM, 2)],
)  # fmt: skip
def test_a_render_that_is_stopped_at_any_moment_leaves_the_old_file_or_the_new_one(
    patient: User, clean: Clean, suffix: str, number: signal.Signals, count: int
) -> None:
    """So many moments from the program's start to its end, and as many while the file is written, drawn from a seed."""
    drawn = random.Random(f"{suffix} {number}")
    moments = [after(0), *(after(drawn.uniform(0, clean.seconds)) for _ in range(count))]
    moments += [in_writing(drawn.uniform(0, 0.2 * clean.seconds)) for _ in range(count)]
    disk = patient.folder / "disk"
    output = disk / f"x{suffix}"
    codes = []
    for moment in moments:
        output.write_bytes(OLD)
        codes.append(interrupted(patient, suffix, number, moment))
        whole = clean.files[suffix]
        assert output.read_bytes() in ((whole,) if codes[-1] == 0 else (whole, OLD))
    assert set(codes) <= {0, -number, 128 + number}
    assert set(codes) != {0}
    assert patient.process("render", "short.yaml", "-o", f"disk/x{suffix}").code == 0
    assert files(disk) == {output.name: clean.files[suffix]}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_render_that_is_told_to_end_while_it_writes_tidies_up(patient: User, suffix: str) -> None:
    """It is held still for a moment, to see that it is writing."""
    disk = patient.folder / "disk"
    written = {f"x{suffix}": OLD}
    for _ in range(20):
        (disk / f"x{suffix}").write_bytes(OLD)
        process = patient.start("render", "short.yaml", "-o", f"disk/x{suffix}")
        in_writing(0.005)(process, disk)
        process.send_signal(signal.SIGSTOP)
        writing = bool(parts(disk))
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGCONT)
        process.communicate()
        assert parts(disk) == []
        if writing:
            break
    assert writing
    assert (process.returncode, files(disk)) == (143, written)


# Full, read-only


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("name", WRITES)
def test_on_a_full_disk_the_old_file_stays(patient: User, name: str) -> None:
    disk = patient.folder / "disk"
    (disk / name).write_bytes(OLD)
    outcome = with_small_disk(patient, disk, PAGE, *WRITES[name], f"disk/{name}")
    assert (outcome.code, files(left(disk))) == (4, {name: OLD})
    if name in STREAMED:
        assert outcome.err.endswith(f"error: ffmpeg could not write disk/{name}: {NO_ROOM}\n")
    else:
        assert outcome.err.endswith(f"error: cannot write disk/{name}: {NO_ROOM}\n{HINT}")


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("suffix", [*SUFFIXES, ".m4a", ".ogg", ".opus"])
def test_a_disk_that_is_full_just_before_the_end_is_noticed(patient: User, clean: Clean, suffix: str) -> None:
    """A page is missing: ffmpeg itself ends as if all went well, and of some formats says nothing."""
    disk = patient.folder / "disk"
    name = f"x{suffix}"
    if suffix in clean.files:
        size = len(clean.files[suffix])
    else:
        assert patient.process("render", "short.yaml", "-o", name).code == 0
        size = (patient.folder / name).stat().st_size
    (disk / name).write_bytes(OLD)
    pages = 1 + -(-size // PAGE) - 1
    outcome = with_small_disk(patient, disk, pages * PAGE, "render", "short.yaml", "-o", f"disk/{name}")
    assert (outcome.code, files(left(disk))) == (4, {name: OLD})
    assert NO_ROOM in outcome.err


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("name", ["x.mp3", "x.flac", "x.svg"])
def test_in_a_read_only_folder_nothing_is_written(patient: User, name: str) -> None:
    disk = patient.folder / "disk"
    outcome = with_read_only(patient, disk, *WRITES[name], f"disk/{name}")
    assert (outcome.code, files(disk)) == (4, {})
    assert outcome.err.endswith(f"error: cannot write disk/{name}: read-only file system\n{HINT}")


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("name", WRITES)
def test_in_a_read_only_folder_the_old_file_stays(patient: User, name: str) -> None:
    disk = patient.folder / "disk"
    (disk / name).write_bytes(OLD)
    outcome = with_read_only(patient, disk, *WRITES[name], f"disk/{name}")
    assert (outcome.code, files(disk)) == (4, {name: OLD})
    assert outcome.err.endswith(f"error: cannot write disk/{name}: it is write-protected\n{HINT}")


@pytest.mark.usefixtures("mounts")
def test_a_folder_that_cannot_be_made_is_told(patient: User) -> None:
    outcome = with_read_only(patient, patient.folder, "render", "short.yaml")
    assert outcome.code == 4
    assert outcome.err.endswith(f"error: cannot write audio: read-only file system\n{HINT}")


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("suffix", [".mp3", ".flac"])
def test_no_file_needs_room_on_a_disk_for_temporary_files(patient: User, clean: Clean, suffix: str) -> None:
    temporary = patient.folder / "tmp"
    temporary.mkdir()
    (temporary / "filler").write_bytes(bytes(PAGE))
    patient.environment["TMPDIR"] = str(temporary)
    output = patient.folder / f"x{suffix}"
    output.write_bytes(OLD)
    outcome = with_small_disk(patient, temporary, PAGE, "render", "short.yaml", "-o", output.name)
    assert (outcome.code, outcome.err) == (0, "")
    assert output.read_bytes() == clean.files[suffix]
    assert parts(patient.folder) == []


@pytest.mark.usefixtures("mounts")
def test_music_that_finds_no_room_is_told_and_the_old_file_stays(patient: User) -> None:
    """The music is decoded in the cache's folder: five seconds of it take a megabyte."""
    wav = patient.process(
        "say", "Rain falls on the roof, and on the street, and in the garden.", "-o", "rain.wav"
    )
    assert wav.code == 0
    output = patient.write("x.mp3", OLD)
    cache = patient.folder / "cache"
    room = sum(-(-path.stat().st_size // PAGE) + 1 for path in cache.rglob("*")) * PAGE
    outcome = with_small_disk(
        patient, cache, room, "render", "short.yaml", "--music", "rain.wav", "-o", output.name
    )
    assert outcome.code == 4
    assert outcome.err.endswith(
        f"error: cannot keep the decoded music in {cache}/voiceguide: {NO_ROOM}\n"
        "   hint: it takes 12 MB a minute, at most as long as the session\n"
    )
    assert output.read_bytes() == OLD


# Others at the same file


@pytest.mark.parametrize("suffix", [".mp3", ".flac"])
def test_another_program_that_has_the_old_file_open_reads_it_to_its_end(
    patient: User, clean: Clean, suffix: str
) -> None:
    output = patient.write(f"x{suffix}", OLD)
    script = 'exec 3<"$0" && echo && read _ && cat <&3'
    with subprocess.Popen(
        ["sh", "-c", script, output], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        assert patient.process("render", "short.yaml", "-o", output.name).code == 0
        assert reader.communicate(b"\n")[0] == OLD
    assert output.read_bytes() == clean.files[suffix]


@pytest.mark.parametrize("suffix", [".mp3", ".flac"])
def test_another_program_that_writes_to_the_old_file_does_not_write_into_the_new_one(
    patient: User, clean: Clean, suffix: str
) -> None:
    output = patient.write(f"x{suffix}", OLD)
    with output.open("r+b") as writer:
        assert patient.process("render", "short.yaml", "-o", output.name).code == 0
        writer.write(b"of somebody else")
    assert output.read_bytes() == clean.files[suffix]


@pytest.mark.parametrize("suffix", [".mp3", ".flac"])
def test_of_two_renders_to_one_file_one_is_there_whole(patient: User, clean: Clean, suffix: str) -> None:
    patient.write("other.yaml", "title: Other\nlanguage: en\nsteps:\n  - say: Something else.\n")
    assert patient.process("render", "other.yaml", "-o", f"other{suffix}").code == 0
    either = {clean.files[suffix], (patient.folder / f"other{suffix}").read_bytes()}
    disk = patient.folder / "disk"
    for _ in range(2):
        both = [
            patient.start("render", f"{name}.yaml", "-o", f"disk/x{suffix}") for name in ("short", "other")
        ]
        for process in both:
            process.communicate()
        assert [process.returncode for process in both] == [0, 0]
        (found,) = files(disk).values()
        assert found in either
