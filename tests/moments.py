"""Any moment of any session: where commands are given in laws."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.compile.cases import cases

if TYPE_CHECKING:
    from voiceguide.timeline import Timeline

any_moment = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Moment(NamedTuple):
    """A moment of a session, in ms from its start."""

    timeline: Timeline
    ms: int


def times(timeline: Timeline) -> st.SearchStrategy[int]:
    """Any ms of a session, and often one at which something starts or ends, or is just going on."""
    bounds = {(cue.start_ms, cue.end_ms) for cue in timeline.cues}
    bounds |= {(span.start_ms, span.end_ms) for span in timeline.spans}
    bounds |= {(chapter.start_ms, chapter.end_ms) for chapter in timeline.chapters}
    edges = sorted({ms for start, end in bounds for ms in (start, start + 1, end)})
    return st.one_of(st.integers(0, timeline.duration_ms), st.sampled_from(edges))


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    timeline = draw(cases()).session().timeline
    return Moment(timeline, draw(times(timeline)))
