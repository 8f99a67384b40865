"""Side processes of a case as its page shows them: what may start, what is open, its drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.case import Case
from models.errors import Text
from models.task import Task
from workflows.act import Act
from workflows.catalogue import LoadedPack
from workflows.guards.enforcement_table import FORESEEN
from workflows.packs.manifest import SideProcess
from workflows.queries import standing
from workflows.queries.casefile import CaseFile
from workflows.queries.standing import Way


@dataclass(frozen=True, slots=True)
class SideView:
    """The latest run of a side process in a case."""

    name: str
    title: Text
    open: bool
    way: Way
    tasks: tuple[Task, ...]


def startable(act: Act, file: CaseFile) -> list[SideProcess]:
    """Side processes that the person who looks may start now; the guards come later."""
    assert act.pack is not None
    return [side for side in act.pack.manifest.side.values() if _may_start(act, file, side)]


@dataclass(frozen=True, slots=True)
class NotYet:
    """A side process that the person could start in this stage, but for a reason of the law."""

    title: Text
    reason: Text


def not_yet(act: Act, file: CaseFile) -> list[NotYet]:
    """What cannot start now although stage and role fit, each with its first reason."""
    assert act.pack is not None
    found = []
    for side in act.pack.manifest.side.values():
        if _fits(act, file, side) and (reasons := _reasons(act, side.start.command)):
            found.append(NotYet(side.title, reasons[0]))
    return found


def _reasons(act: Act, command: str) -> list[Text]:
    """Reasons that no form can take away; what is only missing in a form is no reason."""
    guards = FORESEEN.get(command, ())
    found = [v for guard in guards for v in guard(act, None)]
    return [v.message for v in found if v.rule != "R01"]


def _may_start(act: Act, file: CaseFile, side: SideProcess) -> bool:
    return _fits(act, file, side) and not _reasons(act, side.start.command)


def _fits(act: Act, file: CaseFile, side: SideProcess) -> bool:
    """Stage, role and the other side processes allow it."""
    assert act.pack is not None
    case, command = file.case, side.start.command
    others = (act.pack.manifest.side[name] for name in case.open_sides)
    return (
        case.stage in side.allowed_in
        and side.name not in case.open_sides
        and not any(command in other.blocks for other in others)
        and standing.allows(act, command)
    )


def held_by(pack: LoadedPack, case: Case, command: str) -> Text | None:
    """The open side process for which a step has to wait (S03)."""
    sides = (pack.manifest.side[name] for name in case.open_sides)
    return next((side.title for side in sides if command in side.blocks), None)


def runs(file: CaseFile, pack: LoadedPack) -> list[SideView]:
    """The latest run of every side process that the case has had, open ones first."""
    found = []
    for name, side in pack.manifest.side.items():
        tasks = latest([task for task in file.tasks if task.element in side.tasks])
        if tasks:
            open_ = name in file.case.open_sides
            way = standing.way_of(file, tasks, pack, name)
            found.append(SideView(name, side.title, open_, way, tuple(tasks)))
    return sorted(found, key=lambda view: not view.open)


def latest(tasks: Sequence[Task]) -> list[Task]:
    """The tasks of the process that was started last."""
    if not tasks:
        return []
    last = max(tasks, key=lambda task: task.opened_at).process_id
    return [task for task in tasks if task.process_id == last]


def waits_in(pack: LoadedPack, task: Task) -> Text | None:
    """What the side process of a waiting task is called; None for the main process."""
    name = pack.manifest.side_of(task.element)
    return pack.manifest.side[name].title if name else None
