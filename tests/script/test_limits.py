"""Scripts that are small and mean something huge: refused at once, with one clear error."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tests.script.support import SHELF, Shelf, read, report
from voiceguide.compile import draft
from voiceguide.compile.guess import guessed_ms
from voiceguide.plan import Choices
from voiceguide.script.limits import MAX_PROBLEMS
from voiceguide.script.nodes import MAX_NODES, MAX_SCALAR
from voiceguide.timeline import Voice
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.errors import Problem

MILLION = 1_000_000


def many(form: str, count: int, joined: str = ", ") -> str:
    return joined.join(form.format(number) for number in range(count))


def steps(step: str, count: int = 1) -> str:
    """A script with so many of one step."""
    return f"title: T\nsteps:\n{f'  - {step}{chr(10)}' * count}"


def own(keys: str) -> str:
    return f"exercises:\n  e: {{name: E, dose: 1s, {keys}}}\n"


def told(text: str, files: dict[str, str] | None = None) -> tuple[str, ...]:
    return tuple(found.message for found in read(text, files=files)[1])


# Each of these took seconds, minutes or gigabytes before it was refused.
HUGE = {
    "phases without time in hundreds of reps": (
        steps("e: 999 reps")
        + own(f"tempo: 1{'-0' * 999}, phases: [{many('p{}', 1_000)}]").replace("1s", "1 rep"),
        "the routine has more than 100,000 words of phases and cues, counted in every rep and set",
    ),
    "thousands of timed cues in hundreds of sets": (
        steps("e: 99 x 1s, rest 0s") + own(f"cues: [{many('{{at: 1s, text: t{}}}', 3_000)}]"),
        "the routine has more than 100,000 words of phases and cues, counted in every rep and set",
    ),
    "thousands of reminders in hundreds of sets": (
        steps("e: 99 x 1s, rest 0s") + own(f"cues: [{many('t{}', 3_000)}]"),
        "the routine has more than 100,000 words of phases and cues, counted in every rep and set",
    ),
    "rounds in rounds in rounds": (
        steps("{section: S, rounds: 99, steps: [" * 10 + "plank" + "]}" * 10),
        "the routine is longer than 24 hours",
    ),
    "rounds of what takes no time": (
        steps("{section: S, rounds: 99, steps: [" * 3 + "sound: bell" + "]}" * 3),
        "the routine has more than 20,000 holds, reps and steps",
    ),
    "thousands of pronunciations": (
        f"title: T\nsay-as: {{{many('a{}: b', 1_001)}}}\nsteps: [plank]\n",
        "more than 1,000 pronunciations",
    ),
    "more keys and values than any script has": (
        steps("pause: 1s", 10_001),
        "the file has more than 30,000 keys and values",
    ),
    "a list of nothing": (
        f"title: T\nsteps: [{'[],' * 300_000}]\n",
        "the file has more than 30,000 keys and values",
    ),
}


@pytest.mark.parametrize(("script", "expected"), HUGE.values(), ids=HUGE)
def test_a_small_script_that_means_something_huge(script: str, expected: str) -> None:
    assert told(script) == (expected,)


@pytest.mark.parametrize(
    "script",
    [
        "title: {}\nsteps: [plank]\n",
        steps("{}"),
        steps("plank: {}"),
        steps("say: {}"),
        steps("say: '{}'"),
        steps("include: {}"),
        "title: T\nmusic: {}\nsteps: [plank]\n",
        "title: T\nsteps: [e]\nexercises:\n  e:\n    name: E\n    dose: 1s\n    source: {}\n",
    ],
    ids=["title", "step", "dose", "text", "quoted", "include", "music", "source"],
)
def test_a_megabyte_of_one_letter(script: str) -> None:
    assert told(script.format("a" * MILLION)) == ("this has 1,000,000 characters, more than 10,000",)


def test_a_key_of_a_megabyte() -> None:
    assert told(f"? {'a' * MILLION}\n: 1\ntitle: T\nsteps: [plank]\n") == (
        "this has 1,000,000 characters, more than 10,000",
    )


def test_as_long_as_a_scalar_may_be() -> None:
    assert told(f"title: {'a' * MAX_SCALAR}\nsteps: [plank]\n") == ()


def test_as_many_keys_and_values_as_a_file_may_have() -> None:
    """Beside three keys, two values and the mapping there are needs and their list."""
    needs = ["mat"] * (MAX_NODES - 20)
    script = f"title: T\nsteps: [e]\nexercises: {{e: {{name: E, dose: 1s, needs: [{', '.join(needs)}]}}}}\n"
    assert told(script) == ()
    assert told(script.replace("needs: [", f"needs: [{'mat, ' * 20}")) == (
        "the file has more than 30,000 keys and values",
    )


def test_a_chain_of_exercises_that_stand_in_for_each_other() -> None:
    chain = many("  e{0}: {{name: E, dose: 1s, instead: e", 21, "|").split("|")
    lines = [f"{line}{number + 1}}}" for number, line in enumerate(chain)]
    script = "title: T\nsteps: [e0]\nexercises:\n" + "\n".join(lines) + "\n  e21: {name: E, dose: 1s}\n"
    first, *others = told(script)
    assert first == "more than 20 exercises stand in for each other in turn"
    assert all("never used" in message for message in others)


def test_what_is_included_is_no_larger_than_one_file() -> None:
    files = {"a.yaml": f"#{'c' * 400_000}\nsteps: [plank]\n"}
    assert report(steps("include: a.yaml", 9), files=files) == (
        "t.yaml:5:14: error: the files that are included are too large together\n"
        "   5 |   - include: a.yaml\n"
        "     |              ^^^^^^"
    )


def test_what_is_included_has_no_more_keys_and_values_than_one_file() -> None:
    files = {"a.yaml": f"steps: [{'plank, ' * 20_000}]\n"}
    assert told(steps("include: a.yaml", 100), files) == (
        "the files that are included are too large together",
    )


def test_of_thousands_of_problems_a_thousand_are_told() -> None:
    problems = read(f"title: T\n{many('k{}: 1', 5_000, chr(10))}\nsteps: [plank]\n")[1]
    assert len(problems) == MAX_PROBLEMS + 1
    assert (problems[-1].message, problems[-1].severity) == ("there are 4,000 more problems", "warning")


def test_errors_are_told_before_warnings_where_there_are_too_many() -> None:
    script = f"title: T\nsteps: [plank]\nexercises:\n{many('  e{0}: {{name: E, dose: 1s}}', 1_500, chr(10))}\nextra: 1\n"
    problems = read(script)[1]
    assert [found.kind for found in problems if found.severity == "error"] == ["key-unknown"]
    assert len(problems) == MAX_PROBLEMS + 1


def test_of_the_wrong_names_of_one_text_ten_are_told() -> None:
    assert told(steps(f"say: '{many('{{a{}}}', 50, ' ')}'")) == tuple(
        f"{{a{number}}} means nothing here" for number in range(10)
    )


@dataclass(frozen=True)
class Counting(Shelf):
    """A shelf that counts what is looked for on it."""

    looked: list[str] = field(default_factory=list)

    def find(self, including: str, written: str, *, folder: bool = False) -> str:
        self.looked.append(written)
        return super().find(including, written, folder=folder)


def test_files_are_not_looked_for_without_end() -> None:
    shelf = Counting(SHELF)
    read(steps("say: {text: x, recording: none.wav}", 4_000), library=shelf)
    assert len(shelf.looked) == MAX_PROBLEMS + 1


def test_what_an_exercise_asks_of_a_dose_is_looked_at_once() -> None:
    """Nine thousand texts in as many steps are eighty million."""
    setup = ", ".join(["'In {hold}.'"] * 9_000)
    assert told(steps("e", 9_000) + own(f"setup: [{setup}]")) == ()


def test_pronunciations_are_applied_once_to_what_is_said_in_every_round() -> None:
    """A thousand words in a thousand words said ten thousand times are ten thousand million comparisons."""
    said = ("a " * 480).strip()
    script = (
        f"title: T\nsay-as: {{{many('a{}: b', 1_000)}}}\nsteps:\n"
        f"  - {{section: S, rounds: 99, steps: [{{section: S, rounds: 99, steps: [{{say: {said}}}]}}]}}\n"
    )
    routine, problems = read(script)
    assert routine is not None
    assert problems == ()
    words = draft(routine, Choices())
    timeline, _ = words.timeline({one: guessed_ms(one) for one in words.sources}, Voice("none", "none", 150))
    assert sum(cue.text == said for cue in timeline.cues) == 99 * 99


def test_a_message_is_no_longer_than_a_thousand_characters_for_each_of_its_words() -> None:
    found: Problem = problem("name-unknown", what="sound", name="a" * 5_000)
    assert found.message == f"there is no sound '{'a' * 999}…'"
