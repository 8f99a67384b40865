"""``caselane check`` and ``caselane scenario``: what a pack is worth before anyone uses it."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from workflows.bootstrap import PACKS, shipped_packs
from workflows.jobs.workshop import Workshop
from workflows.packs.check import check_path
from workflows.packs.findings import Finding
from workflows.settings import Settings
from workflows.trials.databases import ThrowAwayServer, throw_away
from workflows.trials.describe import describe as describe_scenarios
from workflows.trials.player import Report
from workflows.trials.rehearsal import rehearse, scenarios_under
from workflows.trials.scenarios import Scenario
from workflows.trials.theatre import JobRunner, Theatre
from workflows.vocabulary import vocabulary

FINE, FINDINGS, COULD_NOT = 0, 1, 2


def check(path: Path, *, as_json: bool) -> int:
    """Findings of a folder, a zip or a diagram; warnings alone leave a pack releasable."""
    found = check_path(path, vocabulary())
    ok = not any(finding.severity == "error" for finding in found)
    if as_json:
        print(json.dumps({"ok": ok, "findings": [plain(f) for f in found]}, ensure_ascii=False))
    else:
        for finding in found:
            print(told(finding))
        print("可以发布 / may be released" if ok else "不能发布 / may not be released")
    return FINE if ok else FINDINGS


def plain(finding: Finding) -> dict[str, Any]:
    """A finding as JSON carries it."""
    return asdict(finding)


def told(finding: Finding) -> str:
    """A finding as a person reads it."""
    where = finding.file + (f" · {finding.element}" if finding.element else "")
    way = f"\n    {' → '.join(finding.path)}" if finding.path else ""
    message = finding.message
    return f"{finding.severity:8}{finding.rule}  {where}\n    {message.zh}\n    {message.en}{way}"


def describe() -> int:
    """The scenario format with all commands, fields, tasks and fixture keys, as JSON."""
    print(json.dumps(describe_scenarios(), ensure_ascii=False, indent=1, default=str))
    return FINE


def scenarios(paths: list[Path], *, as_json: bool) -> int:
    """Play scenarios, each on a throw-away database; without paths, all shipped ones."""
    found = scenarios_under(paths or [PACKS / name for name in shipped_packs()])
    if not found:
        print("没有场景 / no scenarios")
        return COULD_NOT
    with throw_away(Settings.from_environment().var) as databases:
        reports = [_played(scenario, databases, quiet=as_json) for scenario in found]
    ok = all(report.ok for report in reports)
    if as_json:
        plain_reports = [report.plain() for report in reports]
        print(json.dumps({"ok": ok, "scenarios": plain_reports}, ensure_ascii=False))
    return FINE if ok else FINDINGS


def _jobs(closing: ExitStack, theatre: Theatre) -> JobRunner:
    """The worker's own tools: documents are set and files bound as the story goes."""
    workshop = Workshop(theatre.application)
    closing.callback(workshop.close)
    return workshop.run


def _played(scenario: Scenario, databases: ThrowAwayServer, *, quiet: bool) -> Report:
    with ExitStack() as workshop:
        report = rehearse(scenario, databases, with_jobs=partial(_jobs, workshop))
    if not quiet:
        done = f"{len(report.played)}/{len(scenario.steps)}"
        print(f"{'ok ' if report.ok else 'BAD'} {scenario.path}  {done}", flush=True)
        for played in report.played:
            for difference in played.differences:
                print(f"    {played.step.name}: {difference}")
    return report
