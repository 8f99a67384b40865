"""Scenario files of a pack: their shape, and whether they speak of this pack's tasks (C01, C02)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.packs.files import PackFiles
from workflows.packs.findings import Finding, Message
from workflows.packs.manifest import Manifest
from workflows.packs.yaml_files import BadYaml, read_yaml


def scenario_findings(files: PackFiles, manifest: Manifest | None) -> Iterator[Finding]:
    """What keeps a scenario from being played at all; playing it is the trials' business."""
    for path in files.under("scenarios", ".yaml"):
        try:
            content = read_yaml(path, files[path], "C01", "scenario")
        except BadYaml as error:
            yield from error.findings
            continue
        if manifest is not None:
            yield from _names(path, content, manifest)


def _names(path: str, content: Mapping[str, Any], manifest: Manifest) -> Iterator[Finding]:
    if content["pack"] != manifest.id:
        yield _finding(path, None, f"讲的是过程包 {content['pack']}", f"is about {content['pack']}")
    for number, step in enumerate(content["steps"], 1):
        named = {step.get("task"), *step.get("expect", {}).get("tasks", ())} - {None}
        for task in sorted(named - manifest.tasks.keys()):
            yield _finding(
                path,
                task,
                f"第 {number} 步的任务 {task} 不在过程包中",
                f"step {number} names the task {task}, which the pack does not have",
            )
        side = step.get("side")
        if side is not None and side not in manifest.side:
            zh = f"第 {number} 步的副流程 {side} 不在过程包中"
            en = f"step {number} names the side process {side}, which the pack does not take"
            yield _finding(path, side, zh, en)


def _finding(path: str, element: str | None, zh: str, en: str) -> Finding:
    return Finding("C02", "error", path, element, Message(f"{path}：{zh}", f"{path}: {en}"))
