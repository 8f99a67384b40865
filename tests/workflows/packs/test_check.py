"""Checking a pack: the small one is right, and each way of spoiling it is found and placed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.workflows.packs.small import (
    AREA,
    FORM_FIELDS,
    PROCESS,
    WORDS,
    as_yaml,
    manifest,
    small_pack,
)
from tests.workflows.rules.tables import dmn
from workflows.packs.check import check, check_path
from workflows.packs.files import PackFiles
from workflows.vocabulary import vocabulary

BPMN = Path(__file__).parents[3] / "bpmn"

Change = Callable[[dict[str, Any]], object]


def found(files: PackFiles) -> list[tuple[str, str, str | None]]:
    return [(each.rule, each.file, each.element) for each in check(files, WORDS)]


def test_the_small_pack_is_right() -> None:
    assert check(small_pack(), WORDS) == []


def spoiled(change: Change) -> list[tuple[str, str, str | None]]:
    content = copy.deepcopy(manifest())
    change(content)
    return found(small_pack(content))


M = "pack.yaml"


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda m: m["tasks"].pop("propose"), ("B01", "process.bpmn", "propose")),
        (lambda m: m["tasks"].update(ghost=m["tasks"]["wait"]), ("B02", M, "ghost")),
        (lambda m: m["tasks"]["propose"].update(command="Conjure"), ("B03", M, "propose")),
        (lambda m: m["start"].update(command="Conjure"), ("B03", M, None)),
        (lambda m: m["lanes"]["leader"].update(roles=["king"]), ("B04", M, None)),
        (lambda m: m["tasks"]["propose"].update(form="ghost"), ("B05", M, "propose")),
        (lambda m: m["tasks"]["propose"].update(documents=["D99"]), ("B06", M, "propose")),
        (lambda m: m["tasks"]["propose"].update(documents=["D02"]), ("B06", M, "propose")),
        (lambda m: m["tasks"]["propose"].update(clock="CLK_X"), ("B07", M, "propose")),
        (lambda m: m.update(clocks=["CLK_STATE", "CLK_X"]), ("B07", M, None)),
        (lambda m: m.update(clocks=[]), ("B07", "process.bpmn", "expired")),
        (lambda m: m.update(operations=[]), ("B08", "process.bpmn", "assess")),
        (lambda m: m["operations"].append("conjure"), ("B08", M, None)),
        (lambda m: m["routing"]["outcome"].remove("drop"), ("B09", M, None)),
        (lambda m: m["routing"]["outcome"].append("maybe"), ("B09", M, None)),
        (lambda m: m["routing"].pop("outcome"), ("B10", "process.bpmn", "f_agree")),
        (lambda m: m["lanes"].pop("leader"), ("B15", "process.bpmn", "leader")),
        (lambda m: m["lanes"].update(more=m["lanes"]["leader"]), ("B15", M, None)),
        (lambda m: m["tasks"]["wait"].update(lane="leader"), ("B15", "process.bpmn", "wait")),
        (lambda m: m["tasks"]["propose"].update(form="wait"), ("B16", M, "propose")),
        (lambda m: m["tasks"]["propose"].update(stage="limbo"), ("B17", M, "propose")),
        (lambda m: m["stages"]["strip"].append("limbo"), ("B17", M, None)),
        (lambda m: m["ends"].update(ghost="closed"), ("B19", M, "ghost")),
        (lambda m: m["tasks"]["wait"].update(extra_guards=["x"]), ("B20", M, "wait")),
        (
            lambda m: m["tasks"]["approve"].update(outcomes={"outcome": ["perhaps"]}),
            ("B18", M, "approve"),
        ),
        (lambda m: m.update(process="other.bpmn"), ("M04", "other.bpmn", None)),
        (lambda m: m.update(id="large"), ("M04", "process.bpmn", None)),
        (lambda m: m.update(colour="red"), ("M03", M, None)),
        (lambda m: m["tasks"]["wait"].pop("title"), ("M03", M, None)),
    ],
)
def test_a_spoiled_manifest_is_found(change: Change, finding: tuple[str, str, str | None]) -> None:
    assert finding in spoiled(change)


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('outcome == "drop"', 'outcome == "dorp"', ("B11", "process.bpmn", "f_drop")),
        ('outcome == "drop"', 'outcome == "dorp"', ("B12", "process.bpmn", "ways")),
        ('outcome == "drop"', 'outcome != "return"', ("B13", "process.bpmn", "ways")),
        ('outcome == "drop"', 'verdict == "drop"', ("B10", "process.bpmn", "f_drop")),
        ('outcome == "drop"', "outcome.drop()", ("B10", "process.bpmn", "f_drop")),
        ('outcome == "drop"', 'discussion == "no"', ("B14", "process.bpmn", "ways")),
        ('outcome == "drop"', "extra.ghost.content", ("B10", "process.bpmn", "f_drop")),
        ('outcome == "drop"', "extra.wait.content", ("B12", "process.bpmn", "ways")),
        ("<flowNodeRef>wait</flowNodeRef>", "", ("B15", "process.bpmn", "wait")),
        ("<script>assess</script>", "", ("B08", "process.bpmn", "assess")),
        ("<definitions ", "<!DOCTYPE x><definitions ", ("E02", "process.bpmn", None)),
        ("</process>", "", ("E01", "process.bpmn", None)),
    ],
)
def test_a_spoiled_diagram_is_found(
    old: str, new: str, finding: tuple[str, str, str | None]
) -> None:
    assert old in PROCESS

    assert finding in found(small_pack(process=PROCESS.replace(old, new, 1)))


def test_a_default_flow_takes_what_no_condition_takes() -> None:
    process = PROCESS.replace(
        '<exclusiveGateway id="ways"', '<exclusiveGateway id="ways" default="f_drop"'
    ).replace('<conditionExpression>outcome == "drop"</conditionExpression>', "")

    assert found(small_pack(process=process)) == []


def test_only_values_that_can_arrive_count() -> None:
    """`drop` has left before the second gateway, so that one needs no way out for it."""
    second = PROCESS.replace(
        'targetRef="assess">\n      <conditionExpression>outcome == "agree"',
        'targetRef="more">\n      <conditionExpression>outcome != "drop" and outcome != "return"',
    ).replace(
        '<endEvent id="done"',
        '<exclusiveGateway id="more" name="再问"/>'
        '<sequenceFlow id="g1" sourceRef="more" targetRef="assess">'
        '<conditionExpression>outcome == "agree"</conditionExpression></sequenceFlow>'
        '<sequenceFlow id="g2" sourceRef="more" targetRef="done">'
        '<conditionExpression>outcome == "return"</conditionExpression></sequenceFlow>'
        '<endEvent id="done"',
    )

    assert found(small_pack(process=second)) == []


def test_the_shipped_packs_are_right() -> None:
    shipped = [folder.parent for folder in BPMN.glob("*/pack.yaml")]

    assert BPMN / "ordinary" in shipped
    for folder in shipped:
        findings = check_path(folder, vocabulary())
        assert [each.message.en for each in findings if each.severity == "error"] == []


def test_what_one_branch_sets_is_set_after_the_join() -> None:
    moved = PROCESS.replace(
        'sourceRef="ways" targetRef="assess"', 'sourceRef="ways" targetRef="wait"'
    )
    parallel = moved.replace(
        '<sequenceFlow id="f4" sourceRef="assess" targetRef="wait"/>',
        """<parallelGateway id="fork" name="分"/><parallelGateway id="join" name="合"/>
        <userTask id="propose2" name="另一路"/>
        <exclusiveGateway id="after" name="讨论？"/>
        <sequenceFlow id="p1" sourceRef="fork" targetRef="assess"/>
        <sequenceFlow id="p2" sourceRef="fork" targetRef="propose2"/>
        <sequenceFlow id="p3" sourceRef="assess" targetRef="join"/>
        <sequenceFlow id="p7" sourceRef="propose2" targetRef="join"/>
        <sequenceFlow id="p4" sourceRef="join" targetRef="after"/>
        <sequenceFlow id="p5" sourceRef="after" targetRef="done">
          <conditionExpression>discussion == "no"</conditionExpression></sequenceFlow>
        <sequenceFlow id="p6" sourceRef="after" targetRef="dropped">
          <conditionExpression>discussion == "required"</conditionExpression></sequenceFlow>""",
    ).replace('sourceRef="wait" targetRef="done"', 'sourceRef="wait" targetRef="fork"')
    parallel = parallel.replace(
        "<flowNodeRef>wait<", "<flowNodeRef>propose2</flowNodeRef><flowNodeRef>wait<"
    )
    content = manifest()
    content["tasks"]["propose2"] = content["tasks"]["propose"]

    assert found(small_pack(content, parallel)) == []
    unset = parallel.replace("<script>assess<", "<script>conjure<")
    assert ("B14", "process.bpmn", "after") in found(small_pack(content, unset))


def test_an_option_that_the_command_never_returns_is_found() -> None:
    fields = copy.deepcopy(FORM_FIELDS["approve"])
    fields[0]["options"].append({"value": "perhaps", **AREA})  # type: ignore[attr-defined]

    assert found(small_pack(approve=fields)) == [("B18", M, "approve")]


def test_a_field_that_the_command_does_not_know_is_found() -> None:
    fields = [*FORM_FIELDS["propose"], {"name": "colour", "type": "text", "label": AREA}]

    assert found(small_pack(propose=fields)) == [("B16", M, "propose")]


def test_a_field_that_the_command_needs_may_not_be_left_empty() -> None:
    fields = [{**FORM_FIELDS["propose"][0], "required": False}]

    assert found(small_pack(propose=fields)) == [("B16", M, "propose")]


@pytest.mark.parametrize(
    ("path", "content", "rule"),
    [
        ("pack.yaml", None, "M02"),
        ("pack.yaml", b"a: [", "M03"),
        ("pack.yaml", b"\xff", "M03"),
        ("pack.yaml", b"[" * 3_000, "M03"),
        ("pack.yaml", b"a: &a [x]\nb: *a", "M03"),
        ("pack.yaml", b"a: 1\na: 2", "M03"),
        ("pack.yaml", b"when: 2025-99-99", "M03"),
        ("pack.yaml", b"#" * 600_000, "M03"),
        ("forms/wait.yaml", b"id: wait", "F01"),
        ("forms/wait.yaml", b"", "F01"),
        (
            "forms/wait.yaml",
            b"{id: wait, title: {zh: a, en: a}, "
            b"fields: [{name: a, type: rows, label: {zh: a, en: a}}]}",
            "F02",
        ),
        ("forms/wait.yaml", b"{id: other, title: {zh: a, en: a}, fields: []}", "F03"),
        ("_shared/codes/case_source.yaml", None, "F04"),
        ("_shared/codes/case_source.yaml", b"codes: []", "F05"),
        ("rules/discussion.dmn", b"<definitions/>", "R01"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding(
    path: str, content: bytes | None, rule: str
) -> None:
    pack = small_pack()
    removed = (path,) if content is None else ()
    changed = {} if content is None else {path: content}

    findings = check(pack.with_files(changed, removed), WORDS)

    assert rule in {finding.rule for finding in findings}
    assert all(finding.message.zh and finding.message.en for finding in findings)


def test_errors_come_before_warnings() -> None:
    """Two variables are bounded one by one, so their combination only warns."""
    two = PROCESS.replace(
        'sourceRef="assess" targetRef="wait"/>',
        """sourceRef="assess" targetRef="both"/>
        <exclusiveGateway id="both" name="两个"/>
        <sequenceFlow id="b1" sourceRef="both" targetRef="wait">
          <conditionExpression>outcome == "agree" and discussion == "no"</conditionExpression>
        </sequenceFlow>
        <sequenceFlow id="b2" sourceRef="both" targetRef="done">
          <conditionExpression>outcome == "drop" and discussion == "no"</conditionExpression>
        </sequenceFlow>""",
    ).replace("<flowNodeRef>wait</flowNodeRef>", "")

    findings = check(small_pack(process=two), WORDS)

    assert [(each.rule, each.severity, each.element) for each in findings] == [
        ("B15", "error", "wait"),
        ("B12", "warning", "both"),
    ]
    assert "discussion = required" in findings[1].message.zh


TABLE = [["<= 5", "1"], [">= 5", "2"]]


def test_rows_of_a_table_that_overlap_are_found() -> None:
    table = dmn([("fine", "number")], [("band", "number")], TABLE)
    gap = dmn([("fine", "number")], [("band", "number")], TABLE[:1])

    assert ("R02", "rules/t.dmn", "row_1") in found(small_pack().with_files({"rules/t.dmn": table}))
    (warning,) = check(small_pack().with_files({"rules/t.dmn": gap}), WORDS)
    assert (warning.rule, warning.severity) == ("R03", "warning")
    assert "fine = 6" in warning.message.zh


def test_a_scenario_that_names_no_task_of_the_pack_is_found() -> None:
    step = {"at": "2025-09-24T10:00", "as": "zhang_ming", "task": "propose"}
    story = {"pack": "small", "steps": [step]}
    ghost = {"pack": "small", "steps": [step | {"expect": {"tasks": ["ghost"]}}]}
    path = "scenarios/story.yaml"

    assert found(small_pack().with_files({path: as_yaml(story)})) == []
    assert found(small_pack().with_files({path: as_yaml(ghost)})) == [("C02", path, "ghost")]
    assert found(small_pack().with_files({path: as_yaml(story | {"pack": "other"})})) == [
        ("C02", path, None)
    ]
    assert found(small_pack().with_files({path: b"pack: small"})) == [("C01", path, None)]


def test_a_path_may_be_a_folder_a_zip_or_one_diagram(tmp_path: Path) -> None:
    pack = small_pack()
    (tmp_path / "small.zip").write_bytes(pack.to_zip())
    (tmp_path / "broken.zip").write_bytes(b"PK")
    (tmp_path / "drawing.bpmn").write_text(PROCESS.replace("scriptTask", "complexGateway"))

    assert check_path(tmp_path / "small.zip", WORDS) == []
    assert [each.rule for each in check_path(tmp_path / "broken.zip", WORDS)] == ["M01"]
    assert {each.file for each in check_path(tmp_path / "drawing.bpmn", WORDS)} == {"drawing.bpmn"}
    assert check_path(BPMN / "ordinary", WORDS) != []
    with pytest.raises(FileNotFoundError):
        check_path(tmp_path / "nothing", WORDS)
