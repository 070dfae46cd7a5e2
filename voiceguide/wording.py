"""Every message a user can be shown, by kind: the one place where errors and warnings get their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


_LONGEST = 1_000


class Wording(NamedTuple):
    """A message and a hint with `{}` fields; a hint whose fields are not given is left out."""

    message: str
    hint: str | None = None
    severity: Severity = "error"


WORDING: dict[str, Wording] = {
    # files
    "file-missing": Wording("{path} does not exist"),
    "file-unreadable": Wording("cannot read {path}: {reason}"),
    "file-too-large": Wording("{path} is too large for a script ({size}; at most {most})"),
    "file-not-utf-8": Wording("this is not UTF-8 text (byte 0x{byte:02x})", "save the file as UTF-8"),
    "plan-not-utf-8": Wording(
        "this is not UTF-8 text (byte 0x{byte:02x})", "in Excel, save it as 'CSV UTF-8 (Comma delimited)'"
    ),
    "not-rendered-more": Wording("not rendered for the same reason: {count} more, lines {lines}"),
    "file-empty": Wording("the file is empty", "a routine needs at least 'title' and 'steps'"),
    "routine-unknown": Wording("there is no routine '{name}'", "{near}"),
    "config-unknown": Wording("there is no option '{option}'", "{near}"),
    "config-by-command": Wording(
        "'{option}' is set for one command at a time ({commands})", "write `{command}: {{{option}: …}}`"
    ),
    "config-action": Wording("'{option}' cannot be set once: it is for one call"),
    "config-value": Wording("'{option}' cannot have this value: {reason}"),
    # command line
    "path-empty": Wording("the path is empty"),
    "option-for-routines": Wording(
        "{option} is for routines: a timeline has decided it already", "compile the routine again with it"
    ),
    "nothing-left": Wording(
        "every exercise of '{routine}' is left out ({reasons})", "avoid less, or choose another routine"
    ),
    "nothing-to-resume": Wording(
        "there is nothing to resume: {routine} was not broken off in the last day", "leave --resume out"
    ),
    "start-beyond": Wording("{time} is after the end of '{routine}', which lasts {length}"),
    "options-exclude": Wording("{one} and {other} exclude each other"),
    "fit-too-long": Wording(
        "no dose of '{routine}' fits into {limit}: it lasts {low} at dose 0 %, {high} at 100 %",
        "allow more time, or shorten it: --talk brief, --avoid, --without",
    ),
    "day-missing": Wording("{option} takes one day of a programme", "`--day N` chooses it"),
    "option-for-programmes": Wording("{option} goes with --programme"),
    "timeline-suffix": Wording(
        "cannot write the timeline to {path}: its name must end in .json",
        "`render` and `play` know a timeline by its name",
    ),
    "picture-suffix": Wording("cannot draw the timeline into {path}: its name must end in .svg"),
    "sheet-suffix": Wording("cannot write the sheet to {path}: its name must end in .pdf or .html"),
    "sheet-of-timeline": Wording(
        "{path} is a timeline, which has lost the doses and the words of its exercises",
        "make the sheet of the routine that it was compiled from",
    ),
    "sheet-pages": Wording(
        "{path} has {pages} pages: on one its words would be too small to read",
        "make two routines of it, or print it on both sides",
        "warning",
    ),
    "sheet-letters": Wording(
        "the fonts of a PDF lack what {path} has in its words: {letters}",
        "write it as .html, which shows them all",
        "warning",
    ),
    "address-unreadable": Wording(
        "'{address}' is not an address of the web",
        "write it whole, such as https://example.org/evening.mp3; `--served` is for `voiceguide serve --lan`",
    ),
    "address-too-long": Wording(
        "the address has {length} characters, and a QR code that can be read from paper at most {most}"
    ),
    "served-without-name": Wording(
        "'{routine}' is not in the list of `voiceguide serve`",
        "`voiceguide list` shows what is; a script is listed from scripts/routines/ or the config folder's routines/",
    ),
    "served-any-port": Wording(
        "the configuration lets `voiceguide serve` take any port, so that nobody knows its address",
        "configure another one: `serve: {{port: {port}}}`",
    ),
    "served-without-network": Wording(
        "this machine is in no network, where a phone would find it", "connect it first, or give --address"
    ),
    "capture-format": Wording(
        "cannot capture into '{suffix}' files, only .wav", "`voiceguide render` writes {known}"
    ),
    "system-refused": Wording("{where}{reason}"),
    # workouts for watches
    "fit-extra": Wording(
        "workouts for a watch need fit-tool, which is not installed",
        "`pip install 'voiceguide[fit]'` brings it",
    ),
    "fit-of-timeline": Wording(
        "{path} is a timeline, which has decided on every second", "export the routine it was compiled from"
    ),
    "fit-many-steps": Wording(
        "'{title}' has {count} steps, and Garmin's watches take {most} in a workout",
        "make it shorter with a lower --dose or --avoid, or make two routines of it",
        "warning",
    ),
    # other timers' files
    "json-syntax": Wording("not valid JSON: {reason}"),
    "import-unknown": Wording(
        "{path} is no timer that can be imported",
        "a JAWT export has 'workouts', or 'title' and 'sets'; a list has lines like: Plank | 30",
    ),
    "import-too-large": Wording("{path} is too large for a timer ({size}; at most {most})"),
    "import-binary": Wording(
        "this is no text: it has the character U+0000",
        "choose the file that the timer exported, or save it as text",
    ),
    "import-expected": Wording("{path} must be {what}"),
    "import-missing": Wording("{path} needs '{key}'"),
    "import-empty": Wording("{path} has nothing that lasts any time"),
    "import-words": Wording("nothing stands before the time", "write it like: Plank | 30"),
    "import-too-long": Wording("'{title}' is longer than 24 hours", "lower its repetitions, or split it"),
    "import-too-many": Wording(
        "'{title}' has more intervals than a script takes", "lower its repetitions, or split it"
    ),
    "import-several": Wording(
        "{path} has {count} workouts: one file cannot take them", "leave -o out: each gets a file of its own"
    ),
    "import-exists": Wording("{path} exists already", "`--force` replaces it, `-o` names another file"),
    # YAML
    "yaml-syntax": Wording("not valid YAML: {reason}", "{advice}"),
    "yaml-alias": Wording("aliases (*name) are not allowed in a script", "write the text out"),
    "yaml-tag": Wording("tags ({tag}) are not allowed in a script"),
    "yaml-documents": Wording("a script is one document", "take out the line '---'"),
    "yaml-large": Wording("the file has more than {most} keys and values"),
    "scalar-long": Wording("this has {count} characters, more than {most}"),
    "yaml-depth": Wording("nested more than {most} levels deep"),
    "character-forbidden": Wording("the character {code} is not allowed in a script"),
    "key-not-text": Wording("a key must be a plain word"),
    "key-twice": Wording("the key '{key}' stands twice (first in line {line})", "keep one of them"),
    # keys and values
    "key-unknown": Wording("{what} has no key '{key}'", "{near}"),
    "key-missing": Wording("{what} needs the key '{key}'"),
    "text-expected": Wording("'{key}' takes a text"),
    "text-empty": Wording("'{key}' is empty"),
    "text-too-long": Wording(
        "this text has {count} characters; a voice reads at most {most} at once",
        "shorten it, or split it into several `say` steps",
    ),
    "list-expected": Wording("'{key}' takes a list", "begin each line with '- '"),
    "mapping-expected": Wording("{what} must be keys and values"),
    "name-unknown": Wording("there is no {what} '{name}'", "{near}"),
    "choice-unknown": Wording("'{key}' cannot be '{value}'", "{near}"),
    "brace-unknown": Wording("{name} means nothing here", "{near}"),
    "brace-without-value": Wording(
        "{name} means nothing here: the dose of '{exercise}' has no {lack}",
        "the dose is at {where}; change it, or take {name} out",
    ),
    "name-alone": Wording(
        "without the listener's name nothing is left to say here", "write it like: Well done, {{name}}."
    ),
    "name-joined": Wording(
        "{{name}} is joined to a word, which would break without a name",
        "write it like: Well done, {{name}}.",
    ),
    "name-too-long": Wording("a listener's name has at most {most} characters"),
    "next-in-other-language": Wording(
        "{name} is a name in {played}, and this text is in {language}",
        "leave it out, or give the text by language",
    ),
    "side-form-unknown": Wording("{name} is no form of a side in {language}", "known: {known}"),
    "text-without-language": Wording("this text is not in {language}", "it is in {has}"),
    "text-language-twice": Wording(
        "'language' stands beside a text by language", "leave it out: each text has its language"
    ),
    "recording-missing": Wording(
        "there is no audio file {path}", "it is looked for beside the script and in audio/"
    ),
    "recording-outside": Wording(
        "{path} lies outside of the script's folder and of audio/",
        "move it there, or allow it with --allow-outside",
    ),
    "voice-outside": Wording(
        "the voice file {path} lies outside of the script's folder and of audio/",
        "choose it with --voice, or allow it with --allow-outside",
    ),
    "level-unreadable": Wording("the level of music is whole decibels, {low} to {high}"),
    "percent-unreadable": Wording("the dose is a percentage, 0 to 100"),
    "speed-unreadable": Wording("the speed is a number from {low} to {high}, in steps of 0.01"),
    "pronunciation-long": Wording("a pronunciation has at most {most} characters"),
    "pronunciations-many": Wording("more than {most} pronunciations"),
    "pronunciation-twice": Wording(
        "'{word}' and '{first}' in line {line} are one word", "keep one of them: a word is meant in any case"
    ),
    "cue-from-end": Wording(
        "a time from the end goes with a hold only",
        "the dose at {where} has none; write the time from the start, like 10s",
    ),
    # notation
    "unit-of-time-unknown": Wording("'{unit}' is not a unit of time (s, m, h)", "write {suggestion}"),
    "unit-unknown": Wording("'{unit}' is not a unit (s, m, h, reps, breaths)", "{near}"),
    "duration-unreadable": Wording("'{text}' is not a duration", "write it like 30s, 1m30s or 1:30"),
    "duration-without-unit": Wording("'{number}' has no unit", "write {number}s"),
    "duration-negative": Wording("a duration cannot be negative"),
    "duration-zero": Wording("this duration cannot be zero"),
    "duration-too-long": Wording("this is longer than 24 hours"),
    "range-reversed": Wording("the range goes from high to low", "write {turned}"),
    "count-unreadable": Wording("'{text}' is not a whole number", "write it like 3, or 2-3"),
    "count-zero": Wording("the number cannot be zero"),
    "count-too-large": Wording("the number is too large (at most {most})"),
    "count-not-range": Wording("this takes one number, not a range"),
    "rate-unreadable": Wording("the rate is a whole number of words a minute, {low} to {high}"),
    "tempo-unreadable": Wording("'{text}' is not a tempo", "write seconds for each phase, like 2-1-3"),
    "tempo-too-short": Wording("a rep must last at least half a second"),
    "tempo-phases": Wording(
        "the number of phases is {written} in the tempo, {wanted} in the exercise{named}"
    ),
    "tempo-and-hold": Wording(
        "'@' and 'hold' both give the holding phase", "keep the tempo, or write the hold alone"
    ),
    "breath-parts": Wording(
        "a breath has {written} parts here", "write one to four: in, hold, out and hold, like 2-3"
    ),
    "work-missing": Wording("the dose does not say what to do", "write it like 2 x 30s or 10 reps"),
    "work-without-unit": Wording("'{number}' has no unit", "write {number} reps or {number}s"),
    "work-twice": Wording("a dose has reps or breaths, not both"),
    "sets-without-work": Wording("'sets' needs 'hold', 'reps' or 'breaths' beside it"),
    "clause-unknown": Wording(
        "'{text}' is not part of a dose",
        "after the work may come: each side, alternating, left, right, left first, right first, @ TEMPO, hold TIME, rest TIME",
    ),
    "clause-missing": Wording("nothing follows the comma"),
    "clause-repeated": Wording("{clause} is given twice"),
    "first-of-one-side": Wording("only the {side} side is done: it has no first one"),
    "clause-for-reps": Wording("'{clause}' goes with reps only"),
    # exercises and steps
    "exercise-unknown": Wording("there is no exercise or verb '{name}'", "{near}"),
    "exercise-unused": Wording("the exercise '{exercise}' is never used", severity="warning"),
    "exercise-is-verb": Wording("'{verb}' is a verb and cannot name an exercise"),
    "exercise-without-language": Wording(
        "the exercise '{exercise}' has no words in {language}", "it is in {has}; {first} is not"
    ),
    "instead-circle": Wording(
        "'{name}' comes round to itself", "an exercise cannot stand in for one that stands in for it"
    ),
    "instead-many": Wording("more than {most} exercises stand in for each other in turn"),
    "change-none": Wording(
        "there is no change of sides: '{exercise}' has none", "give it 'side:' to say what a side names"
    ),
    "sides-none": Wording(
        "'{exercise}' has no sides", "leave the side out, or give the exercise 'side:' to say what it names"
    ),
    "side-unnamed": Wording("'side' must name {{side}}", "write it like: knees to the {{side}}"),
    "phase-twice": Wording("the phase '{phase}' stands twice"),
    "hold-phase-translated": Wording(
        "the phase 'hold' is the same word in every language", "write hold alone: the guide has its own word"
    ),
    "breathing-phases": Wording("'breathing' needs a word for each phase{named}: {wanted}, not {written}"),
    "hold-phase-none": Wording("'{exercise}' has no phase called 'hold'", "write the tempo with '@' instead"),
    "dose-unreadable": Wording("'{exercise}' takes a dose", "write it like 2 x 30s, or {{hold: 30s}}"),
    "step-unreadable": Wording("a step is an exercise or a verb", "write it like: - bridge: 10 reps"),
    "step-two-keys": Wording(
        "a step has one key; '{second}' stands beside '{first}'",
        "begin '{second}' on a line of its own with '- '",
    ),
    "verb-alone": Wording("'{verb}' needs a value"),
    "include-unreadable": Wording("cannot include '{name}': {reason}"),
    "include-outside": Wording("it is not below the script's folder"),
    "include-circle": Wording("'{name}' includes itself"),
    "include-many": Wording("more than {most} files are included"),
    "include-large": Wording("the files that are included are too large together"),
    # timing
    "words-dropped": Wording('no room for "{text}" in {where}: it is left out', severity="warning"),
    "countdown-dropped": Wording("no room for {words} in the countdown: left out", severity="warning"),
    "cue-outside": Wording(
        '"{text}" at {at} lies outside of the {where} of {length}: it is left out', severity="warning"
    ),
    "reps-too-fast": Wording(
        "the tempo leaves no room for {words}: left out",
        "slow the tempo down",
        severity="warning",
    ),
    "tone-dropped": Wording("no room for the {tone} tone of a set: it is left out", severity="warning"),
    "reminder-unsaid": Wording('no room for the reminder "{text}": it is left out', severity="warning"),
    "rest-grows": Wording(
        "the rest of {rest} is too short for its words: it becomes {needed}",
        "lengthen the rest, or leave it out",
        severity="warning",
    ),
    "rest-grows-for-sides": Wording(
        "the rest of {rest} is too short to change sides: it becomes {needed}",
        "lengthen the rest",
        severity="warning",
    ),
    "wait-in-file": Wording(
        "a file cannot wait for a key: a pause of {pause} stands for it", severity="warning"
    ),
    "timeline-unreadable": Wording("{path} is not a timeline: {reason}"),
    # many at once
    "plan-empty": Wording("the plan is empty", "its first line names the columns: routine, name, dose"),
    "plan-broken": Wording("this is not CSV: {reason}"),
    "plan-without-routine": Wording(
        "the plan has no column 'routine'", "its first line names the columns: routine, name, dose"
    ),
    "plan-without-rows": Wording("the plan has no rows", "each line after the first is a listener"),
    "plan-column": Wording("a plan has no column '{column}'", "{near}"),
    "plan-column-twice": Wording("the column '{column}' stands twice", "keep one of them"),
    "plan-column-unnamed": Wording("this column has no name"),
    "plan-row-long": Wording("this row has {count} cells, and the plan has {most} columns"),
    "plan-row-without-routine": Wording("this row names no routine"),
    "plan-value": Wording("'{column}' cannot have this value: {reason}"),
    "plan-file": Wording("no file can be called '{file}': {reason}"),
    "plan-file-twice": Wording("the row in line {line} is rendered into {file} already"),
    "not-rendered": Wording("{file} was not rendered"),
    "not-complete": Wording("{file} is there, but not all that belongs to it"),
    "option-refused": Wording("{reason}"),
    "output-of-routines": Wording("one file cannot take several routines", "leave -o out"),
    "outputs-alike": Wording(
        "{one} and {other} would both be rendered into {file}", "render one of them with -o"
    ),
    "option-for-mp3": Wording("{option} goes with --format mp3", "leave one of them out"),
    "option-of-sound": Wording(
        "{option} is for what is heard, and --format {kind} is not", "leave one of them out"
    ),
    "track-of-nobody": Wording(
        "{file} is of the routine '{routine}', which is not found any more",
        "delete the file to take it out",
        "warning",
    ),
    "programme-of-one": Wording("{option} takes one routine at most", "leave the others out"),
    "all-and-name": Wording("--all takes no name", "leave {names} out, or --all"),
    "worker-died": Wording("the process that rendered it was killed twice"),
    "worker-version": Wording("this worker has voiceguide {version}, and {wanted} is needed"),
    "job-broken": Wording("it ended in a mistake of this program: {reason}"),
    "cluster-extra": Wording(
        "a cluster needs Dask, which is not installed", "`pip install 'voiceguide[cluster]'` brings it"
    ),
    "cluster-unreachable": Wording("there is no Dask scheduler at {address}"),
    "cluster-idle": Wording(
        "the Dask scheduler at {address} has no workers", "`dask worker {address}` starts them"
    ),
    "cluster-deserted": Wording(
        "the Dask scheduler at {address} has had no workers for {seconds} s",
        "`dask worker {address}` starts them; called again, it goes on where it was stopped",
    ),
    "plan-outside": Wording(
        "{path} lies outside of the plan's folder, the current one and audio/",
        "move it there, or allow it with --allow-outside",
    ),
    "plan-routine": Wording("{path} is no routine: the name of its file ends with .yaml, .yml or .json"),
    "link-outside": Wording("{path} leads out of {folder} through a link"),
    "journal-unread": Wording("cannot read what is done from {path}: {reason}", "--again does not need it"),
    "journal-unwritten": Wording(
        "cannot write down what is done in {path}: {reason}", "the next run renders it again", "warning"
    ),
    # feeds
    "folder-address": Wording(
        "'{written}' is not the address of a folder on the web",
        "write it like https://example.org/stretches/, without a password, ? or #",
    ),
    "feed-unread": Wording("cannot read the feed {path}: {reason}"),
    "feed-of-others": Wording(
        "{path} was not written by voiceguide: it is left alone", "move it, or export into another folder"
    ),
    # limits
    "hold-long": Wording("a hold of {length} is longer than 5 minutes", severity="warning"),
    "routine-long": Wording("the routine lasts {length}, more than 2 hours", severity="warning"),
    "routine-over-a-day": Wording("the routine is longer than 24 hours"),
    "routine-too-many-parts": Wording("the routine has more than {most} holds, reps and steps"),
    "routine-too-many-words": Wording(
        "the routine has more than {most} words of phases and cues, counted in every rep and set"
    ),
    "problems-many": Wording("there are {more} more problems", severity="warning"),
    # programmes
    "date-unreadable": Wording("'{text}' is not a date", "write it like 2026-11-23"),
    "days-of-week": Wording("a week has seven days, not {written}", "write rest for a day without a routine"),
    "day-empty": Wording("a day without a routine is written as rest"),
    "rest-beside-routines": Wording("a day of rest has no routine", "write rest alone, or take it out"),
    "weeks-many": Wording("a programme has at most {most} weeks"),
    "programme-unknown": Wording("there is no programme '{name}'", "{near}"),
    "programme-without-routine": Wording(
        "the programme '{name}' has no routine '{routine}'", "leave --programme out"
    ),
    "programme-without-start": Wording(
        "nobody said when the programme '{name}' begins",
        "`--start DATE` says it, or `start:` in the programme; `--day N` chooses a day",
    ),
    "programme-not-begun": Wording(
        "the programme '{name}' begins on {date}, {when}", "`--day 1` begins today"
    ),
    "programme-over": Wording(
        "the programme '{name}' ended on {date}", "`--start DATE` begins it again, `--day N` chooses a day"
    ),
    "programme-day": Wording("the programme '{name}' has {count} days, and no day {day}"),
    "programme-day-without": Wording(
        "day {day} has no routine '{routine}'", "it has {routines}; leave --programme out to play another one"
    ),
    "output-of-several": Wording(
        "day {day} has several routines ({routines}): one file cannot take them", "leave {option} out"
    ),
    # speech
    "unknown-engine": Wording("there is no speech engine '{engine}'", "{near}"),
    "engine-extra": Wording(
        "the speech engine '{engine}' is not installed", "`pip install 'voiceguide[{extra}]'` brings it"
    ),
    "engine-failed": Wording("the speech engine '{engine}' does not start: {reason}"),
    "unknown-voice": Wording("the speech engine '{engine}' has no voice '{voice}'", "{near}"),
    "unknown-language": Wording(
        "the speech engine '{engine}' has no voice for the language '{language}'",
        "`--voice` names another voice, `--engine` another engine",
    ),
    "voice-language": Wording(
        "the voice '{voice}' speaks {spoken}, not {language}", "`--language {other}`, or leave the voice out"
    ),
    "no-voices": Wording(
        "the speech engine '{engine}' has no voice yet",
        "`--voice` takes the path of a voice file, `--engine` another engine",
    ),
    "rate-out-of-range": Wording(
        "no voice speaks {rate} words a minute", "choose a rate from {low} to {high}"
    ),
    "engine-hangs": Wording(
        "the speech engine '{engine}' has not spoken '{text}' within {seconds} seconds",
        "`--fallback tones` puts tones in place of what is not spoken",
    ),
    "engine-crashed": Wording(
        "the speech engine '{engine}' crashed at '{text}' ({how})",
        "`--fallback tones` puts tones in place of what is not spoken",
    ),
    "speech-replaced": Wording(
        "there are tones in place of speech (phrases: {count}): {reason}", severity="warning"
    ),
    "speech-failed": Wording("the speech engine '{engine}' did not speak '{text}': {reason}"),
    "silent-text": Wording("the voice '{voice}' makes no sound for '{text}'", "write it in words"),
    "no-voice-file": Wording("there is no voice file {path}"),
    "no-voice-config": Wording(
        "the voice {path} needs the file {config} beside it", "a Piper voice is downloaded as these two files"
    ),
    "bad-voice-file": Wording("the voice {path} cannot be used: {reason}"),
    # audio
    "unwritable": Wording("cannot write {path}: {reason}", "choose another place"),
    "output-in-use": Wording(
        "cannot write {path}: another program has it open", "close it there, or choose another place"
    ),
    "no-such-folder": Wording("cannot write {path}: there is no folder {folder}", "make the folder first"),
    "not-a-folder": Wording("cannot write {path}: it is a file, not a folder", "choose another place"),
    "is-a-folder": Wording("cannot write {path}: it is a folder", "name a file in it"),
    "not-a-file": Wording("cannot write {path}: it is not an ordinary file", "choose another place"),
    "write-protected": Wording("cannot write {path}: it is write-protected", "choose another place"),
    "unknown-format": Wording("cannot write '{suffix}' files", "voiceguide writes {known}"),
    "bad-bitrate": Wording("there is no MP3 of {bitrate} kbit/s", "choose one of {known}"),
    "too-long-for-wav": Wording("{path} would be over 4 GB, more than a WAV file holds", "write .flac"),
    "no-ffmpeg": Wording(
        "{what} needs ffmpeg, and there is none",
        "`pip install voiceguide[ffmpeg]` brings one; .mp3 and .wav need none",
    ),
    "not-our-mp3": Wording("{path} is not an MP3 that voiceguide writes: it cannot be split"),
    "encoding-failed": Wording("ffmpeg could not write {path}: {reason}"),
    "unreadable-sound": Wording("cannot read the sound {path}: {reason}"),
    "unreadable-recording": Wording("cannot read the recording {path}: {reason}"),
    "unreadable-music": Wording("cannot read the music {path}: {reason}"),
    "no-music": Wording("there is no music in the folder {path}", "it takes files such as {known}"),
    "no-room-for-music": Wording(
        "cannot keep the decoded music in {path}: {reason}",
        "it takes 12 MB a minute, at most as long as the session",
    ),
    "speech-does-not-fit": Wording(
        "'{text}' at {time} does not fit its place in the timeline ({count} of {total} cues do not)",
        "compile the routine again for this voice and rate",
    ),
    # history
    "history-unread": Wording("cannot read the history {path}: {reason}", severity="warning"),
    "history-unwritten": Wording(
        "cannot write the history {path}: {reason}",
        "until it can be written, `voiceguide history` may lack a session",
        "warning",
    ),
    "history-garbled": Wording(
        "not understood in the history {path}: {count} of its lines",
        "they are left as they are, and what else is there is shown; a newer version may understand them",
        "warning",
    ),
    # doctor
    "trial-hung": Wording(
        "it has not answered within {seconds} seconds",
        "see that what it needs is not busy or stuck, then try again",
    ),
    "trial-crashed": Wording(
        "it crashed ({reason})", "`pip install --force-reinstall voiceguide` installs its parts again"
    ),
    "engine-broken": Wording(
        "the engine is broken: {reason}",
        "`pip install --force-reinstall voiceguide` installs its parts again",
    ),
    "encoder-broken": Wording(
        "nothing can be encoded ({reason})",
        "`pip install --force-reinstall lameenc` installs the encoder again",
    ),
    "extra-missing": Wording("{package} is not installed", "`pip install 'voiceguide[{extra}]'` brings it"),
    "media-keys-elsewhere": Wording("only on Linux", "the keys of the terminal do the same"),
    "no-session-bus": Wording(
        "there is no session bus", "a desktop session has one; the keys of the terminal do the same"
    ),
    "session-bus-silent": Wording(
        "the session bus cannot be used ({reason})", "the keys of the terminal do the same"
    ),
    "devices-closed": Wording(
        "{names} could not be opened", "a device that is in use, or not connected, takes no sound"
    ),
    "devices-untried": Wording(
        "{names} could not be tried in time",
        "`voiceguide play --output` takes one by its name; it may begin late",
    ),
    "microphone-closed": Wording(
        "no microphone could be opened ({reason})", "connect one, and let this program use it"
    ),
    "folder-unwritable": Wording(
        "{path} cannot be written ({reason})", "make it, or let yourself write there: {lost}"
    ),
    "folder-full": Wording("{path} takes no more ({reason})", "make room on its disk: {lost}"),
    "terminal-encoding": Wording(
        "its encoding is {encoding}, so that some characters are shown as codes",
        "set LANG to a locale in UTF-8, such as C.UTF-8",
    ),
    "terminal-narrow": Wording("{columns} columns are few", "widen it to {least} or more, or use --plain"),
    # the page for the phone
    "serve-extra": Wording(
        "the page for the phone needs starlette and uvicorn, which are not installed",
        "`pip install 'voiceguide[serve]'` brings them",
    ),
    "port-taken": Wording(
        "another program has port {port}",
        "`--port {other}` is free; or is `voiceguide serve` running already?",
    ),
    "port-refused": Wording(
        "port {port} cannot be had: {reason}", "take another one, such as `--port {other}`"
    ),
    "at-unreadable": Wording(
        "'{url}' is not an address of the web", "write it whole, such as https://desk.example.ts.net"
    ),
    "certificate-unusable": Wording(
        "the certificate {path} cannot be used: {reason}",
        "a certificate and its key are expected in PEM, as mkcert makes them (see docs/phone.md)",
    ),
    "key-alone": Wording("--key goes with --certificate"),
    "phone-worker-died": Wording(
        "the process that rendered it was killed", "try again; the next one is a new process"
    ),
    "request-broken": Wording("a request ended in a mistake of this program: {reason}"),
    "routine-name-not-utf-8": Wording("the name of the file {name} is not UTF-8", "rename the file"),
    "wish-replaced": Wording(
        "a newer wish took the place of this one", "what is being made now is what was asked for last"
    ),
    "too-many-waiting": Wording("as many sessions are waiting as may wait", "try again in a moment"),
    "routine-not-in": Wording("'{routine}' is not in the language '{language}'"),
    "choice-refused": Wording("'{name}': {reason}"),
    "wish-not-json": Wording("a wish is an object of JSON", 'write it like {{"routine": "evening"}}'),
    "wish-too-long": Wording("a wish has not so many bytes"),
    "wish-unknown": Wording("'{name}' is nothing that can be chosen"),
    "wish-value": Wording("'{name}' must be a short text or a whole number"),
    "wish-without-routine": Wording("a wish names a routine"),
    # player
    "no-device": Wording(
        "no sound device could be opened ({reason})",
        "`voiceguide render` makes a file for a phone; `--output` chooses another device",
    ),
    "unknown-device": Wording("there is no sound device '{name}' (there are: {known})", "{near}"),
    "listen-extra": Wording(
        "spoken commands need pocketsphinx, which is not installed",
        "`pip install 'voiceguide[listen]'` brings it",
    ),
    "no-microphone": Wording(
        "no microphone could be opened ({reason})",
        "connect one and let this program use it, or leave --listen out",
    ),
    "microphone-gone": Wording(
        "the microphone gives no sound any more: there are no spoken commands", severity="warning"
    ),
    "recogniser-gone": Wording(
        "the recogniser has ended ({reason}): there are no spoken commands", severity="warning"
    ),
    "media-keys-gone": Wording("media keys work no longer ({reason})", severity="warning"),
    "device-lost": Wording("there is no sound any more: {reason}"),
    "session-waits": Wording("the session waits: {reason}"),
    "device-silent": Wording("the sound device takes no sound"),
    "device-stopped": Wording("the sound device has stopped"),
    "device-changed": Wording("'{name}' is the default sound device now"),
    "device-back": Wording("the sound device '{name}' is back"),
}

PAGE_HINTS: dict[str, str] = {
    "fit-too-long": "allow more time, or let it talk less",
    "unknown-language": "choose another language",
    "voice-language": "choose another voice, or none",
    "engine-hangs": "try again, or choose another voice",
    "engine-crashed": "try again, or choose another voice",
    "engine-broken": "install voiceguide on the computer again",
    "encoder-broken": "install voiceguide on the computer again",
}
"""Hints on the page for the phone, where those above name options of the command line, by kind."""


def problem(kind: str, place: Place | None = None, /, **values: object) -> Problem:
    """The problem of this kind in words; raises KeyError for a kind or a field that the table does not know."""
    wording = WORDING[kind]
    values = {name: _shown(value) for name, value in values.items()}
    hint = wording.hint
    if hint is not None:
        try:
            hint = hint.format(**values)
        except KeyError:
            hint = None
    return Problem(kind, wording.message.format(**values), place, hint or None, wording.severity)


def _shown(value: object) -> object:
    """A value as messages give it: of a text at most its first thousand characters."""
    return f"{value[: _LONGEST - 1]}…" if isinstance(value, str) and len(value) > _LONGEST else value


def near(word: str, known: Iterable[str]) -> dict[str, str]:
    """The field `near` ("did you mean 'x'?") for `problem`, or nothing where no known word resembles it."""
    from difflib import get_close_matches  # noqa: PLC0415 (only a wrong name needs it)

    by_lower_case = {name.lower(): name for name in known}
    matches = get_close_matches(word.lower(), by_lower_case, n=1, cutoff=0.6)
    return {"near": f"did you mean '{by_lower_case[matches[0]]}'?"} if matches else {}
