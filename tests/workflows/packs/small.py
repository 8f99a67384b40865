"""A small pack, right in every way, for tests to spoil one thing at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workflows.packs.files import PackFiles
from workflows.packs.vocabulary import CommandWords, Vocabulary

AREA = {"zh": "范围", "en": "Area"}


def text(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh}


PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
  <process id="small" isExecutable="true">
    <laneSet id="lanes">
      <lane id="handler" name="办案人员">
        <flowNodeRef>begin</flowNodeRef><flowNodeRef>propose</flowNodeRef>
        <flowNodeRef>ways</flowNodeRef><flowNodeRef>assess</flowNodeRef>
        <flowNodeRef>wait</flowNodeRef><flowNodeRef>expired</flowNodeRef>
        <flowNodeRef>done</flowNodeRef><flowNodeRef>dropped</flowNodeRef>
      </lane>
      <lane id="leader" name="负责人"><flowNodeRef>approve</flowNodeRef></lane>
    </laneSet>
    <startEvent id="begin" name="开始"/>
    <userTask id="propose" name="提出"/>
    <userTask id="approve" name="审批"/>
    <exclusiveGateway id="ways" name="结论？"/>
    <scriptTask id="assess" name="评估"><script>assess</script></scriptTask>
    <userTask id="wait" name="等待陈述"/>
    <boundaryEvent id="expired" name="到期" attachedToRef="wait">
      <timerEventDefinition id="t1"><timeDuration>CLK_STATE</timeDuration></timerEventDefinition>
    </boundaryEvent>
    <endEvent id="done" name="办结"/>
    <endEvent id="dropped" name="不办"/>
    <sequenceFlow id="f1" sourceRef="begin" targetRef="propose"/>
    <sequenceFlow id="f2" sourceRef="propose" targetRef="approve"/>
    <sequenceFlow id="f3" sourceRef="approve" targetRef="ways"/>
    <sequenceFlow id="f_agree" sourceRef="ways" targetRef="assess">
      <conditionExpression>outcome == "agree"</conditionExpression></sequenceFlow>
    <sequenceFlow id="f_drop" sourceRef="ways" targetRef="dropped">
      <conditionExpression>outcome == "drop"</conditionExpression></sequenceFlow>
    <sequenceFlow id="f_return" sourceRef="ways" targetRef="propose">
      <conditionExpression>outcome == "return"</conditionExpression></sequenceFlow>
    <sequenceFlow id="f4" sourceRef="assess" targetRef="wait"/>
    <sequenceFlow id="f5" sourceRef="wait" targetRef="done"/>
    <sequenceFlow id="f6" sourceRef="expired" targetRef="done"/>
  </process>
</definitions>
"""

FORM_FIELDS = {
    "propose": [{"name": "reason", "type": "textarea", "label": AREA, "required": True}],
    "approve": [
        {
            "name": "outcome",
            "type": "choice",
            "label": AREA,
            "required": True,
            "options": [{"value": v, **text(v)} for v in ("agree", "drop", "return")],
        }
    ],
    "wait": [{"name": "content", "type": "textarea", "label": AREA}],
    "lead": [
        {"name": "source", "type": "choice", "label": AREA, "options_from": "case_source"},
    ],
}


def manifest() -> dict[str, Any]:
    return {
        "id": "small",
        "title": text("小程序"),
        "procedure": "ordinary",
        "process": "process.bpmn",
        "lanes": {
            "handler": {"title": text("办案人员"), "roles": ["handler"]},
            "leader": {"title": text("负责人"), "roles": ["leader_chief"]},
        },
        "start": {"command": "RegisterLead", "form": "lead", "documents": ["D01"]},
        "tasks": {
            "propose": {
                "title": text("提出"),
                "command": "Propose",
                "form": "propose",
                "stage": "lead",
            },
            "approve": {"title": text("审批"), "command": "Approve", "form": "approve"},
            "wait": {
                "title": text("等待陈述"),
                "command": "RecordForm",
                "form": "wait",
                "clock": "CLK_STATE",
            },
        },
        "operations": ["assess"],
        "clocks": ["CLK_STATE"],
        "routing": {"outcome": ["agree", "drop", "return"], "discussion": ["required", "no"]},
        "side": {},
        "stages": {"strip": ["lead", "closed"]},
        "ends": {"done": "closed", "dropped": "not_filed"},
    }


WORDS = Vocabulary(
    commands={
        "RegisterLead": CommandWords(frozenset({"source"})),
        "Propose": CommandWords(frozenset({"reason"}), frozenset({"reason"})),
        "Approve": CommandWords(
            frozenset({"outcome", "opinion"}),
            frozenset({"outcome"}),
            {"outcome": frozenset({"agree", "drop", "return"})},
        ),
    },
    roles=frozenset({"handler", "leader_chief"}),
    operations={"assess": {"discussion": frozenset({"required", "no"})}},
    documents=frozenset({"D01", "D02"}),
    clocks={"CLK_STATE": {}},
    stages=frozenset({"lead", "closed", "not_filed"}),
    guards=frozenset({"two_handlers"}),
)

CODES = {"table": "case_source", "title": AREA, "codes": [{"value": "patrol", **text("检查")}]}


def as_yaml(content: Any) -> bytes:
    """JSON is YAML."""
    return json.dumps(content, ensure_ascii=False).encode()


def small_pack(
    content: Mapping[str, Any] | None = None, process: str = PROCESS, **forms: Any
) -> PackFiles:
    files = {
        "pack.yaml": as_yaml(manifest() if content is None else content),
        "process.bpmn": process.encode(),
        "documents/D01.typ": b"= D01",
        "_shared/codes/case_source.yaml": as_yaml(CODES),
    }
    for name, fields in {**FORM_FIELDS, **forms}.items():
        form = {"id": name, "title": AREA, "fields": fields}
        files[f"forms/{name}.yaml"] = as_yaml(form)
    return PackFiles(files)
