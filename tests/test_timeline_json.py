"""The JSON of a timeline: a stable shape, read with care."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.script.support import routine_of
from voiceguide.compile import draft
from voiceguide.plan import Choices
from voiceguide.script.fields import MAX_SPOKEN
from voiceguide.script.keys import MAX_LEVEL, MIN_LEVEL
from voiceguide.timeline import (
    Chapter,
    Cue,
    Music,
    Recording,
    Role,
    Sound,
    Span,
    SpanKind,
    Speech,
    Timeline,
    Voice,
)
from voiceguide.timeline_json import (
    LOUDEST_MUSIC_DB,
    MAX_DURATION_MS,
    MAX_SPEECH,
    MAX_VALUES,
    QUIETEST_MUSIC_DB,
    TimelineError,
    from_json,
    to_json,
)

TIMELINE = Timeline(
    title="Evening “unwind”",
    language="en",
    voice=Voice("pyttsx3", "en-us", 150),
    duration_ms=20_000,
    chapters=(Chapter("Opening", 0, 1_200), Chapter("Bridge", 1_200, 20_000)),
    spans=(
        Span("get-ready", 1_200, 6_000, "bridge", "left", 1, 2),
        Span("rep", 6_000, 12_000, "bridge", "left", 1, 2, 1, 1),
        Span("hold", 8_000, 9_000, "bridge", "left", 1, 2, 1, 1),
        Span("pause", 12_000, 13_000),
    ),
    cues=(
        Cue("opening", "Welcome.", 480, 1_000, Speech("Welcome.")),
        Cue("start", "", 5_500, 5_750, Sound("start"), "bridge"),
    ),
)

WRITTEN = """\
{
  "format": 1,
  "title": "Evening “unwind”",
  "language": "en",
  "voice": {"engine": "pyttsx3", "voice": "en-us", "rate": 150},
  "duration_ms": 20000,
  "chapters": [
    {"title": "Opening", "start_ms": 0, "end_ms": 1200},
    {"title": "Bridge", "start_ms": 1200, "end_ms": 20000}
  ],
  "spans": [
    {"kind": "get-ready", "exercise": "bridge", "side": "left", "set": 1, "sets": 2, "rep": null, "reps": null, "start_ms": 1200, "end_ms": 6000},
    {"kind": "rep", "exercise": "bridge", "side": "left", "set": 1, "sets": 2, "rep": 1, "reps": 1, "start_ms": 6000, "end_ms": 12000},
    {"kind": "hold", "exercise": "bridge", "side": "left", "set": 1, "sets": 2, "rep": 1, "reps": 1, "start_ms": 8000, "end_ms": 9000},
    {"kind": "pause", "exercise": null, "side": null, "set": null, "sets": null, "rep": null, "reps": null, "start_ms": 12000, "end_ms": 13000}
  ],
  "cues": [
    {"role": "opening", "text": "Welcome.", "start_ms": 480, "end_ms": 1000, "exercise": null, "source": {"speech": "Welcome."}},
    {"role": "start", "text": "", "start_ms": 5500, "end_ms": 5750, "exercise": "bridge", "source": {"sound": "start"}}
  ]
}
"""


def data() -> Any:
    """The timeline as JSON data that a test may change."""
    return json.loads(WRITTEN)


def refusal(changed: Any) -> str:
    with pytest.raises(TimelineError) as failure:
        from_json(json.dumps(changed))
    return str(failure.value)


def is_read_or_refused(text: str) -> bool:
    """Whether a text is a timeline that survives its JSON, or is refused in words."""
    try:
        timeline = from_json(text)
    except TimelineError as error:
        return " " in str(error)
    return from_json(to_json(timeline)) == timeline


def test_a_timeline_is_written_with_one_span_chapter_or_cue_a_line() -> None:
    assert to_json(TIMELINE) == WRITTEN


def test_what_is_written_is_read_back() -> None:
    assert from_json(WRITTEN) == TIMELINE


RICH = replace(
    TIMELINE,
    cues=(
        Cue("say", "Doucement.", 480, 1_000, Speech("Doucement.", "fr")),
        Cue("switch", "Left side.", 5_500, 6_000, Recording("voices/left side.wav"), "bridge"),
    ),
    music=Music("rain/", -3),
    keep_awake=True,
)
RICH_HEAD = """\
  "duration_ms": 20000,
  "music": {"path": "rain/", "level_db": -3},
  "keep_awake": true,
  "chapters": [
"""
RICH_CUES = """\
  "cues": [
    {"role": "say", "text": "Doucement.", "start_ms": 480, "end_ms": 1000, "exercise": null, "source": {"speech": "Doucement.", "language": "fr"}},
    {"role": "switch", "text": "Left side.", "start_ms": 5500, "end_ms": 6000, "exercise": "bridge", "source": {"recording": "voices/left side.wav"}}
  ]
}
"""


def rich() -> Any:
    return json.loads(to_json(RICH))


def test_music_recordings_and_other_languages_are_written_where_there_are_any() -> None:
    written = to_json(RICH)
    assert RICH_HEAD in written
    assert written.endswith(RICH_CUES)
    assert from_json(written) == RICH


def test_music_that_is_null_is_none_and_awake_that_is_false_is_not() -> None:
    timeline = from_json(json.dumps(rich() | {"music": None, "keep_awake": False}))
    assert (timeline.music, timeline.keep_awake) == (None, False)


@pytest.mark.parametrize("level", [-31, 6, 0.5, "0", None, True])
def test_the_level_of_music_is_whole_db_that_a_script_may_have(level: object) -> None:
    assert (QUIETEST_MUSIC_DB, LOUDEST_MUSIC_DB) == (MIN_LEVEL, MAX_LEVEL) == (-30, 5)
    assert refusal(rich() | {"music": {"path": "rain", "level_db": level}}) == (
        "'level_db' of music is not a whole number from -30 to 5"
    )


@pytest.mark.parametrize("path", ["", "a\0b", 3, None])
def test_a_path_is_a_text_that_can_be_one(path: object) -> None:
    fault = "path" if isinstance(path, str) else "text"
    assert refusal(rich() | {"music": {"path": path, "level_db": 0}}) == f"'path' of music is not a {fault}"
    changed = rich()
    changed["cues"][1]["source"]["recording"] = path
    assert refusal(changed) == f"'recording' of the source of cues[1] is not a {fault}"


@pytest.mark.parametrize("music", ["rain", [], 3, {}])
def test_music_is_an_object_with_a_path(music: object) -> None:
    said = "music has no 'path'" if music == {} else "music is not an object"
    assert refusal(rich() | {"music": music}) == said


@pytest.mark.parametrize("value", [None, 0, "yes"])
def test_awake_is_true_or_false(value: object) -> None:
    assert refusal(rich() | {"keep_awake": value}) == "'keep_awake' of the timeline is neither true nor false"


def test_a_session_without_spans_or_cues_is_read_back() -> None:
    silent = Timeline("Silence", "en", TIMELINE.voice, 24, (Chapter("Silence", 0, 24),), (), ())
    assert from_json(to_json(silent)) == silent


def test_keys_that_are_not_known_are_ignored() -> None:
    changed = data() | {"made_by": {"name": "another program"}}
    changed["voice"]["gender"] = "none"
    changed["cues"][0]["volume"] = 0.5
    changed["cues"][0]["source"]["gender"] = "none"
    changed["spans"][0]["heart_rate"] = [60]
    changed["chapters"][0]["picture"] = None
    assert from_json(json.dumps(changed)) == TIMELINE


def test_what_is_null_in_a_span_may_be_left_out() -> None:
    changed = data()
    changed["spans"] = [
        {key: value for key, value in span.items() if value is not None} for span in changed["spans"]
    ]
    assert from_json(json.dumps(changed)) == TIMELINE


@pytest.mark.parametrize("text", ["", "{", "[1", '{"format": 1', "\0", "1" * 5_000, '{"a":' * 5_000, "'a'"])
def test_what_is_not_json_is_refused(text: str) -> None:
    with pytest.raises(TimelineError, match="not JSON"):
        from_json(text)


@pytest.mark.parametrize("text", ["null", "[]", "3", '"format"', "NaN", "true"])
def test_what_is_not_an_object_is_refused(text: str) -> None:
    with pytest.raises(TimelineError, match="the timeline is not an object"):
        from_json(text)


def test_another_format_is_refused() -> None:
    assert refusal(data() | {"format": 2}) == "its format is 2, this program reads 1"


@pytest.mark.parametrize(
    "key", ["format", "title", "language", "voice", "duration_ms", "chapters", "spans", "cues"]
)
def test_a_key_that_is_missing_is_named(key: str) -> None:
    changed = data()
    del changed[key]
    assert refusal(changed) == f"the timeline has no '{key}'"


@pytest.mark.parametrize("value", ["1", 1.0, True, -1, MAX_DURATION_MS + 1, None, [], float("nan")])
def test_a_number_that_is_not_a_whole_one_of_a_possible_size_is_refused(value: object) -> None:
    changed = data()
    changed["cues"][0]["start_ms"] = value
    assert refusal(changed) == "'start_ms' of cues[0] is not a whole number of a possible size"


@pytest.mark.parametrize("value", [1, None, [], {}, "half a pair: \ud800"])
def test_a_text_that_is_none_is_refused(value: object) -> None:
    changed = data()
    changed["chapters"][1]["title"] = value
    assert refusal(changed) == "'title' of chapters[1] is not a text"


@pytest.mark.parametrize("title", ["", " \n"])
def test_a_title_may_not_be_empty(title: str) -> None:
    assert refusal(data() | {"title": title}) == "'title' of the timeline is empty"


def test_a_speech_is_no_longer_than_a_voice_reads_at_once() -> None:
    changed = data()
    changed["cues"][0]["source"]["speech"] = "x" * MAX_SPEECH
    assert from_json(json.dumps(changed)).cues[0].source == Speech("x" * MAX_SPEECH)
    changed["cues"][0]["source"]["speech"] += "x"
    assert refusal(changed) == "'speech' of the source of cues[0] has 1,101 characters, more than 1,100"


def test_the_longest_texts_of_a_script_make_speech_that_a_timeline_may_have() -> None:
    long = "x" * MAX_SPOKEN
    exercise = (
        f"name: {long}, setup: {long}, side: '{{side}} {long[7:]}', phases: {long}, dose: 999 reps @ 0.5"
    )
    routine = routine_of(
        f"title: T\nopening: {long}\nsteps: [{{section: {long}, rounds: 2, steps: [own]}}]\nexercises: {{own: {{{exercise}}}}}\n"
    )
    sources = draft(routine, Choices()).sources
    longest = max(len(source.text) for source in sources if isinstance(source, Speech))
    assert MAX_SPOKEN < longest <= MAX_SPEECH


def test_what_is_shown_may_differ_from_what_is_heard() -> None:
    changed = data()
    changed["cues"][0]["text"] = "Hello."
    cue = from_json(json.dumps(changed)).cues[0]
    assert (cue.text, cue.source) == ("Hello.", Speech("Welcome."))


@pytest.mark.parametrize("key", ["chapters", "spans", "cues"])
def test_lists_hold_objects(key: str) -> None:
    assert refusal(data() | {key: {}}) == f"'{key}' of the timeline is not a list"
    assert refusal(data() | {key: [3]}) == f"{key}[0] is not an object"


def test_a_role_and_a_kind_must_be_known() -> None:
    changed = data()
    changed["cues"][1]["role"] = "shout"
    assert refusal(changed).startswith("'role' of cues[1] is 'shout', not one of opening, name, setup,")
    changed = data()
    changed["spans"][0]["kind"] = "run"
    assert refusal(changed) == (
        "'kind' of spans[0] is 'run', not one of get-ready, hold, rep, breath, rest, switch, pause, wait"
    )


def test_a_cue_says_what_produces_it() -> None:
    changed = data()
    changed["cues"][0]["source"] = {}
    assert refusal(changed) == "the source of cues[0] has no 'speech'"
    changed["cues"][0]["source"] = "speech"
    assert refusal(changed) == "the source of cues[0] is not an object"


def test_nothing_lies_outside_the_session() -> None:
    changed = data()
    changed["cues"][1]["end_ms"] = 20_001
    assert refusal(changed) == "cues[1] is not inside the session"
    changed = data()
    changed["spans"][0]["end_ms"] = 1_100
    assert refusal(changed) == "spans[0] is not inside the session"


def test_cues_may_not_overlap() -> None:
    changed = data()
    changed["cues"][1]["start_ms"] = 999
    assert refusal(changed) == "cues[1] begins before the one before it has ended"


def test_spans_may_not_overlap() -> None:
    changed = data()
    changed["spans"][1]["start_ms"] = 5_999
    assert refusal(changed) == "spans[1] begins before the one before it has ended"
    changed = data()
    changed["spans"][3]["start_ms"] = 9_000
    assert refusal(changed) == "spans[3] begins before the one before it has ended"


def test_a_hold_of_a_rep_lies_within_it() -> None:
    changed = data()
    changed["spans"][2]["end_ms"] = 12_001
    assert refusal(changed) == "spans[2] is not inside its rep"
    changed = data()
    changed["spans"][2]["start_ms"] = 5_000
    assert refusal(changed) == "spans[2] begins before the one before it has ended"


def test_a_hold_may_lie_within_a_breath_as_within_a_rep() -> None:
    changed = data()
    changed["spans"][1]["kind"] = "breath"
    assert from_json(json.dumps(changed)).spans[1].kind == "breath"
    changed["spans"][2]["end_ms"] = 12_001
    assert refusal(changed) == "spans[2] is not inside its rep"


def test_chapters_follow_each_other_from_the_start_to_the_end() -> None:
    changed = data()
    changed["chapters"][1]["start_ms"] = 1_201
    assert refusal(changed) == "chapters[1] does not begin where the one before it ends"
    assert refusal(data() | {"chapters": data()["chapters"][:1]}) == "its chapters do not reach its end"
    assert refusal(data() | {"chapters": []}) == "its chapters do not reach its end"


def test_a_session_of_no_length_is_refused() -> None:
    empty = data() | {"duration_ms": 0, "chapters": [], "spans": [], "cues": []}
    assert refusal(empty) == "its chapters do not reach its end"


PAGE = (Path(__file__).parent.parent / "docs" / "timeline.md").read_text(encoding="utf-8")


def documented(heading: str) -> set[str]:
    """The names in the first column of the table with this heading."""
    table = PAGE.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return {name for row in table.splitlines()[2:] for name in re.findall("`(.+?)`", row.split("|")[1])}


def test_the_example_of_the_page_is_a_timeline_as_it_is_written() -> None:
    example = PAGE.split("```json\n", 1)[1].split("```", 1)[0]
    assert to_json(from_json(example)) == example


def test_the_page_tells_every_kind_and_role() -> None:
    assert documented("kind") == set(get_args(SpanKind))
    assert documented("role") == set(get_args(Role))


def test_the_page_tells_how_long_a_speech_may_be() -> None:
    assert f"(at most {MAX_SPEECH:,} characters)" in PAGE


def test_the_page_tells_every_key() -> None:
    written = rich()
    keys = written.keys() | written["voice"].keys() | written["music"].keys()
    keys |= {key for cue in (*written["cues"], *data()["cues"]) for key in cue["source"]}
    keys |= {key for name in ("chapters", "spans", "cues") for item in written[name] for key in item}
    assert [key for key in keys if f"`{key}`" not in PAGE and f'{{"{key}":' not in PAGE] == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in JSON data, as the keys that lead to it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, inner in items for found in paths(inner, (*path, key)))]


@given(st.sampled_from(paths(rich())[1:]), json_values, st.booleans())
def test_changed_data_is_a_timeline_or_refused_in_words(
    path: tuple[Any, ...],
    value: object,
    remove: bool,  # noqa: FBT001 (drawn by Hypothesis)
) -> None:
    changed = rich()
    parent = changed
    for key in path[:-1]:
        parent = parent[key]
    if remove:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    assert is_read_or_refused(json.dumps(changed))


@given(st.integers(0, len(WRITTEN)), st.text(max_size=3), st.integers(0, 3))
def test_changed_text_is_a_timeline_or_refused_in_words(at: int, inserted: str, cut: int) -> None:
    assert is_read_or_refused(WRITTEN[:at] + inserted + WRITTEN[at + cut :])


@pytest.mark.parametrize("value", ["[]", "{}", "1.5"])
def test_more_values_than_a_timeline_has_are_not_read(value: str) -> None:
    """As objects in memory they would take a hundred times the room of their text."""
    text = f"[{','.join([value] * (MAX_VALUES + 2))}]"
    with pytest.raises(TimelineError, match="it has more than 2,000,000 values"):
        from_json(text)


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x9b"])
def test_a_text_has_no_control_characters(character: str) -> None:
    text = to_json(replace(TIMELINE, title=f"a{character}b"))
    with pytest.raises(
        TimelineError, match=f"^'title' of the timeline has the character U\\+{ord(character):04X}$"
    ):
        from_json(text)
