"""Walks through a pack's main process: the engine alone, without record and guards."""

from collections.abc import Mapping
from pathlib import Path

from workflows import engine
from workflows.engine import ProcessSource, Scalar
from workflows.packs.files import PackFiles
from workflows.packs.manifest import Manifest, manifest_of

BPMN = Path(__file__).parents[2] / "bpmn"
SILENCE = {"statement": "waived"}
"""What the end of CLK_STATE hands to the process."""


def pack(name: str) -> tuple[PackFiles, Manifest, ProcessSource]:
    """A shipped pack's files, its manifest and its main process."""
    files = PackFiles.from_folder(BPMN / name)
    manifest = manifest_of(files)
    diagrams = ((manifest.process, files[manifest.process]),)
    return files, manifest, ProcessSource(files.hash, diagrams, manifest.id)


class Walk:
    """One case's process. `discussion` is what the decision table will answer."""

    def __init__(self, source: ProcessSource, discussion: str = "not_required") -> None:
        self.source = source
        self.discussion = discussion
        self.hearings: list[str] = []
        """What the assessments of the right to a hearing will answer, in order; then "over"."""
        self.performed: list[str] = []
        self.result = engine.start(source, routing={}, perform=self._perform)

    def _perform(self, operation: str, _: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
        self.performed.append(operation)
        if operation == "assess_hearing":
            return {"hearing": self.hearings.pop(0) if self.hearings else "over"}
        return {"discussion": self.discussion} if operation == "assess_discussion" else {}

    @property
    def tasks(self) -> set[str]:
        """Elements of the tasks that are open."""
        return {task.element for task in self.result.open_tasks}

    def do(self, element: str, **routing: str) -> "Walk":
        """Complete the open task of an element."""
        (task,) = (task for task in self.result.open_tasks if task.element == element)
        self.result = engine.complete(
            self.source, self.result.state, task.id, routing, self._perform
        )
        return self

    def fire(self, clock: str, **routing: str) -> "Walk":
        """The clock is due."""
        self.result = engine.clock_due(
            self.source, self.result.state, clock, self._perform, routing=routing
        )
        return self

    def tell(self, message: str) -> "Walk":
        """A side process is over and says so."""
        self.result = engine.message(self.source, self.result.state, message, perform=self._perform)
        return self

    def waits_for(self, clock: str) -> bool:
        """Whether the process waits for the clock somewhere."""
        return any(wait.clock == clock for wait in self.result.clock_waits)
