"""`voiceguide serve` as a process of the user's, and phones that ask it."""

from __future__ import annotations

import http.client
import json
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from tests.conftest import User

HOLD = "title: Hold on\nsteps:\n- {lean: 6s}\nexercises:\n  lean: {name: Lean, dose: 6s}\n"
WITHIN_S = 120.0


@dataclass(frozen=True)
class Server:
    """A server that has told where it is."""

    process: subprocess.Popen[str]
    url: str

    def connect(self) -> http.client.HTTPConnection:
        """A connection of its own."""
        parts = urlsplit(self.url)
        assert parts.hostname
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=WITHIN_S)

    def ask(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer; the path is below the root."""
        connection = self.connect()
        content = None if body is None else json.dumps(body)
        connection.request(method, urlsplit(self.url).path + path, content, headers)
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found

    def get(self, path: str, **headers: str) -> bytes:
        """The body of an answer that is one."""
        status, _, body = self.ask("GET", path, **headers)
        assert status in (200, 206), (path, status, body)
        return body

    def catalogue(self) -> dict[str, Any]:
        """What there is to choose from, when all of it has been worked out."""
        until = time.monotonic() + WITHIN_S
        while True:
            found: dict[str, Any] = json.loads(self.get("api/routines"))
            if found["whole"]:
                return found
            assert time.monotonic() < until

    def titles(self) -> list[str]:
        """The titles of the routines that are listed."""
        return [routine["title"] for routine in self.catalogue()["routines"]]

    def rendered(self, **wish: Any) -> dict[str, Any]:
        """A session when it is ready."""
        status, _, body = self.ask("POST", "api/sessions", wish)
        assert status in (200, 202), body
        session: dict[str, Any] = json.loads(body)
        until = time.monotonic() + WITHIN_S
        while session["state"] != "ready":
            assert session["state"] != "failed", session
            assert time.monotonic() < until
            time.sleep(0.05)
            session = json.loads(self.get(f"api/sessions/{session['id']}"))
        return session

    def stop(self) -> tuple[int, str]:
        """End it by Ctrl-C; gives its code, and what it said on standard error."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=WITHIN_S)
        return self.process.returncode, said


@contextmanager
def serving(user: User, *options: str) -> Iterator[Server]:
    """A server on any port, killed in the end if it is there still."""
    process = user.start("serve", "--port", "0", *options)
    try:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert url, process.communicate()
        yield Server(process, url)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
