"""`voiceguide batch`: a plan with a row a listener becomes a folder of files, and goes on where it was stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .support import BROKEN, HELLO, TONES, bitrate_and_seconds, files, spoken

if TYPE_CHECKING:
    from tests.conftest import User

PATIENCE_S = 60.0


def plan(user: User, *rows: str) -> None:
    """A plan with a script of each kind beside it."""
    for name, script in (("tones", TONES), ("hello", HELLO), ("broken", BROKEN)):
        user.write(f"{name}.yaml", script)
    user.write("plan.csv", "\n".join(rows))


def batch(user: User, *options: str) -> tuple[int, str, str]:
    """Run the plan into the folder `out`."""
    outcome = user.run("batch", "plan.csv", "-o", "out", "--no-safety", *options)
    return outcome.code, outcome.out, outcome.err


def times(user: User) -> dict[str, int]:
    return {name: (user.folder / "out" / name).stat().st_mtime_ns for name in files(user, "out")}


def test_each_row_becomes_a_file_called_after_its_number_its_listener_and_its_routine(user: User) -> None:
    plan(user, "routine,name,file", "tones.yaml,,", "hello.yaml,Anna Maria,", "tones.yaml,Ben,ben/first")
    assert batch(user) == (0, "3 rows: 3 rendered\n", "")
    assert files(user, "out") == ["0001-tones.mp3", "0002-Anna-Maria-hello.mp3", "ben/first.mp3"]


def test_each_row_has_its_own_options_and_the_command_those_for_rows_that_say_nothing(user: User) -> None:
    plan(user, "routine,dose,bitrate,file", "tones.yaml,100,,a", "tones.yaml,,96,b.mp3", "tones.yaml,0%,32,c")
    assert batch(user, "--dose", "50", "--bitrate", "48")[0] == 0
    found = [bitrate_and_seconds(user.folder / "out" / f"{name}.mp3") for name in "abc"]
    assert [bitrate for bitrate, _ in found] == [48_000, 96_000, 32_000]
    first, second, third = (round(seconds) for _, seconds in found)
    assert (first - second, second - third) == (1, 1)


def test_each_listener_is_called_by_name_and_nobody_by_the_name_in_the_configuration(user: User) -> None:
    plan(user, "routine,name", "hello.yaml,Anna", "hello.yaml,", 'hello.yaml,"=HYPERLINK(""{side}"")"')
    user.configure("name: Doctor Who\n")
    assert batch(user)[0] == 0
    assert [spoken(user.folder / "out" / name) for name in files(user, "out")] == [
        "Hello Anna, lie down.",
        "Hello, lie down.",
        'Hello =HYPERLINK("side"), lie down.',
    ]


def test_the_configuration_of_batch_counts(user: User) -> None:
    plan(user, "routine,file", "tones.yaml,a")
    user.configure("batch: {bitrate: 32}\nrender: {bitrate: 96}\n")
    assert batch(user)[0] == 0
    assert bitrate_and_seconds(user.folder / "out" / "a.mp3")[0] == 32_000


def test_a_row_that_fails_keeps_no_other_from_being_rendered_and_is_told_at_the_end(user: User) -> None:
    plan(
        user,
        "name,routine,avoid",
        "Anna,broken.yaml,",
        "Ben,tones.yaml,",
        "Cleo,neck-reset,neck",
        "Dora,tones.yaml,",
    )
    code, out, err = batch(user)
    assert (code, out) == (1, "4 rows: 2 rendered, 2 failed\n")
    assert err == (
        "plan.csv:2:1: error: out/0001-Anna-broken.mp3 was not rendered\n"
        "   2 | Anna,broken.yaml,\n"
        "     | ^^^^^^^^^^^^^^^^^\n"
        "broken.yaml:3:12: error: there is no sound 'bel'\n"
        "   3 |   - sound: bel\n"
        "     |            ^^^\n"
        "   hint: did you mean 'bell'?\n"
        "plan.csv:4:1: error: out/0003-Cleo-neck-reset.mp3 was not rendered\n"
        "   4 | Cleo,neck-reset,neck\n"
        "     | ^^^^^^^^^^^^^^^^^^^^\n"
        "error: every exercise of 'Neck reset' is left out (neck)\n"
        "   hint: avoid less, or choose another routine\n"
    )
    assert files(user, "out") == ["0002-Ben-tones.mp3", "0004-Dora-tones.mp3"]


def test_the_exit_code_is_that_of_the_first_row_that_failed(user: User) -> None:
    plan(user, "routine,avoid", "tones.yaml,", "neck-reset,neck", "broken.yaml,")
    assert batch(user)[0] == 2


def test_a_warning_that_rows_share_is_told_once(user: User) -> None:
    plan(user, "routine", "long.yaml", "long.yaml")
    user.write("long.yaml", "title: Long\nsteps:\n  - bridge: 6m\n")
    code, _, err = batch(user, "--talk", "tones")
    assert (code, err.count("warning: a hold of 6m is longer than 5 minutes")) == (0, 1)


def test_called_again_it_renders_only_what_is_not_there(user: User) -> None:
    plan(user, "routine,file", "tones.yaml,a", "broken.yaml,b", "hello.yaml,c")
    batch(user)
    before = times(user)
    user.write("broken.yaml", TONES)
    assert batch(user) == (0, "3 rows: 1 rendered, 2 already there\n", "")
    after = times(user)
    assert {name: after[name] for name in before} == before
    assert batch(user) == (0, "3 rows: 3 already there\n", "")


def test_again_renders_all(user: User) -> None:
    plan(user, "routine", "tones.yaml")
    batch(user)
    assert batch(user, "--again")[1] == "1 row: 1 rendered\n"


def many(user: User) -> None:
    plan(user, "routine,name", *(f"hello.yaml,Listener {number}" for number in range(200)))


def until_some_are_there(user: User) -> None:
    until = time.monotonic() + PATIENCE_S
    while len(list((user.folder / "out").glob("0*.mp3"))) < 3 and time.monotonic() < until:
        time.sleep(0.02)


def here(user: User) -> set[int]:
    """The processes that run in the user's folder."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve() == user.folder and "zombie" not in (
                process / "status"
            ).read_text():
                found.add(int(process.name))
        except OSError:
            continue
    return found - {os.getpid()}


def until_there_is_none(user: User) -> None:
    """The last to end is what tracks the resources of the others."""
    until = time.monotonic() + PATIENCE_S
    while here(user) and time.monotonic() < until:
        time.sleep(0.02)


def until_there_are(user: User, processes: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while len(here(user)) < processes and time.monotonic() < until:
        time.sleep(0.001)


def assert_nothing_is_half_done(user: User) -> None:
    """Every file is a whole one; what a worker could not put away, ended as it began a file, the next run does."""
    user.write("plan.csv", "routine,name\nhello.yaml,Listener 0\n")
    batch(user, "--again")
    assert all(name.endswith(".mp3") and name.startswith("0") for name in files(user, "out"))


def test_after_ctrl_c_it_goes_on_where_it_stopped_and_nothing_is_left_half_done(user: User) -> None:
    many(user)
    process = user.start("batch", "plan.csv", "-o", "out", "--no-safety")
    until_some_are_there(user)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, err) == (130, "stopped\n")
    assert "rendered" in out
    assert "left to do" in out
    done = [name for name in files(user, "out") if name.endswith(".mp3")]
    until_there_is_none(user)
    assert here(user) == set()
    user.write("plan.csv", "\n".join((user.folder / "plan.csv").read_text().splitlines()[: len(done) + 3]))
    code, said, _ = batch(user)
    assert code == 0
    assert "already there" in said
    assert_nothing_is_half_done(user)


@pytest.mark.skipif(not Path("/proc").exists(), reason="it looks for processes where Linux lists them")
@pytest.mark.parametrize("moment", ["while it starts its workers", "while they render"])
def test_when_its_terminal_is_closed_nothing_is_left_half_done(user: User, moment: str) -> None:
    """Every process of the group is told so, the workers and what tracks their resources too."""
    many(user)
    process = subprocess.Popen(
        [sys.executable, "-m", "voiceguide", "batch", "plan.csv", "-o", "out", "--no-safety", "--jobs", "2"],
        cwd=user.folder,
        env=user.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    if moment == "while they render":
        until_some_are_there(user)
    else:
        until_there_are(user, 2)
    os.killpg(process.pid, signal.SIGHUP)
    out, err = process.communicate()
    assert (process.returncode, err) == (128 + signal.SIGHUP, "")
    assert "left to do" in out
    until_there_is_none(user)
    assert here(user) == set()
    assert_nothing_is_half_done(user)


@pytest.mark.skipif(not Path("/proc").exists(), reason="it looks for processes where Linux lists them")
def test_killed_it_leaves_no_worker_behind_and_goes_on_where_it_stopped(user: User) -> None:
    many(user)
    process = user.start("batch", "plan.csv", "-o", "out", "--no-safety")
    until_some_are_there(user)
    process.kill()
    process.communicate()
    until_there_is_none(user)
    assert here(user) == set()
    user.write("plan.csv", "\n".join((user.folder / "plan.csv").read_text().splitlines()[:4]))
    code, said, _ = batch(user)
    assert (code, "already there" in said) == (0, True)


def test_of_rows_that_fail_for_one_reason_the_first_is_told_whole_and_the_lines_of_the_others(
    user: User,
) -> None:
    plan(user, "routine,name", *["broken.yaml,Anna"] * 12, "tones.yaml,", "broken.yaml,Ben")
    code, out, err = batch(user)
    assert (code, out) == (1, "14 rows: 1 rendered, 13 failed\n")
    assert err.count("was not rendered") == err.count("did you mean 'bell'?") == 1
    assert err.endswith(
        "error: not rendered for the same reason: 12 more, lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …\n"
    )
