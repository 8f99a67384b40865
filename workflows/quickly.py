"""Leaving quick handling (转普通程序): the same case goes on, and keeps all that it has."""

from models.quick import QuickConsent
from models.types import Flag
from workflows.act import Act

CLOCK = "CLK_FAST_TRACK"


def on_the_quick_way(act: Act) -> bool:
    """Whether the party has agreed and the case has not left the quick way."""
    row = act.record.last(QuickConsent)
    return row is not None and row.agreed and row.ended_at is None


def leave(act: Act, because: str) -> bool:
    """End quick handling, with the reason; false where the case was not handled quickly."""
    row = act.record.last(QuickConsent)
    if row is None or not row.agreed or row.ended_at is not None:
        return False
    row.ended_at, row.ended_because = act.now, because
    act.clocks.cancel(CLOCK)
    act.case.unflag(Flag.FAST_TRACK)
    return True
