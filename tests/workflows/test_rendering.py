"""Documents of a real case, issued by its acts, become files."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select, update

from models.document import Document
from tests.database import Databases
from tests.workflows.stories import Stage, staged
from workflows.documents.render import CompileRefused, Renderer
from workflows.rendering import FileChanged, Press


@pytest.fixture
def stage(databases: Databases, tmp_path: Path) -> Iterator[Stage]:
    url = databases.with_bureau()
    with staged(url, tmp_path) as made:
        yield made
    databases.drop(url)


@pytest.fixture
def press(stage: Stage) -> Iterator[Press]:
    renderer = Renderer()
    it = stage.application
    yield Press(it.transactions, it.notes, it.catalogue, it.blobs, renderer, it.clock)
    renderer.close()


def issued(stage: Stage) -> list[Document]:
    with stage.application.transactions.read() as session:
        return list(session.scalars(select(Document).order_by(Document.recorded_at)))


def first(stage: Stage) -> Document:
    return issued(stage)[0]


def change(stage: Stage, **values: object) -> None:
    with stage.application.engine.begin() as connection:
        connection.execute(update(Document).values(**values))


def test_every_document_of_the_case_becomes_a_pdf_with_its_pages(
    stage: Stage, press: Press
) -> None:
    stage.play(before="2025-09-10T09:30")
    for row in issued(stage):
        press.render(row.id)
    made = issued(stage)
    assert [row.kind for row in made] == ["D01", "D07", "D47", "D08"]
    for row in made:
        assert row.failure is None
        assert row.rendered_at == stage.clock.now
        content = stage.application.blobs.path(str(row.sha256)).read_bytes()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert len(pdf.pages) == row.pages


def test_the_same_facts_give_the_same_bytes_on_another_day(stage: Stage, press: Press) -> None:
    stage.play(before="2025-09-08T09:40")
    row = first(stage)
    press.render(row.id)
    promised = first(stage).sha256
    stage.application.blobs.path(str(promised)).unlink()
    stage.clock.now = stage.clock.now.replace(year=2031)
    press.render(row.id)
    assert first(stage).sha256 == promised
    assert stage.application.blobs.verify(str(promised))


def test_a_lost_file_that_would_come_out_differently_is_not_passed_off(
    stage: Stage, press: Press
) -> None:
    stage.play(before="2025-09-08T09:40")
    row = first(stage)
    press.render(row.id)
    promised = first(stage).sha256
    stage.application.blobs.path(str(promised)).unlink()
    change(stage, facts={**row.facts, "subject": {**row.facts["subject"], "name": "别的单位"}})
    with pytest.raises(FileChanged):
        press.render(row.id)
    assert first(stage).sha256 == promised


def test_a_document_that_cannot_be_set_says_why_and_can_be_tried_again(
    stage: Stage, press: Press
) -> None:
    stage.play(before="2025-09-08T09:40")
    row = first(stage)
    change(stage, facts={})
    with pytest.raises(CompileRefused):
        press.render(row.id)
    failed = first(stage)
    assert failed.sha256 is None
    assert "D01.typ" in str(failed.failure)
    change(stage, facts=row.facts)
    press.render(row.id)
    assert (first(stage).failure, first(stage).pages) == (None, 1)


def test_a_made_document_is_left_alone_and_an_unknown_one_is_nothing(
    stage: Stage, press: Press
) -> None:
    stage.play(before="2025-09-08T09:40")
    row = first(stage)
    press.render(row.id)
    made_at = first(stage).rendered_at
    stage.clock.now = stage.clock.now.replace(year=2031)
    press.render(row.id)
    press.render(uuid.uuid4())
    assert first(stage).rendered_at == made_at


def test_an_approval_stands_in_the_document_that_it_makes(stage: Stage) -> None:
    stage.play(before="2025-09-11T09:00")
    filing = next(row for row in issued(stage) if row.kind == "D04")
    (given,) = filing.facts["opinions"]["approve_filing"]
    assert (given["name"], given["date"]) == ("赵勇", "2025年9月10日")
