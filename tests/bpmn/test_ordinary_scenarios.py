"""The scenarios' stories fit the diagram: each open task is where the tokens stand.

The engine walks alone here, with the routing that the data of a step asks for; the record, the
guards and the dates are tested by the scenario runner.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests.bpmn.walk import SILENCE, Walk, pack
from workflows.packs.yaml_files import read_yaml

FILES, MANIFEST, SOURCE = pack("ordinary")
Step = Mapping[str, Any]
SIDE_TASKS = {task for side in MANIFEST.side.values() for task in side.tasks}
MAIN_TASKS = MANIFEST.tasks.keys() - SIDE_TASKS


RIGHT_TO_A_HEARING = "CLK_HEARING_REQ"
"""Where this clock runs, an operation reads the way from the record."""


def main_alone(story: Mapping[str, Any]) -> bool:
    """Whether the main process goes its way by the data of its own tasks: the runner of scenarios
    plays what runs beside it, acts beside the tasks, and hearings."""
    return not any(
        "side" in step
        or "command" in step
        or step.get("task") in SIDE_TASKS
        or "tasks" not in step.get("expect", {})
        or RIGHT_TO_A_HEARING in step["expect"].get("clocks", {})
        for step in story["steps"]
        if "refused" not in step.get("expect", {})
    )


FOUND = [path for path in FILES.under("scenarios", ".yaml") if not path.startswith("_shared/")]
ALL = {path: read_yaml(path, FILES[path], "C01", "scenario") for path in FOUND}
STORIES = {path: story for path, story in ALL.items() if main_alone(story)}
PATHS = list(STORIES)


class Story(Walk):
    """A scenario on the engine: routing follows from the data, as the handlers give it."""

    def __init__(self) -> None:
        super().__init__(SOURCE)
        self.filed = "no"
        self.owed = Decimal(0)
        self.silent_until = ""
        self.given: set[tuple[str, str, str]] = set()
        """(task, variable, value) of every routing that a step gave."""

    def take(self, step: Step) -> None:
        """One step that is not refused, after the clocks that fell due before it."""
        self.let_time_pass(step)
        task, data = step.get("task"), step.get("data", {})
        if task is not None:
            routing = self.routing(task, data) | spared(task, step)
            self.given |= {(task, name, value) for name, value in routing.items()}
            self.do(task, **routing)
        clocks = step["expect"].get("clocks", {})
        self.silent_until = str(clocks.get("CLK_STATE", {}).get("outer_day", self.silent_until))

    def let_time_pass(self, step: Step) -> None:
        known = self.silent_until and self.waits_for("CLK_STATE")
        if known and str(step["at"])[:10] > self.silent_until:
            self.fire("CLK_STATE", **SILENCE)

    def routing(self, task: str, data: Mapping[str, Any]) -> dict[str, str]:
        """What the task's command would return for this data."""
        if data.get("outcome") == "file":
            self.filed = "yes"
        if task == "issue_decision":
            self.owed = Decimal(data.get("fine", 0))
        if task == "record_payment":
            self.owed -= Decimal(data["amount"])
        offered = MANIFEST.tasks[task].outcomes or {}
        known = {"filed": self.filed, **followed(data), **self._payment(task)}
        return {name: str(known[name]) for name in offered if name in known}

    def _payment(self, task: str) -> dict[str, str]:
        if task == "serve_decision":
            return {"payment": "due" if self.owed else "none"}
        # What goes beyond the fine is the surcharge (加处罚款), which the ledger alone knows.
        return {"payment": "partial" if self.owed > 0 else "settled"}


def followed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with what its handlers conclude from it alone."""
    announced = data.get("service_method") == "announcement"
    return {**data, "service": "announced" if announced else "served", **answered(data)}


def answered(data: Mapping[str, Any]) -> dict[str, str]:
    """Where a transfer goes after the other agency's answer: on waiting until its result is there,
    or, where it was returned, as its sender says."""
    steps = {"received": "wait", "accepted": "wait", "result": "done"}
    step = data.get("after_return") or steps.get(str(data.get("answer")))
    return {"transfer_step": str(step)} if step else {}


def spared(task: str, step: Step) -> dict[str, str]:
    """What the handlers of an exemption add: whether the list wants a promise, whether it was
    kept, and that a case which is not filed leaves as a spared one."""
    expected = step["expect"]
    if "sign_commitment" in expected.get("tasks", ()):
        return {"conclusion": "promise"}
    if task == "recheck_commitment":
        return {"promise": "kept" if step["data"]["kept"] else "broken"}
    return {"outcome": "spare"} if expected.get("stage") == "exempt" else {}


def taken(story: Mapping[str, Any]) -> Iterator[tuple[Step, Step]]:
    """The steps that are not refused, each with the next one of them."""
    steps = [step for step in story["steps"] if "refused" not in step["expect"]]
    yield from zip(steps, [*steps[1:], {}], strict=True)


def walked(story: Mapping[str, Any]) -> Iterator[tuple[Story, Step]]:
    """The story step by step. A discussion is required where the story goes on with one."""
    case = Story()
    for step, _ in taken(story):
        if "start" in step:
            case = Story()
        heard = "convene_discussion" in step["expect"].get("tasks", ())
        case.discussion = "required" if heard else "not_required"
        case.take(step)
        yield case, step


@pytest.mark.parametrize("path", PATHS)
def test_after_each_step_exactly_the_expected_tasks_are_open(path: str) -> None:
    for case, step in walked(STORIES[path]):
        assert case.tasks == set(step["expect"]["tasks"]), step["at"]


@pytest.mark.parametrize("path", PATHS)
def test_the_stage_is_that_of_the_tasks_that_wait_or_of_the_end_or_stays(path: str) -> None:
    stage = MANIFEST.start.stage
    for case, step in walked(STORIES[path]):
        waiting = {MANIFEST.tasks[task].stage for task in case.tasks} - {None}
        ended = {MANIFEST.ends[end] for end in case.result.end_elements}
        (stage,) = waiting or ended or {stage}
        assert step["expect"].get("stage", stage) == stage, step["at"]


@pytest.mark.parametrize("path", PATHS)
def test_steps_go_forward_in_time_and_a_refused_one_names_its_rules(path: str) -> None:
    moments = [str(step["at"]) for step in STORIES[path]["steps"]]
    assert moments == sorted(moments)
    assert all(step["expect"].get("refused", True) for step in STORIES[path]["steps"])


@pytest.mark.parametrize("path", PATHS)
def test_documents_are_expected_only_where_the_pack_issues_them(path: str) -> None:
    for step in STORIES[path]["steps"]:
        binding = MANIFEST.tasks[step["task"]] if "task" in step else MANIFEST.start
        assert set(step["expect"].get("documents", ())) <= set(binding.documents), step["at"]


def test_together_the_stories_reach_every_task_and_every_end() -> None:
    told = {str(step.get("task", "")) for story in ALL.values() for step in lawful(story)}
    ends = {
        end
        for story in STORIES.values()
        for case, _ in walked(story)
        for end in case.result.end_elements
    }
    assert told >= MAIN_TASKS
    assert ends == MANIFEST.ends.keys()


def test_together_the_stories_take_every_value_that_a_task_offers() -> None:
    wanted = {
        (element, name, value)
        for element, binding in MANIFEST.tasks.items()
        if element in MAIN_TASKS
        for name, values in (binding.outcomes or {}).items()
        for value in values
        if name not in ("filed", "payment")
    }
    chosen = {
        given for story in STORIES.values() for case, _ in walked(story) for given in case.given
    }
    told = {
        (str(step.get("task")), name, str(value))
        for story in ALL.values()
        for step in lawful(story)
        for name, value in followed(step.get("data", {})).items()
        if isinstance(value, str)
    }
    assert wanted - chosen - told == set()


def lawful(story: Mapping[str, Any]) -> Iterator[Step]:
    """The steps of a story that are not refused."""
    yield from (step for step in story["steps"] if "refused" not in step.get("expect", {}))
