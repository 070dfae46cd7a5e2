"""The process that fuzzes one target, by atheris: `python -m tests.fuzz.harness TARGET [option of libFuzzer]...`."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["voiceguide"]):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import words

# Bytes by chance seldom make a script; these formats have structure.
_STRUCTURED = ("reader", "session", "programme", "configuration", "import")


def main() -> None:
    """Fuzz until the options say that it is enough, or something is found."""
    name, *options = sys.argv[1:]
    known = [word.encode() for word in words(name)]

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        # One in four is changed without regard to what it is.
        return atheris.Mutate(data, most) if seed % 4 == 0 else mutated(data, most, seed, known)

    extra = {"custom_mutator": mutate} if name in _STRUCTURED else {}
    atheris.Setup([sys.argv[0], *options], TARGETS[name], **extra)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
