"""What the service of a document brings about on the day on which it counts as served.

One table for service by hand, for the end of an announcement, and for a date that was recorded
wrongly: all three start or move the same clocks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.types import Flag
from workflows.act import Act


@dataclass(frozen=True, slots=True)
class Effect:
    """What service starts, and the clocks that hang on its date."""

    take: Callable[[Act, datetime], None]
    clocks: tuple[str, ...] = ()


def _notice(act: Act, at: datetime) -> None:
    """The time to state and, in hearing scope, to ask for a hearing (APL 45, 64)."""
    notice = act.record.notice
    assert notice is not None
    notice.served_at = at
    act.clocks.cancel("CLK_STATE")
    if notice.hearing_right:
        act.clocks.start("CLK_HEARING_REQ", at)
    act.clocks.start("CLK_STATE", at)


def _decision(act: Act, at: datetime) -> None:
    """Payment and remedies run from receipt (APL 67, ARL 20, ALL 46)."""
    act.clocks.meet("CLK_SERVE", at)
    if act.record.payable() > 0:
        act.clocks.start("CLK_PAY", at)
    act.clocks.start("CLK_RECONSIDER", at)
    act.clocks.start("CLK_SUE", at)
    act.case.flag(Flag.SERVED)


def _nothing(act: Act, at: datetime) -> None:
    """Nothing runs from the service of this document."""


NOTICE = Effect(_notice, ("CLK_STATE", "CLK_HEARING_REQ"))
DECISION = Effect(_decision, ("CLK_PAY", "CLK_RECONSIDER", "CLK_SUE"))

EFFECTS: Mapping[str, Effect] = {
    "D34": NOTICE,
    "D35": NOTICE,
    "D43": DECISION,
    "D45": DECISION,
    "D20": Effect(_nothing),
}
"""By the kind of document. Only what stands here can be announced: its effect has to wait for the
end of the announcement. A noun that serves a document of its own adds its line."""
