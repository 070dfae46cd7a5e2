"""What the server's libraries log: our own mistakes are told in a line, what phones and scanners do wrong is nobody's business."""

from __future__ import annotations

import asyncio
import logging

from voiceguide.cli.problems import show_problems
from voiceguide.wording import problem

_LOGGERS = ("uvicorn", "asyncio")
# What a connection that ends at the wrong moment raises; a TLS error is an OSError too.
_OF_CONNECTIONS = (OSError, asyncio.CancelledError)


class _Mistakes(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """Tell an exception that was not expected."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not isinstance(error, _OF_CONNECTIONS):
            show_problems([problem("request-broken", reason=f"{type(error).__name__}: {error}")])


def tell_mistakes() -> None:
    """Have the mistakes told on standard error, and nothing else."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers = [_Mistakes()]
        logger.propagate = False
