"""French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.phrases.language import Language, LiveWords, Noun
from voiceguide.phrases.numbers import in_words

if TYPE_CHECKING:
    from voiceguide.phrases.language import Gender

_PLURAL_FROM = 2


def _spoken(number: float, gender: Gender | None = None) -> str:
    from decimal import Decimal  # noqa: PLC0415 (naming the language needs none)

    whole, _, decimals = f"{Decimal(str(number)).normalize():f}".partition(".")
    words = _cardinal(whole)
    if gender == "f" and words.endswith("un"):
        words += "e"
    return f"{words} virgule {_decimals(decimals)}" if decimals else words


def _decimals(digits: str) -> str:
    """Decimals as they are read aloud: the zeros one by one, what follows as one number ("vingt-cinq")."""
    significant = digits.lstrip("0")
    return " ".join(["zéro"] * (len(digits) - len(significant)) + [_cardinal(significant)])


def _cardinal(digits: str) -> str:
    return in_words(int(digits), "fr")


def _plural(number: float) -> str:
    return "one" if number < _PLURAL_FROM else "other"


FRENCH = Language(
    code="fr",
    name="French",
    spoken=_spoken,
    plural=_plural,
    hours=Noun("f", {"one": "{n} heure", "other": "{n} heures"}),
    minutes=Noun("f", {"one": "{n} minute", "other": "{n} minutes"}),
    seconds=Noun("f", {"one": "{n} seconde", "other": "{n} secondes"}),
    sets=Noun("f", {"one": "{n} série", "other": "{n} séries"}),
    reps=Noun("f", {"one": "{n} répétition", "other": "{n} répétitions"}),
    breaths=Noun("f", {"one": "{n} respiration", "other": "{n} respirations"}),
    sides={
        "": {"left": "gauche", "right": "droite"},
        "m": {"left": "gauche", "right": "droit"},
    },
    left_side="côté gauche",
    right_side="côté droit",
    ordinal_sets=(
        "première série",
        "deuxième série",
        "troisième série",
        "quatrième série",
        "cinquième série",
        "sixième série",
        "septième série",
        "huitième série",
        "neuvième série",
        "dixième série",
    ),
    set_number="série {n}",
    last_set="dernière série",
    last_set_of_side="dernière série de ce côté",
    set_and_side="{set}, {side}",
    other_side="change de côté",
    sets_of="{sets}, {work}",
    each_side="{work} de chaque côté",
    alternating="{work} de chaque côté, en alternant",
    held="{dose}, tiens {duration}",
    exercise="{name}.",
    next_exercise="Ensuite : {name}.",
    the_end="la fin",
    rest="Repose-toi.",
    rest_for="Repose-toi pendant {duration}.",
    round_of="Tour {n} sur {total}.",
    halfway="mi-parcours",
    time_left={"one": "encore {duration}", "other": "encore {duration}"},
    under_a_minute="moins d'une minute",
    count_and_phase="{count}, {phase}",
    hold="tiens",
    breathe_in="inspire",
    breathe_out="souffle",
    opening_title="Introduction",
    closing_title="Conclusion",
    safety=(
        (
            "Laisse ton confort décider jusqu'où aller : une légère gêne est normale au début, mais arrête-toi tout de "
            "suite si tu as mal, ou si tu sens un engourdissement ou une douleur le long d'une jambe."
        ),
        (
            "Ceci ne remplace ni un médecin ni un kinésithérapeute : demande conseil au tien avant tout nouvel "
            "exercice, et consulte si la douleur persiste."
        ),
    ),
    left_out="Aujourd'hui, on laisse de côté : {names}.",
    in_place_of="{new} remplace {old}.",
    live=LiveWords(
        resuming="On reprend.",
        resuming_left="On reprend, {left}.",
        once_more="Encore une fois.",
        starting_in="On commence dans {duration}.",
        stopped="On s'arrête là, {exercises}.",
        stopped_at_once="On s'arrête là.",
        finished="C'est fini, {minutes}.",
        exercises=Noun("m", {"one": "{n} exercice fait", "other": "{n} exercices faits"}),
        sound_back="Le son était coupé.",
        device_changed="Le son sort maintenant d'un autre appareil.",
        no_hold="Ici, il n'y a pas de durée à changer.",
        hold_ending="Cette posture se termine dans un instant.",
        no_set="Ici, il n'y a pas de série à répéter.",
        no_side="Ici, il n'y a pas de côté à sauter.",
        no_key="Cette touche ne fait rien. Le point d'interrogation te donne les touches.",
        keys=(
            "Espace : pause et reprise. N : exercice suivant. B : retour. R : répéter cette série. "
            "S : sauter ce côté. Flèche gauche et droite : dix secondes. "
            "Plus et moins : tenir cinq secondes de plus ou de moins. Q : arrêter."
        ),
    ),
    # espeak-ng 1.52 says these two words as if they were English.
    say_as=(("dos", "dau"), ("assieds", "assié")),
)
