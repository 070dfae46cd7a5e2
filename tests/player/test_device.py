"""A session on sound devices that are lost and come back.

A device is said to be lost, and another one found, at seconds since the session began; each round has 50 ms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from voiceguide.errors import DeviceError, OutputError, RequestError
from voiceguide.player.sound.device import SoundDevice
from voiceguide.player.sound.feed import BUFFER
from voiceguide.player.transport import FADE, Transport

from .machine import ROUND, Log, Machine
from .support import MS, SECOND, Samples, noise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

SILENT = "lost: the sound device takes no sound"
STOPPED = "lost: the sound device has stopped"
LEAD_IN = 30 * MS
LONG = noise(60 * SECOND)

Event = dict[int, "Callable[[Machine], None]"]


@pytest.fixture
def machine() -> Iterator[Machine]:
    machine = Machine()
    yield machine
    # No thread of this test may be left to the next one.
    machine.hangs.clear()
    machine.settle()


def run(
    machine: Machine,
    events: Event,
    *,
    session: Samples = LONG,
    name: str | None = None,
) -> Log:
    """Play a session on the machine and give what happened; event 20 is one second after the start."""
    machine.events = events
    transport = Transport(session)
    log = Log(machine, transport)
    machine.played = transport
    SoundDevice(name, streams=machine, wait=machine.wait).run(transport, log)
    return log


def stall(machine: Machine) -> None:
    """The device asks for no more, and says nothing."""
    machine.streams[-1].stalled = True


def stop(machine: Machine) -> None:
    """The device asks for no more, and says so."""
    machine.streams[-1].stalled = machine.streams[-1].stopped = True


def unplug(machine: Machine) -> None:
    """The device in use is gone."""
    stall(machine)
    machine.devices_now.remove(machine.streams[-1].device)


def plug_in(*devices: str) -> Callable[[Machine], None]:
    def plugged(machine: Machine) -> None:
        machine.devices_now = list(devices)

    return plugged


def quit_(machine: Machine) -> None:
    machine.transport.stop()


def both(*events: Callable[[Machine], None]) -> Callable[[Machine], None]:
    def all_of_them(machine: Machine) -> None:
        for event in events:
            event(machine)

    return all_of_them


def begin_to_refuse(machine: Machine) -> None:
    machine.refuses = True


def begin_to_accept(machine: Machine) -> None:
    machine.refuses = False


def hang(*calls: str) -> Callable[[Machine], None]:
    return lambda machine: machine.hangs.update(calls)


def answer(*calls: str) -> Callable[[Machine], None]:
    return lambda machine: machine.hangs.difference_update(calls)


def fall_silent(machine: Machine) -> None:
    """Devices can be opened, and ask for nothing after that."""
    machine.mute = True


def ask_again(machine: Machine) -> None:
    machine.mute = False


@pytest.mark.parametrize("channels", [1, 2])
def test_the_whole_session_is_heard_with_silence_around_it(machine: Machine, channels: int) -> None:
    session = noise(2 * SECOND + 7, channels)
    log = run(machine, {}, session=session)
    heard = machine.streams[0].heard
    assert log.happened == []
    assert not heard[:LEAD_IN].any()
    assert np.array_equal(heard[LEAD_IN : LEAD_IN + session.frames], session.pcm)
    assert not heard[LEAD_IN + session.frames :].any()
    assert machine.streams[0].closed


def test_it_is_attended_to_every_round(machine: Machine) -> None:
    log = run(machine, {}, session=noise(2 * SECOND))
    assert log.attended == list(range(1, machine.rounds + 1))


def test_a_device_that_asks_for_nothing_is_lost_after_a_second_and_a_half(machine: Machine) -> None:
    log = run(machine, {21: stall, 70: quit_})
    assert log.happened == [f"2.50 {SILENT}", "2.60 found"]


def test_a_device_that_says_that_it_stopped_is_lost_at_once(machine: Machine) -> None:
    log = run(machine, {21: stop, 70: quit_})
    assert log.happened == [f"1.30 {STOPPED}", "1.40 found"]


def test_a_device_that_says_that_it_stopped_and_goes_on_is_kept(machine: Machine) -> None:
    """As a sound system does that only suspends a device."""

    def flag(machine: Machine) -> None:
        machine.streams[-1].stopped = True

    log = run(machine, {21: flag, 70: quit_})
    assert log.happened == []


def test_a_silence_of_less_than_a_second_and_a_half_is_none(machine: Machine) -> None:
    def go_on(machine: Machine) -> None:
        machine.streams[-1].stalled = False

    log = run(machine, {21: stall, 49: go_on, 90: quit_})
    assert log.happened == []


def test_the_session_goes_on_where_the_lost_device_had_got_to(machine: Machine) -> None:
    """What was in the buffer of the lost one is heard again, and nothing is left out."""
    session = noise(10 * SECOND)
    run(machine, {21: stall}, session=session)
    before, after = (stream.heard for stream in machine.streams)
    played = len(before) - LEAD_IN
    assert np.array_equal(before[LEAD_IN:], session.pcm[:played])
    end = np.flatnonzero(after)[-1] + 1
    begin = end - (session.frames - played)
    assert np.array_equal(after[begin + FADE : end], session.pcm[played + FADE :])
    assert not after[:begin].any()


def test_what_a_device_did_not_ask_for_is_not_unheard(machine: Machine) -> None:
    """A device that is lost in the first moment has played nothing, and nothing is taken back that was not taken."""
    log = run(machine, {1: stall, 200: quit_})
    assert log.happened == [f"4.95 {SILENT}", "5.05 found"]
    assert log.unheard == [BUFFER - LEAD_IN]


def test_a_device_has_five_seconds_to_begin(machine: Machine) -> None:
    """Headsets and televisions have to wake up."""
    machine.mute = True
    log = run(machine, {95: ask_again, 120: quit_})
    assert log.happened == []


def test_it_is_tried_twice_a_second(machine: Machine) -> None:
    log = run(machine, {21: both(stall, begin_to_refuse), 85: begin_to_accept, 130: quit_})
    assert log.happened == [f"2.50 {SILENT}", "4.60 found"]
    assert machine.tried == [0.0, 2.55, 3.05, 3.55, 4.05, 4.55]


def test_a_device_that_opens_and_asks_for_nothing_is_waited_for(machine: Machine) -> None:
    """So does a device that is suspended: it is found when it goes on."""
    log = run(machine, {21: fall_silent, 120: ask_again, 150: quit_})
    assert log.happened == [f"2.50 {SILENT}", "6.00 found"]


def test_a_device_that_opens_and_never_asks_is_opened_anew(machine: Machine) -> None:
    def mend(machine: Machine) -> None:
        machine.mute = False
        machine.streams[1].stalled = True

    log = run(machine, {21: fall_silent, 60: mend, 250: quit_})
    assert log.happened == [f"2.50 {SILENT}", "7.65 found"]
    assert [stream.closed for stream in machine.streams] == [True, True, True]


def test_while_a_device_is_lost_the_session_is_attended_to_and_not_read(machine: Machine) -> None:
    log = run(machine, {21: both(stall, begin_to_refuse), 200: quit_})
    assert log.attended == list(range(1, 201))
    assert log.transport.played == log.transport.position


def test_a_stop_ends_a_session_that_waits_for_a_device(machine: Machine) -> None:
    log = run(machine, {21: both(stall, begin_to_refuse), 100: quit_})
    assert log.happened == [f"2.50 {SILENT}"]
    assert machine.rounds == 100


def test_a_stop_on_a_device_that_was_just_lost_ends_the_session(machine: Machine) -> None:
    """Its fade-out cannot be heard any more; half a second is enough to know that."""
    log = run(machine, {21: stall, 25: quit_})
    assert log.happened == []
    assert machine.rounds == 30


def test_a_stop_on_a_device_that_never_began_ends_the_session(machine: Machine) -> None:
    machine.mute = True
    run(machine, {60: quit_})
    assert machine.rounds == 60


def test_a_paused_session_loses_and_finds_its_device_too(machine: Machine) -> None:
    def pause(machine: Machine) -> None:
        machine.transport.move(paused=True)

    log = run(machine, {21: pause, 41: stall, 120: quit_})
    assert log.happened == [f"3.50 {SILENT}", "3.60 found"]


def test_the_last_words_of_a_session_are_heard_to_their_end_on_the_device_they_began_on(
    machine: Machine,
) -> None:
    """Another default device is no reason to break them off."""
    words = noise(3 * SECOND).pcm
    machine.events = {30: lambda _: transport.conclude(words), 35: plug_in("Headset", "Mat")}
    transport = Transport(noise(SECOND))
    transport.keep_open()
    log = Log(machine, transport)
    SoundDevice(streams=machine, wait=machine.wait).run(transport, log)
    heard = machine.streams[0].heard
    assert log.happened == []
    assert np.array_equal(heard[np.flatnonzero(heard)[-1] + 1 - len(words) :][: len(words)], words)


def test_a_device_lost_after_the_last_sample_is_not_missed(machine: Machine) -> None:
    log = run(machine, {26: stall}, session=noise(SECOND))
    assert log.happened == []


def test_a_lost_device_that_cannot_be_closed_does_not_keep_another_from_being_opened(
    machine: Machine,
) -> None:
    log = run(machine, {21: both(stall, hang("close")), 130: both(answer("close"), quit_)})
    assert log.happened == [f"2.50 {SILENT}", "3.05 found"]


def test_a_sound_system_that_hangs_and_answers_at_last_is_found(machine: Machine) -> None:
    """So does a sound server that was stopped and continued."""
    log = run(machine, {21: both(stall, hang("open")), 100: answer("open"), 130: quit_})
    assert log.happened == [f"2.50 {SILENT}", "5.05 found"]
    assert machine.tried == [0.0, 2.55]


def test_a_hanging_try_is_followed_by_others_and_what_they_open_is_closed(machine: Machine) -> None:
    log = run(machine, {21: both(stall, hang("open")), 400: answer("open"), 440: quit_})
    assert log.happened == [f"2.50 {SILENT}", "20.05 found"]
    assert machine.tried == [0.0, 2.55, 7.55, 12.55]
    machine.settle()
    assert [stream.closed for stream in machine.streams] == [True, True, True, True]


def test_what_a_try_opens_after_the_session_is_over_is_closed(machine: Machine) -> None:
    run(machine, {21: both(stall, hang("open")), 100: quit_})
    machine.hangs.clear()
    machine.settle()
    assert [stream.closed for stream in machine.streams] == [True, True]


def test_a_stream_that_is_closed_late_takes_nothing_of_the_session(machine: Machine) -> None:
    """A sound server that goes on again asks for samples on the stream that it lost, before it is closed."""

    def go_on(machine: Machine) -> None:
        machine.streams[0].stalled = False

    session = noise(10 * SECOND)
    run(machine, {21: both(stall, hang("close")), 60: go_on, 90: answer("close")}, session=session)
    before = np.frombuffer(b"".join(machine.streams[0].taken), dtype=np.int16)
    assert np.array_equal(before[LEAD_IN : LEAD_IN + SECOND], session.pcm[:SECOND])
    assert not before[BUFFER + 22 * ROUND :].any()


def test_a_default_device_that_is_gone_gives_way_to_the_next_default_one(machine: Machine) -> None:
    log = run(machine, {21: both(unplug, plug_in("Floor")), 100: quit_})
    assert log.happened == ["2.00 lost: 'Floor' is the default sound device now", "2.10 found another"]


def test_a_session_moves_to_the_device_that_becomes_the_default_one(machine: Machine) -> None:
    """The sound system may have moved it already: it is broken off all the same, for the words that were lost between."""
    log = run(machine, {30: plug_in("Headset", "Mat"), 100: quit_})
    assert log.happened == ["2.00 lost: 'Headset' is the default sound device now", "2.10 found another"]
    assert [stream.device for stream in machine.streams] == ["Mat", "Headset"]
    assert machine.streams[0].closed


def test_a_session_on_a_chosen_device_does_not_follow_the_default_one(machine: Machine) -> None:
    log = run(machine, {30: plug_in("Headset", "Mat"), 100: quit_}, name="mat")
    assert log.happened == []


def test_where_no_default_device_is_told_none_is_looked_for(machine: Machine) -> None:
    machine.tells_default = False
    machine.hangs.add("devices")
    log = run(machine, {100: quit_})
    assert log.happened == []
    assert machine.hanging == 0


def test_a_sound_system_that_does_not_tell_its_devices_is_asked_once(machine: Machine) -> None:
    machine.hangs.add("devices")
    log = run(machine, {200: quit_})
    assert log.happened == []
    assert machine.hanging == 1


def test_a_chosen_device_is_waited_for_five_seconds(machine: Machine) -> None:
    machine.devices_now = ["Mat", "Headset"]
    log = run(machine, {21: unplug, 145: plug_in("Mat", "Headset"), 200: quit_}, name="head")
    assert log.happened == [f"2.50 {SILENT}", "7.60 found"]
    assert [stream.device for stream in machine.streams] == ["Headset", "Headset"]


def test_without_the_chosen_device_the_default_one_will_do_until_it_is_back(machine: Machine) -> None:
    """Nobody on a mat can plug anything in: silence for good would be worse than another loudspeaker."""
    machine.devices_now = ["Mat", "Headset"]
    log = run(machine, {21: unplug, 300: plug_in("Mat", "Headset"), 400: quit_}, name="head")
    assert log.happened == [
        f"2.50 {SILENT}",
        "7.60 found another",
        "15.60 lost: the sound device 'Headset' is back",
        "15.70 found another",
    ]
    assert [stream.device for stream in machine.streams] == ["Headset", "Mat", "Headset"]


def test_a_chosen_device_that_is_back_and_cannot_be_opened_is_not_tried_for_ever(machine: Machine) -> None:
    class Broken(Machine):
        def find(self, name: str | None) -> str:
            if name == "Headset" and self.rounds:
                raise DeviceError
            return super().find(name)

    machine = Broken(["Mat", "Headset"])
    log = run(machine, {21: unplug, 300: plug_in("Mat", "Headset"), 700: quit_}, name="head")
    assert log.happened == [
        f"2.50 {SILENT}",
        "7.60 found another",
        "15.60 lost: the sound device 'Headset' is back",
        "20.70 found",
    ]


def test_a_sound_system_that_is_gone_for_good_gives_way_to_another(machine: Machine) -> None:
    def die(machine: Machine) -> None:
        machine.kind = "OTHER"

    log = run(machine, {21: both(stall, die), 200: quit_})
    assert log.happened == [f"2.50 {SILENT}", "7.60 found another"]


def test_without_a_device_the_session_does_not_begin(machine: Machine) -> None:
    machine.refuses = True
    with pytest.raises(DeviceError, match=r"no sound device could be opened \(it is unplugged\)"):
        run(machine, {})


def test_an_unknown_device_is_refused(machine: Machine) -> None:
    with pytest.raises(RequestError, match=r"there is no sound device 'Floor' \(there are: Mat\)"):
        run(machine, {}, name="Floor")


def test_a_sound_system_that_does_not_answer_is_given_five_seconds(machine: Machine) -> None:
    machine.hangs.add("open")
    with pytest.raises(DeviceError, match="the sound system does not answer"):
        run(machine, {})
    assert machine.now == 4.95


def test_a_session_can_be_stopped_before_its_device_is_open(machine: Machine) -> None:
    machine.hangs.add("open")
    run(machine, {40: quit_})
    assert machine.rounds == 40


class Failing(Samples):
    """A source that fails from its second second on."""

    def read(self, start: int, count: int) -> NDArray[np.int16]:
        if start + count > SECOND:
            raise OutputError
        return super().read(start, count)


def test_a_failure_in_the_devices_thread_ends_the_session(machine: Machine) -> None:
    with pytest.raises(OutputError):
        run(machine, {}, session=Failing(noise(5 * SECOND).pcm))
    assert machine.now < 1
    assert machine.streams[0].closed


def test_a_failure_while_attending_ends_the_session(machine: Machine) -> None:
    def interrupt(_: Machine) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(machine, {30: interrupt})
    assert machine.streams[0].closed


def test_a_device_that_is_opening_when_the_session_is_broken_off_is_closed(machine: Machine) -> None:
    """One that is left open would keep the program from ending."""

    def interrupt(_: Machine) -> None:
        raise KeyboardInterrupt

    machine.hangs.add("open")
    with pytest.raises(KeyboardInterrupt):
        run(machine, {40: both(answer("open"), interrupt)})
    machine.settle()
    assert [stream.closed for stream in machine.streams] == [True]


def test_a_failure_of_whoever_is_told_of_a_loss_ends_the_session(machine: Machine) -> None:
    class Deaf(Log):
        def lost(self, *_: object) -> None:
            raise OutputError

    machine.events = {21: stall}
    transport = Transport(noise(10 * SECOND))
    with pytest.raises(OutputError):
        SoundDevice(streams=machine, wait=machine.wait).run(transport, Deaf(machine, transport))
    assert machine.streams[0].closed
