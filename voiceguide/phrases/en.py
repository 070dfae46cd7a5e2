"""English."""

from __future__ import annotations

from voiceguide.phrases.language import Language


def _spoken(number: float) -> str:
    from num2words import num2words  # noqa: PLC0415 (slow to import, and naming the language needs none)

    return str(num2words(number, lang="en"))


def _plural_of(number: float) -> str:
    return "one" if number == 1 else "other"


ENGLISH = Language(
    code="en",
    spoken=_spoken,
    plural_of=_plural_of,
    hours={"one": "{n} hour", "other": "{n} hours"},
    minutes={"one": "{n} minute", "other": "{n} minutes"},
    seconds={"one": "{n} second", "other": "{n} seconds"},
    sets={"one": "{n} set", "other": "{n} sets"},
    reps={"one": "{n} rep", "other": "{n} reps"},
    breaths={"one": "{n} breath", "other": "{n} breaths"},
    left="left",
    right="right",
    safety=(
        (
            "Let comfort decide how far you go: mild discomfort is normal at first, but stop at once for pain, "
            "or for numbness or pain down a leg."
        ),
        (
            "This does not replace a doctor or a therapist: ask yours before any new exercise, "
            "and see one if pain stays."
        ),
    ),
    opening_title="Opening",
    closing_title="Closing",
    round_of="Round {n} of {total}.",
    sets_of="{sets} of {work}",
    each_side="{dose}, each side",
    alternating="{dose}, alternating sides",
    name="{name}.",
    rest="Rest.",
    rest_for="Rest for {duration}.",
    switch="Switch sides.",
    next_set="Set {n}.",
    last_set="Last set.",
    halfway="halfway",
    count_and_phase="{count}, {phase}",
)
