"""A file appears whole or not at all."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from voiceguide.atomic import atomic_file
from voiceguide.errors import OutputError

FULL = Path("/dev/full")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def interrupted_write(path: Path, error: type[BaseException] = KeyboardInterrupt) -> None:
    with atomic_file(path) as file:
        file.write(b"half")
        raise error


def test_the_file_is_there_when_the_block_has_ended(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "x") as file:
        file.write(b"whole")
    assert (tmp_path / "x").read_bytes() == b"whole"
    assert names_in(tmp_path) == ["x"]


def test_until_then_it_is_not(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "x") as file:
        file.write(b"half")
        assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_an_exception_leaves_nothing_behind(error: type[BaseException], tmp_path: Path) -> None:
    with pytest.raises(error):
        interrupted_write(tmp_path / "x", error)
    assert names_in(tmp_path) == []


def test_what_was_there_survives_an_exception(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        interrupted_write(tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == b"old"


def test_what_was_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"an older, longer file")
    with atomic_file(tmp_path / "x") as file:
        file.write(b"new")
    assert (tmp_path / "x").read_bytes() == b"new"


def test_another_program_may_write_to_its_name(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "x") as file, Path(file.name).open("wb") as other:
        other.write(b"by name")
    assert (tmp_path / "x").read_bytes() == b"by name"


def test_a_link_goes_on_pointing_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    with atomic_file(tmp_path / "link") as file:
        file.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_its_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    with atomic_file(tmp_path / "x") as file:
        file.write(b"x")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "x")}
    assert len(modes) == 1


def refused(path: Path) -> str:
    with pytest.raises(OutputError) as caught, atomic_file(path):
        pytest.fail("the block must not be entered")
    return str(caught.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"cannot write {tmp_path}: it is a folder"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "x"
    assert refused(path) == f"cannot write {path}: there is no folder {tmp_path / 'gone'}"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_not_an_ordinary_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == f"cannot write {tmp_path / 'pipe'}: it is not an ordinary file"


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_write_protected_file_or_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").touch(mode=0o444)
    assert refused(tmp_path / "x").endswith("it is write-protected")
    tmp_path.chmod(0o555)
    assert refused(tmp_path / "y").endswith("permission denied")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no full device")
def test_a_full_disk_is_told_in_words(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError) as caught,
        atomic_file(tmp_path / "x"),
        FULL.open("wb", 0) as full,
    ):
        full.write(b"x")
    assert str(caught.value) == f"cannot write {tmp_path / 'x'}: no space left on device"
    assert names_in(tmp_path) == []


def test_an_error_about_another_file_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_file(tmp_path / "x"):
        (tmp_path / "gone").read_bytes()
    assert names_in(tmp_path) == []


def abandoned(folder: Path) -> Path:
    """What a killed program leaves."""
    part = folder / ".voiceguide-0123456789ab.part"
    part.write_bytes(b"half")
    return part


def write(path: Path) -> None:
    with atomic_file(path) as file:
        file.write(b"whole")


def test_what_a_killed_program_left_is_swept_by_the_next_write_in_its_folder(tmp_path: Path) -> None:
    abandoned(tmp_path)
    write(tmp_path / "x")
    assert names_in(tmp_path) == ["x"]


def test_what_is_being_written_is_not(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "x") as file:
        write(tmp_path / "y")
        file.write(b"whole")
    assert names_in(tmp_path) == ["x", "y"]


@pytest.mark.parametrize("name", [".voiceguide-mine.part", "x.part", "voiceguide-0123456789ab.part"])
def test_what_is_not_ours_is_not_either(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"mine")
    write(tmp_path / "x")
    assert names_in(tmp_path) == sorted([name, "x"])


def test_a_link_with_such_a_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / ".voiceguide-0123456789ab.part").symlink_to("mine")
    write(tmp_path / "x")
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_a_folder_with_such_a_name_is_left(tmp_path: Path) -> None:
    (tmp_path / ".voiceguide-0123456789ab.part").mkdir()
    write(tmp_path / "x")
    assert names_in(tmp_path) == [".voiceguide-0123456789ab.part", "x"]


def test_many_may_write_and_sweep_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: write(tmp_path / f"{number % 5}"), range(400)))
    assert names_in(tmp_path) == ["0", "1", "2", "3", "4"]


def test_who_reads_the_old_file_goes_on_reading_it(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"old")
    with (tmp_path / "x").open("rb") as reader:
        write(tmp_path / "x")
        assert reader.read() == b"old"


def test_a_file_that_windows_cannot_replace_because_it_is_open_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only Windows refuses that: the refusal is imitated."""

    def refused(part: Path, _target: Path) -> Path:
        error = PermissionError(13, "Access is denied", str(part))
        error.winerror = 5  # type: ignore[attr-defined, unused-ignore]
        raise error

    (tmp_path / "x").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OutputError) as caught:
        write(tmp_path / "x")
    assert str(caught.value) == f"cannot write {tmp_path / 'x'}: another program has it open"
    assert (tmp_path / "x").read_bytes() == b"old"
    assert names_in(tmp_path) == ["x"]


def test_a_file_with_the_same_bytes_is_left_alone_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"whole")
    os.utime(path, (1, 1))
    for bytes_then, changed in ((b"whole", False), (b"other", True)):
        with atomic_file(path, keep_same=True) as file:
            file.write(bytes_then)
        assert path.read_bytes() == bytes_then
        assert (path.stat().st_mtime != 1) == changed
    assert names_in(tmp_path) == ["x"]
