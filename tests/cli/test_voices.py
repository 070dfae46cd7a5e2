"""`voiceguide voices`: what there is to speak with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import User


def test_a_table_for_people(user: User) -> None:
    outcome = user.run("voices")
    assert (outcome.code, outcome.err) == (0, "")
    head, *rows = outcome.out.splitlines()
    assert head.split() == ["voice", "name", "languages", "gender"]
    assert {"en-us", "de", "fr-fr"} <= {row.split()[0] for row in rows}


def test_json_for_programs(user: User) -> None:
    found = json.loads(user.run("voices", "--json").out)
    american = next(voice for voice in found if voice["id"] == "en-us")
    assert american["name"] == "English (America)"
    assert american["languages"][0] == "en-us"


def test_only_those_of_a_language_however_it_is_written(user: User) -> None:
    def ids(language: str) -> set[str]:
        return {voice["id"] for voice in json.loads(user.run("voices", "--language", language, "--json").out)}

    assert {"en-us", "en-gb", "en-gb-scotland"} <= ids("en")
    assert "de" not in ids("en")
    assert ids("EN_gb") == ids("en-gb") < ids("en")
    assert "en-us" not in ids("en-gb")


def test_every_voice_that_is_listed_speaks(user: User) -> None:
    voices = json.loads(user.run("voices", "--language", "en", "--json").out)
    for voice in voices[:4]:
        assert user.run("say", "hello", "--voice", voice["id"], "-o", f"{voice['id']}.wav").code == 0


def test_a_language_that_no_voice_speaks_is_an_error(user: User) -> None:
    assert user.fails("voices", "--language", "xx") == (
        "error: the speech engine 'pyttsx3' has no voice for the language 'xx'\n"
        "   hint: `--voice` names another voice, `--engine` another engine\n"
    )
