"""`scripts/bench render` does not let anything win by writing nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.contest import Row
from benchmarks.heard import RATE, UnheardError, check
from benchmarks.processes import FailedError, run
from benchmarks.render import COLD, LONG, OVERLAY, SPARSE, WARM, targets
from benchmarks.workloads import Maker, WorkloadError
from voiceguide.audio.wav import frames, open_wav

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHECKOUT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).parent / "voiceguide"
CUES = [{"start_ms": 1_000, "end_ms": 1_500}, {"start_ms": 3_000, "end_ms": 3_200}]


def written(path: Path, *sounds: tuple[int, int], duration_ms: int = 5_000) -> Path:
    """A WAV file with a sound in each stretch of ms."""
    samples: NDArray[np.int16] = np.zeros(duration_ms * RATE // 1000, np.int16)
    for start, end in sounds:
        samples[start * RATE // 1000 : end * RATE // 1000] = 8_000
    with path.open("wb") as file, open_wav(file, 1) as writer:
        writer.writeframes(frames(samples))
    return path


def test_what_is_heard_when_it_should_be_passes(tmp_path: Path) -> None:
    check(written(tmp_path / "x.wav", (1_000, 1_500), (3_010, 3_200)), CUES, 5_000, late_ms=15, length_ms=1)


@pytest.mark.parametrize(
    ("sounds", "duration_ms", "message"),
    [
        ([], 5_000, "cue 0 is not heard from 1000 ms on"),
        ([(1_000, 1_500)], 5_000, "cue 1 is not heard from 3000 ms on"),
        ([(1_000, 1_500), (3_020, 3_200)], 5_000, "cue 1 is not heard from 3000 ms on"),
        ([(1_000, 1_500), (2_900, 3_200)], 5_000, "something is heard before cue 1 at 3000 ms"),
        ([(1_000, 1_500), (3_000, 3_200)], 4_900, "lasts 4900 ms, not 5000"),
    ],
    ids=["silence", "a cue is missing", "late", "early", "too short"],
)
def test_what_is_not_does_not(
    tmp_path: Path, sounds: list[tuple[int, int]], duration_ms: int, message: str
) -> None:
    path = written(tmp_path / "x.wav", *sounds, duration_ms=duration_ms)
    with pytest.raises(UnheardError, match=message):
        check(path, CUES, 5_000, late_ms=15, length_ms=1)


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    folder = tmp_path_factory.mktemp("workloads")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_CACHE_HOME": f"{folder}/cache"}
    return Maker(COMMAND, environment, folder, CHECKOUT / "audio")


def test_a_workload_has_the_length_and_the_cues_that_were_asked_for(maker: Maker) -> None:
    workload = maker.make("small", minutes=4, cues=45, exercises=2, phrases=20)
    assert str(workload) == "4 minutes, 45 cues: 37 spoken of 20 distinct phrases, 8 tones"
    assert len(workload.cues) == 45
    assert abs(workload.duration_ms - 240_000) <= 1_000


def test_a_workload_that_does_not_come_out_as_asked_for_is_refused(maker: Maker) -> None:
    with pytest.raises(WorkloadError, match="wanted 4 minutes, 45 cues, 7 phrases"):
        maker.make("refused", minutes=4, cues=45, exercises=2, phrases=7)


@pytest.mark.parametrize(("options", "late_ms"), [([], 100), (["--append"], 500)], ids=["overlay", "+="])
def test_the_naive_script_writes_the_same_narration(
    maker: Maker, tmp_path: Path, options: list[str], late_ms: int
) -> None:
    workload = maker.make("narration", minutes=3, cues=30, exercises=1)
    cues, output = tmp_path / "cues.json", tmp_path / "out.mp3"
    cues.write_text(json.dumps({"duration_ms": workload.duration_ms, "cues": workload.cues}))
    subprocess.run(
        [sys.executable, "-m", "benchmarks.naive", cues, output, *options],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    check(output, workload.cues, workload.duration_ms, late_ms=late_ms, length_ms=500)


def test_a_contestant_that_fails_stops_the_contest_with_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match=r"code 3\nno room"):
        run(
            (sys.executable, "-c", "import sys; print('no room', file=sys.stderr); sys.exit(3)"), {}, tmp_path
        )


def test_memory_is_that_of_a_process_and_of_those_it_has_started(tmp_path: Path) -> None:
    large = "import time; all = bytes(range(256)) * 200_000; time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {large!r}], check=True)"
    done = run((sys.executable, "-c", parent), {}, tmp_path, watch_every_s=0.02)
    assert done.megabytes is not None
    assert 60 < done.megabytes < 110


def test_a_ratio_is_of_medians_and_is_met_or_not() -> None:
    rows = [
        Row(SPARSE, OVERLAY, (20.0, 18.0, 90.0), 300),
        Row(SPARSE, COLD, (1.0, 1.0, 7.0), 90),
        Row(SPARSE, WARM, (0.4, 0.4, 0.3), 160),
        Row(LONG, COLD, (1.2,), 100),
    ]
    assert [(one.what, one.value, one.limit, one.met) for one in targets(rows)] == [
        ("20 minutes, cold, faster than overlay", 20.0, 20, True),
        ("20 minutes, warm, faster than overlay", 50.0, 60, False),
        ("voiceguide's memory at most", 160, 150, False),
    ]
