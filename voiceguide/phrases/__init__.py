"""The guide's own words, by language: data in, text out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.phrases.de import GERMAN
from voiceguide.phrases.en import ENGLISH
from voiceguide.phrases.es import SPANISH
from voiceguide.phrases.fr import FRENCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voiceguide.phrases.language import Direction, Language, Noun

LANGUAGES: dict[str, Language] = {language.code: language for language in (ENGLISH, GERMAN, SPANISH, FRENCH)}

SECOND_MS, MINUTE_MS = 1_000, 60_000
_NAMED_SIDE = re.compile(r"\{\s*(side|other)\s*(?::\s*(\w+)\s*)?\}")
_SENTENCE_END = re.compile(r"(^|[.!?…]\s)\s*$")
_NAMED = re.compile(r"\{\s*(\w+)\s*\}")


def counted(language: Language, noun: Noun, number: float) -> str:
    """A number with its noun: "one set", "two sets"."""
    form = noun.forms.get(language.plural(number), noun.forms["other"])
    return form.format(n=language.spoken(number, noun.gender))


def listed(language: Language, names: Iterable[str]) -> str:
    """The names in a sentence: "bridge, press up, and bird dog"."""
    from babel.lists import format_list  # noqa: PLC0415 (naming the languages needs none)

    return str(format_list(list(names), locale=language.code))


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    text = _begun(text)
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def duration(language: Language, ms: int) -> str:
    """A duration in words: "one minute thirty seconds"."""
    return " ".join(counted(language, noun, number) for noun, number in _units(language, ms))


def time_left(language: Language, ms: int) -> str:
    """How much is left: "ten seconds left"."""
    (_, number), *_ = _units(language, ms)
    form = language.time_left.get(language.plural(number), language.time_left["other"])
    return form.format(duration=duration(language, ms))


def minutes(language: Language, ms: int) -> str:
    """A duration to the nearest whole minute, half a minute up: "five minutes"."""
    whole = (ms + MINUTE_MS // 2) // MINUTE_MS
    return counted(language, language.minutes, whole) if whole else language.under_a_minute


def resuming(language: Language, left_ms: int | None = None) -> str:
    """That it goes on, in a hold with how much of it is left: "Resuming, twelve seconds left."."""
    if left_ms is None:
        return language.live.resuming
    return language.live.resuming_left.format(left=time_left(language, whole_seconds(left_ms)))


def starting_in(language: Language, ms: int) -> str:
    """When it begins: "Starting in thirty seconds."."""
    return language.live.starting_in.format(duration=duration(language, whole_seconds(ms)))


def stopped(language: Language, exercises: int) -> str:
    """That it ends before its time, and how many exercises were done: "Stopped, three exercises done."."""
    if not exercises:
        return language.live.stopped_at_once
    return language.live.stopped.format(exercises=counted(language, language.live.exercises, exercises))


def finished(language: Language, ms: int) -> str:
    """That the session is over, and how long it was: "That was the end, eleven minutes."."""
    return language.live.finished.format(minutes=minutes(language, ms))


def whole_seconds(ms: int) -> int:
    """The nearest whole second in ms, half a second up, at least one: nobody is told of parts of a second."""
    return max(1, (ms + SECOND_MS // 2) // SECOND_MS) * SECOND_MS


def dose(
    language: Language,
    sets: int,
    work: str,
    *,
    both_sides: bool,
    alternating: bool,
    hold_ms: int | None = None,
) -> str:
    """A dose as a sentence: "Two sets, thirty seconds each side."; a single set is not counted.

    `hold_ms` is how long each rep is held where that was written.
    """
    words = work
    if both_sides:
        words = (language.alternating if alternating else language.each_side).format(work=work)
    if sets > 1:
        words = language.sets_of.format(sets=counted(language, language.sets, sets), work=words)
    if hold_ms:
        words = language.held.format(dose=words, duration=duration(language, hold_ms))
    return sentence(words)


def set_name(language: Language, number: int) -> str:
    """Which set: "first set"."""
    if number <= len(language.ordinal_sets):
        return language.ordinal_sets[number - 1]
    return language.set_number.format(n=language.spoken(number, None))


def side_name(language: Language, side: Direction) -> str:
    """Which side: "left side"."""
    return language.left_side if side == "left" else language.right_side


def resolve_sides(language: Language, text: str, side: Direction | None) -> str:
    """The text with `{side}` and `{other}`, in the form that each asks for, in words."""
    if side is None:
        return text
    other: Direction = "right" if side == "left" else "left"

    def in_words(match: re.Match[str]) -> str:
        word = language.sides[match[2] or ""][side if match[1] == "side" else other]
        return _begun(word) if _begins_sentence(match) else word

    return _NAMED_SIDE.sub(in_words, text)


def resolve_names(text: str, values: Mapping[str, str]) -> str:
    """The text with each `{name}` that has a value in its place."""

    def in_words(match: re.Match[str]) -> str:
        words = values.get(match[1], match.group())
        return _begun(words) if _begins_sentence(match) else words

    return _NAMED.sub(in_words, text)


def _begins_sentence(match: re.Match[str]) -> bool:
    """Whether a name in braces stands where a sentence begins."""
    return _SENTENCE_END.search(match.string[: match.start()]) is not None


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _units(language: Language, ms: int) -> list[tuple[Noun, float]]:
    """Hours, minutes and seconds of a duration, those that are not zero."""
    whole_minutes, rest = divmod(ms, MINUTE_MS)
    hours, whole_minutes = divmod(whole_minutes, 60)
    seconds = rest // 1_000 if rest % 1_000 == 0 else rest / 1_000
    parts = ((language.hours, hours), (language.minutes, whole_minutes), (language.seconds, seconds))
    return [(noun, number) for noun, number in parts if number]
