"""The desk: claim, release, hand over, watch, remark, extra forms, clocks that run out."""

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from models.clock import StatutoryClock
from models.clock_rules import CLOCK_RULES
from models.document import CaseNote, FormEntry
from models.errors import Stale
from models.note import Watch
from models.task import Task
from models.types import ClockState, TaskState
from workflows import paying
from workflows.act import Act, Outcome, Scalar, told
from workflows.announcing import CLOCK as ANNOUNCEMENT
from workflows.announcing import announcement_over
from workflows.commands.base import plain
from workflows.commands.desk import (
    AddCaseNote,
    ClaimTask,
    FireClock,
    HandOverTask,
    RecordForm,
    ReleaseTask,
    RemindOfClock,
    UnwatchCase,
    WatchCase,
)
from workflows.enforcing import SUE, open_window, window_may_open
from workflows.projection import tell_assigned
from workflows.publishing import end_of_display
from workflows.reminders import remind


def _task(act: Act, c: ClaimTask | ReleaseTask | HandOverTask) -> Task:
    task = act.session.get_one(Task, c.task_id)
    if task.state != TaskState.OPEN or (c.rev is not None and c.rev != task.rev):
        raise Stale()
    return task


def claim_task(act: Act, c: ClaimTask) -> Outcome:
    """Take an offered task; whoever comes second is told so."""
    task = _task(act, c)
    if task.assignee_id is not None:
        raise Stale()
    task.assignee_id, task.claimed_at = act.actor.person_id, act.now
    task.why = {"zh": "您已认领", "en": "You took it"}
    task.rev += 1
    return Outcome(
        events=[
            told(
                "task:desk:claimed", f"认领“{task.title}”。", f"Took “{task.title_en}”.",
                important=False,
            )
        ]
    )  # fmt: skip


def release_task(act: Act, c: ReleaseTask) -> Outcome:
    """Give the task back to all who may take it."""
    task = _task(act, c)
    task.assignee_id = task.claimed_at = None
    task.why = {"zh": f"{act.actor.name}退回待认领", "en": f"{act.actor.name} gave it back"}
    task.rev += 1
    return Outcome(
        events=[
            told(
                "task:desk:released",
                f"退回“{task.title}”待认领。",
                f"Gave back “{task.title_en}”.",
                important=False,
            )
        ]
    )  # fmt: skip


def hand_over_task(act: Act, c: HandOverTask) -> Outcome:
    """Hand the task to a named colleague, who is told."""
    task, person = _task(act, c), act.person(c.to)
    task.assignee_id, task.claimed_at = person.id, act.now
    task.from_person_id = act.actor.id
    task.why = {
        "zh": f"{act.actor.name}转交：{c.reason}",
        "en": f"Handed over by {act.actor.name}: {c.reason}",
    }
    task.rev += 1
    tell_assigned(act, task, returned=False)
    return Outcome(
        events=[
            told(
                "task:desk:handed_over",
                f"将“{task.title}”转交{person.name}：{c.reason}",
                f"Handed “{task.title_en}” over to {person.name_en}: {c.reason}",
            )
        ]
    )


def watch_case(act: Act, c: WatchCase) -> Outcome:
    """Follow the case; following twice is following once."""
    act.session.execute(
        insert(Watch)
        .values(person_id=act.actor.person_id, case_id=c.case_id, since=act.now)
        .on_conflict_do_nothing()
    )
    return Outcome(
        events=[told("case:watch:started", "关注案件。", "Follows the case.", important=False)]
    )


def unwatch_case(act: Act, c: UnwatchCase) -> Outcome:
    """Stop following."""
    act.session.execute(
        delete(Watch).where(Watch.person_id == act.actor.person_id, Watch.case_id == c.case_id)
    )
    return Outcome(
        events=[told("case:watch:ended", "取消关注。", "No longer follows.", important=False)]
    )


def add_case_note(act: Act, c: AddCaseNote) -> Outcome:
    """A remark for colleagues."""
    act.session.add(CaseNote(**act.stamp(), text=c.text, person_id=act.actor.person_id))
    return Outcome(
        events=[told("case:note:added", f"备注：{c.text}", f"Note: {c.text}", important=False)]
    )


def record_form(act: Act, c: RecordForm) -> Outcome:
    """Store an extra form. Choices and yes/no route as `extra.<form>.<field>`; no other."""
    task, pack = act.task, act.pack
    assert task is not None
    assert pack is not None
    binding = pack.manifest.tasks[task.element]
    form = binding.form or task.element
    act.session.add(
        FormEntry(
            **act.stamp(),
            form=form,
            element=task.element,
            data=plain(c.data),
            person_id=act.actor.person_id,
        )
    )
    return Outcome(
        events=[
            told("case:form:recorded", f"登记“{task.title}”。", f"Recorded “{task.title_en}”.")
        ],
        routing=_routes(form, c.data),
    )


def _routes(form: str, data: dict[str, object]) -> dict[str, Scalar]:
    return {
        f"extra.{form}.{name}": value
        for name, value in data.items()
        if isinstance(value, bool | int) or (isinstance(value, str) and len(value) <= 64)
    }


def fire_clock(act: Act, c: FireClock) -> Outcome:
    """A clock has run out: it is marked, its holders are told, a process that waits goes on."""
    row = next((r for r in act.clocks.rows if r.id == c.clock_id), None)
    if row is None or row.state != ClockState.RUNNING or row.due_at > act.now:
        raise Stale()
    mails = remind(act, row, amber=False)
    act.clocks.expire(row)
    rule = CLOCK_RULES[row.code]
    notice = act.record.notice
    if row.code == "CLK_STATE" and notice is not None and notice.served_at is not None:
        notice.period_over_at = row.due_at
    if row.code == "CLK_HEARING_REQ" and notice is not None and notice.served_at is not None:
        notice.hearing_over_at = row.due_at
    act.fired = row.code
    events, opens = paying.run_out(act) if row.code == paying.PAY else ([], [])
    ended = _ended(act, row)
    if row.code == SUE and window_may_open(act):
        open_window(act, row.outer_day)
    over = told(
        "clock:period:expired",
        f"{rule.name.zh}届满（{row.outer_day.isoformat()}）。",
        f"{rule.name.en} over ({row.outer_day.isoformat()}).",
        code=row.code,
    )
    return Outcome(
        events=[over, *events, *ended.events],
        documents=ended.documents,
        jobs=mails,
        opens=opens,
    )


def _ended(act: Act, row: StatutoryClock) -> Outcome:
    """What is done of itself at the end of a display period, or of an announcement."""
    if row.code == "CLK_DISPLAY":
        return end_of_display(act)
    return announcement_over(act, row) if row.code == ANNOUNCEMENT else Outcome()


def remind_of_clock(act: Act, c: RemindOfClock) -> Outcome:
    """A clock has turned amber: its holders are told, once."""
    row = next((r for r in act.clocks.rows if r.id == c.clock_id), None)
    running = row is not None and row.state == ClockState.RUNNING
    if row is None or not running or row.amber_told_at or row.amber_at > act.now:
        raise Stale()
    mails = remind(act, row, amber=True)
    rule = CLOCK_RULES[row.code]
    return Outcome(
        events=[
            told(
                "clock:period:amber",
                f"{rule.name.zh}将满，已提醒{len(mails)}人。",
                f"{rule.name.en} nearly over; {len(mails)} people told.",
                important=False,
                code=row.code,
            )
        ],
        jobs=mails,
    )
