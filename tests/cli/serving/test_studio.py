"""The server's renders: made once, made anew when what shapes them changes, and by processes that may die."""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.many.job import settings
from voiceguide.cli.serving.kept import kept_sessions
from voiceguide.cli.serving.studio import LocalStudio
from voiceguide.errors import RequestError
from voiceguide.files import user_folders
from voiceguide.timeline_json import from_json
from voiceguide.web.studio import SUFFIXES, Listener, Session, Wish, catalogue_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import User

HOLD = "title: Hold on\nsummary: A short one.\nsteps:\n- {lean: 6-12s}\nexercises:\n  lean: {name: Lean, dose: 6s}\n"
_WITHIN_S = 60.0
ANN, BEN = Listener("Ann"), Listener("Ben")


@pytest.fixture(autouse=True)
def _script(user: User) -> None:
    user.write("scripts/routines/hold.yaml", HOLD)


@contextmanager
def opened(*given: tuple[str, str], count: int = 1) -> Iterator[LocalStudio]:
    """A studio that knows the routines of the current folder alone, with nothing kept in it yet."""
    folders = replace(user_folders(), routines=Path("none"), cache=Path("kept").absolute())
    kept = kept_sessions(folders)
    studio = LocalStudio(settings("serve", kept.folder), given, folders, kept, count)
    with closing(studio):
        studio.start()
        yield studio


def wish(**choices: str) -> Wish:
    return Wish("hold", tuple(choices.items()))


def ended(studio: LocalStudio, identity: str) -> Session:
    """The session when it is ready or has failed."""
    until = time.monotonic() + _WITHIN_S
    while time.monotonic() < until:
        session = studio.session(identity)
        assert session is not None
        if session.state in ("ready", "failed"):
            return session
        time.sleep(0.02)
    raise TimeoutError(identity)


def rendered(studio: LocalStudio, **choices: str) -> Session:
    return ended(studio, studio.wish(wish(**choices), ANN).id)


def whole_catalogue(studio: LocalStudio) -> None:
    until = time.monotonic() + _WITHIN_S
    while not studio.catalogue().whole:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_session_is_rendered_with_all_its_files() -> None:
    with opened() as studio:
        session = rendered(studio)
        paths = {suffix: studio.file(session.id, suffix) for suffix in SUFFIXES}
        assert session.state == "ready"
        assert (session.title, session.summary, session.language) == ("Hold on", "A short one.", "en")
        assert session.download == "Hold on.mp3"
        assert dict(session.sides) == {"left": "left", "right": "right"}
        assert all(path is not None and path.stat().st_size for path in paths.values())
        assert paths[".mp3"].stat().st_size == session.bytes  # type: ignore[union-attr]
        timeline = from_json(paths[".json"].read_text(encoding="utf-8"))  # type: ignore[union-attr]
        assert timeline.duration_ms == session.duration_ms


def test_what_was_rendered_is_there_at_once_for_the_next_program_too() -> None:
    with opened() as studio:
        first = rendered(studio)
        assert studio.wish(wish(), BEN) == first
        assert studio.ready(wish()) == first
    with opened() as studio:
        assert studio.wish(wish(), ANN) == first


def test_every_choice_makes_a_session_of_its_own() -> None:
    with opened() as studio:
        choices: list[dict[str, str]] = [{}, {"dose": "100"}, {"talk": "tones"}]
        sessions = [rendered(studio, **one) for one in choices]
        assert len({session.id for session in sessions}) == 3
        assert sessions[1].duration_ms > sessions[0].duration_ms  # type: ignore[operator]


def test_a_script_that_changes_makes_another_session(user: User) -> None:
    with opened() as studio:
        old = rendered(studio)
        user.write("scripts/routines/hold.yaml", HOLD.replace("6-12s", "20s"))
        assert studio.ready(wish()) is None
        new = rendered(studio)
        assert new.id != old.id
        assert new.duration_ms > old.duration_ms  # type: ignore[operator]
        assert studio.file(old.id, ".mp3") is not None


def test_a_configuration_that_changes_makes_another_session(user: User) -> None:
    with opened() as studio:
        old = rendered(studio)
        user.configure("dose: 100\n")
        new = rendered(studio)
        assert new.id != old.id
        assert new.duration_ms > old.duration_ms  # type: ignore[operator]


def test_an_exercise_that_changes_makes_another_session(user: User) -> None:
    own = user_folders().config / "exercises" / "sway.yaml"
    user.write("scripts/routines/hold.yaml", "title: Hold on\nsteps:\n- sway\n")
    user.write(str(own), "name: Sway\ndose: 6s\n")
    with opened() as studio:
        old = rendered(studio)
        user.write(str(own), "name: Sway\ndose: 12s\n")
        assert rendered(studio).id != old.id


def test_another_routine_that_changes_leaves_it_alone(user: User) -> None:
    """A podcast application keeps an episode for good."""
    with opened() as studio:
        old = rendered(studio)
        user.write("scripts/routines/other.yaml", HOLD)
        assert studio.wish(wish(), ANN) == old


def test_what_is_given_to_the_server_holds_where_nothing_is_chosen() -> None:
    with opened(("dose", "100")) as studio:
        given, chosen = rendered(studio), rendered(studio, dose="0")
        assert given.duration_ms > chosen.duration_ms  # type: ignore[operator]


def test_a_length_that_is_chosen_goes_before_a_dose_that_is_given() -> None:
    with opened(("dose", "100")) as studio:
        session = rendered(studio, fit="1m")
        assert session.told
        assert "dose" in session.told[0]


def test_why_a_session_fails_is_told_and_it_can_be_wished_for_again() -> None:
    with opened() as studio:
        first = rendered(studio, fit="1s")
        assert first.state == "failed"
        assert first.problems[0].kind == "fit-too-long"
        assert studio.wish(wish(fit="1s"), ANN).state in ("waiting", "rendering")


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"dose": "101"}, "'dose': the dose is a percentage, 0 to 100"),
    ({"dose": "-1"}, "'dose': the dose is a percentage, 0 to 100"),
    ({"fit": "soon"}, "'fit': 'soon' is not a duration; write it like 30s, 1m30s or 1:30"),
    ({"talk": "loud"}, "'talk': 'loud' is not one of 'full', 'brief', 'tones'."),
    ({"language": "de"}, "'Hold on' is not in the language 'de'"),
    ({"voice": "/etc/passwd"}, "there is no voice '/etc/passwd'"),
    ({"dose": "10", "fit": "10m"}, "dose and fit exclude each other"),
]
NO_NAMES = [
    "../hold",
    "./hold",
    "scripts/routines/hold.yaml",
    "hold.yaml",
    "/etc/passwd",
    "-",
    "--help",
    "",
    "HOLD",
]


def test_what_cannot_be_chosen_is_refused_as_on_the_command_line() -> None:
    with opened() as studio:
        whole_catalogue(studio)
        for choices, message in REFUSED:
            with pytest.raises(RequestError) as raised:
                studio.wish(wish(**choices), ANN)
            assert raised.value.problems[0].message == message


def test_only_a_name_that_is_listed_is_a_routine(user: User) -> None:
    user.write("hold.yaml", HOLD)
    with opened() as studio:
        for name in NO_NAMES:
            with pytest.raises(RequestError) as raised:
                studio.wish(Wish(name), ANN)
            assert raised.value.problems[0].kind == "routine-unknown"


def test_a_file_of_the_same_name_is_not_taken_for_the_routine(user: User) -> None:
    user.write("hold", "not a routine")
    with opened() as studio:
        assert rendered(studio).state == "ready"


def test_whatever_a_routine_is_called_it_can_be_wished_for(user: User) -> None:
    names = ["🧘\u200d♀️", "x" * 220]
    for name in names:
        user.write(f"scripts/routines/{name}.yaml", HOLD)
    with opened() as studio:
        for name in names:
            assert ended(studio, studio.wish(Wish(name), ANN).id).state == "ready"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name of a file is Unicode")
def test_a_file_whose_name_is_no_text_is_told_and_takes_nothing_else_with_it() -> None:
    Path(os.fsdecode(b"scripts/routines/bad\xff.yaml")).write_text(HOLD, encoding="utf-8")
    with opened() as studio:
        whole_catalogue(studio)
        found = studio.catalogue()
        assert [one.name for one in found.routines] == ["hold"]
        ((name, (problem,)),) = found.broken
        assert (name, problem.kind) == ("bad?", "routine-name-not-utf-8")
        json.dumps(catalogue_json(found)).encode()
        with pytest.raises(RequestError):
            studio.wish(Wish(os.fsdecode(b"bad\xff")), ANN)


def test_there_are_no_files_but_those_of_sessions() -> None:
    with opened() as studio:
        identity = rendered(studio).id
        assert studio.file(identity, ".session") is None
        assert [studio.file(one, ".mp3") for one in ("", "..", "f" * 32, f"../sessions/{identity}")] == [
            None
        ] * 4


def test_a_process_that_is_killed_is_a_failure_and_the_next_render_works() -> None:
    with opened() as studio:
        rendered(studio)
        (process,) = worker_processes(studio)
        # Held, so that it is killed in the middle.
        os.kill(process, signal.SIGSTOP)
        waiting = studio.wish(wish(dose="10"), ANN)
        while studio.session(waiting.id).state == "waiting":  # type: ignore[union-attr]
            time.sleep(0.01)
        os.kill(process, signal.SIGKILL)
        failed = ended(studio, waiting.id)
        assert (failed.state, failed.problems[0].message) == (
            "failed",
            "the process that rendered it was killed",
        )
        assert rendered(studio, dose="10").state == "ready"


def test_a_listener_has_one_rendered_at_a_time_and_another_one_is_served() -> None:
    with opened(count=2) as studio:
        rendered(studio)
        (process,) = worker_processes(studio)
        os.kill(process, signal.SIGSTOP)
        first = studio.wish(wish(dose="10"), ANN)
        while studio.session(first.id).state == "waiting":  # type: ignore[union-attr]
            time.sleep(0.01)
        second = studio.wish(wish(dose="20"), ANN)
        third = studio.wish(wish(dose="30"), BEN)
        assert ended(studio, third.id).state == "ready"
        assert studio.session(second.id).state == "waiting"  # type: ignore[union-attr]
        os.kill(process, signal.SIGCONT)
        assert ended(studio, first.id).state == "ready"
        assert ended(studio, second.id).state == "ready"


def test_a_newer_wish_takes_the_place_of_the_one_that_waits() -> None:
    with opened() as studio:
        rendered(studio)
        (process,) = worker_processes(studio)
        os.kill(process, signal.SIGSTOP)
        studio.wish(wish(dose="10"), BEN)
        old = studio.wish(wish(dose="20"), ANN)
        new = studio.wish(wish(dose="30"), ANN)
        replaced = studio.session(old.id)
        assert replaced
        assert (replaced.state, replaced.problems[0].message) == (
            "failed",
            "a newer wish took the place of this one",
        )
        os.kill(process, signal.SIGCONT)
        assert ended(studio, new.id).state == "ready"
        assert rendered(studio, dose="20").state == "ready"


def test_pages_at_one_address_all_get_what_they_wish_for() -> None:
    with opened(count=2) as studio:
        doses = ("0", "20", "40", "60", "80")
        waiting = [studio.wish(wish(dose=dose), Listener("Ann", dose)) for dose in doses]
        assert [ended(studio, session.id).state for session in waiting] == ["ready"] * len(doses)


def test_a_picture_of_a_session_is_as_large_as_podcasts_have_it() -> None:
    with opened() as studio:
        content = studio.large_cover(rendered(studio).id)
        assert content
        assert struct.unpack(">II", content[16:24]) == (1_500, 1_500)
        assert studio.large_cover("f" * 32) is None


def test_its_end_leaves_no_note_of_what_was_rendered() -> None:
    with opened() as studio:
        rendered(studio)
        studio.wish(wish(dose="10"), ANN)
        notes = Path("kept/phone/notes")
        assert notes.is_dir()
    assert not list(notes.iterdir())


def test_its_end_leaves_no_process_whatever_it_does() -> None:
    with opened() as studio:
        rendered(studio)
        (process,) = worker_processes(studio)
        studio.wish(wish(dose="10"), ANN)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert not [one.name for one in threading.enumerate() if one.name.startswith("render-")]


def test_how_far_a_render_is_never_falls(user: User) -> None:
    steps = "\n".join(
        f"- say: This is sentence number {n}, and nobody has said it before." for n in range(15)
    )
    user.write("scripts/routines/hold.yaml", f"title: Long\nsteps:\n{steps}\n")
    with opened() as studio:
        identity = studio.wish(wish(), ANN).id
        seen = []
        while (session := studio.session(identity)) and session.state != "ready":
            seen.append(session.done)
            time.sleep(0.005)
        assert seen == sorted(seen)
        assert len({round(one, 2) for one in seen}) > 3
        assert all(0 <= one <= 1 for one in seen)


def worker_processes(studio: LocalStudio) -> list[int]:
    """The processes that render."""
    opened_hands = [hand._workers for hand in studio._hands if hand._workers is not None]
    return [pid for workers in opened_hands for pid in workers.executor._processes]  # type: ignore[attr-defined]
