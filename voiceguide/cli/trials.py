"""Speech engines, encoders, media keys and folders, each really used."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.cli.findings import Finding, failed, wrong
from voiceguide.errors import RequestError, VoiceguideError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.speech.engine import Engine, VoiceInfo

_SECOND = 48_000
_BUS_WITHIN_S = 3.0
_WRITTEN = 16_384
"""Bytes: more than what a full disk may still hold beside a file's name."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def engine(name: str) -> Iterator[Finding]:
    """Whether a speech engine says a word, and the number of its voices by language."""
    from voiceguide.speech.engines import DEFAULT_ENGINE, load_engine  # noqa: PLC0415 (a library that does not load is a finding)
    from voiceguide.speech.speaker import Speaker  # noqa: PLC0415 (as above)

    thing, needed = f"speech engine {name}", name == DEFAULT_ENGINE
    try:
        # Here, for this process may crash.
        opened = load_engine(name)
        voices = opened.voices()
        voice = _voice(opened, voices)
        # A clip without a sound in it is an error there.
        Speaker(opened, voice, opened.default_rate, None).clip("one")
    except VoiceguideError as error:
        advice = problem("engine-broken", reason="").hint
        yield failed(thing, error, needed=needed, advice=advice)
        return
    by_language = _by_language(voices)
    details = {"voices": by_language, "spoke": voice.id}
    yield Finding(thing, works=True, told=_counted(by_language), needed=needed, details=details)


def _voice(opened: Engine, voices: Sequence[VoiceInfo]) -> VoiceInfo:
    """An English voice, else the first one; raises RequestError `no-voices` where there is none."""
    from voiceguide.speech.engine import choose_voice  # noqa: PLC0415 (as above)

    try:
        return choose_voice(opened, None, "en")
    except RequestError:
        if not voices:
            raise
        return voices[0]


def _by_language(voices: Iterable[VoiceInfo]) -> dict[str, int]:
    """How many voices have each language as their first one; `?` is none that is known."""
    found: dict[str, int] = {}
    for voice in voices:
        language = voice.languages[0].partition("-")[0] if voice.languages else "?"
        found[language] = found.get(language, 0) + 1
    return dict(sorted(found.items()))


def _counted(by_language: dict[str, int]) -> str:
    """The number of voices, with those of the languages that the guide speaks."""
    from voiceguide.cli.table import counted  # noqa: PLC0415 (as above)
    from voiceguide.phrases import LANGUAGES  # noqa: PLC0415 (as above)

    ours = [f"{LANGUAGES[code].name} {by_language[code]}" for code in LANGUAGES if code in by_language]
    others = sum(count for code, count in by_language.items() if code not in LANGUAGES)
    named = [*ours, *([f"other languages {others}"] if others else [])]
    return f"{counted(sum(by_language.values()), 'voice')} ({', '.join(named)})"


def mp3() -> Iterator[Finding]:
    """Whether a second is encoded as MP3, and is one when it is decoded."""
    from voiceguide.audio.mp3 import encoded  # noqa: PLC0415 (as above)

    thing = ".mp3 and .wav files"
    try:
        import miniaudio  # noqa: PLC0415 (as above)

        stream = b"".join(encoded(iter([_tone()])))
        decoded = len(miniaudio.decode(stream, nchannels=1, sample_rate=_SECOND).samples)
    except (ImportError, miniaudio.MiniaudioError) as error:
        yield wrong(thing, problem("encoder-broken", reason=error), needed=True)
        return
    if decoded < _SECOND:
        yield wrong(thing, problem("encoder-broken", reason="a second came out shorter"), needed=True)
    else:
        yield Finding(thing, works=True, told="a second was encoded", needed=True)


def ffmpeg() -> Iterator[Finding]:
    """Whether ffmpeg writes a second in each of its formats."""
    from voiceguide.audio.convert import CONVERTED  # noqa: PLC0415 (as above)
    from voiceguide.audio.ffmpeg import need_ffmpeg  # noqa: PLC0415 (as above)

    try:
        program = need_ffmpeg("making them")
    except VoiceguideError as error:
        yield failed(_files(CONVERTED), error)
        return
    written = []
    for suffix in CONVERTED:
        try:
            _convert(suffix)
        except VoiceguideError as error:
            yield failed(_files([suffix]), error, advice=problem("no-ffmpeg", what=suffix).hint)
        else:
            written.append(suffix)
    if written:
        yield Finding(_files(written), works=True, told=f"by ffmpeg ({program})", details={"ffmpeg": program})


def _convert(suffix: str) -> None:
    """Have ffmpeg write a second; raises OutputError."""
    from voiceguide.audio.convert import Form, convert  # noqa: PLC0415 (as above)
    from voiceguide.timeline import Timeline, Voice  # noqa: PLC0415 (as above)

    timeline = Timeline("Trial", "en", Voice("", "", 0), 1000, (), (), ())
    with tempfile.TemporaryDirectory(prefix="voiceguide-") as folder:
        path = Path(folder) / f"trial{suffix}"
        convert([_tone()], timeline, str(path), Form(suffix, 1, 64), shown=path.relative_to(folder))


def _files(suffixes: Iterable[str]) -> str:
    return f"{', '.join(suffixes)} files"


def _tone() -> NDArray[np.int16]:
    """A second of a tone, so that an encoder has something to do."""
    import numpy as np  # noqa: PLC0415 (as above)

    wave: NDArray[np.int16] = np.rint(
        8_000 * np.sin(np.arange(_SECOND) * (2 * np.pi * 440 / _SECOND))
    ).astype(np.int16)
    return wave


def workouts() -> Iterator[Finding]:
    """Whether a FIT file is written, by the extra that knows the format."""
    from datetime import UTC, datetime  # noqa: PLC0415 (only this needs it)
    from importlib.metadata import version  # noqa: PLC0415 (as above)

    from voiceguide.workout.fit_file import workout_bytes  # noqa: PLC0415 (as above)
    from voiceguide.workout.steps import Step  # noqa: PLC0415 (as above)

    thing = "workouts for a watch"
    try:
        workout_bytes(
            "trial", "Trial", "", [Step("work", "Trial", ms=1_000)], datetime(2026, 1, 1, tzinfo=UTC)
        )
    except VoiceguideError as error:
        yield failed(thing, error)
        return
    libraries = {"fit-tool": version("fit-tool")}
    yield Finding(
        thing, works=True, told=f"FIT files, by fit-tool {libraries['fit-tool']}", details=libraries
    )


def media_keys() -> Iterator[Finding]:
    """Whether media keys can reach a session: by the session bus, on Linux."""
    from voiceguide.player.commands.mpris import session_bus  # noqa: PLC0415 (as above)

    thing = "media keys"
    if sys.platform != "linux":
        yield wrong(thing, problem("media-keys-elsewhere"))
    elif find_spec("dbus_fast") is None:
        yield wrong(thing, problem("extra-missing", package="dbus-fast", extra="media-keys"))
    elif (address := session_bus()) is None:
        yield wrong(thing, problem("no-session-bus"))
    else:
        yield asyncio.run(_bus(thing, address))


async def _bus(thing: str, address: str) -> Finding:
    from dbus_fast import AuthError, DBusFastError, InvalidAddressError  # noqa: PLC0415 (an extra)
    from dbus_fast.aio import MessageBus  # noqa: PLC0415 (as above)

    try:
        bus = await asyncio.wait_for(MessageBus(bus_address=address).connect(), _BUS_WITHIN_S)
    except (OSError, EOFError, TimeoutError, AuthError, DBusFastError, InvalidAddressError) as error:
        return wrong(thing, problem("session-bus-silent", reason=str(error) or "it does not answer"))
    bus.disconnect()
    return Finding(thing, works=True, told="by the session bus")


def folders() -> Iterator[Finding]:
    """The user's folders: whether they can be written, and how much is in them."""
    from voiceguide.files import user_folders  # noqa: PLC0415 (as above)

    found = user_folders()
    for thing, path, lost in (
        ("cache folder", found.cache, "until then speech is made anew every time"),
        ("config folder", found.config, "until then no options can be set there"),
        ("data folder", found.data, "until then no history is kept"),
    ):
        try:
            yield _folder(thing, path)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            kind = "folder-full" if error.errno in _FULL else "folder-unwritable"
            yield wrong(thing, problem(kind, path=path, reason=reason, lost=lost))


def _folder(thing: str, path: Path) -> Finding:
    """A folder that can be written to, or made; raises OSError."""
    if path.exists():
        sizes = [file.stat().st_size for file in path.rglob("*") if file.is_file()]
        _write(path)
        told = f"{path}, {sum(sizes) / 1e6:.1f} MB"
        return Finding(thing, works=True, told=told, details={"path": str(path), "bytes": sum(sizes)})
    above = next(folder for folder in path.absolute().parents if folder.exists())
    # A folder that is not there yet is not made for a trial.
    _write(above)
    told = f"{path}, made when it is needed"
    return Finding(thing, works=True, told=told, details={"path": str(path), "bytes": 0})


def _write(folder: Path) -> None:
    """Write a few kilobytes to the disk and remove them; raises OSError."""
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        left = _WRITTEN
        while left:
            left -= file.write(bytes(left))
        # Some file systems look for room only now.
        os.fsync(file.fileno())
