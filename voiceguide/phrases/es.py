"""Spanish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.phrases.language import Language, LiveWords, Noun, one_or_other
from voiceguide.phrases.numbers import in_words

if TYPE_CHECKING:
    from voiceguide.phrases.language import Gender


def _spoken(number: float, gender: Gender | None = None) -> str:
    words = in_words(number, "es").replace(" punto ", " coma ")
    # "Mil" counts as a masculine noun, which num2words leaves out: "veintiún mil".
    words = re.sub(r"\w*uno(?= mil\b)", lambda match: _before_masculine(match[0]), words)
    if gender == "m":
        return _before_masculine(words)
    if gender == "f":
        return re.sub(r"(?<=ient)os\b", "as", re.sub(r"uno$", "una", words))
    return words


def _before_masculine(words: str) -> str:
    return re.sub(r"uno$", "un", re.sub(r"veintiuno$", "veintiún", words))


SPANISH = Language(
    code="es",
    name="Spanish",
    spoken=_spoken,
    plural=one_or_other,
    hours=Noun("f", {"one": "{n} hora", "other": "{n} horas"}),
    minutes=Noun("m", {"one": "{n} minuto", "other": "{n} minutos"}),
    seconds=Noun("m", {"one": "{n} segundo", "other": "{n} segundos"}),
    sets=Noun("f", {"one": "{n} serie", "other": "{n} series"}),
    reps=Noun("f", {"one": "{n} repetición", "other": "{n} repeticiones"}),
    breaths=Noun("f", {"one": "{n} respiración", "other": "{n} respiraciones"}),
    sides={
        "": {"left": "izquierda", "right": "derecha"},
        "m": {"left": "izquierdo", "right": "derecho"},
    },
    left_side="lado izquierdo",
    right_side="lado derecho",
    ordinal_sets=(
        "primera serie",
        "segunda serie",
        "tercera serie",
        "cuarta serie",
        "quinta serie",
        "sexta serie",
        "séptima serie",
        "octava serie",
        "novena serie",
        "décima serie",
    ),
    set_number="serie {n}",
    last_set="última serie",
    last_set_of_side="última serie de este lado",
    set_and_side="{set}, {side}",
    other_side="cambia de lado",
    sets_of="{sets}, {work}",
    each_side="{work} por lado",
    alternating="{work} por lado, alternando",
    held="{dose}, aguanta {duration}",
    exercise="{name}.",
    next_exercise="Siguiente: {name}.",
    the_end="el final",
    rest="Descansa.",
    rest_for="Descansa {duration}.",
    round_of="Ronda {n} de {total}.",
    halfway="vas por la mitad",
    time_left={"one": "queda {duration}", "other": "quedan {duration}"},
    under_a_minute="menos de un minuto",
    count_and_phase="{count}, {phase}",
    hold="mantén",
    breathe_in="inhala",
    breathe_out="exhala",
    opening_title="Inicio",
    closing_title="Final",
    safety=(
        (
            "Deja que la comodidad decida hasta dónde llegas: al principio es normal una molestia leve, "
            "pero detente enseguida si sientes dolor, o si notas adormecimiento o dolor que baja por una pierna."
        ),
        (
            "Esto no sustituye al médico ni al fisioterapeuta: consulta con el tuyo antes de cualquier ejercicio "
            "nuevo, y acude a uno si el dolor continúa."
        ),
    ),
    left_out="Hoy dejamos fuera: {names}.",
    in_place_of="{new} en lugar de {old}.",
    live=LiveWords(
        resuming="Seguimos.",
        resuming_left="Seguimos, {left}.",
        once_more="Otra vez.",
        starting_in="Empezamos en {duration}.",
        stopped="Paramos aquí, {exercises}.",
        stopped_at_once="Paramos aquí.",
        finished="Hemos terminado, {minutes}.",
        exercises=Noun("m", {"one": "{n} ejercicio hecho", "other": "{n} ejercicios hechos"}),
        sound_back="Se había ido el sonido.",
        device_changed="Ahora el sonido sale por otro dispositivo.",
        no_hold="Aquí no hay tiempo que cambiar.",
        hold_ending="Ya está a punto de terminar.",
        no_set="Aquí no hay ninguna serie que repetir.",
        no_side="Aquí no hay ningún lado que saltar.",
        no_key="Esa tecla no hace nada. El signo de interrogación te dice las teclas.",
        keys=(
            "Espacio: pausa y seguir. N: siguiente ejercicio. B: atrás. R: repetir esta serie. "
            "S: saltar este lado. Flecha izquierda y derecha: diez segundos. "
            "Más y menos: aguantar cinco segundos más o menos. Q: terminar."
        ),
    ),
)
