"""Rules of side processes, met by every command in a case: when one may start, what waits."""

from collections.abc import Iterator

from models.errors import Refused, Violation
from models.types import Stage
from workflows.act import Act
from workflows.catalogue import LoadedPack
from workflows.commands.base import CaseCommand
from workflows.guards.law import against
from workflows.packs.manifest import SideProcess


def side_may_start(act: Act, c: CaseCommand) -> Iterator[Violation]:
    """S02, S04: a side process starts in the stages that the pack names, one at a time."""
    side = _pack(act).manifest.started_by(type(c).__name__)
    if side is None:
        return
    title = side.title
    if _stage(act) not in side.allowed_in:
        yield against(
            "S02", f"案件现在所处的阶段不能启动“{title.zh}”。",
            f"{title.en!r} cannot start in the stage in which the case is now.",
        )  # fmt: skip
    if side.name in act.case.open_sides:
        yield against(
            "S04", f"“{title.zh}”已经启动，还没有办完。",
            f"{title.en!r} has started already and is not over.",
        )  # fmt: skip


def _stage(act: Act) -> str:
    """A decision made before a criminal transfer runs on, and with it what belongs to it."""
    case = act.case
    if case.stage == Stage.TRANSFERRED_CRIMINAL and case.decided_at is not None:
        return Stage.ENFORCING
    return case.stage


def nothing_holds_it_up(act: Act, c: CaseCommand) -> Iterator[Violation]:
    """S03: while a side process that blocks the command is open, the command waits."""
    for side in _open(act):
        if type(c).__name__ in side.blocks:
            yield against(
                "S03", f"“{side.title.zh}”还没有办完，这一步要等它办完再办。",
                f"{side.title.en!r} is not over; this step has to wait until it is.",
            )  # fmt: skip


def case_may_end(act: Act) -> None:
    """S06: an open side process keeps the case from its exit, unless it is cancelled with it."""
    found = [
        against(
            "S06", f"“{side.title.zh}”还没有办完，案件不能在此办结。",
            f"{side.title.en!r} is not over; the case cannot end before it.",
        )
        for side in _open(act)
        if side.at_exit == "refuse"
    ]  # fmt: skip
    if found:
        raise Refused(found)


def _open(act: Act) -> list[SideProcess]:
    return [_pack(act).manifest.side[name] for name in act.case.open_sides]


def _pack(act: Act) -> LoadedPack:
    assert act.pack is not None
    return act.pack
