"""Y01-Y03: more time to decide, asked for in time, granted by whom the rule names (MSA 64)."""

from collections.abc import Iterator, Sequence

from models.errors import Text, Violation
from models.extension import Extension
from workflows.act import Act
from workflows.commands.extension import ApproveExtension, DiscussExtension, RequestExtension
from workflows.guards.law import against, needed

CLOCK = "CLK_CASE"


def granted(act: Act) -> Sequence[Extension]:
    """Extensions that were granted in the case."""
    return [row for row in act.record.all(Extension) if row.granted]


def heads_are_used(act: Act) -> bool:
    """Whether the head has granted as often as one person may (clk_case.extension_times)."""
    alone = [row for row in granted(act) if row.kind == "first"]
    return len(alone) >= int(act.parameter("clk_case.extension_times"))


def extension_is_asked_in_time(act: Act, c: RequestExtension) -> Iterator[Violation]:
    """Y01: while the clock runs, with a reason."""
    yield from needed(c, {"reason": Text("延长理由", "the reason")}, "MSA64")
    if act.clocks.running(CLOCK) is None or act.clocks.over(CLOCK):
        yield against(
            "Y01", "办案期限没有在计算或者已经届满，应当在届满前申请延长。",
            "The time to decide does not run, or is over: ask before it ends.", "MSA64",
        )  # fmt: skip


def days_are_asked_for(act: Act, c: RequestExtension) -> Iterator[Violation]:
    """Y03: the head adds the days that the rule fixes; the leaders fix a reasonable time."""
    if heads_are_used(act) and (c.days is None or c.days <= 0):
        yield against(
            "Y03", "再次延长由负责人集体讨论决定，请写明建议延长的合理天数。",
            "A further extension is decided together: propose a reasonable number of days.",
            "MSA64", "days",
        )  # fmt: skip


def head_extends_once(act: Act, c: ApproveExtension) -> Iterator[Violation]:
    """Y02: one person grants the first extension only."""
    if c.outcome == "approve" and heads_are_used(act):
        yield against(
            "Y02", "负责人已经批准延长过一次，再次延长应当由行政机关负责人集体讨论决定。",
            "The head has extended it once: again only after the leaders discuss it together.",
            "MSA64", "outcome",
        )  # fmt: skip


def leaders_fix_the_days(act: Act, c: DiscussExtension) -> Iterator[Violation]:
    """Y03: a further extension names its length; and it is a further one."""
    if c.outcome != "approve":
        return
    if c.days is None or c.days <= 0:
        yield against(
            "Y03", "集体讨论决定延长的，应当同时确定延长的合理期限。",
            "Fix the days by which it is extended.", "MSA64", "days",
        )  # fmt: skip


def extension_is_asked_for(act: Act, c: ApproveExtension | DiscussExtension) -> Iterator[Violation]:
    """Y01 again: there is a request that waits for its answer."""
    rows = act.record.all(Extension)
    if not rows or rows[-1].granted is not None:
        yield against("Y01", "没有待批的延期申请。", "No request for more time waits.", "MSA64")
