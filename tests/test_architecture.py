"""The layers of the program are those of docs/architecture.md."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "voiceguide"
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (yes|no) \| (.*?) ?\|$", re.MULTILINE)
# What opens files, starts programs, reaches the network or looks at the clock.
IMPURE = {
    "asyncio", "builtins", "ctypes", "fileinput", "getpass", "glob", "http", "importlib", "io",
    "logging", "mmap", "multiprocessing", "os", "pathlib", "pty", "random", "secrets", "select", "shutil",
    "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "wave", "zipfile",
}  # fmt: skip
# A date is a value; what asks the clock for one has one of these names.
CLOCK = {"today", "now", "utcnow"}
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint"}


class Layer(NamedTuple):
    """A row of the table; `allowed` is None where everything is."""

    name: str
    pure: bool
    allowed: set[str] | None


def layers() -> list[Layer]:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return [
        Layer(name, pure == "yes", None if may == "everything" else set(re.findall(r"`(\w+)`", may)))
        for name, _, pure, may in ROW.findall(page)
    ]


LAYERS = {layer.name: layer for layer in layers()}


def sources() -> Iterator[tuple[str, Path, ast.Module]]:
    """Every file of the package with its layer."""
    for path in sorted(PACKAGE.rglob("*.py")):
        first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if first != "__init__":
            yield first, path, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every module that is imported anywhere in a file, with its line; of the package's own, without its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "voiceguide" else [module]
        else:
            continue
        for name in names:
            head, _, rest = name.partition(".")
            yield node.lineno, f"voiceguide.{rest.partition('.')[0]}" if head == "voiceguide" else head


def asks_the_clock(tree: ast.Module) -> bool:
    """Whether a file that imports `datetime` names one of its functions that look at the clock."""
    return any(name == "datetime" for _, name in imports(tree)) and any(
        isinstance(node, ast.Attribute) and node.attr in CLOCK for node in ast.walk(tree)
    )


def test_every_module_has_a_row_and_every_row_a_module() -> None:
    assert set(LAYERS) == {layer for layer, _, _ in sources()}


def test_a_row_allows_only_rows_above_it() -> None:
    above: set[str] = set()
    for layer in LAYERS.values():
        assert not (layer.allowed or set()) & LAYERS.keys() - above, layer.name
        above.add(layer.name)


def test_a_row_never_allows_what_is_less_pure() -> None:
    for layer in LAYERS.values():
        if layer.pure:
            assert all(LAYERS[name].pure for name in (layer.allowed or set()) & LAYERS.keys()), layer.name


def test_every_import_is_allowed_by_the_table() -> None:
    found = []
    for layer, path, tree in sources():
        allowed = LAYERS[layer].allowed
        for line, name in imports(tree):
            head, _, own = name.partition(".")
            if head in sys.stdlib_module_names or own == layer or allowed is None:
                continue
            if (own or head) not in allowed:
                found.append(f"{path.relative_to(ROOT)}:{line}: {layer} imports {name}")
    assert found == []


def test_pure_modules_import_nothing_that_does_input_or_output() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for layer, path, tree in sources()
        if LAYERS[layer].pure
        for line, name in imports(tree)
        if name in IMPURE
    ]
    assert found == []


def test_pure_modules_call_nothing_that_does_input_or_output() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.func.id}"
        for layer, path, tree in sources()
        if LAYERS[layer].pure
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS
    ]
    assert found == []


def test_pure_modules_calculate_with_dates_and_never_ask_for_todays() -> None:
    found = [path.name for layer, path, tree in sources() if LAYERS[layer].pure and asks_the_clock(tree)]
    assert found == []


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("from datetime import date\ndate.today()", True),
        ("import datetime\ntell = datetime.datetime.now", True),
        ("from datetime import date as day\nday.today()", True),
        ("from datetime import date\ndate.fromisoformat('2026-11-23')", False),
        ("from datetime import timedelta\nstart + timedelta(days=1)", False),
        ("session.now", False),
    ],
)
def test_what_asks_the_clock_for_a_date_is_seen(source: str, asks: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    assert asks_the_clock(ast.parse(source)) == asks


def test_only_commands_print() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for layer, path, tree in sources()
        if layer != "cli"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("import os.path", {"os"}),
        ("from voiceguide import plan, svg", {"voiceguide.plan", "voiceguide.svg"}),
        ("from voiceguide.audio.clip import Clip", {"voiceguide.audio"}),
        ("if TYPE_CHECKING:\n    from pathlib import Path", {"pathlib"}),
        ("def late():\n    import numpy as np", {"numpy"}),
    ],
)
def test_an_import_is_seen_wherever_it_stands(source: str, seen: set[str]) -> None:
    assert {name for _, name in imports(ast.parse(source))} == seen
