"""The clips of a session, whatever they are made from: speech in its language, cue sounds, recordings."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.cli.placing import placed
from voiceguide.cli.progress import progress
from voiceguide.errors import RequestError, VoiceguideError
from voiceguide.timeline import Recording, Sound, Source, Speech
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from voiceguide.audio.clip import Clip
    from voiceguide.errors import Place
    from voiceguide.files import DiskLibrary
    from voiceguide.speech.voices import Voices


class SessionClips:
    """Gives the clip of a source; cue sounds and recordings are read once.

    `find` gives the path of the file that a recording's path means. `places` are where recordings are asked for.
    """

    def __init__(
        self,
        voices: Voices,
        library: DiskLibrary,
        find: Callable[[str], str] = lambda path: path,
        places: Mapping[Recording, Place] | None = None,
    ) -> None:
        self.voices = voices
        self._library = library
        self._find = find
        self._places = places or {}
        self._read: dict[Source, Clip] = {}

    def __call__(self, source: Source) -> Clip:
        """The clip of a source.

        Raises RequestError for a sound there is no file for, SpeechError, OutputError, and what `find` raises.
        """
        if isinstance(source, Speech):
            return self.voices.speaker(source.language).clip(source.text)
        if source not in self._read:
            self._read[source] = self._sound(source) if isinstance(source, Sound) else self._recording(source)
        return self._read[source]

    def lengths(self, sources: Iterable[Source], *, quiet: bool = False) -> dict[Source, int]:
        """The length of each source in ms; shows a progress bar where speaking takes long, unless `quiet`.

        Raises as calling does, with the problems of all sounds and recordings at once.
        """
        distinct = tuple(dict.fromkeys(sources))
        lengths = self._read_lengths(distinct)
        texts: dict[str | None, list[str]] = {}
        for source in distinct:
            if isinstance(source, Speech):
                texts.setdefault(source.language, []).append(source.text)
        total, done = sum(map(len, texts.values())), 0
        with nullcontext(_untold) if quiet else progress("Speaking") as advance:
            for language, said in texts.items():

                def one_more(number: int, _of: int, before: int = done) -> None:
                    advance(before + number, total)

                measured = self.voices.speaker(language).lengths(said, one_more)
                lengths |= {Speech(text, language): ms for text, ms in measured.items()}
                done += len(said)
        return lengths

    def known_lengths(self, sources: Iterable[Source]) -> dict[Source, int]:
        """The lengths in ms of those that need not be spoken first; raises as `lengths`."""
        distinct = tuple(dict.fromkeys(sources))
        lengths = self._read_lengths(distinct)
        for source in distinct:
            if isinstance(source, Speech):
                known = self.voices.speaker(source.language).known_length(source.text)
                if known is not None:
                    lengths[source] = known
        return lengths

    def interrupt(self) -> None:
        """Let whoever waits for speech have a SpeechError now."""
        self.voices.main.interrupt()

    def _read_lengths(self, sources: tuple[Source, ...]) -> dict[Source, int]:
        """The lengths of what is read from files."""
        from voiceguide.audio.clip import length_ms  # noqa: PLC0415 (numpy is slow to import)

        lengths: dict[Source, int] = {}
        failures: list[VoiceguideError] = []
        for source in sources:
            if not isinstance(source, Speech):
                try:
                    lengths[source] = length_ms(self(source))
                except VoiceguideError as error:
                    failures.append(error)
        if failures:
            problems = dict.fromkeys(found for error in failures for found in error.problems)
            raise type(failures[0])(*problems) from failures[0]
        return lengths

    def _sound(self, source: Sound) -> Clip:
        from voiceguide.audio.sounds import load_sound  # noqa: PLC0415 (numpy is slow to import)

        files = self._library.sound_files
        if source.name not in files:
            hint = near(source.name, files)
            raise RequestError(problem("name-unknown", what="sound", name=source.name, **hint))
        return load_sound(files[source.name], self.voices.cache)

    def _recording(self, source: Recording) -> Clip:
        from voiceguide.audio.recordings import load_recording  # noqa: PLC0415 (pydub is slow to import)

        with placed(self._places.get(source)):
            return load_recording(Path(self._find(source.path)))


def _untold(_done: int, _total: int) -> None:
    pass
