"""Scripts that the tests of the commands share."""

from __future__ import annotations

QUICK = """\
title: Quick one
summary: As short as can be.
steps:
  - bridge: 2 reps
  - pause: 1s
"""

TONES = """\
title: Tones
steps:
  - sound: bell
  - pause: 2s
  - sound: tick
"""
"""Nothing in it is spoken when the safety rules are left out."""
