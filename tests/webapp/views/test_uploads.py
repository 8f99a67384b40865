"""Uploads: in pieces, resumed where they stopped, refused before they are read."""

from __future__ import annotations

import hashlib
import struct
import uuid
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from models.evidence import Evidence
from models.note import Upload
from tests.webapp.conftest import Web
from webapp.views.uploads import MOST_CHUNK


def png() -> bytes:
    """A small picture of one grey point."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0\x80")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def begin(client: FlaskClient, size: int, name: str = "photo.png", **more: Any) -> Any:
    return client.post("/uploads", json={"name": name, "size": size, "type": "image/png", **more})


def send(client: FlaskClient, upload: str, offset: int, piece: bytes) -> Any:
    headers = {"Upload-Offset": str(offset)}
    return client.patch(f"/uploads/{upload}", data=piece, headers=headers)


def test_a_file_comes_in_two_pieces_and_gets_its_digest(web: Web) -> None:
    client, content = web.client("zhang_ming"), png()
    started = begin(client, len(content))
    assert started.status_code == 201
    key = started.get_json()["id"]
    assert started.get_json()["offset"] == 0
    assert send(client, key, 0, content[:20]).get_json() == {"offset": 20}
    assert client.get(f"/uploads/{key}").get_json() == {"offset": 20}
    assert send(client, key, 20, content[20:]).get_json() == {"offset": len(content)}
    done = client.post(f"/uploads/{key}/finish", json={}).get_json()
    assert done["sha256"] == hashlib.sha256(content).hexdigest()
    assert done["type"] == "image/png"
    assert client.post(f"/uploads/{key}/finish", json={}).get_json() == done


def test_a_piece_at_the_wrong_place_is_told_where_to_go_on(web: Web) -> None:
    client, content = web.client("zhang_ming"), png()
    key = begin(client, len(content)).get_json()["id"]
    send(client, key, 0, content[:20])
    answer = send(client, key, 40, content[40:])
    assert answer.status_code == 409
    assert answer.headers["Upload-Offset"] == "20"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(web: Web) -> None:
    client = web.client("zhang_ming")
    answer = begin(client, web.application.blobs.limit_bytes + 1)
    assert answer.status_code == 413
    assert web.all(select(Upload)) == []


def test_a_piece_that_is_too_large_is_refused_before_it_is_read(web: Web) -> None:
    client = web.client("zhang_ming")
    key = begin(client, MOST_CHUNK * 2).get_json()["id"]
    answer = send(client, key, 0, b"x" * (MOST_CHUNK + 1))
    assert answer.status_code == 413
    assert client.get(f"/uploads/{key}").get_json() == {"offset": 0}


def test_a_piece_may_be_larger_than_any_form(web: Web) -> None:
    client, size = web.client("zhang_ming"), 5 * 1024 * 1024
    key = begin(client, size).get_json()["id"]
    assert send(client, key, 0, b"\0" * size).get_json() == {"offset": size}
    assert client.post("/sign-in", data={"login": "x" * size}).status_code == 413


def test_a_program_is_thrown_away_whatever_its_name(web: Web) -> None:
    client, content = web.client("zhang_ming"), b"<html><script>alert(1)</script></html>"
    key = begin(client, len(content)).get_json()["id"]
    send(client, key, 0, content)
    assert client.post(f"/uploads/{key}/finish", json={}).status_code in (415, 422)
    assert client.get(f"/uploads/{key}").status_code == 404


def test_nobody_goes_on_with_somebody_elses_upload(web: Web) -> None:
    key = begin(web.client("zhang_ming"), 100).get_json()["id"]
    other = web.client("li_qiang")
    assert other.get(f"/uploads/{key}").status_code == 404
    assert send(other, key, 0, b"x").status_code == 404
    assert other.post(f"/uploads/{key}/finish", json={}).status_code == 404


def test_a_case_that_one_may_not_see_takes_no_file(web_at: Callable[..., Web]) -> None:
    web = web_at("verify_lead")
    answer = begin(web.client("he_qing"), 100, case_id=str(web.case_id))
    assert answer.status_code == 404
    assert web.all(select(Upload)) == []


@pytest.mark.parametrize(
    "body",
    [
        None, [], {"name": "x"}, {"name": "x", "size": "1"}, {"name": "x", "size": -1},
        {"name": "x", "size": True}, {"name": 1, "size": 1},
        {"name": "x", "size": 1, "case_id": "nonsense"},
    ],
)  # fmt: skip
def test_an_announcement_that_makes_no_sense_is_refused(web: Web, body: Any) -> None:
    assert web.client("zhang_ming").post("/uploads", json=body).status_code == 422


def test_without_signing_in_nothing_comes_in(web: Web) -> None:
    client = web.app.test_client()
    assert begin(client, 10).status_code in (302, 401)
    assert send(client, str(uuid.uuid4()), 0, b"x").status_code in (302, 401)


def test_a_finished_file_becomes_evidence_of_a_lead(web: Web) -> None:
    client, content = web.client("zhang_ming"), png()
    key = begin(client, len(content)).get_json()["id"]
    send(client, key, 0, content)
    client.post(f"/uploads/{key}/finish", json={})
    data = {
        "second_handler": "li_qiang", "source": "daily_inspection",
        "received_at": "2025-09-08T08:50", "act_place": "示范路18号", "content": "店外摆放",
        "evidence-0-kind": "audio_visual", "evidence-0-name": "现场照片", "evidence-0-file": key,
    }  # fmt: skip
    refused = client.post("/leads/new", data={**data, "content": ""})
    assert "photo.png" in refused.text
    assert client.post("/leads/new", data=data).status_code == 302
    kept = web.one(select(Evidence))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
