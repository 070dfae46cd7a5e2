"""Which bytes of a file a request is answered with: of 1,000 bytes whose tag is "x"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.web.ranges import answer


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, (200, 0, 1000)),
        ({"range": "bytes=0-99"}, (206, 0, 100)),
        ({"range": "bytes=100-"}, (206, 100, 1000)),
        ({"range": "bytes=-100"}, (206, 900, 1000)),
        ({"range": "bytes=0-0"}, (206, 0, 1)),
        ({"range": "bytes=-1"}, (206, 999, 1000)),
        ({"range": "bytes= 5 - 9 "}, (206, 5, 10)),
        ({"range": "BYTES=5-9"}, (206, 5, 10)),
    ],
)
def test_a_single_range_is_answered_with_it(headers: dict[str, str], expected: tuple[int, int, int]) -> None:
    assert answer("GET", headers, '"x"', 1000) == expected


@pytest.mark.parametrize("asked", ["bytes=900-5000", "bytes=900-999", "bytes=900-99999999999999999"])
def test_a_range_that_goes_beyond_the_end_ends_there(asked: str) -> None:
    assert answer("GET", {"range": asked}, '"x"', 1000) == (206, 900, 1000)


def test_a_suffix_longer_than_the_file_is_the_file() -> None:
    assert answer("GET", {"range": "bytes=-5000"}, '"x"', 1000) == (206, 0, 1000)


@pytest.mark.parametrize("asked", ["bytes=1000-", "bytes=1000-1001", "bytes=-0"])
def test_a_range_that_has_no_byte_of_the_file_cannot_be_had(asked: str) -> None:
    assert answer("GET", {"range": asked}, '"x"', 1000) == (416, 0, 0)


def test_of_an_empty_file_no_range_can_be_had() -> None:
    assert answer("GET", {"range": "bytes=-5"}, '"x"', 0) == (416, 0, 0)


@pytest.mark.parametrize(
    "asked",
    [
        *(
            "bytes=5-2",
            "bytes=-",
            "bytes=",
            "bytes",
            "bytes=a-b",
            "bytes=1-2-3",
            "bytes=+1-2",
            "bytes=٠-٩",
            "",
        ),
        *("seconds=0-99", "bytes=99999999999999999999-", "bytes=--5"),
    ],
)
def test_what_is_no_range_is_as_if_it_were_not_there(asked: str) -> None:
    assert answer("GET", {"range": asked}, '"x"', 1000) == (200, 0, 1000)


def test_several_ranges_are_answered_with_the_whole() -> None:
    assert answer("GET", {"range": "bytes=0-1,5-9"}, '"x"', 1000) == (200, 0, 1000)


@pytest.mark.parametrize("tag", ['"y"', 'W/"x"', "Wed, 25 Nov 2026 18:30:00 GMT", "x", ""])
def test_a_part_of_another_file_than_the_client_has_is_the_whole(tag: str) -> None:
    assert answer("GET", {"range": "bytes=5-9", "if-range": tag}, '"x"', 1000) == (200, 0, 1000)


def test_a_part_of_the_file_that_the_client_has_is_that_part() -> None:
    assert answer("GET", {"range": "bytes=5-9", "if-range": '"x"'}, '"x"', 1000) == (206, 5, 10)


@pytest.mark.parametrize("tags", ['"x"', 'W/"x"', '"a", "x"', "*"])
def test_what_the_client_has_is_not_sent_again(tags: str) -> None:
    assert answer("GET", {"if-none-match": tags, "range": "bytes=0-9"}, '"x"', 1000) == (304, 0, 0)


def test_what_the_client_has_not_is_sent() -> None:
    assert answer("GET", {"if-none-match": '"a", W/"b"'}, '"x"', 1000) == (200, 0, 1000)


@given(asked=st.text(alphabet="bytes=0123456789-, ", max_size=30), size=st.integers(0, 2_000))
def test_whatever_is_asked_the_answer_lies_in_the_file(asked: str, size: int) -> None:
    status, start, end = answer("GET", {"range": asked}, '"x"', size)
    assert status in (200, 206, 416)
    assert 0 <= start <= end <= size
    assert status != 206 or start < end
