"""What forms offer of linked cases: the links, and the evidence that their other ends offer."""

from models.errors import Text
from workflows.forms import Option
from workflows.linking import links_of, offered_to
from workflows.record import Record


def linked_cases(record: Record) -> tuple[Option, ...]:
    """The links that stand, by the number of the other case."""
    return tuple(
        Option(one.number, Text(one.number, one.number))
        for one in links_of(record.session, record.case.id)
    )


def offered_evidence(record: Record) -> tuple[Option, ...]:
    """What linked cases offer: their number, and number and name of the item."""
    found = []
    for case, item in offered_to(record.session, record.case.id):
        told = f"{case.case_no or case.lead_no} · {item.number} {item.name}"
        found.append(Option(str(item.id), Text(told, told)))
    return tuple(found)
