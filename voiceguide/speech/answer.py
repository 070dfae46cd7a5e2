"""What comes of asking a process that speaks for us: an answer, or none because it hung or crashed."""

from __future__ import annotations

from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What a child answers: JSON, and the bytes that came after it."""

    said: dict[str, Any]
    data: bytes


class Hung(Exception):  # noqa: N818 (it is what a child did)
    """A child did not answer within `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it has not answered within {seconds:g} seconds")
        self.seconds = seconds


class Crashed(Exception):  # noqa: N818 (as above)
    """A child ended instead of answering; `how` has its signal or exit code, and its last words."""

    def __init__(self, how: str) -> None:
        super().__init__(f"it crashed ({how})")
        self.how = how
