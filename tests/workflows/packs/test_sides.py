"""Side processes of a pack: taken by name, merged, and every way of spoiling one is found."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.workflows.packs.small import AREA, WORDS, as_yaml, manifest, small_pack, text
from workflows.packs.check import check
from workflows.packs.files import PackFiles
from workflows.packs.manifest import manifest_of
from workflows.packs.vocabulary import CommandWords

SIDE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
  <process id="pause" isExecutable="true">
    <laneSet id="lanes_pause">
      <lane id="leader" name="负责人">
        <flowNodeRef>begin_pause</flowNodeRef><flowNodeRef>allow</flowNodeRef>
        <flowNodeRef>which</flowNodeRef><flowNodeRef>gone</flowNodeRef>
        <flowNodeRef>back</flowNodeRef>
      </lane>
    </laneSet>
    <startEvent id="begin_pause" name="提出"/>
    <userTask id="allow" name="批准"/>
    <exclusiveGateway id="which" name="批准？"/>
    <endEvent id="gone" name="终止"/>
    <endEvent id="back" name="继续"/>
    <sequenceFlow id="s1" sourceRef="begin_pause" targetRef="allow"/>
    <sequenceFlow id="s2" sourceRef="allow" targetRef="which"/>
    <sequenceFlow id="s3" sourceRef="which" targetRef="gone">
      <conditionExpression>answer == "yes"</conditionExpression></sequenceFlow>
    <sequenceFlow id="s4" sourceRef="which" targetRef="back">
      <conditionExpression>answer == "no"</conditionExpression></sequenceFlow>
  </process>
</definitions>
"""
SAID: dict[str, Any] = {
    "title": text("中止"),
    "start": {"command": "AskPause", "form": "ask", "title": text("提出")},
    "tasks": {"allow": {"title": text("批准"), "command": "Allow", "form": "allow"}},
    "routing": {"answer": ["yes", "no"]},
    "ends": {"gone": "not_filed", "back": None},
}
TAKEN: dict[str, Any] = {"allowed_in": ["lead"], "blocks": ["Propose"]}
KNOWN = replace(
    WORDS,
    commands={
        **WORDS.commands,
        "AskPause": CommandWords(frozenset({"why"}), frozenset({"why"}), beside=True),
        "Allow": CommandWords(
            frozenset({"answer"}), frozenset({"answer"}), {"answer": frozenset({"yes", "no"})}
        ),
    },
    exits=frozenset({"not_filed"}),
)
FORMS = {
    "ask": [{"name": "why", "type": "textarea", "label": AREA, "required": True}],
    "allow": [
        {
            "name": "answer",
            "type": "choice",
            "label": AREA,
            "required": True,
            "options": [{"value": v, **text(v)} for v in ("yes", "no")],
        }
    ],
}
Y, D, M = "_shared/side/pause.yaml", "_shared/side/pause.bpmn", "pack.yaml"


def pack(
    said: dict[str, Any] = SAID, taken: dict[str, Any] | None = TAKEN, drawn: str = SIDE
) -> PackFiles:
    """The small pack with the side process `pause`, taken from the shared folder."""
    content = manifest() | {"side": {} if taken is None else {"pause": taken}}
    files = small_pack(content, **FORMS)
    return files.with_files({Y: as_yaml(said), D: drawn.encode()})


def found(files: PackFiles) -> list[tuple[str, str, str | None]]:
    return [(each.rule, each.file, each.element) for each in check(files, KNOWN)]


def test_a_pack_that_takes_a_side_process_is_right() -> None:
    assert found(pack()) == []


def test_its_tasks_and_routing_are_those_of_the_pack_too() -> None:
    made = manifest_of(pack())
    assert set(made.tasks) == {"propose", "approve", "wait", "allow"}
    assert made.routing["answer"] == ("yes", "no")
    assert made.side_of("allow") == "pause"
    assert made.side_of("propose") is None
    started = made.started_by("AskPause")
    assert started is not None
    assert (started.name, started.at_exit) == ("pause", "refuse")
    assert made.started_by("Allow") is None


def test_the_packs_own_wins_over_the_shared_one() -> None:
    own = {**SAID, "title": text("本包中止")}
    files = pack().with_files({"side/pause.yaml": as_yaml(own)})
    assert manifest_of(files).side["pause"].title.zh == "本包中止"


def test_a_broken_one_that_nobody_takes_hurts_nobody() -> None:
    assert found(pack(taken=None, drawn="<x", said={"title": "?"})) == []


def test_one_that_is_not_there_is_missed() -> None:
    content = manifest() | {"side": {"pause": TAKEN}}
    assert ("M02", M, "pause") in found(small_pack(content, **FORMS))


def said(change: Callable[[dict[str, Any]], object]) -> list[tuple[str, str, str | None]]:
    content = copy.deepcopy(SAID)
    change(content)
    return found(pack(content))


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda s: s.pop("ends"), ("M03", Y, None)),
        (lambda s: s["tasks"].pop("allow"), ("B01", D, "allow")),
        (lambda s: s["tasks"].update(ghost=s["tasks"]["allow"]), ("B02", Y, "ghost")),
        (lambda s: s["tasks"]["allow"].update(command="Conjure"), ("B03", Y, "allow")),
        (lambda s: s["start"].update(command="Conjure"), ("B03", Y, "pause")),
        (lambda s: s["start"].update(form="ghost"), ("B05", Y, "pause")),
        (lambda s: s["tasks"]["allow"].update(documents=["D99"]), ("B06", Y, "allow")),
        (lambda s: s.update(routing={"answer": ["yes"]}), ("B09", M, None)),
        (lambda s: s["tasks"]["allow"].update(stage="limbo"), ("B17", Y, "allow")),
        (lambda s: s["ends"].update(gone="lead"), ("B17", Y, "gone")),
        (lambda s: s["ends"].pop("back"), ("B19", Y, "back")),
        (lambda s: s["ends"].update(ghost=None), ("B19", Y, "ghost")),
        (lambda s: s["start"].update(command="Propose", form="propose"), ("B22", Y, "pause")),
    ],
)
def test_what_is_wrong_is_told_at_the_file_that_says_it(
    change: Callable[[dict[str, Any]], object], finding: tuple[str, str, str | None]
) -> None:
    assert finding in said(change)


@pytest.mark.parametrize(
    ("taken", "finding"),
    [
        ({"allowed_in": ["limbo"]}, ("B17", M, "pause")),
        ({"blocks": ["Conjure"]}, ("B03", M, "pause")),
        ({"blocks": ["Allow"]}, ("B23", M, "pause")),
        ({"on_end": "over"}, ("B24", M, "pause")),
        ({"at_exit": "never"}, ("M03", M, None)),
    ],
)
def test_what_the_pack_says_of_it_is_checked(
    taken: dict[str, Any], finding: tuple[str, str, str | None]
) -> None:
    assert finding in found(pack(taken={**TAKEN, **taken}))


def test_an_element_bears_its_id_alone() -> None:
    twice = SIDE.replace("begin_pause", "begin")
    told = {(rule, element) for rule, _, element in found(pack(drawn=twice))}
    assert ("B21", "begin") in told


def test_its_lanes_are_those_of_the_pack() -> None:
    strange = SIDE.replace('id="leader" name="负责人"', 'id="judge" name="法官"')
    assert ("B15", D, "judge") in found(pack(drawn=strange))


def test_its_diagram_is_linted_as_the_main_one() -> None:
    broken = SIDE.replace("<userTask id=", "<adHocSubProcess id=").replace('name="批准"/>', "/>")
    assert any(file == D and rule.startswith("E") for rule, file, _ in found(pack(drawn=broken)))


def test_one_command_starts_one_side_process() -> None:
    content = manifest() | {"side": {"pause": TAKEN, "other": TAKEN}}
    other = SIDE.replace('id="', 'id="x_').replace('Ref="', 'Ref="x_')
    other = other.replace("<flowNodeRef>", "<flowNodeRef>x_").replace("x_leader", "leader")
    other = other.replace('<process id="x_pause"', '<process id="other"')
    spoken = {
        **SAID,
        "tasks": {"x_allow": SAID["tasks"]["allow"]},
        "ends": ["x_gone", "x_back"],
    }
    files = small_pack(content, **FORMS).with_files(
        {
            Y: as_yaml(SAID),
            D: SIDE.encode(),
            "side/other.yaml": as_yaml(spoken),
            "side/other.bpmn": other.encode(),
        }
    )
    assert found(files) == [("B22", M, None)]


def test_a_scenario_names_side_processes_of_the_pack() -> None:
    step = {"at": "2025-09-08T09:20", "as": "zhang_ming", "side": "ghost"}
    story = {"pack": "small", "steps": [step]}
    files = pack().with_files({"scenarios/one.yaml": as_yaml(story)})
    assert ("C02", "scenarios/one.yaml", "ghost") in found(files)
