"""A process that speaks for us (`worker.py`), seen from here: asked, waited for, ended.

It is started as a new interpreter, as multiprocessing's spawn does, but without it: that would import our caller's main
module again in the child, start a second process to track resources, and leave the terminal to the engine.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any

from voiceguide.speech.answer import Answer, Crashed, Hung

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[3].split('\\n'); "
    "from voiceguide.speech.worker import main; main(*sys.argv[1:3])"
)
_ENDS_WITHIN_S = 2.0
_BACKSTOP_S = 2.0
"""How much later than we the system ends a child, in case that nobody is left who could."""
_SHOWN = 120


class Child:
    """A process that opens the engine `name`, for one thread at a time; `opened` has its first answer.

    What it writes to the terminal, and the temporary files that it leaves, go into a folder that ends with it. Raises
    OSError where no process can be started.
    """

    def __init__(self, name: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="voiceguide-", ignore_cleanup_errors=True)
        self._said = Path(self._folder.name) / "said.txt"
        self._ending = Lock()
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder.name)
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(  # noqa: S603 (our own program, no shell)
                [sys.executable, "-c", _PROGRAM, name, self._folder.name, "\n".join(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                env=os.environ | temporary,
                # Its group is ended with all that it started, and a terminal's Ctrl-C does not reach it.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )

    def opened(self, within_s: float) -> Answer:
        """Whether the engine is open; raises as `ask`."""
        return self._answered(within_s, None)

    def ask(self, within_s: float, **request: Any) -> Answer:
        """The answer to a request; raises Hung and Crashed. After any exception the child can only be ended."""
        line = json.dumps({**request, "within_s": within_s + _BACKSTOP_S})
        return self._answered(within_s, line.encode("ascii") + b"\n")

    def leave(self) -> None:
        """Let it end by itself: it hears that nobody asks any more."""
        with suppress(OSError):
            self._requests.close()

    def close(self) -> None:
        """See that it ends, by itself where it has been left and can, with all that it started."""
        self.leave()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDS_WITHIN_S)
        self.end()

    def kill(self) -> None:
        """Begin to end it, whatever it does, and all that it started; whoever waits for it has Crashed at once."""
        with self._ending:
            # Its number is nobody else's as long as it has not been waited for.
            if self._process.returncode is None:
                with suppress(ProcessLookupError, PermissionError):
                    if os.name == "posix":
                        os.killpg(self._process.pid, signal.SIGKILL)
                    else:
                        self._process.kill()

    def end(self) -> None:
        """End it at once, with all that it started, and let its files go."""
        self.kill()
        with self._ending, suppress(subprocess.TimeoutExpired):
            # One that waits for a broken disk does not even die.
            self._process.wait(_ENDS_WITHIN_S)
        self.leave()
        self._answers.close()
        self._folder.cleanup()

    @property
    def _requests(self) -> Any:
        return self._process.stdin

    @property
    def _answers(self) -> Any:
        return self._process.stdout

    def _answered(self, within_s: float, request: bytes | None) -> Answer:
        with self._watched(within_s):
            try:
                if request is not None:
                    self._requests.write(request)
                    self._requests.flush()
                line = self._answers.readline()
                said: dict[str, Any] = json.loads(line)
                data: bytes = self._answers.read(said["size"])
                if len(data) == said["size"]:
                    return Answer(said, data)
            except (OSError, ValueError):  # it is gone: the pipe is broken, or an answer is cut off
                pass
            raise Crashed(self._how())

    @contextmanager
    def _watched(self, within_s: float) -> Iterator[None]:
        """Kill it when the block takes longer, which then raises Hung."""
        # Whoever is first has it: the block's end, or the end of our patience.
        first = Lock()

        def expire() -> None:
            if first.acquire(blocking=False):
                self.kill()

        timer = Timer(within_s, expire)
        timer.daemon = True
        timer.start()
        crash: Crashed | None = None
        try:
            yield
        except Crashed as error:
            crash = error
        finally:
            in_time = first.acquire(blocking=False)
            timer.cancel()
        if not in_time:
            raise Hung(within_s) from crash
        if crash is not None:
            raise crash

    def _how(self) -> str:
        """How it ended: its signal or exit code, and the last that it wrote."""
        # What it started may live on.
        self.kill()
        with self._ending, suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDS_WITHIN_S)
        how = _status(self._process.returncode)
        lines = self._said.read_text(encoding="utf-8", errors="replace").split("\n")
        words = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f"{how}: {words[:_SHOWN]}" if words else how


def _status(code: int | None) -> str:
    """A signal by its name, else the exit code; None is that of a process that does not even die."""
    if code is None:
        return "stuck"
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:  # a real-time signal has no name
        return f"signal {-code}"
