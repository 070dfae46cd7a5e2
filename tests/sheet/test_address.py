"""The address of the recording."""

from __future__ import annotations

import pytest

from voiceguide.errors import RequestError
from voiceguide.sheet.address import MAX_ADDRESS, check_address, code_of


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.20:8000/Xy_3kQ/#/evening",
        "https://example.org/a%20b.mp3?dose=40&talk=brief",
        "http://[fe80::1]:8000/",
        "https://laptop.local",
        "https://desk:8420//a?#",
    ],
)
def test_an_address_of_the_web_is_taken_as_it_is(address: str) -> None:
    assert check_address(f" {address}\n") == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "evening.mp3",
        "192.168.1.20:8000",
        "ftp://example.org/a.mp3",
        "javascript:alert(1)",
        "http://",
        "http:///evening",
        "http://example.org/a\tb",
        "http://example.org/\u202egnp.mp3",
        "http://a b.org/",
        'http://example"onload="x/',
        "http://example.org:port/",
        "http://[fe80::1/",
        "http://example.org/\x00",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(RequestError) as refused:
        check_address(address)
    assert [found.kind for found in refused.value.problems] == ["address-unreadable"]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://192.168.1.20:8000/ä", "http://192.168.1.20:8000/%C3%A4"),
        ("https://exämple.org:80/?q=ü#/é", "https://xn--exmple-cua.org:80/?q=%C3%BC#/%C3%A9"),
        ("http://example.org/100%/a b.mp3", "http://example.org/100%25/a%20b.mp3"),
        ('http://example.org/"onload="x', "http://example.org/%22onload=%22x"),
    ],
)
def test_what_an_address_cannot_have_is_encoded(written: str, address: str) -> None:
    assert check_address(written) == address


def test_a_code_can_be_read_with_a_sixth_of_it_damaged() -> None:
    """Level M, or a higher one where that takes no more room (ISO/IEC 18004, table 12), however long the address is."""
    levels = {code_of("http://example.org/".ljust(length, "a")).error for length in range(20, MAX_ADDRESS)}
    assert levels <= {"M", "Q", "H"}


def test_an_address_whose_code_could_not_be_read_from_paper_is_refused() -> None:
    longest = "http://example.org/".ljust(MAX_ADDRESS, "a")
    assert check_address(longest) == longest
    with pytest.raises(RequestError) as refused:
        check_address(f"{longest}a")
    assert [found.kind for found in refused.value.problems] == ["address-too-long"]
