"""A routine that waits for a key: in live play it does, in a file a pause stands for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import User

SCRIPT = """\
title: Waiting
steps:
  - say: Hello.
  - section: Twice
    rounds: 2
    steps:
      - wait: {text: Press space., pause: 20s}
"""
TOLD = (
    "mine.yaml:7:15: warning: a file cannot wait for a key: a pause of 20s stands for it\n"
    "   7 |       - wait: {text: Press space., pause: 20s}\n"
    "     |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
)


@pytest.mark.parametrize(
    "command",
    [
        ("check", "mine.yaml"),
        ("compile", "mine.yaml", "-o", "mine.json"),
        ("render", "mine.yaml", "-o", "mine.wav"),
        ("play", "mine.yaml", "--output", "mine.wav"),
    ],
    ids=lambda command: command[0],
)
def test_the_author_is_told_that_a_file_cannot_wait_once_for_each_step(
    user: User, command: tuple[str, ...]
) -> None:
    user.write("mine.yaml", SCRIPT)
    outcome = user.run(*command, "--no-safety")
    assert outcome.code == 0
    assert TOLD in outcome.err
    assert outcome.err.count("a file cannot wait") == 1


def test_a_file_has_a_pause_of_the_length_that_is_written(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    data = json.loads(user.run("compile", "mine.yaml", "--no-safety").out)
    assert [(span["kind"], span["end_ms"] - span["start_ms"]) for span in data["spans"]] == [
        ("wait", 20_000),
        ("wait", 20_000),
    ]
