"""Everything that can be wrong with a script: what its author is shown, whole."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

import voiceguide
from tests.script.support import read, report
from voiceguide.script.fields import MAX_SPOKEN

# A script, then what its author is shown.
CASES = [
    (
        "yaml-syntax",
        """
        title: T
        steps: [plank
        closing: x
        =>
        t.yaml:3:8: error: not valid YAML: did not find expected ',' or ']'
           3 | closing: x
             |        ^
        """,
    ),
    (
        "yaml-syntax",
        """
        title: Hips: open
        steps: [plank]
        =>
        t.yaml:1:12: error: not valid YAML: mapping values are not allowed in this context
           1 | title: Hips: open
             |            ^
           hint: put a text that has ': ' in it in quotes
        """,
    ),
    (
        "yaml-syntax",
        """
        title: T
        steps:
        \t- plank
        =>
        t.yaml:3:1: error: not valid YAML: found character that cannot start any token
           3 |  - plank
             | ^
           hint: indent with spaces, not with tabs
        """,
    ),
    (
        "yaml-alias",
        """
        title: &t T
        summary: *t
        steps: [plank]
        =>
        t.yaml:2:10: error: aliases (*name) are not allowed in a script
           2 | summary: *t
             |          ^^
           hint: write the text out
        """,
    ),
    (
        "yaml-tag",
        """
        title: !!python/object:os.system T
        steps: [plank]
        =>
        t.yaml:1:8: error: tags (tag:yaml.org,2002:python/object:os.system) are not allowed in a script
           1 | title: !!python/object:os.system T
             |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        """,
    ),
    (
        "yaml-documents",
        """
        title: T
        steps: [plank]
        ---
        title: U
        =>
        t.yaml:3:1: error: a script is one document
           3 | ---
             | ^^^
           hint: take out the line '---'
        """,
    ),
    (
        "yaml-depth",
        """
        title: T
        steps: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
        =>
        t.yaml:2:39: error: nested more than 32 levels deep
           2 | steps: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
             |                                       ^
        """,
    ),
    (
        "file-empty",
        """
        # nothing yet
        =>
        t.yaml:1:1: error: the file is empty
           1 | # nothing yet
             | ^
           hint: a routine needs at least 'title' and 'steps'
        """,
    ),
    (
        "key-not-text",
        """
        title: T
        steps: [plank]
        ? [a, b]
        : c
        =>
        t.yaml:3:3: error: a key must be a plain word
           3 | ? [a, b]
             |   ^^^^^^
        """,
    ),
    (
        "key-twice",
        """
        title: T
        steps: [plank]
        title: U
        =>
        t.yaml:3:1: error: the key 'title' stands twice (first in line 1)
           3 | title: U
             | ^^^^^
           hint: keep one of them
        """,
    ),
    (
        "key-unknown",
        """
        titel: T
        title: T
        steps: [plank]
        =>
        t.yaml:1:1: error: a routine has no key 'titel'
           1 | titel: T
             | ^^^^^
           hint: did you mean 'title'?
        """,
    ),
    (
        "key-unknown",
        """
        title: T
        steps:
          - plank: {hold: 5, colour: red}
        =>
        t.yaml:3:22: error: an exercise step has no key 'colour'
           3 |   - plank: {hold: 5, colour: red}
             |                      ^^^^^^
        """,
    ),
    (
        "key-missing",
        """
        summary: S
        steps: [plank]
        =>
        t.yaml:1:1: error: a routine needs the key 'title'
           1 | summary: S
             | ^^^^^^^^^^
        """,
    ),
    (
        "key-missing",
        """
        title: T
        steps:
          - section: Warm up
        =>
        t.yaml:3:5: error: a section needs the key 'steps'
           3 |   - section: Warm up
             |     ^^^^^^^^^^^^^^^^
        """,
    ),
    (
        "text-expected",
        """
        title: [T]
        steps: [plank]
        =>
        t.yaml:1:8: error: 'title' takes a text
           1 | title: [T]
             |        ^^^
        """,
    ),
    (
        "text-empty",
        """
        title: T
        opening:
        steps: [plank]
        =>
        t.yaml:2:1: error: 'opening' is empty
           2 | opening:
             | ^^^^^^^
        """,
    ),
    (
        "text-empty",
        """
        title: T
        steps: []
        =>
        t.yaml:2:1: error: 'steps' is empty
           2 | steps: []
             | ^^^^^
        """,
    ),
    (
        "text-empty",
        """
        title: T
        steps:
          - include:
        =>
        t.yaml:3:5: error: 'include' is empty
           3 |   - include:
             |     ^^^^^^^
        """,
    ),
    (
        "list-expected",
        """
        title: T
        steps: plank
        =>
        t.yaml:2:8: error: 'steps' takes a list
           2 | steps: plank
             |        ^^^^^
           hint: begin each line with '- '
        """,
    ),
    (
        "mapping-expected",
        """
        - plank
        =>
        t.yaml:1:1: error: a routine must be keys and values
           1 | - plank
             | ^^^^^^^
        """,
    ),
    (
        "mapping-expected",
        """
        title: T
        steps: [plank]
        exercises: [own]
        =>
        t.yaml:3:12: error: 'exercises' must be keys and values
           3 | exercises: [own]
             |            ^^^^^
        """,
    ),
    (
        "mapping-expected",
        """
        title: T
        steps: [own]
        exercises:
          own: 30s
        =>
        t.yaml:4:8: error: exercise 'own' must be keys and values
           4 |   own: 30s
             |        ^^^
        """,
    ),
    (
        "name-unknown",
        """
        title: T
        steps:
          - sound: bel
        =>
        t.yaml:3:12: error: there is no sound 'bel'
           3 |   - sound: bel
             |            ^^^
           hint: did you mean 'bell'?
        """,
    ),
    (
        "name-unknown",
        """
        title: T
        steps:
          - sound: gong
        =>
        t.yaml:3:12: error: there is no sound 'gong'
           3 |   - sound: gong
             |            ^^^^
           hint: known: bell, tick
        """,
    ),
    (
        "name-unknown",
        """
        title: T
        language: tlh
        steps: [plank]
        =>
        t.yaml:2:11: error: there is no language 'tlh'
           2 | language: tlh
             |           ^^^
           hint: known: de, en
        """,
    ),
    (
        "choice-unknown",
        """
        title: T
        steps:
          - knee-drop: {hold: 5, sides: alternatin}
        =>
        t.yaml:3:33: error: 'sides' cannot be 'alternatin'
           3 |   - knee-drop: {hold: 5, sides: alternatin}
             |                                 ^^^^^^^^^^
           hint: did you mean 'alternating'?
        """,
    ),
    (
        "choice-unknown",
        """
        title: T
        steps:
          - knee-drop: {hold: 5, sides: up}
        =>
        t.yaml:3:33: error: 'sides' cannot be 'up'
           3 |   - knee-drop: {hold: 5, sides: up}
             |                                 ^^
           hint: known: alternating, both, each side, left, right
        """,
    ),
    (
        "name-unknown",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5s, position: stand}
        =>
        t.yaml:4:38: error: there is no position 'stand'
           4 |   own: {name: O, dose: 5s, position: stand}
             |                                      ^^^^^
           hint: did you mean 'standing'?
        """,
    ),
    (
        "name-unknown",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5s, avoid: [disc, kneee]}
        =>
        t.yaml:4:42: error: there is no condition 'kneee'
           4 |   own: {name: O, dose: 5s, avoid: [disc, kneee]}
             |                                          ^^^^^
           hint: did you mean 'knee'?
        """,
    ),
    (
        "brace-unknown",
        """
        title: T
        steps:
          - say: Reach to the {side}.
        =>
        t.yaml:3:23: error: {side} means nothing here
           3 |   - say: Reach to the {side}.
             |                       ^^^^^^
           hint: known here: {next}, {left}, {name}
        """,
    ),
    (
        "brace-unknown",
        """
        title: T
        steps:
          - knee-drop: {cues: 'To the { knee }.'}
        =>
        t.yaml:3:31: error: { knee } means nothing here
           3 |   - knee-drop: {cues: 'To the { knee }.'}
             |                               ^^^^^^^^
           hint: known here: {hold}, {sets}, {reps}, {next}, {left}, {name}, {side}, {other}
        """,
    ),
    (
        "brace-unknown",
        """
        title: T
        steps:
          - plank: {cues: 'To the {side}.'}
        =>
        t.yaml:3:27: error: {side} means nothing here
           3 |   - plank: {cues: 'To the {side}.'}
             |                           ^^^^^^
           hint: known here: {hold}, {sets}, {reps}, {next}, {left}, {name}
        """,
    ),
    (
        "brace-unknown",
        """
        title: T
        steps:
          - section: For {name}
            steps: [plank]
        =>
        t.yaml:3:18: error: {name} means nothing here
           3 |   - section: For {name}
             |                  ^^^^^^
           hint: known here: {next}, {left}
        """,
    ),
    (
        "name-alone",
        """
        title: T
        opening: "{name}!"
        steps: [plank]
        =>
        t.yaml:2:10: error: without the listener's name nothing is left to say here
           2 | opening: "{name}!"
             |          ^^^^^^^^^
           hint: write it like: Well done, {name}.
        """,
    ),
    (
        "name-joined",
        """
        title: T
        steps:
          - say: Now it is {name}'s turn.
        =>
        t.yaml:3:20: error: {name} is joined to a word, which would break without a name
           3 |   - say: Now it is {name}'s turn.
             |                    ^^^^^^
           hint: write it like: Well done, {name}.
        """,
    ),
    (
        "brace-unknown",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: 'Mine, {next}', dose: 5s}
        =>
        t.yaml:4:22: error: {next} means nothing here
           4 |   own: {name: 'Mine, {next}', dose: 5s}
             |                      ^^^^^^
        """,
    ),
    (
        "brace-unknown",
        """
        title: T
        steps:
          - say: For {left:e} more.
        =>
        t.yaml:3:14: error: {left:e} means nothing here
           3 |   - say: For {left:e} more.
             |              ^^^^^^^^
           hint: known here: {next}, {left}, {name}
        """,
    ),
    (
        "brace-unknown",
        """
        title: T
        steps:
          - say: {text: Listen., recording: 'a-{side}.wav'}
        =>
        t.yaml:3:40: error: {side} means nothing here
           3 |   - say: {text: Listen., recording: 'a-{side}.wav'}
             |                                        ^^^^^^
        """,
    ),
    (
        "brace-unknown",
        """
        title: T
        steps:
          - knee-drop: {cues: {text: Listen., recording: '{ side }.wav'}}
        =>
        t.yaml:3:51: error: { side } means nothing here
           3 |   - knee-drop: {cues: {text: Listen., recording: '{ side }.wav'}}
             |                                                   ^^^^^^^^
           hint: known here: {side}, {other}
        """,
    ),
    (
        "brace-without-value",
        """
        title: T
        steps:
          - bridge: {breaths: 5, cues: 'Stay for {hold}.'}
        =>
        t.yaml:3:42: error: {hold} means nothing here: the dose of 'bridge' has no hold
           3 |   - bridge: {breaths: 5, cues: 'Stay for {hold}.'}
             |                                          ^^^^^^
           hint: the dose is at t.yaml:3; change it, or take {hold} out
        """,
    ),
    (
        "brace-without-value",
        """
        title: T
        steps:
          - own: 5 breaths
          - own
          - own: 3 reps
        exercises:
          own: {name: O, dose: 5s, release: 'That was { reps }.'}
        =>
        t.yaml:7:47: error: { reps } means nothing here: the dose of 'own' has no reps or breaths
           7 |   own: {name: O, dose: 5s, release: 'That was { reps }.'}
             |                                               ^^^^^^^^
           hint: the dose is at t.yaml:4; change it, or take { reps } out
        """,
    ),
    (
        "side-form-unknown",
        """
        title: T
        steps:
          - knee-drop: {cues: 'Your {side:e} knee.'}
        =>
        t.yaml:3:29: error: {side:e} is no form of a side in English (en)
           3 |   - knee-drop: {cues: 'Your {side:e} knee.'}
             |                             ^^^^^^^^
           hint: known: {side}
        """,
    ),
    (
        "cue-from-end",
        """
        title: T
        steps:
          - bridge: {reps: 5, cues: [{at: -5s, text: Nearly there.}]}
        =>
        t.yaml:3:35: error: a time from the end goes with a hold only
           3 |   - bridge: {reps: 5, cues: [{at: -5s, text: Nearly there.}]}
             |                                   ^^^
           hint: the dose at t.yaml:3 has none; write the time from the start, like 10s
        """,
    ),
    (
        "unit-of-time-unknown",
        """
        title: T
        steps:
          - plank: {cues: {at: -5secs, text: Nearly there.}}
        =>
        t.yaml:3:26: error: 'secs' is not a unit of time (s, m, h)
           3 |   - plank: {cues: {at: -5secs, text: Nearly there.}}
             |                          ^^^^
           hint: write 5s
        """,
    ),
    (
        "key-unknown",
        """
        title: T
        steps:
          - say: {at: 5s, text: Now.}
        =>
        t.yaml:3:11: error: a text has no key 'at'
           3 |   - say: {at: 5s, text: Now.}
             |           ^^
        """,
    ),
    (
        "key-unknown",
        """
        title: T
        steps:
          - say: {en: Now., it: Adesso.}
        =>
        t.yaml:3:21: error: a text has no key 'it'
           3 |   - say: {en: Now., it: Adesso.}
             |                     ^^
           hint: a text by language has the keys de, en
        """,
    ),
    (
        "key-missing",
        """
        title: T
        steps:
          - say: {recording: left.wav}
        =>
        t.yaml:3:10: error: a text needs the key 'text'
           3 |   - say: {recording: left.wav}
             |          ^^^^^^^^^^^^^^^^^^^^^
        """,
    ),
    (
        "text-empty",
        """
        title: T
        opening: {}
        steps: [plank]
        =>
        t.yaml:2:1: error: 'opening' is empty
           2 | opening: {}
             | ^^^^^^^
        """,
    ),
    (
        "text-expected",
        """
        title: T
        opening: {en: {de: Hallo.}}
        steps: [plank]
        =>
        t.yaml:2:15: error: 'en' takes a text
           2 | opening: {en: {de: Hallo.}}
             |               ^^^^^^^^^^^^
        """,
    ),
    (
        "name-unknown",
        """
        title: T
        steps:
          - say: {text: Adesso., language: it}
        =>
        t.yaml:3:36: error: there is no language 'it'
           3 |   - say: {text: Adesso., language: it}
             |                                    ^^
           hint: known: de, en
        """,
    ),
    (
        "text-language-twice",
        """
        title: T
        steps:
          - say: {text: {en: Now., de: Jetzt.}, language: en}
        =>
        t.yaml:3:41: error: 'language' stands beside a text by language
           3 |   - say: {text: {en: Now., de: Jetzt.}, language: en}
             |                                         ^^^^^^^^
           hint: leave it out: each text has its language
        """,
    ),
    (
        "text-without-language",
        """
        title: T
        steps:
          - say: {de: Jetzt.}
        =>
        t.yaml:3:10: error: this text is not in English (en)
           3 |   - say: {de: Jetzt.}
             |          ^^^^^^^^^^^^
           hint: it is in German (de)
        """,
    ),
    (
        "exercise-without-language",
        """
        title: T
        language: de
        steps:
          - plank: 20s
          - plank: 10s
        =>
        t.yaml:4:5: error: the exercise 'plank' has no words in German (de)
           4 |   - plank: 20s
             |     ^^^^^
           hint: it is in English (en); shelf/plank.yaml:1 is not
        """,
    ),
    (
        "choice-unknown",
        """
        title: T
        talk: loud
        steps: [plank]
        =>
        t.yaml:2:7: error: 'talk' cannot be 'loud'
           2 | talk: loud
             |       ^^^^
           hint: known: brief, full, tones
        """,
    ),
    (
        "percent-unreadable",
        """
        title: T
        dose: 101%
        steps: [plank]
        =>
        t.yaml:2:7: error: the dose is a percentage, 0 to 100
           2 | dose: 101%
             |       ^^^^
        """,
    ),
    (
        "level-unreadable",
        """
        title: T
        music-level: -31
        steps: [plank]
        =>
        t.yaml:2:14: error: the level of music is whole decibels, -30 to 5
           2 | music-level: -31
             |              ^^^
        """,
    ),
    (
        "pronunciation-long",
        f"""
        title: T
        say-as: {{psoas: {"so-" * 33}as}}
        steps: [plank]
        =>
        t.yaml:2:17: error: a pronunciation has at most 100 characters
           2 | say-as: {{psoas: {"so-" * 33}as}}
             |                 {"^" * 101}
        """,
    ),
    (
        "pronunciation-twice",
        """
        title: T
        say-as:
          psoas: so-as
          Psoas: sow-us
        steps: [plank]
        =>
        t.yaml:4:3: error: 'Psoas' and 'psoas' in line 3 are one word
           4 |   Psoas: sow-us
             |   ^^^^^
           hint: keep one of them: a word is meant in any case
        """,
    ),
    (
        "key-unknown",
        """
        title: T
        say-as: {die: {it: dye}}
        steps: [plank]
        =>
        t.yaml:2:16: error: a pronunciation has no key 'it'
           2 | say-as: {die: {it: dye}}
             |                ^^
           hint: one by language has the keys de, en
        """,
    ),
    (
        "text-empty",
        """
        title: T
        say-as: {die: {}}
        steps: [plank]
        =>
        t.yaml:2:10: error: 'die' is empty
           2 | say-as: {die: {}}
             |          ^^^
        """,
    ),
    (
        "next-in-other-language",
        """
        title: T
        steps:
          - say: {text: "Gleich {next}", language: de}
        =>
        t.yaml:3:25: error: {next} is a name in English (en), and this text is in German (de)
           3 |   - say: {text: "Gleich {next}", language: de}
             |                         ^^^^^^
           hint: leave it out, or give the text by language
        """,
    ),
    (
        "next-in-other-language",
        """
        title: T
        steps: [own, own]
        exercises:
          own: {name: O, dose: 5s, setup: [{en: {text: "Gleich {next}", language: de}}]}
        =>
        t.yaml:4:56: error: {next} is a name in English (en), and this text is in German (de)
           4 |   own: {name: O, dose: 5s, setup: [{en: {text: "Gleich {next}", language: de}}]}
             |                                                        ^^^^^^
           hint: leave it out, or give the text by language
        """,
    ),
    (
        "next-in-other-language",
        """
        title: T
        steps: [own, own]
        exercises:
          own: {name: O, dose: 5s, release: {text: "Gleich {next}", language: de}}
        =>
        t.yaml:4:52: error: {next} is a name in English (en), and this text is in German (de)
           4 |   own: {name: O, dose: 5s, release: {text: "Gleich {next}", language: de}}
             |                                                    ^^^^^^
           hint: leave it out, or give the text by language
        """,
    ),
    (
        "next-in-other-language",
        """
        title: T
        steps:
          - plank: {cues: [{at: 5s, text: "Gleich {next}", language: de}]}
        =>
        t.yaml:3:43: error: {next} is a name in English (en), and this text is in German (de)
           3 |   - plank: {cues: [{at: 5s, text: "Gleich {next}", language: de}]}
             |                                           ^^^^^^
           hint: leave it out, or give the text by language
        """,
    ),
    (
        "mapping-expected",
        """
        title: T
        say-as: so-as
        steps: [plank]
        =>
        t.yaml:2:9: error: 'say-as' must be keys and values
           2 | say-as: so-as
             |         ^^^^^
        """,
    ),
    (
        "text-empty",
        """
        title: T
        say-as: {'': so-as}
        steps: [plank]
        =>
        t.yaml:2:10: error: 'say-as' is empty
           2 | say-as: {'': so-as}
             |          ^^
        """,
    ),
    (
        "sides-none",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5s left}
        =>
        t.yaml:4:27: error: 'own' has no sides
           4 |   own: {name: O, dose: 5s left}
             |                           ^^^^
           hint: leave the side out, or give the exercise 'side:' to say what it names
        """,
    ),
    (
        "breath-parts",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5 breaths, breath: 1-1-1-1-1}
        =>
        t.yaml:4:43: error: a breath has 5 parts here
           4 |   own: {name: O, dose: 5 breaths, breath: 1-1-1-1-1}
             |                                           ^^^^^^^^^
           hint: write one to four: in, hold, out and hold, like 2-3
        """,
    ),
    (
        "breathing-phases",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5 reps, phases: [up, hold, down], breathing: [in, out]}
        =>
        t.yaml:4:69: error: 'breathing' needs a word for each phase (up, hold, down): 3, not 2
           4 |   own: {name: O, dose: 5 reps, phases: [up, hold, down], breathing: [in, out]}
             |                                                                     ^^^^^^^^^
        """,
    ),
    (
        "name-unknown",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5 reps, phases: [up, down], breathing: [in, off]}
        =>
        t.yaml:4:68: error: there is no word of breath 'off'
           4 |   own: {name: O, dose: 5 reps, phases: [up, down], breathing: [in, off]}
             |                                                                    ^^^
           hint: known: hold, in, out
        """,
    ),
    (
        "change-none",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5s, change: Turn over.}
        =>
        t.yaml:4:28: error: there is no change of sides: 'own' has none
           4 |   own: {name: O, dose: 5s, change: Turn over.}
             |                            ^^^^^^
           hint: give it 'side:' to say what a side names
        """,
    ),
    (
        "unit-of-time-unknown",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5s, side: 'the {side}', change: 12secs}
        =>
        t.yaml:4:58: error: 'secs' is not a unit of time (s, m, h)
           4 |   own: {name: O, dose: 5s, side: 'the {side}', change: 12secs}
             |                                                          ^^^^
           hint: write 12s
        """,
    ),
    (
        "hold-phase-translated",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5 reps, phases: [{en: up, de: hoch}, {en: hold, de: halten}]}
        =>
        t.yaml:4:61: error: the phase 'hold' is the same word in every language
           4 |   own: {name: O, dose: 5 reps, phases: [{en: up, de: hoch}, {en: hold, de: halten}]}
             |                                                             ^^^^^^^^^^^^^^^^^^^^^^
           hint: write hold alone: the guide has its own word
        """,
    ),
    (
        "phase-twice",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5 reps, phases: [{en: up, de: hoch}, {en: down, de: hoch}]}
        =>
        t.yaml:4:76: error: the phase 'hoch' stands twice
           4 |   own: {name: O, dose: 5 reps, phases: [{en: up, de: hoch}, {en: down, de: hoch}]}
             |                                                                            ^^^^
        """,
    ),
    (
        "name-unknown",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5s, instead: plnak}
        =>
        t.yaml:4:37: error: there is no exercise 'plnak'
           4 |   own: {name: O, dose: 5s, instead: plnak}
             |                                     ^^^^^
           hint: did you mean 'plank'?
        """,
    ),
    (
        "instead-circle",
        """
        title: T
        steps: [a, a]
        exercises:
          a: {name: A, dose: 5s, instead: b}
          b: {name: B, dose: 5s, instead: a}
        =>
        t.yaml:5:35: error: 'a' comes round to itself
           5 |   b: {name: B, dose: 5s, instead: a}
             |                                   ^
           hint: an exercise cannot stand in for one that stands in for it
        """,
    ),
    (
        "first-of-one-side",
        """
        title: T
        steps:
          - knee-drop: {hold: 5, sides: left, first: right}
        =>
        t.yaml:3:46: error: only the left side is done: it has no first one
           3 |   - knee-drop: {hold: 5, sides: left, first: right}
             |                                              ^^^^^
        """,
    ),
    (
        "first-of-one-side",
        """
        title: T
        steps:
          - knee-drop: 20s left, right first
        =>
        t.yaml:3:26: error: only the left side is done: it has no first one
           3 |   - knee-drop: 20s left, right first
             |                          ^^^^^^^^^^^
        """,
    ),
    (
        "sides-none",
        """
        title: T
        steps:
          - plank: 20s, right first
        =>
        t.yaml:3:17: error: 'plank' has no sides
           3 |   - plank: 20s, right first
             |                 ^^^^^^^^^^^
           hint: leave the side out, or give the exercise 'side:' to say what it names
        """,
    ),
    (
        "recording-missing",
        """
        title: T
        steps:
          - say: {text: Listen., recording: gone.wav}
        =>
        t.yaml:3:37: error: there is no audio file gone.wav
           3 |   - say: {text: Listen., recording: gone.wav}
             |                                     ^^^^^^^^
           hint: it is looked for beside the script and in audio/
        """,
    ),
    (
        "recording-missing",
        """
        title: T
        music: gone.mp3
        steps: [plank]
        =>
        t.yaml:2:8: error: there is no audio file gone.mp3
           2 | music: gone.mp3
             |        ^^^^^^^^
           hint: it is looked for beside the script and in audio/
        """,
    ),
    (
        "unit-of-time-unknown",
        """
        title: T
        steps:
          - plank: 30secs
        =>
        t.yaml:3:14: error: 'secs' is not a unit of time (s, m, h)
           3 |   - plank: 30secs
             |              ^^^^
           hint: write 30s
        """,
    ),
    (
        "unit-of-time-unknown",
        """
        title: T
        steps:
          - rest: 2 x
        =>
        t.yaml:3:13: error: 'x' is not a unit of time (s, m, h)
           3 |   - rest: 2 x
             |             ^
           hint: write 2s
        """,
    ),
    (
        "unit-unknown",
        """
        title: T
        steps:
          - bridge: 10 resp
        =>
        t.yaml:3:16: error: 'resp' is not a unit (s, m, h, reps, breaths)
           3 |   - bridge: 10 resp
             |                ^^^^
           hint: did you mean 'reps'?
        """,
    ),
    (
        "unit-unknown",
        """
        title: T
        steps:
          - bridge: 10 goes
        =>
        t.yaml:3:16: error: 'goes' is not a unit (s, m, h, reps, breaths)
           3 |   - bridge: 10 goes
             |                ^^^^
        """,
    ),
    (
        "duration-unreadable",
        """
        title: T
        steps:
          - pause: soon
        =>
        t.yaml:3:12: error: 'soon' is not a duration
           3 |   - pause: soon
             |            ^^^^
           hint: write it like 30s, 1m30s or 1:30
        """,
    ),
    (
        "duration-unreadable",
        """
        title: T
        steps:
          - rest: 10-20s
        =>
        t.yaml:3:11: error: '10-20s' is not a duration
           3 |   - rest: 10-20s
             |           ^^^^^^
           hint: write it like 30s, 1m30s or 1:30
        """,
    ),
    (
        "duration-without-unit",
        """
        title: T
        steps:
          - plank: 2 x 30s, rest 10
        =>
        t.yaml:3:26: error: '10' has no unit
           3 |   - plank: 2 x 30s, rest 10
             |                          ^^
           hint: write 10s
        """,
    ),
    (
        "duration-negative",
        """
        title: T
        steps:
          - pause: -3s
        =>
        t.yaml:3:12: error: a duration cannot be negative
           3 |   - pause: -3s
             |            ^^^
        """,
    ),
    (
        "duration-negative",
        """
        title: T
        steps:
          - plank: -30s
        =>
        t.yaml:3:12: error: a duration cannot be negative
           3 |   - plank: -30s
             |            ^^^^
        """,
    ),
    (
        "duration-zero",
        """
        title: T
        steps:
          - pause: 0
        =>
        t.yaml:3:12: error: this duration cannot be zero
           3 |   - pause: 0
             |            ^
        """,
    ),
    (
        "duration-zero",
        """
        title: T
        steps:
          - plank: 2 x 0s
        =>
        t.yaml:3:16: error: this duration cannot be zero
           3 |   - plank: 2 x 0s
             |                ^^
        """,
    ),
    (
        "duration-zero",
        """
        title: T
        steps:
          - plank: {hold: 0-30}
        =>
        t.yaml:3:19: error: this duration cannot be zero
           3 |   - plank: {hold: 0-30}
             |                   ^^^^
        """,
    ),
    (
        "duration-too-long",
        """
        title: T
        steps:
          - rest: 24h1s
        =>
        t.yaml:3:11: error: this is longer than 24 hours
           3 |   - rest: 24h1s
             |           ^^^^^
        """,
    ),
    (
        "range-reversed",
        """
        title: T
        steps:
          - plank: 30-20s
        =>
        t.yaml:3:12: error: the range goes from high to low
           3 |   - plank: 30-20s
             |            ^^^^^^
           hint: write 20s-30s
        """,
    ),
    (
        "range-reversed",
        """
        title: T
        steps:
          - plank: {sets: 3-2, hold: 5}
        =>
        t.yaml:3:19: error: the range goes from high to low
           3 |   - plank: {sets: 3-2, hold: 5}
             |                   ^^^
           hint: write 2-3
        """,
    ),
    (
        "count-unreadable",
        """
        title: T
        steps:
          - plank: {reps: many}
        =>
        t.yaml:3:19: error: 'many' is not a whole number
           3 |   - plank: {reps: many}
             |                   ^^^^
           hint: write it like 3, or 2-3
        """,
    ),
    (
        "count-unreadable",
        """
        title: T
        steps:
          - plank: 1.5 reps
        =>
        t.yaml:3:12: error: '1.5' is not a whole number
           3 |   - plank: 1.5 reps
             |            ^^^
           hint: write it like 3, or 2-3
        """,
    ),
    (
        "count-zero",
        """
        title: T
        steps:
          - plank: 0 x 30s
        =>
        t.yaml:3:12: error: the number cannot be zero
           3 |   - plank: 0 x 30s
             |            ^
        """,
    ),
    (
        "count-too-large",
        """
        title: T
        steps:
          - plank: 100 x 30s
        =>
        t.yaml:3:12: error: the number is too large (at most 99)
           3 |   - plank: 100 x 30s
             |            ^^^
        """,
    ),
    (
        "count-too-large",
        """
        title: T
        steps:
          - plank: {reps: 1000}
        =>
        t.yaml:3:19: error: the number is too large (at most 999)
           3 |   - plank: {reps: 1000}
             |                   ^^^^
        """,
    ),
    (
        "count-too-large",
        """
        title: T
        steps:
          - section: S
            rounds: 100
            steps: [plank]
        =>
        t.yaml:4:13: error: the number is too large (at most 99)
           4 |     rounds: 100
             |             ^^^
        """,
    ),
    (
        "count-not-range",
        """
        title: T
        steps:
          - section: S
            rounds: 2-3
            steps: [plank]
        =>
        t.yaml:4:13: error: this takes one number, not a range
           4 |     rounds: 2-3
             |             ^^^
        """,
    ),
    (
        "rate-unreadable",
        """
        title: T
        rate: fast
        steps: [plank]
        =>
        t.yaml:2:7: error: the rate is a whole number of words a minute, 80 to 450
           2 | rate: fast
             |       ^^^^
        """,
    ),
    (
        "rate-unreadable",
        """
        title: T
        rate: 451
        steps: [plank]
        =>
        t.yaml:2:7: error: the rate is a whole number of words a minute, 80 to 450
           2 | rate: 451
             |       ^^^
        """,
    ),
    (
        "tempo-unreadable",
        """
        title: T
        steps:
          - bridge: 5 reps @ slow
        =>
        t.yaml:3:22: error: 'slow' is not a tempo
           3 |   - bridge: 5 reps @ slow
             |                      ^^^^
           hint: write seconds for each phase, like 2-1-3
        """,
    ),
    (
        "tempo-too-short",
        """
        title: T
        steps:
          - bridge: 5 reps @ 0-0-0.4
        =>
        t.yaml:3:22: error: a rep must last at least half a second
           3 |   - bridge: 5 reps @ 0-0-0.4
             |                      ^^^^^^^
        """,
    ),
    (
        "tempo-phases",
        """
        title: T
        steps:
          - bridge: 5 reps @ 2-1
        =>
        t.yaml:3:20: error: the number of phases is 2 in the tempo, 3 in the exercise (up, hold, down)
           3 |   - bridge: 5 reps @ 2-1
             |                    ^^^^^
        """,
    ),
    (
        "tempo-phases",
        """
        title: T
        steps:
          - plank: {reps: 5, tempo: 2-1}
        =>
        t.yaml:3:29: error: the number of phases is 2 in the tempo, 1 in the exercise
           3 |   - plank: {reps: 5, tempo: 2-1}
             |                             ^^^
        """,
    ),
    (
        "tempo-phases",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5 reps, phases: [up, down], tempo: 2-1-2}
        =>
        t.yaml:4:59: error: the number of phases is 3 in the tempo, 2 in the exercise (up, down)
           4 |   own: {name: O, dose: 5 reps, phases: [up, down], tempo: 2-1-2}
             |                                                           ^^^^^
        """,
    ),
    (
        "tempo-and-hold",
        """
        title: T
        steps:
          - bridge: 5 reps @ 2-1-3, hold 5s
        =>
        t.yaml:3:29: error: '@' and 'hold' both give the holding phase
           3 |   - bridge: 5 reps @ 2-1-3, hold 5s
             |                             ^^^^^^^
           hint: keep the tempo, or write the hold alone
        """,
    ),
    (
        "tempo-and-hold",
        """
        title: T
        steps:
          - bridge: {reps: 5, hold: 5, tempo: 2-1-3}
        =>
        t.yaml:3:32: error: '@' and 'hold' both give the holding phase
           3 |   - bridge: {reps: 5, hold: 5, tempo: 2-1-3}
             |                                ^^^^^
           hint: keep the tempo, or write the hold alone
        """,
    ),
    (
        "work-missing",
        """
        title: T
        steps:
          - plank: each side
        =>
        t.yaml:3:12: error: the dose does not say what to do
           3 |   - plank: each side
             |            ^^^^
           hint: write it like 2 x 30s or 10 reps
        """,
    ),
    (
        "work-missing",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: {rest: 5}}
        =>
        t.yaml:4:24: error: the dose does not say what to do
           4 |   own: {name: O, dose: {rest: 5}}
             |                        ^^^^^^^^^
           hint: write it like 2 x 30s or 10 reps
        """,
    ),
    (
        "work-without-unit",
        """
        title: T
        steps:
          - plank: 2 x 30
        =>
        t.yaml:3:16: error: '30' has no unit
           3 |   - plank: 2 x 30
             |                ^^
           hint: write 30 reps or 30s
        """,
    ),
    (
        "work-twice",
        """
        title: T
        steps:
          - plank: {reps: 5, breaths: 5}
        =>
        t.yaml:3:22: error: a dose has reps or breaths, not both
           3 |   - plank: {reps: 5, breaths: 5}
             |                      ^^^^^^^
        """,
    ),
    (
        "sets-without-work",
        """
        title: T
        steps:
          - plank: {sets: 2}
        =>
        t.yaml:3:13: error: 'sets' needs 'hold', 'reps' or 'breaths' beside it
           3 |   - plank: {sets: 2}
             |             ^^^^
        """,
    ),
    (
        "clause-unknown",
        """
        title: T
        steps:
          - plank: 30s quickly
        =>
        t.yaml:3:16: error: 'quickly' is not part of a dose
           3 |   - plank: 30s quickly
             |                ^^^^^^^
           hint: after the work may come: each side, alternating, left, right, left first, right first, @ TEMPO, hold TIME, rest TIME
        """,
    ),
    (
        "clause-missing",
        """
        title: T
        steps:
          - plank: 30s,
        =>
        t.yaml:3:15: error: nothing follows the comma
           3 |   - plank: 30s,
             |               ^
        """,
    ),
    (
        "clause-repeated",
        """
        title: T
        steps:
          - knee-drop: 30s left, right
        =>
        t.yaml:3:26: error: the side is given twice
           3 |   - knee-drop: 30s left, right
             |                          ^^^^^
        """,
    ),
    (
        "clause-for-reps",
        """
        title: T
        steps:
          - plank: 30s @ 2-1
        =>
        t.yaml:3:16: error: '@' goes with reps only
           3 |   - plank: 30s @ 2-1
             |                ^^^^^
        """,
    ),
    (
        "clause-for-reps",
        """
        title: T
        steps:
          - plank: {hold: 5, tempo: 2-1}
        =>
        t.yaml:3:22: error: 'tempo' goes with reps only
           3 |   - plank: {hold: 5, tempo: 2-1}
             |                      ^^^^^
        """,
    ),
    (
        "clause-for-reps",
        """
        title: T
        steps:
          - plank: {breaths: 5, hold: 2}
        =>
        t.yaml:3:25: error: 'hold' goes with reps only
           3 |   - plank: {breaths: 5, hold: 2}
             |                         ^^^^
        """,
    ),
    (
        "clause-for-reps",
        """
        title: T
        steps:
          - plank: {tempo: 4}
        =>
        t.yaml:3:20: error: 'tempo' goes with reps only
           3 |   - plank: {tempo: 4}
             |                    ^
        """,
    ),
    (
        "exercise-unknown",
        """
        title: T
        steps:
          - plnak: 30s
        =>
        t.yaml:3:5: error: there is no exercise or verb 'plnak'
           3 |   - plnak: 30s
             |     ^^^^^
           hint: did you mean 'plank'?
        """,
    ),
    (
        "exercise-unknown",
        """
        title: T
        steps:
          - rset: 30s
        =>
        t.yaml:3:5: error: there is no exercise or verb 'rset'
           3 |   - rset: 30s
             |     ^^^^
           hint: did you mean 'rest'?
        """,
    ),
    (
        "exercise-unknown",
        """
        title: T
        steps:
          - zzz
        =>
        t.yaml:3:5: error: there is no exercise or verb 'zzz'
           3 |   - zzz
             |     ^^^
        """,
    ),
    (
        "exercise-unused",
        """
        title: T
        steps: [plank]
        exercises:
          own: {name: O, dose: 5s}
        =>
        t.yaml:4:3: warning: the exercise 'own' is never used
           4 |   own: {name: O, dose: 5s}
             |   ^^^
        """,
    ),
    (
        "exercise-is-verb",
        """
        title: T
        steps: [plank]
        exercises:
          rest: {name: O, dose: 5s}
        =>
        t.yaml:4:3: error: 'rest' is a verb and cannot name an exercise
           4 |   rest: {name: O, dose: 5s}
             |   ^^^^
        """,
    ),
    (
        "sides-none",
        """
        title: T
        steps:
          - plank: 30s each side
        =>
        t.yaml:3:16: error: 'plank' has no sides
           3 |   - plank: 30s each side
             |                ^^^^^^^^^
           hint: leave the side out, or give the exercise 'side:' to say what it names
        """,
    ),
    (
        "sides-none",
        """
        title: T
        steps:
          - plank: {hold: 5, sides: both}
        =>
        t.yaml:3:29: error: 'plank' has no sides
           3 |   - plank: {hold: 5, sides: both}
             |                             ^^^^
           hint: leave the side out, or give the exercise 'side:' to say what it names
        """,
    ),
    (
        "side-unnamed",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5s, side: the knees}
        =>
        t.yaml:4:34: error: 'side' must name {side}
           4 |   own: {name: O, dose: 5s, side: the knees}
             |                                  ^^^^^^^^^
           hint: write it like: knees to the {side}
        """,
    ),
    (
        "phase-twice",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: 5 reps, phases: [up, up]}
        =>
        t.yaml:4:45: error: the phase 'up' stands twice
           4 |   own: {name: O, dose: 5 reps, phases: [up, up]}
             |                                             ^^
        """,
    ),
    (
        "hold-phase-none",
        """
        title: T
        steps:
          - twist: 5 reps hold 3s
        =>
        t.yaml:3:19: error: 'twist' has no phase called 'hold'
           3 |   - twist: 5 reps hold 3s
             |                   ^^^^^^^
           hint: write the tempo with '@' instead
        """,
    ),
    (
        "dose-unreadable",
        """
        title: T
        steps:
          - plank: [30s]
        =>
        t.yaml:3:12: error: 'plank' takes a dose
           3 |   - plank: [30s]
             |            ^^^^^
           hint: write it like 2 x 30s, or {hold: 30s}
        """,
    ),
    (
        "dose-unreadable",
        """
        title: T
        steps:
          - plank:
        =>
        t.yaml:3:5: error: 'plank' takes a dose
           3 |   - plank:
             |     ^^^^^
           hint: write it like 2 x 30s, or {hold: 30s}
        """,
    ),
    (
        "dose-unreadable",
        """
        title: T
        steps: [own]
        exercises:
          own: {name: O, dose: [5s]}
        =>
        t.yaml:4:24: error: 'own' takes a dose
           4 |   own: {name: O, dose: [5s]}
             |                        ^^^^
           hint: write it like 2 x 30s, or {hold: 30s}
        """,
    ),
    (
        "step-unreadable",
        """
        title: T
        steps:
          - [plank]
        =>
        t.yaml:3:5: error: a step is an exercise or a verb
           3 |   - [plank]
             |     ^^^^^^^
           hint: write it like: - bridge: 10 reps
        """,
    ),
    (
        "step-unreadable",
        """
        title: T
        steps:
          - {}
        =>
        t.yaml:3:5: error: a step is an exercise or a verb
           3 |   - {}
             |     ^^
           hint: write it like: - bridge: 10 reps
        """,
    ),
    (
        "step-two-keys",
        """
        title: T
        steps:
          - plank: 30s
            rest: 10s
        =>
        t.yaml:4:5: error: a step has one key; 'rest' stands beside 'plank'
           4 |     rest: 10s
             |     ^^^^
           hint: begin 'rest' on a line of its own with '- '
        """,
    ),
    (
        "verb-alone",
        """
        title: T
        steps:
          - rest
        =>
        t.yaml:3:5: error: 'rest' needs a value
           3 |   - rest
             |     ^^^^
        """,
    ),
    (
        "verb-alone",
        """
        title: T
        steps:
          - wait
        =>
        t.yaml:3:5: error: 'wait' needs a value
           3 |   - wait
             |     ^^^^
        """,
    ),
    (
        "duration-zero",
        """
        title: T
        steps:
          - wait: {text: Press space., pause: 0s}
        =>
        t.yaml:3:39: error: this duration cannot be zero
           3 |   - wait: {text: Press space., pause: 0s}
             |                                       ^^
        """,
    ),
    (
        "key-missing",
        """
        title: T
        steps:
          - wait: {pause: 20s}
        =>
        t.yaml:3:11: error: a text needs the key 'text'
           3 |   - wait: {pause: 20s}
             |           ^^^^^^^^^^^^
        """,
    ),
    (
        "key-unknown",
        """
        title: T
        steps:
          - say: {text: Press space., pause: 20s}
        =>
        t.yaml:3:31: error: a text has no key 'pause'
           3 |   - say: {text: Press space., pause: 20s}
             |                               ^^^^^
        """,
    ),
    (
        "include-unreadable",
        """
        title: T
        steps:
          - include: gone.yaml
        =>
        t.yaml:3:14: error: cannot include 'gone.yaml': gone.yaml does not exist
           3 |   - include: gone.yaml
             |              ^^^^^^^^^
        """,
    ),
    (
        "hold-long",
        """
        title: T
        steps:
          - plank: 20s-6m
        =>
        t.yaml:3:12: warning: a hold of 6m is longer than 5 minutes
           3 |   - plank: 20s-6m
             |            ^^^^^^
        """,
    ),
    (
        "hold-long",
        """
        title: T
        steps:
          - bridge: {reps: 2, hold: 5m1s}
        =>
        t.yaml:3:13: warning: a hold of 5m1s is longer than 5 minutes
           3 |   - bridge: {reps: 2, hold: 5m1s}
             |             ^^^^^^^^^^^^^^^^^^^^^
        """,
    ),
    (
        "text-too-long",
        f"""
        title: T
        steps:
          - say: {"word " * 841}word
        =>
        t.yaml:3:10: error: this text has 4,209 characters; a voice reads at most 1,000 at once
           3 | {("  - say: " + "word " * 40)[:160]}
             |          {"^" * 151}
           hint: shorten it, or split it into several `say` steps
        """,
    ),
    (
        "routine-over-a-day",
        """
        title: T
        steps:
          - section: S
            rounds: 25
            steps:
              - rest: 1h
        =>
        t.yaml:1:8: error: the routine is longer than 24 hours
           1 | title: T
             |        ^
        """,
    ),
    (
        "routine-too-many-parts",
        """
        title: T
        steps:
          - section: S
            rounds: 21
            steps:
              - plank: 999 reps @ 0.5
        =>
        t.yaml:1:8: error: the routine has more than 20,000 holds, reps and steps
           1 | title: T
             |        ^
        """,
    ),
]


# Every place where an alias may stand in a script, and an escaped character that is refused.
ALIASES = [
    "title: *a\nsteps: [plank]\n",
    "title: T\nsteps: [plank]\nopening: *a\nclosing: *a\nsummary: *a\nrate: *a\nlanguage: *a\nengine: *a\n",
    "title: T\nsteps: *a\n",
    "title: T\nsteps: [*a, plank]\n",
    "title: T\nsteps: [{*a : 30s}, {*a : 30s, plank: 10s}]\n",
    "title: T\nsteps: [{plank: *a}, {say: *a}, {rest: *a}, {pause: *a}, {sound: *a}, {include: *a}]\n",
    "title: T\nsteps: [{section: *a, rounds: *a, steps: *a}, {section: S, *a : b, steps: [plank]}]\n",
    "title: T\nsteps: [{plank: {hold: *a, sets: 2}}, {plank: {hold: 5s, cues: [*a]}}]\n",
    "title: T\nsteps: [{bridge: {reps: *a, hold: 5s}}, {bridge: {reps: 2, tempo: *a}}, {bridge: {sides: *a}}]\n",
    "title: T\nsteps: [{bridge: {reps: *a, tempo: 2-1-3}}, {bridge: {breaths: *a}}]\n",
    "title: T\nsteps: [plank]\nexercises: *a\n",
    "title: T\nsteps: [own]\nexercises: {own: *a}\n",
    "title: T\nsteps: [own]\nexercises: {*a : {}, own: {name: *a, dose: 5s}}\n",
    "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: *a}}\n",
    "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: {reps: *a, sets: 2}}}\n",
    "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 2 reps, phases: *a, tempo: 2-1}}\n",
    "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 2 reps @ 1-2, phases: [up, *a], tempo: 2-1}}\n",
    "title: T\nsteps: [{own: {cues: ['{side}']}}]\nexercises: {own: {name: O, dose: 5s left, side: *a, cues: ['{other}']}}\n",
    "title: {en: *a}\nopening: {text: *a}\nclosing: {*a : x}\nsteps: [{say: {en: x, de: *a}}, {say: {text: {en: *a}}}]\n",
    "title: T\nsteps: [{say: {text: x, language: *a}}, {say: {text: x, recording: *a}}, {plank: {cues: {at: *a, text: x}}}]\n",
    "title: T\ndose: *a\ntalk: *a\ncount: *a\nmusic: *a\nmusic-level: *a\nsay-as: *a\nsteps: [plank]\n",
    "title: T\nsay-as: {*a : x, y: *a}\nsteps: [{section: S, talk: *a, steps: [plank]}]\n",
    "title: T\nsteps: [{plank: {talk: *a}}, {plank: {count: *a}}, {knee-drop: {first: *a}}]\n",
    "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 5s, side: 'the {side}', change: *a, instead: *a, language: *a}}\n",
    "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 5s, side: 'the {side}', change: {text: x, time: *a}}}\n",
    "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 5 reps, breath: *a, phases: [a, b], breathing: [in, *a]}}\n",
    "title: T\nsteps: [own]\nexercises: {own: {name: O, dose: 5 reps, phases: [{en: *a}, b], breathing: [in]}}\n",
    "title: T\nlanguage: *a\nsteps: [plank, {say: x}, {say: {de: y}}]\n",
    "title: T\nsteps: [*a]\nexercises: {own: {name: O, dose: 5s}}\n",
    "*a\n",
]


@pytest.mark.parametrize("script", ALIASES)
def test_an_alias_is_one_problem_wherever_it_stands(script: str) -> None:
    kinds = [found.kind for found in read(script)[1]]
    assert kinds == ["yaml-alias"] * script.count("*a")


@pytest.mark.parametrize("script", ALIASES)
def test_an_escaped_control_character_is_one_problem_wherever_it_stands(script: str) -> None:
    changed = script.replace("*a", '"\\0"')
    kinds = {found.kind for found in read(changed)[1]} - {"exercise-unused"}
    assert kinds == {"character-forbidden"}


def test_an_alias_a_tag_and_a_second_document_hide_nothing() -> None:
    files = {"b.yaml": "steps: [&p plank, *p, plnak]\n"}
    script = (
        "title: !x T\nsteps:\n  - plnak\n  - rest: *r\n  - rest: -1\n  - include: b.yaml\n---\ntitle: U\n"
    )
    assert [found.kind for found in read(script, files=files)[1]] == [
        "yaml-tag",
        "exercise-unknown",
        "yaml-alias",
        "duration-negative",
        "yaml-documents",
        "yaml-alias",
        "exercise-unknown",
    ]


LONG = "long " * 199 + "words"


@pytest.mark.parametrize(
    "script",
    [
        "title: T\nsteps: [plank]\nopening: LONG\nclosing: LONG\n",
        "title: T\nsteps:\n  - say: LONG\n  - section: LONG\n    steps: [plank]\n",
        "title: T\nsteps: [{plank: {cues: [LONG, LONG]}}]\n",
        "title: T\nsteps: [own]\nexercises:\n  own: {name: LONG, dose: 2 reps, phases: [LONG, down]}\n",
        "title: T\nsteps: [own]\nexercises:\n  own: {name: O, dose: 5s, setup: [LONG], cues: LONG, release: LONG}\n",
        "title: T\nsteps: [own]\nexercises:\n  own: {name: O, dose: 5s, caution: LONG, side: 'the {side} LONG'}\n",
        "title: T\nsteps: [{say: {en: x, de: LONG}}, {say: {text: LONG, language: de}}]\n",
        "title: T\nsteps: [{plank: {cues: {at: 5s, text: LONG}}}]\n",
        "title: T\nsteps: [own]\nexercises:\n  own: {name: O, dose: 5s, side: '{side}', change: {en: LONG, de: x}}\n",
    ],
)
def test_no_text_that_is_spoken_is_longer_than_a_voice_reads_at_once(script: str) -> None:
    assert len(LONG) == MAX_SPOKEN
    just = script.replace("the {side} LONG", "the {side} " + LONG[11:]).replace("LONG", f"{LONG} ")
    assert read(just)[1] == ()
    kinds = [found.kind for found in read(script.replace("LONG", f"{LONG}s"))[1]]
    assert kinds == ["text-too-long"] * script.count("LONG")


def test_a_text_that_is_only_shown_may_be_long() -> None:
    assert read(f"title: {LONG}s\nsummary: {LONG}s\nsteps: [plank]\n")[1] == ()


def split(case: str) -> tuple[str, str]:
    script, shown = dedent(case).strip().split("\n=>\n")
    return f"{script}\n", shown


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_a_mistake_is_shown_with_its_place_and_a_way_out(kind: str, case: str) -> None:
    script, shown = split(case)
    assert report(script) == shown
    assert [found.kind for found in read(script)[1]] == [kind]


def test_every_mistake_that_the_reader_knows_is_shown_here() -> None:
    """Includes, control characters, programmes and what is huge have tests of their own."""
    package = Path(voiceguide.__file__).parent
    sources = [package / "units.py", package / "dose.py", *(package / "script").glob("*.py")]
    raised = r'(?:problem|report|NotationError|finish)\(\s*"([a-z-]+)"'
    known = {kind for path in sources for kind in re.findall(raised, path.read_text())}
    elsewhere = {"include-circle", "include-many", "character-forbidden"}
    elsewhere |= {
        "date-unreadable",
        "days-of-week",
        "day-empty",
        "rest-beside-routines",
        "weeks-many",
        "routine-unknown",
    }
    elsewhere |= {
        "include-large",
        "instead-many",
        "problems-many",
        "pronunciations-many",
        "routine-too-many-words",
        "scalar-long",
        "yaml-large",
    }
    assert known - {kind for kind, _ in CASES} == elsewhere


def test_an_empty_file_has_no_line_to_show() -> None:
    shown = "t.yaml:1:1: error: the file is empty\n   hint: a routine needs at least 'title' and 'steps'"
    assert report("") == shown


@pytest.mark.parametrize(
    ("title", "column", "code"),
    [("a\x07b", 9, "U+0007"), ('"a\\0b"', 8, "U+0000"), ('"\\e[31m"', 8, "U+001B"), ("a\x0bb", 9, "U+000B")],
)
def test_a_control_character_is_refused_raw_and_escaped(title: str, column: int, code: str) -> None:
    _, (found,) = read(f"title: {title}\nsteps: [plank]\n")
    assert found.message == f"the character {code} is not allowed in a script"
    assert found.place is not None
    assert (found.place.line, found.place.column) == (1, column)


def test_every_mistake_of_a_script_is_found_in_one_run() -> None:
    script = "titel: T\nrate: x\nsteps:\n  - plnak\n  - rest: -1\n  - bridge: 10 resp @\n"
    kinds = [found.kind for found in read(script)[1]]
    assert kinds == [
        "key-unknown",
        "key-missing",
        "rate-unreadable",
        "exercise-unknown",
        "duration-negative",
        "unit-unknown",
    ]


def test_one_file_with_an_error_gives_no_routine() -> None:
    routine, _ = read("title: T\nsteps: [plank, {rest: x}]\n")
    assert routine is None


def test_one_with_warnings_does() -> None:
    routine, problems = read("title: T\nsteps: [{plank: 6m}]\nexercises:\n  own: {name: O, dose: 5s}\n")
    assert routine is not None
    assert [(found.kind, found.severity) for found in problems] == [
        ("hold-long", "warning"),
        ("exercise-unused", "warning"),
    ]


def test_a_hold_of_five_minutes_is_not_long() -> None:
    assert read("title: T\nsteps: [{plank: 5m}]\n")[1] == ()


def test_a_day_is_not_too_long_and_breaths_count_towards_it() -> None:
    day = "title: T\nsteps:\n  - section: S\n    rounds: 24\n    steps: [{rest: 1h}]\n"
    assert read(day)[1] == ()
    assert [found.kind for found in read(f"{day}  - plank: 1 breath\n")[1]] == ["routine-over-a-day"]


def test_the_hold_of_reps_counts_towards_a_day_in_place_of_its_phase() -> None:
    assert kinds_of("bridge: 1 rep hold 23h59m55s") == ["hold-long"]
    assert kinds_of("bridge: 1 rep hold 23h59m56s") == ["routine-over-a-day", "hold-long"]
    assert kinds_of("bridge: {sets: 1, reps: 10, hold: 3h}") == ["routine-over-a-day", "hold-long"]


def kinds_of(step: str) -> list[str]:
    return [found.kind for found in read(f"title: T\nsteps:\n  - {step}\n")[1]]


def test_sides_and_sets_and_the_rests_between_count_towards_a_day() -> None:
    assert read("title: T\nsteps: [{knee-drop: {sets: 2, hold: 5m, rest: 11h50m}}]\n")[1] == ()
    kinds = [
        found.kind for found in read("title: T\nsteps: [{knee-drop: {sets: 2, hold: 5m, rest: 11h51m}}]\n")[1]
    ]
    assert kinds == ["routine-over-a-day"]


def test_the_innermost_of_deep_rounds_are_counted_without_unfolding_them() -> None:
    steps = "[{pause: 0.001}]"
    for _ in range(14):
        steps = f"[{{section: S, rounds: 99, steps: {steps}}}]"
    kinds = [found.kind for found in read(f"title: T\nsteps: {steps}\n")[1]]
    assert kinds == ["routine-over-a-day"]


def test_a_routine_is_measured_at_its_highest_dose() -> None:
    assert kinds_of("plank: {sets: 1-2, hold: 5m, rest: 23h50m}") == []
    assert kinds_of("plank: {sets: 1-2, hold: 5m, rest: 23h51m}") == ["routine-over-a-day"]
    assert kinds_of("twist: {sets: 1-99, reps: 1-999, tempo: 0-0.5}") == ["routine-over-a-day"]
    assert kinds_of("twist: {sets: 1-20, reps: 1-999, tempo: 0-0.5}") == ["routine-too-many-parts"]


def test_sides_that_alternate_rest_once_for_both() -> None:
    assert kinds_of("knee-drop: {sets: 2, hold: 5m, rest: 23h40m, sides: alternating}") == []
    assert kinds_of("knee-drop: {sets: 2, hold: 5m, rest: 23h41m, sides: alternating}") == [
        "routine-over-a-day"
    ]


def test_the_time_of_a_change_of_sides_counts_towards_a_day() -> None:
    script = "title: T\nsteps: [own: 2 x 1m{}]\nexercises:\n  own: {{name: O, dose: 1m, side: 'the {{side}}', change: {}}}\n"
    assert read(script.format("", "23h55m"))[1] == ()
    assert [found.kind for found in read(script.format("", "23h59m"))[1]] == ["routine-over-a-day"]
    assert [found.kind for found in read(script.format(" alternating", "8h"))[1]] == ["routine-over-a-day"]


def test_what_stands_in_for_an_exercise_is_measured_too() -> None:
    script = "title: T\nsteps: [own]\nexercises:\n  own: {name: O, dose: 1m, instead: long}\n  long: {name: L, dose: 99 x 1m, rest: 15m}\n"
    script = script.replace("99 x 1m, rest: 15m", "'99 x 1m, rest 15m'")
    assert [found.kind for found in read(script)[1]] == ["routine-over-a-day"]
