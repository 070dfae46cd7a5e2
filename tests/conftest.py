"""A user of the program: folders of their own, the program called in this process, as a process, and in a terminal."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from voiceguide.cli import run
from voiceguide.cli.configuration import config_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TODAY = date(2026, 11, 25)
"""A Wednesday: the date as commands are told it in tests."""
EVENING = time(19, 30, tzinfo=timezone(timedelta(hours=1)))
"""The time of that day, in the winter of Berlin."""

# How long an example takes says more of the machine than of the program.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

# A test that was started in the background hands on an ignored Ctrl-C.
_INTERRUPTIBLE = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from voiceguide.cli import main; main()"
)


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code, what it wrote to standard output, and what to standard error."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class User:
    """Someone in `folder`, with a home, a configuration, data and a cache that no other test looks into."""

    folder: Path
    environment: dict[str, str]
    capture: pytest.CaptureFixture[str]

    def run(
        self, *arguments: str | Path, today: date = TODAY, now: Callable[[], datetime] | None = None
    ) -> Outcome:
        """Run a command in this process, which is fast; it is told the evening of `today`, or what `now` says."""
        clock = now or (lambda: datetime.combine(today, EVENING))
        code = run([str(argument) for argument in arguments], now=clock)
        said = self.capture.readouterr()
        return Outcome(code, said.out, said.err)

    def fails(self, *arguments: str | Path, today: date = TODAY) -> str:
        """What a command says that fails: it writes nothing to standard output and leaves every file alone."""
        before = self.files()
        outcome = self.run(*arguments, today=today)
        assert outcome.code not in (0, None)
        assert outcome.out == ""
        assert self.files() == before
        return outcome.err

    def files(self) -> dict[str, tuple[int, int] | None]:
        """Everything below the folder, with size and time of its last change."""
        return {
            str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) if path.is_file() else None
            for path in sorted(self.folder.rglob("*"))
        }

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """Start a command as a process that Ctrl-C reaches; the caller waits for it."""
        return subprocess.Popen(
            [sys.executable, "-c", _INTERRUPTIBLE, *map(str, arguments)],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def process(self, *arguments: str | Path, **environment: str) -> Outcome:
        """Run a command as a process, with these environment variables besides its own."""
        done = subprocess.run(
            [sys.executable, "-m", "voiceguide", *map(str, arguments)],
            cwd=self.folder,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def shell(self, line: str) -> Outcome:
        """Run a line of shell in which `voiceguide` is the program."""
        function = f'voiceguide() {{ "{sys.executable}" -m voiceguide "$@"; }}'
        done = subprocess.run(
            ["bash", "-c", f"{function}; {line}"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def terminal(self, *arguments: str | Path, columns: int = 80, launch: str | None = None) -> Screen:
        """Run a command in a pseudo-terminal of so many columns; `launch` is Python code to run it by."""
        program = ["-m", "voiceguide"] if launch is None else ["-c", launch]
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        try:
            process = subprocess.Popen(
                [sys.executable, *program, *map(str, arguments)],
                cwd=self.folder,
                env=self.environment | {"TERM": "xterm"},
                stdin=theirs,
                stdout=theirs,
                stderr=theirs,
                start_new_session=True,
            )
        finally:
            os.close(theirs)
        raw = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        return Screen(process.wait(), raw.decode())

    def write(self, name: str, text: str | bytes) -> Path:
        """A file in the user's folder; gives its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def configure(self, text: str | bytes) -> Path:
        """The user's configuration file."""
        return self.write(str(config_path()), text)


@dataclass(frozen=True)
class Screen:
    """What a command wrote to a terminal, and its exit code."""

    code: int
    raw: str

    @property
    def lines(self) -> list[str]:
        """What is read on it, without the codes that steer the terminal."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.raw).replace("\r\n", "\n").split("\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError as error:
        # Linux's way of saying that the other side is closed.
        if error.errno != errno.EIO:
            raise
        return b""


@pytest.fixture(scope="session")
def clip_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that fills as tests run: what a clip is does not depend on who asked first."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is heard or seen at its real time: of such modules one runs at a time, so that they do not starve each other."""
    with (tmp_path_factory.getbasetemp().parent / "undisturbed").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


@pytest.fixture
def user(
    tmp_path: Path, clip_cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> User:
    home, folder = tmp_path / "home", tmp_path / "here"
    for made in (home, folder):
        made.mkdir()
    for name in (
        "VOICEGUIDE_CONFIG",
        "COLUMNS",
        "LINES",
        "NO_COLOR",
        "FORCE_COLOR",
        "TTY_COMPATIBLE",
        "DBUS_SESSION_BUS_ADDRESS",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(clip_cache))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    # Where tests run there may be a sound server: this user has none.
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{home}/none")
    monkeypatch.setenv("ALSA_CONFIG_PATH", os.devnull)
    monkeypatch.chdir(folder)
    return User(folder, dict(os.environ), capsys)
