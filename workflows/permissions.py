"""May this person do this: predicates that read as sentences, over the map in `workflows.access`.

`may` decides (dispatch asks it); `visible_to` filters every query.
"""

import uuid

from sqlalchemy import ColumnElement, false

from models.case import Case
from models.errors import Text, Violation
from models.types import EXITS, Role
from workflows import duties
from workflows.access import ACCESS, LEADERS, SEES_CASES, Access, Scope
from workflows.act import Act
from workflows.actors import Actor, Holding

NOT_YOURS = Text("这一步不由您办理。", "This step is not yours to take.")
NO_ROLE = Text("您没有办理它的职责。", "You hold no role for this.")
NO_ARTICLE = Text("", "")


def may(act: Act, command: str) -> Holding | list[Violation] | None:
    """The holding that allows the act (None for the system), or all that stands against it."""
    access = ACCESS.get(command)
    if access is None:
        return [Violation("P01", NO_ROLE)]
    if access.scope is Scope.SYSTEM or act.actor.system:
        allowed = access.scope is Scope.SYSTEM and act.actor.system
        return None if allowed else [Violation("P01", NO_ROLE)]
    if access.scope is Scope.SELF:
        return None
    holding = _holding(act, access)
    people = {act.actor.person_id}
    if holding is not None and holding.acting_for is not None:
        people.add(holding.acting_for)
    against = duties.against(command, frozenset(people), act.record) if act.has_case else []
    if holding is None:
        text = NOT_YOURS if access.scope is Scope.TASK else NO_ROLE
        return [Violation("P01", text), *against]
    return against or holding


def _holding(act: Act, access: Access) -> Holding | None:
    actor = act.actor
    match access.scope:
        case Scope.BUREAU | Scope.LEAD:
            return next((h for h in actor.holdings if h.role in access.roles), None)
        case Scope.TASK:
            return _task_holding(act)
        case Scope.CASE:
            return actor.holding(access.roles, act.case.subject_id)
        case Scope.HANDLER:
            return _handler_holding(act) or actor.holding(access.roles, act.case.subject_id)
        case _:
            return actor.holding(SEES_CASES, act.case.subject_id)


def _task_holding(act: Act) -> Holding | None:
    task = act.task
    if task is None:
        return None
    holding = holding_for(act.actor, frozenset(task.roles), act.case)
    if holding is None or not _assigned_or_offered(act, holding):
        return None
    if Role.HANDLER in task.roles:
        return holding if _handles(act, holding) else None
    return holding


def holding_for(actor: Actor, roles: frozenset[str], case: Case) -> Holding | None:
    """A holding of one of the roles in the case's subject and, where it binds, unit."""
    return actor.holding(roles, case.subject_id, case.unit_id)


def _assigned_or_offered(act: Act, holding: Holding) -> bool:
    """An assigned task is its holder's, their substitute's, or (a pair's) the other handler's."""
    task = act.task
    assert task is not None
    mine = {act.actor.person_id, holding.acting_for}
    if task.assignee_id is None or task.assignee_id in mine:
        return True
    return Role.HANDLER in task.roles and _handles(act, holding)


def _handles(act: Act, holding: Holding) -> bool:
    """Handlers' tasks belong to the case's handlers; before any is named, to the unit's."""
    active = set(act.record.active_handlers)
    return not active or bool({act.actor.person_id, holding.acting_for} & active)


def _handler_holding(act: Act) -> Holding | None:
    holding = holding_for(act.actor, frozenset({Role.HANDLER}), act.case)
    return holding if holding is not None and _handles(act, holding) else None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The filter of every case query: cases of the subjects in which the person holds a role."""
    subjects = {h.subject_id for h in actor.holdings if h.role in SEES_CASES}
    return Case.subject_id.in_(subjects) if subjects else false()


def sees_case(actor: Actor, subject_id: uuid.UUID) -> bool:
    """The same for one case that is already loaded."""
    return any(h.subject_id == subject_id and h.role in SEES_CASES for h in actor.holdings)


def sees_changes(actor: Actor, subject_id: uuid.UUID) -> bool:
    """Who may see what an act changed, value by value: supervisors and leaders."""
    return actor.holding(LEADERS | {Role.SUPERVISOR}, subject_id) is not None


def open_to_change(case: Case) -> bool:
    """Whether the case has not come to an end."""
    return case.stage not in EXITS
