"""The timeline as a picture: an SVG with lanes for chapters, work, rests and the voice over a scale of minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from voiceguide.summary import clock

if TYPE_CHECKING:
    from voiceguide.timeline import Cue, Span, Timeline

_WIDTH = 1200
_LEFT, _RIGHT = 84, 24
_TOP = 64
_FONT = "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif"
_CHARACTER = 6.4


class _Lane(NamedTuple):
    name: str
    height: int


_LANES = (_Lane("exercise", 44), _Lane("work", 34), _Lane("rest", 22), _Lane("voice", 30), _Lane("tones", 16))
_GAP = 10
_COLOURS = {
    "hold": "#2f7f86",
    "rep": "#4a5fa5",
    "rest": "#c9d3c0",
    "get-ready": "#efd9a7",
    "switch": "#e3a36f",
    "pause": "#dddddd",
}
_KEY = (
    ("hold", "hold"),
    ("rep", "reps"),
    ("get-ready", "get ready"),
    ("rest", "rest"),
    ("switch", "switch sides"),
    ("pause", "silence"),
)
_VOICE, _COUNT, _TONE = "#3c3c43", "#b23a48", "#b23a48"
_MINUTE_STEPS = (30, 60, 120, 300, 600, 1200, 1800, 3600)


def draw_svg(timeline: Timeline) -> str:
    """The SVG text of a timeline, 1,200 wide; what a mark is can be read by pointing at it."""
    return _Picture(timeline).svg()


class _Picture:
    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.tops: dict[str, int] = {}
        top = _TOP
        for lane in _LANES:
            self.tops[lane.name] = top
            top += lane.height + _GAP
        self.bottom = top
        self.heights = {lane.name: lane.height for lane in _LANES}
        self.root = ET.Element(
            "svg",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_WIDTH} {self.bottom + 62}",
            role="img",
            attrib={"font-family": _FONT, "font-size": "12"},
        )

    def svg(self) -> str:
        title = f"{self.timeline.title}, {clock(self.timeline.duration_ms)}"
        ET.SubElement(self.root, "title").text = title
        ET.SubElement(
            self.root, "rect", width=str(_WIDTH), height=str(self.bottom + 62), fill="#fcfbf8", rx="8"
        )
        self.text(24, 36, title, size=20, weight="600")
        for lane in _LANES:
            self.text(24, self.tops[lane.name] + lane.height / 2 + 4, lane.name, fill="#6b6b70")
        self.scale()
        self.chapters()
        for span in self.timeline.spans:
            self.span(span)
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
    ) -> None:
        attributes = {"font-size": str(size), "font-weight": weight, "text-anchor": anchor}
        element = ET.SubElement(self.root, "text", x=f"{x:.1f}", y=f"{y:.1f}", fill=fill, attrib=attributes)
        element.text = text

    def box(
        self, start: int, end: int, y: float, height: float, fill: str, told: str, *, least: float = 0.0
    ) -> ET.Element:
        left = self.x(start)
        width = max(self.x(end) - left, least)
        element = ET.SubElement(
            self.root,
            "rect",
            x=f"{left:.2f}",
            y=f"{y:.1f}",
            width=f"{width:.2f}",
            height=f"{height:.1f}",
            fill=fill,
        )
        ET.SubElement(element, "title").text = told
        return element

    def scale(self) -> None:
        seconds = self.timeline.duration_ms // 1_000
        step = next((step for step in _MINUTE_STEPS if seconds / step <= 16), 7_200)  # noqa: PLR2004 (marks that fit side by side)
        for at in range(0, seconds + 1, step):
            x = f"{self.x(at * 1_000):.1f}"
            ET.SubElement(
                self.root,
                "line",
                x1=x,
                x2=x,
                y1=str(_TOP - 6),
                y2=str(self.bottom - _GAP + 4),
                stroke="#e4e1da",
            )
            self.text(float(x), self.bottom + 10, clock(at * 1_000), fill="#6b6b70", size=11, anchor="middle")

    def chapters(self) -> None:
        y, height = self.tops["exercise"], self.heights["exercise"]
        for number, chapter in enumerate(self.timeline.chapters):
            fill = "#e9efe9" if number % 2 else "#dbe6e4"
            told = f"{chapter.title}, {clock(chapter.start_ms)} to {clock(chapter.end_ms)}"
            self.box(chapter.start_ms, chapter.end_ms, y, height, fill, told)
            room = int((self.x(chapter.end_ms) - self.x(chapter.start_ms) - 8) / _CHARACTER)
            for row, line in enumerate(_lines(chapter.title, room)):
                self.text(self.x(chapter.start_ms) + 4, y + 18 + 16 * row, line)

    def span(self, span: Span) -> None:
        work = span.kind in ("hold", "rep")
        lane = "work" if work else "rest"
        y, height = self.tops[lane], self.heights[lane]
        nested = span.kind == "hold" and span.rep is not None
        if nested:
            y, height = y + height // 2, height - height // 2
        words = [span.kind, span.exercise or "", span.side or ""]
        words += [f"set {span.set} of {span.sets}" if span.sets and span.sets > 1 else ""]
        words += [f"rep {span.rep} of {span.reps}" if span.rep else ""]
        told = f"{', '.join(word for word in words if word)}, {(span.end_ms - span.start_ms) / 1_000:g} s"
        element = self.box(span.start_ms, span.end_ms, y, height, _COLOURS[span.kind], told)
        if work:
            element.set("stroke", "#fcfbf8")
            element.set("stroke-width", "0.6")
        if work and not nested and span.side and self.x(span.end_ms) - self.x(span.start_ms) > 2 * _CHARACTER:
            middle = (self.x(span.start_ms) + self.x(span.end_ms)) / 2
            self.text(middle, y + 22, span.side[0].upper(), fill="#ffffff", anchor="middle", weight="600")

    def cue(self, cue: Cue) -> None:
        at = clock(cue.start_ms)
        if not cue.text:
            self.box(
                cue.start_ms,
                cue.end_ms,
                self.tops["tones"],
                self.heights["tones"],
                _TONE,
                f"{cue.role}, {at}",
                least=1.2,
            )
            return
        count = cue.role in ("countdown", "rep", "phase")
        y, height = self.tops["voice"], self.heights["voice"]
        if count:
            y, height = y + height // 3, height - 2 * (height // 3)
        self.box(
            cue.start_ms, cue.end_ms, y, height, _COUNT if count else _VOICE, f"{at}  {cue.text}", least=0.8
        )

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


def _lines(title: str, room: int) -> list[str]:
    """The title in at most two lines of `room` characters, shortened where it must be; none where there is no room."""
    if room < 4:  # noqa: PLR2004 (fewer letters say nothing)
        return []
    lines: list[str] = [""]
    for word in title.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= room or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    shown = lines[:2]
    if len(lines) > len(shown):
        shown[-1] = f"{shown[-1]} {lines[2]}"
    return [line if len(line) <= room else f"{line[: room - 1]}…" for line in shown]
