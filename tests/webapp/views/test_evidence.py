"""Evidence: who sees it, how its file is sent, what is noted."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable

import pytest
from PIL import Image
from sqlalchemy import select

from models.evidence import Evidence
from models.note import ReadEntry
from tests.webapp.conftest import Web
from workflows.commands.investigation import AddEvidence
from workflows.trials import pictures
from workflows.uploads import Uploads

WebAt = Callable[..., Web]


def photo() -> bytes:
    return pictures.photo("appearance", ("骆驼街道", "2025-09-11"), "seed")


def added(web: Web, name: str, content: bytes) -> Evidence:
    """An item with a file, added by the handler."""
    app, actor = web.application, web.theatre.person("zhang_ming")
    up = Uploads(app.transactions, app.notes, app.blobs, app.clock)
    key = up.begin(actor, web.case_id, name, len(content))
    up.append(actor, key, 0, io.BytesIO(content), len(content))
    up.finish(actor, key)
    assert web.case_id is not None
    command = AddEvidence(
        case_id=web.case_id, kind="audio_visual", name=name, upload=str(key),
        collected_at=app.clock(), second_handler="li_qiang",
    )  # fmt: skip
    web.theatre.act(command, actor)
    found: Evidence = web.one(select(Evidence).where(Evidence.name == name))
    return found


def test_an_item_tells_its_digest_and_who_took_it(web_at: WebAt) -> None:
    web = web_at("inquire")
    item = added(web, "店外照片", photo())
    page = web.client("wang_jing").get(f"/evidence/{item.id}").text
    assert str(item.sha256) in page
    assert "张明、李强" in page
    assert "image/jpeg" in page


@pytest.mark.parametrize("address", ["", "/file", "/preview"])
@pytest.mark.parametrize("stranger", ["tang_hao", "fang_zhou"])
def test_a_stranger_finds_no_evidence(web_at: WebAt, address: str, stranger: str) -> None:
    web = web_at("inquire")
    item = added(web, "店外照片", photo())
    assert web.client(stranger).get(f"/evidence/{item.id}{address}").status_code == 404
    assert web.client("zhang_ming").get(f"/evidence/{uuid.uuid4()}{address}").status_code == 404


def test_a_file_comes_whole_with_its_type_in_a_sandbox(web_at: WebAt) -> None:
    web = web_at("inquire")
    item = added(web, "店外照片", photo())
    answer = web.client("wang_jing").get(f"/evidence/{item.id}/file")
    assert answer.data == photo()
    assert answer.content_type == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Accept-Ranges"] == "bytes"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("inline")
    assert "filename*=UTF-8''" in disposition
    assert "%E5%BA%97%E5%A4%96" in disposition


def test_a_piece_of_a_video_comes_as_a_range(web_at: WebAt) -> None:
    web = web_at("inquire")
    content = pictures.clip("2025-09-11", "seed")
    item = added(web, "执法记录", content)
    client = web.client("wang_jing")
    answer = client.get(f"/evidence/{item.id}/file", headers={"Range": "bytes=100-199"})
    assert answer.status_code == 206
    assert answer.data == content[100:200]
    assert answer.headers["Content-Range"] == f"bytes 100-199/{len(content)}"
    assert answer.content_type == "video/webm"
    beyond = client.get(f"/evidence/{item.id}/file", headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416
    assert "<video" in client.get(f"/evidence/{item.id}").text


def test_a_look_at_a_file_is_noted_once_not_for_every_piece(web_at: WebAt) -> None:
    web = web_at("inquire")
    item = added(web, "执法记录", pictures.clip("2025-09-11", "seed"))
    client = web.client("wang_jing")
    for wanted in ("bytes=0-", "bytes=500-999", "bytes=1000-1999"):
        client.get(f"/evidence/{item.id}/file", headers={"Range": wanted})
    noted = web.all(select(ReadEntry).where(ReadEntry.what == f"file:{item.number}"))
    assert len(noted) == 1


def test_text_is_shown_as_text_and_other_files_are_saved(web_at: WebAt) -> None:
    web = web_at("inquire")
    item = added(web, "情况说明", "当事人的说明。".encode())
    answer = web.client("wang_jing").get(f"/evidence/{item.id}/file")
    assert answer.content_type == "text/plain; charset=utf-8"
    saved = web.client("wang_jing").get(f"/evidence/{item.id}/file?download=1")
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_photos_and_pages_of_pdfs_have_pictures(web_at: WebAt) -> None:
    web = web_at("inquire")
    client = web.client("wang_jing")
    for name, content in (("照片", photo()), ("执照", pictures.licence(("名称：示例",)))):
        item = added(web, name, content)
        small = client.get(f"/evidence/{item.id}/preview")
        assert small.content_type == "image/jpeg"
        with Image.open(io.BytesIO(small.data)) as picture:
            assert max(picture.size) <= 320
        assert "/preview?size=page" in client.get(f"/evidence/{item.id}").text


def test_a_page_that_is_not_there_has_no_picture(web_at: WebAt) -> None:
    web = web_at("inquire")
    item = added(web, "执照", pictures.licence(("名称：示例",)))
    answer = web.client("wang_jing").get(f"/evidence/{item.id}/preview?page=7")
    assert answer.status_code == 404


def test_evidence_without_a_file_says_so(web_at: WebAt) -> None:
    web = web_at("inquire")
    item = web.one(select(Evidence))
    client = web.client("zhang_ming")
    assert "没有电子文件" in client.get(f"/evidence/{item.id}").text
    assert client.get(f"/evidence/{item.id}/file").status_code == 404
    assert client.get(f"/evidence/{item.id}/preview").status_code == 404


def test_only_who_may_exclude_is_offered_to(web_at: WebAt) -> None:
    web = web_at("inquire")
    item = web.one(select(Evidence))
    assert "排除这件证据" in web.client("wang_jing").get(f"/evidence/{item.id}").text
    assert "排除这件证据" not in web.client("zheng_hui").get(f"/evidence/{item.id}").text
