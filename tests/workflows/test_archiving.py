"""The file of a case that went from its lead to the archive, bound as the worker binds it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.closing import ArchiveVolume
from models.document import Document
from models.duration import law_day
from models.errors import Refused
from models.note import Progress
from models.person import Person
from tests.database import Databases
from tests.workflows.stories import Stage, archived, staged
from workflows.actors import Actor, load_actor
from workflows.commands.closing import SupplementArchive
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


# -- supplements ------------------------------------------------------------------------------


def archivist(stage: Stage) -> Actor:
    with stage.application.transactions.read() as session:
        person = session.scalars(select(Person).where(Person.key == "wu_gang")).one()
        found = load_actor(session, person.id, law_day(stage.clock()))
    assert found is not None
    return found


def supplement(stage: Stage) -> None:
    case_id = volume(stage).case_id
    command = SupplementArchive(case_id=case_id, complete=True, note="复议后归入")
    stage.application.dispatcher.execute(command, actor=archivist(stage))


def test_what_comes_after_the_archiving_is_bound_for_itself(
    stage: Stage, workshop: Workshop
) -> None:
    first = bind(stage, workshop)
    stage.clock.now = first.recorded_at + timedelta(days=30)
    with pytest.raises(Refused) as nothing:
        supplement(stage)
    assert [v.rule for v in nothing.value.violations] == ["V28"]
    with Session(stage.application.engine) as session, session.begin():
        old = session.scalars(select(Document).where(Document.kind == "D31")).first()
        assert old is not None
        values = {c.key: getattr(old, c.key) for c in Document.__table__.columns}
        later = {"id": uuid.uuid4(), "recorded_at": stage.clock(), "dated_at": stage.clock()}
        session.add(Document(**{**values, **later}))
    stage.clock.now += timedelta(days=1)
    supplement(stage)
    workshop.run("bind_archive", {"case_id": str(first.case_id)})
    with stage.application.transactions.read() as session:
        rows = session.scalars(select(ArchiveVolume).order_by(ArchiveVolume.supplement)).all()
    assert [row.archive_no for row in rows] == [first.archive_no, f"{first.archive_no}-补1"]
    assert rows[0].sha256 == first.sha256, "the file that was there is left alone"
    assert [entry["title"] for entry in rows[1].index] == ["法制审核意见书"]
    assert (rows[1].main_pages, rows[1].secondary_pages > 0) == (0, True)
    with pikepdf.open(stage.application.blobs.path(str(rows[1].sha256))) as pdf:
        assert len(pdf.pages) == rows[1].secondary_pages + 3, "no empty main volume"
    stage.application.blobs.path(str(first.sha256)).unlink()
    workshop.run("bind_archive", {"case_id": str(first.case_id)})
    assert stage.application.blobs.verify(str(first.sha256)), "bound anew as it was at its time"
