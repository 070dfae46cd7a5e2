"""An HTML sheet as a browser prints it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.shipped.support import LANGUAGES, ROUTINES, routine
from tests.web.phone.browser import CHROMIUM, chromium
from voiceguide.plan import Choices
from voiceguide.sheet.build import build_sheet
from voiceguide.sheet.html import html_page
from voiceguide.sheet.paper import PAPERS

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.sheet.paper import Paper

ADDRESS = "http://192.168.1.20:8420/Xy_3kQabcdefghijklmnop/#/evening"


@pytest.mark.skipif(CHROMIUM is None, reason="not installed: chromium")
@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_what_is_shipped_is_printed_on_one_page_in_every_language(tmp_path: Path, paper: Paper) -> None:
    pages: dict[tuple[str, str], int] = {}
    with chromium(tmp_path) as browser:
        page = browser.new_page()
        for name in ROUTINES:
            for language in LANGUAGES:
                sheet = build_sheet(routine(name, language)[0], Choices(), 600_000, address=ADDRESS)
                page.set_content(html_page(sheet, paper))
                printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
                pages[name, language] = len(printed.pages)
    assert len(pages) > 1
    assert [one for one, count in pages.items() if count != 1] == []
