"""Plays a scenario in a theatre and tells every difference from what it expects."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.case import Case
from models.clock import StatutoryClock
from models.disclosure import Disclosure
from models.document import Document
from models.duration import law_day
from models.errors import DomainError
from models.task import Task
from models.types import TaskState
from workflows.monitoring import find_device, find_recording
from workflows.reference.fixtures import Fixtures
from workflows.trials.scenarios import Scenario, Step
from workflows.trials.theatre import Theatre, Wish, command_of


@dataclass(slots=True)
class Played:
    """One step as it went."""

    step: Step
    refused: list[dict[str, Any]] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything was as expected."""
        return not self.differences


@dataclass(slots=True)
class Report:
    """One scenario as it went."""

    scenario: Scenario
    played: list[Played] = field(default_factory=list)
    case_id: uuid.UUID | None = None
    """The case of the step at hand."""
    cases: dict[str, uuid.UUID] = field(default_factory=dict)
    """Cases that a step has named, where the story has several."""

    @property
    def ok(self) -> bool:
        """Whether every step was as expected and none was left out."""
        return len(self.played) == len(self.scenario.steps) and all(p.ok for p in self.played)

    def plain(self) -> dict[str, Any]:
        """The report as JSON carries it."""
        return {
            "path": self.scenario.path,
            "ok": self.ok,
            "steps": [
                {
                    "step": p.step.name,
                    "ok": p.ok,
                    "refused": p.refused,
                    "differences": p.differences,
                }
                for p in self.played
            ],
        }


def play(
    theatre: Theatre, scenario: Scenario, fixtures: Fixtures, case_id: uuid.UUID | None = None
) -> Report:
    """Take every step in order, in `case_id` until one opens a case; a step that cannot be taken
    ends the story."""
    report = Report(scenario, case_id=case_id)
    for step in scenario.steps:
        played = Played(step)
        report.played.append(played)
        if step.case is not None and step.start is None:
            report.case_id = report.cases.get(step.case, report.case_id)
        theatre.move_to(step.at, report.case_id)
        _take(theatre, scenario, step, fixtures, report, played)
        played.differences += differences(theatre, step, report.case_id)
        if played.differences and not step.expect.get("refused"):
            break
    return report


def differences(theatre: Theatre, step: Step, case_id: uuid.UUID | None) -> list[str]:
    """What the step expects and does not find: in the case, and of devices and recordings."""
    with theatre.application.transactions.read() as session:
        inside = _differences(session, case_id, step.expect) if case_id is not None else ()
        return [*inside, *_outside_differences(session, step)]


def _take(
    theatre: Theatre,
    scenario: Scenario,
    step: Step,
    fixtures: Fixtures,
    report: Report,
    played: Played,
) -> None:
    expected = set(step.expect.get("refused") or ())
    try:
        wish = _wish(theatre, scenario, step, fixtures, report.case_id)
        result = theatre.act(command_of(theatre.application, wish), wish.actor)
        report.case_id = result.case_id or report.case_id
        if step.case is not None and report.case_id is not None:
            report.cases.setdefault(step.case, report.case_id)
    except DomainError as refusal:
        played.refused = [v.plain("zh") for v in refusal.violations]
        missing = expected - refusal.rules
        if not expected:
            played.differences.append(f"refused: {refusal}")
        elif missing:
            found = sorted(refusal.rules) or refusal.code
            played.differences.append(f"refused by {found}, expected {sorted(missing)} too")
        return
    if expected:
        played.differences.append(f"was allowed, expected refusal by {sorted(expected)}")


def _wish(
    theatre: Theatre,
    scenario: Scenario,
    step: Step,
    fixtures: Fixtures,
    case_id: uuid.UUID | None,
) -> Wish:
    data = {**step.data}
    if step.start is not None:
        data = {**_start_data(fixtures, step.start), **data}
    return Wish(
        actor=theatre.person(step.actor),
        case_id=None if step.start is not None else case_id,
        element=step.task,
        command=step.command,
        side=step.side,
        second=step.second,
        data=_written_out(data, fixtures, step),
        pack=scenario.pack,
    )


def _start_data(fixtures: Fixtures, key: str) -> dict[str, Any]:
    if key not in fixtures.starts:
        return {}
    return fixtures.start_data(key)


def _written_out(data: dict[str, Any], fixtures: Fixtures, step: Step) -> dict[str, Any]:
    """Keys of fixtures replaced by what they stand for."""
    party = data.get("party")
    if isinstance(party, str) and party in fixtures.parties:
        data["party"] = fixtures.parties[party].plain()
    for name in ("evidence", "proof"):
        if isinstance(data.get(name), list):
            data[name] = [_item(item, fixtures, step) for item in data[name]]
    if step.second is not None and step.start is not None:
        data["second_handler"] = step.second
    return data


def _item(item: Any, fixtures: Fixtures, step: Step) -> Any:
    if isinstance(item, str) and item in fixtures.evidence:
        return {"collected_at": step.at.isoformat(), **fixtures.evidence[item].plain()}
    return item


def _differences(session: Session, case_id: uuid.UUID, expect: Mapping[str, Any]) -> Iterator[str]:
    case = session.get_one(Case, case_id)
    if "stage" in expect and case.stage != expect["stage"]:
        yield f"stage is {case.stage}, expected {expect['stage']}"
    missing = set(expect.get("flags") or ()) - set(case.flags)
    if missing:
        yield f"flags are {sorted(case.flags)}, expected {sorted(missing)} too"
    if "tasks" in expect:
        open_ = sorted(_open_elements(session, case_id))
        if open_ != sorted(expect["tasks"]):
            yield f"open tasks are {open_}, expected {sorted(expect['tasks'])}"
    yield from _clock_differences(session, case_id, expect.get("clocks") or {})
    yield from _document_differences(session, case_id, expect)


def _outside_differences(session: Session, step: Step) -> Iterator[str]:
    """Devices and recordings, which stand outside any case."""
    for code, wanted in (step.expect.get("devices") or {}).items():
        device = find_device(session, code)
        found = device.status(law_day(step.at)) if device else None
        if found != wanted:
            yield f"device {code} is {found}, expected {wanted}"
    for number, wanted in (step.expect.get("recordings") or {}).items():
        recording = find_recording(session, number)
        state = recording.state if recording else None
        if state != wanted:
            yield f"recording {number} is {state}, expected {wanted}"


def _open_elements(session: Session, case_id: uuid.UUID) -> list[str]:
    query = select(Task.element).where(Task.case_id == case_id, Task.state == TaskState.OPEN)
    return list(session.scalars(query))


def _clock_differences(
    session: Session, case_id: uuid.UUID, expect: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    rows = session.scalars(
        select(StatutoryClock)
        .where(StatutoryClock.case_id == case_id)
        .order_by(StatutoryClock.started_at)
    )
    latest = {row.code: row for row in rows}
    for code, wanted in expect.items():
        row = latest.get(code)
        if row is None:
            yield f"{code} was never started"
            continue
        found = {"last_day": row.last_day, "outer_day": row.outer_day, "status": row.state}
        for name, value in wanted.items():
            if str(found[name]) != str(value):
                yield f"{code}.{name} is {found[name]}, expected {value}"


def _document_differences(
    session: Session, case_id: uuid.UUID, expect: Mapping[str, Any]
) -> Iterator[str]:
    if "documents" in expect:
        kinds = set(session.scalars(select(Document.kind).where(Document.case_id == case_id)))
        missing = set(expect["documents"]) - kinds
        if missing:
            yield f"documents are {sorted(kinds)}, expected {sorted(missing)} too"
    if "disclosure" in expect:
        state = session.scalar(
            select(Disclosure.state)
            .where(Disclosure.case_id == case_id)
            .order_by(Disclosure.recorded_at.desc())
            .limit(1)
        )
        if state != expect["disclosure"]:
            yield f"disclosure is {state}, expected {expect['disclosure']}"
