"""Several views as one."""

from __future__ import annotations

from io import StringIO

from voiceguide.player.screen.several import Views
from voiceguide.player.screen.view import PlainView
from voiceguide.player.status import Status

NOW = Status("Evening", 0, 60_000, "playing", "Bridge", 0, 60_000, None)


def test_each_view_is_shown_and_told_the_same() -> None:
    left, right = StringIO(), StringIO()
    views = Views([PlainView(left), PlainView(right)])
    views.show(NOW)
    views.tell("Once more.")
    assert left.getvalue() == right.getvalue() == "Bridge\nOnce more.\n"
