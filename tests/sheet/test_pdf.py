"""A sheet as a PDF."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader

from tests.sheet.support import one_line, scanned, sheet_of
from tests.shipped.support import LANGUAGES, ROUTINES, routine
from voiceguide.plan import Choices
from voiceguide.sheet.build import build_sheet
from voiceguide.sheet.content import entries
from voiceguide.sheet.paper import PAPERS
from voiceguide.sheet.pdf import LARGEST_PT, SMALLEST_PT, print_pdf

if TYPE_CHECKING:
    from voiceguide.sheet.content import Sheet
    from voiceguide.sheet.paper import Paper
    from voiceguide.sheet.pdf import Printed

ADDRESS = "http://192.168.1.20:8000/Xy_3kQ/?routine=evening&dose=40"
A4 = PAPERS["a4"]


def named(name: str) -> Sheet:
    """The sheet of one exercise with this name."""
    return sheet_of("- fold", shelf={"fold": f"{{name: '{name}', dose: 30s}}"})


def read_back(printed: Printed) -> Any:
    """The PDF as pypdf reads it, whose objects have no types of their own."""
    return PdfReader(BytesIO(printed.data))


def words(printed: Printed) -> str:
    """The text of every page, as a search in it finds it."""
    return one_line(" ".join(page.extract_text() for page in read_back(printed).pages))


def seen(printed: Printed) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The first page as a printer puts it on paper, 150 dots an inch, grey."""
    picture = pypdfium2.PdfDocument(printed.data)[0].render(scale=150 / 72, grayscale=True)
    return np.ascontiguousarray(picture.to_numpy().squeeze())


def outline(items: list[Any], indent: str = "") -> list[str]:
    """The titles of an outline, deeper ones indented."""
    found: list[str] = []
    for item in items:
        found += outline(item, f"{indent}  ") if isinstance(item, list) else [f"{indent}{item['/Title']}"]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ROUTINES)
def test_what_is_shipped_is_one_page_with_every_dose_and_caution_in_order(name: str, language: str) -> None:
    """On the shorter paper, with a code and a long address: nobody is handed a second page."""
    address = f"{ADDRESS}&{'x' * 80}"
    found = build_sheet(routine(name, language)[0], Choices(), 600_000, address=address)
    printed = print_pdf(found, PAPERS["letter"])
    assert (printed.pages, printed.missing) == (1, "")
    text, at = words(printed), 0
    for entry in entries(found.items):
        for part in (entry.name.text, entry.dose, entry.caution.text if entry.caution else "", entry.against):
            at = text.index(one_line(part), at)
    assert all(one_line(rule) in text[at:] for rule in found.safety)


def test_a_phone_reads_the_code_from_paper() -> None:
    assert scanned(seen(print_pdf(sheet_of("- fold", address=ADDRESS), A4))) == [ADDRESS]


def test_a_phone_reads_the_code_of_the_longest_address() -> None:
    address = "http://example.org/".ljust(300, "x")
    assert scanned(seen(print_pdf(sheet_of("- fold", address=address), A4))) == [address]


def test_the_address_can_be_clicked() -> None:
    reader = read_back(print_pdf(sheet_of("- fold", address=ADDRESS), A4))
    links = [note.get_object()["/A"]["/URI"] for note in reader.pages[0]["/Annots"]]
    assert set(links) == {ADDRESS}


@pytest.mark.parametrize("address", [None, ADDRESS], ids=["without a code", "with a code"])
def test_all_that_is_set_at_the_left_begins_at_the_same_place(address: str | None) -> None:
    printed = print_pdf(sheet_of("- fold", head="summary: Short.\n", address=address), A4)
    begins: dict[str, float] = {}

    def note(text: str, matrix: list[float], position: list[float], *_: object) -> None:
        if text.strip():
            # A paragraph moves the page to its place, and the text from there.
            begins[text.strip()] = round(matrix[4] + position[4], 1)

    read_back(printed).pages[0].extract_text(visitor_text=note)
    heads = ("Test", "Short.", "Length:", "1.")
    found = {head: x for text, x in begins.items() for head in heads if text.startswith(head)}
    assert set(found) == set(heads)
    assert len(set(found.values())) == 1, found


def test_it_says_what_it_is_and_in_which_language() -> None:
    reader = read_back(print_pdf(sheet_of("- fold", head="summary: Short.\n"), A4))
    assert (reader.metadata.title, reader.metadata.author, reader.metadata.subject) == (
        "Test",
        "voiceguide",
        "Short.",
    )
    assert reader.root_object["/Lang"] == "en"


def test_its_outline_leads_to_each_exercise() -> None:
    nested = "- fold\n- section: A\n  steps:\n    - section: B\n      steps: [lift]\n- breathe"
    assert outline(read_back(print_pdf(sheet_of(nested), A4)).outline) == [
        "Test",
        "1. Fold",
        "A",
        "  B",
        "    2. Lift",
        "3. Breathe",
    ]


def test_its_fonts_are_in_it() -> None:
    reader = read_back(print_pdf(sheet_of("- fold"), A4))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    used = [font for font in fonts if font["/Subtype"] == "/TrueType"]
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)
    assert {str(font["/BaseFont"]).split("+")[-1] for font in used} >= {"Roboto-Regular", "Roboto-Bold"}


def test_the_same_sheet_gives_the_same_bytes() -> None:
    found = sheet_of("- fold\n- section: A\n  steps: [lift]", address=ADDRESS)
    assert print_pdf(found, A4).data == print_pdf(found, A4).data


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_paper_is_the_one_that_is_asked_for(paper: Paper) -> None:
    box = read_back(print_pdf(sheet_of("- fold"), paper)).pages[0].mediabox
    assert (round(float(box.width) * 25.4 / 72, 1), round(float(box.height) * 25.4 / 72, 1)) == paper[1:]


def test_few_words_are_large_and_many_are_small() -> None:
    few, many = (sheet_of("\n".join(["- fold"] * count)) for count in (3, 20))
    assert print_pdf(few, A4).size == LARGEST_PT
    assert SMALLEST_PT <= print_pdf(many, A4).size < LARGEST_PT


def test_what_would_be_too_small_to_read_goes_on_numbered_pages() -> None:
    printed = print_pdf(sheet_of("\n".join(["- fold"] * 45)), A4)
    assert printed.pages == 2
    assert printed.size >= SMALLEST_PT
    assert [
        f"Page {n} of 2" in page.extract_text() for n, page in enumerate(read_back(printed).pages, 1)
    ] == [True] * 2


def test_an_exercise_is_not_torn_apart_by_the_end_of_a_page() -> None:
    printed = print_pdf(sheet_of("\n".join(f"- fold: {seconds}s" for seconds in range(1, 61))), A4)
    for page in read_back(printed).pages:
        text = one_line(page.extract_text())
        names = [number for number in range(1, 61) if f" {number}. Fold" in f" {text}"]
        assert all(f"{number}. Fold {number} s" in text for number in names if number < 60)


def test_an_exercise_longer_than_a_page_goes_on_on_the_next() -> None:
    setup = " ".join(f"Sentence {number} of many that fill the paper." for number in range(20))
    parts = ", ".join(f'"{setup} Part {part}."' for part in range(24))
    printed = print_pdf(
        sheet_of("- fold", shelf={"fold": f"{{name: Fold, dose: 30s, setup: [{parts}]}}"}), A4
    )
    assert printed.pages > 1
    assert all(f"Part {part}." in words(printed) for part in range(24))


def test_a_word_longer_than_a_line_is_broken() -> None:
    printed = print_pdf(named("W" * 300), A4)
    page = seen(printed)
    margin = page.shape[1] * 10 // 210
    assert page[:, -margin:].min() == 255
    assert words(printed).replace(" ", "").count("W") >= 300


@pytest.mark.parametrize(
    "name", ["Łódź żółw", "Čeština", "Αθήνα", "Привіт, ґанок", "Tiếng Việt", "“Ça” – 3 × ½ …"]
)
def test_letters_of_europe_and_beyond_are_printed(name: str) -> None:
    printed = print_pdf(named(name), A4)
    assert printed.missing == ""
    assert one_line(name) in words(printed)


def test_a_letter_that_the_fonts_lack_is_told_and_marked() -> None:
    printed = print_pdf(named("漢字 stretch"), A4)
    assert printed.missing == "漢字"
    assert "\ufffd\ufffd stretch" in words(printed)


def test_an_emoji_is_told_and_left_out() -> None:
    printed = print_pdf(named("Fold \U0001f9d8\u200d♀\ufe0f well"), A4)
    assert printed.missing.startswith("\U0001f9d8")
    assert "1. Fold well 30 s" in words(printed)


def test_what_nobody_sees_is_left_out_in_silence() -> None:
    printed = print_pdf(named("a\u202eb\u200bc\u2066d"), A4)
    assert printed.missing == ""
    assert "abcd" in words(printed)


def test_what_is_written_as_markup_is_printed_as_text() -> None:
    printed = print_pdf(named("<b>Fold</b> & <font size=99>x</font> &amp; <para>"), A4)
    assert "<b>Fold</b> & <font size=99>x</font> &amp; <para>" in words(printed)


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    """However the words before them fill the line: here one letter more for each exercise."""
    shelf = {
        f"lift-{n}": f"{{name: Lift, dose: 2 reps @ 2-{n}, phases: [{'o' * n}, back]}}" for n in range(1, 45)
    }
    printed = print_pdf(sheet_of("\n".join(f"- {name}" for name in shelf), shelf=shelf), A4)
    lines = [line.strip() for page in read_back(printed).pages for line in page.extract_text().splitlines()]
    tempi = [
        one_line(text) for text in re.findall(r"Tempo:.*?back\s\d+\ss", "\n".join(lines), flags=re.DOTALL)
    ]
    assert len(tempi) == len(shelf)
    assert not any(re.search(r"(o|back)\s\d+$", line) for line in lines)
