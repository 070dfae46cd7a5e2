"""Steps of another file, and the files that may not be included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.script.support import Shelf, read, report_steps, steps_of
from voiceguide.errors import Place
from voiceguide.files import read_include, read_text
from voiceguide.model import ExerciseStep, Pause, Section, Words
from voiceguide.script.routine import read_routine
from voiceguide.script.steps import MAX_INCLUDES

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.errors import Problem
    from voiceguide.model import Routine


def test_the_steps_of_the_other_file_stand_in_place_of_the_include() -> None:
    steps = steps_of(
        "- pause: 1s\n- include: b.yaml\n- pause: 3s", files={"b.yaml": "steps: [{pause: 2s}, {pause: 2s}]\n"}
    )
    assert steps == (Pause(1_000), Pause(2_000), Pause(2_000), Pause(3_000))


def test_a_whole_routine_can_be_included_and_only_its_steps_count() -> None:
    other = "title: Other\nopening: Hello.\nsteps: [{pause: 2s}]\n"
    assert steps_of("- include: b.yaml", files={"b.yaml": other}) == (Pause(2_000),)


def test_an_include_may_stand_in_a_section_and_include_another() -> None:
    files = {"b.yaml": "steps: [{include: c.yaml}]\n", "c.yaml": "steps: [{pause: 2s}]\n"}
    steps = steps_of("- section: S\n  steps:\n    - include: b.yaml", files=files)
    assert steps == (Section(Words("S"), 1, (Pause(2_000),)),)


def test_the_same_file_may_be_included_twice() -> None:
    steps = steps_of("- include: b.yaml\n- include: b.yaml", files={"b.yaml": "steps: [{pause: 2s}]\n"})
    assert steps == (Pause(2_000), Pause(2_000))


def test_an_included_file_brings_its_exercises() -> None:
    other = "steps: [own]\nexercises:\n  own: {name: Own, dose: 5s}\n"
    (step,) = steps_of("- include: b.yaml", files={"b.yaml": other})
    assert isinstance(step, ExerciseStep)
    assert step.exercise.name == Words("Own")


def test_an_included_file_may_use_the_exercises_of_the_script() -> None:
    text = "title: T\nsteps: [{include: b.yaml}]\nexercises:\n  own: {name: Own, dose: 5s}\n"
    assert read(text, files={"b.yaml": "steps: [own]\n"})[1] == ()


def test_a_mistake_in_an_included_file_is_shown_there() -> None:
    shown = report_steps("  - include: b.yaml", files={"b.yaml": "steps:\n  - plank: 30\n"})
    assert shown == (
        "b.yaml:2:12: error: '30' has no unit\n"
        "   2 |   - plank: 30\n"
        "     |            ^^\n"
        "   hint: write 30 reps or 30s"
    )


def test_an_included_file_needs_steps_but_no_title() -> None:
    shown = report_steps("  - include: b.yaml", files={"b.yaml": "opening: Hello.\n"})
    assert shown.splitlines()[0] == "b.yaml:1:1: error: a routine needs the key 'steps'"


def test_an_included_file_that_is_not_yaml_is_shown_there() -> None:
    shown = report_steps("  - include: b.yaml\n  - plnak", files={"b.yaml": "steps: [\n"})
    assert [line for line in shown.splitlines() if "error" in line] == [
        "t.yaml:4:5: error: there is no exercise or verb 'plnak'",
        "b.yaml:1:9: error: not valid YAML: did not find expected node content",
    ]


def test_a_circle_is_shown_where_it_closes() -> None:
    shown = report_steps(
        "  - include: b.yaml", files={"b.yaml": "steps:\n  - include: t.yaml\n", "t.yaml": "steps: []"}
    )
    assert shown == (
        "b.yaml:2:14: error: 't.yaml' includes itself\n   2 |   - include: t.yaml\n     |              ^^^^^^"
    )


def test_a_hundred_files_may_be_included_and_no_more() -> None:
    files = {"b.yaml": "steps: [{pause: 1s}]\n"}
    include = "  - include: b.yaml\n"
    assert report_steps(include * MAX_INCLUDES, files=files) == ""
    shown = report_steps(include * (MAX_INCLUDES + 5), files=files)
    assert shown == (
        "t.yaml:103:14: error: more than 100 files are included\n"
        " 103 |   - include: b.yaml\n"
        "     |              ^^^^^^"
    )


def test_includes_that_double_at_every_level_stop_at_a_hundred() -> None:
    files = {
        f"{level}.yaml": f"steps: [{{include: {level + 1}.yaml}}, {{include: {level + 1}.yaml}}]\n"
        for level in range(25)
    }
    files["25.yaml"] = "steps: [{pause: 1s}]\n"
    _, problems = read("title: T\nsteps: [{include: 0.yaml}]\n", files=files)
    assert [found.kind for found in problems] == ["include-many"]


def test_includes_nest_no_deeper_than_one_file_may() -> None:
    files = {f"{level}.yaml": f"steps: [{{include: {level + 1}.yaml}}]\n" for level in range(60)}
    files["60.yaml"] = "steps: [{pause: 1s}]\n"
    assert read("title: T\nsteps: [{include: 30.yaml}]\n", files=files)[1] == ()
    _, problems = read("title: T\nsteps: [{include: 29.yaml}]\n", files=files)
    assert [(found.kind, found.message) for found in problems] == [
        ("yaml-depth", "nested more than 32 levels deep")
    ]


class TestOnDisk:
    """Where included files are looked for: below the folder of the file that includes them."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "routines"
        (folder / "parts").mkdir(parents=True)
        (tmp_path / "outside.yaml").write_text("steps: [{pause: 9s}]\n")
        (folder / "part.yaml").write_text("steps: [{pause: 2s}]\n")
        (folder / "parts" / "sub.yaml").write_text("steps: [{pause: 3s}]\n")
        return folder

    def read(self, folder: Path, steps: str) -> tuple[Routine | None, tuple[Problem, ...]]:
        path = folder / "main.yaml"
        path.write_text(f"title: T\nsteps: [{steps}]\n")
        return read_routine(read_text(path), Shelf(), read_include)

    def steps(self, folder: Path, steps: str) -> object:
        routine, problems = self.read(folder, steps)
        assert problems == ()
        return routine and routine.steps

    def message(self, folder: Path, name: str) -> str:
        """The message for a file that cannot be included; its place is always the name as written."""
        routine, (found,) = self.read(folder, f'{{include: "{name}"}}')
        assert routine is None
        assert found.place == Place(str(folder / "main.yaml"), 2, 19, 19 + len(name) + 2)
        return found.message.replace(f"{folder}/", "")

    def test_beside_the_script(self, folder: Path) -> None:
        assert self.steps(folder, "{include: part.yaml}") == (Pause(2_000),)

    def test_in_a_folder_below(self, folder: Path) -> None:
        assert self.steps(folder, "{include: parts/sub.yaml}") == (Pause(3_000),)

    def test_an_include_of_an_include_is_looked_for_beside_it(self, folder: Path) -> None:
        (folder / "parts" / "more.yaml").write_text("steps: [{include: sub.yaml}]\n")
        assert self.steps(folder, "{include: parts/more.yaml}") == (Pause(3_000),)

    def test_not_above(self, folder: Path) -> None:
        assert (
            self.message(folder, "../outside.yaml")
            == "cannot include '../outside.yaml': it is not below the script's folder"
        )

    def test_not_above_by_a_detour(self, folder: Path) -> None:
        assert self.message(folder, "parts/../part.yaml").endswith("it is not below the script's folder")

    def test_not_by_an_absolute_path(self, folder: Path) -> None:
        assert self.message(folder, str(folder / "part.yaml")).endswith("it is not below the script's folder")

    def test_not_through_a_link_that_leads_outside(self, folder: Path) -> None:
        (folder / "link.yaml").symlink_to(folder.parent / "outside.yaml")
        assert (
            self.message(folder, "link.yaml")
            == "cannot include 'link.yaml': it is not below the script's folder"
        )

    def test_not_through_a_folder_that_leads_outside(self, folder: Path) -> None:
        (folder / "up").symlink_to(folder.parent, target_is_directory=True)
        assert self.message(folder, "up/outside.yaml").endswith("it is not below the script's folder")

    def test_a_link_that_stays_inside_is_followed(self, folder: Path) -> None:
        (folder / "link.yaml").symlink_to(folder / "part.yaml")
        assert self.steps(folder, "{include: link.yaml}") == (Pause(2_000),)

    def test_missing(self, folder: Path) -> None:
        assert self.message(folder, "gone.yaml").endswith("gone.yaml does not exist")

    def test_a_folder(self, folder: Path) -> None:
        assert self.message(folder, "parts").endswith("cannot read parts: it is a folder")

    def test_a_link_to_itself(self, folder: Path) -> None:
        (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
        assert "cannot include 'loop.yaml'" in self.message(folder, "loop.yaml")

    def test_a_name_too_long_for_a_file(self, folder: Path) -> None:
        assert "cannot read" in self.message(folder, "x" * 300)

    def test_not_utf_8(self, folder: Path) -> None:
        (folder / "latin.yaml").write_bytes(b"steps: [{say: \xfcber}]\n")
        assert self.message(folder, "latin.yaml").endswith("this is not UTF-8 text (byte 0xfc)")

    def test_itself(self, folder: Path) -> None:
        assert self.message(folder, "main.yaml") == "'main.yaml' includes itself"

    def test_itself_through_a_link(self, folder: Path) -> None:
        (folder / "other.yaml").symlink_to(folder / "main.yaml")
        assert self.message(folder, "other.yaml") == "'other.yaml' includes itself"

    def test_itself_through_another(self, folder: Path) -> None:
        (folder / "part.yaml").write_text("steps: [{include: main.yaml}]\n")
        _, (found,) = self.read(folder, "{include: part.yaml}")
        assert found.message == "'main.yaml' includes itself"
        assert found.place == Place(str(folder / "part.yaml"), 1, 19, 28)
