"""Packs: who reads, drafts, binds and releases; a new step reaches new cases and no others."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from models.document import FormEntry
from models.duration import SHANGHAI
from models.pack import PackDraft, PackVersion
from models.task import Task
from models.types import DraftState, TaskState
from tests.webapp.conftest import Web
from tests.webapp.walking import walk
from workflows.trials.theatre import Wish, command_of

BINDING = {
    "zh": "照片核对",
    "en": "Check the photos",
    "act_zh": "提交核对结果",
    "act_en": "Submit the check",
    "command": "RecordForm",
    "new_form": "photo_check",
    "stage": "filed",
    "fields-0-name": "clear",
    "fields-0-zh": "照片清楚",
    "fields-0-en": "Photos are clear",
    "fields-0-type": "choice",
    "fields-0-required": "true",
    "fields-0-options": "yes 是 / Yes\nno 否 / No",
    "fields-1-name": "remark",
    "fields-1-zh": "说明",
    "fields-1-en": "Remark",
    "fields-1-type": "textarea",
}


def current_version(web: Web) -> PackVersion:
    query = select(PackVersion).where(PackVersion.pack == "ordinary", PackVersion.current.is_(True))
    return web.one(query)  # type: ignore[no-any-return]


def draft_of(web: Web) -> PackDraft:
    return web.one(select(PackDraft).order_by(PackDraft.created_at.desc()))  # type: ignore[no-any-return]


def begin(web: Web, person: str = "fang_zhou") -> tuple[FlaskClient, str]:
    """A designer with a new draft, and the address of the draft."""
    client = web.client(person)
    made = client.post(
        f"/packs/versions/{current_version(web).id}/draft", data={"title": "加一步照片核对"}
    )
    assert made.status_code == 302, made.text
    return client, made.location


def with_photo_check(xml: str) -> str:
    """The diagram with a user task between inspect and inquire, as a designer would draw it."""
    found = re.search(r'<(?P<p>\w*:?)sequenceFlow id="(?P<id>\w+)" sourceRef="inspect" '
                      r'targetRef="inquire" */>', xml)  # fmt: skip
    assert found is not None
    p, flow = found["p"], found["id"]
    xml = xml.replace(
        found[0],
        f'<{p}userTask id="photo_check" name="照片核对"/>'
        f'<{p}sequenceFlow id="{flow}" sourceRef="inspect" targetRef="photo_check"/>'
        f'<{p}sequenceFlow id="flow_photo" sourceRef="photo_check" targetRef="inquire"/>',
    )
    return xml.replace(
        f"<{p}flowNodeRef>inspect</{p}flowNodeRef>",
        f"<{p}flowNodeRef>inspect</{p}flowNodeRef><{p}flowNodeRef>photo_check</{p}flowNodeRef>",
    ).replace(
        "</bpmndi:BPMNPlane>",
        '<bpmndi:BPMNShape id="photo_check_di" bpmnElement="photo_check">'
        '<dc:Bounds x="1330" y="20" width="100" height="80"/></bpmndi:BPMNShape>'
        '<bpmndi:BPMNEdge id="flow_photo_di" bpmnElement="flow_photo">'
        '<di:waypoint x="1380" y="100"/><di:waypoint x="1380" y="160"/></bpmndi:BPMNEdge>'
        "</bpmndi:BPMNPlane>",
    )


def draw(client: FlaskClient, address: str, rev: int) -> dict[str, Any]:
    """Save the diagram with the new step, as the drawing board does."""
    xml = client.get(f"{address}/file?path=process.bpmn").text
    body = {"rev": rev, "path": "process.bpmn", "content": with_photo_check(xml)}
    answer = client.post(f"{address}/save", json=body)
    assert answer.status_code == 200, answer.text
    return answer.get_json()  # type: ignore[no-any-return]


def release(web: Web) -> str:
    """A draft with photo_check, bound, proposed and released; returns its address."""
    client, address = begin(web)
    rev = draw(client, address, 1)["rev"]
    bound = client.post(f"{address}/steps/photo_check", data={**BINDING, "rev": rev})
    assert bound.status_code == 302, bound.text
    proposed = client.post(f"{address}/propose", data={"rev": rev + 1, "note": "询问前先核对照片"})
    assert proposed.status_code == 302
    assert draft_of(web).state == DraftState.PROPOSED, client.get(address).text
    released = web.client("ren_jing").post(f"{address}/release", data={"rev": rev + 2})
    assert "/packs/versions/" in released.location
    return address


def test_everyone_reads_the_versions_and_only_designers_see_drafts(web: Web) -> None:
    page = web.client("zhang_ming").get("/packs")
    assert page.status_code == 200
    assert "第 1 版" in page.text
    assert "草稿" not in page.text
    version = web.client("zhang_ming").get(f"/packs/versions/{current_version(web).id}")
    assert "每一步的绑定" in version.text
    assert "起草新版" not in version.text
    assert web.app.test_client().get("/packs").status_code == 302


def test_an_officer_cannot_begin_a_draft_nor_open_one(web: Web) -> None:
    _, address = begin(web)
    officer = web.client("zhang_ming")
    made = officer.post(f"/packs/versions/{current_version(web).id}/draft", data={"title": "x"})
    assert made.status_code == 403
    paths = ("", "/files", "/compare", "/steps/inspect", "/download")
    assert {officer.get(address + path).status_code for path in paths} == {403}


def test_running_cases_are_counted_by_version(web_at: Callable[..., Web]) -> None:
    web = web_at("inspect")
    assert "在办 1 件" in web.client("fang_zhou").get("/packs").text


def test_a_step_without_binding_is_found_when_the_drawing_is_saved(web: Web) -> None:
    client, address = begin(web)
    answer = draw(client, address, 1)
    assert answer["rev"] == 2
    assert {(f["rule"], f["element"]) for f in answer["findings"]} >= {("B01", "photo_check")}
    assert draft_of(web).state == DraftState.OPEN
    blocked = client.post(f"{address}/propose", data={"rev": 2, "note": "x"}, follow_redirects=True)
    assert "没有在 pack.yaml 中绑定" in blocked.text
    assert draft_of(web).state == DraftState.OPEN


def test_a_drawing_that_someone_else_changed_is_refused_with_the_difference(web: Web) -> None:
    client, address = begin(web)
    draw(client, address, 1)
    body = {"rev": 1, "path": "pack.yaml", "content": "id: ordinary\n"}
    answer = client.post(f"{address}/save", json=body)
    assert answer.status_code == 409
    assert answer.get_json()["rev"] == 2
    assert answer.get_json()["difference"]
    assert client.post(f"{address}/save", json=[1]).status_code == 422
    assert client.post(f"{address}/save", json={**body, "content": None}).status_code == 422


def test_a_stale_file_keeps_what_was_typed(web: Web) -> None:
    client, address = begin(web)
    first = {"rev": 1, "path": "notes.md", "content": "one", "act": "save"}
    assert client.post(f"{address}/files", data=first).status_code == 302
    second = client.post(f"{address}/files", data={**first, "content": "two 𠮷"})
    assert second.status_code == 409
    assert "two 𠮷" in second.text
    assert "+two" in second.text
    wrong = client.post(f"{address}/files", data={**first, "rev": 2, "path": "../evil.py"})
    assert wrong.status_code == 422


def test_binding_a_step_keeps_what_was_typed_when_it_is_refused(web: Web) -> None:
    client, address = begin(web)
    rev = draw(client, address, 1)["rev"]
    bad = {**BINDING, "rev": rev, "fields-0-options": "是"}
    answer = client.post(f"{address}/steps/photo_check", data=bad)
    assert answer.status_code == 422
    assert "一行写一个选项" in answer.text
    assert "照片清楚" in answer.text
    assert client.get(f"{address}/steps/nothing").status_code == 404


def test_the_author_cannot_release_and_the_releaser_may_return_with_a_reason(web: Web) -> None:
    client, address = begin(web)
    rev = draw(client, address, 1)["rev"]
    client.post(f"{address}/steps/photo_check", data={**BINDING, "rev": rev})
    page = client.post(
        f"{address}/propose", data={"rev": rev + 1, "note": "核对照片"}, follow_redirects=True
    ).text
    assert draft_of(web).state == DraftState.PROPOSED, re.findall(r"<p>[^<]*</p>", page)
    assert client.post(f"{address}/release", data={"rev": rev + 2}).status_code == 403
    second = web.client("ren_jing")
    page = second.get(f"{address}/compare").text
    assert "照片核对" in page
    assert "forms/photo_check.yaml" in page
    assert "已在办的案件按原来的版本办完" in page
    silent = second.post(f"{address}/return", data={"rev": rev + 2}, follow_redirects=True)
    assert "请填写退回理由" in silent.text
    second.post(f"{address}/return", data={"rev": rev + 2, "note": "请写明理由"})
    assert draft_of(web).state == DraftState.OPEN
    assert "请写明理由" in client.get(f"{address}/compare").text


def test_a_pack_that_is_downloaded_can_be_uploaded_again(web: Web) -> None:
    client = web.client("fang_zhou")
    archive = client.get(f"/packs/versions/{current_version(web).id}/download").data
    data = {"title": "再来一份", "archive": (io.BytesIO(archive), "ordinary.zip")}
    made = client.post("/packs/import", data=data)
    assert "/packs/drafts/" in made.location
    assert "文件没有变化" in client.get(f"{made.location}/compare").text
    broken = {"title": "坏的", "archive": (io.BytesIO(b"PK nonsense"), "x.zip")}
    assert "不是完好的 zip" in client.post("/packs/import", data=broken, follow_redirects=True).text
    assert web.client("zhang_ming").post("/packs/import").status_code == 403


@pytest.mark.parametrize("path", ["../models/person.py", "nothing.yaml"])
def test_files_outside_the_pack_are_not_served(web: Web, path: str) -> None:
    client, address = begin(web)
    assert client.get(f"{address}/file", query_string={"path": path}).status_code == 404


def test_a_new_case_takes_the_new_step_and_an_old_case_does_not(
    web_at: Callable[..., Web],
) -> None:
    web = web_at("inspect")
    old, version = web.case(), current_version(web)
    release(web)
    assert current_version(web).number == 2
    new_id = walk(web.theatre, "inspect")
    assert _inspected(web, new_id) == {"photo_check"}
    _take(web, new_id, "photo_check", {"clear": "yes"})
    assert web.one(select(FormEntry).where(FormEntry.case_id == new_id)).data == {"clear": "yes"}
    assert _open(web, new_id) == {"inquire"}
    assert _inspected(web, old.id) == {"inquire"}
    assert web.case().pack_version_id == version.id
    page = web.client("fang_zhou").get("/packs").text
    assert "第 2 版" in page


def _open(web: Web, case_id: uuid.UUID) -> set[str]:
    query = select(Task).where(Task.case_id == case_id, Task.state == TaskState.OPEN)
    return {task.element for task in web.all(query)}


def _inspected(web: Web, case_id: uuid.UUID) -> set[str]:
    """The steps that wait in a case once the site has been inspected."""
    data = {"findings": "店外摆放水果两筐", "cards_shown": True, "rights_told": True}
    ended = web.application.clock().astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    _take(web, case_id, "inspect", {**data, "started_at": ended, "ended_at": ended})
    return _open(web, case_id)


def _take(web: Web, case_id: uuid.UUID, element: str, data: dict[str, Any]) -> None:
    theatre = web.theatre
    actor = theatre.person("zhang_ming")
    second = "li_qiang" if element == "inspect" else None
    wish = Wish(actor=actor, case_id=case_id, element=element, second=second, data=data)
    theatre.act(command_of(theatre.application, wish), actor)
