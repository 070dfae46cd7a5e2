"""A sheet as what reportlab sets on pages: the head, an exercise a row, the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from voiceguide.sheet.address import QUIET_ZONE, code_of
from voiceguide.sheet.content import DAYS, WEEKS, Part
from voiceguide.sheet.fonts import BOLD, REGULAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.sheet.content import Entry, Item, Sheet
    from voiceguide.sheet.fonts import Letters

MARGIN_MM = 11
_INK, _QUIET, _RULE = HexColor("#000000"), HexColor("#333333"), HexColor("#8a8a8a")
_MARK, _CARE = "#0b4a50", "#7a3000"
_CODE_MM = 31
_INDENT_MM = 4
_DEEPEST = 4
# How much of the width says what an exercise is; the rest says how it is done.
_WHAT = 0.34
_LEADING = 1.22


class Story:
    """The flowables of a sheet at a type size in points, as wide as `width`, which is in points too."""

    def __init__(self, sheet: Sheet, letters: Letters, size: float, width: float) -> None:
        self._sheet = sheet
        self._letters = letters
        self._size = size
        self._width = width
        self._body = self._style(1.0)
        self._small = self._style(max(0.9, 8 / size), colour=_QUIET)
        self._bold = self._style(1.15, bold=True)
        self._title = self._style(1.7, bold=True)

    def flowables(self) -> list[Flowable]:
        """Everything, in the order in which it is read."""
        # What belongs together is on one page, unless it is longer than one.
        exercises = [KeepTogether(group) for group in self._items(self._sheet.items, depth=0)]
        return [*self._head(), *exercises, *self._foot()]

    def draw_number(self, canvas: Any, total: int) -> None:
        """Draw the number of the page at its foot, where there are several."""
        if total > 1:
            text = self._sheet.labels.page.format(n=canvas.getPageNumber(), total=total)
            canvas.setFont(REGULAR, 8)
            canvas.drawRightString(MARGIN_MM * mm + self._width, MARGIN_MM * mm * 0.6, text)

    def _style(self, scale: float, *, bold: bool = False, colour: Any = _INK) -> ParagraphStyle:
        size = self._size * scale
        font = BOLD if bold else REGULAR
        return ParagraphStyle(
            f"{font} {size}", fontName=font, fontSize=size, leading=size * _LEADING, textColor=colour
        )

    def _head(self) -> Iterator[Flowable]:
        sheet = self._sheet
        about = [_Bookmark("title", self._plain(sheet.title), 0), self._paragraph(sheet.title, self._title)]
        if sheet.summary:
            about.append(self._paragraph(sheet.summary, self._body))
        about += [self._labelled(label, value, self._body) for label, value in sheet.facts]
        if sheet.address is not None:
            shown = escape(sheet.address, {'"': "&quot;"})
            listen = f'<b>{escape(sheet.labels.listen + sheet.labels.colon)}</b> <link href="{shown}">{shown}</link>'
            about.append(Paragraph(listen, self._body))
        about += [self._paragraph(change, self._small) for change in sheet.changes]
        about.append(Spacer(0, self._size * 0.6))
        about.append(self._fill())
        if sheet.address is None:
            # A row as all the others: what stands in none is set further in.
            yield self._row([about], [self._width])
        else:
            beside = _CODE_MM * mm
            code = _Code(sheet.address, beside)
            yield self._row([about, "", code], [self._width - beside - 4 * mm, 4 * mm, beside])
        yield Spacer(0, self._size * 0.7)

    def _fill(self) -> Flowable:
        """The lines for name, date and how often, and beside them the boxes to tick."""
        sheet, labels = self._sheet, self._sheet.labels
        width = self._width - (0 if sheet.address is None else (_CODE_MM + 4) * mm)
        left, gap = 0.42 * width, 5 * mm
        names = [
            (labels.name, sheet.name),
            (labels.date, ""),
            (labels.how_often, sheet.how_often),
        ]
        label_width = max(self._long(label) for label, _ in names) + 2 * mm
        lines = Table(
            [[self._paragraph(label, self._small), self._paragraph(value, self._body)] for label, value in names],
            colWidths=[label_width, left - label_width],
            style=[*_BARE, ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("LINEBELOW", (1, 0), (1, -1), 0.5, _RULE),
                   ("TOPPADDING", (0, 0), (-1, -1), self._size * 0.35)],
        )  # fmt: skip
        return self._row([[lines], "", self._days(width - left - gap)], [left, gap, width - left - gap])

    def _days(self, width: float) -> list[Flowable]:
        labels = self._sheet.labels
        weeks = [labels.week.format(n=week) for week in range(1, WEEKS + 1)]
        label_width = max(map(self._long, weeks)) + 2 * mm
        box = self._size * 0.95
        centred = ParagraphStyle("day", parent=self._small, alignment=1)
        rows: list[list[Any]] = [["", *(self._paragraph(day, centred) for day in labels.weekdays)]]
        rows += [[self._paragraph(week, self._small), *(_Box(box) for _ in range(DAYS))] for week in weeks]
        column = min((width - label_width) / DAYS, 11 * mm)
        grid = Table(
            rows,
            colWidths=[label_width, *[column] * DAYS],
            hAlign="LEFT",
            style=[*_BARE, ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("ALIGN", (1, 0), (-1, -1), "CENTER"),
                   ("TOPPADDING", (0, 0), (-1, -1), 1.5)],
        )  # fmt: skip
        return [self._paragraph(labels.done, self._small), grid]

    def _items(self, items: Iterable[Item], depth: int) -> Iterator[list[Flowable]]:
        for item in items:
            if isinstance(item, Part):
                yield from self._part(item, depth)
            else:
                yield [self._entry(item, depth)]

    def _part(self, part: Part, depth: int) -> Iterator[list[Flowable]]:
        rounds = f" · {part.rounds}" if part.rounds else ""
        title = self._plain(part.title.text)
        heading = [
            _Bookmark(f"part {id(part)}", title, depth),
            Paragraph(f'<font color="{_MARK}">{escape(title)}</font>{escape(rounds)}', self._bold),
        ]
        head = self._indented([heading], [1.0], depth, ruled=depth > 0)
        first, *others = self._items(part.items, depth + 1)
        yield [Spacer(0, self._size * 0.5), head, *first]
        yield from others

    def _entry(self, entry: Entry, depth: int) -> Flowable:
        labels = self._sheet.labels
        name = self._plain(entry.name.text)
        what: list[Flowable] = [
            _Bookmark(f"exercise {entry.number}", f"{entry.number}. {name}", depth),
            Paragraph(f'<font color="{_MARK}">{entry.number}.</font> {escape(name)}', self._bold),
            self._paragraph(entry.dose, self._bold),
            *(self._labelled(label, value.text, self._small) for label, value in entry.details),
        ]
        how: list[Flowable] = []
        if entry.words:
            how.append(self._paragraph(" ".join(text.text for text in entry.words), self._body))
        if entry.reminders:
            reminders = " ".join(text.text for text in entry.reminders)
            how.append(self._labelled(labels.reminders, reminders, self._body))
        if entry.after:
            how.append(self._labelled(labels.afterwards, entry.after.text, self._body))
        if entry.caution:
            how.append(self._labelled(labels.caution, entry.caution.text, self._body, care=True))
        if entry.against:
            how.append(self._labelled(labels.against, entry.against, self._small))
        return self._indented([what, how], [_WHAT, 1 - _WHAT], depth, ruled=True)

    def _foot(self) -> Iterator[Flowable]:
        sheet = self._sheet
        if sheet.safety:
            rules = [self._paragraph(rule, self._body) for rule in sheet.safety]
            head = self._paragraph(sheet.labels.safety, self._bold)
            yield KeepTogether(
                [Spacer(0, self._size * 0.6), self._indented([[head, *rules]], [1.0], 0, ruled=True)]
            )

    def _indented(self, cells: list[Any], parts: list[float], depth: int, *, ruled: bool) -> Table:
        """A row below the sections it stands in; `parts` share what is left of the width."""
        indent = min(depth, _DEEPEST) * _INDENT_MM * mm
        width = self._width - indent
        style: list[Any] = [
            *_BARE,
            ("TOPPADDING", (0, 0), (-1, -1), self._size * 0.3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), self._size * 0.4),
        ]
        if ruled:
            style.append(("LINEABOVE", (1, 0), (-1, 0), 0.5, _RULE))
        if len(parts) > 1:
            style.append(("RIGHTPADDING", (1, 0), (1, 0), 4 * mm))
        if indent:
            style.append(("LINEBEFORE", (1, 0), (1, 0), 1.2, HexColor(_MARK)))
            style.append(("LEFTPADDING", (1, 0), (1, 0), 2 * mm))
        # A column of no width at all would not be drawn.
        widths = [max(indent, 0.01), *(width * part for part in parts)]
        return Table([["", *cells]], colWidths=widths, style=style, splitInRow=1)

    def _row(self, cells: list[Any], widths: list[float]) -> Table:
        return Table([cells], colWidths=widths, style=list(_BARE), splitInRow=1)

    def _labelled(self, label: str, text: str, style: ParagraphStyle, *, care: bool = False) -> Paragraph:
        bold = f"<b>{escape(label + self._sheet.labels.colon)}</b>"
        shown = f'<font color="{_CARE}">{bold}</font>' if care else bold
        return Paragraph(f"{shown} {escape(self._plain(text))}", style)

    def _paragraph(self, text: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph(escape(self._plain(text)), style)

    def _plain(self, text: str) -> str:
        return self._letters.printed(text)

    def _long(self, text: str) -> float:
        """How long a small text is on one line, in points."""
        from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415 (only the head asks)

        return float(stringWidth(self._plain(text), REGULAR, self._small.fontSize))


_BARE: tuple[Any, ...] = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
)


class _Bookmark(Flowable):
    """A place that the document's outline leads to."""

    def __init__(self, key: str, title: str, level: int) -> None:
        super().__init__()
        self.key, self.title, self.level = key, title, level

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkHorizontal(self.key, 0, self.level)
        self.canv.addOutlineEntry(self.title, self.key, self.level)


class _Box(Flowable):
    """An empty box to tick."""

    def __init__(self, side: float) -> None:
        super().__init__()
        self.width = self.height = side

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(_INK)
        self.canv.setLineWidth(0.6)
        self.canv.rect(0, 0, self.width, self.height)


class _Code(Flowable):
    """The QR code of an address, in a square of `side` points with the light zone around it."""

    def __init__(self, address: str, side: float) -> None:
        super().__init__()
        self._rows = tuple(tuple(row) for row in code_of(address).matrix)
        self.width = self.height = side

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        module = self.width / (len(self._rows) + 2 * QUIET_ZONE)
        self.canv.setFillColor(_INK)
        path = self.canv.beginPath()
        for down, row in enumerate(self._rows):
            y = self.height - (down + QUIET_ZONE + 1) * module
            for along, dark in enumerate(row):
                if dark:
                    path.rect((along + QUIET_ZONE) * module, y, module, module)
        self.canv.drawPath(path, stroke=0, fill=1)
