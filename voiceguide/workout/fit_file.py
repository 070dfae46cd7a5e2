"""A workout as a FIT file, the format that Garmin's and other makers' watches take (developer.garmin.com/fit)."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from voiceguide.errors import RequestError
from voiceguide.wording import problem
from voiceguide.workout.repeats import Repeat
from voiceguide.workout.texts import DESCRIPTION_BYTES, NAME_BYTES, cut

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from voiceguide.workout.repeats import WorkoutStep
    from voiceguide.workout.steps import Step

MOST_STEPS = 50
"""Steps that Garmin's watches and Garmin Connect take in one workout, repeats among them."""
# What tells that a file of the manufacturer "development" is of this program.
_PRODUCT = int.from_bytes(b"vg")
# The header's length; then the definition of the first message with its five fields, and the message but for its time.
_HEADER, _IDENTITY = 14, 31
IDENTITY_BYTES = _HEADER + _IDENTITY
"""How much of a file tells which workout it is."""
# Serial numbers go from 1 on: the type has no zero, and its highest value means none.
_SERIALS = 0xFFFF_FFFE
_FILE, _WORKOUT, _STEP, _TITLE = range(4)


def workout_bytes(
    name: str, title: str, summary: str, workout: Sequence[WorkoutStep], created: datetime
) -> bytes:
    """The FIT file of a workout: the same bytes for the same values. `created` knows its offset from UTC.

    `name` is what its routine is called for good: a watch takes another file of that name for the same workout.

    Its sport is strength training, in which watches are known to count reps and to take names of one's own. There they
    show the title of an exercise and not the name of the step, so each has one, under the unknown category. Raises
    RequestError without fit-tool.
    """
    try:
        from fit_tool.fit_file import FitFile  # noqa: PLC0415 (an extra, and slow to import)
        from fit_tool.fit_file_builder import FitFileBuilder  # noqa: PLC0415 (as above)
        from fit_tool.fit_file_header import FitFileHeader, ProtocolVersion  # noqa: PLC0415 (as above)
    except ImportError as error:
        raise RequestError(problem("fit-extra")) from error
    titles: dict[str, int] = {}
    messages = [_step(number, step, titles) for number, step in enumerate(workout)]
    builder = FitFileBuilder()
    builder.add(_file_id(zlib.crc32(name.encode(errors="surrogatepass")) % _SERIALS + 1, created))
    builder.add(_workout(title, summary, len(workout)))
    builder.add_all(messages)
    builder.add_all([_title(number, name) for name, number in titles.items()])
    size = sum(record.size for record in builder.records)
    # Nothing here needs more than the first version of the protocol, which every device reads.
    header = FitFileHeader(size, protocol_version=ProtocolVersion(1, 0), gen_crc=True)
    content: bytes = FitFile(header, builder.records).to_bytes()
    return content


def identity(content: bytes) -> bytes:
    """Which workout a FIT file of this program is, by its first bytes: alike for one name, whatever else is in it."""
    return content[_HEADER:IDENTITY_BYTES]


def _file_id(serial: int, created: datetime) -> Any:
    from fit_tool.profile.messages.file_id_message import FileIdMessage  # noqa: PLC0415 (as above)
    from fit_tool.profile.profile_type import FileType, Manufacturer  # noqa: PLC0415 (as above)

    message = FileIdMessage(local_id=_FILE)
    message.type = FileType.WORKOUT
    message.manufacturer = Manufacturer.DEVELOPMENT.value
    message.product = _PRODUCT
    # A watch tells its workouts apart by these numbers.
    message.serial_number = serial
    message.time_created = int(created.timestamp()) * 1_000
    return message


def _workout(title: str, summary: str, count: int) -> Any:
    from fit_tool.profile.messages.workout_message import WorkoutMessage  # noqa: PLC0415 (as above)
    from fit_tool.profile.profile_type import Sport, SubSport  # noqa: PLC0415 (as above)

    message = WorkoutMessage(local_id=_WORKOUT)
    message.sport = Sport.TRAINING
    message.sub_sport = SubSport.STRENGTH_TRAINING
    message.num_valid_steps = count
    message.workout_name = cut(title, NAME_BYTES)
    if summary:
        message.workout_description = cut(summary, DESCRIPTION_BYTES)
    return message


def _step(number: int, step: WorkoutStep, titles: dict[str, int]) -> Any:
    from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage  # noqa: PLC0415 (as above)
    from fit_tool.profile.profile_type import WorkoutStepDuration, WorkoutStepTarget  # noqa: PLC0415 (as above)

    message = WorkoutStepMessage(local_id=_STEP)
    message.message_index = number
    message.target_type = WorkoutStepTarget.OPEN
    if isinstance(step, Repeat):
        message.duration_type = WorkoutStepDuration.REPEAT_UNTIL_STEPS_CMPLT
        message.duration_value = step.first
        message.target_value = step.times
        return message
    message.workout_step_name = step.name
    if step.reps is not None:
        message.duration_type = WorkoutStepDuration.REPS
        message.duration_value = step.reps
    elif step.ms is not None:
        message.duration_type = WorkoutStepDuration.TIME
        message.duration_time = step.ms / 1_000
    else:
        message.duration_type = WorkoutStepDuration.OPEN
        message.duration_value = 0
    message.target_value = 0
    if step.notes:
        message.notes = step.notes
    _set_intensity(message, step, titles)
    return message


def _set_intensity(message: Any, step: Step, titles: dict[str, int]) -> None:
    from fit_tool.profile.profile_type import ExerciseCategory, Intensity  # noqa: PLC0415 (as above)

    if step.kind != "work":
        message.intensity = Intensity.REST
        return
    message.intensity = Intensity.ACTIVE
    message.exercise_category = ExerciseCategory.UNKNOWN.value
    # Numbers from 0 on: watches refuse a file with high ones.
    message.exercise_name = titles.setdefault(step.name, len(titles))


def _title(number: int, name: str) -> Any:
    from fit_tool.profile.messages.exercise_title_message import ExerciseTitleMessage  # noqa: PLC0415 (as above)
    from fit_tool.profile.profile_type import ExerciseCategory  # noqa: PLC0415 (as above)

    message = ExerciseTitleMessage(local_id=_TITLE)
    message.message_index = number
    message.exercise_category = ExerciseCategory.UNKNOWN.value
    message.exercise_name = number
    message.workout_step_name = name
    return message
