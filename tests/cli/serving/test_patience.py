"""Connections of which nothing comes are ended, and others are served meanwhile: with times of tenths of seconds."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import uvicorn

from voiceguide.cli.serving.patience import PatientProtocol

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
LARGE = 64 * 1024
PIECES = 1_000
_WITHIN_S = 30.0


class Impatient(PatientProtocol):
    idle_s = 0.3
    stalled_s = 0.5
    most = 5
    look_every_s = 0.05


async def answer(scope: Any, _receive: Any, send: Any) -> None:
    """A small answer, at `/large` one that no socket holds, at `/late` one that takes longer than a connection may be idle."""
    if scope["path"] == "/late":
        await asyncio.sleep(1.0)
    pieces = PIECES if scope["path"] == "/large" else 1
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-made", b"here")]})
    for _ in range(pieces):
        await send(
            {"type": "http.response.body", "body": b"x" * (LARGE if pieces > 1 else 1), "more_body": True}
        )
    await send({"type": "http.response.body", "body": b"", "more_body": False})


@contextmanager
def serving(protocol: type[PatientProtocol] = Impatient) -> Iterator[tuple[uvicorn.Server, int]]:
    """A server and its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(answer, http=protocol, ws="none", lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        try:
            yield server, listener.getsockname()[1]
        finally:
            server.force_exit = server.should_exit = True
            thread.join()


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=_WITHIN_S)


def is_ended(connection: socket.socket) -> bool:
    """Whether the server ends the connection; it waits until it does."""
    with suppress(ConnectionError):
        while connection.recv(1024):
            pass
    return True


def served(port: int) -> bool:
    with connected(port) as connection:
        connection.sendall(REQUEST)
        return connection.recv(1024).startswith(b"HTTP/1.1 200 OK")


def test_a_connection_that_asks_for_nothing_is_ended() -> None:
    with serving() as (_, port), connected(port) as connection:
        assert is_ended(connection)


def test_a_request_that_comes_byte_by_byte_is_not_waited_for() -> None:
    with serving() as (_, port), connected(port) as connection:
        connection.settimeout(0.05)
        ended = False
        connection.sendall(REQUEST[:-2])
        while not ended:
            try:
                connection.sendall(b"x: y\r\n")
                ended = connection.recv(1) == b""
            except TimeoutError:
                continue
            except ConnectionError:
                ended = True
        assert ended


def test_a_connection_that_was_answered_is_ended_when_it_asks_for_nothing_more() -> None:
    with serving() as (_, port), connected(port) as connection:
        connection.sendall(REQUEST)
        assert connection.recv(1024).startswith(b"HTTP/1.1 200 OK")
        assert is_ended(connection)


def test_a_phone_that_takes_nothing_is_given_up_and_others_are_served() -> None:
    with serving() as (server, port), connected(port) as connection:
        connection.sendall(REQUEST.replace(b"/ ", b"/large "))
        # The answer has begun, and is more than the system holds.
        assert connection.recv(12) == b"HTTP/1.1 200"
        while server.server_state.connections:
            assert served(port)
        received = 0
        with suppress(ConnectionError):
            while data := connection.recv(1 << 20):
                received += len(data)
        assert received < PIECES * LARGE


def test_an_answer_that_takes_long_is_waited_for() -> None:
    with serving() as (_, port), connected(port) as connection:
        connection.sendall(REQUEST.replace(b"/ ", b"/late "))
        assert connection.recv(1024).startswith(b"HTTP/1.1 200 OK")


def test_where_there_are_too_many_the_one_that_is_idle_longest_makes_room() -> None:
    class Crowded(PatientProtocol):
        most = 5

    with serving(Crowded) as (_, port):
        idle = [connected(port) for _ in range(5)]
        assert served(port)
        assert is_ended(idle[0])
        for connection in idle[1:]:
            connection.sendall(REQUEST)
            assert connection.recv(1024).startswith(b"HTTP/1.1 200 OK")
        for connection in idle:
            connection.close()
