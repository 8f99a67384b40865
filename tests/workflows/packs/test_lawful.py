"""The legal gates against the shipped packs: each is kept as drawn, and broken by one stroke."""

from __future__ import annotations

import re

import pytest

from workflows.bootstrap import PACKS
from workflows.packs.check import check
from workflows.packs.files import PackFiles
from workflows.packs.findings import Finding
from workflows.vocabulary import vocabulary

REROUTED = [
    ("LG01", "propose_filing__before_review_filing", "approve_filing"),
    ("LG02", "after_approve_filing__before_verify_lead", "before_write_report"),
    ("LG03", "after_approve_filing__inspect", "before_write_report"),
    ("LG04", "write_report__review_report", "legal_review"),
    ("LG05", "after_review_report__legal_review", "by_proposal"),
    ("LG06", "by_proposal__approve_notice", "serve_notice"),
    ("LG07", "after_approve_notice__serve_notice", "before_assess_hearing"),
    ("LG08", "serve_notice__notice_by_announcement", "before_assess_hearing"),
    ("LG09", "after_record_statement__reexamine_statement", "before_assess_hearing"),
    ("LG10", "after_reexamine_statement__before_write_report", "before_assess_hearing"),
    ("LG11", "before_assess_hearing__assess_hearing", "before_assess_discussion"),
    ("LG11", "after_assess_hearing__await_hearing", "before_assess_discussion"),
    ("LG13", "after_assess_hearing__review_after_hearing", "before_assess_discussion"),
    ("LG14", "before_assess_discussion__assess_discussion", "before_issue_decision"),
    ("LG15", "after_assess_discussion__convene_discussion", "before_issue_decision"),
    ("LG16", "after_sign_minutes__before_write_report", "before_issue_decision"),
    ("LG17", "after_sign_minutes__before_supplement", "before_issue_decision"),
    ("LG18", "hold_discussion__sign_minutes", "after_sign_minutes"),
    ("LG19", "after_issue_decision__before_write_report", "serve_decision"),
    ("LG20", "after_issue_decision__serve_decision", "payment_due"),
    ("LG21", "after_issue_decision__serve_decision", "before_propose_closing"),
    ("LG22", "serve_decision__fork_enforcement", "before_propose_closing"),
    ("LG23", "before_prepare_disclosure__prepare_disclosure", "release_disclosure"),
    ("LG24", "propose_closing__review_closing", "approve_closing"),
    ("LG25", "after_approve_closing__before_propose_closing", "archive_file"),
    ("LG26", "after_approve_withdrawal__before_write_report", "end_withdrawn"),
    ("LG27", "after_approve_transfer__before_write_report", "before_send_transfer"),
    ("LG28", "after_review_report__legal_review", "approve_withdrawal"),
]
"""(gate, flow, where it leads instead), in the ordinary pack."""

UNBLOCKED = [
    ("LG12", "hearing", "IssueDecision"),
    ("LG29", "suspension", "IssueDecision"),
    ("LG30", "criminal_transfer", "IssueDecision"),
    ("LG33", "appraisal", "SubmitFinalReport"),
    ("LG34", "termination", "IssueDecision"),
]
"""(gate, side process, command that it no longer holds up)."""

LANES = [
    ("LG35", "leader"),
    ("LG36", "reviewer"),
    ("LG37", "handler"),
    ("LG38", "host"),
    ("LG39", "cashier"),
]
"""(gate, lane that asks a role too many)."""


def findings(files: PackFiles) -> list[Finding]:
    return check(files, vocabulary())


def rules(files: PackFiles) -> set[str]:
    return {finding.rule for finding in findings(files) if finding.severity == "error"}


def changed(path: str, edit: tuple[str, str], pack: str = "ordinary") -> PackFiles:
    """A shipped pack with one place of one file written otherwise."""
    files = PackFiles.from_folder(PACKS / pack)
    text = files[path].decode()
    assert len(re.findall(edit[0], text)) == 1, edit[0]
    return files.with_files({path: re.sub(edit[0], edit[1], text).encode()})


def rerouted(flow: str, target: str) -> PackFiles:
    return changed("process.bpmn", _led(flow, target))


def _led(flow: str, target: str) -> tuple[str, str]:
    return rf'(sequenceFlow id="{flow}"[^>]*targetRef=")[^"]*"', rf'\g<1>{target}"'


@pytest.mark.parametrize("pack", ["ordinary", "simple", "quick", "nonsite"])
def test_every_shipped_pack_keeps_every_gate(pack: str) -> None:
    assert findings(PackFiles.from_folder(PACKS / pack)) == []


@pytest.mark.parametrize(("gate", "flow", "target"), REROUTED)
def test_one_flow_led_elsewhere_breaks_the_gate(gate: str, flow: str, target: str) -> None:
    assert gate in rules(rerouted(flow, target))


@pytest.mark.parametrize(("gate", "side", "command"), UNBLOCKED)
def test_a_side_process_that_holds_nothing_up_breaks_the_gate(
    gate: str, side: str, command: str
) -> None:
    text = PackFiles.from_folder(PACKS / "ordinary")["pack.yaml"].decode()
    begin = text.index(f"\n  {side}:\n", text.index("\nside:"))
    ends = re.search(r"\n  \w+:\n|\n\w", text[begin + 4 :])
    end = begin + 4 + (ends.start() if ends else len(text))
    block = text[begin:end].replace(f"      - {command}\n", "")
    block = re.sub(rf", {command}|{command}, |(?<=\[){command}(?=\])", "", block)
    assert command not in block
    files = PackFiles.from_folder(PACKS / "ordinary")
    assert gate in rules(
        files.with_files({"pack.yaml": (text[:begin] + block + text[end:]).encode()})
    )


@pytest.mark.parametrize(("gate", "lane"), LANES)
def test_a_lane_with_a_role_too_many_breaks_the_gate(gate: str, lane: str) -> None:
    edit = (rf"(\n  {lane}: {{title: {{[^}}]*}}, roles: \[)", r"\g<1>publisher, ")
    assert gate in rules(changed("pack.yaml", edit))


def test_a_pack_without_a_clock_of_the_law_is_refused() -> None:
    files = PackFiles.from_folder(PACKS / "ordinary")
    text = files["pack.yaml"].decode()
    spoiled = re.sub(r"CLK_LIMITATION, |- CLK_LIMITATION\n\s*", "", text, count=1)
    assert spoiled != text
    assert "LG40" in rules(files.with_files({"pack.yaml": spoiled.encode()}))


def test_the_shortest_way_to_the_breach_is_shown() -> None:
    flow, target = "after_assess_discussion__convene_discussion", "before_issue_decision"
    (breach,) = [f for f in findings(rerouted(flow, target)) if f.rule == "LG15"]
    assert breach.path[0] == "start_lead"
    assert flow in breach.path
    assert "issue_decision" in breach.path


def test_a_pack_cannot_bring_gates_of_its_own() -> None:
    files = PackFiles.from_folder(PACKS / "ordinary").with_files(
        {"gates.yaml": b"gates: []\n", "_shared/gates.yaml": b"gates: []\n"}
    )
    flow = _led("after_review_report__legal_review", "by_proposal")
    drawn = re.sub(*flow, files["process.bpmn"].decode())
    assert "LG05" in rules(files.with_files({"process.bpmn": drawn.encode()}))


def test_the_law_has_at_least_twenty_five_gates_each_with_its_article() -> None:
    gates = vocabulary().gates.gates
    assert len(gates) >= 25
    assert all("第" in gate.article.zh and "art" in gate.article.en for gate in gates)
    assert len({gate.id for gate in gates}) == len(gates)
