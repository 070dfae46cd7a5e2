"""`voiceguide schema`: routine files for editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from tests.conftest import User


def test_it_prints_a_valid_json_schema(user: User) -> None:
    outcome = user.run("schema")
    assert (outcome.code, outcome.err) == (0, "")
    schema = json.loads(outcome.out)
    Draft202012Validator.check_schema(schema)
    assert {"title", "steps"} <= set(schema["properties"])


def test_it_knows_the_exercises_of_ones_own(user: User) -> None:
    config = user.configure("").parent
    assert "wriggle" not in user.run("schema").out
    user.write(f"{config}/exercises/wriggle.yaml", "name: Wriggle\nposition: on-back\ndose: 5s\n")
    assert "wriggle" in user.run("schema").out
