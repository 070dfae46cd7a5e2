"""Keeping the libraries of sound systems from writing to the terminal what their functions return as well."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_ALSA_HANDLER = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)
_JACK_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p)
# Here because the libraries hold them as long as the process lives.
_IGNORE_ALSA = _ALSA_HANDLER(lambda *_: None)
_IGNORE_JACK = _JACK_HANDLER(lambda _: None)


@cache
def hush_alsa() -> None:
    """Keep ALSA's library quiet, by `snd_lib_error_set_handler`, of which only the fixed arguments are taken here."""
    alsa = _library("libasound.so.2")
    if alsa is not None:
        alsa.snd_lib_error_set_handler(_IGNORE_ALSA)


@cache
def hush_jack() -> None:
    """Keep JACK's library quiet, by `jack_set_error_function` and `jack_set_info_function`."""
    jack = _library("libjack.so.0")
    if jack is not None:
        jack.jack_set_error_function(_IGNORE_JACK)
        jack.jack_set_info_function(_IGNORE_JACK)


def _library(name: str) -> ctypes.CDLL | None:
    """A library of the system's, where it is Linux and has it: without it there is nothing to hush."""
    if sys.platform != "linux":
        return None
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None
