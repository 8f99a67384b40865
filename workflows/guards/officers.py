"""V07 and its kin: two officers, both certified, both in charge of the case (APL 42)."""

import uuid
from collections.abc import Iterator
from datetime import date

from models.errors import Violation
from models.types import Role
from workflows.act import Act
from workflows.commands.base import PairCommand
from workflows.commands.filing import DecideRecusal, ReviewFiling
from workflows.commands.lead import RegisterLead
from workflows.guards.law import against


def two_certified_officers(act: Act, c: PairCommand | RegisterLead) -> Iterator[Violation]:
    """V07: the acting officer and another one, each with a certificate valid on the day."""
    field = "second_handler"
    second = act.people.find(c.second_handler)
    if second is None:
        yield from act.people.unknown([c.second_handler], field)
        return
    first_id = act.actor.id
    if first_id is not None and second.id == first_id:
        yield against(
            "V07", "应当由两名执法人员办理，请另选一名。",
            "Two officers must act: choose another one.", "APL42", field,
        )  # fmt: skip
    if first_id is not None:
        yield from _certified(act, first_id, act.actor.name, None)
    yield from _certified(act, second.id, second.name, field)
    yield from _in_charge(act, second.id, second.name, field)


def _certified(
    act: Act, person_id: uuid.UUID, name: str, field: str | None, day: date | None = None
) -> Iterator[Violation]:
    if act.people.certificate(person_id, day or act.today) is None:
        yield against(
            "V07", f"{name}在当日没有有效的行政执法证，不能办理。",
            f"{name} holds no enforcement certificate valid on the day.", "APL42", field,
        )  # fmt: skip


def _in_charge(act: Act, person_id: uuid.UUID, name: str, field: str) -> Iterator[Violation]:
    active = {h.person_id for h in act.case.active_handlers()} if act.has_case else set()
    if active and person_id not in active:
        yield against(
            "V07", f"{name}不是本案办案人员，请选本案的另一名办案人员。",
            f"{name} is not in charge of this case: choose its other handler.", "APL42", field,
        )  # fmt: skip


def two_handlers_named(act: Act, c: ReviewFiling) -> Iterator[Violation]:
    """V07: whoever files names two different certified officers of the unit."""
    if c.outcome != "agree":
        return
    keys = list(dict.fromkeys(c.handlers)) or [h.person.key for h in act.case.active_handlers()]
    if len(keys) < 2 or len(set(c.handlers)) != len(c.handlers):
        yield against(
            "V07", "应当指派两名不同的持证执法人员。",
            "Name two different certified officers.", "APL42", "handlers",
        )  # fmt: skip
    yield from act.people.unknown(keys, "handlers")
    for key in keys:
        if person := act.people.find(key):
            yield from _certified(act, person.id, person.name, "handlers")
            yield from _is_handler(act, person.id, person.name, "handlers")
            if person.id in act.record.recused:
                yield _stepped_back(person.name, "handlers")


def _is_handler(act: Act, person_id: uuid.UUID, name: str, field: str) -> Iterator[Violation]:
    able = act.people.eligible([Role.HANDLER], act.case.subject_id, act.case.unit_id)
    if person_id not in able:
        yield against(
            "V07", f"{name}不是本办案机构的办案人员。",
            f"{name} is no handler of the unit in charge.", "APL42", field,
        )  # fmt: skip


def _stepped_back(name: str, field: str) -> Violation:
    return against(
        "P03", f"{name}已在本案回避。", f"{name} stepped back from this case.", "APL43", field
    )


def recusal_keeps_two_handlers(act: Act, c: DecideRecusal) -> Iterator[Violation]:
    """APL 43, V07: nobody decides on themselves; fewer than two left means a replacement first."""
    keys = [c.person] + ([c.replacement] if c.replacement else [])
    unknown = act.people.unknown(keys, "person")
    if unknown:
        yield from unknown
        return
    person = act.people.get(c.person)
    if person.id in (act.actor.id, act.acting_for):
        yield against(
            "P03", "不能决定自己的回避，请由其他负责人决定。",
            "Nobody decides on their own recusal.", "APL43", "person",
        )  # fmt: skip
    active = {h.person_id for h in act.case.active_handlers()}
    if person.id in active and c.replacement is None:
        yield against(
            "V07", "回避后办案人员不足两人，请先指定接替人。",
            "Fewer than two handlers would be left: name a replacement.", "APL42", "replacement",
        )  # fmt: skip
    if c.replacement:
        yield from _replacement(act, c.replacement, active)


def _replacement(act: Act, key: str, active: set[uuid.UUID]) -> Iterator[Violation]:
    person = act.people.get(key)
    yield from _certified(act, person.id, person.name, "replacement")
    yield from _is_handler(act, person.id, person.name, "replacement")
    if person.id in active or person.id in act.record.recused:
        yield against(
            "V07", f"{person.name}不能接替：已是办案人员或者已回避。",
            f"{person.name} cannot replace: already a handler, or recused.", "APL42", "replacement",
        )  # fmt: skip
