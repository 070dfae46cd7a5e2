"""Any routine with any choice and any voice, and the spans that its script asks for, reckoned apart from the program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from random import Random
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from hypothesis import strategies as st

from tests.compile.support import Session, Shelf, measured
from voiceguide.compile import draft
from voiceguide.plan import Choices
from voiceguide.script.nodes import SourceFile
from voiceguide.script.routine import read_routine
from voiceguide.timeline import Sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.model import Routine
    from voiceguide.timeline import Source

PHASES = ("up", "hold", "down")
TEMPO_MS = (0, 50, 250, 500, 1_000, 2_000, 3_333)
BREATHS = ((5_000,), (2_000, 3_000), (1_000, 500, 2_000), (4_000, 0, 4_000, 250))
BREATH_HOLDS = {1: (), 2: (), 3: (1,), 4: (1, 3)}
# What the exercise of the library that stands in for another is done for.
OTHER_MS = 7_000
# How long waiting for a key is where it does not say.
WAIT_MS = 10_000
# What every exercise with reminders says in its turn, and what it says at a time of its own, in ms.
REMINDERS = ("Breathe.", "Let go.", "Soften, and let your weight sink.")
OWN_TIMES_MS = (3_000, -4_000)

Kind = Literal["exact", "at least", "grows"]


class Spread(NamedTuple):
    """A range, which may be a single value: ms where it is of durations."""

    low: int
    high: int

    def at(self, percent: int, unit: int = 1) -> int:
        """Its value at a dose: its ends at 0 and 100, half up to whole units in between, never outside."""
        if percent in (0, 100):
            return self.high if percent else self.low
        exact = self.low + Fraction(self.high - self.low) * percent / 100
        return min(max(floor(exact / unit + Fraction(1, 2)) * unit, self.low), self.high)

    def ms(self, percent: int) -> int:
        """Its value in ms at a dose."""
        return self.at(percent, 1_000)

    def counts(self) -> str:
        """As it is written where it counts."""
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"

    def durations(self) -> str:
        """As it is written where it is of durations."""
        low, high = (f"{ms / 1_000:g}s" for ms in self)
        return low if low == high else f"{low}-{high}"


@dataclass(frozen=True)
class Sets:
    """A step that does an exercise."""

    exercise: str
    sets: Spread
    work: Spread
    rest: Spread
    extra: dict[str, Any]
    sides: str | None = None
    first: str | None = None
    tempo: tuple[int, ...] = ()
    breath: bool = False

    def written(self) -> dict[str, Any]:
        if self.breath:
            work = {"breaths": self.work.counts()}
        elif self.tempo:
            tempo = "-".join(f"{ms / 1_000:g}" for ms in self.tempo)
            work = {"reps": self.work.counts(), "tempo": tempo}
        else:
            work = {"hold": self.work.durations()}
        sides = {"sides": self.sides} if self.sides else {}
        first = {"first": self.first} if self.first else {}
        dose = {"sets": self.sets.counts(), **work, "rest": self.rest.durations(), **sides, **first}
        return {self.exercise: dose | self.extra}


@dataclass(frozen=True)
class Between:
    """A step that stands between exercises; `ms` where it is a rest or a pause, or waits."""

    verb: str
    value: Any
    ms: int = 0

    def written(self) -> dict[str, Any]:
        return {self.verb: self.value}


@dataclass(frozen=True)
class Part:
    """A section."""

    title: str
    rounds: int
    talk: str | None
    steps: list[Step]

    def written(self) -> dict[str, Any]:
        talk = {"talk": self.talk} if self.talk else {}
        steps = [step.written() for step in self.steps]
        return {"section": self.title, "rounds": str(self.rounds), "steps": steps, **talk}


Step = Sets | Between | Part


class Expected(NamedTuple):
    """A span that the script asks for, `ms` long as its `kind` says; in `tones` nothing is spoken."""

    what: str
    exercise: str | None
    side: str | None
    set: int | None
    rep: int | None
    ms: int
    kind: Kind = "exact"
    tones: bool = False


@dataclass(frozen=True)
class Case:
    """A routine with the spans that its script asks for, and what it is compiled with."""

    routine: Routine
    expected: list[Expected]
    choices: Choices
    lengths: Callable[[Source], int]

    def session(self, choices: Choices | None = None) -> Session:
        return measured(draft(self.routine, choices or self.choices), self.lengths)


talks = st.sampled_from([None, None, "full", "full", "brief", "tones"])
countings = st.sampled_from([None, "up", "down"])
percentages = st.none() | st.integers(0, 100)
side_names = st.sampled_from([None, "left", "right"])
holds = st.sampled_from([20_000, 45_000, 95_000, 10_000, 33_333, 19_999, 5_000, 4_900, 1_000, 500, 50])
rests = st.sampled_from([0, 0, 100, 1_000, 5_000, 10_000, 20_000])
sentences = st.text("abc ", min_size=1, max_size=40).map(lambda words: f"Go {words}on.")
texts = st.one_of(
    sentences,
    sentences.map(lambda text: f"{text} {{left}}, then {{next}}."),
    sentences.map(lambda text: {"text": text, "language": "fr"}),
    sentences.map(lambda text: {"text": text, "recording": "some.wav"}),
)
times = st.sampled_from(["0s", "2s", "5.5s", "10s", "40s"])
end_times = st.sampled_from(["-0.5s", "-3s", "-5s", "-11s"])


def spreads(ends: st.SearchStrategy[int]) -> st.SearchStrategy[Spread]:
    return st.tuples(ends, ends).map(lambda both: Spread(min(both), max(both)))


@st.composite
def extras(draw: st.DrawFn, *, hold: bool, sided: bool = False) -> dict[str, Any]:
    """How a step is told: how much is said, which way it counts, and its own cues."""
    talk, count = draw(talks), draw(countings)
    extra: dict[str, Any] = ({"talk": talk} if talk else {}) | ({"count": count} if count else {})
    end = " To the {side}, not the {other}." if sided else ""
    reminders = draw(st.lists(sentences.map(lambda text: text + end), max_size=2))
    moments = draw(st.lists(times | end_times if hold else times, max_size=2))
    cues = [*reminders, *({"at": at, "text": f"Own cue.{end}"} for at in moments)]
    return extra | ({"cues": cues} if cues else {})


@st.composite
def sets(draw: st.DrawFn) -> Sets:
    exercise = draw(
        st.sampled_from(["plain", "sided", "sided", "moving", "turning", "breathing", "risky", "barred"])
    )
    some, rest = spreads(st.integers(1, 3)), draw(spreads(rests))
    if exercise in ("moving", "turning", "breathing"):
        tempo = draw(st.tuples(*[st.sampled_from(TEMPO_MS)] * 3).filter(lambda phases: sum(phases) >= 500))
        sided = exercise == "turning"
        return Sets(
            exercise,
            draw(spreads(st.integers(1, 2))),
            draw(some),
            rest,
            draw(extras(hold=False, sided=sided)),
            draw(st.sampled_from(["each side", "alternating"])) if sided else None,
            tempo=tempo,
            breath=exercise == "breathing",
        )
    sided = exercise == "sided"
    chosen = draw(st.sampled_from(["each side", "alternating", "left", "right"])) if sided else None
    first = draw(side_names) if chosen in ("each side", "alternating") else None
    return Sets(
        exercise, draw(some), draw(spreads(holds)), rest, draw(extras(hold=True, sided=sided)), chosen, first
    )


@st.composite
def between(draw: st.DrawFn) -> Between:
    verb = draw(st.sampled_from(["say", "rest", "rest", "pause", "sound", "wait"]))
    if verb == "wait":
        words = draw(sentences)
        ms = draw(st.none() | holds)
        value = {"text": words, "pause": f"{ms / 1_000:g}s"} if ms else words
        return Between(verb, value, ms or WAIT_MS)
    if verb == "say":
        return Between(verb, draw(texts))
    if verb == "sound":
        return Between(verb, "bell")
    ms = draw(rests if verb == "rest" else holds)
    return Between(verb, f"{ms / 1_000:g}s", ms)


@st.composite
def step_lists(draw: st.DrawFn, depth: int = 0) -> list[Step]:
    """Steps of which most are exercises; sections nest twice."""
    found: list[Step] = []
    for _ in range(draw(st.integers(1, 3 - depth))):
        match draw(st.sampled_from(["sets"] * 4 + ["between"] * 2 + ["part"] * (2 - depth))):
            case "sets":
                found.append(draw(sets()))
            case "between":
                found.append(draw(between()))
            case _:
                inner = draw(step_lists(depth + 1))
                found.append(Part(draw(sentences), draw(st.integers(1, 2)), draw(talks), inner))
    return found


all_choices = st.builds(
    Choices,
    countdown=st.sampled_from([0, 3, 5]),
    switch_ms=st.sampled_from([0, 1, 5_000, 12_345]),
    get_ready_ms=st.sampled_from([0, 1, 5_000, 12_345]),
    safety=st.booleans(),
    dose=percentages,
    talk=talks,
    count=countings,
    first_side=side_names,
    avoid=st.sampled_from([frozenset(), frozenset({"knee"})]),
    without=st.sampled_from([frozenset(), frozenset({"bar"})]),
    say_as=st.sampled_from([(), (("go", "goh", None), ("left", "lefft", "en"))]),
    pre_roll_ms=st.sampled_from([0, 2_000]),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    steps, choices = draw(step_lists()), draw(all_choices)
    if not any(suits(step, choices) for step in done(steps)):
        steps = [*steps, Sets("plain", Spread(1, 1), Spread(5_000, 5_000), Spread(0, 0), {})]
    talk, dose, count = draw(talks), draw(percentages), draw(countings)
    change_ms, breath = draw(st.sampled_from([0, 7_000])), draw(st.sampled_from(BREATHS))
    head = {
        "dose": dose,
        "talk": talk,
        "count": count,
        "opening": draw(st.none() | texts),
        "closing": draw(st.none() | texts),
    }
    document = {
        "title": "Any",
        "language": draw(st.sampled_from(["en", "en", "de", "es", "fr"])),
        "say-as": {"on": "onn"},
        **{key: str(value) if key == "dose" else value for key, value in head.items() if value is not None},
        "steps": [step.written() for step in steps],
        "exercises": exercises(draw, change_ms, breath),
    }
    source = SourceFile("any.yaml", json.dumps(document))
    routine, problems = read_routine(source, Shelf({}), lambda _, name: SourceFile(name, ""))
    if routine is None:
        raise ValueError(problems)
    percent = next((one for one in (choices.dose, dose) if one is not None), 0)
    reckoner = Reckoner(choices, percent, change_ms, breath)
    expected = list(reckoner.steps(steps, talk))
    return Case(routine, expected, choices, any_lengths(draw))


def exercises(draw: st.DrawFn, change_ms: int, breath: tuple[int, ...]) -> dict[str, Any]:
    """The exercises of the script, which its steps may do or not."""
    setup = draw(st.lists(sentences.map(lambda text: f"{text} For {{sets}}, {{next}}."), max_size=2))
    words = {
        **({"release": draw(texts)} if draw(st.booleans()) else {}),
        **({"setup": setup} if setup else {}),
        **({"caution": "Gently."} if draw(st.booleans()) else {}),
    }
    change = {"change": {"text": "Turn to the {side}.", **({"time": "7s"} if change_ms else {})}}
    breathing = {"breathing": ["out", "hold", "in"]} if draw(st.booleans()) else {}
    own_times = [{"at": f"{ms / 1_000:g}s", "text": "At its time."} for ms in OWN_TIMES_MS]
    held = {"dose": "5s", "cues": [*REMINDERS, *own_times], **words}
    sided = {"side": draw(st.sampled_from(["to the {side}", "{side} leg in front"])), **change, **words}
    moving = {"dose": "2 reps", "phases": list(PHASES), "cues": ["Slowly.", "Gently."], **breathing}
    return {
        "plain": {"name": "Plain", **held},
        "sided": {"name": "Sided", "dose": "5s", "cues": ["Over to the {other}."], **sided},
        "moving": {"name": "Moving", **moving, **words},
        "turning": {"name": "Turning", **moving, **sided},
        "breathing": {
            "name": "Breathing",
            "dose": "2 breaths",
            "breath": "-".join(f"{ms / 1_000:g}" for ms in breath) + ("s" if len(breath) == 1 else ""),
        },
        "risky": {"name": "Risky", "avoid": "knee", "instead": "other", **held},
        "other": {"name": "Other", "dose": f"{OTHER_MS // 1_000}s"},
        "barred": {"name": "Barred", "needs": "bar", **held},
    }


def any_lengths(draw: st.DrawFn) -> Callable[[Source], int]:
    """A voice in which any phrase may last from 0.05 s to 20 s, and tones that are long or short on their own."""
    seed = draw(st.integers(0, 2**32))
    speech, tone = (draw(st.sampled_from([900, 400, 3_000, 60, 20_000])) for _ in range(2))
    return lambda source: Random(f"{seed} {source}").randint(
        50, tone if isinstance(source, Sound) else speech
    )


def done(steps: list[Step]) -> Iterator[Sets]:
    """The steps that are exercises, those in sections too."""
    for step in steps:
        if isinstance(step, Part):
            yield from done(step.steps)
        elif isinstance(step, Sets):
            yield step


def suits(step: Sets, choices: Choices) -> bool:
    """Whether anything is done of a step; the risky exercise always has another in its place."""
    return step.exercise != "barred" or not choices.without


@dataclass(frozen=True)
class Reckoner:
    """Reckons the spans of steps as a person would write them down, without those of get-ready."""

    choices: Choices
    percent: int
    change_ms: int
    breath: tuple[int, ...]

    def steps(self, steps: list[Step], talk: str | None) -> Iterator[Expected]:
        for step in self.kept(steps):
            match step:
                case Part(_, rounds, own, inner):
                    for _ in range(rounds):
                        yield from self.steps(inner, own or talk)
                case Between("rest" | "pause" | "wait" as verb, _, ms) if ms:
                    yield Expected(verb, None, None, None, None, ms)
                case Sets():
                    tones = (self.choices.talk or step.extra.get("talk") or talk) == "tones"
                    yield from (one._replace(tones=tones) for one in self.exercise(step, tones=tones))
                case _:
                    pass

    def kept(self, steps: list[Step]) -> list[Step]:
        """The steps without what is left out and the words and rests before it."""
        found: list[Step] = []
        for step in steps:
            inside = list(done([step]))
            if not inside or any(suits(one, self.choices) for one in inside):
                found.append(step)
                continue
            while found and isinstance(found[-1], Between) and found[-1].verb in ("say", "rest", "wait"):
                found.pop()
        return found

    def exercise(self, step: Sets, *, tones: bool) -> Iterator[Expected]:
        if step.exercise == "risky" and self.choices.avoid:
            yield Expected("hold", "other", None, 1, None, OTHER_MS)
            return
        if step.sides not in ("each side", "alternating"):
            yield from self.all_sets(step, step.sides)
            return
        first = step.first or self.choices.first_side or "left"
        second = "right" if first == "left" else "left"
        switch_ms = max(self.choices.switch_ms, self.change_ms)
        if step.sides == "each side":
            yield from self.all_sets(step, first)
            yield Expected("switch", step.exercise, second, 1, None, switch_ms, "at least")
            yield from self.all_sets(step, second)
            return
        for number in range(1, step.sets.at(self.percent) + 1):
            least = max(step.rest.ms(self.percent), switch_ms)
            # Without words a rest of nothing is nothing, even where it is a change of sides.
            if number > 1 and (least or not tones):
                yield Expected("rest", step.exercise, first, number, None, least, "at least")
            yield from self.one_set(step, first, number)
            yield Expected("switch", step.exercise, second, number, None, switch_ms, "at least")
            yield from self.one_set(step, second, number)

    def all_sets(self, step: Sets, side: str | None) -> Iterator[Expected]:
        rest_ms = step.rest.ms(self.percent)
        for number in range(1, step.sets.at(self.percent) + 1):
            if number > 1 and rest_ms:
                yield Expected("rest", step.exercise, side, number, None, rest_ms, "grows")
            yield from self.one_set(step, side, number)

    def one_set(self, step: Sets, side: str | None, number: int) -> Iterator[Expected]:
        if not step.tempo:
            yield Expected("hold", step.exercise, side, number, None, step.work.ms(self.percent))
            return
        phases = self.breath if step.breath else step.tempo
        held = BREATH_HOLDS[len(phases)] if step.breath else (PHASES.index("hold"),)
        for rep in range(1, step.work.at(self.percent) + 1):
            kind = "breath" if step.breath else "rep"
            yield Expected(kind, step.exercise, side, number, rep, sum(phases))
            for index in held:
                if phases[index]:
                    yield Expected("hold", step.exercise, side, number, rep, phases[index])
