"""The configuration: every option set once, for all commands or for one, and what is wrong with it told by its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.configuration import SAY_AS, SET_BY_COMMAND, all_options, config_path, key_of

from .support import QUICK

if TYPE_CHECKING:
    from tests.conftest import User

VALUES = {
    "output": "x.wav", "bitrate": "96", "engine": "pyttsx3", "voice": "en-gb", "rate": "133", "countdown": "none",
    "switch": "7s", "get-ready": "9s", "safety": "false", "svg": "x.svg", "json": "true", "language": "de",
    "dose": "50%", "fit": "15m", "talk": "brief", "count": "down", "first-side": "right", "avoid": "knee,wrist",
    "without": "bar", "allow-outside": "true", "keep-awake": "true", "music": "rain.mp3", "music-level": "-6",
    "programme": "runner-low-back", "start": "2026-11-23", "words": "true",
    "start-in": "30s", "plain": "true", "big": "true", "media-keys": "false", "listen": "true", "speed": "1.1",
    "name": "Anna", "fallback": "tones", "jobs": "3", "cluster": "tcp://10.0.0.5:8786",
    "to": "album", "split": "true", "format": "m4b", "feed": "https://example.org/", "paper": "letter", "address": "https://example.org/evening.mp3",
    "port": "8421", "lan": "true", "at": "https://desk.example.ts.net", "certificate": "desk.pem", "key": "desk.key",
}  # fmt: skip
"""A value for each option there is."""

OPTIONS = [(option, command) for option, commands in all_options().items() for command in commands]


def voice_of(user: User, *options: str) -> dict[str, object]:
    voice: dict[str, object] = json.loads(user.run("compile", "mine.yaml", *options).out)["voice"]
    return voice


def test_without_a_file_it_says_where_it_would_be(user: User) -> None:
    outcome = user.run("config")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == f"{config_path()} (there is none yet)"


def test_it_lists_every_option_with_its_value_and_the_commands_that_have_it(user: User) -> None:
    lines = user.run("config").out.splitlines()
    assert lines[2].split() == ["option", "value", "set", "in", "of"]
    assert "safety true render, batch, export, serve, sheet, play, show, list, check, compile" in [
        " ".join(line.split()) for line in lines
    ]
    written = {" ".join(line.split()[:2]) if ":" in line else line.split()[0] for line in lines[3:]}
    assert {name.split()[-1] for name in written} == {*VALUES, SAY_AS}
    assert {"render: output", "show: svg", "list: json", "voices: language", "language", "rate"} <= written


def test_it_says_in_which_line_a_value_is_set(user: User) -> None:
    user.configure("rate: 140\nshow:\n  rate: 160\n")
    lines = [" ".join(line.split()) for line in user.run("config").out.splitlines()]
    assert lines[0] == str(config_path())
    assert "rate 140 line 1 render, batch, export, serve, play, list, check, compile, say" in lines
    assert "rate 160 line 3 show" in lines


@pytest.mark.parametrize(("option", "command"), OPTIONS)
def test_every_option_can_be_set_for_a_command(user: User, option: str, command: str) -> None:
    user.configure(f"{command}:\n  {option}: {VALUES[option]}\n")
    (row,) = [line.split() for line in user.run("config").out.splitlines()[3:] if " line 2 " in line]
    assert row == [*key_of(command, option).split(), VALUES[option], "line", "2", command]


@pytest.mark.parametrize("option", sorted(VALUES.keys() - SET_BY_COMMAND))
def test_an_option_that_means_the_same_everywhere_can_be_set_for_all_commands(
    user: User, option: str
) -> None:
    user.configure(f"{option}: {VALUES[option]}\n")
    (row,) = [line.split() for line in user.run("config").out.splitlines()[3:] if " line 1 " in line]
    assert row[:4] == [option, VALUES[option], "line", "1"]
    having = [command for command in all_options()[option] if key_of(command, option) == option]
    assert [name.strip(",") for name in row[4:]] == having


@pytest.mark.parametrize(
    ("option", "command", "commands"),
    [
        ("output", "render", "render, batch, import, sheet, play, compile, say"),
        ("svg", "show", "show"),
        ("json", "show", "show, history, list, exercises, check, voices, doctor"),
        ("programme", "render", "render, sheet, play, show"),
    ],
)
def test_an_option_that_means_something_else_elsewhere_stands_under_a_command(
    user: User, option: str, command: str, commands: str
) -> None:
    path = user.configure(f"{option}: {VALUES[option]}\n")
    assert user.fails("list") == (
        f"{path}:1:1: error: '{option}' is set for one command at a time ({commands})\n"
        f"   1 | {option}: {VALUES[option]}\n"
        f"     | {'^' * len(option)}\n"
        f"   hint: write `{command}: {{{option}: …}}`\n"
    )


@pytest.mark.parametrize("text", ["clear: true\n", "cache: {clear: true}\n"])
def test_what_is_done_once_cannot_be_set(user: User, text: str) -> None:
    user.configure(text)
    assert "error: 'clear' cannot be set once: it is for one call\n" in user.fails("cache")


def test_the_day_of_a_programme_cannot_be_set(user: User) -> None:
    user.configure("play: {day: 3}\n")
    assert "error: 'day' cannot be set once: it is for one call\n" in user.fails("cache")


def test_a_language_for_all_commands_leaves_the_list_of_voices_whole(user: User) -> None:
    everything = user.run("voices").out
    user.configure("language: de\n")
    assert user.run("voices").out == everything
    user.configure("voices: {language: de}\n")
    assert [line.split()[0] for line in user.run("voices").out.splitlines()] == ["voice", "de"]


def test_what_is_avoided_may_be_a_list(user: User) -> None:
    user.configure("avoid: [knee, wrist]\n")
    lines = [" ".join(line.split()) for line in user.run("config").out.splitlines()]
    assert (
        "avoid knee, wrist line 1 render, batch, export, serve, sheet, play, show, list, check, compile"
        in lines
    )


def test_pronunciations_are_shown(user: User) -> None:
    user.configure("rate: 140\nsay-as:\n  psoas: so-as\n  die: {en: dye}\n")
    lines = [" ".join(line.split()) for line in user.run("config").out.splitlines()]
    assert (
        "say-as psoas: so-as, die: dye (en) line 2 render, batch, export, serve, play, show, list, check, compile, say"
        in lines
    )


def test_what_stands_under_a_command_goes_before_what_stands_for_all(user: User) -> None:
    user.write("mine.yaml", QUICK)
    user.configure("compile: {rate: 160}\nrate: 140\n")
    assert voice_of(user)["rate"] == 160


def test_the_command_line_goes_before_the_script_that_before_the_configuration_that_before_the_default(
    user: User,
) -> None:
    user.write("mine.yaml", QUICK)
    assert voice_of(user) == {"engine": "pyttsx3", "voice": "en-us", "rate": 150}
    user.configure("voice: en-gb\nrate: 140\nengine: pyttsx3\n")
    assert voice_of(user) == {"engine": "pyttsx3", "voice": "en-gb", "rate": 140}
    user.write("mine.yaml", f"voice: en-gb-scotland\nrate: 130\nengine: PYTTSX3\n{QUICK}")
    assert voice_of(user) == {"engine": "pyttsx3", "voice": "en-gb-scotland", "rate": 130}
    assert voice_of(user, "--voice", "en-us", "--rate", "120") == {
        "engine": "pyttsx3", "voice": "en-us", "rate": 120
    }  # fmt: skip


def test_options_are_used(user: User) -> None:
    user.write("mine.yaml", QUICK)
    user.configure("render:\n  output: mine.wav\nshow: {json: yes}\nsafety: no\n")
    assert user.run("render", "mine.yaml").out.startswith("mine.wav  ")
    quiet = json.loads(user.run("show", "mine.yaml").out)["duration_ms"]
    user.configure("show: {json: yes}\n")
    assert json.loads(user.run("show", "mine.yaml").out)["duration_ms"] > quiet


def test_another_file_can_be_named_in_the_environment(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    user.write("mine.yaml", QUICK)
    user.write("other.yaml", "rate: 125\n")
    monkeypatch.setenv("VOICEGUIDE_CONFIG", "other.yaml")
    assert voice_of(user)["rate"] == 125
    assert user.run("config").out.startswith("other.yaml\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("voic: en-gb\n", "1:1: error: there is no option 'voic'\n   hint: did you mean 'voice'?\n"),
        ("show:\n  rat: 3\n", "2:3: error: there is no option 'rat'\n   hint: did you mean 'rate'?\n"),
        ("routine: evening\n", "1:1: error: there is no option 'routine'\n"),
        (
            "rate: fast\n",
            "1:7: error: 'rate' cannot have this value: the rate is a whole number of words a minute, 80 to 450\n",
        ),
        ("countdown: 4\n", "1:12: error: 'countdown' cannot have this value: '4' is not 5, 3 or none\n"),
        ("switch: -1s\n", "1:9: error: 'switch' cannot have this value: a duration cannot be negative\n"),
        ("safety: maybe\n", "1:9: error: 'safety' cannot have this value: write true or false\n"),
        (
            "bitrate: 7\n",
            (
                "1:10: error: 'bitrate' cannot have this value: there is no MP3 of 7 kbit/s; choose one of 32, 40, 48, "
                "56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320\n"
            ),
        ),
        ("rate: [1]\n", "1:7: error: 'rate' takes a text\n"),
        ("show: 5\n", "1:7: error: a command's options must be keys and values\n"),
        ("- rate\n", "1:1: error: the configuration must be keys and values\n"),
        (
            "rate: 100\nrate: 120\n",
            "2:1: error: the key 'rate' stands twice (first in line 1)\n   hint: keep one of them\n",
        ),
        (
            b"voice: \xe9\n",
            "1:8: error: this is not UTF-8 text (byte 0xe9)\n   hint: save the file as UTF-8\n",
        ),
        ("dose: 101\n", "1:7: error: 'dose' cannot have this value: the dose is a percentage, 0 to 100\n"),
        (
            "avoid: [knee, wrst]\n",
            (
                "1:8: error: 'avoid' cannot have this value: there is no condition or position 'wrst'; "
                "did you mean 'wrist'?\n"
            ),
        ),
        ("avoid: [[knee]]\n", "1:9: error: 'avoid' takes a text\n"),
        (
            "language: xx\n",
            (
                "1:11: error: 'language' cannot have this value: there is no language 'xx'; "
                "known: en (English), de (German), es (Spanish), fr (French)\n"
            ),
        ),
        ("say-as: psoas\n", "1:9: error: 'say-as' must be keys and values\n"),
        (
            "say-as: {die: {it: dye}}\n",
            "1:16: error: a pronunciation has no key 'it'\n   hint: one by language has the keys de, en, es, fr\n",
        ),
        ("say-as: {psoas: [so, as]}\n", "1:17: error: 'psoas' takes a text\n"),
        (
            "sayas: {psoas: so-as}\n",
            "1:1: error: there is no option 'sayas'\n   hint: did you mean 'say-as'?\n",
        ),
        ("dose: 50\nfit: 15m\n", "2:6: error: dose and fit exclude each other\n"),
        ("without: br\n", "1:10: error: there is no equipment 'br'\n   hint: did you mean 'bar'?\n"),
        ("voice: zzz\n", "1:8: error: the speech engine 'pyttsx3' has no voice 'zzz'\n"),
        ("engine: zzz\n", "1:9: error: there is no speech engine 'zzz'\n"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(user: User, text: str | bytes, told: str) -> None:
    path = user.configure(text)
    lines = user.fails("show", "evening").splitlines(keepends=True)
    shown = [
        line for line in lines if not line.split("|")[0].strip().isdecimal() and not line.startswith("     |")
    ]
    assert "".join(shown) == f"{path}:{told}"


def test_everything_that_is_wrong_is_told_at_once_whatever_command_is_called(user: User) -> None:
    user.configure("render:\n  rate: 10\n  bitrat: 3\nplay: 5\nfoo: 3\nsafety: x\n")
    for command in (["list"], ["config"], ["cache"], ["render", "evening"]):
        told = user.fails(*command)
        assert told.count("error: ") == 5


def test_a_folder_in_its_place_is_an_error(user: User) -> None:
    path = user.configure("")
    path.unlink()
    path.mkdir()
    assert user.fails("list") == f"error: cannot read {path}: it is a folder\n"


def test_an_empty_file_sets_nothing(user: User) -> None:
    user.configure("# nothing yet\n")
    assert user.run("list").code == 0
