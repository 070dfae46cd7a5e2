"""A listener's wish as options: what was chosen, and what the server was given where that fits."""

from __future__ import annotations

import pytest

from voiceguide.cli.serving.chosen import chosen_options
from voiceguide.errors import RequestError
from voiceguide.web.studio import Catalogue, Listing, Voice, Wish

EVENING = Listing("evening", "Evening", "", "en", ("en", "de"), 61_000, (), ranges=True)
VOICES = (Voice("gmw/en-GB", "English (Great Britain)", "en"), Voice("gmw/de", "German", "de"))
CATALOGUE = Catalogue((EVENING,), (("en", "English"), ("de", "Deutsch"), ("fr", "French")), VOICES)


def chosen(*given: tuple[str, str], **choices: str) -> tuple[tuple[str, str], ...]:
    return chosen_options(Wish("evening", tuple(choices.items())), given, CATALOGUE)


def test_what_is_chosen_becomes_the_options_of_the_job() -> None:
    assert chosen(dose="40", talk="brief", language="de", voice="gmw/de") == (
        ("dose", "40"),
        ("talk", "brief"),
        ("language", "de"),
        ("voice", "gmw/de"),
    )


def test_what_is_given_holds_where_nothing_is_chosen() -> None:
    assert chosen(("talk", "tones"), ("rate", "130"), talk="brief") == (("rate", "130"), ("talk", "brief"))


def test_a_dose_and_a_length_take_each_others_place() -> None:
    assert chosen(("dose", "100"), fit="15m") == (("fit", "15m"),)
    assert chosen(("fit", "15m"), dose="0") == (("dose", "0"),)


def test_a_language_that_is_given_is_for_the_routines_that_are_in_it() -> None:
    assert chosen(("language", "de")) == (("language", "de"),)
    assert chosen(("language", "fr")) == ()


@pytest.mark.parametrize("voice", ["gmw/en-GB", "English (Great Britain)", "en-gb", "en"])
def test_a_voice_that_is_given_is_for_its_own_language(voice: str) -> None:
    assert chosen(("voice", voice)) == (("voice", voice),)
    assert chosen(("voice", voice), language="de") == (("language", "de"),)


def test_a_voice_whose_language_is_not_known_is_for_any() -> None:
    assert chosen(("voice", "Anna"), language="de") == (("voice", "Anna"), ("language", "de"))


def test_a_voice_that_is_not_listed_is_refused_with_the_near_ones() -> None:
    with pytest.raises(RequestError) as raised:
        chosen(voice="gmw/fr")
    (problem,) = raised.value.problems
    assert (problem.message, problem.hint) == ("there is no voice 'gmw/fr'", "did you mean 'gmw/de'?")


def test_a_language_in_which_the_routine_is_not_is_refused() -> None:
    with pytest.raises(RequestError) as raised:
        chosen(language="fr")
    assert raised.value.problems[0].message == "'Evening' is not in the language 'fr'"
