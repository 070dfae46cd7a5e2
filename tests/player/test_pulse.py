"""What really comes out of a sound server, recorded at a PulseAudio device that has no card.

The recordings are exact: a sample comes out as it was played. Where a cue is heard is told by its own samples.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voiceguide.errors import RequestError
from voiceguide.player.session import ONCE_MORE_MS
from voiceguide.player.sound.device import SoundDevice
from voiceguide.player.sound.devices import Device, list_devices
from voiceguide.player.sound.feed import BUFFER
from voiceguide.player.transport import FADE, Transport
from voiceguide.speech.engine import choose_voice
from voiceguide.speech.engines import DEFAULT_ENGINE, open_engine
from voiceguide.speech.speaker import Speaker
from voiceguide.timeline import Speech

from .pulse import MISSING, Recorder, Server, onsets_and_ends, onsets_of, recording
from .studio import Heard, Listener, Looks, Studio, compiled_for, play, written
from .support import MS, SECOND, Attending, Samples, noise, tones

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from voiceguide.player.commands import Command
    from voiceguide.timeline import Timeline

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.usefixtures("undisturbed"),
]

TOLERANCE_MS = 10


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    engine = open_engine(DEFAULT_ENGINE)
    yield Studio(Speaker(engine, choose_voice(engine, None, "en"), engine.default_rate, None))
    engine.close()


@dataclass
class Room:
    """A sound server with two devices, of which Mat is the default one, and what is heard on that; one for all tests.

    `before` is what was heard before the server was killed and restarted.
    """

    server: Server
    recorder: Recorder
    before: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def restart(self) -> None:
        """Start the server again after it was killed, which has ended the recording."""
        self.server.restart()
        self.before = self.recorder.so_far()
        self.recorder.close()
        self.recorder = Recorder("Mat")

    def mend(self) -> None:
        """Set everything as it was, and begin to record."""
        if not self.server.alive:
            self.restart()
        self.server.go_on()
        self.server.suspend("Mat", suspended=False)
        self.server.plug_in("Floor")
        self.server.make_default("Mat")
        self.recorder.begin()


@pytest.fixture(scope="module")
def only_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    home = tmp_path_factory.mktemp("pulse")
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        for name in ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"):
            patch.setenv(name, str(home))
        patch.setenv("PULSE_SERVER", f"unix:{home / 'native'}")
        server = Server(home, "Mat", "Floor")
        stack.callback(server.kill)
        room = Room(server, Recorder("Mat"))
        yield room
        room.recorder.close()


@pytest.fixture
def room(only_room: Room) -> Room:
    """The room as each test finds it, in which nothing is heard yet."""
    only_room.mend()
    return only_room


class Player:
    """An attendant that goes on after a loss, and does what it is told when the session has got to a sample, or has
    lost its device."""

    def __init__(
        self,
        source: Samples,
        script: list[tuple[int, Callable[[], object]]],
        when_lost: Callable[[], object] = lambda: None,
    ) -> None:
        self.transport = Transport(source)
        self.script = script
        self.when_lost = when_lost
        self.happened: list[str] = []
        self.went_on_at: list[int] = []

    def run(self, device: str | None = None) -> None:
        SoundDevice(device).run(self.transport, self)

    def attend(self) -> None:
        if self.script and self.transport.position >= self.script[0][0]:
            self.script.pop(0)[1]()

    def lost(self, reason: str, unheard: int) -> None:
        self.happened.append(reason)
        self.transport.unhear(unheard)
        self.went_on_at.append(self.transport.position)
        self.when_lost()

    def found(self, *, changed: bool) -> None:
        self.happened.append("found another" if changed else "found")
        self.transport.move(paused=False)


def assert_heard(heard: list[Heard], expected: list[Heard]) -> None:
    """The same in the same order, and each within 10 ms of where it is expected after the first."""
    assert [name for name, _ in heard] == [name for name, _ in expected]
    first, start = heard[0].at_ms, expected[0].at_ms
    late = [
        found.at_ms - first - (wanted.at_ms - start) for found, wanted in zip(heard, expected, strict=True)
    ]
    assert late == pytest.approx([0] * len(late), abs=TOLERANCE_MS)


def test_what_is_heard_is_the_session_sample_for_sample(room: Room) -> None:
    session = noise(2 * SECOND)
    SoundDevice().run(Transport(session), Attending())
    pcm = room.recorder.pcm()
    [start] = onsets_of(session.pcm, pcm)
    assert np.array_equal(pcm[start : start + session.frames], session.pcm)
    assert np.count_nonzero(pcm) == np.count_nonzero(session.pcm)


def test_both_channels_of_a_stereo_session_are_heard_at_their_times(room: Room) -> None:
    """The device has one channel, to which the server mixes both."""
    left, right = [0, 1_234 * MS], [700 * MS, 1_900 * MS]
    source = Samples(
        np.stack([tones(2 * SECOND, onsets, length=100 * MS).pcm for onsets in (left, right)], axis=1)
    )
    SoundDevice().run(Transport(source), Attending())
    onsets, _ = onsets_and_ends(room.recorder.pcm())
    assert list(onsets - onsets[0]) == pytest.approx(sorted(left + right), abs=TOLERANCE_MS * MS)


def test_the_devices_are_listed(room: Room) -> None:
    del room
    assert list_devices() == (Device("Mat", default=True), Device("Floor"))


def test_a_device_is_opened_by_part_of_its_name(room: Room) -> None:
    with pytest.raises(RequestError, match=r"\(there are: Mat, Floor\)"):
        SoundDevice("ceiling").run(Transport(tones(SECOND // 5, [0])), Attending())
    SoundDevice("mat").run(Transport(tones(SECOND // 5, [0])), Attending())
    assert len(onsets_and_ends(room.recorder.pcm())[0]) == 1


def start_of_hold(timeline: Timeline) -> int:
    return next(cue.start_ms for cue in timeline.cues if cue.role == "start")


def test_every_cue_is_heard_where_the_timeline_has_it(room: Room, studio: Studio) -> None:
    timeline = compiled_for(studio, "- fold: 4s\n- say: Well done.")
    play(studio, timeline, Listener(), until_ms=timeline.cues[-1].start_ms)
    assert_heard(studio.heard(room.recorder.pcm()), written(timeline))


def test_paused_in_a_hold_it_goes_on_exactly_where_it_stopped(room: Room, studio: Studio) -> None:
    timeline = compiled_for(studio, "- fold: 4s")
    start_ms = start_of_hold(timeline)
    listener = Listener([(start_ms + 600, "toggle"), (Looks(10), "toggle")])
    play(studio, timeline, listener, start_ms=start_ms - 200, until_ms=start_ms + 4_000)
    paused_ms = listener.stood("paused")
    heard = studio.heard(room.recorder.pcm())
    remark = "Resuming, three seconds left."
    assert_heard(heard[:1], [Heard("start", 0)])
    assert_heard(heard[1:], [Heard(remark, 0), *written(timeline, paused_ms, at_ms=studio.remark_ms(remark))])


def test_repeat_next_and_previous_are_heard_from_the_start_of_what_they_lead_to(
    room: Room, studio: Studio
) -> None:
    timeline = compiled_for(studio, "- fold: 30s\n- lean: 4s each side")
    lean_ms = timeline.chapters[1].start_ms
    start_ms = start_of_hold(timeline)
    commands: list[tuple[int, Command]] = [
        (start_ms + 1_000, "repeat"),
        (start_ms + 1_000, "next"),
        (lean_ms + 800, "previous"),
        (1_000, "stop"),
    ]
    play(studio, timeline, Listener([*commands]), start_ms=start_ms - 200)
    heard = studio.heard(room.recorder.pcm())
    once_more_ms = studio.length_ms(Speech("Once more.")) + ONCE_MORE_MS
    assert_heard(heard[:1], [Heard("start", 0)])
    assert_heard(heard[1:3], [Heard("Once more.", 0), Heard("start", once_more_ms)])
    assert [name for name, _ in heard[3:]] == ["Next: Lean.", "Fold.", "Stopped."]


@pytest.mark.parametrize(("key", "hold_s", "changed_by_ms"), [("more", 2, 5_000), ("less", 9, -5_000)])
def test_a_hold_that_is_changed_ends_later_or_sooner_and_so_does_all_after_it(
    room: Room, studio: Studio, key: Command, hold_s: int, changed_by_ms: int
) -> None:
    timeline = compiled_for(studio, f"- fold: {hold_s}s\n- say: Well done.")
    start_ms = start_of_hold(timeline)
    last_ms = timeline.cues[-1].start_ms + changed_by_ms
    listener = Listener([(start_ms + 300, key)])
    play(studio, timeline, listener, start_ms=start_ms - 200, until_ms=last_ms)
    heard = [one for one in studio.heard(room.recorder.pcm()) if one.name not in listener.told]
    start, *others = written(timeline, start_ms)
    assert_heard(heard, [start, *(Heard(name, at_ms + changed_by_ms) for name, at_ms in others)])


def test_a_refusal_is_heard_in_a_silence_and_takes_no_time(room: Room, studio: Studio) -> None:
    timeline = compiled_for(studio, "- fold: 7s")
    start_ms = start_of_hold(timeline)
    listener = Listener([(start_ms + 300, "skip-side")])
    play(studio, timeline, listener, start_ms=start_ms - 200, until_ms=start_ms + 7_000)
    heard = studio.heard(room.recorder.pcm())
    start, *others = written(timeline, start_ms)
    refusal = Heard("There is no side to skip here.", heard[1].at_ms - heard[0].at_ms)
    assert_heard(heard, [start, refusal, *others])


def test_after_a_restart_of_the_server_a_hold_goes_on_where_it_was(room: Room, studio: Studio) -> None:
    timeline = compiled_for(studio, "- fold: 5s")
    start_ms = start_of_hold(timeline)
    listener = Listener([(start_ms + 1_000, room.server.kill), ("lost", room.restart)])
    play(studio, timeline, listener, start_ms=start_ms - 200, until_ms=start_ms + 5_000)
    lost_ms = listener.stood("lost")
    gone, resuming = "The sound was gone.", "Resuming, four seconds left."
    assert [name for name, _ in studio.heard(room.before)] == ["start"]
    assert_heard(
        studio.heard(room.recorder.pcm()),
        [
            Heard(gone, 0),
            Heard(resuming, studio.remark_ms(gone)),
            *written(timeline, lost_ms, at_ms=studio.remark_ms(gone, resuming)),
        ],
    )


def heard_until(session: Samples, pcm: NDArray[np.int64]) -> int:
    """The samples of a session that are heard from its start on without a gap."""
    [start] = onsets_of(session.pcm, pcm)[:1]
    part = pcm[start : start + session.frames]
    different = np.flatnonzero(part != session.pcm[: len(part)])
    return int(different[0]) if len(different) else len(part)


def assert_it_goes_on(session: Samples, went_on_at: int, pcm: NDArray[np.int64]) -> None:
    """From there, where it fades in, it is heard to its end."""
    rest = session.pcm[went_on_at:]
    start = onsets_of(rest, pcm)[-1]
    assert np.array_equal(pcm[start + FADE : start + len(rest)], rest[FADE:])


def assert_nothing_is_lost(session: Samples, went_on_at: int, pcm: NDArray[np.int64]) -> None:
    """It was heard at least to where it went on, and at most the device's buffer was heard twice."""
    heard = heard_until(session, pcm)
    assert went_on_at <= heard <= went_on_at + BUFFER


def test_a_server_that_hangs_is_waited_for(room: Room) -> None:
    session = noise(2 * SECOND)
    player = Player(session, [(SECOND // 2, room.server.stop)], room.server.go_on)
    player.run()
    [went_on_at] = player.went_on_at
    pcm = room.recorder.pcm()
    assert player.happened == ["the sound device takes no sound", "found"]
    assert_nothing_is_lost(session, went_on_at, pcm)
    assert_it_goes_on(session, went_on_at, pcm)


def test_a_device_that_is_suspended_is_waited_for(room: Room) -> None:
    session = noise(2 * SECOND)
    player = Player(
        session,
        [(SECOND // 2, lambda: room.server.suspend("Mat", suspended=True))],
        lambda: room.server.suspend("Mat", suspended=False),
    )
    player.run()
    [went_on_at] = player.went_on_at
    pcm = room.recorder.pcm()
    assert player.happened == ["the sound device has stopped", "found"]
    assert_nothing_is_lost(session, went_on_at, pcm)
    assert_it_goes_on(session, went_on_at, pcm)


def test_a_session_follows_the_default_device(room: Room) -> None:
    """Another device is made the default one, as in the settings of a desktop, and then that is taken away."""
    session = noise(4 * SECOND)
    player = Player(
        session,
        [
            (SECOND // 2, lambda: room.server.make_default("Floor")),
            (2 * SECOND, lambda: room.server.unplug("Floor")),
        ],
    )
    with recording("Floor") as floor:
        player.run()
        on_floor = floor.so_far()
    first, second = player.went_on_at
    assert player.happened == [
        "'Floor' is the default sound device now",
        "found another",
        "'Mat' is the default sound device now",
        "found another",
    ]
    # What was on its way when the device changed may have been heard before, and is heard again.
    assert onsets_of(session.pcm[first : first + SECOND // 2], on_floor)
    assert_it_goes_on(session, second, room.recorder.pcm())


def test_a_chosen_device_that_is_taken_away_is_played_on_when_it_is_back(room: Room) -> None:
    session = noise(2 * SECOND)
    player = Player(
        session, [(SECOND // 2, lambda: room.server.unplug("Floor"))], lambda: room.server.plug_in("Floor")
    )
    player.run("Floor")
    assert player.happened == ["the sound device takes no sound", "found"]
    assert not room.recorder.pcm().any()
