"""The language of a session, and the voice that follows it."""

from __future__ import annotations

import json
import wave
from typing import TYPE_CHECKING, Any

import pytest

from .support import QUICK

if TYPE_CHECKING:
    from tests.conftest import User

GERMAN = """\
title: Kurz
language: de
steps:
  - bridge: 2 reps
"""
OWN = """\
title: Wriggle
steps:
  - wriggle: 10s
exercises:
  wriggle: {name: Wriggle, dose: 5s}
"""


def compiled(user: User, *arguments: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(user.run("compile", *arguments).out)
    return data


def voice(user: User, *arguments: str) -> str:
    return str(compiled(user, *arguments)["voice"]["voice"])


def test_a_routine_of_the_shelf_is_played_in_another_language_by_a_voice_of_it(user: User) -> None:
    data = compiled(user, "neck-reset", "--language", "de")
    assert (data["language"], data["voice"]["voice"]) == ("de", "de")
    assert data["title"] == "Neustart für den Nacken"


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_a_routine_of_the_shelf_has_no_problem_in_any_language(user: User, language: str) -> None:
    outcome = user.run("check", "neck-reset", "--language", language)
    assert (outcome.code, outcome.out, outcome.err) == (0, "1 file: no problems\n", "")


def test_the_language_of_a_script_chooses_the_voice(user: User) -> None:
    user.write("mine.yaml", GERMAN)
    data = compiled(user, "mine.yaml")
    assert (data["language"], data["voice"]["voice"]) == ("de", "de")


def test_a_script_whose_exercise_lacks_the_language_says_which(user: User) -> None:
    user.write("mine.yaml", OWN)
    told = user.fails("render", "mine.yaml", "--language", "de")
    assert "error: the exercise 'wriggle' has no words in German (de)\n" in told


def test_a_language_that_the_guide_does_not_have_is_refused(user: User) -> None:
    assert user.fails("render", "evening", "--language", "xx").endswith(
        "\nError: Invalid value for '--language': there is no language 'xx'; "
        "known: en (English), de (German), es (Spanish), fr (French)\n"
    )


def test_a_sentence_of_a_language_of_its_own_is_spoken_by_a_voice_of_that_language(user: User) -> None:
    say = "title: Word\nsteps:\n  - say: {text: Bonne nuit, language: fr}\n"
    user.write("mine.yaml", say)
    cues = compiled(user, "mine.yaml", "--no-safety")["cues"]
    assert [cue["source"] for cue in cues] == [{"speech": "Bonne nuit", "language": "fr"}]
    for name, text in (("own", say), ("none", say.replace(", language: fr", ""))):
        user.write("mine.yaml", text)
        assert user.run("render", "mine.yaml", "--no-safety", "-o", f"{name}.wav").code == 0
    user.run("say", "Bonne nuit", "--language", "fr", "-o", "said.wav")
    own, none, said = (frames(user, name) for name in ("own", "none", "said"))
    assert said in own
    assert said not in none


def frames(user: User, name: str) -> bytes:
    with wave.open(str(user.folder / f"{name}.wav")) as file:
        samples: bytes = file.readframes(file.getnframes())
    return samples


# English is never read by a German voice


def test_a_voice_on_the_command_line_that_does_not_speak_the_language_is_refused(user: User) -> None:
    assert user.fails("render", "evening", "--voice", "de") == (
        "error: the voice 'de' speaks de, not en\n   hint: `--language de`, or leave the voice out\n"
    )
    assert user.fails("render", "evening", "--voice", "en-gb", "--language", "de") == (
        "error: the voice 'en-gb' speaks en-gb, en, not de\n   hint: `--language en`, or leave the voice out\n"
    )
    assert user.run("render", "evening", "--voice", "de").code == 2


def test_a_voice_in_a_script_that_does_not_speak_its_language_is_refused_at_its_place(user: User) -> None:
    user.write("mine.yaml", f"voice: de\n{QUICK}")
    assert user.fails("render", "mine.yaml") == (
        "mine.yaml:1:8: error: the voice 'de' speaks de, not en\n"
        "   1 | voice: de\n"
        "     |        ^^\n"
        "   hint: `--language de`, or leave the voice out\n"
    )


def test_a_voice_of_the_language_is_taken_whatever_its_region(user: User) -> None:
    user.write("mine.yaml", QUICK)
    assert voice(user, "mine.yaml", "--voice", "en-gb-scotland") == "en-gb-scotland"
    assert voice(user, "mine.yaml", "--language", "fr", "--voice", "fr-be") == "fr-be"


def test_a_voice_in_the_configuration_is_for_the_languages_that_it_speaks(user: User) -> None:
    user.write("mine.yaml", QUICK)
    user.write("deutsch.yaml", GERMAN)
    user.configure("voice: en-gb\n")
    assert voice(user, "mine.yaml") == "en-gb"
    assert voice(user, "deutsch.yaml") == "de"
    assert voice(user, "mine.yaml", "--language", "fr") == "fr-fr"


def test_a_timeline_is_refused_in_a_voice_of_another_language(user: User) -> None:
    user.write("mine.yaml", QUICK)
    user.run("compile", "mine.yaml", "-o", "mine.json")
    assert user.fails("render", "mine.json", "--voice", "de").startswith(
        "error: the voice 'de' speaks de, not en\n"
    )


# The configuration's language


def test_a_language_in_the_configuration_is_for_what_exists_in_it(user: User) -> None:
    user.configure("language: de\n")
    user.write("mine.yaml", OWN)
    user.write("deutsch.yaml", GERMAN)
    languages = [compiled(user, name)["language"] for name in ("neck-reset", "deutsch.yaml", "mine.yaml")]
    assert languages == ["de", "de", "en"]


def test_another_mistake_of_a_script_is_told_all_the_same(user: User) -> None:
    user.configure("language: de\n")
    user.write("mine.yaml", f"{OWN}openning: Hello.\n")
    assert "a routine has no key 'openning'" in user.fails("render", "mine.yaml")


def test_the_command_line_goes_before_it(user: User) -> None:
    user.configure("language: de\n")
    assert compiled(user, "neck-reset", "--language", "en")["language"] == "en"


# Lists


def test_routines_are_listed_in_a_language_and_in_their_own_where_they_lack_it(user: User) -> None:
    user.write("scripts/routines/mine.yaml", OWN)
    found = json.loads(user.run("list", "--language", "de", "--talk", "tones", "--json").out)["routines"]
    titles = {item["name"]: item["title"] for item in found}
    assert titles["mine"] == "Wriggle"
    assert titles["neck-reset"] == "Neustart für den Nacken"


def test_exercises_are_listed_in_a_language(user: User) -> None:
    names = {
        language: json.loads(user.run("exercises", "bridge", "--language", language, "--json").out)["name"]
        for language in ("en", "de", "es", "fr")
    }
    assert names == {"en": "Bridge", "de": "Brücke", "es": "Puente", "fr": "Pont fessier"}


def test_an_exercise_that_lacks_the_language_is_listed_in_english(user: User) -> None:
    config = user.configure("").parent
    user.write(f"{config}/exercises/wriggle.yaml", "name: Wriggle\ndose: 5s\n")
    outcome = user.run("exercises", "wriggle", "--language", "de", "--json")
    assert json.loads(outcome.out)["name"] == "Wriggle"


# Pronunciations, and one sentence


def test_pronunciations_of_the_configuration_are_heard_and_not_shown(user: User) -> None:
    user.configure("say-as: {psoas: so-as}\n")
    user.write("mine.yaml", "title: Word\nsteps:\n  - say: Let the psoas sink.\n")
    (cue,) = compiled(user, "mine.yaml", "--no-safety")["cues"]
    assert (cue["text"], cue["source"]) == ("Let the psoas sink.", {"speech": "Let the so-as sink."})


def test_one_of_the_configuration_may_be_for_a_language(user: User) -> None:
    user.configure("say-as: {die: {en: dye}}\n")
    user.write("mine.yaml", "title: Word\nsteps:\n  - say: {en: Die., de: Die Welle.}\n")
    (english,) = compiled(user, "mine.yaml", "--no-safety")["cues"]
    (german,) = compiled(user, "mine.yaml", "--no-safety", "--language", "de")["cues"]
    assert (english["source"], german["source"]) == ({"speech": "dye."}, {"speech": "Die Welle."})


def test_those_of_the_script_go_before_them(user: User) -> None:
    user.configure("say-as: {psoas: so-as}\n")
    user.write("mine.yaml", "title: Word\nsay-as: {psoas: sow-us}\nsteps:\n  - say: Let the psoas sink.\n")
    (cue,) = compiled(user, "mine.yaml", "--no-safety")["cues"]
    assert cue["source"] == {"speech": "Let the sow-us sink."}


def test_a_sentence_to_try_a_voice_is_pronounced_so_too(user: User) -> None:
    user.run("say", "so-as", "-o", "spelt.wav")
    user.configure("say-as: {psoas: so-as}\n")
    user.run("say", "psoas", "-o", "said.wav")
    assert frames(user, "said") == frames(user, "spelt")


def test_a_sentence_is_spoken_by_the_voice_that_is_named_unless_its_language_is_named_too(user: User) -> None:
    assert user.run("say", "Guten Abend", "--voice", "de", "-o", "x.wav").code == 0
    assert user.fails("say", "Guten Abend", "--voice", "de", "--language", "en", "-o", "y.wav") == (
        "error: the voice 'de' speaks de, not en\n   hint: `--language de`, or leave the voice out\n"
    )


def test_a_programme_is_listed_in_the_language_asked_for(user: User) -> None:
    titles = {
        language: json.loads(user.run("list", "--language", language, "--json").out)["programmes"][0]["title"]
        for language in ("en", "de")
    }
    assert titles == {
        "en": "Four weeks for a runner's low back",
        "de": "Vier Wochen für den unteren Rücken beim Laufen",
    }
