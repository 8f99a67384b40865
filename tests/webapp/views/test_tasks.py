"""The inbox and the desk: what is mine, what I may do, and what stays when it is refused."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.audit import CommandReceipt
from models.note import ReadEntry, RefusedAttempt, TaskDraft
from models.task import Task
from models.types import TaskState
from tests.database import PASSWORD
from tests.webapp.conftest import Web
from tests.webapp.walking import PASSING

WebAt = Callable[..., Web]
PASS = PASSING
VERIFIED = {
    "second_handler": "li_qiang",
    "conclusion": "order_correction",
    "verified_at": "2025-09-08T09:40",
    "findings": "核实线索属实，先责令限期改正。",
    "matter": "out_of_shop_trading",
    "party-party_type": "individual_business",
    "party-name": "镇海区骆驼街道鲜果美水果店",
    "party-uscc": "92330211MA2GX1001W",
    "party-representative_name": "陈立新",
    "party-address": "宁波市镇海区骆驼街道南一东路示例12号",
}


def posted(web: Web, task: Task, **values: Any) -> dict[str, Any]:
    """A form as the page would send it."""
    return {"_key": str(uuid.uuid4()), "_rev": task.rev, **values}


def draft_of(web: Web, task: Task) -> TaskDraft | None:
    found: TaskDraft | None = web.one(select(TaskDraft).where(TaskDraft.task_id == task.id))
    return found


# -- the inbox --------------------------------------------------------------------------------


def test_the_inbox_groups_what_is_mine_and_what_i_may_take(web_at: WebAt) -> None:
    web = web_at("legal_review")
    page = web.client("wang_jing").get("/tasks?view=all").text
    assert "待认领<span>1 件" in page
    assert "镇海区骆驼街道鲜果美水果店" in page
    assert "剩" in page


def test_a_tab_counts_what_it_lists(web_at: WebAt) -> None:
    web = web_at("inspect")
    client = web.client("zhang_ming")
    page = client.get("/tasks?view=mine").text
    assert '>我的<span class="n">1</span>' in page
    assert page.count("<tr data-row>") == 1
    done = client.get("/tasks?view=done").text
    count = re.search(r'已办<span class="n">(\d+)</span>', done)
    assert count is not None
    assert done.count("<tr data-row>") == int(count[1])


def test_filters_are_kept_in_the_address_and_remembered(web_at: WebAt) -> None:
    web = web_at("legal_review")
    client = web.client("wang_jing")
    assert "没有符合筛选的任务" in client.get("/tasks?view=all&element=inspect").text
    again = client.get("/tasks")
    assert again.status_code == 302
    assert again.headers["Location"] == "/tasks?element=inspect"
    client.get("/tasks?view=all")
    assert client.get("/tasks").status_code == 200


def test_nobody_sees_the_inbox_without_signing_in(web: Web) -> None:
    answer = web.app.test_client().get("/tasks")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=/tasks")


def test_people_of_another_subject_see_neither_row_nor_desk(web_at: WebAt) -> None:
    web = web_at("legal_review")
    stranger = web.client("he_qing")
    assert "镇海区骆驼街道鲜果美水果店" not in stranger.get("/tasks?view=all").text
    task = web.task()
    assert stranger.get(f"/tasks/{task.id}").status_code == 404
    assert stranger.post(f"/tasks/{task.id}", data=posted(web, task, **PASS)).status_code == 404
    assert stranger.post(f"/tasks/{task.id}/draft", data=PASS).status_code == 404
    assert stranger.post(f"/tasks/{task.id}/claim").status_code == 404


def test_the_list_leaves_as_a_table_that_computes_nothing(web_at: WebAt) -> None:
    web = web_at("legal_review")
    answer = web.client("wang_jing").get("/tasks.csv")
    lines = answer.text.splitlines()
    assert answer.text.startswith("\ufeff分组,期限,当事人")
    assert len(lines) == 2
    assert "法制审核" in lines[1]


# -- the desk ---------------------------------------------------------------------------------


def test_the_desk_shows_form_file_and_what_comes_next(web_at: WebAt) -> None:
    web = web_at("legal_review")
    page = web.client("wang_jing").get(f"/tasks/{web.task().id}").text
    assert "出具法制审核意见书" in page
    assert "通过的，交负责人审批" in page
    assert "《行政处罚法》第五十八条" in page
    assert "调查终结报告" in page
    assert "店外摆放货架照片" in page
    assert "办案期限" in page


def test_opening_a_desk_is_noted(web_at: WebAt) -> None:
    web = web_at("legal_review")
    web.client("wang_jing").get(f"/tasks/{web.task().id}")
    assert [r.what for r in web.all(select(ReadEntry))] == ["task:legal_review"]


def test_a_handler_is_told_why_the_review_is_not_theirs(web_at: WebAt) -> None:
    web = web_at("legal_review")
    task = web.task()
    client = web.client("zhang_ming")
    page = client.get(f"/tasks/{task.id}").text
    assert "这一步不由您办理" in page
    assert "办过本案的人不能审核本案" in page
    assert 'name="review"' not in page
    answer = client.post(f"/tasks/{task.id}", data=posted(web, task, **PASS))
    assert answer.status_code == 403
    assert web.task().id == task.id


def test_an_opinion_is_submitted_and_the_way_on_is_told(web_at: WebAt) -> None:
    web = web_at("legal_review")
    task = web.task()
    client = web.client("wang_jing")
    answer = client.post(f"/tasks/{task.id}", data=posted(web, task, **PASS))
    assert answer.status_code == 302
    assert web.task().element == "approve_notice"
    told = client.get("/tasks?view=all").text
    assert "“法制审核”已提交，转审批处罚建议" in told


def test_a_page_on_which_the_checklist_is_not_answered_is_refused(web_at: WebAt) -> None:
    web = web_at("legal_review")
    task = web.task()
    client = web.client("wang_jing")
    page = client.get(f"/tasks/{task.id}").text
    assert "责令改正的期限是否合理" in page
    assert not re.search(r'name="checklist-0-result"[^>]*checked', page)
    bare = {"review": "pass", "opinion": "agree"}
    assert client.post(f"/tasks/{task.id}", data=posted(web, task, **bare)).status_code == 422
    half = {k: v for k, v in PASS.items() if k != "checklist-3-result"}
    assert client.post(f"/tasks/{task.id}", data=posted(web, task, **half)).status_code == 422


def test_the_next_step_of_the_same_case_opens_when_it_is_mine(web_at: WebAt) -> None:
    web = web_at("inspect")
    task = web.task()
    data = posted(
        web, task, second_handler="li_qiang", started_at="2025-09-11T09:20",
        ended_at="2025-09-11T09:50", place="门前人行道", cards_shown="true", rights_told="true",
        findings="店外摆放货架", party_signature="signed", body_camera="true",
    )  # fmt: skip
    web.move_to("2025-09-11T10:00")
    answer = web.client("zhang_ming").post(f"/tasks/{task.id}", data=data)
    assert answer.headers["Location"] == f"/tasks/{web.task('inquire').id}"


def test_a_second_press_of_the_same_form_is_the_same_act(web_at: WebAt) -> None:
    web = web_at("legal_review")
    task = web.task()
    data = posted(web, task, **PASS)
    client = web.client("wang_jing")
    first = client.post(f"/tasks/{task.id}", data=data)
    second = client.post(f"/tasks/{task.id}", data=data)
    assert (first.status_code, second.status_code) == (302, 302)
    keys = web.all(select(CommandReceipt.key))
    assert keys.count(data["_key"]) == 1


def test_missing_fields_are_told_at_their_place_and_the_rest_stays(web_at: WebAt) -> None:
    web = web_at("legal_review")
    task = web.task()
    data = posted(web, task, review="return", opinion="correct", reasons="")
    data["failure_reasons"] = ["facts_unclear"]
    answer = web.client("wang_jing").post(f"/tasks/{task.id}", data=data)
    assert answer.status_code == 422
    assert "还不能提交" in answer.text
    assert 'href="#f-reasons"' in answer.text
    assert re.search(r'name="review" value="return" checked', answer.text)
    assert web.task().id == task.id


def test_a_refusal_shows_rule_article_and_what_was_typed(web_at: WebAt) -> None:
    web = web_at("verify_lead")
    task = web.task()
    data = posted(web, task, **{**VERIFIED, "second_handler": "zhang_ming", "findings": "我写的话"})
    answer = web.client("zhang_ming").post(f"/tasks/{task.id}", data=data)
    assert answer.status_code == 422
    assert "《行政处罚法》第四十二条" in answer.text
    assert "我写的话" in answer.text
    kept = draft_of(web, task)
    assert kept is not None
    assert kept.data["findings"] == "我写的话"
    assert "V07" in web.one(select(RefusedAttempt.rules))


def test_a_task_that_somebody_else_changed_keeps_what_i_typed(web_at: WebAt) -> None:
    web = web_at("legal_review")
    task = web.task()
    client = web.client("wang_jing")
    late = posted(web, task, review="return", opinion="correct", reasons="我的理由")
    client.post(f"/tasks/{task.id}/claim")
    answer = client.post(f"/tasks/{task.id}", data=late)
    assert answer.status_code == 409
    assert "本次没有写入，您填的内容都还在下面" in answer.text
    assert "我的理由" in answer.text
    assert f'name="_rev" value="{web.task().rev}"' in answer.text


def test_a_task_that_is_done_says_who_did_it_and_keeps_what_i_typed(web_at: WebAt) -> None:
    web = web_at("legal_review")
    task = web.task()
    web.client("wang_jing").post(f"/tasks/{task.id}", data=posted(web, task, **PASS))
    late = posted(web, task, review="return", opinion="correct", reasons="我的理由")
    answer = web.client("wang_jing").post(f"/tasks/{task.id}", data=late)
    assert answer.status_code == 409
    assert "王静" in answer.text
    assert "已经办完这一步" in answer.text
    assert "我的理由" in answer.text
    assert "data-draft-url" not in answer.text


def test_a_form_without_its_token_writes_nothing(web_at: WebAt) -> None:
    web = web_at("legal_review")
    web.app.config["WTF_CSRF_ENABLED"] = True
    task = web.task()
    answer = web.client("wang_jing").post(f"/tasks/{task.id}", data=posted(web, task, **PASS))
    assert answer.status_code == 400
    assert web.task().id == task.id


@pytest.mark.parametrize("field", ["matter", "party-name", "findings"])
def test_typed_values_come_back_escaped(web_at: WebAt, field: str) -> None:
    web = web_at("verify_lead")
    task = web.task()
    data = posted(web, task, **{**VERIFIED, field: '"><script>alert(1)</script>', "conclusion": ""})
    answer = web.client("zhang_ming").post(f"/tasks/{task.id}", data=data)
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


# -- drafts -----------------------------------------------------------------------------------


def test_a_draft_is_kept_and_comes_back(web_at: WebAt) -> None:
    web = web_at("legal_review")
    task = web.task()
    client = web.client("wang_jing")
    saved = client.post(f"/tasks/{task.id}/draft", data={"review": "return", "reasons": "写到一半"})
    assert re.fullmatch(r"\d\d:\d\d", saved.get_json()["saved_at"])
    page = client.get(f"/tasks/{task.id}").text
    assert "写到一半" in page
    assert "这是您" in page
    assert "写到一半" not in web.client("xie_ning").get(f"/tasks/{task.id}").text


def test_a_draft_holds_no_password(web_at: WebAt) -> None:
    web = web_at("issue_decision")
    task = web.task()
    client = web.client("zhao_yong", fresh=False)
    client.post(f"/tasks/{task.id}/draft", data={"outcome": "issue", "_password": PASSWORD})
    kept = draft_of(web, task)
    assert kept is not None
    assert PASSWORD not in str(kept.data)


def test_a_draft_can_be_thrown_away(web_at: WebAt) -> None:
    web = web_at("legal_review")
    task = web.task()
    client = web.client("wang_jing")
    client.post(f"/tasks/{task.id}/draft", data={"reasons": "写到一半"})
    client.post(f"/tasks/{task.id}/draft/discard")
    assert draft_of(web, task) is None


def test_the_draft_goes_when_the_task_is_done(web_at: WebAt) -> None:
    web = web_at("legal_review")
    task = web.task()
    client = web.client("wang_jing")
    client.post(f"/tasks/{task.id}/draft", data={"reasons": "写到一半"})
    client.post(f"/tasks/{task.id}", data=posted(web, task, **PASS))
    assert draft_of(web, task) is None


# -- signing ----------------------------------------------------------------------------------


def test_a_decision_asks_for_the_password_and_goes_on_with_what_was_typed(web_at: WebAt) -> None:
    web = web_at("issue_decision")
    task = web.task()
    client = web.client("zhao_yong", fresh=False)
    assert 'name="_password"' in client.get(f"/tasks/{task.id}").text
    data = posted(
        web, task, outcome="issue", decision="penalty", penalty_kinds="fine", fine="500",
        discretion_level="ordinary", discretion_reason="按一般等次处罚", facts="店外经营",
    )  # fmt: skip
    without = client.post(f"/tasks/{task.id}", data=data)
    assert without.status_code == 401
    assert "按一般等次处罚" in without.text
    wrong = client.post(f"/tasks/{task.id}", data={**data, "_password": "wrong"})
    assert wrong.status_code == 401
    assert "密码不对" in wrong.text
    assert web.task().id == task.id
    right = client.post(f"/tasks/{task.id}", data={**data, "_password": PASSWORD})
    assert right.status_code == 302
    assert web.task().element == "serve_decision"


def test_who_has_just_signed_in_is_not_asked_again(web_at: WebAt) -> None:
    web = web_at("issue_decision")
    page = web.client("zhao_yong").get(f"/tasks/{web.task().id}").text
    assert 'name="_password"' not in page


def test_a_task_of_no_case_is_not_found(web: Web) -> None:
    assert web.client("zhang_ming").get(f"/tasks/{uuid.uuid4()}").status_code == 404


def test_the_last_step_of_a_case_leaves_nothing_open(web_at: WebAt) -> None:
    web = web_at("archive_file")
    task = web.task()
    client = web.client("wu_gang")
    page = client.get(f"/tasks/{task.id}").text
    assert "归档" in page
    answer = client.post(
        f"/tasks/{task.id}",
        data=posted(web, task, complete="true", main_pages="80", secondary_pages="40"),
    )
    assert answer.status_code == 302, re.findall(r"errsum.*?</div>", answer.text, re.S)
    still = select(Task).where(Task.state == TaskState.OPEN)
    assert web.all(still) == []
