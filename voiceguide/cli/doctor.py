"""`voiceguide doctor`: what works on this machine, and what to do about the rest."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import time
from contextlib import ExitStack, closing
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from voiceguide import __version__
from voiceguide.cli.options import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.cli.apart import Outcome
    from voiceguide.cli.findings import Finding

WITHIN_S = 9.0
"""What has not answered by then, all of it at once, is said not to."""

_FAILED = "Play or render does not work here: see the lines that begin with FAIL."
_TRIALS = "voiceguide.cli.trials"
_NARROW = 40
_INDENT = 6


class Trial(NamedTuple):
    """A function of a module that yields findings, and what is said of which `thing` where it does not end."""

    thing: str
    module: str
    function: str
    arguments: tuple[str, ...] = ()
    needed: bool = False
    rest: str | None = None
    """What is still to be found when the needed thing has been: no failure where that does not end."""


@click.command("doctor", short_help="Tell what works on this machine.", epilog=examples("voiceguide doctor"))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def command(context: click.Context, /, *, as_json: bool) -> None:
    """Try the sound devices, the speech engines, the encoders and the extras, and tell what to do about what fails.

    A line begins with OK, with FAIL where play and render need the thing, or with "no" where they do without. The exit
    code is 1 where there is a FAIL.
    """
    from voiceguide.cli.table import print_paragraph  # noqa: PLC0415 (only this command needs it)

    about = {
        "version": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    if not as_json:
        print_paragraph("voiceguide {version}, Python {python}, {system}".format(**about))
        click.echo()
    findings = []
    for finding in _findings():
        findings.append(finding)
        if not as_json:
            _print(finding)
    works = all(finding.works for finding in findings if finding.needed)
    if as_json:
        data: dict[str, Any] = {**about, "works": works, "findings": list(map(asdict, findings))}
        from voiceguide.cli.problems import json_text  # noqa: PLC0415 (people need no JSON)

        click.echo(json_text(data))
    else:
        click.echo()
        print_paragraph("Play and render work here." if works else _FAILED)
    if not works:
        context.exit(1)


def _trials() -> list[Trial]:
    """Everything that is tried, in the order in which it is told."""
    from voiceguide.speech.engines import DEFAULT_ENGINE, engine_names  # noqa: PLC0415 (as above)

    engines = sorted(engine_names(), key=lambda name: name != DEFAULT_ENGINE)
    return [
        Trial(
            "sound device",
            "voiceguide.cli.trial_sound",
            "devices",
            _configured_output(),
            needed=True,
            rest="other sound devices",
        ),
        *(
            Trial(f"speech engine {name}", _TRIALS, "engine", (name,), needed=name == DEFAULT_ENGINE)
            for name in engines
        ),
        Trial(".mp3 and .wav files", _TRIALS, "mp3", needed=True),
        Trial("files by ffmpeg", _TRIALS, "ffmpeg"),
        Trial("media keys", _TRIALS, "media_keys"),
        Trial("spoken commands", "voiceguide.cli.trial_sound", "microphone"),
        Trial("page for the phone", "voiceguide.cli.serving.trial", "phone"),
        Trial("workouts for a watch", _TRIALS, "workouts"),
        Trial("folders", _TRIALS, "folders"),
    ]


def _configured_output() -> tuple[str, ...]:
    """The output that the configuration has `play` take, if it sets one."""
    from voiceguide.cli.configuration import configured  # noqa: PLC0415 (as above)

    node = configured().options.get("play", {}).get("output")
    return () if node is None else (node.text,)


def _findings() -> Iterator[Finding]:
    """What the trials find; they run at the same time."""
    from voiceguide.cli.apart import Apart  # noqa: PLC0415 (as above)

    until = time.monotonic() + WITHIN_S
    with ExitStack() as stack:
        under_way = [
            (trial, stack.enter_context(closing(Apart(trial.module, trial.function, *trial.arguments))))
            for trial in _trials()
        ]
        for trial, apart in under_way:
            yield from _found(trial, apart.outcome(until - time.monotonic()))
    yield _terminal()


def _found(trial: Trial, outcome: Outcome) -> Iterator[Finding]:
    """What a trial has found, and that it hung or crashed."""
    from voiceguide.cli.findings import Finding, wrong  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    found = [Finding(**values) for values in outcome.found]
    yield from found
    thing, needed = trial.thing, trial.needed
    if trial.rest is not None and any(finding.needed for finding in found):
        thing, needed = trial.rest, False
    if outcome.ended == "hung":
        yield wrong(thing, problem("trial-hung", seconds=round(WITHIN_S)), needed=needed)
    elif outcome.ended == "crashed":
        yield wrong(thing, problem("trial-crashed", reason=outcome.said), needed=needed)


def _terminal() -> Finding:
    """What can be shown where the output goes."""
    from voiceguide.cli.findings import Finding, wrong  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    encoding = sys.stdout.encoding or "ascii"
    if not sys.stdout.isatty():
        return Finding("terminal", works=True, told="none: the output goes to a file or to a program")
    width = shutil.get_terminal_size().columns
    details = {"encoding": encoding, "columns": width, "colours": _colours()}
    if not _writes_all(encoding):
        found = wrong("terminal", problem("terminal-encoding", encoding=encoding))
    elif width < _NARROW:
        found = wrong("terminal", problem("terminal-narrow", columns=width, least=_NARROW))
    else:
        told = f"{encoding.upper()}, {width} columns, {'colours' if _colours() else 'no colours'}"
        found = Finding("terminal", works=True, told=told)
    return replace(found, details=details)


def _writes_all(encoding: str) -> bool:
    """Whether the encoding has what the commands draw and write."""
    try:
        "█×’éß".encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _colours() -> bool:
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") not in ("dumb", "unknown")


def _print(finding: Finding) -> None:
    from voiceguide.cli.table import print_paragraph  # noqa: PLC0415 (as above)

    mark = "OK" if finding.works else "FAIL" if finding.needed else "no"
    print_paragraph(f"{finding.thing}: {finding.told}", mark.ljust(_INDENT))
    if finding.advice:
        print_paragraph(finding.advice, " " * _INDENT)
