"""English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.phrases.language import Language, LiveWords, Noun, one_or_other
from voiceguide.phrases.numbers import in_words

if TYPE_CHECKING:
    from voiceguide.phrases.language import Gender


def _spoken(number: float, _gender: Gender | None = None) -> str:
    return in_words(number, "en")


ENGLISH = Language(
    code="en",
    name="English",
    spoken=_spoken,
    plural=one_or_other,
    hours=Noun("n", {"one": "{n} hour", "other": "{n} hours"}),
    minutes=Noun("n", {"one": "{n} minute", "other": "{n} minutes"}),
    seconds=Noun("n", {"one": "{n} second", "other": "{n} seconds"}),
    sets=Noun("n", {"one": "{n} set", "other": "{n} sets"}),
    reps=Noun("n", {"one": "{n} rep", "other": "{n} reps"}),
    breaths=Noun("n", {"one": "{n} breath", "other": "{n} breaths"}),
    sides={"": {"left": "left", "right": "right"}},
    left_side="left side",
    right_side="right side",
    ordinal_sets=(
        "first set",
        "second set",
        "third set",
        "fourth set",
        "fifth set",
        "sixth set",
        "seventh set",
        "eighth set",
        "ninth set",
        "tenth set",
    ),
    set_number="set {n}",
    last_set="last set",
    last_set_of_side="last set on this side",
    set_and_side="{set}, {side}",
    other_side="other side",
    sets_of="{sets}, {work}",
    each_side="{work} each side",
    alternating="{work} each side, alternating",
    held="{dose}, hold {duration}",
    exercise="{name}.",
    next_exercise="Next: {name}.",
    the_end="the end",
    rest="Rest.",
    rest_for="Rest for {duration}.",
    round_of="Round {n} of {total}.",
    halfway="halfway",
    time_left={"one": "{duration} left", "other": "{duration} left"},
    under_a_minute="less than a minute",
    count_and_phase="{count}, {phase}",
    hold="hold",
    breathe_in="in",
    breathe_out="out",
    opening_title="Opening",
    closing_title="Closing",
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
    left_out="Left out today: {names}.",
    in_place_of="{new} in place of {old}.",
    live=LiveWords(
        resuming="Resuming.",
        resuming_left="Resuming, {left}.",
        once_more="Once more.",
        starting_in="Starting in {duration}.",
        stopped="Stopped, {exercises} done.",
        stopped_at_once="Stopped.",
        finished="That was the end, {minutes}.",
        exercises=Noun("n", {"one": "{n} exercise", "other": "{n} exercises"}),
        sound_back="The sound was gone.",
        device_changed="The sound comes from another device now.",
        no_hold="There is no hold to change here.",
        hold_ending="This hold is about to end.",
        no_set="There is no set to repeat here.",
        no_side="There is no side to skip here.",
        no_key="No such key. The question mark tells the keys.",
        keys=(
            "Space: pause and go on. N: next exercise. B: back. R: repeat this set. S: skip this side. "
            "Left and right arrow: ten seconds. Plus and minus: five seconds more or less in this hold. Q: stop."
        ),
    ),
)
