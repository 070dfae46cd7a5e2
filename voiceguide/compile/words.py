"""Lines: the guide's phrases and the author's texts, each with what is heard of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.compile.blocks import Line
from voiceguide.compile.pronounce import pronouncer
from voiceguide.phrases.address import addressed
from voiceguide.plan import HoldWork, Performance
from voiceguide.timeline import Recording, Source, Speech

if TYPE_CHECKING:
    from voiceguide.dose import Side
    from voiceguide.model import Pronunciation, Words
    from voiceguide.phrases.language import Language
    from voiceguide.plan import Outlook
    from voiceguide.timeline import Role

Names = dict[str, str]


class Writer:
    """Writes lines in a language to a listener of this `name`.

    `say_as` is how words are pronounced, by the language of each text.
    """

    def __init__(
        self, language: Language, say_as: tuple[Pronunciation, ...], name: str | None = None
    ) -> None:
        self.language = language
        self._name = name
        self._pronouncer = cache(lambda code: pronouncer(say_as, code))

    def guide(self, role: Role, text: str) -> Line:
        """A line of the guide's own."""
        return Line(role, text, Speech(self._pronouncer(self.language.code)(text)))

    def author(
        self,
        role: Role,
        words: Words,
        outlook: Outlook,
        performance: Performance | None = None,
        side: Side | None = None,
        *,
        sentence: bool = False,
    ) -> Line:
        """A line of the author's, its names in braces in words; as a `sentence` it begins and ends like one."""
        language = phrases.LANGUAGES.get(words.language or self.language.code, self.language)
        text = words.text
        # Most texts have no names, and numbers in words take a while.
        if "{" in text:
            text = phrases.resolve_names(addressed(text, self._name), names(language, outlook, performance))
        text = phrases.resolve_sides(language, text, side)
        if sentence:
            text = phrases.sentence(text)
        return Line(role, text, self._source(words, text, side), words.place)

    def _source(self, words: Words, text: str, side: Side | None) -> Source:
        if words.recording is not None:
            return Recording(recorded_side(words.recording, side))
        own = self.language.code
        code = words.language or own
        return Speech(self._pronouncer(code)(text), None if code == own else code)


def names(language: Language, outlook: Outlook, performance: Performance | None) -> Names:
    """What `{next}` and `{left}` mean at a moment, and `{hold}`, `{sets}` and `{reps}` in an exercise."""
    found = {
        "next": outlook.next.text if outlook.next else language.the_end,
        "left": phrases.minutes(language, outlook.left_ms),
    }
    if performance is None:
        return found
    found["sets"] = phrases.counted(language, language.sets, performance.sets)
    work = performance.work
    if isinstance(work, HoldWork):
        return found | {"hold": phrases.duration(language, work.ms)}
    noun = language.breaths if work.breaths else language.reps
    found["reps"] = phrases.counted(language, noun, work.count)
    held = next((phase.ms for phase in work.phases if phase.is_hold), 0)
    return found | ({"hold": phrases.duration(language, held)} if held else {})


def recorded_side(path: str, side: Side | None) -> str:
    """The path of a recording that names its side, such as `knee-{side}.wav`, for the side that is done."""
    if side is None:
        return path
    return path.replace("{side}", side).replace("{other}", "right" if side == "left" else "left")
