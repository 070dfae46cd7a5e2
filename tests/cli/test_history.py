"""`voiceguide history`: the sessions that were done, the weeks, the streak."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.problems import columns
from voiceguide.files import user_folders
from voiceguide.history import FILE_NAME, History
from voiceguide.practice import Entry, to_line

from .support import QUICK

if TYPE_CHECKING:
    from tests.conftest import User

WINTER = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 25, 19, 30, tzinfo=WINTER)
"""A Wednesday, as the tests' commands are told it."""
EVENING = Entry(NOW, "evening", "Evening low-back unwind", dose=50, played_ms=754_000, finished=True)
EMPTY = "No session yet: `voiceguide play evening` begins one, `voiceguide list` shows the routines.\n"


def ago(entry: Entry = EVENING, *, days: float) -> Entry:
    """The same session so many days ago."""
    return replace(entry, began=NOW - timedelta(days=days))


def keep(*entries: Entry) -> None:
    """Make these the user's history."""
    folder = user_folders().data
    folder.mkdir(parents=True)
    lines = [to_line(str(number), entry) for number, entry in enumerate(entries)]
    (folder / FILE_NAME).write_text("".join(lines))


BROKEN_OFF = replace(
    ago(days=0.1), routine="neck-reset", dose=None, played_ms=61_000, finished=False, stopped_in="Chin tuck", stopped_at_ms=73_000, chapter=2
)  # fmt: skip


def test_before_the_first_session_it_says_how_to_begin(user: User) -> None:
    outcome = user.run("history")
    assert (outcome.code, outcome.out, outcome.err) == (0, EMPTY, "")


def test_sessions_weeks_and_the_streak(user: User) -> None:
    keep(
        ago(days=14),
        ago(days=2),
        replace(ago(days=1), routine="morning", dose=0, played_ms=1_830_000),
        BROKEN_OFF,
    )
    outcome = user.run("history")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "date                  routine     dose  minutes  how it ended\n"
        "Wed 2026-11-25 17:06  neck-reset            1.0  stopped at 1:13 in Chin tuck\n"
        "Tue 2026-11-24 19:30  morning      0 %     30.5  finished\n"
        "Mon 2026-11-23 19:30  evening     50 %     12.6  finished\n"
        "Wed 2026-11-11 19:30  evening     50 %     12.6  finished\n"
        "\n"
        "Minutes in the week from\n"
        "2026-11-09    13 min  █████\n"
        "2026-11-16     0 min\n"
        "2026-11-23    44 min  █████████████████\n"
        "\n"
        "3 days in a row, with today.\n"
        "4 sessions in all.\n"
        "`voiceguide play neck-reset --resume` goes on with Chin tuck.\n"
    )


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([0], "1 day in a row, with today."),
        ([0, 1, 5, 6, 7], "2 days in a row, with today. The longest streak was 3 days."),
        ([1, 2], "2 days in a row up to yesterday: today would be number 3."),
        ([2, 3], "No streak now. The longest streak was 2 days."),
    ],
)
def test_the_streak_in_words(user: User, days: list[int], told: str) -> None:
    keep(*(ago(days=count) for count in reversed(days)))
    assert user.run("history").out.splitlines()[-2] == told


def test_a_first_session_that_was_hardly_one(user: User) -> None:
    keep(replace(EVENING, played_ms=4_000, finished=False))
    assert user.run("history").out.splitlines()[-2:] == ["No day of practice yet.", "1 session in all."]


def test_ten_are_shown_unless_all_are_asked_for(user: User) -> None:
    keep(*(ago(days=count) for count in range(12, 0, -1)))
    shown, everything = user.run("history").out, user.run("history", "--all").out
    assert (shown.count("finished"), everything.count("finished")) == (10, 12)
    assert "12 sessions in all, `--all` shows them.\n" in shown
    assert "12 sessions in all.\n" in everything
    assert "2026-11-24 19:30" in shown.splitlines()[1]


def test_json_for_programs(user: User) -> None:
    keep(ago(days=7), BROKEN_OFF)
    outcome = user.run("history", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    data = json.loads(outcome.out)
    assert list(data) == ["sessions", "weeks", "streak", "count"]
    assert data["sessions"][1] == {
        "began": "2026-11-25T17:06:00+01:00",
        "routine": "neck-reset",
        "title": "Evening low-back unwind",
        "dose": None,
        "played_ms": 61_000,
        "finished": False,
        "stopped_in": "Chin tuck",
        "stopped_at_ms": 73_000,
        "chapter": 2,
        "file": None,
        "programme": None,
        "day": None,
        "fingerprint": None,
        "minutes": 1.0,
    }
    assert len(data["weeks"]) == 12
    assert data["weeks"][-1] == {"week": "2026-W48", "begins": "2026-11-23", "minutes": 1, "sessions": 1}
    assert data["streak"] == {"days": 1, "longest": 1, "today": True}
    assert data["count"] == 2


def test_json_of_nothing(user: User) -> None:
    data = json.loads(user.run("history", "--json").out)
    assert (data["sessions"], data["count"]) == ([], 0)


def test_plain_has_the_numbers_without_bars(user: User) -> None:
    keep(EVENING)
    told = user.run("history", "--plain").out
    assert "\n2026-11-23    13 min\n" in told
    user.configure("plain: true\n")
    assert user.run("history").out == told


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_bars_of_plain_characters_where_that_is_asked_for(
    user: User, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    keep(EVENING)
    monkeypatch.setenv(name, value)
    assert "\n2026-11-23    13 min  #################\n" in user.run("history").out


def test_bars_of_plain_characters_where_the_encoding_has_no_others(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(ago(days=7), replace(EVENING, played_ms=60_000))
    written = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", written)
    user.run("history")
    written.seek(0)
    assert written.read().splitlines()[5:7] == [
        "2026-11-16    13 min  #################",
        "2026-11-23     1 min  #",
    ]


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(user: User, width: int) -> None:
    keep(*(replace(ago(days=count), title="A title") for count in range(9, 0, -1)), BROKEN_OFF)
    launch = f"""
from datetime import datetime
from voiceguide.cli import run
run(["history"], now=lambda: datetime.fromisoformat("{NOW.isoformat()}"))
"""
    lines = user.terminal(columns=width, launch=launch).lines
    assert [line for line in lines if columns(line) > width] == []
    assert max(line.count("█") for line in lines) == width - 23


def test_a_file_that_is_not_found_by_name_is_resumed_by_its_path(user: User) -> None:
    path = user.write("my back.yaml", QUICK)
    keep(replace(BROKEN_OFF, routine="my back", file=str(path.resolve())))
    assert user.run("history").out.splitlines()[-1] == (
        f"`voiceguide play '{path.resolve()}' --resume` goes on with Chin tuck."
    )


@pytest.mark.parametrize(
    "last",
    [
        replace(BROKEN_OFF, finished=True),
        replace(BROKEN_OFF, played_ms=9_000),
        ago(BROKEN_OFF, days=1.2),
    ],
    ids=["finished", "hardly begun", "too long ago"],
)
def test_what_cannot_be_resumed_is_not_offered(user: User, last: Entry) -> None:
    keep(last)
    assert "--resume" not in user.run("history").out


def test_a_false_start_leaves_the_offer_of_the_session_before_it(user: User) -> None:
    keep(BROKEN_OFF, replace(BROKEN_OFF, began=NOW, played_ms=2_000, stopped_in=None))
    assert user.run("history").out.splitlines()[-1] == (
        "`voiceguide play neck-reset --resume` goes on with Chin tuck."
    )


def test_a_history_of_which_no_line_is_understood(user: User) -> None:
    path = user_folders().data / FILE_NAME
    user.write(str(path), b"\x00\xff\nhello\n" + to_line("a", EVENING).encode()[:40])
    outcome = user.run("history")
    assert outcome.code == 0
    assert outcome.err == (
        f"warning: not understood in the history {path}: 3 of its lines\n"
        "   hint: they are left as they are, and what else is there is shown; "
        "a newer version may understand them\n"
    )
    assert outcome.out == EMPTY.replace("No session yet", "No session that can be read")


def test_a_killed_session_is_in_it(user: User) -> None:
    folder = user_folders().data
    (folder / "running").mkdir(parents=True)
    (folder / "running" / "7f.jsonl").write_text(to_line("7f", BROKEN_OFF))
    assert "stopped at 1:13 in Chin tuck" in user.run("history").out


def test_what_would_steer_a_terminal_is_written_out(user: User) -> None:
    keep(replace(BROKEN_OFF, stopped_in="\x1b[2J"))
    assert "\x1b" not in user.run("history").out


def test_a_history_that_cannot_be_read(user: User) -> None:
    path = user_folders().data / FILE_NAME
    path.mkdir(parents=True)
    assert user.fails("history") == f"warning: cannot read the history {path}: is a directory\n"


def test_a_killed_session_that_cannot_be_written_is_warned_of(user: User) -> None:
    keep(EVENING)
    folder = user_folders().data
    (folder / "running").mkdir()
    (folder / "running" / "7f.jsonl").mkdir()
    outcome = user.run("history")
    assert outcome.code == 0
    assert outcome.err == (
        f"warning: cannot write the history {folder / FILE_NAME}: is a directory\n"
        "   hint: until it can be written, `voiceguide history` may lack a session\n"
    )
    assert "finished" in outcome.out


def test_sessions_of_a_history_are_those_that_were_kept(user: User) -> None:
    """What the module writes, the command shows."""
    History(user_folders().data).begin(EVENING).end(EVENING)
    assert user.run("history").out.splitlines()[1] == "Wed 2026-11-25 19:30  evening  50 %     12.6  finished"
