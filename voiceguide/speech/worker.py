"""What a child process does that speaks for us: open an engine, and answer one request after the other.

A request is a line of JSON on standard input. An answer is a line of JSON on standard output, and as many bytes after
it as it says. Little is imported here: what a child imports is waited for before the first word.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import time
from contextlib import suppress
from queue import SimpleQueue
from shutil import rmtree
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, BinaryIO

from voiceguide.errors import VoiceguideError
from voiceguide.speech.engine import Spoken, VoiceInfo
from voiceguide.speech.engines import load_engine

if TYPE_CHECKING:
    from voiceguide.speech.engine import Engine

_GRACE_S = 1.0
_SAMPLE = "h"
_LOWEST_HZ, _HIGHEST_HZ = 4_000, 384_000


def main(name: str, folder: str) -> None:
    """Open the engine `name`, answer that it is open or why not, then answer until nobody asks any more.

    `folder`, of temporary files, is removed at the end: the parent may be gone by then.
    """
    # Ctrl-C is for the parent, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = _take_pipes()
    todo: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    Thread(target=_listen, args=(requests, todo, folder), daemon=True).start()
    finished = Event()
    # Registered first, so that it comes last.
    atexit.register(_end_after, finished, folder)
    try:
        engine = load_engine(name)
    except Exception as error:  # whatever a library's start leads to is told
        _answer(answers, _failure(error))
    else:
        _answer(answers, {"value": None})
        while (request := todo.get()) is not None:
            _reply(answers, engine, request)
        # Nobody is left to hear of it.
        with suppress(Exception):
            engine.close()
    finished.set()


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, out of the way of libraries: those read nothing, and what they print is no answer."""
    # The parent takes the end of the answers for the end of the process: they stay open until then.
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", closefd=False)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


def _listen(requests: BinaryIO, todo: SimpleQueue[dict[str, Any] | None], folder: str) -> None:
    """Queue the requests; when the parent has gone, end in a moment, whatever the engine does."""
    for line in requests:
        todo.put(json.loads(line))
    todo.put(None)
    time.sleep(_GRACE_S)
    _end(folder)


def _end_after(finished: Event, folder: str) -> None:
    if finished.is_set():
        _end(folder)


def _end(folder: str) -> None:
    """End at once, with every process that the engine has started."""
    rmtree(folder, ignore_errors=True)
    if os.name == "posix" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _reply(answers: BinaryIO, engine: Engine, request: dict[str, Any]) -> None:
    spoken = None
    _arm(request["within_s"])
    value: Any = None
    try:
        if request["do"] == "speak":
            spoken = _speak(engine, request)
            value = spoken.rate
        elif request["do"] == "about":
            value = [str(engine.name), str(engine.identity), int(engine.default_rate)]
        elif request["do"] == "voices":
            value = [voice.fields for voice in engine.voices()]
        elif request["do"] == "find":
            voice = engine.find_voice(request["wanted"])
            value = None if voice is None else voice.fields
        answer: dict[str, Any] = {"value": value}
    except Exception as error:  # an engine may fail in any of its libraries' ways
        spoken, answer = None, _failure(error)
    _arm(0.0)
    _answer(answers, answer, spoken.data if spoken else b"")


def _speak(engine: Engine, request: dict[str, Any]) -> Spoken:
    """What the engine says, as bytes; raises ValueError for samples that are none, and what the engine raises."""
    asked = (request["text"], VoiceInfo.of(request["voice"]), request["rate"])
    # An engine that has bytes gives them without numpy, which takes longer to import than all else.
    quick = getattr(engine, "synthesize_bytes", None)
    if quick is not None:
        spoken: Spoken = quick(*asked)
        return spoken
    pcm = engine.synthesize(*asked)
    given: Any = pcm.samples
    samples = memoryview(given)
    if samples.format != _SAMPLE or samples.ndim != 1:
        raise ValueError("its samples are not 16-bit mono")
    if not _LOWEST_HZ <= int(pcm.rate) <= _HIGHEST_HZ:
        raise ValueError(f"its samples are at {pcm.rate} Hz")
    return Spoken(samples.tobytes(), int(pcm.rate))


def _failure(error: Exception) -> dict[str, Any]:
    if isinstance(error, VoiceguideError):
        problems = [
            {"kind": found.kind, "message": found.message, "hint": found.hint} for found in error.problems
        ]
        return {"failed": type(error).__name__, "problems": problems}
    lines = str(error).strip().splitlines() or [""]
    return {"raised": f"{type(error).__name__}: {lines[0]}" if lines[0] else type(error).__name__}


def _answer(answers: BinaryIO, answer: dict[str, Any], data: bytes = b"") -> None:
    answers.write(json.dumps({**answer, "size": len(data)}).encode("ascii") + b"\n")
    answers.write(data)
    answers.flush()


def _arm(seconds: float) -> None:
    """Have the system end this process in so many seconds, 0 for not at all.

    The parent does that first. But when it has been killed, and the engine lets no thread of ours run, nobody else can.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
