"""An engine at arm's length: whatever it does, it does in a process of its own, and that ends when it should."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.speech.odd_engine import install_odd_engine
from voiceguide.errors import Problem, RequestError, SpeechError
from voiceguide.speech.apart import ApartEngine
from voiceguide.speech.children import CHANCES, MANY
from voiceguide.speech.engine import VoiceInfo, choose_voice
from voiceguide.speech.engines import load_engine, open_engine
from voiceguide.speech.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ANN = VoiceInfo("ann", "Ann", ("en",))
linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
HINT = "`--fallback tones` puts tones in place of what is not spoken"


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ApartEngine]]:
    """Opens the engine that a test makes up; the patience is for what it speaks."""
    opened: list[ApartEngine] = []

    def open_odd(
        speak: str = "pass", *, patience_s: float = 60.0, opens_within_s: float = 60.0, **bodies: str
    ) -> ApartEngine:
        monkeypatch.syspath_prepend(install_odd_engine(tmp_path, speak, **bodies))
        engine = ApartEngine("odd", patience_s=opens_within_s)
        engine._patience_s = patience_s
        opened.append(engine)
        return engine

    yield open_odd
    for engine in opened:
        engine.close()


def alive(marker: Path) -> bool:
    """Whether the process is there whose number is in the file."""
    try:
        state = Path(f"/proc/{int(marker.read_text())}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def ends(marker: Path) -> bool:
    """Whether the process is gone, soon."""
    until = time.monotonic() + 30
    while alive(marker) and time.monotonic() < until:
        time.sleep(0.01)
    return not alive(marker)


def appears(path: Path) -> None:
    while not path.exists() or not path.read_text():
        time.sleep(0.01)


def noted(marker: Path, then: str) -> str:
    """A body that writes its process's number to a file first."""
    return f"open({str(marker)!r}, 'w').write(str(os.getpid()))\n{then}"


def failure(engine: ApartEngine, text: str = "three") -> Problem:
    with pytest.raises(SpeechError) as raised:
        engine.synthesize(text, ANN, 150)
    (problem,) = raised.value.problems
    return problem


def test_it_tells_of_itself_and_speaks(odd: Callable[..., ApartEngine]) -> None:
    engine = odd("return self.sound(0.5)")
    assert (engine.name, engine.identity, engine.default_rate) == ("odd", "odd 1", 140)
    assert choose_voice(engine, None, "de") == VoiceInfo("eva", "Eva", ("de",))
    assert choose_voice(engine, "secret", "en") == VoiceInfo("secret", "secret", ())
    pcm = engine.synthesize("three", ANN, 150)
    assert (pcm.rate, len(pcm.samples), str(pcm.samples.dtype)) == (16_000, 8_000, "int16")


def test_it_is_given_text_voice_and_rate(odd: Callable[..., ApartEngine]) -> None:
    engine = odd("raise ValueError(repr((text, voice, rate)))")
    assert failure(engine, "ä\udc80 \u200f\U0001f9d8").message.endswith(
        "ValueError: ('ä\\udc80 \\u200f🧘', "
        "VoiceInfo(id='ann', name='Ann', languages=('en',), gender=None, fingerprint=''), 150)"
    )


def test_our_own_engine_speaks_in_another_process_as_it_does_in_this_one() -> None:
    apart, here = open_engine("pyttsx3"), load_engine("pyttsx3")
    voice = choose_voice(here, None, "en")
    assert (apart.name, apart.identity, apart.voices()) == (here.name, here.identity, here.voices())
    spoken = [engine.synthesize("Halfway there.", voice, 150) for engine in (apart, here)]
    assert spoken[0].rate == spoken[1].rate
    assert abs(len(spoken[0].samples) - len(spoken[1].samples)) < 100
    apart.close()


def test_our_own_engine_needs_no_process_before_it_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    engine = open_engine("pyttsx3")
    assert choose_voice(engine, None, "en").id
    assert engine.identity
    assert engine.default_rate
    engine.close()


def test_the_process_that_speaks_with_espeak_needs_no_numpy() -> None:
    program = (
        "import sys\n"
        "from voiceguide.speech.engine import choose_voice\n"
        "from voiceguide.speech.engines import load_engine\n"
        "import voiceguide.speech.worker\n"
        "engine = load_engine('pyttsx3')\n"
        "assert engine.synthesize_bytes('three', choose_voice(engine, None, 'en'), 150).data\n"
        "print({'numpy', 'multiprocessing', 'importlib.metadata', 'click'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_one_that_hangs_is_named_with_its_phrase(odd: Callable[..., ApartEngine]) -> None:
    engine = odd("if text == 'three': time.sleep(1e6)", patience_s=1.0)
    assert failure(engine) == Problem(
        "engine-hangs", "the speech engine 'odd' has not spoken 'three' within 2 seconds", hint=HINT
    )


def test_a_long_text_may_take_longer(odd: Callable[..., ApartEngine]) -> None:
    told = failure(odd("time.sleep(1e6)", patience_s=1.0), "hold " * 2).message
    assert told == "the speech engine 'odd' has not spoken 'hold hold ' within 2 seconds"


@pytest.mark.parametrize(
    ("speak", "how"),
    [
        ("os.abort()", "SIGABRT"),
        ("ctypes.string_at(0)", "SIGSEGV"),
        ("os.kill(os.getpid(), 9)", "SIGKILL"),
        ("os._exit(3)", "exit code 3"),
        ("sys.exit(3)", "exit code 3"),
        ("os.write(2, b'free(): invalid pointer\\n'); os.abort()", "SIGABRT: free(): invalid pointer"),
        ("print('no licence', flush=True); os._exit(1)", "exit code 1: no licence"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="ends by signals")
def test_one_that_crashes_is_named_with_its_phrase_and_its_end(
    odd: Callable[..., ApartEngine], speak: str, how: str
) -> None:
    assert failure(odd(speak)) == Problem(
        "engine-crashed", f"the speech engine 'odd' crashed at 'three' ({how})", hint=HINT
    )


@pytest.mark.parametrize(
    ("speak", "reason"),
    [
        ("raise ValueError('not today')", "ValueError: not today"),
        ("raise MemoryError", "MemoryError"),
        ("raise OSError(2, 'gone\\nand more')", "FileNotFoundError: [Errno 2] gone"),
        ("return Pcm(np.zeros(0, dtype=np.int16), 16_000)", "it gave no samples"),
        ("return None", "AttributeError: 'NoneType' object has no attribute 'samples'"),
        ("return Pcm(np.zeros(9, dtype=np.float32), 16_000)", "ValueError: its samples are not 16-bit mono"),
        (
            "return Pcm(np.zeros((9, 2), dtype=np.int16), 16_000)",
            "ValueError: its samples are not 16-bit mono",
        ),
        ("return Pcm(np.ones(9, dtype=np.int16), 0)", "ValueError: its samples are at 0 Hz"),
    ],
)
def test_one_that_gives_no_speech_says_why(odd: Callable[..., ApartEngine], speak: str, reason: str) -> None:
    assert failure(odd(speak)) == Problem(
        "speech-failed", f"the speech engine 'odd' did not speak 'three': {reason}"
    )


def test_one_that_gives_silence_makes_no_sound(odd: Callable[..., ApartEngine]) -> None:
    engine = odd("return Pcm(np.zeros(16_000, dtype=np.int16), 16_000)")
    with pytest.raises(SpeechError) as raised:
        Speaker(engine, ANN, 150, None).clip("three")
    assert raised.value.problems == (
        Problem("silent-text", "the voice 'ann' makes no sound for 'three'", hint="write it in words"),
    )


def test_what_it_raises_of_ours_comes_out_as_it_is(odd: Callable[..., ApartEngine]) -> None:
    engine = odd(
        "from voiceguide.errors import Problem, RequestError\n"
        "raise RequestError(Problem('unknown-voice', 'there is no voice like that', hint='try another'))"
    )
    with pytest.raises(RequestError) as raised:
        engine.synthesize("three", ANN, 150)
    assert raised.value.problems == (
        Problem("unknown-voice", "there is no voice like that", hint="try another"),
    )


def test_after_a_failure_that_is_told_it_goes_on(odd: Callable[..., ApartEngine]) -> None:
    engine = odd("if text == 'three': raise ValueError")
    failure(engine)
    assert len(engine.synthesize("two", ANN, 150).samples)


def test_after_a_crash_it_has_one_more_process_and_then_no_other(
    odd: Callable[..., ApartEngine], tmp_path: Path
) -> None:
    started = tmp_path / "started"
    engine = odd(
        "if text == 'three': os.abort()", opening=f"with open({str(started)!r}, 'a') as file: file.write('.')"
    )
    failure(engine)
    assert len(engine.synthesize("two", ANN, 150).samples)
    failure(engine)
    assert failure(engine, "two") == Problem(
        "engine-failed", "the speech engine 'odd' does not start: it failed 2 times"
    )
    assert len(started.read_text()) == CHANCES


@pytest.mark.parametrize(
    ("opening", "within_s", "reason"),
    [
        ("raise ImportError('no libodd.so')", 60.0, "ImportError: no libodd.so"),
        ("os._exit(4)", 60.0, "it crashed (exit code 4)"),
        ("time.sleep(1e6)", 1.0, "it has not answered within 1 seconds"),
        ("return None", 60.0, "AttributeError: 'NoneType' object has no attribute 'name'"),
    ],
)
def test_one_that_does_not_open_says_why(
    odd: Callable[..., ApartEngine], opening: str, within_s: float, reason: str
) -> None:
    with pytest.raises(SpeechError) as raised:
        odd(opening=opening, opens_within_s=within_s)
    assert raised.value.problems == (
        Problem("engine-failed", f"the speech engine 'odd' does not start: {reason}"),
    )


def test_what_it_prints_and_reads_does_not_disturb(
    odd: Callable[..., ApartEngine], capfd: pytest.CaptureFixture[str]
) -> None:
    engine = odd(
        "print('hello'); os.write(1, b'{}\\n'); print('oops', file=sys.stderr); assert sys.stdin.read() == ''"
    )
    assert len(engine.synthesize("three", ANN, 150).samples) == 16_000
    assert capfd.readouterr() == ("", "")


def test_it_leaves_no_temporary_files(
    odd: Callable[..., ApartEngine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    engine = odd("import tempfile; tempfile.mkdtemp(); os.abort()")
    assert failure(engine).kind == "engine-crashed"
    engine.close()
    assert list(folder.iterdir()) == []


@linux
@pytest.mark.parametrize(
    "speak", ["pass", "os.abort()", "time.sleep(1e6)", "ctypes.PyDLL(None).sleep(10 ** 6)"]
)
def test_nothing_of_it_is_left_when_it_is_closed(
    odd: Callable[..., ApartEngine], tmp_path: Path, speak: str
) -> None:
    """Even where it holds the interpreter and no thread of ours can run in it; nor a program that it has started."""
    marker, program = tmp_path / "marker", tmp_path / "program"
    engine = odd(
        noted(
            marker,
            f"open({str(program)!r}, 'w').write(str(subprocess.Popen(['sleep', '1000']).pid))\n{speak}",
        ),
        patience_s=1.0,
    )
    if speak == "pass":
        engine.synthesize("three", ANN, 150)
    else:
        failure(engine)
    engine.close()
    assert not alive(marker)
    assert ends(program)


@linux
@pytest.mark.parametrize("speak", ["pass", "time.sleep(1e6)", "ctypes.PyDLL(None).sleep(10 ** 6)"])
def test_it_ends_with_a_parent_that_is_killed(tmp_path: Path, speak: str) -> None:
    marker = tmp_path / "marker"
    site = install_odd_engine(tmp_path, noted(marker, speak))
    program = (
        "import sys, time\n"
        f"sys.path.insert(0, {str(site)!r})\n"
        "from voiceguide.speech.apart import ApartEngine\n"
        "engine = ApartEngine('odd')\n"
        "engine._patience_s = 2.0\n"
        "engine.synthesize('o', engine.voices()[0], 150)\n"
        "time.sleep(1000)"
    )
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen([sys.executable, "-c", program], env=environment) as parent:
        appears(marker)
        assert alive(marker)
        parent.kill()
    assert ends(marker)
    # Where no thread of ours runs, nobody is left who could remove its folder.
    assert "PyDLL" in speak or list(temporary.iterdir()) == []


@linux
def test_it_closes_its_engine_before_it_ends(odd: Callable[..., ApartEngine], tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    engine = odd(close=noted(closed, "pass"))
    engine.close()
    assert closed.exists()


@linux
def test_ctrl_c_at_the_terminal_does_not_reach_it(odd: Callable[..., ApartEngine], tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    engine = odd(noted(marker, "pass"))
    engine.synthesize("three", ANN, 150)
    child = int(marker.read_text())
    assert os.getpgid(child) != os.getpgrp()
    os.kill(child, signal.SIGINT)
    assert len(engine.synthesize("two", ANN, 150).samples)


def test_one_phrase_asked_for_by_several_threads_is_spoken_once(
    odd: Callable[..., ApartEngine], tmp_path: Path
) -> None:
    spoken = tmp_path / "spoken"
    engine = odd(f"with open({str(spoken)!r}, 'a') as file: file.write(text + ' ')\ntime.sleep(0.05)")
    speaker = Speaker(engine, ANN, 150, None)
    clips = []
    threads = [Thread(target=lambda: clips.append(speaker.clip("three"))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (spoken.read_text(), len(clips), len({id(clip) for clip in clips})) == ("three ", 5, 1)


def test_a_session_of_few_phrases_is_spoken_by_one_process(
    odd: Callable[..., ApartEngine], tmp_path: Path
) -> None:
    """In the order of the session: an engine's next phrase may depend on what it spoke before."""
    spoken = tmp_path / "spoken"
    engine = odd(f"with open({str(spoken)!r}, 'a') as file: print(text, os.getpid(), file=file)")
    phrases = [f"{number}" for number in range(MANY - 1)]
    Speaker(engine, ANN, 150, None).lengths(phrases)
    lines = [line.split() for line in spoken.read_text().splitlines()]
    assert [text for text, _ in lines] == phrases
    assert len({process for _, process in lines}) == 1


@linux
def test_many_phrases_are_spoken_by_as_many_processes_as_there_are_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = tmp_path / "spoken"
    speak = f"with open({str(spoken)!r}, 'a') as file: print(text, os.getpid(), file=file)\ntime.sleep(0.01)"
    monkeypatch.syspath_prepend(install_odd_engine(tmp_path, f"{speak}\nreturn self.sound(0.1)"))
    engine = ApartEngine("odd", cores=3)
    phrases = [f"{number}" for number in range(MANY)]
    speaker = Speaker(engine, ANN, 150, None)
    progress: list[tuple[int, int]] = []
    lengths = speaker.lengths(phrases, lambda done, of: progress.append((done, of)))
    lines = [line.split() for line in spoken.read_text().splitlines()]
    assert sorted(int(text) for text, _ in lines) == list(range(MANY))
    processes = {process for _, process in lines}
    assert len(processes) == 3
    assert list(lengths) == phrases
    assert progress == [(number + 1, MANY) for number in range(MANY)]
    # And when that is done, one is left.
    assert len([number for number in processes if Path(f"/proc/{number}").exists()]) == 1
    engine.close()


def test_of_many_phrases_the_first_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak = "if text == '7': time.sleep(0.3)\nif int(text) >= 7: raise ValueError\nreturn self.sound(0.1)"
    monkeypatch.syspath_prepend(install_odd_engine(tmp_path, speak))
    engine = ApartEngine("odd", cores=3)
    with pytest.raises(SpeechError) as raised:
        Speaker(engine, ANN, 150, None).lengths([f"{number}" for number in range(MANY)])
    assert raised.value.problems[0].message == "the speech engine 'odd' did not speak '7': ValueError"
    engine.close()


def test_whoever_waits_is_told_when_it_is_interrupted(
    odd: Callable[..., ApartEngine], tmp_path: Path
) -> None:
    marker = tmp_path / "marker"
    engine = odd(noted(marker, "time.sleep(1e6)"))
    told: list[Problem] = []
    thread = Thread(target=lambda: told.append(failure(engine)))
    thread.start()
    appears(marker)
    engine.close()
    thread.join()
    assert [problem.kind for problem in told] == ["engine-crashed"]
