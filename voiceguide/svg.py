"""The timeline as a picture: an SVG with lanes for chapters, work, rests and the voice over a scale of minutes."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from voiceguide.summary import clock
from voiceguide.timeline import REP_KINDS, WORK_KINDS
from voiceguide.units import format_duration

if TYPE_CHECKING:
    from voiceguide.timeline import Chapter, Cue, Span, Timeline

_WIDTH = 1200
_LEFT, _RIGHT = 84, 32
_TOP = 64
_FONT = "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif"
# Room for one character, at most, of text of size 12; a wide sans-serif needs 7.
_CHARACTER = 7.0
_LINE = 15
_PAD = 5
_ROWS = 2
_TITLE_SIZE = 20
# Characters that XML 1.0 does not allow, even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Lane(NamedTuple):
    name: str
    height: int


_LANES = (_Lane("exercise", 42), _Lane("work", 34), _Lane("rest", 22), _Lane("voice", 30), _Lane("tones", 16))
_GAP = 10
# The exercise lane at its highest: where chapters are narrow, their titles stand on end.
_TALL = 140
_COLOURS = {
    "hold": "#2f7f86",
    "rep": "#4a5fa5",
    "breath": "#7d6bb0",
    "rest": "#c9d3c0",
    "get-ready": "#efd9a7",
    "switch": "#e3a36f",
    "pause": "#dddddd",
    "wait": "#f3c6cf",
}
_KEY = (
    ("hold", "hold"),
    ("rep", "reps"),
    ("breath", "breaths"),
    ("get-ready", "get ready"),
    ("rest", "rest"),
    ("switch", "switch sides"),
    ("pause", "silence"),
    ("wait", "waiting"),
)
_VOICE, _COUNT, _TONE = "#3c3c43", "#b23a48", "#b23a48"
# The narrowest marks, so that each can be seen; the narrowest work with a line around it; the room of a time.
_LEAST = {"voice": 0.8, "tone": 1.2}
_LINED = 3.0
_TICK_ROOM = 50
_MINUTE_STEPS = (30, 60, 120, 300, 600, 1200, 1800, 3600)


def draw_svg(timeline: Timeline) -> str:
    """The SVG text of a timeline, 1,200 wide; what a mark is can be read by pointing at it."""
    return _Picture(timeline).svg()


class _Picture:
    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.tops: dict[str, int] = {}
        self.heights = {lane.name: lane.height for lane in _LANES}
        upright = [len(_name(chapter)) for chapter in timeline.chapters if self.stands(chapter)]
        needed = int(max(upright, default=0) * _CHARACTER) + 2 * _PAD
        self.heights["exercise"] = max(self.heights["exercise"], min(needed, _TALL))
        top = _TOP
        for name, height in self.heights.items():
            self.tops[name] = top
            top += height + _GAP
        self.bottom = top
        self.root = ET.Element(
            "svg",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_WIDTH} {self.bottom + 62}",
            role="img",
            attrib={"font-family": _FONT, "font-size": "12"},
        )

    def svg(self) -> str:
        title = f"{self.timeline.title}, {clock(self.timeline.duration_ms)}"
        ET.SubElement(self.root, "title").text = _xml(title)
        ET.SubElement(
            self.root, "rect", width=str(_WIDTH), height=str(self.bottom + 62), fill="#fcfbf8", rx="8"
        )
        room = int((_WIDTH - 48) / (_CHARACTER * _TITLE_SIZE / 12))
        self.text(24, 36, _shortened(title, room), size=_TITLE_SIZE, weight="600")
        for name, height in self.heights.items():
            self.text(24, self.tops[name] + height / 2 + 4, name, fill="#6b6b70")
        self.scale()
        self.chapters()
        for span in self.timeline.spans:
            self.span(span)
        for _, spans in groupby(filter(_is_work, self.timeline.spans), key=_set):
            self.work(list(spans))
        for cue in self.timeline.cues:
            self.cue(cue)
        self.key()
        ET.indent(self.root)
        return ET.tostring(self.root, encoding="unicode") + "\n"

    def x(self, ms: int) -> float:
        return _LEFT + ms * (_WIDTH - _LEFT - _RIGHT) / self.timeline.duration_ms

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        fill: str = "#1d1d1f",
        size: int = 12,
        weight: str = "400",
        anchor: str = "start",
        upright: bool = False,
    ) -> None:
        attributes = {"font-size": str(size), "font-weight": weight, "text-anchor": anchor}
        if upright:
            attributes["transform"] = f"rotate(-90 {x:.1f} {y:.1f})"
        element = ET.SubElement(self.root, "text", x=f"{x:.1f}", y=f"{y:.1f}", fill=fill, attrib=attributes)
        element.text = _xml(text)

    def width(self, start: int, end: int) -> float:
        return self.x(end) - self.x(start)

    def box(
        self, what: str, part: Chapter | Span | Cue, y: float, height: float, fill: str, told: str
    ) -> ET.Element:
        """A rectangle as long as its part, wide enough to be seen."""
        left = self.x(part.start_ms)
        width = max(self.width(part.start_ms, part.end_ms), _LEAST.get(what, 0.0))
        element = ET.SubElement(
            self.root,
            "rect",
            x=f"{left:.2f}",
            y=f"{y:.1f}",
            width=f"{width:.2f}",
            height=f"{height:.1f}",
            fill=fill,
            attrib={"class": what},
        )
        ET.SubElement(element, "title").text = _xml(told)
        return element

    def scale(self) -> None:
        seconds = self.timeline.duration_ms // 1_000
        step = next((step for step in _MINUTE_STEPS if seconds / step <= 16), 7_200)  # noqa: PLR2004 (marks that fit side by side)
        end = self.x(self.timeline.duration_ms)
        for at in (*range(0, seconds + 1, step), None):
            x = f"{end if at is None else self.x(at * 1_000):.1f}"
            if at is not None and float(x) > end - _TICK_ROOM:
                continue
            ET.SubElement(
                self.root,
                "line",
                x1=x,
                x2=x,
                y1=str(_TOP - 6),
                y2=str(self.bottom - _GAP + 4),
                stroke="#e4e1da",
            )
            ms = self.timeline.duration_ms if at is None else at * 1_000
            weight = "600" if at is None else "400"
            self.text(
                float(x), self.bottom + 10, clock(ms), fill="#6b6b70", size=11, weight=weight, anchor="middle"
            )

    def chapters(self) -> None:
        y, height = self.tops["exercise"], self.heights["exercise"]
        for number, chapter in enumerate(self.timeline.chapters):
            fill = "#e9efe9" if number % 2 else "#dbe6e4"
            told = f"{chapter.title}, {clock(chapter.start_ms)} to {clock(chapter.end_ms)}"
            self.box("chapter", chapter, y, height, fill, told)
            left = self.x(chapter.start_ms)
            lines = self.flat(chapter)
            for row, line in enumerate(lines):
                self.text(left + _PAD, y + 17 + _LINE * row, line)
            if self.stands(chapter):
                name = _shortened(_name(chapter), int((height - 2 * _PAD) / _CHARACTER))
                self.text(left + 12, y + height - _PAD, name, upright=True)

    def flat(self, chapter: Chapter) -> list[str]:
        """The lines of a chapter's title, of its exercise alone where all of it has no room; none where neither has."""
        room = int((self.width(chapter.start_ms, chapter.end_ms) - 2 * _PAD) / _CHARACTER)
        return _wrapped(chapter.title, room) or _wrapped(_name(chapter), room)

    def stands(self, chapter: Chapter) -> bool:
        """Whether a chapter is too narrow for its title, and wide enough for it on end."""
        return not self.flat(chapter) and self.width(chapter.start_ms, chapter.end_ms) >= _LINE

    def span(self, span: Span) -> None:
        work = _is_work(span)
        lane = "work" if work else "rest"
        y, height = self.tops[lane], self.heights[lane]
        nested = span.kind == "hold" and span.rep is not None
        if nested:
            y, height = y + height // 2, height - height // 2
        words = [span.kind, span.exercise or "", span.side or ""]
        words += [f"set {span.set} of {span.sets}" if span.sets and span.sets > 1 else ""]
        words += [f"rep {span.rep} of {span.reps}" if span.rep else ""]
        told = f"{', '.join(word for word in words if word)}, {(span.end_ms - span.start_ms) / 1_000:g} s"
        element = self.box("span", span, y, height, _COLOURS[span.kind], told)
        if work and self.width(span.start_ms, span.end_ms) > _LINED:
            element.set("stroke", "#fcfbf8")
            element.set("stroke-width", "0.6")

    def work(self, spans: list[Span]) -> None:
        """What a set is, as far as there is room: its side and its length or number of reps."""
        first, end = spans[0], max(span.end_ms for span in spans)
        side = first.side[0].upper() if first.side else ""
        length = (
            f"{first.reps}×" if first.kind in REP_KINDS else format_duration(first.end_ms - first.start_ms)
        )
        room = (self.width(first.start_ms, end) - 2) / _CHARACTER
        told = next((text for text in (f"{side} {length}".strip(), side) if len(text) <= room), "")
        if told:
            middle = (self.x(first.start_ms) + self.x(end)) / 2
            nested = any(span.kind == "hold" and span.rep for span in spans)
            y = self.tops["work"] + (14 if nested else 21)
            self.text(middle, y, told, fill="#ffffff", anchor="middle", weight="600", size=11)

    def cue(self, cue: Cue) -> None:
        at = clock(cue.start_ms)
        if not cue.text:
            self.box("tone", cue, self.tops["tones"], self.heights["tones"], _TONE, f"{cue.role}, {at}")
            return
        count = cue.role in ("countdown", "rep", "phase")
        y, height = self.tops["voice"], self.heights["voice"]
        if count:
            y, height = y + height // 3, height - 2 * (height // 3)
        self.box("voice", cue, y, height, _COUNT if count else _VOICE, f"{at}  {cue.text}")

    def key(self) -> None:
        present = {span.kind for span in self.timeline.spans}
        items = [(_COLOURS[kind], name) for kind, name in _KEY if kind in present]
        items += [(_VOICE, "voice"), (_COUNT, "counts and tones")]
        x = float(_LEFT)
        y = self.bottom + 38
        for colour, name in items:
            ET.SubElement(
                self.root, "rect", x=f"{x:.1f}", y=str(y - 10), width="12", height="12", fill=colour
            )
            self.text(x + 17, y, name)
            x += 17 + _CHARACTER * len(name) + 24


def _is_work(span: Span) -> bool:
    return span.kind in WORK_KINDS


def _name(chapter: Chapter) -> str:
    """The exercise of a chapter's title, without its sections."""
    return chapter.title.rpartition(": ")[2]


def _set(span: Span) -> tuple[object, ...]:
    """What the spans of one set have in common; a hold without reps is a set of its own."""
    return (span.exercise, span.side, span.set, span.start_ms if span.rep is None else None)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: max(0, room - 1)].rstrip()}…"


def _wrapped(title: str, room: int) -> list[str]:
    """The title in at most two lines of `room` characters, no word cut; nothing where it has no room."""
    lines: list[str] = []
    for word in title.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    fits = len(lines) <= _ROWS and all(len(line) <= room for line in lines)
    return lines if fits else []
