"""Versions of libraries that are installed, told without opening what is installed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_SUFFIX = ".dist-info"


def installed_version(name: str) -> str:
    """The version of a distribution; raises `importlib.metadata.PackageNotFoundError` for one that is not installed.

    An installer puts a folder `NAME-VERSION.dist-info` beside the packages (PyPA's recording installed projects): that
    name takes a twentieth of the time of importing `importlib.metadata`, which is asked where there is no such folder.
    """
    wanted = _normalized(name)
    for place in sys.path:
        with suppress(OSError):
            found = [
                version
                for entry in os.listdir(place or os.curdir)  # noqa: PTH208 (a list of names is all that is needed)
                if entry.endswith(_SUFFIX)
                for called, _, version in [entry.removesuffix(_SUFFIX).partition("-")]
                if _normalized(called) == wanted
            ]
            # Two of them are left by an update that failed.
            if len(found) == 1:
                return found[0]
    from importlib.metadata import version as searched  # noqa: PLC0415 (slow, and seldom needed)

    return searched(name)


def _normalized(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")
