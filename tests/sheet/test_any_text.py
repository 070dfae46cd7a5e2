"""Whatever stands in a routine, a sheet can be made of it, and text stays text."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sheet.support import sheet_of
from voiceguide.sheet.content import Entry, Part, Sheet, Text
from voiceguide.sheet.html import html_page
from voiceguide.sheet.paper import PAPERS
from voiceguide.sheet.pdf import SMALLEST_PT, print_pdf

PLAIN = sheet_of("- fold", address="http://example.org/")
# What breaks markup, lines and fonts more often than any other text.
TEXTS = st.text(max_size=300) | st.sampled_from(
    [
        "</style><script>",
        "<font>",
        "]]>",
        "&#0;",
        "{side}",
        "{0}",
        "%s",
        "a" * 300,
        "\u202e",
        "\x00",
        "\ud800",
    ]
)


def with_text(text: str) -> Sheet:
    """A sheet with this text wherever others may write."""
    words = Text(text)
    entry = Entry(1, words, text, ((text, words),), (words,), (words,), words, words, text)
    return replace(
        PLAIN, title=text, summary=text, facts=((text, text),), changes=(text,), name=text, how_often=text,
        items=(entry, Part(words, text, (entry,))), safety=(text,),
    )  # fmt: skip


def tags(page: str) -> list[str]:
    return re.findall(r"<[^>]*>", page)


NOTHING = tags(html_page(with_text("x"), PAPERS["a4"]))


@given(TEXTS.filter(bool))
def test_no_text_becomes_markup_of_the_page(text: str) -> None:
    page = html_page(with_text(text), PAPERS["a4"])
    assert tags(page) == NOTHING


@settings(max_examples=40)
@given(TEXTS)
def test_every_text_can_be_printed(text: str) -> None:
    printed = print_pdf(with_text(text), PAPERS["a4"])
    assert printed.data.startswith(b"%PDF-")
    assert printed.size >= SMALLEST_PT
