"""What the forms of service know before anyone types: paper, partner, course of the attempts."""

import uuid
from typing import Any

from workflows import serving
from workflows.forms import Option
from workflows.record import Record


def facts(record: Record, person_id: uuid.UUID | None) -> dict[str, Any]:
    """The one paper that waits, how its attempts went, and the other handler."""
    papers = serving.waiting(record)
    active = record.case.active_handlers()
    others = [handler.person.key for handler in active if handler.person_id != person_id]
    return {
        "document": papers[0].kind if len(papers) == 1 else None,
        "course": serving.course(record, papers[0]) if papers else None,
        "partner": others[0] if len(others) == 1 else None,
    }


def papers(record: Record) -> tuple[Option, ...]:
    """Every paper that waits for service."""
    return tuple(Option(paper.kind, paper.title) for paper in serving.waiting(record))
