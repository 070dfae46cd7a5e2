"""Languages: the guide's own words in the language that is played, and sentences in another one."""

from __future__ import annotations

import pytest

from tests.compile.support import Session, compiled, text
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import Choices
from voiceguide.timeline import Source, Speech

SHELF = {
    "lean": """
        name: {en: Lean, de: Lehnen, es: Inclinación, fr: Inclinaison}
        dose: 2 x 45s
        side: {en: "to the {side}", de: "nach {side}", es: "a la {side}", fr: "à {side}"}
        cues:
          - {en: "Lower your {side} shoulder.", de: "Senk deine {side:e} Schulter.",
             es: "Baja tu hombro {side:m}.", fr: "Baisse ton bras {side:m}."}
    """,
    "lift": """
        name: {en: Lift, de: Heben, es: Elevación, fr: Levée}
        dose: 2 reps
        tempo: 2-2-2
        phases: [{en: up, de: hoch, es: arriba, fr: monte}, hold, {en: down, de: ab, es: abajo, fr: descends}]
    """,
    "breathe": """
        name: {en: Breathe, de: Atmen, es: Respirar, fr: Respirer}
        dose: 1 breath
        breath: 2-3
    """,
}

HOLDS = {
    "en": """
        Lean.
        Two sets, forty-five seconds each side.
        First set, left side.
        To the left.
        [start]
        Lower your left shoulder.
        halfway
        ten seconds left
        three / two / one
        [end]
        Rest.
        Last set on this side.
        [start]
        halfway
        ten seconds left
        three / two / one
        [end]
        Other side.
        First set, right side.
        To the right.
        [start]
        Lower your right shoulder.
        halfway
        ten seconds left
        three / two / one
        [end]
        Rest.
        Last set.
        [start]
        halfway
        ten seconds left
        three / two / one
        [end]
    """,
    "de": """
        Lehnen.
        Zwei Sätze, fünfundvierzig Sekunden pro Seite.
        Erster Satz, linke Seite.
        Nach links.
        [start]
        Senk deine linke Schulter.
        Halbzeit
        noch zehn Sekunden
        drei / zwei / eins
        [end]
        Pause.
        Letzter Satz auf dieser Seite.
        [start]
        Halbzeit
        noch zehn Sekunden
        drei / zwei / eins
        [end]
        Andere Seite.
        Erster Satz, rechte Seite.
        Nach rechts.
        [start]
        Senk deine rechte Schulter.
        Halbzeit
        noch zehn Sekunden
        drei / zwei / eins
        [end]
        Pause.
        Letzter Satz.
        [start]
        Halbzeit
        noch zehn Sekunden
        drei / zwei / eins
        [end]
    """,
    "es": """
        Inclinación.
        Dos series, cuarenta y cinco segundos por lado.
        Primera serie, lado izquierdo.
        A la izquierda.
        [start]
        Baja tu hombro izquierdo.
        vas por la mitad
        quedan diez segundos
        tres / dos / uno
        [end]
        Descansa.
        Última serie de este lado.
        [start]
        vas por la mitad
        quedan diez segundos
        tres / dos / uno
        [end]
        Cambia de lado.
        Primera serie, lado derecho.
        A la derecha.
        [start]
        Baja tu hombro derecho.
        vas por la mitad
        quedan diez segundos
        tres / dos / uno
        [end]
        Descansa.
        Última serie.
        [start]
        vas por la mitad
        quedan diez segundos
        tres / dos / uno
        [end]
    """,
    "fr": """
        Inclinaison.
        Deux séries, quarante-cinq secondes de chaque côté.
        Première série, côté gauche.
        À gauche.
        [start]
        Baisse ton bras gauche.
        mi-parcours
        encore dix secondes
        trois / deux / un
        [end]
        Repose-toi.
        Dernière série de ce côté.
        [start]
        mi-parcours
        encore dix secondes
        trois / deux / un
        [end]
        Change de côté.
        Première série, côté droit.
        À droite.
        [start]
        Baisse ton bras droit.
        mi-parcours
        encore dix secondes
        trois / deux / un
        [end]
        Repose-toi.
        Dernière série.
        [start]
        mi-parcours
        encore dix secondes
        trois / deux / un
        [end]
    """,
}

REPS = {
    "en": "one, up / hold / down\ntwo, up / hold / down\none, in / out",
    "de": "eins, hoch / halten / ab\nzwei, hoch / halten / ab\neins, einatmen / ausatmen",
    "es": "uno, arriba / mantén / abajo\ndos, arriba / mantén / abajo\nuno, inhala / exhala",
    "fr": "un, monte / tiens / descends\ndeux, monte / tiens / descends\nun, inspire / souffle",
}

BETWEEN = {
    "en": """
        Left out today: Lean.
        Round one of two.
        Lift.
        One rep.
        Rest for thirty seconds.
        Round two of two.
        Next: Lift.
        One rep.
        Rest for thirty seconds.
    """,
    "de": """
        Heute ausgelassen: Lehnen.
        Runde eins von zwei.
        Heben.
        Eine Wiederholung.
        Pause, dreißig Sekunden.
        Runde zwei von zwei.
        Als Nächstes: Heben.
        Eine Wiederholung.
        Pause, dreißig Sekunden.
    """,
    "es": """
        Hoy dejamos fuera: Inclinación.
        Ronda uno de dos.
        Elevación.
        Una repetición.
        Descansa treinta segundos.
        Ronda dos de dos.
        Siguiente: Elevación.
        Una repetición.
        Descansa treinta segundos.
    """,
    "fr": """
        Aujourd'hui, on laisse de côté : Inclinaison.
        Tour un sur deux.
        Levée.
        Une répétition.
        Repose-toi pendant trente secondes.
        Tour deux sur deux.
        Ensuite : Levée.
        Une répétition.
        Repose-toi pendant trente secondes.
    """,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_holds_sets_and_sides_are_told_in_the_language_that_is_played(language: str) -> None:
    session = compiled("- lean", shelf=SHELF, language=language)
    assert session.timeline.language == language
    assert session.narration() == text(HOLDS[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_reps_and_breaths_are_counted_in_the_language_that_is_played(language: str) -> None:
    session = compiled("- lift\n- breathe", shelf=SHELF, language=language)
    assert session.narration("rep", "phase") == REPS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_between_is_told_in_the_language_that_is_played(language: str) -> None:
    shelf = SHELF | {"lean": SHELF["lean"].rstrip(" ") + "        avoid: knee\n"}
    steps = "- lean\n- section: {en: X, de: X, es: X, fr: X}\n  rounds: 2\n  steps: [lift: 1 rep, rest: 30s]"
    choices = Choices(safety=False, avoid=frozenset({"knee"}))
    session = compiled(steps, shelf=shelf, language=language, choices=choices)
    assert session.narration("opening", "say", "name", "rest").replace("X.\n", "") == text(BETWEEN[language])


def test_the_voice_of_the_session_speaks_all_of_its_own_language() -> None:
    session = compiled("- lean\n- lift", shelf=SHELF, language="de")
    assert {cue.source.language for cue in session.timeline.cues if isinstance(cue.source, Speech)} == {None}


def test_a_sentence_in_another_language_is_spoken_by_a_voice_of_that_language() -> None:
    steps = """
        - say: Now in German.
        - say: {text: "Noch {left}.", language: de}
        - lift: 1 rep
    """
    session = compiled(steps, shelf=SHELF)
    assert [cue.source for cue in session.timeline.cues if cue.role == "say"] == [
        Speech("Now in German."),
        Speech("Noch weniger als eine Minute.", "de"),
    ]


@pytest.mark.parametrize(
    ("language", "pause", "words"),
    [
        ("de", "1m", "eine Minute"),
        ("de", "3m", "drei Minuten"),
        ("es", "1m", "un minuto"),
        ("es", "21m", "veintiún minutos"),
        ("fr", "1m", "une minute"),
        ("fr", "21m", "vingt et une minutes"),
    ],
)
def test_a_sentence_in_another_language_has_its_own_numbers_and_plurals(
    language: str, pause: str, words: str
) -> None:
    session = compiled(f"- say: {{text: 'So, {{left}}', language: {language}}}\n- pause: {pause}")
    assert [cue.source for cue in session.timeline.cues] == [Speech(f"So, {words}", language)]


def test_the_end_is_named_in_the_language_of_the_sentence() -> None:
    session = compiled("- say: {text: 'Jetzt kommt {next}.', language: de}", language="de")
    assert session.narration() == "Jetzt kommt das Ende."


def test_a_sentence_in_another_language_is_pronounced_as_that_language_is() -> None:
    steps = "- say: {text: 'Le dos, le psoas.', language: fr}\n- say: The dos, the psoas."
    session = compiled(steps, head="say-as: {psoas: so-as}\n")
    assert [cue.source for cue in session.timeline.cues] == [
        Speech("Le dau, le psoas.", "fr"),
        Speech("The dos, the so-as."),
    ]


def sources(session: Session) -> list[Source]:
    """What is heard, in order."""
    return [cue.source for cue in session.timeline.cues]


def test_a_pronunciation_of_a_script_is_for_its_own_language() -> None:
    shelf = {"die": "{name: {en: Die slowly, de: Die Welle}, dose: 5s}"}
    head = "say-as: {die: dye}\n"
    assert Speech("dye slowly.") in sources(compiled("- die", head=head, shelf=shelf))
    assert Speech("Die Welle.") in sources(compiled("- die", head=head, shelf=shelf, language="de"))


def test_a_pronunciation_by_language_is_heard_in_that_language_wherever_it_is_spoken() -> None:
    steps = "- say: {text: 'Die Welle.', language: de}\n- say: Die slowly."
    session = compiled(steps, head="say-as: {die: {de: dii, en: dye}}\n")
    assert sources(session) == [Speech("dii Welle.", "de"), Speech("dye slowly.")]


def test_a_plain_pronunciation_of_the_listener_is_heard_in_every_language() -> None:
    steps = "- say: {text: 'Der Psoas.', language: de}\n- say: The psoas."
    listener = Choices(safety=False, say_as=(("psoas", "so-as", None),))
    session = compiled(steps, choices=listener)
    assert sources(session) == [Speech("Der so-as.", "de"), Speech("The so-as.")]


def test_a_name_in_another_language_stands_alone_in_its_own_voice() -> None:
    shelf = {"hum": "{name: {text: Downward dog, language: en}, dose: 5s}"}
    session = compiled("- lift: 1 rep\n- hum", shelf=SHELF | shelf, language="de")
    assert [cue.source for cue in session.timeline.cues if cue.role == "name"] == [
        Speech("Heben."),
        Speech("Eine Wiederholung."),
        Speech("Downward dog.", "en"),
        Speech("Fünf Sekunden."),
    ]


def test_a_sentence_that_says_the_language_of_the_session_is_spoken_by_its_voice() -> None:
    assert compiled("- say: {text: Hello., language: en}").timeline.cues[0].source == Speech("Hello.")


def test_the_opening_and_its_chapter_are_in_the_language_that_is_played() -> None:
    session = compiled("- say: Hallo.", head="language: de\nclosing: Gute Nacht.\n", choices=Choices())
    assert session.narration("opening").splitlines() == list(LANGUAGES["de"].safety)
    assert [one.title for one in session.timeline.chapters] == ["Einstieg", "Ausklang"]
