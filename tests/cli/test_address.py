"""The address of a folder on the web, as options take it."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.cli.address import FolderAddress, below


def folder(written: str) -> str:
    return FolderAddress().convert(written, None, None)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/mat", "https://example.org/mat/"),
        ("  https://example.org/mat/ ", "https://example.org/mat/"),
        ("HTTP://Example.org:8000/Mat", "http://example.org:8000/Mat/"),
        ("http://192.168.1.20:8000", "http://192.168.1.20:8000/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("https://üben.example/für mich", "https://xn--ben-goa.example/f%C3%BCr%20mich/"),
        ("https://example.org/f%C3%BCr%20mich", "https://example.org/f%C3%BCr%20mich/"),
        ("https://example.org/100%", "https://example.org/100%25/"),
    ],
)
def test_it_is_in_ascii_with_a_slash_at_its_end(written: str, address: str) -> None:
    assert folder(written) == address


def test_a_file_in_it_has_an_address_below() -> None:
    address = below("https://example.org/mat/", "01 Größe 50% & #1?/01 Kind's pose.mp3")
    assert address == (
        "https://example.org/mat/01%20Gr%C3%B6%C3%9Fe%2050%25%20%26%20%231%3F/01%20Kind%27s%20pose.mp3"
    )


@given(st.text(), st.text(), st.text())
def test_what_is_taken_is_an_address_and_stays_what_it_is(host: str, path: str, file: str) -> None:
    try:
        address = folder(f"https://{host}/{path}")
    except click.BadParameter:
        return
    assert re.fullmatch(r"https://[-0-9a-z._:\[\]]+/([!-~]*/)?", address)
    assert folder(address) == address
    parts = urlsplit(below(address, file))
    assert (parts.query, parts.fragment) == ("", "")
    assert unquote(parts.path).endswith(file)
