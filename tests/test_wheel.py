"""The wheel: built from the checkout, installed alone in an empty environment, it lists and renders without anything else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import miniaudio
import pytest

import voiceguide

ROOT = Path(voiceguide.__file__).resolve().parents[1]
SHIPPED = {
    "routines": "scripts/routines",
    "programmes": "scripts/programmes",
    "exercises": "scripts/exercises",
    "audio": "audio",
}
SOUNDS = {"bell.wav", "end.wav", "start.wav", "tick.wav"}

pytestmark = [
    pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="the tests do not run in a checkout"),
    pytest.mark.skipif(sys.platform == "win32", reason="the program stands elsewhere in an environment"),
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT], check=True, capture_output=True
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in an environment that holds it and its dependencies."""
    environment = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    python = environment / "bin" / "python"
    quiet = ["--quiet", "--disable-pip-version-check", "--no-compile"]
    subprocess.run([python, "-m", "pip", "install", *quiet, wheel], check=True, capture_output=True)
    return environment / "bin" / "voiceguide"


def run(program: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The installed program, called from a folder that has nothing to do with it, with nothing on PATH."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "c"), "XDG_CACHE_HOME": str(folder / "k")}
    return subprocess.run(
        [program, *arguments],
        cwd=folder,
        env={**kept, **home, "PATH": str(folder)},
        capture_output=True,
        check=False,
        text=True,
    )


def test_the_wheel_carries_the_routines_the_exercises_and_the_cue_sounds_once_each(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert len(names) == len(set(names))
    for inside, folder in SHIPPED.items():
        prefix = f"voiceguide/shipped/{inside}/"
        carried = sorted(name.removeprefix(prefix) for name in names if name.startswith(prefix))
        wanted = SOUNDS if inside == "audio" else {path.name for path in (ROOT / folder).glob("*.yaml")}
        assert carried == sorted(wanted)
    for name in SOUNDS:
        assert sum(path.endswith(name) for path in names) == 1


def test_the_wheel_carries_what_stands_in_the_checkout_to_the_byte(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for inside, folder in SHIPPED.items():
            prefix = f"voiceguide/shipped/{inside}/"
            for name in archive.namelist():
                if name.startswith(prefix):
                    assert archive.read(name) == (ROOT / folder / name.removeprefix(prefix)).read_bytes()


def test_the_wheel_carries_no_tests_and_no_rendered_audio(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"voiceguide"}
    sounding = (".mp3", ".wav", ".flac", ".m4a", ".m4b", ".ogg", ".opus")
    assert {Path(name).name for name in names if name.endswith(sounding)} == SOUNDS


def test_the_data_lives_nowhere_twice_in_the_checkout() -> None:
    assert not (ROOT / "voiceguide" / "shipped").exists()
    assert not [path for path in (ROOT / "voiceguide").rglob("*") if path.suffix in (".yaml", ".wav", ".mp3")]


def test_installed_alone_it_lists_the_routines_and_programmes(program: Path, tmp_path: Path) -> None:
    done = run(program, tmp_path, "list")
    assert (done.returncode, done.stderr) == (0, "")
    tables = [table.splitlines()[1:] for table in done.stdout.split("\n\n")]
    for table, folder in zip(tables, ("routines", "programmes"), strict=True):
        shipped = (ROOT / "scripts" / folder).glob("*.yaml")
        assert [line.split()[0] for line in table] == sorted(path.stem for path in shipped)


def test_installed_alone_it_renders_without_espeak_ffmpeg_or_anything_else_on_path(
    program: Path, tmp_path: Path
) -> None:
    done = run(program, tmp_path, "render", "neck-reset")
    assert (done.returncode, done.stderr) == (0, "")
    pcm = miniaudio.decode_file(str(tmp_path / "audio" / "neck-reset.mp3"), nchannels=1, sample_rate=48_000)
    assert 4 * 60 < pcm.num_frames / 48_000 < 8 * 60
    assert max(pcm.samples) > 8_000


def test_installed_alone_it_tells_a_mistake(program: Path, tmp_path: Path) -> None:
    done = run(program, tmp_path, "render", "neckreset")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: there is no routine 'neckreset'\n   hint: did you mean 'neck-reset'?\n"
