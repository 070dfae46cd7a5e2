"""Where the server listens, and the addresses that are told."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import pytest

from voiceguide.cli.serving.addresses import At, listening, own_addresses, own_names, read_at, url_of
from voiceguide.errors import RequestError


def test_a_port_can_be_any() -> None:
    (opened,) = listening(0, lan=False)
    with opened:
        assert opened.getsockname()[0] == "127.0.0.1"
        assert opened.getsockname()[1] > 0


def test_in_the_network_every_address_has_the_same_port() -> None:
    opened = listening(0, lan=True)
    try:
        assert opened[0].getsockname()[0] == "0.0.0.0"
        assert len({one.getsockname()[1] for one in opened}) == 1
    finally:
        for one in opened:
            one.close()


@pytest.mark.parametrize("lan", [False, True])
def test_a_port_that_is_taken_is_told_with_one_that_is_free(lan: bool) -> None:  # noqa: FBT001 (pytest gives it)
    (opened,) = listening(0, lan=False)
    port = opened.getsockname()[1]
    with opened, pytest.raises(RequestError) as raised:
        listening(port, lan=lan)
    (problem,) = raised.value.problems
    assert problem.message == f"another program has port {port}"
    other = int(problem.hint.split("--port ")[1].split("`")[0])  # type: ignore[union-attr]
    with socket.socket() as free:
        free.bind(("127.0.0.1", other))


def test_the_addresses_of_this_machine_are_told_without_those_that_no_phone_reaches() -> None:
    for address in own_addresses():
        found = ip_address(address)
        assert not found.is_loopback
        assert not found.is_link_local


def test_the_names_of_this_machine_are_known_with_local_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "Desk.home.arpa")
    assert own_names() == {"desk.home.arpa", "desk.home.arpa.local", "desk.local"}


@pytest.mark.parametrize(
    ("address", "secure", "expected"),
    [
        ("192.168.1.20", False, "http://192.168.1.20:8420"),
        ("192.168.1.20", True, "https://192.168.1.20:8420"),
        ("fd00::14", False, "http://[fd00::14]:8420"),
    ],
)
def test_an_address_is_written_as_browsers_read_it(address: str, secure: bool, expected: str) -> None:  # noqa: FBT001 (pytest gives it)
    assert url_of(address, 8420, secure=secure) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://desk.example.ts.net", At("https://desk.example.ts.net", "desk.example.ts.net")),
        (
            "https://Desk.example.ts.net:8443/stretch/",
            At("https://Desk.example.ts.net:8443/stretch", "desk.example.ts.net"),
        ),
        ("http://[fd00::14]:80", At("http://[fd00::14]:80", "fd00::14")),
    ],
)
def test_the_address_of_a_proxy_is_read(written: str, expected: At) -> None:
    assert read_at(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "desk.example",
        "ftp://desk",
        "https://",
        "https://a@desk",
        "https://desk?x",
        "https://desk#x",
        "http://[::1",
        "",
        "http://desk:port",
    ],
)
def test_what_is_no_address_of_a_proxy_is_refused(written: str) -> None:
    with pytest.raises(RequestError) as raised:
        read_at(written)
    assert raised.value.problems[0].message == f"'{written}' is not an address of the web"


def test_small_answers_go_at_once() -> None:
    """asyncio lets them only where the protocol is named; else each waits for 40 ms."""
    (opened,) = listening(0, lan=False)
    with opened:
        assert opened.proto == socket.IPPROTO_TCP
