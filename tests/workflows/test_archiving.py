"""The file of a case that went from its lead to the archive, bound as the worker binds it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select, update

from models.closing import ArchiveVolume
from models.document import Document
from models.note import Progress
from tests.database import Databases
from tests.workflows.stories import Stage, archived, staged
from workflows.documents.render import CompileRefused
from workflows.jobs import Workshop


@pytest.fixture
def stage(databases: Databases, tmp_path: Path) -> Iterator[Stage]:
    url = archived(databases, tmp_path)
    with staged(url, tmp_path) as made:
        yield made
    databases.drop(url)


@pytest.fixture
def workshop(stage: Stage) -> Iterator[Workshop]:
    made = Workshop(stage.application)
    yield made
    made.close()


def volume(stage: Stage) -> ArchiveVolume:
    with stage.application.transactions.read() as session:
        return session.scalars(select(ArchiveVolume)).one()


def progress(stage: Stage) -> Progress:
    with stage.application.transactions.read() as session:
        return session.scalars(select(Progress)).one()


def bind(stage: Stage, workshop: Workshop) -> ArchiveVolume:
    workshop.run("bind_archive", {"case_id": str(volume(stage).case_id)})
    return volume(stage)


def test_the_file_is_bound_with_every_document_though_none_was_made_before(
    stage: Stage, workshop: Workshop
) -> None:
    bound = bind(stage, workshop)
    path = stage.application.blobs.path(str(bound.sha256))
    with pikepdf.open(path) as pdf:
        # Each volume has a cover, a catalogue and notes around its numbered pages.
        assert len(pdf.pages) >= bound.main_pages + bound.secondary_pages + 6
    with stage.application.transactions.read() as session:
        documents = session.scalars(select(Document)).all()
    assert all(row.sha256 for row in documents)
    titles = {entry["title"] for entry in bound.index}
    assert {"行政处罚决定书", "立案审批表", "案件调查终结报告"} <= titles
    last = {entry["volume"]: entry["last"] for entry in bound.index}
    assert last == {"main": bound.main_pages, "secondary": bound.secondary_pages}
    told = progress(stage)
    assert (told.key, told.state) == (f"archive:{bound.case_id}", "done")
    assert told.done == told.total


def test_binding_again_gives_the_same_bytes(stage: Stage, workshop: Workshop) -> None:
    promised = bind(stage, workshop).sha256
    again = stage.application.blobs.path(str(promised))
    made = again.stat().st_mtime_ns
    assert bind(stage, workshop).sha256 == promised
    assert again.stat().st_mtime_ns == made
    again.unlink()
    assert bind(stage, workshop).sha256 == promised
    assert stage.application.blobs.verify(str(promised))


def test_a_file_with_a_document_that_cannot_be_made_waits_and_says_so(
    stage: Stage, workshop: Workshop
) -> None:
    with stage.application.engine.begin() as connection:
        connection.execute(update(Document).where(Document.kind == "D31").values(facts={}))
    with pytest.raises(CompileRefused):
        bind(stage, workshop)
    assert volume(stage).sha256 is None
    assert progress(stage).state == "failed"


def test_a_case_that_is_not_archived_has_no_file_to_bind(stage: Stage, workshop: Workshop) -> None:
    workshop.run("bind_archive", {"case_id": str(uuid.uuid4())})
    with stage.application.transactions.read() as session:
        assert session.scalars(select(Progress)).all() == []
