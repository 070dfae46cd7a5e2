"""Finding and reading files: routines by name, the exercise library, cue sounds, and what a script includes."""

from __future__ import annotations

import codecs
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.atomic import atomic_file
from voiceguide.errors import OutputError, Place, RequestError, ScriptError
from voiceguide.phrases import LANGUAGES
from voiceguide.script.nodes import SourceFile
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

MAX_SCRIPT_BYTES = 1_000_000
SCRIPT_SUFFIXES = (".yaml", ".yml")
TIMELINE_SUFFIX = ".json"
VOICE_SUFFIX = ".onnx"
# The longest paths that a script may write: resolving takes time for each part.
MAX_PATH = 1_000
MAX_PATH_PARTS = 40


@dataclass(frozen=True)
class Folders:
    """Where this user's files are: the current folder, the configuration, the cache, the data, and what is shipped."""

    current: Path
    config: Path
    cache: Path
    data: Path
    routines: Path
    programmes: Path
    exercises: Path
    sounds: Path

    @property
    def routine_folders(self) -> tuple[Path, ...]:
        """Where a routine is looked for by name, first to last."""
        return (self.current / "scripts" / "routines", self.config / "routines", self.routines)

    @property
    def programme_folders(self) -> tuple[Path, ...]:
        """Where a programme is looked for by name, first to last."""
        return (self.current / "scripts" / "programmes", self.config / "programmes", self.programmes)

    @property
    def audio_folders(self) -> tuple[Path, ...]:
        """Where the recordings and the music that scripts name may lie, first to last."""
        return (self.current / "audio", self.config / "audio", self.sounds)


def user_folders() -> Folders:
    """The folders of the user who runs the program, and the data shipped with it.

    The data lies in the package once it is installed, and in the checkout's own folders in a checkout.
    """
    from platformdirs import user_cache_path, user_config_path, user_data_path  # noqa: PLC0415 (only commands need it)

    package = Path(__file__).parent
    shipped = package / "shipped"
    root = package.parent
    inside = shipped.is_dir()
    return Folders(
        current=Path(),
        config=user_config_path("voiceguide", appauthor=False),
        cache=user_cache_path("voiceguide", appauthor=False),
        data=user_data_path("voiceguide", appauthor=False),
        routines=shipped / "routines" if inside else root / "scripts" / "routines",
        programmes=shipped / "programmes" if inside else root / "scripts" / "programmes",
        exercises=shipped / "exercises" if inside else root / "scripts" / "exercises",
        sounds=shipped / "audio" if inside else root / "audio",
    )


def read_text(
    path: Path, shown: str | None = None, *, limit: int = MAX_SCRIPT_BYTES, table: bool = False
) -> SourceFile:
    """The text of a file; raises ScriptError for one that is missing, unreadable, over `limit` bytes or not UTF-8.

    A `table` may be UTF-16 with its byte order mark, which spreadsheets call Unicode text.
    """
    name = shown or str(path)
    data = read_bytes(path, name, limit=limit)
    utf_16 = table and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return SourceFile(name, data.decode("utf-16" if utf_16 else "utf-8-sig"))
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8", "replace")) + 1
        line = data[line_start:].split(b"\n", 1)[0].decode("utf-8", "replace")
        place = Place(name, before.count(b"\n") + 1, column, column + 1, line)
        raise ScriptError(
            problem("plan-not-utf-8" if table else "file-not-utf-8", place, byte=data[error.start])
        ) from error


def read_bytes(
    path: Path,
    shown: str | None = None,
    *,
    limit: int = MAX_SCRIPT_BYTES,
    too_large: str = "file-too-large",
) -> bytes:
    """What is in a file; raises ScriptError for one that is missing, unreadable or over `limit` bytes: `too_large`."""
    name = shown or str(path)
    try:
        if path.is_dir():
            raise ScriptError(problem("file-unreadable", path=name, reason="it is a folder"))
        with path.open("rb") as file:
            data = file.read(limit + 1)
            if len(data) > limit:
                size = os.fstat(file.fileno()).st_size
                raise ScriptError(
                    problem(too_large, path=name, size=_megabytes(size), most=_megabytes(limit))
                )
    except FileNotFoundError as error:
        raise ScriptError(problem("file-missing", path=name)) from error
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise ScriptError(problem("file-unreadable", path=name, reason=reason)) from error
    return data


def routine_path(name: str, folders: Folders) -> Path:
    """The file that a routine's path or name means; raises RequestError with near names where there is none."""
    path = Path(name)
    if path.suffix in (*SCRIPT_SUFFIXES, TIMELINE_SUFFIX) or path.is_file() or len(path.parts) > 1:
        return path
    known = dict(named_routines(folders))
    if name not in known:
        hint = near(name, known) or {"near": "`voiceguide list` shows them all"}
        if name in dict(named_programmes(folders)):
            hint = {"near": f"it is a programme: `--programme {name}`"}
        raise RequestError(problem("routine-unknown", name=name, **hint))
    return known[name]


def programme_path(name: str, folders: Folders) -> Path:
    """The file that a programme's path or name means; raises RequestError with near names where there is none."""
    path = Path(name)
    if path.suffix in SCRIPT_SUFFIXES or path.is_file() or len(path.parts) > 1:
        return path
    known = dict(named_programmes(folders))
    if name not in known:
        hint = near(name, known) or {"near": "`voiceguide list` shows them all"}
        raise RequestError(problem("programme-unknown", name=name, **hint))
    return known[name]


def named_routines(folders: Folders) -> Iterator[tuple[str, Path]]:
    """Every routine that can be called by name, each name once, the nearest file first."""
    return _named(folders.routine_folders)


def named_programmes(folders: Folders) -> Iterator[tuple[str, Path]]:
    """Every programme that can be called by name, each name once, the nearest file first."""
    return _named(folders.programme_folders)


def read_include(including: str, written: str) -> SourceFile:
    """The file that a script includes: below the folder of the script, links resolved; raises ScriptError."""
    if _is_endless(written):
        raise ScriptError(problem("file-missing", path=written))
    folder = Path(including).parent
    path = folder / written
    real_folder = Path(os.path.realpath(folder))
    real = Path(os.path.realpath(path))
    if Path(written).is_absolute() or ".." in Path(written).parts or not real.is_relative_to(real_folder):
        raise ScriptError(problem("include-outside"))
    if _may_block(real):
        raise ScriptError(problem("file-unreadable", path=written, reason="it is not an ordinary file"))
    return read_text(real, str(folder / real.relative_to(real_folder)))


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all; raises OutputError."""
    with atomic_file(path) as file:
        file.write(text.encode())


def make_folder(path: Path) -> None:
    """Make a folder where there is none; raises OutputError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if path.is_file():
            raise OutputError(problem("not-a-folder", path=path)) from error
        reason = (error.strerror or str(error)).lower()
        raise OutputError(problem("unwritable", path=path, reason=reason)) from error


@dataclass(frozen=True)
class DiskLibrary:
    """The exercises, cue sounds and recordings that scripts may name: the user's own before the shipped ones.

    `allow_outside` is whether recordings and music may lie anywhere.
    """

    folders: Folders
    allow_outside: bool = False

    @cached_property
    def exercise_files(self) -> dict[str, Path]:
        """Every exercise's file by id."""
        return _scripts_in(self.folders.exercises) | _scripts_in(self.folders.config / "exercises")

    @cached_property
    def sound_files(self) -> dict[str, Path]:
        """Every cue sound's file by name."""
        found: dict[str, Path] = {}
        for folder in (self.folders.sounds, self.folders.config / "audio"):
            if folder.is_dir():
                found |= {path.stem: path for path in sorted(folder.glob("*.wav"))}
        return found

    @property
    def exercises(self) -> Collection[str]:
        """The ids of the exercises on the shelf."""
        return self.exercise_files.keys()

    @property
    def sounds(self) -> Collection[str]:
        """The names of the cue sounds."""
        return self.sound_files.keys()

    @property
    def languages(self) -> Collection[str]:
        """The languages whose words the guide has."""
        return LANGUAGES.keys()

    def read(self, exercise: str) -> SourceFile:
        """The file of a known exercise; raises ScriptError where it cannot be read."""
        return read_text(self.exercise_files[exercise])

    def find(self, including: str, written: str, *, folder: bool = False) -> str:
        """The path of a recording or music file, or where `folder` allows it of a folder, that a file names.

        It is looked for beside that file, then in `audio/` of the current folder, of the configuration and among the
        shipped sounds. `{side}` and `{other}` in it stand for `left` and `right`; both files must be there, and the
        path keeps them. Raises ScriptError where there is none, or where it, or music in it, leads out of these folders,
        links resolved.
        """
        if _is_endless(written):
            raise ScriptError(problem("recording-missing", path=written))
        homes = (Path(including).parent, *self.folders.audio_folders)
        real_homes = [os.path.realpath(home) for home in homes]
        missing, led_out = written, False
        for home in homes:
            path = home / written
            both = [Path(_on_side(str(path), side)) for side in ("left", "right")]
            if not self.allow_outside and not all(lies_in(one, real_homes) for one in both):
                led_out = True
                continue
            absent = [one for one in both if not _is_there(one, folder=folder)]
            stray = _stray(path, real_homes) if folder and not self.allow_outside else None
            if stray is not None:
                missing, led_out = str(Path(written) / stray), True
                continue
            if not absent:
                return str(path)
            if len(absent) == 1 and both[0] != both[1]:
                missing = str(absent[0])
        kind = "recording-outside" if led_out else "recording-missing"
        raise ScriptError(problem(kind, path=missing))

    def check_voice(self, including: str, written: str) -> None:
        """Refuse a voice that a file names and that is a file where its recordings may not lie; raises ScriptError.

        A voice file is looked for from the current folder; what is no path is a name, which the engine knows.
        """
        path = Path(os.path.expanduser(written))  # noqa: PTH111 (the other way raises where nobody has such a home)
        if self.allow_outside or not (written.endswith(VOICE_SUFFIX) or _is_there(path, folder=False)):
            return
        homes = (Path(including).parent, *self.folders.audio_folders)
        if _is_endless(written) or not lies_in(path, [os.path.realpath(home) for home in homes]):
            raise ScriptError(problem("voice-outside", path=written))


def _on_side(written: str, side: str) -> str:
    other = "right" if side == "left" else "left"
    return written.replace("{side}", side).replace("{other}", other)


def _may_block(path: Path) -> bool:
    """Whether whoever reads a path may wait for ever: it is a pipe or a device."""
    try:
        mode = path.stat().st_mode
    except OSError:
        # Reading it tells why it cannot be.
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _is_endless(written: str) -> bool:
    """Whether a path is longer, or deeper, than any that is meant."""
    return len(written) > MAX_PATH or len(Path(written).parts) > MAX_PATH_PARTS


def lies_in(path: Path, real_folders: Iterable[str]) -> bool:
    """Whether a path lies in one of the folders, themselves without links, once its links are resolved."""
    try:
        real = Path(os.path.realpath(path))
    except ValueError:
        # No file has such a name.
        return False
    return any(real.is_relative_to(folder) for folder in real_folders)


def _stray(path: Path, real_folders: Iterable[str]) -> str | None:
    """The name of the first file of a folder that is a link out of the folders; None where there is none, and no folder."""
    try:
        entries = sorted(filter(Path.is_file, path.iterdir())) if path.is_dir() else []
    except (OSError, ValueError):
        # Whoever reads its music tells why it cannot be.
        return None
    return next((entry.name for entry in entries if not lies_in(entry, real_folders)), None)


def _is_there(path: Path, *, folder: bool) -> bool:
    try:
        return path.is_file() or (folder and path.is_dir())
    except (OSError, ValueError):
        # A name too long for a file, or below a folder that may not be entered.
        return False


def _named(folders: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    seen: set[str] = set()
    for folder in folders:
        for name, path in sorted(_scripts_in(folder).items()):
            if name not in seen:
                seen.add(name)
                yield name, path


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _scripts_in(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        return {}
    return {path.stem: path for path in sorted(folder.iterdir()) if path.suffix in SCRIPT_SUFFIXES}
