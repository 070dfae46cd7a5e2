"""What the server's libraries log: our own mistakes are told in a line, and nothing else."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.serving.mistakes import tell_mistakes

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("uvicorn", "asyncio")]
    before = [(logger.handlers, logger.propagate) for logger in loggers]
    tell_mistakes()
    yield
    for logger, (handlers, propagate) in zip(loggers, before, strict=True):
        logger.handlers, logger.propagate = handlers, propagate


def test_a_mistake_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("uvicorn.error").error("Exception in ASGI application", exc_info=KeyError("x"))
    assert capsys.readouterr().err == "error: a request ended in a mistake of this program: KeyError: 'x'\n"


@pytest.mark.parametrize("error", [ConnectionResetError(), TimeoutError(), asyncio.CancelledError()])
def test_a_connection_that_ends_is_not_told(error: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("uvicorn.error").error("Exception in ASGI application", exc_info=error)
    logging.getLogger("asyncio").error("Fatal error on transport", exc_info=error)
    assert capsys.readouterr().err == ""


def test_what_no_http_client_sends_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    assert capsys.readouterr().err == ""
