"""After a change of the law every open clock is counted anew: one job, case by case.

Each case is an act of its own, locked and audited; a job that was cut off goes on where it
stopped, for a clock that was counted already does not move twice.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from models.errors import DomainError, Text
from models.law_change import LawChange
from workflows.actors import SYSTEM
from workflows.commands.law_change import RecountClocks
from workflows.dispatch import Dispatcher
from workflows.notes import Notes
from workflows.queries.law_reach import cases_to_recount, count_cases

BATCH = 100
"""Cases whose keys are read at once."""


@dataclass(frozen=True)
class Recount:
    """Counts the clocks anew and tells how far it is under `recount:<change>`."""

    dispatcher: Dispatcher
    notes: Notes
    clock: Callable[[], datetime]

    def run(self, change_id: uuid.UUID) -> None:
        """All cases that the change may move; the page shows the progress and what moved."""
        with self.dispatcher.read(SYSTEM) as session:
            total = count_cases(session, session.get_one(LawChange, change_id))
        done = moved = 0
        last: uuid.UUID | None = None
        while found := self._next(change_id, last):
            for case_id in found:
                moved += self._one(case_id, change_id)
                done += 1
            last = found[-1]
            self._tell(change_id, done, max(done, total), moved, "running")
        self._tell(change_id, done, done, moved, "done")

    def _next(self, change_id: uuid.UUID, last: uuid.UUID | None) -> list[uuid.UUID]:
        with self.dispatcher.read(SYSTEM) as session:
            change = session.get_one(LawChange, change_id)
            return cases_to_recount(session, change, last, BATCH)

    def _one(self, case_id: uuid.UUID, change_id: uuid.UUID) -> int:
        command = RecountClocks(case_id=case_id, change_id=change_id)
        try:
            result = self.dispatcher.execute(command, actor=SYSTEM)
        except DomainError:
            # The case ended in the meantime: nothing of it is counted any more.
            return 0
        return int(result.extra["moved"])

    def _tell(self, change_id: uuid.UUID, done: int, total: int, moved: int, state: str) -> None:
        text = Text(
            f"已核对{done}件，{moved}个期限变动", f"{done} cases checked, {moved} deadlines moved"
        )
        self.notes.progress(
            progress_key(change_id), done=done, total=total, state=state,
            message={"zh": text.zh, "en": text.en}, now=self.clock(),
        )  # fmt: skip


def progress_key(change_id: uuid.UUID) -> str:
    """Under which the page finds how far the recount is."""
    return f"recount:{change_id}"
