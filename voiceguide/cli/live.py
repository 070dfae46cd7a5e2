"""Playing for a listener: the sound, the commands, what is shown, and the history, around one session after the other."""

from __future__ import annotations

import sys
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import click

from voiceguide.cli.clock import now
from voiceguide.cli.diary import Diary
from voiceguide.cli.growing import GrowingScore
from voiceguide.cli.mixing import open_mixing
from voiceguide.cli.problems import printable, show_problems
from voiceguide.cli.sessions import prepare
from voiceguide.cli.starting import beginning, resumed_at, start_from
from voiceguide.errors import RequestError
from voiceguide.files import routine_path
from voiceguide.history import History
from voiceguide.player.commands import AllCommands, NoCommands
from voiceguide.player.commands.keys import terminal_keys
from voiceguide.player.outputs import open_output
from voiceguide.player.remarks import Guide
from voiceguide.player.score import FixedScore
from voiceguide.player.screen.several import Views
from voiceguide.player.screen.views import open_view
from voiceguide.player.session import Conductor
from voiceguide.practice import Entry, resumable
from voiceguide.summary import clock
from voiceguide.timeline import Speech
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from voiceguide.cli.programmes import Task
    from voiceguide.cli.sessions import Prepared
    from voiceguide.files import Folders
    from voiceguide.player.commands import Commands
    from voiceguide.player.screen.view import View
    from voiceguide.player.session import Outcome


class Listener:
    """Whoever the command plays for, with its options; a `capture` is for a file, and of nobody's history."""

    def __init__(self, context: click.Context, folders: Folders, *, capture: bool) -> None:
        self._context = context
        self._options = context.params
        self._folders = folders
        self._capture = capture
        self._history = History(folders.data)
        self._resumed: Entry | None = None
        self._ended: Outcome | None = None
        if self._options["resume"] and self._options["begin_at"] is not None:
            raise RequestError(problem("options-exclude", one="--resume", other="--from"))

    def left_of(self, todo: tuple[Task, ...]) -> tuple[Task, ...]:
        """What is to be played of the tasks: all, or with `--resume` from the one on that was broken off.

        Raises RequestError `nothing-to-resume`.
        """
        if not self._options["resume"]:
            return todo
        for index, task in enumerate(todo):
            if entry := self._broken_off(task):
                self._resumed = entry
                return todo[index:]
        if not todo:
            return ()
        names = ", ".join(self._path(task).stem for task in todo)
        raise RequestError(problem("nothing-to-resume", routine=names))

    def play(self, task: Task) -> Outcome:
        """Play one session to its end or until it is stopped, and tell how it ended."""
        resumed, self._resumed = self._resumed, None
        if resumed is None and not self._capture and self._options["begin_at"] is None:
            self._offer(task)
        self._ended = None
        try:
            with ExitStack() as stack:
                session = stack.enter_context(self._prepared(task, resumed))
                conductor = self._conductor(stack, task, session, resumed)
                try:
                    outcome = conductor.run(open_output(self._options["output"]))
                finally:
                    self._ended = conductor.outcome()
        except BaseException:
            # After Ctrl-C too, where there still is a terminal to tell it to.
            if self._ended is not None and self._ended.played_ms:
                with suppress(OSError):
                    self._tell(self._ended)
            raise
        self._tell(outcome)
        return outcome

    def _prepared(self, task: Task, resumed: Entry | None) -> AbstractContextManager[Prepared]:
        # Where it starts is only certain when all of it is.
        grow = not self._capture and resumed is None and self._options["begin_at"] is None
        dose = task.dose if resumed is None or resumed.dose is None else resumed.dose
        return prepare(self._context, task.name, self._folders, dose=dose, live=not self._capture, grow=grow)

    def _conductor(self, stack: ExitStack, task: Task, session: Prepared, resumed: Entry | None) -> Conductor:
        """The session with everything around it, which ends with the stack."""
        # Empty until the session is on it: commands and diary come first.
        stage: list[Conductor] = []

        def speaking() -> bool:
            return bool(stage) and stage[0].speaking()

        def so_far() -> Outcome:
            return stage[0].outcome()

        mix = stack.enter_context(open_mixing(session, self._folders))
        growth = session.growth
        keys = stack.enter_context(terminal_keys())
        views = [self._open_view(stack, keys)]
        commands = self._commands(stack, keys, views, speaking)
        if not self._capture:
            diary = Diary(self._history, self._entry(task, session, now(self._context)), so_far)
            views.append(diary)
            stack.callback(diary.close)
        stage.append(
            Conductor(
                FixedScore(session.timeline, mix) if growth is None else GrowingScore(growth, mix),
                commands,
                Views(views),
                Guide(session.timeline.language, lambda text: session.clips(Speech(text))),
                start_ms=self._start_ms(session, resumed),
                start_in_ms=self._options["start_in"] or 0,
            )
        )
        return stage[0]

    def _open_view(self, stack: ExitStack, keys: Commands) -> View:
        options = self._options
        return stack.enter_context(
            open_view(
                sys.stdout,
                plain=options["plain"],
                big=options["big"],
                keys=not isinstance(keys, NoCommands),
            )
        )

    def _commands(
        self, stack: ExitStack, keys: Commands, views: list[View], speaking: Callable[[], bool]
    ) -> Commands:
        """Everything that can command; what has to know where the session is joins the views."""
        sources: list[Commands] = [] if isinstance(keys, NoCommands) else [keys]
        tell = views[0].tell
        if self._options["media_keys"] and not self._capture:
            from voiceguide.player.commands.mpris import media_keys  # noqa: PLC0415 (a capture has none)

            buttons = stack.enter_context(media_keys(tell))
            if buttons is not None:
                sources.append(buttons)
                views.append(buttons)
        if self._options["listen"] and not self._capture:
            from voiceguide.player.listen import listening  # noqa: PLC0415 (an extra)

            sources.append(stack.enter_context(listening(speaking, tell)))
        return AllCommands(sources) if sources else NoCommands()

    def _start_ms(self, session: Prepared, resumed: Entry | None) -> int:
        if resumed is not None:
            return resumed_at(resumed, session.timeline)
        if self._options["begin_at"] is not None:
            return start_from(self._options["begin_at"], session)
        return 0 if self._capture else beginning(session.timeline)

    def _entry(self, task: Task, session: Prepared, began: datetime) -> Entry:
        return Entry(
            began=began,
            routine=session.name,
            title=session.timeline.title,
            dose=session.planned.dose if session.planned else None,
            file=str(self._path(task)),
            programme=task.course.name if task.course else None,
            day=task.day.number if task.day else None,
        )

    def _broken_off(self, task: Task) -> Entry | None:
        """The task's last session where it can be gone on with."""
        path = self._path(task)
        last = self._history.last(path.stem)
        same = last is not None and last.file in (None, str(path))
        return last if same and resumable(last, now(self._context)) else None

    def _offer(self, task: Task) -> None:
        entry = self._broken_off(task)
        if entry is not None and entry.stopped_at_ms is not None:
            where = f" in {entry.stopped_in}" if entry.stopped_in else ""
            when = clock(entry.stopped_at_ms)
            told = f"{entry.routine} was broken off at {when}{where}: --resume goes on from there"
            click.echo(printable(told), err=True)

    def _path(self, task: Task) -> Path:
        return routine_path(task.name, self._folders).resolve()

    def _tell(self, outcome: Outcome) -> None:
        done = f"{outcome.done} of {outcome.exercises} exercises done"
        if outcome.finished:
            click.echo(f"Finished: {clock(outcome.position_ms)}, {done}")
        else:
            where = f" in {printable(outcome.chapter)}" if outcome.chapter else ""
            click.echo(f"Stopped at {clock(outcome.position_ms)}{where}, {done}")
        if self._history.trouble is not None:
            show_problems([self._history.trouble])
