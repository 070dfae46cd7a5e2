"""German."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.phrases.language import Language, LiveWords, Noun, one_or_other
from voiceguide.phrases.numbers import in_words

if TYPE_CHECKING:
    from voiceguide.phrases.language import Gender

_ONE = "eins"
_ONE_BEFORE_A_NOUN: dict[Gender, str] = {"m": "ein", "f": "eine", "n": "ein"}


def _spoken(number: float, gender: Gender | None = None) -> str:
    """The number in words; a whole one that ends in `eins` takes the gender of the noun that follows it."""
    words = in_words(number, "de").replace("einstausend", "eintausend")
    if words.startswith(("einhundert", "eintausend")):
        # As one counts aloud: "hundert", "hunderteins".
        words = words.removeprefix("ein")
    if gender is not None and number == int(number) and words.endswith(_ONE):
        words = words.removesuffix(_ONE) + _ONE_BEFORE_A_NOUN[gender]
    return words


GERMAN = Language(
    code="de",
    name="German",
    spoken=_spoken,
    plural=one_or_other,
    hours=Noun("f", {"one": "{n} Stunde", "other": "{n} Stunden"}),
    minutes=Noun("f", {"one": "{n} Minute", "other": "{n} Minuten"}),
    seconds=Noun("f", {"one": "{n} Sekunde", "other": "{n} Sekunden"}),
    sets=Noun("m", {"one": "{n} Satz", "other": "{n} Sätze"}),
    reps=Noun("f", {"one": "{n} Wiederholung", "other": "{n} Wiederholungen"}),
    breaths=Noun("m", {"one": "{n} Atemzug", "other": "{n} Atemzüge"}),
    sides={
        "": {"left": "links", "right": "rechts"},
        "e": {"left": "linke", "right": "rechte"},
        "en": {"left": "linken", "right": "rechten"},
        "er": {"left": "linker", "right": "rechter"},
        "es": {"left": "linkes", "right": "rechtes"},
    },
    left_side="linke Seite",
    right_side="rechte Seite",
    ordinal_sets=(
        "erster Satz",
        "zweiter Satz",
        "dritter Satz",
        "vierter Satz",
        "fünfter Satz",
        "sechster Satz",
        "siebter Satz",
        "achter Satz",
        "neunter Satz",
        "zehnter Satz",
    ),
    set_number="Satz {n}",
    last_set="letzter Satz",
    last_set_of_side="letzter Satz auf dieser Seite",
    set_and_side="{set}, {side}",
    other_side="andere Seite",
    sets_of="{sets}, {work}",
    each_side="{work} pro Seite",
    alternating="{work} pro Seite, im Wechsel",
    held="{dose}, {duration} halten",
    exercise="{name}.",
    next_exercise="Als Nächstes: {name}.",
    the_end="das Ende",
    rest="Pause.",
    rest_for="Pause, {duration}.",
    round_of="Runde {n} von {total}.",
    halfway="Halbzeit",
    time_left={"one": "noch {duration}", "other": "noch {duration}"},
    under_a_minute="weniger als eine Minute",
    count_and_phase="{count}, {phase}",
    hold="halten",
    # "ein" and "aus" would be shorter, but after a count "eins, ein" is not understood.
    breathe_in="einatmen",
    breathe_out="ausatmen",
    opening_title="Einstieg",
    closing_title="Ausklang",
    safety=(
        (
            "Geh nur so weit, wie es dir angenehm ist: Leichtes Unbehagen ist am Anfang normal, "
            "aber hör sofort auf bei Schmerzen, bei Taubheit, oder wenn Schmerzen ins Bein ausstrahlen."
        ),
        (
            "Das hier ersetzt weder deinen Arzt noch deine Therapeutin: Frag sie vor jeder neuen Übung, "
            "und geh hin, wenn Schmerzen bleiben."
        ),
    ),
    left_out="Heute ausgelassen: {names}.",
    in_place_of="{new} statt {old}.",
    live=LiveWords(
        resuming="Weiter geht's.",
        resuming_left="Weiter geht's, {left}.",
        once_more="Noch einmal.",
        # Not "in {duration}": that would ask for the dative.
        starting_in="Noch {duration}, dann geht es los.",
        stopped="Beendet, {exercises} geschafft.",
        stopped_at_once="Beendet.",
        finished="Das war's, {minutes}.",
        exercises=Noun("f", {"one": "{n} Übung", "other": "{n} Übungen"}),
        sound_back="Der Ton war weg.",
        device_changed="Der Ton kommt jetzt aus einem anderen Gerät.",
        no_hold="Hier gibt es keine Haltezeit zu ändern.",
        hold_ending="Diese Haltezeit ist gleich zu Ende.",
        no_set="Hier gibt es keinen Satz zu wiederholen.",
        no_side="Hier gibt es keine Seite zu überspringen.",
        no_key="Diese Taste gibt es nicht. Das Fragezeichen nennt die Tasten.",
        keys=(
            "Leertaste: anhalten und weitermachen. N: nächste Übung. B: zurück. R: diesen Satz wiederholen. "
            "S: diese Seite überspringen. Pfeil links und rechts: zehn Sekunden. "
            "Plus und Minus: fünf Sekunden länger oder kürzer halten. Q: beenden."
        ),
    ),
)
