"""What forms offer of linked cases: the links, and the evidence that their other ends offer."""

from collections.abc import Callable

from models.errors import Text
from workflows.forms import Option
from workflows.linking import links_of, offer_key, offered_to
from workflows.record import Record


def linked_cases(record: Record) -> tuple[Option, ...]:
    """The links that stand, by the number of the other case."""
    return tuple(
        Option(one.number, Text(one.number, one.number))
        for one in links_of(record.session, record.case.id)
    )


def evidence_numbers(record: Record) -> tuple[Option, ...]:
    """Admissible evidence of the case by its numbers."""
    return tuple(
        Option(str(item.number), Text(f"{item.number} {item.name}", f"{item.number} {item.name}"))
        for item in record.evidence
        if item.admissible
    )


def offered_evidence(record: Record) -> tuple[Option, ...]:
    """What linked cases offer: their number, and number and name of the item."""
    found = []
    for case, item in offered_to(record.session, record.case.id):
        told = f"{case.case_no or case.lead_no} · {item.number} {item.name}"
        found.append(Option(offer_key(case, item), Text(told, told)))
    return tuple(found)


def lists(record: Record) -> dict[str, Callable[[], tuple[Option, ...]]]:
    """The lists by the names that forms give them, worked out when they are asked for."""
    return {
        "record.evidence_numbers": lambda: evidence_numbers(record),
        "record.links": lambda: linked_cases(record),
        "record.offered_evidence": lambda: offered_evidence(record),
    }
