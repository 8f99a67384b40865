"""V07 and its kin: two officers, both certified, both in charge of the case (APL 42)."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from models.duration import law_day
from models.errors import Violation
from models.types import Role
from workflows.act import Act
from workflows.commands.base import PairCommand
from workflows.commands.filing import ApproveFiling, DecideRecusal, ReviewFiling
from workflows.commands.lead import RegisterLead
from workflows.documents.wording import day as worded
from workflows.guards.law import against

WHEN = (
    "verified_at", "signed_at", "rechecked_at", "started_at", "supplemented_at", "served_at",
    "entrusted_at", "reported_at", "executed_at", "done_at", "announced_at", "urged_at",
    "attempted_at", "picked_up_at",
)  # fmt: skip
"""Where a command says on which day the two officers acted."""


def two_certified_officers(act: Act, c: PairCommand | RegisterLead) -> Iterator[Violation]:
    """V07: the acting officer and another one, each with a certificate valid on the day."""
    yield from two_officers(act, c.second_handler, _day(act, c))


def two_officers(act: Act, second_handler: str, day: date) -> Iterator[Violation]:
    """The same for any record that two officers make."""
    field = "second_handler"
    second = act.people.find(second_handler)
    if second is None:
        yield from act.people.unknown([second_handler], field)
        return
    if second.id in (act.actor.id, act.acting_for):
        yield against(
            "V07", "应当由两名执法人员办理，请另选一名。",
            "Two officers must act: choose another one.", "APL42", field,
        )  # fmt: skip
    if act.actor.id is not None:
        yield from certified(act, act.actor.id, act.actor.name, None, day)
    yield from certified(act, second.id, second.name, field, day)
    yield from _in_charge(act, second.id, second.name, field)


def _day(act: Act, c: Any) -> date:
    moment: datetime | None = next((m for n in WHEN if (m := getattr(c, n, None))), None)
    return law_day(moment) if moment is not None else act.today


def certified(
    act: Act, person_id: uuid.UUID, name: str, field: str | None, day: date
) -> Iterator[Violation]:
    """A certificate (行政执法证) that covers the day."""
    if act.people.certificate(person_id, day) is None:
        yield against(
            "V07", f"{name}在{worded(day)}没有有效的行政执法证，不能办理。",
            f"{name} holds no enforcement certificate valid on {day}.", "APL42", field,
        )  # fmt: skip


def _in_charge(act: Act, person_id: uuid.UUID, name: str, field: str) -> Iterator[Violation]:
    """After filing the case's own handlers act; before it, handlers of the unit."""
    if not act.has_case:
        yield from _colleague(act, person_id, name, field)
        return
    if person_id in act.record.recused:
        yield stepped_back(name, field)
    active = {h.person_id for h in act.case.active_handlers()}
    if not active:
        yield from _is_handler(act, person_id, name, field)
    elif person_id not in active:
        yield against(
            "V07", f"{name}不是本案办案人员，请选本案的另一名办案人员。",
            f"{name} is not in charge of this case: choose its other handler.", "APL42", field,
        )  # fmt: skip


def _colleague(act: Act, person_id: uuid.UUID, name: str, field: str) -> Iterator[Violation]:
    """Outside any case: a handler of a unit in which the actor handles cases, too."""
    mine = [h for h in act.actor.holdings if h.role == Role.HANDLER]
    if not any(
        person_id in act.people.eligible([Role.HANDLER], h.subject_id, h.unit_id) for h in mine
    ):
        yield _no_handler(name, field)


def two_handlers_named(act: Act, c: ReviewFiling) -> Iterator[Violation]:
    """V07: whoever supports the filing names two different certified officers of the unit."""
    if c.outcome != "agree" or (not c.handlers and _not_filing(act)):
        return
    keys = list(dict.fromkeys(c.handlers)) or [h.person.key for h in act.case.active_handlers()]
    least = int(act.parameter("handlers.minimum"))
    if len(keys) < least or len(set(c.handlers)) != len(c.handlers):
        yield against(
            "V07", f"应当指派不少于{least}名不同的持证执法人员。",
            f"Name at least {least} different certified officers.", "APL42", "handlers",
        )  # fmt: skip
    yield from act.people.unknown(keys, "handlers")
    for key in keys:
        if person := act.people.find(key):
            yield from certified(act, person.id, person.name, "handlers", act.today)
            yield from _is_handler(act, person.id, person.name, "handlers")
            if person.id in act.record.recused:
                yield stepped_back(person.name, "handlers")


def _not_filing(act: Act) -> bool:
    return act.record.filing is not None and not act.record.filing.file


def two_handlers_in_charge(act: Act, c: ApproveFiling) -> Iterator[Violation]:
    """V07: no filing without two certified officers in charge."""
    if c.outcome != "file":
        return
    active = act.case.active_handlers()
    least = int(act.parameter("handlers.minimum"))
    if len({h.person_id for h in active}) < least:
        yield against(
            "V07", f"本案办案人员不足{least}人，请退回指派。",
            f"Fewer than {least} handlers are in charge: return the file.", "APL42",
        )  # fmt: skip
    for handler in active:
        yield from certified(act, handler.person_id, handler.person.name, None, act.today)


def _is_handler(act: Act, person_id: uuid.UUID, name: str, field: str) -> Iterator[Violation]:
    if person_id not in act.people.eligible([Role.HANDLER], act.case.subject_id, act.case.unit_id):
        yield _no_handler(name, field)


def _no_handler(name: str, field: str) -> Violation:
    return against(
        "V07", f"{name}不是本办案机构的办案人员。", f"{name} is no handler of the unit in charge.",
        "APL42", field,
    )  # fmt: skip


def stepped_back(name: str, field: str) -> Violation:
    """P03: a person who stepped back takes no further part."""
    return against(
        "P03", f"{name}已在本案回避。", f"{name} stepped back from this case.", "APL43", field
    )


def recusal_keeps_two_handlers(act: Act, c: DecideRecusal) -> Iterator[Violation]:
    """APL 43, V07: nobody decides on themselves; fewer than two left means a replacement first."""
    unknown = act.people.unknown([c.person], "person")
    if unknown:
        yield from unknown
        return
    person = act.people.get(c.person)
    if person.id in (act.actor.id, act.acting_for):
        yield against(
            "P03", "不能决定自己的回避，请由其他负责人决定。",
            "Nobody decides on their own recusal.", "APL43", "person",
        )  # fmt: skip
    if person.id in act.record.recused:
        yield stepped_back(person.name, "person")
    yield from two_stay(act, person.id, c.replacement)


def two_stay(act: Act, leaving: uuid.UUID, replacement: str | None) -> Iterator[Violation]:
    """V07: a handler who steps back is replaced first; the replacement may take the case."""
    active = {h.person_id for h in act.case.active_handlers()}
    if leaving in active and replacement is None:
        yield against(
            "V07", "回避后办案人员不足两人，请先指定接替人。",
            "Fewer than two handlers would be left: name a replacement.", "APL42", "replacement",
        )  # fmt: skip
    if replacement is None:
        return
    yield from act.people.unknown([replacement], "replacement")
    if act.people.find(replacement) is not None:
        yield from _replacement(act, replacement, active | {leaving})


def _replacement(act: Act, key: str, taken: set[uuid.UUID]) -> Iterator[Violation]:
    person = act.people.get(key)
    yield from certified(act, person.id, person.name, "replacement", act.today)
    yield from _is_handler(act, person.id, person.name, "replacement")
    if person.id in taken or person.id in act.record.recused:
        yield against(
            "V07", f"{person.name}不能接替：已是办案人员或者已回避。",
            f"{person.name} cannot replace: already a handler, or recused.", "APL42", "replacement",
        )  # fmt: skip
