"""Where a case stands: its stay in each step, who it waits for, the way it took on the diagram.

All of it is read from task rows and the pack's drawing; the process state itself stays closed.
"""

import uuid
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models.case import Case
from models.clock import StatutoryClock
from models.duration import law_day
from models.errors import Text
from models.person import Person
from models.subject import LegalSubject
from models.task import Task
from models.types import EXITS, ClockState, TaskState
from workflows import duties, permissions
from workflows.access import SEES_CASES
from workflows.act import Act
from workflows.actors import Actor, Holding
from workflows.blobs import BlobStore
from workflows.catalogue import Catalogue, LoadedPack
from workflows.lawbook import lawbook
from workflows.packs.graph import USER_TASKS, Graph, read_graph
from workflows.people import Directory
from workflows.queries.casefile import CaseFile
from workflows.queries.cases import CaseRow
from workflows.queries.suiting import suits

STEP_OF: Mapping[str, str] = {
    **dict.fromkeys(("RecordVerification", "OrderCorrection", "RecordRecheck"), "lead"),
    **dict.fromkeys(
        ("ProposeFiling", "ProposeNotFiling", "ReviewFiling", "ApproveFiling"), "filing"
    ),
    **dict.fromkeys(
        ("RecordInspection", "RecordInquiry", "SupplementInvestigation", "SubmitFinalReport"),
        "investigation",
    ),
    **dict.fromkeys(("ReviewReport", "SubmitReviewOpinion", "ApproveNotice"), "review"),
    **dict.fromkeys(("ServeNotice", "RecordStatement", "ReexamineStatement"), "notice"),
    **dict.fromkeys(("ConveneDiscussion", "RecordDiscussion", "SignMinutes"), "discussion"),
    "IssueDecision": "decision",
    "ServeDecision": "service",
    "RecordPayment": "enforcement",
    **dict.fromkeys(("PrepareDisclosure", "ReleaseDisclosure"), "disclosure"),
    **dict.fromkeys(("ProposeClosing", "ReviewClosing", "ApproveClosing"), "closing"),
    **dict.fromkeys(("ApproveWithdrawal", "ApproveTransfer", "SendTransfer"), "closing"),
    "ArchiveFile": "archive",
}
"""To which of the twelve steps of the strip a task belongs."""

STEP_OF_STAGE: Mapping[str, str] = {
    "lead": "lead", "filed": "investigation", "investigating": "investigation",
    "reviewing": "review", "notified": "notice", "hearing": "notice",
    "discussing": "discussion", "decided": "service", "enforcing": "enforcement",
    "closed": "archive",
}  # fmt: skip
"""For tasks whose command says nothing (extra forms): the stage that the pack gives them."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One uninterrupted time in a step; `ended` is None while the case is there."""

    step: str
    started: datetime
    ended: datetime | None


def stays(tasks: Iterable[Task], pack: LoadedPack) -> list[Stay]:
    """The stays of a case, in order. A step left and entered again is a stay of its own.

    Side processes run beside the strip, but for tasks that say in which stage the case is.
    """
    shown = (task for task in tasks if _on_strip(task, pack))
    ordered = sorted(shown, key=lambda task: task.opened_at)
    found: list[Stay] = []
    for task in ordered:
        stay = Stay(_step(task, pack), task.opened_at, _ended(task, ordered))
        before = next((s for s in reversed(found) if s.step == stay.step), None)
        if before is not None and (before.ended is None or stay.started <= before.ended):
            found[found.index(before)] = _joined(before, stay)
        else:
            found.append(stay)
    return found


def _on_strip(task: Task, pack: LoadedPack) -> bool:
    if pack.manifest.side_of(task.element) is None:
        return True
    return pack.manifest.tasks[task.element].stage is not None


def _joined(before: Stay, after: Stay) -> Stay:
    if before.ended is None or after.ended is None:
        return replace(before, ended=None)
    return replace(before, ended=max(before.ended, after.ended))


def _step(task: Task, pack: LoadedPack) -> str:
    binding = pack.manifest.tasks.get(task.element)
    stage = binding.stage if binding else None
    return STEP_OF.get(task.command) or STEP_OF_STAGE.get(stage or "", "investigation")


def _ended(task: Task, ordered: Sequence[Task]) -> datetime | None:
    """When the task ceased to wait: done, or (cancelled) when what came instead opened."""
    if task.state == TaskState.OPEN:
        return None
    if task.completed_at is not None:
        return task.completed_at
    after = [t.opened_at for t in ordered if t.opened_at > task.opened_at]
    return min(after, default=task.opened_at)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that the case waits for: which step, who, since when, by when."""

    number: int
    task: Task
    title: Text
    action: Text
    role: Text
    holder: Text | None
    offered: tuple[Text, ...]
    clock: StatutoryClock | None
    may_act: bool
    """Whether the person who looks may take this step."""


def looking(
    session: Session,
    actor: Actor,
    case: Case,
    now: datetime,
    *,
    blobs: BlobStore,
    catalogue: Catalogue,
) -> Act:
    """The eyes of a person on a case: what permissions and duties are asked with."""
    act = Act(
        session=session,
        now=now,
        actor=actor,
        law=lawbook(session),
        blobs=blobs,
        people=Directory(session, law_day(now)),
        catalogue=catalogue,
    )
    act.case = case
    act.pack = catalogue.version(session, case.pack_version_id)
    return act


def waiting(act: Act, file: CaseFile) -> list[Waiting]:
    """Everything that the case waits for, numbered as on the diagrams."""
    assert act.pack is not None
    ordered = in_order(file, act.pack)
    return [_waiting(act, file, number, task) for number, task in enumerate(ordered, 1)]


def in_order(file: CaseFile, pack: LoadedPack) -> list[Task]:
    """What waits now: the main process first, then the side processes."""
    return sorted(file.open_tasks(), key=lambda task: pack.manifest.side_of(task.element) or "")


def _waiting(act: Act, file: CaseFile, number: int, task: Task) -> Waiting:
    assert act.pack is not None
    binding = act.pack.manifest.tasks[task.element]
    title = Text(task.title, task.title_en)
    lane = act.pack.manifest.lanes.get(task.lane)
    holder = file.people.get(task.assignee_id) if task.assignee_id else None
    clock = file.clock(task.clock) if task.clock else None
    return Waiting(
        number=number,
        task=task,
        title=title,
        action=binding.action or title,
        role=lane.title if lane else title,
        holder=_name(holder) if holder else None,
        offered=() if holder else _able(act, task),
        clock=clock if clock is not None and clock.state == ClockState.RUNNING else None,
        may_act=may_take(act, task),
    )


def _able(act: Act, task: Task) -> tuple[Text, ...]:
    """Those who may take the task, so that the page can say who it waits for."""
    unable = duties.excluded(task.command, act.record)
    ids = act.people.eligible(task.roles, act.case.subject_id, act.case.unit_id)
    rows = act.session.scalars(
        select(Person).where(Person.id.in_(set(ids) - unable)).order_by(Person.key)
    )
    return tuple(_name(person) for person in rows)


def _name(person: Person) -> Text:
    return Text(person.name, person.name_en)


def may_take(act: Act, task: Task) -> bool:
    """Whether the person who looks may take this step."""
    answer = permissions.may(replace(act, task=task, _case=act.case), task.command)
    return isinstance(answer, Holding)


ACTIONS = (
    "AnswerObjections", "RequestJointReview", "GiveJointOpinion", "RecordConsultation",
    "RecordServiceAttempt", "RecordPickup", "ConfirmServiceAddress",
    "AddEvidence", "LinkRecording", "RecordEvidenceQuery", "ExcludeEvidence", "ExtendVerification",
    "DecideRecusal", "LinkCase", "SupplementArchive", "RequestLoan", "PlaceLegalHold",
    "LiftLegalHold", "ProposeDisposal", "CarryOutDisposal", "AddCaseNote",
)  # fmt: skip
"""What may be done in a case beside its steps, in the order of the menu."""


def actions(act: Act, file: CaseFile) -> list[str]:
    """The case-level commands that make sense now and are the person's to give."""
    return [name for name in ACTIONS if suits(name, file) and allows(act, name)]


def allows(act: Act, command: str) -> bool:
    """Whether the person may give the command in this case; the guards come later."""
    return isinstance(permissions.may(act, command), Holding)


@dataclass(frozen=True, slots=True)
class Way:
    """The way of a case on its diagram: ids of elements that it passed, and where it waits."""

    done: tuple[str, ...]
    current: tuple[tuple[str, int], ...]
    """(element, number) of what waits."""


def way(file: CaseFile, pack: LoadedPack) -> Way:
    """The elements of the main process that were passed, as far as its end."""
    tasks = [task for task in file.tasks if pack.manifest.side_of(task.element) is None]
    found = way_of(file, tasks, pack, None)
    end = _to_the_end(file, tasks, pack, _graph(pack.diagram_path(), pack.diagram()))
    return replace(found, done=tuple(sorted({*found.done, *end})))


def way_of(file: CaseFile, tasks: Sequence[Task], pack: LoadedPack, side: str | None) -> Way:
    """The elements that one process passed: tasks that were done, and the shortest links."""
    graph = _graph(pack.diagram_path(side), pack.diagram(side))
    numbered = enumerate(in_order(file, pack), 1)
    current = tuple((task.element, number) for number, task in numbered if task in tasks)
    passed = {task.element for task in tasks if task.state == TaskState.DONE}
    for source, target in _moves(tasks, graph):
        passed.update(_between(graph, source, target))
    return Way(tuple(sorted(passed - {element for element, _number in current})), current)


@lru_cache(maxsize=32)
def _graph(path: str, content: bytes) -> Graph:
    return read_graph(path, content)


def _moves(tasks: Sequence[Task], graph: Graph) -> Iterable[tuple[str, str]]:
    """(where from, which task): a task opens at the instant at which another one ends."""
    starts = [node.id for node in graph.of_type({"startEvent"})]
    first = min((task.opened_at for task in tasks), default=None)
    for task in tasks:
        if task.opened_at == first:
            yield from ((start, task.element) for start in starts)
            continue
        yield from ((source, task.element) for source in _sources(task, tasks, graph))


def _sources(task: Task, tasks: Sequence[Task], graph: Graph) -> list[str]:
    ended = [t for t in tasks if t is not task and _ended(t, tasks) == task.opened_at]
    done = [t.element for t in ended if t.state == TaskState.DONE]
    if done:
        return done
    left = {t.element for t in ended if t.state == TaskState.CANCELLED}
    return [node.id for node in graph.nodes.values() if node.attached_to in left]


def _between(graph: Graph, source: str, target: str) -> list[str]:
    """The shortest way from a node to another one that passes no user task; without its end."""
    before: dict[str, str] = {source: ""}
    queue = deque([source])
    while queue:
        here = queue.popleft()
        for flow in graph.outgoing.get(here, ()):
            if flow.target == target:
                return _back(before, here)
            node = graph.nodes.get(flow.target)
            if flow.target not in before and node is not None and node.type not in USER_TASKS:
                before[flow.target] = here
                queue.append(flow.target)
    return []


def _back(before: Mapping[str, str], here: str) -> list[str]:
    found = []
    while here:
        found.append(here)
        here = before[here]
    return found


def _to_the_end(file: CaseFile, tasks: Sequence[Task], pack: LoadedPack, graph: Graph) -> list[str]:
    """From the last act to the end event of the exit in which the case stands."""
    waits = any(task.state == TaskState.OPEN for task in tasks)
    if file.case.stage not in EXITS or waits or not tasks:
        return []
    last = max(tasks, key=lambda task: task.completed_at or task.opened_at)
    for end, stage in pack.manifest.ends.items():
        found = _between(graph, last.element, end) if stage == file.case.stage else []
        if found:
            return [*found, end]
    return []


def due_clocks(session: Session, rows: Sequence[CaseRow]) -> Mapping[uuid.UUID, StatutoryClock]:
    """The clock that ends first in each listed case, in one query."""
    wanted = [(row.id, row.next_clock) for row in rows if row.next_clock]
    if not wanted:
        return {}
    one_of = or_(
        *(
            and_(StatutoryClock.case_id == case_id, StatutoryClock.code == code)
            for case_id, code in wanted
        )
    )
    found = session.scalars(
        select(StatutoryClock).where(StatutoryClock.state == ClockState.RUNNING, one_of)
    )
    return {clock.case_id: clock for clock in found}


def subjects_named(session: Session, ids: Sequence[uuid.UUID]) -> list[LegalSubject]:
    """Legal subjects by key, for the filter of a list."""
    query = select(LegalSubject).where(LegalSubject.id.in_(ids)).order_by(LegalSubject.key)
    return list(session.scalars(query)) if ids else []


def colleagues(act: Act) -> list[Person]:
    """Everyone who may have a part in the case's steps today."""
    roles = sorted(SEES_CASES)
    ids = act.people.eligible(roles, act.case.subject_id, act.case.unit_id)
    query = select(Person).where(Person.id.in_(ids)).order_by(Person.key)
    return list(act.session.scalars(query))
