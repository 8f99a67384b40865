"""Guards of the side processes that move a case's time or its people: more time, standing still,
ending for good, stepping back."""

from workflows.guards import dates, extension, leaders, recusal, stage, suspension
from workflows.guards.law import Guard

RUNS = stage.case_still_runs
WHY = stage.return_says_why
TOGETHER = (
    leaders.leaders_met,
    leaders.majority_agrees,
    dates.not_in_future("held_at"),
)

PAUSES: dict[str, tuple[Guard, ...]] = {
    "RequestExtension": (
        RUNS,
        extension.extension_is_asked_in_time,
        extension.days_are_asked_for,
    ),
    "ReviewExtension": (RUNS, WHY, extension.extension_is_asked_for),
    "ApproveExtension": (
        RUNS,
        leaders.refusal_says_why,
        extension.extension_is_asked_for,
        extension.head_extends_once,
    ),
    "DiscussExtension": (
        RUNS,
        extension.extension_is_asked_for,
        extension.leaders_fix_the_days,
        *TOGETHER,
    ),
    "RequestSuspension": (RUNS, suspension.suspension_is_reasoned),
    "ReviewSuspension": (RUNS, WHY),
    "ApproveSuspension": (RUNS, leaders.refusal_says_why),
    "RequestResumption": (
        RUNS,
        suspension.case_stands_still,
        suspension.resumption_is_reasoned,
    ),
    "ApproveResumption": (RUNS, WHY, suspension.case_stands_still),
    "RequestTermination": (RUNS, suspension.nobody_is_left),
    "ReviewTermination": (RUNS, WHY),
    "ApproveTermination": (RUNS, leaders.refusal_says_why, suspension.nothing_was_decided),
    "RequestRecusal": (
        RUNS,
        recusal.recusal_names_its_ground,
        dates.not_in_future("asked_at"),
    ),
    "AnswerRecusal": (
        RUNS,
        recusal.answer_is_the_leaders_to_give,
        recusal.replacement_comes_first,
    ),
    "DiscussRecusal": (
        RUNS,
        recusal.head_does_not_vote,
        recusal.replacement_comes_first,
        *TOGETHER,
    ),
}
