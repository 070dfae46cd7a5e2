"""A text in every language it is written in: plain, by language, or with what else it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from voiceguide.errors import VoiceguideError
from voiceguide.model import Words
from voiceguide.script.braces import (
    AHEAD_NAMES,
    LISTENER_NAMES,
    SIDE_NAMES,
    Demand,
    check_braces,
    check_path_braces,
    exercise_names,
    foreign_names,
)
from voiceguide.script.fields import MAX_SPOKEN, Fields, spoken_text, text_of
from voiceguide.script.keys import CHANGE_KEYS, CUE_KEYS, TEXT_KEYS, WAIT_KEYS, Key, names
from voiceguide.script.limits import MAX_PROBLEMS
from voiceguide.script.nodes import MapNode, Node, TextNode, holds_refused
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voiceguide.errors import Place, Problem
    from voiceguide.script.library import Library

_DETAILS = frozenset(names((*CUE_KEYS, *CHANGE_KEYS, *WAIT_KEYS)))


@dataclass(frozen=True)
class Scope:
    """Where texts stand: the file that says them and the language it is in, None where that cannot be told."""

    library: Library
    file: str
    language: str | None
    problems: list[Problem]

    def within(self, fields: Fields) -> Scope:
        """The scope of a mapping that may say the language of its own texts."""
        if "language" not in fields.values:
            return self
        return replace(self, language=fields.one_of("language", self.library.languages, "language"))


@dataclass(frozen=True)
class Rule:
    """What a text may have: these names in braces, a recording; one that is only `shown` may say and be anything."""

    names: tuple[str, ...] = ()
    recordings: bool = True
    shown: bool = False


SHOWN = Rule(recordings=False, shown=True)
NAME = Rule()
PHASE = Rule(recordings=False)
BETWEEN = Rule((*AHEAD_NAMES, *LISTENER_NAMES))
# It is shown, too, and what is shown names nobody.
TITLE = Rule(AHEAD_NAMES)
SIDE = Rule(SIDE_NAMES)


def exercise_rule(*, sided: bool) -> Rule:
    """What the sentences of an exercise may have."""
    return Rule(exercise_names(sided=sided))


@dataclass(frozen=True)
class Text:
    """A text: its `forms` by language, or the one that is said whatever is played; and what it asks of a dose."""

    place: Place
    forms: Mapping[str, Words] = field(default_factory=dict)
    always: Words | None = None
    demands: tuple[Demand, ...] = ()

    def suits(self, language: str) -> bool:
        """Whether it can be said where this language is played."""
        return self.always is not None or language in self.forms

    def every(self) -> tuple[tuple[str | None, Words], ...]:
        """All its forms with their language, which is None for what is said whatever is played."""
        return ((None, self.always),) if self.always else tuple(self.forms.items())

    def words(self, language: str) -> Words:
        """The text in this language, else in the first it is written in."""
        said = self.always or self.forms.get(language) or next(iter(self.forms.values()))
        return replace(said, language=None) if said.language == language else said


def read_text(node: Node, key: TextNode, scope: Scope, rule: Rule) -> Text | None:
    """A text in any of its forms, all of them checked; None where it is wrong."""
    if isinstance(node, MapNode) and rule.recordings and is_detailed(node):
        return read_detailed(node, TEXT_KEYS, scope, rule)[0]
    return read_several(node, key, scope, rule)


def is_detailed(node: MapNode) -> bool:
    """Whether a mapping has the keys of a text, and not languages."""
    return any(key.text in _DETAILS for key, _ in node.entries if not key.refused)


def read_detailed(
    node: MapNode, keys: tuple[Key, ...], scope: Scope, rule: Rule, *, plain: bool = False
) -> tuple[Text | None, Fields]:
    """A text with what else it says of itself; by language only where it need not be `plain`."""
    before = len(scope.problems)
    fields = Fields(node, keys, scope.problems, "a text")
    own = scope.within(fields)
    recording = _recording(fields, scope, rule)
    inner = fields.values.get("text")
    if inner is None:
        return None, fields
    if isinstance(inner, MapNode) and "language" in fields.values:
        fields.report("text-language-twice", fields.place("language"))
    read = _plain if plain else read_several
    text = read(inner, fields.keys["text"], own, rule)
    if text is None or len(scope.problems) > before or holds_refused(node):
        return None, fields
    if "language" in fields.values:
        ((_, said),) = text.every()
        text = replace(text, forms={}, always=replace(said, language=own.language))
        if not recording:
            # A voice of this language reads it, whatever is played.
            demands = tuple(replace(demand, language=own.language) for demand in text.demands)
            text = replace(text, demands=demands)
    if recording:
        text = _recorded(text, recording)
    return replace(text, place=node.place), fields


def read_several(node: Node, key: TextNode, scope: Scope, rule: Rule) -> Text | None:
    """A plain text, or one by language."""
    if not isinstance(node, MapNode):
        return _plain(node, key, scope, rule)
    if not node.entries:
        scope.problems.append(problem("text-empty", key.place, key=key.text))
    forms: dict[str, Words] = {}
    demands: list[Demand] = []
    for name, value in node.entries:
        if name.refused:
            continue
        if name.text not in scope.library.languages:
            _report_unknown(name, scope, rule)
            continue
        here = replace(scope, language=name.text)
        if isinstance(value, MapNode) and rule.recordings and is_detailed(value):
            form, _ = read_detailed(value, TEXT_KEYS, here, rule, plain=True)
        else:
            form = _plain(value, name, here, rule)
        if form:
            forms[name.text] = form.words(name.text)
            scope.problems.extend(foreign_names(form.demands, name.text))
            demands += (replace(demand, language=None) for demand in form.demands)
    if len(forms) < max(1, len(node.entries)):
        # Where one is wrong, nothing is known of the languages it has.
        return None
    return Text(node.place, forms, demands=tuple(demands))


def _plain(node: Node, key: TextNode, scope: Scope, rule: Rule) -> Text | None:
    """A text in the language of its scope."""
    found = text_of(node, key, scope.problems)
    if found is None:
        return None
    demands: tuple[Demand, ...] = ()
    if rule.shown:
        # Nobody says it, so there is nothing that a name in braces could stand for.
        demands = tuple(check_braces(found, (), scope.language, scope.problems))
        words = Words(" ".join(found.text.split()), found.place)
    else:
        words = Words(spoken_text(found, scope.problems), found.place)
        if len(words.text) <= MAX_SPOKEN:
            demands = tuple(check_braces(found, rule.names, scope.language, scope.problems))
    if scope.language is None:
        return Text(found.place, always=words, demands=demands)
    return Text(found.place, {scope.language: words}, demands=demands)


def _recording(fields: Fields, scope: Scope, rule: Rule) -> str | None:
    node = fields.text("recording")
    if node is None:
        return None
    sided = SIDE_NAMES[0] in rule.names
    if not check_path_braces(node, SIDE_NAMES if sided else (), scope.problems):
        return None
    return find_file(node, scope)


def find_file(node: TextNode, scope: Scope, *, folder: bool = False) -> str | None:
    """The path of the audio file that a script names; a problem at its place where it cannot be had."""
    if len(scope.problems) > MAX_PROBLEMS:
        # To look for one takes time, and nobody reads about another that is missing.
        return None
    try:
        return scope.library.find(scope.file, node.text.strip(), folder=folder)
    except VoiceguideError as error:
        scope.problems.extend(replace(found, place=node.place) for found in error.problems)
        return None


def _recorded(text: Text, recording: str) -> Text:
    """The text with a recording wherever it has none of its own."""
    forms = {
        language: replace(words, recording=words.recording or recording)
        for language, words in text.forms.items()
    }
    always = replace(text.always, recording=recording) if text.always else None
    return replace(text, forms=forms, always=always)


def _report_unknown(name: TextNode, scope: Scope, rule: Rule) -> None:
    languages = sorted(scope.library.languages)
    known = [*languages, *(names(TEXT_KEYS) if rule.recordings else ())]
    hint = near(name.text, known) or {"near": f"a text by language has the keys {', '.join(languages)}"}
    scope.problems.append(problem("key-unknown", name.place, key=name.text, what="a text", **hint))
