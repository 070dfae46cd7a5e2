"""`voiceguide serve`: what it tells, what it refuses, and how it ends."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
import pytest

from tests.cli.served import HOLD, serving

if TYPE_CHECKING:
    from tests.conftest import User

TOKEN = r"[A-Za-z0-9_-]{22}"


@pytest.fixture(autouse=True)
def _script(user: User) -> None:
    user.write("scripts/routines/hold.yaml", HOLD)


def test_it_tells_its_address_and_serves_the_page_there(user: User) -> None:
    with serving(user) as server:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", server.url)
        assert b"<!doctype html>" in server.get("").lower()
        assert server.stop() == (130, "stopped\n")


def test_a_session_is_rendered_and_sent(user: User) -> None:
    with serving(user) as server:
        session = server.rendered(routine="hold")
        audio = server.get(session["audio"])
        assert len(audio) == session["bytes"]
        assert audio[:3] == b"ID3"
        assert server.get(session["audio"], Range="bytes=-100") == audio[-100:]
        assert server.ask("HEAD", session["audio"])[2] == b""


def test_where_scripts_change_the_list_does(user: User) -> None:
    with serving(user) as server:
        assert "Hold on" in server.titles()
        user.write("scripts/routines/hold.yaml", HOLD.replace("Hold on", "Hold more"))
        assert "Hold more" in server.titles()


def test_the_page_begins_with_what_the_server_was_told(user: User) -> None:
    user.configure("talk: brief\n")
    with serving(user, "--fit", "25m") as server:
        told = server.catalogue()
    assert (told["talk"], told["fit"]) == ("brief", "25m")


def test_a_script_that_is_broken_is_told_in_the_terminal_and_listed_apart(user: User) -> None:
    user.write("scripts/routines/broken.yaml", "title: Broken\nsteps:\n- nothing\n")
    with serving(user) as server:
        assert "Broken" not in server.titles()
        (broken,) = server.catalogue()["broken"]
        problem = {"message": "there is no exercise or verb 'nothing'", "hint": None}
        assert broken == {"name": "broken", "problems": [problem]}
        code, said = server.stop()
    assert code == 130
    assert said.startswith(
        "scripts/routines/broken.yaml:3:3: error: there is no exercise or verb 'nothing'\n"
        "   3 | - nothing\n     |   ^^^^^^^\n"
    )


def test_in_the_network_nothing_is_there_without_the_token(user: User) -> None:
    with serving(user, "--lan") as server:
        found = re.fullmatch(rf"http://([^/]+)/({TOKEN})/", server.url)
        assert found
        assert server.ask("GET", "")[0] == 200
        connection = server.connect()
        connection.request("GET", "/")
        assert connection.getresponse().status == 404
        connection.close()


def test_the_token_stays_until_another_one_is_asked_for(user: User) -> None:
    tokens = []
    for options in ((), (), ("--new-token",)):
        with serving(user, "--lan", *options) as server:
            tokens.append(server.url.split("/")[3])
    assert tokens[0] == tokens[1] != tokens[2]


def test_behind_a_proxy_the_proxys_address_is_told_first(user: User) -> None:
    process = user.start("serve", "--port", "0", "--at", "https://desk.example.ts.net/stretch/")
    assert process.stdout
    first, second = process.stdout.readline(), process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert re.fullmatch(rf"https://desk\.example\.ts\.net/stretch/{TOKEN}/\n", first)
    assert re.fullmatch(rf"http://127\.0\.0\.1:\d+/{TOKEN}/\n", second)


def test_a_port_that_is_taken_is_told_with_the_next_thing_to_do(user: User) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = user.run("serve", "--port", str(port))
    assert (outcome.code, outcome.out) == (2, "")
    assert re.fullmatch(
        rf"error: another program has port {port}\n"
        r"   hint: `--port \d+` is free; or is `voiceguide serve` running already\?\n",
        outcome.err,
    )


def test_without_its_libraries_it_tells_what_brings_them(user: User) -> None:
    # Not a mock of ours: what Python finds where they are not installed.
    code = (
        "import importlib.util as u, sys; real = u.find_spec; "
        "u.find_spec = lambda name, *more: None if name == 'uvicorn' else real(name, *more); "
        "from voiceguide.cli import run; sys.exit(run(['serve']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=user.environment,
        cwd=user.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: the page for the phone needs starlette and uvicorn, which are not installed\n"
        "   hint: `pip install 'voiceguide[serve]'` brings them\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--certificate", "none.pem"), "the certificate none.pem cannot be used: no such file or directory"),
        (
            ("--certificate", "broken.pem"),
            (
                "the certificate broken.pem cannot be used: there is none in it, or no key for it\n"
                "   hint: a certificate and its key are expected in PEM, as mkcert makes them (see docs/phone.md)\n"
            ),
        ),
        (("--key", "desk.key"), "--key goes with --certificate"),
        (("--at", "desk"), "'desk' is not an address of the web"),
    ],
)
def test_what_it_cannot_use_is_refused_before_it_listens(
    user: User, options: tuple[str, ...], said: str
) -> None:
    user.write("broken.pem", "nothing\n")
    outcome = user.run("serve", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"error: {said}")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_a_key_of_another_certificate_is_told_as_such(user: User) -> None:
    for name in ("one", "other"):
        made = ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=localhost"]
        files = ["-keyout", f"{name}.key", "-out", f"{name}.pem"]
        subprocess.run([*made, *files], cwd=user.folder, capture_output=True, check=True)
    outcome = user.run("serve", "--certificate", "one.pem", "--key", "other.key")
    assert outcome.code == 2
    assert outcome.err.startswith(
        "error: the certificate one.pem cannot be used: the key belongs to another one\n"
    )


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_with_a_certificate_it_serves_by_https(user: User) -> None:
    made = ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=localhost"]
    files = ["-keyout", "desk.key", "-out", "desk.pem"]
    subprocess.run([*made, *files], cwd=user.folder, capture_output=True, check=True)
    with serving(user, "--certificate", "desk.pem", "--key", "desk.key") as server:
        found = re.fullmatch(r"https://127\.0\.0\.1:(\d+)/", server.url)
        assert found
        context = ssl.create_default_context(cafile=user.folder / "desk.pem")
        connection = http.client.HTTPSConnection("localhost", int(found[1]), context=context)
        connection.request("GET", "/")
        assert b"<!doctype html>" in connection.getresponse().read().lower()
        connection.close()


def test_the_configuration_sets_its_options(user: User) -> None:
    user.configure("serve:\n  port: 0\n  lan: true\n  talk: brief\n")
    process = user.start("serve")
    assert process.stdout
    line = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert re.fullmatch(rf"http://\S+/{TOKEN}/\n", line)


def test_ctrl_c_ends_it_while_it_renders(user: User) -> None:
    words = "\n".join(
        f"- say: Sentence {n} of this very long routine is for {user.folder}." for n in range(300)
    )
    user.write("scripts/routines/long.yaml", f"title: Long\nsteps:\n{words}\n")
    with serving(user) as server:
        server.ask("POST", "api/sessions", {"routine": "long"})
        assert server.stop() == (130, "stopped\n")
    assert not list(
        (Path(user.environment["XDG_CACHE_HOME"]) / "voiceguide/phone/sessions").glob(".voiceguide-*")
    )


def test_ctrl_c_ends_it_while_a_phone_downloads_and_takes_nothing(user: User) -> None:
    user.write("scripts/routines/hold.yaml", "title: Hold on\nsteps:\n- say: Now.\n- pause: 1h\n")
    with serving(user) as server:
        session = server.rendered(routine="hold")
        connection = server.connect()
        connection.request("GET", f"/{session['audio']}")
        assert connection.getresponse().status == 200
        assert server.stop() == (130, "stopped\n")
        connection.close()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_server_that_is_killed_leaves_no_process_behind(user: User) -> None:
    with serving(user) as server:
        server.rendered(routine="hold")
        children = _children(server.process.pid)
        assert children
        server.process.kill()
        server.process.wait()
        until = time.monotonic() + 20
        while any(Path(f"/proc/{child}").exists() for child in children):
            assert time.monotonic() < until, children
            time.sleep(0.05)


def _children(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                    found.append(int(folder.name))
            except OSError:
                continue
    return found


def test_in_a_terminal_it_shows_a_code_to_scan(user: User) -> None:
    """What it shows is read by a camera in tests/cli/serving/test_qr.py."""
    launch = (
        "import os, signal, sys, threading, time\n"
        "def end():\n"
        # The last thing that is imported, when everything has been told.
        "    while 'voiceguide.cli.serving.patience' not in sys.modules: time.sleep(0.05)\n"
        "    time.sleep(0.2)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "threading.Thread(target=end, daemon=True).start()\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from voiceguide.cli import main\n"
        "main()\n"
    )
    shown = user.terminal("serve", "--port", "0", "--lan", launch=launch)
    screen = pyte.Screen(80, 60)
    pyte.Stream(screen).feed(shown.raw)
    text = [line.rstrip() for line in screen.display]
    assert any("█" in line for line in text)
    assert any(re.fullmatch(rf"http://\S+/{TOKEN}/", line) for line in text)
    assert "Ctrl-C ends it." in text


def test_the_cache_shows_and_clears_what_is_kept_for_phones(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = user.folder / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    user.environment["XDG_CACHE_HOME"] = str(cache)
    with serving(user) as server:
        server.catalogue()
        size = server.rendered(routine="hold")["bytes"]
    shown = user.run("cache").out
    found = re.search(r"phone/sessions: 1 session, ([\d.]+) MB \(at most 1000 MB\)\n", shown)
    assert found
    assert abs(float(found[1]) - size / 1e6) < 0.1
    assert re.search(r"phone/list: \d+ routines, ", shown)
    assert "phone/sessions: 0 sessions, 0.0 MB" in user.run("cache", "--clear").out
    assert not [path for path in (cache / "voiceguide/phone").rglob("*") if path.is_file()]


def test_doctor_tells_whether_it_can_work(user: User) -> None:
    findings = json.loads(user.process("doctor", "--json").out)["findings"]
    (finding,) = [one for one in findings if one["thing"] == "page for the phone"]
    assert finding["works"]
    assert set(finding["details"]) == {"starlette", "uvicorn", "addresses"}
