"""The types of the values that options take."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.units import NotationError, parse_duration

if TYPE_CHECKING:
    from typing import NoReturn

    from voiceguide.errors import Problem

NONE = "none"
"""The word for nothing, where an option could take something."""
MAX_DOSE = 100
MIN_SPEED, MAX_SPEED = 80, 125


class Duration(click.ParamType[int]):
    """A duration as in scripts (`5s`, `1:30`, a bare number of seconds), in ms."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Milliseconds; fails with the notation's message."""
        if isinstance(value, int):
            return value
        try:
            return parse_duration(str(value), bare="s")
        except NotationError as error:
            _fail(self, _problem(error.kind, **error.values), param, ctx)


class Rate(click.ParamType[int]):
    """A rate in words a minute that voices speak."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Words a minute."""
        from voiceguide.script.keys import MAX_RATE, MIN_RATE  # noqa: PLC0415 (only this type needs them)

        if not str(value).isdecimal() or not MIN_RATE <= int(value) <= MAX_RATE:
            _fail(self, _problem("rate-unreadable", low=MIN_RATE, high=MAX_RATE), param, ctx)
        return int(value)


class Bitrate(click.ParamType[int]):
    """A bit rate that an MP3 can have, in kbit/s."""

    name = "bitrate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Kbit/s."""
        from voiceguide.audio.mp3 import BITRATES  # noqa: PLC0415 (numpy is slow to import)

        if not str(value).isdecimal() or int(value) not in BITRATES:
            known = ", ".join(map(str, BITRATES))
            _fail(self, _problem("bad-bitrate", bitrate=value, known=known), param, ctx)
        return int(value)


class Countdown(click.ParamType[int]):
    """How many seconds are counted down: 5, 3 or none."""

    name = "5|3|none"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Seconds; 0 for none."""
        seconds = {"5": 5, "3": 3, NONE: 0, "0": 0}.get(str(value))
        if seconds is None:
            self.fail(f"'{value}' is not 5, 3 or none", param, ctx)
        return seconds


class Percent(click.ParamType[int]):
    """A dose in whole percent, `50` or `50%`."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Percent, 0 to 100."""
        text = str(value).strip().removesuffix("%").rstrip()
        if not (text.isascii() and text.isdigit()) or int(text[:9]) > MAX_DOSE:
            _fail(self, _problem("percent-unreadable"), param, ctx)
        return int(text)


class Speed(click.ParamType[int]):
    """How fast rests and pauses go by: `0.9`, or `90%`."""

    name = "speed"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Whole percent."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"([0-9]{0,3})(?:\.([0-9]{1,4}))?\s*(%?)", str(value).strip())
        whole, parts, sign = match.groups("") if match else ("", "", "")
        percent, more = divmod(int(f"0{whole}{parts:0<4}"), 10_000 if sign else 100)
        if more or not MIN_SPEED <= percent <= MAX_SPEED:
            _fail(self, _problem("speed-unreadable", low=MIN_SPEED / 100, high=MAX_SPEED / 100), param, ctx)
        return percent


class Level(click.ParamType[int]):
    """How much louder than usual music is, in whole dB."""

    name = "decibels"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """DB, negative for softer."""
        from voiceguide.script.keys import MAX_LEVEL, MIN_LEVEL  # noqa: PLC0415 (only this type needs them)

        text = str(value).strip().removesuffix("dB").rstrip()
        digits = text[1:] if text[:1] in ("+", "-") else text
        if not (digits.isascii() and digits.isdigit()) or not MIN_LEVEL <= int(text[:9]) <= MAX_LEVEL:
            _fail(self, _problem("level-unreadable", low=MIN_LEVEL, high=MAX_LEVEL), param, ctx)
        return int(text)


class Names(click.ParamType[tuple[str, ...]]):
    """Words with commas between them, each lower case and once."""

    name = "list"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The words, as many as there are."""
        if isinstance(value, tuple):
            return value
        words = tuple(dict.fromkeys(word.strip().lower() for word in str(value).split(",") if word.strip()))
        for word in words:
            self.check(word, param, ctx)
        return words

    def check(self, word: str, param: click.Parameter | None, ctx: click.Context | None) -> None:
        """Fail for a word that is not known; here all are."""


class Conditions(Names):
    """Conditions and positions that exercises may carry."""

    name = "conditions"

    def check(self, word: str, param: click.Parameter | None, ctx: click.Context | None) -> None:
        """Fail with the near names, or with all of them."""
        from voiceguide.script.keys import CONDITIONS, POSITIONS  # noqa: PLC0415 (only this type needs them)

        known = (*CONDITIONS, *POSITIONS)
        if word not in known:
            from voiceguide.wording import near  # noqa: PLC0415 (only failures need it)

            hint = near(word, known) or {"near": f"known: {', '.join(known)}"}
            wrong = _problem("name-unknown", what="condition or position", name=word, **hint)
            _fail(self, wrong, param, ctx)


class LanguageCode(click.ParamType[str]):
    """A language whose words the guide has."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code, lower case."""
        from voiceguide.phrases import LANGUAGES  # noqa: PLC0415 (only this option needs it)

        code = str(value).strip().lower()
        if code not in LANGUAGES:
            known = ", ".join(f"{language.code} ({language.name})" for language in LANGUAGES.values())
            wrong = _problem("name-unknown", what="language", name=value, near=f"known: {known}")
            _fail(self, wrong, param, ctx)
        return code


class FilePath(click.Path):
    """The path of a file to be written."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; fails for an empty one, which would be the current folder."""
        _refuse_empty(self, value, param, ctx)
        return super().convert(value, param, ctx)


class MusicPath(click.ParamType[str]):
    """The path of a file or a folder with music, or `none`."""

    name = "music"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The path as written; fails for an empty one, which would be the current folder."""
        _refuse_empty(self, value, param, ctx)
        return str(value)


class ListenerName(click.ParamType[str]):
    """What the guide calls the listener."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it is spoken, empty for none."""
        from voiceguide.phrases.address import MAX_NAME, listener_name  # noqa: PLC0415 (only this option needs it)

        name = listener_name(str(value))
        if len(name) > MAX_NAME:
            _fail(self, _problem("name-too-long", most=MAX_NAME), param, ctx)
        return name


class IsoDate(click.ParamType[date]):
    """A date such as 2026-11-23."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"'{value}' is not a date: write it like 2026-11-23", param, ctx)


def _refuse_empty(
    kind: click.ParamType[Any], path: Any, param: click.Parameter | None, ctx: click.Context | None
) -> None:
    if not str(path).strip():
        _fail(kind, _problem("path-empty"), param, ctx)


def _problem(kind: str, **values: Any) -> Problem:
    from voiceguide.wording import problem  # noqa: PLC0415 (only failures need it)

    return problem(kind, None, **values)


def _fail(
    kind: click.ParamType[Any], wrong: Problem, param: click.Parameter | None, ctx: click.Context | None
) -> NoReturn:
    kind.fail(f"{wrong.message}; {wrong.hint}" if wrong.hint else wrong.message, param, ctx)
