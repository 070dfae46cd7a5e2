"""Fifty phones at once: nothing is lost or mixed up, and those that are slow or gone cost the others nothing."""

from __future__ import annotations

import random
import socket
import sys
import wave
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import pytest

from tests.cli.served import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import User

pytestmark = pytest.mark.usefixtures("undisturbed")

PHONES = 50
SEEKS = 5
NOISE = "title: Noise {number}\nsteps:\n- say: {{text: Noise., recording: noise{number}.wav}}\n"
RATE = 24_000


@pytest.fixture
def server(user: User) -> Iterator[Server]:
    """A server of three sessions that are noise: no part of one is like another, or like a part of another one."""
    for number in range(3):
        noise = np.random.default_rng(number).integers(-8_000, 8_000, RATE * (40 + 10 * number), np.int16)
        path = user.write(f"scripts/routines/noise{number}.wav", b"")
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(noise.tobytes())
        user.write(f"scripts/routines/n{number}.yaml", NOISE.format(number=number))
    with serving(user, "--no-safety") as server:
        yield server


def kept_files(user: User, server: Server) -> dict[str, bytes]:
    """The files of the sessions by their addresses, as they lie on the disk."""
    sessions = [server.rendered(routine=f"n{number}") for number in range(3)]
    folder = Path(user.environment["XDG_CACHE_HOME"]) / "voiceguide" / "phone"
    addresses = [
        session[key] for session in sessions for key in ("audio", "timeline", "chapters", "transcript")
    ]
    return {address: (folder / address).read_bytes() for address in addresses}


def a_phone(server: Server, files: dict[str, bytes], number: int) -> int:
    """Downloads everything whole, in parts, here and there, and dropped half way; gives how many bytes it compared."""
    chance = random.Random(number)
    compared = 0
    for address in chance.sample(sorted(files), len(files)):
        content = files[address]
        connection = server.connect()
        connection.request("GET", f"/{address}")
        whole = connection.getresponse()
        assert (whole.status, whole.getheader("content-length")) == (200, str(len(content)))
        assert whole.read() == content, address
        tag = whole.getheader("etag")
        assert tag
        compared += len(content)
        for _ in range(SEEKS):
            start = chance.randrange(len(content))
            end = min(len(content), start + chance.choice((1, 1_000, 100_000)))
            headers = {"Range": f"bytes={start}-{end - 1}", "If-Range": tag}
            connection.request("GET", f"/{address}", headers=headers)
            part = connection.getresponse()
            assert (part.status, part.read()) == (206, content[start:end]), (address, start, end)
            compared += end - start
        connection.request("GET", f"/{address}")
        begun = connection.getresponse().read(chance.randrange(1, len(content)))
        assert content.startswith(begun)
        # Gone in the middle; what it has is gone on with by another connection.
        connection.close()
        rest = server.get(address, Range=f"bytes={len(begun)}-") if len(begun) < len(content) else b""
        assert begun + rest == content, address
        compared += len(content)
    return compared


def test_fifty_phones_at_once_get_every_byte_of_what_they_asked_for(user: User, server: Server) -> None:
    files = kept_files(user, server)
    assert len(set(files.values())) == len(files) == 12
    with ThreadPoolExecutor(PHONES) as phones:
        compared = list(phones.map(lambda number: a_phone(server, files, number), range(PHONES)))
    assert min(compared) > 2 * sum(map(len, files.values()))
    assert server.stop() == (130, "stopped\n")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_phones_that_are_slow_or_idle_cost_no_memory_and_keep_nobody_waiting(
    user: User, server: Server
) -> None:
    files = kept_files(user, server)
    longest = max(files, key=lambda address: len(files[address]))
    a_phone(server, files, 0)
    before = resident_bytes(server.process.pid)
    with ExitStack() as stack:
        parts = urlsplit(server.url)
        for number in range(100 + PHONES):
            connection = stack.enter_context(socket.create_connection((parts.hostname, parts.port)))
            if number >= 100:
                # It asks for much, and takes nothing of it.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
                connection.sendall(f"GET /{longest} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        a_phone(server, files, 1)
        grown = resident_bytes(server.process.pid) - before
    assert grown < 40_000_000
    a_phone(server, files, 2)


def resident_bytes(process: int) -> int:
    """The memory that a process has."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) * 1_024
