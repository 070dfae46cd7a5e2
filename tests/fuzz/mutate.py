"""Mutations of a script that keep most of its structure: lines moved, nested and doubled, values exchanged."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_VALUE = re.compile(rb"(?<=: )[^\n,{}\[\]]+|(?<=- )[^\n:,{}\[\]]+")
_KEY = re.compile(rb"[\w-]+(?=:)")
_NUMBER = re.compile(rb"[0-9]+")
_NUMBERS = (b"0", b"1", b"2", b"3", b"99", b"100", b"999", b"1000", b"20000", b"86401", b"0.5", b"1" * 400)
_LONG = (10, 100, 1_001)


def mutated(data: bytes, most: int, seed: int, words: Sequence[bytes]) -> bytes:
    """The script with one to four changes, at most so many bytes long; `words` may stand in for a key or a value."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_CHANGES)(data, chance, words)[:most]
    return data


def _move_lines(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    start = chance.randrange(len(lines))
    taken = lines[start : start + chance.randint(1, 4)]
    if chance.random() < 0.5:
        del lines[start : start + len(taken)]
    shift = b"  " * chance.randint(0, 3)
    at = chance.randint(0, len(lines))
    lines[at:at] = [shift + line if chance.random() < 0.9 else line.lstrip() for line in taken]
    return b"".join(lines)


def _drop_line(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def _replace(pattern: re.Pattern[bytes], data: bytes, chance: random.Random, new: bytes) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data + new
    start, end = chance.choice(found).span()
    return data[:start] + new + data[end:]


def _change_value(data: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    values = [match.group() for match in _VALUE.finditer(data)]
    return _replace(_VALUE, data, chance, chance.choice([*values, *words]))


def _change_key(data: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    return _replace(_KEY, data, chance, chance.choice(words))


def _change_number(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    return _replace(_NUMBER, data, chance, chance.choice(_NUMBERS))


def _wrap_value(data: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    word = chance.choice(words)
    forms = (
        b"{text: %b}",
        b"{en: %b, de: x}",
        b"[%b]",
        b"{%b: %b}",
        b'"%b"',
        b"{at: -5s, text: %b}",
        b"[%b, %b]",
    )
    form = chance.choice(forms)
    return _replace(_VALUE, data, chance, form.replace(b"%b", word))


def _lengthen(data: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    return _replace(_VALUE, data, chance, chance.choice([b"a", *words]) * chance.choice(_LONG))


def _nest(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    depth = chance.choice((1, 3, 20, 40))
    start = b"{section: S, rounds: %d, steps: [" % chance.choice((1, 2, 99))
    return _replace(_VALUE, data, chance, start * depth + b"bridge" + b"]}" * depth)


_CHANGES: tuple[Callable[[bytes, random.Random, Sequence[bytes]], bytes], ...] = (
    _move_lines, _move_lines, _drop_line, _change_value, _change_value, _change_key, _change_number, _wrap_value, _lengthen, _nest,
)  # fmt: skip
