"""Every way of the ordinary procedure leads where the law says."""

from itertools import permutations

import pytest

from tests.bpmn.walk import SILENCE, Walk, pack
from workflows.engine import elements

_, MANIFEST, SOURCE = pack("ordinary")


def walk(discussion: str = "not_required") -> Walk:
    """A case whose lead has just been registered."""
    return Walk(SOURCE, discussion)


def proposed(case: Walk) -> Walk:
    """To file was proposed and the unit head agrees."""
    case.do("verify_lead", conclusion="file", filed="no").do("propose_filing")
    return case.do("review_filing", outcome="agree")


def reported(case: Walk) -> Walk:
    """Filed and investigated: the final report is due."""
    proposed(case).do("approve_filing", outcome="file", filed="yes")
    return case.do("inspect").do("inquire")


def reviewed(case: Walk, proposal: str = "penalty") -> Walk:
    """A report that passed both reviews."""
    case.do("write_report", proposal=proposal).do("review_report", outcome="agree")
    return case.do("legal_review", review="pass")


def notified(case: Walk) -> Walk:
    """The notice was served."""
    return reviewed(case).do("approve_notice", outcome="agree").do("serve_notice", service="served")


def decided(case: Walk, payment: str = "due") -> Walk:
    """Decided after a waiver, and served."""
    notified(reported(case)).do("record_statement", statement="waived")
    case.do("issue_decision", outcome="issue", decision="penalty")
    return case.do("serve_decision", payment=payment, service="served")


def test_a_lead_is_verified_first_by_the_handlers() -> None:
    (task,) = walk().result.open_tasks
    assert (task.element, task.lane, task.name) == ("verify_lead", "handler", "核查线索")


def test_after_an_order_to_correct_and_its_recheck_the_lead_is_verified_again() -> None:
    case = walk().do("verify_lead", conclusion="order_correction", filed="no")
    assert case.do("order_correction").tasks == {"recheck"}
    assert case.do("recheck").tasks == {"verify_lead"}


def test_a_lead_that_is_not_filed_ends_there() -> None:
    case = walk().do("verify_lead", conclusion="not_file", filed="no").do("propose_not_filing")
    case.do("review_filing", outcome="agree")
    case.do("approve_filing", outcome="not_file", filed="no")
    assert case.result.end_elements == ("end_not_filed",)
    assert case.result.ended


@pytest.mark.parametrize("step", ["review_filing", "approve_filing"])
def test_a_filing_that_is_returned_is_verified_again(step: str) -> None:
    case = walk().do("verify_lead", conclusion="file", filed="no").do("propose_filing")
    if step == "approve_filing":
        case.do("review_filing", outcome="agree")
    assert case.do(step, outcome="return").tasks == {"verify_lead"}


def answered(case: Walk, filed: str) -> Walk:
    """The other agency received the file, and fed its result back."""
    case.do("follow_transfer", transfer_step="wait", filed=filed)
    return case.do("follow_transfer", transfer_step="done", filed=filed)


@pytest.mark.parametrize(("filed", "back"), [("yes", "write_report"), ("no", "verify_lead")])
def test_a_transfer_that_came_back_is_taken_up_again(filed: str, back: str) -> None:
    case = proposed(walk()).do("approve_filing", outcome="transfer", filed=filed)
    case.do("send_transfer").do("follow_transfer", transfer_step="take_back", filed=filed)
    assert case.tasks == {back}


def test_a_transfer_before_filing_ends_the_case_and_a_return_goes_back_to_the_check() -> None:
    case = walk().do("verify_lead", conclusion="transfer", filed="no")
    case.do("approve_transfer", outcome="return", filed="no")
    assert case.tasks == {"verify_lead"}
    case.do("verify_lead", conclusion="transfer", filed="no")
    case.do("approve_transfer", outcome="transfer", filed="no").do("send_transfer")
    answered(case, "no")
    assert case.result.end_elements == ("end_transferred",)


def test_the_leader_may_transfer_instead_of_filing() -> None:
    case = proposed(walk()).do("approve_filing", outcome="transfer", filed="no")
    answered(case.do("send_transfer"), "no")
    assert case.result.end_elements == ("end_transferred",)


def test_a_transfer_after_filing_is_returned_to_the_report() -> None:
    case = reviewed(reported(walk()), "transfer")
    case.do("approve_transfer", outcome="return", filed="yes")
    assert case.tasks == {"write_report"}
    reviewed(case, "transfer").do("approve_transfer", outcome="transfer", filed="yes")
    case.do("send_transfer").do("follow_transfer", transfer_step="resend", filed="yes")
    answered(case.do("send_transfer"), "yes")
    assert case.result.end_elements == ("end_transferred",)


def test_a_filing_is_withdrawn_only_after_review_and_approval() -> None:
    case = reviewed(reported(walk()), "withdraw")
    assert case.do("approve_withdrawal", outcome="return").tasks == {"write_report"}
    case = reviewed(case, "withdraw").do("approve_withdrawal", outcome="withdraw")
    assert case.result.end_elements == ("end_withdrawn",)


def test_legal_review_sends_back_to_the_report_or_to_more_investigation() -> None:
    case = reported(walk()).do("write_report", proposal="penalty")
    case.do("review_report", outcome="agree").do("legal_review", review="supplement")
    assert case.tasks == {"supplement"}
    case.do("supplement").do("write_report", proposal="penalty")
    case.do("review_report", outcome="agree").do("legal_review", review="return")
    assert case.tasks == {"write_report"}


def test_the_unit_head_and_the_leader_may_return_the_report() -> None:
    case = reported(walk()).do("write_report", proposal="penalty")
    assert case.do("review_report", outcome="return").tasks == {"write_report"}
    assert reviewed(case).do("approve_notice", outcome="return").tasks == {"write_report"}


def test_no_penalty_is_decided_without_a_notice() -> None:
    assert reviewed(reported(walk()), "no_penalty").tasks == {"issue_decision"}


def test_silence_counts_as_a_waiver_and_takes_the_statement_task_away() -> None:
    case = notified(reported(walk()))
    task = next(iter(case.result.open_tasks))
    assert case.waits_for("CLK_STATE")
    assert case.tasks == {"record_statement"}
    case.fire("CLK_STATE", **SILENCE)
    assert case.tasks == {"issue_decision"}
    assert not case.waits_for("CLK_STATE")
    assert task.id not in {open_.id for open_ in case.result.open_tasks}


def test_a_waiver_stops_the_wait_for_the_end_of_the_period() -> None:
    case = notified(reported(walk())).do("record_statement", statement="waived")
    assert not case.waits_for("CLK_STATE")


def test_a_statement_is_re_examined_and_a_change_is_reported_anew() -> None:
    case = notified(reported(walk())).do("record_statement", statement="made")
    assert case.tasks == {"reexamine_statement"}
    case.do("reexamine_statement", reexamination="changed")
    assert case.tasks == {"write_report"}
    notified(case).do("record_statement", statement="made")
    case.do("reexamine_statement", reexamination="upheld")
    assert case.tasks == {"issue_decision"}


@pytest.mark.parametrize("way", ["waived", "expired", "upheld"])
def test_no_way_to_a_penalty_passes_the_question_of_a_discussion_by(way: str) -> None:
    case = notified(reported(walk("required")))
    if way == "waived":
        case.do("record_statement", statement="waived")
    elif way == "expired":
        case.fire("CLK_STATE", **SILENCE)
    else:
        case.do("record_statement", statement="made")
        case.do("reexamine_statement", reexamination="upheld")
    assert case.performed == ["assess_hearing", "assess_discussion"]
    assert case.tasks == {"convene_discussion"}


def heard(*answers: str) -> Walk:
    """The statement is waived; the right to a hearing is assessed as told."""
    case = notified(reported(walk("required")))
    case.hearings = list(answers)
    return case.do("record_statement", statement="waived")


def test_while_the_party_may_ask_for_a_hearing_the_case_waits_for_a_waiver_or_the_end() -> None:
    case = heard("open")
    assert case.tasks == {"hearing_window"}
    assert case.waits_for("CLK_HEARING_REQ")
    assert case.fire("CLK_HEARING_REQ").tasks == {"convene_discussion"}
    assert heard("open").do("hearing_window").tasks == {"convene_discussion"}


def test_a_case_waits_for_its_hearing_and_is_reviewed_again_after_it() -> None:
    case = heard("pending", "held")
    assert case.tasks == set()
    case.tell("hearing_over")
    assert case.tasks == {"review_after_hearing"}
    assert case.do("review_after_hearing", review="pass").tasks == {"convene_discussion"}


def test_a_hearing_that_ends_while_the_party_could_still_ask_is_heard_of_too() -> None:
    assert heard("open", "over").tell("hearing_over").tasks == {"convene_discussion"}


@pytest.mark.parametrize(
    ("review", "after"), [("return", "write_report"), ("supplement", "supplement")]
)
def test_a_review_after_the_hearing_that_fails_leads_to_a_new_report(
    review: str, after: str
) -> None:
    assert heard("held").do("review_after_hearing", review=review).tasks == {after}


@pytest.mark.parametrize(
    ("result", "after"),
    [
        ("as_proposed", "issue_decision"),
        ("lighter", "issue_decision"),
        ("no_penalty", "issue_decision"),
        ("heavier", "write_report"),
        ("supplement", "supplement"),
    ],
)
def test_the_discussion_is_signed_before_its_result_counts(result: str, after: str) -> None:
    case = notified(reported(walk("required"))).do("record_statement", statement="waived")
    case.do("convene_discussion").do("hold_discussion", discussion_result=result)
    assert case.tasks == {"sign_minutes"}
    assert case.do("sign_minutes").tasks == {after}


def test_a_heavier_result_needs_a_new_notice_before_any_decision() -> None:
    case = notified(reported(walk("required"))).do("record_statement", statement="waived")
    case.do("convene_discussion").do("hold_discussion", discussion_result="heavier")
    notified(case.do("sign_minutes"))
    assert case.tasks == {"record_statement"}
    assert case.waits_for("CLK_STATE")


def test_a_returned_decision_goes_back_to_the_report() -> None:
    case = reviewed(reported(walk()), "no_penalty").do("issue_decision", outcome="return")
    assert case.tasks == {"write_report"}


STEPS = ("pay", "prepare", "release")


@pytest.mark.parametrize(
    "order", [o for o in permutations(STEPS) if o.index("prepare") < o.index("release")]
)
def test_payment_and_disclosure_are_done_in_any_order_and_both_before_closing(
    order: tuple[str, ...],
) -> None:
    case = decided(walk())
    assert case.tasks == {"record_payment", "prepare_disclosure"}
    for step in order:
        assert "propose_closing" not in case.tasks
        if step == "pay":
            case.do("record_payment", payment="settled")
        elif step == "prepare":
            case.do("prepare_disclosure")
        else:
            case.do("release_disclosure", outcome="publish")
    assert case.tasks == {"propose_closing"}
    assert case.performed[-1] == "start_closing_clock"


def test_a_part_payment_and_a_returned_text_loop_without_disturbing_each_other() -> None:
    case = decided(walk()).do("record_payment", payment="partial").do("prepare_disclosure")
    case.do("release_disclosure", outcome="return").do("record_payment", payment="partial")
    assert case.tasks == {"record_payment", "prepare_disclosure"}
    case.do("record_payment", payment="settled").do("prepare_disclosure")
    case.do("release_disclosure", outcome="withhold")
    assert case.tasks == {"propose_closing"}
    assert case.performed.count("start_closing_clock") == 1


def test_without_a_fine_only_disclosure_is_left() -> None:
    case = decided(walk(), payment="none")
    assert case.tasks == {"prepare_disclosure"}


def test_a_case_is_closed_and_archived_once_its_returns_are_done() -> None:
    case = decided(walk(), payment="none").do("prepare_disclosure")
    case.do("release_disclosure", outcome="withhold").do("propose_closing")
    case.do("review_closing", outcome="return").do("propose_closing")
    case.do("review_closing", outcome="agree").do("approve_closing", outcome="return")
    case.do("propose_closing").do("review_closing", outcome="agree")
    case.do("approve_closing", outcome="close")
    assert case.tasks == {"archive_file"}
    assert not case.result.ended
    assert case.do("archive_file").result.end_elements == ("end_archived",)
    assert case.result.ended
    assert case.result.tokens == ()


def test_each_task_is_bound_under_its_drawn_name_to_a_lane_with_roles() -> None:
    drawn = {e.id: e for e in elements(SOURCE) if e.type == "userTask"}
    mine = {e: b for e, b in MANIFEST.tasks.items() if MANIFEST.side_of(e) is None}
    assert drawn.keys() == mine.keys()
    for element, binding in mine.items():
        assert drawn[element].name == binding.title.zh
        assert MANIFEST.lanes[str(drawn[element].lane)].title.zh == drawn[element].lane_name


def test_each_task_says_its_act_and_what_comes_next_in_both_languages() -> None:
    for binding in MANIFEST.tasks.values():
        assert binding.action
        assert binding.action.zh
        assert binding.action.en
        assert binding.next
        assert binding.next.zh.endswith("。")
        assert binding.next.en.endswith(".")
