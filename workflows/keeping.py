"""How long an archived file is kept (保管期限), and how thick it is before it is bound."""

from datetime import date

from models.document import Document
from models.duration import law_day
from models.types import DocumentState
from workflows.act import Act

YEARS = {"thirty_years": 30, "ten_years": 10}
"""Years of each period; what is not here is kept for ever (永久)."""
NEXT_YEAR = "next_year"


def retained_until(act: Act, retention: str) -> date | None:
    """The last day of the period; None for ever. It runs from the first of January after the
    closing, or from the closing itself where local rules say so (`archive.retention_from`)."""
    years = YEARS.get(retention)
    if years is None:
        return None
    closed = law_day(act.case.closed_at or act.now)
    if act.parameter("archive.retention_from") == NEXT_YEAR:
        return date(closed.year + years, 12, 31)
    day = 28 if (closed.month, closed.day) == (2, 29) else closed.day
    return date(closed.year + years, closed.month, day)


def counted(act: Act) -> dict[str, int]:
    """Pages of the documents by volume as far as they are made, one for each that is not."""
    issued = [d for d in act.record.all(Document) if d.state == DocumentState.ISSUED]
    pages = {
        volume: sum(d.pages or 1 for d in issued if d.volume == volume)
        for volume in ("main", "secondary")
    }
    return {"main": max(pages["main"], 1), "secondary": pages["secondary"]}
