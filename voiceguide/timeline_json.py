"""The timeline as JSON and back: the stable form that other programs read (docs/timeline.md)."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from itertools import pairwise
from typing import Any, get_args

from voiceguide.timeline import (
    REP_KINDS,
    Chapter,
    Cue,
    Music,
    Recording,
    Role,
    Sound,
    Source,
    Span,
    SpanKind,
    Speech,
    Timeline,
    Voice,
)

FORMAT = 1
MAX_DURATION_MS = 48 * 3_600_000
# The longest text of a script (1,000 characters) with what the guide adds to it: a count, a full stop.
MAX_SPEECH = 1_100
# A routine at its limits has about a million; these take 200 MB of memory at most.
MAX_VALUES = 2_000_000
QUIETEST_MUSIC_DB, LOUDEST_MUSIC_DB = -30, 5


# Control characters, which end a text in a tag and steer terminals; a script may not have them either.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


class TimelineError(ValueError):
    """The text is not a timeline; the message says what is wrong and where in it."""


def to_json(timeline: Timeline) -> str:
    """The timeline as JSON text, one span, chapter or cue a line."""
    head: dict[str, Any] = {
        "format": FORMAT,
        "title": timeline.title,
        "language": timeline.language,
        "voice": asdict(timeline.voice),
        "duration_ms": timeline.duration_ms,
    }
    if timeline.music:
        head["music"] = asdict(timeline.music)
    if timeline.keep_awake:
        head["keep_awake"] = True
    lists: dict[str, list[dict[str, Any]]] = {
        "chapters": [asdict(chapter) for chapter in timeline.chapters],
        "spans": [_span(span) for span in timeline.spans],
        "cues": [_cue(cue) for cue in timeline.cues],
    }
    lines = [f"  {_dump(key)}: {_dump(value)}" for key, value in head.items()]
    for key, items in lists.items():
        inner = ",\n".join(f"    {_dump(item)}" for item in items)
        lines.append(f"  {_dump(key)}: [\n{inner}\n  ]" if items else f"  {_dump(key)}: []")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def from_json(text: str) -> Timeline:
    """The timeline of a JSON text; keys it does not know are ignored. Raises TimelineError."""
    if sum(map(text.count, ",[{")) > MAX_VALUES:
        raise TimelineError(f"it has more than {MAX_VALUES:,} values")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TimelineError(f"not JSON ({error})") from error
    root = _Object(data, "the timeline")
    if root.whole("format") != FORMAT:
        raise TimelineError(f"its format is {root.whole('format')}, this program reads {FORMAT}")
    voice = _Object(root.get("voice"), "voice")
    timeline = Timeline(
        title=_read_title(root),
        language=root.text("language"),
        voice=Voice(voice.text("engine"), voice.text("voice"), voice.whole("rate")),
        duration_ms=root.whole("duration_ms"),
        chapters=tuple(_read_chapter(item) for item in root.objects("chapters")),
        spans=tuple(_read_span(item) for item in root.objects("spans")),
        cues=tuple(_read_cue(item) for item in root.objects("cues")),
        music=_read_music(root),
        keep_awake=root.flag("keep_awake"),
    )
    _check(timeline)
    return timeline


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _span(span: Span) -> dict[str, Any]:
    return {
        "kind": span.kind,
        "exercise": span.exercise,
        "side": span.side,
        "set": span.set,
        "sets": span.sets,
        "rep": span.rep,
        "reps": span.reps,
        "start_ms": span.start_ms,
        "end_ms": span.end_ms,
    }


def _cue(cue: Cue) -> dict[str, Any]:
    return {
        "role": cue.role,
        "text": cue.text,
        "start_ms": cue.start_ms,
        "end_ms": cue.end_ms,
        "exercise": cue.exercise,
        "source": _source(cue.source),
    }


def _source(source: Source) -> dict[str, str]:
    match source:
        case Sound(name):
            return {"sound": name}
        case Recording(path):
            return {"recording": path}
        case Speech(text, language):
            return {"speech": text} if language is None else {"speech": text, "language": language}


class _Object:
    """A JSON object with its place, for messages."""

    def __init__(self, data: object, place: str) -> None:
        if not isinstance(data, dict):
            raise TimelineError(f"{place} is not an object")
        self.data = data
        self.place = place

    def get(self, key: str) -> object:
        if key not in self.data:
            raise TimelineError(f"{self.place} has no '{key}'")
        return self.data[key]

    def text(self, key: str) -> str:
        value = self.get(key)
        if not isinstance(value, str) or not _is_unicode(value):
            raise TimelineError(f"'{key}' of {self.place} is not a text")
        if found := _FORBIDDEN.search(value):
            raise TimelineError(f"'{key}' of {self.place} has the character U+{ord(found.group()):04X}")
        return value

    def whole(self, key: str) -> int:
        value = self.get(key)
        if type(value) is not int or not 0 <= value <= MAX_DURATION_MS:
            raise TimelineError(f"'{key}' of {self.place} is not a whole number of a possible size")
        return value

    def text_or_none(self, key: str) -> str | None:
        return None if self.data.get(key) is None else self.text(key)

    def whole_or_none(self, key: str) -> int | None:
        return None if self.data.get(key) is None else self.whole(key)

    def whole_between(self, key: str, low: int, high: int) -> int:
        value = self.get(key)
        if type(value) is not int or not low <= value <= high:
            raise TimelineError(f"'{key}' of {self.place} is not a whole number from {low} to {high}")
        return value

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if type(value) is not bool:
            raise TimelineError(f"'{key}' of {self.place} is neither true nor false")
        return value

    def path(self, key: str) -> str:
        value = self.get(key)
        if value == "" or "\0" in str(value):
            raise TimelineError(f"'{key}' of {self.place} is not a path")
        return self.text(key)

    def literal(self, key: str, known: tuple[str, ...]) -> Any:
        value = self.text(key)
        if value not in known:
            raise TimelineError(f"'{key}' of {self.place} is '{value}', not one of {', '.join(known)}")
        return value

    def objects(self, key: str) -> list[_Object]:
        value = self.get(key)
        if not isinstance(value, list):
            raise TimelineError(f"'{key}' of {self.place} is not a list")
        return [_Object(item, f"{key}[{index}]") for index, item in enumerate(value)]


def _read_title(item: _Object) -> str:
    title = item.text("title")
    if not title.strip():
        raise TimelineError(f"'title' of {item.place} is empty")
    return title


def _read_chapter(item: _Object) -> Chapter:
    return Chapter(item.text("title"), item.whole("start_ms"), item.whole("end_ms"))


def _read_span(item: _Object) -> Span:
    return Span(
        kind=item.literal("kind", get_args(SpanKind)),
        start_ms=item.whole("start_ms"),
        end_ms=item.whole("end_ms"),
        exercise=item.text_or_none("exercise"),
        side=item.text_or_none("side"),
        set=item.whole_or_none("set"),
        sets=item.whole_or_none("sets"),
        rep=item.whole_or_none("rep"),
        reps=item.whole_or_none("reps"),
    )


def _read_cue(item: _Object) -> Cue:
    return Cue(
        role=item.literal("role", get_args(Role)),
        text=item.text("text"),
        start_ms=item.whole("start_ms"),
        end_ms=item.whole("end_ms"),
        source=_read_source(_Object(item.get("source"), f"the source of {item.place}")),
        exercise=item.text_or_none("exercise"),
    )


def _read_music(root: _Object) -> Music | None:
    if root.data.get("music") is None:
        return None
    music = _Object(root.get("music"), "music")
    return Music(music.path("path"), music.whole_between("level_db", QUIETEST_MUSIC_DB, LOUDEST_MUSIC_DB))


def _read_source(item: _Object) -> Source:
    if "sound" in item.data:
        return Sound(item.text("sound"))
    if "recording" in item.data:
        return Recording(item.path("recording"))
    speech = item.text("speech")
    if len(speech) > MAX_SPEECH:
        raise TimelineError(
            f"'speech' of {item.place} has {len(speech):,} characters, more than {MAX_SPEECH:,}"
        )
    return Speech(speech, item.text_or_none("language"))


def _is_unicode(text: str) -> bool:
    """Whether the text could be written to a file: JSON can escape half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check(timeline: Timeline) -> None:
    parts = [
        *((f"chapters[{index}]", item.start_ms, item.end_ms) for index, item in enumerate(timeline.chapters)),
        *((f"spans[{index}]", item.start_ms, item.end_ms) for index, item in enumerate(timeline.spans)),
        *((f"cues[{index}]", item.start_ms, item.end_ms) for index, item in enumerate(timeline.cues)),
    ]
    for place, start, end in parts:
        if not start <= end <= timeline.duration_ms:
            raise TimelineError(f"{place} is not inside the session")
    for index, (cue, following) in enumerate(pairwise(timeline.cues), 1):
        if following.start_ms < cue.end_ms:
            raise TimelineError(f"cues[{index}] begins before the one before it has ended")
    _check_spans(timeline.spans)
    at = 0
    for index, chapter in enumerate(timeline.chapters):
        if chapter.start_ms != at:
            raise TimelineError(f"chapters[{index}] does not begin where the one before it ends")
        at = chapter.end_ms
    if at != timeline.duration_ms or not at:
        raise TimelineError("its chapters do not reach its end")


def _check_spans(spans: tuple[Span, ...]) -> None:
    """Spans follow each other; only a hold may lie within the rep that it belongs to."""
    outer_end = inner_end = 0
    for index, span in enumerate(spans):
        nested = span.kind == "hold" and span.rep is not None
        if nested and span.end_ms > outer_end:
            raise TimelineError(f"spans[{index}] is not inside its rep")
        if span.start_ms < (inner_end if nested else outer_end):
            raise TimelineError(f"spans[{index}] begins before the one before it has ended")
        if not nested:
            outer_end = span.end_ms
        inner_end = span.start_ms if span.kind in REP_KINDS else span.end_ms
