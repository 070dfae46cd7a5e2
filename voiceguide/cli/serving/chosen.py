"""A listener's wish as the options of a job: each value is checked as on the command line, and only what is offered is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from voiceguide.cli.many.given import job_options, merged
from voiceguide.errors import RequestError
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.cli.many.given import Options
    from voiceguide.web.studio import Catalogue, Listing, Wish


def chosen_options(wish: Wish, given: Options, catalogue: Catalogue) -> Options:
    """The options of a wish, those given to the server where it says nothing; raises RequestError."""
    listing = next((one for one in catalogue.routines if one.name == wish.routine), None)
    said = dict(wish.choices)
    if "dose" in said and "fit" in said:
        raise RequestError(problem("options-exclude", one="dose", other="fit"))
    own = tuple((name, _checked(name, text)) for name, text in wish.choices)
    if (
        "language" in said
        and listing is not None
        and said["language"].strip().lower() not in listing.languages
    ):
        raise RequestError(problem("routine-not-in", language=said["language"], routine=listing.title))
    if "voice" in said and said["voice"] not in {voice.id for voice in catalogue.voices}:
        hint = near(said["voice"], [voice.id for voice in catalogue.voices])
        raise RequestError(problem("name-unknown", what="voice", name=said["voice"], **hint))
    language = said.get("language", listing.language if listing else "").strip().lower()
    return merged(tuple(_given_for(given, listing, language, catalogue)), own)


def _given_for(
    given: Options, listing: Listing | None, language: str, catalogue: Catalogue
) -> Iterator[tuple[str, str]]:
    """What is given to the server, without a language that this routine is not in, or a voice of another language."""
    for name, text in given:
        unfit = (name == "language" and listing is not None and text.lower() not in listing.languages) or (
            name == "voice" and language and _language_of(text, catalogue) not in (None, language)
        )
        if not unfit:
            yield name, text


def _language_of(voice: str, catalogue: Catalogue) -> str | None:
    """The language that a voice speaks, by its name or as it is named after it; None where that is not known."""
    name = voice.lower()
    listed = (one.language for one in catalogue.voices if name in (one.id.lower(), one.name.lower()))
    spoken = next(listed, name.partition("-")[0])
    return spoken if spoken in dict(catalogue.languages) else None


def _checked(name: str, text: str) -> str:
    option = job_options()[name]
    try:
        option.type.convert(text, option, None)
    except click.BadParameter as error:
        raise RequestError(problem("choice-refused", name=name, reason=error.message)) from error
    return text
