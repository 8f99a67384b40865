"""What follows from an outcome is worked down: credit, goods, acting anew, lesson (后续事项)."""

from models.follow_up import Lesson
from models.types import Flag
from workflows.act import Act, Outcome, told
from workflows.commands.follow_up import (
    DecideAnew,
    FinishRemedy,
    OpenFollowUp,
    RecordFollowUp,
    RecordLesson,
)
from workflows.documents.wording import day as worded
from workflows.remedying import (
    add_follow_up,
    find_case,
    follow_ups,
    last_outcome,
    noon,
    settle,
    settle_what_others_did,
)

KINDS = ("credit", "goods", "perform", "redo", "lesson")
"""What the side process has a step for; the rest is carried out by side processes of its own."""
KIND_OF = {"correct_credit": "credit", "return_goods": "goods", "perform_ruling": "perform"}


def plan_follow_up(act: Act) -> Outcome:
    """Which steps the outcome calls for (an operation of the diagram)."""
    wanted = {row.kind for row in follow_ups(act) if row.done_on is None}
    return Outcome(routing={kind: "yes" if kind in wanted else "no" for kind in KINDS})


def open_follow_up(act: Act, c: OpenFollowUp) -> Outcome:
    """More follows from the last outcome than the table named."""
    cause = last_outcome(act)
    assert cause is not None
    due = act.clocks.start("CLK_FOLLOW_UP", act.now).outer_day
    for kind in c.kinds:
        add_follow_up(act, cause, kind, OWNERS[kind], c.reason, act.today, due)
    act.case.flag(Flag.REMEDY_DUE)
    act.session.flush()
    text = (f"补充后续事项：{c.reason}", f"More has to be done: {c.reason}")
    return Outcome(events=[told("case:remedy:effect", *text)])


OWNERS = {
    "credit": "publisher",
    "goods": "handler",
    "perform": "handler",
    "redo": "reviewer",
    "lesson": "reviewer",
}


def record_follow_up(act: Act, c: RecordFollowUp) -> Outcome:
    """One consequence is done."""
    assert act.task is not None
    row = settle(act, KIND_OF[act.task.element], c.done_on, c.result)
    title = act.task.title
    text = (f"{title}：{worded(c.done_on)}完成。", f"{act.task.title_en}: done on {c.done_on}.")
    kind = row.kind if row else "none"
    return Outcome(events=[told(f"case:follow_up:{kind}", *text)])


def decide_anew(act: Act, c: DecideAnew) -> Outcome:
    """Whether the agency acts anew: by a new case with its own number, notice first (ARL 64)."""
    if c.again == "no":
        settle(act, "redo", act.today, f"不再作出行政行为：{c.reason}")
        text = (
            f"决定不再重新作出行政行为：{c.reason}",
            f"The agency does not act anew: {c.reason}",
        )
    else:
        text = (
            f"决定重新作出行政行为，另立新案并重新告知：{c.reason}",
            "The agency acts anew: in a new case, with a new notice first.",
        )
    return Outcome(events=[told("case:follow_up:redo", *text, same_facts=c.same_facts)])


def record_lesson(act: Act, c: RecordLesson) -> Outcome:
    """Keep the lesson where everybody finds it."""
    row = settle(act, "lesson", act.today, c.title)
    assert row is not None
    act.session.add(
        Lesson(
            **act.stamp(),
            follow_up_id=row.id,
            title=c.title,
            failure=c.failure,
            lesson=c.lesson,
            measures=c.measures,
            keywords=(c.keywords or "").replace("，", " ").replace("、", " ").split(),
        )
    )
    text = (f"案件复盘：{c.title}", f"Lesson recorded: {c.title}")
    return Outcome(events=[told("case:lesson:recorded", *text)])


def finish_remedy(act: Act, c: FinishRemedy) -> Outcome:
    """All is done; the case no longer carries the mark."""
    settle_what_others_did(act)
    if c.new_case_no:
        new = find_case(act, c.new_case_no)
        settle(act, "redo", act.today, f"已另立新案{c.new_case_no}。", new_case_id=new and new.id)
    act.case.unflag(Flag.REMEDY_DUE)
    act.clocks.meet("CLK_FOLLOW_UP", act.now)
    act.clocks.meet("CLK_REDO", noon(act.today))
    text = (f"救济后续事项全部落实：{c.summary}", f"Everything that follows is done: {c.summary}")
    return Outcome(events=[told("case:remedy:finished", *text)])
