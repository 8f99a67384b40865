"""W01, W02: who may be asked to step back, and who decides on it (APL 43; MSA 4)."""

import uuid
from collections.abc import Iterator

from models.errors import Text, Violation
from models.recusal import RecusalRequest
from models.types import Role
from workflows.act import Act
from workflows.commands.filing import DecideRecusal
from workflows.commands.recusal import AnswerRecusal, DiscussRecusal, RequestRecusal
from workflows.guards import officers
from workflows.guards.law import against, needed


def decider_of(act: Act, person_id: uuid.UUID) -> str:
    """Who decides: of the head of the agency the leaders together, of a deputy the head."""
    subject, unit = act.case.subject_id, act.case.unit_id
    if person_id in act.people.eligible([Role.LEADER_CHIEF], subject, unit):
        return "panel"
    if person_id in act.people.eligible([Role.LEADER_DEPUTY], subject, unit):
        return "chief"
    return "head"


def waiting(act: Act) -> RecusalRequest | None:
    """The request that waits for its answer."""
    rows = act.record.all(RecusalRequest)
    return rows[-1] if rows and rows[-1].granted is None else None


def recusal_names_its_ground(act: Act, c: RequestRecusal) -> Iterator[Violation]:
    """W01: of whom, why; not of somebody who stepped back already, or asks for another."""
    yield from needed(c, {"reason": Text("申请回避的理由", "the reasons")}, "APL43")
    person = act.people.find(c.person)
    if person is None:
        yield from act.people.unknown([c.person], "person")
        return
    if person.id in act.record.recused:
        yield officers.stepped_back(person.name, "person")
    if c.asked_by == "officer" and person.id not in (act.actor.id, act.acting_for):
        yield against(
            "W01", "自行申请回避的，由本人提出；他人提出的，选“当事人申请”。",
            "Officers ask for themselves; otherwise it is the party who asks.", "APL43", "asked_by",
        )  # fmt: skip


def answer_is_the_leaders_to_give(act: Act, c: AnswerRecusal) -> Iterator[Violation]:
    """P03, W02: nobody answers for themselves; a deputy's request goes to the head, the head's to
    the leaders together."""
    row = waiting(act)
    if row is None:
        yield against("W01", "没有待决定的回避申请。", "No request waits for an answer.", "APL43")
        return
    yield from needed(c, {"reason": Text("决定的理由", "the reasons")}, "APL43")
    if row.person_id in (act.actor.id, act.acting_for):
        yield against(
            "P03", "不能决定自己的回避，请由其他负责人决定。",
            "Nobody decides on their own recusal.", "APL43",
        )  # fmt: skip
    yield from _right_level(act, row.person_id)


def recusal_is_decided_at_its_level(act: Act, c: DecideRecusal) -> Iterator[Violation]:
    """W02 for a leader who orders it without a request."""
    person = act.people.find(c.person)
    if person is not None:
        yield from _right_level(act, person.id)


def _right_level(act: Act, person_id: uuid.UUID) -> Iterator[Violation]:
    level = decider_of(act, person_id)
    chief = act.grant is not None and act.grant.role == Role.LEADER_CHIEF
    if level == "panel":
        yield against(
            "W02", "主要负责人的回避由负责人集体讨论决定。",
            "The leaders decide together on the head of the agency.", "APL43",
        )  # fmt: skip
    elif level == "chief" and not chief:
        yield against(
            "W02", "分管负责人的回避由主要负责人决定。",
            "The head of the agency decides on a deputy.", "APL43",
        )  # fmt: skip


def replacement_comes_first(act: Act, c: AnswerRecusal | DiscussRecusal) -> Iterator[Violation]:
    """V07: a handler leaves only when another one takes over."""
    row = waiting(act)
    if row is not None and c.outcome == "approve":
        yield from officers.two_stay(act, row.person_id, c.replacement)


def head_does_not_vote(act: Act, c: DiscussRecusal) -> Iterator[Violation]:
    """P03: whoever is asked to step back neither chairs nor votes."""
    row = waiting(act)
    if row is None:
        yield against("W01", "没有待决定的回避申请。", "No request waits for an answer.", "APL43")
        return
    for member in c.members:
        person = act.people.find(str(member.get("person")))
        if person is not None and person.id == row.person_id:
            yield against(
                "P03", f"{person.name}是被申请回避的人，不能参加讨论。",
                f"{person.name} is asked to step back and cannot take part.", "APL43", "members",
            )  # fmt: skip
