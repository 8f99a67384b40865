"""Which guards the commands of the desk meet: claiming, handing over, notes; a part of
`guards.table`."""

from workflows.guards import desk, stage
from workflows.guards.law import Guard

RUNS = stage.case_still_runs

DESK: dict[str, tuple[Guard, ...]] = {
    "ClaimTask": (RUNS, desk.task_is_open, desk.task_is_offered_to_me),
    "ReleaseTask": (RUNS, desk.task_is_open, desk.task_is_mine),
    "HandOverTask": (
        RUNS,
        desk.task_is_open,
        desk.task_is_mine,
        desk.receiver_may_take_it,
        desk.handing_over_is_reasoned,
    ),
    "WatchCase": (),
    "UnwatchCase": (),
    "AddCaseNote": (desk.note_is_readable,),
    "RecordForm": (RUNS,),
    "FireClock": (),
    "RemindOfClock": (),
}
