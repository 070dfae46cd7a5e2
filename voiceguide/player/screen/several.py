"""Several views as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voiceguide.player.screen.view import View
    from voiceguide.player.status import Status


class Views:
    """Several views as one: each is shown and told everything, in their order."""

    def __init__(self, views: Sequence[View]) -> None:
        self._views = tuple(views)

    def show(self, now: Status) -> None:
        """Show this moment on each."""
        for view in self._views:
            view.show(now)

    def tell(self, text: str) -> None:
        """Show a remark on each."""
        for view in self._views:
            view.tell(text)
