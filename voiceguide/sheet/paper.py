"""The sizes of paper that a sheet is made for."""

from __future__ import annotations

from typing import NamedTuple


class Paper(NamedTuple):
    """A sheet of paper, upright; `name` is CSS's, width and height are in mm."""

    name: str
    width: float
    height: float


PAPERS = {paper.name: paper for paper in (Paper("a4", 210, 297), Paper("letter", 215.9, 279.4))}
