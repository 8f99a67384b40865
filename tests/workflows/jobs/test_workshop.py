"""Jobs run at once in scenarios, and do the same when several workers run them together."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from models.closing import ArchiveVolume
from models.document import Document
from models.note import Progress
from tests.database import Databases
from tests.workflows.stories import Stage, archived, staged
from workflows.jobs import Workshop, immediate


@pytest.fixture
def stage(databases: Databases, tmp_path: Path) -> Iterator[Stage]:
    url = archived(databases, tmp_path)
    with staged(url, tmp_path) as made:
        yield made
    databases.drop(url)


def documents(stage: Stage) -> list[Document]:
    with stage.application.transactions.read() as session:
        return list(session.scalars(select(Document).order_by(Document.recorded_at)))


def test_a_story_whose_jobs_run_at_once_has_its_documents_after_each_act(
    databases: Databases, tmp_path: Path
) -> None:
    url = databases.with_bureau()
    with staged(url, tmp_path) as stage:
        theatre = replace(stage.theatre, run_job=immediate(stage.application))
        replace(stage, theatre=theatre).play(before="2025-09-10T09:30")
        made = documents(stage)
        assert len(made) == 4
        assert all(row.pages for row in made)
    databases.drop(url)


def test_workers_that_do_the_same_jobs_at_one_moment_have_one_effect(stage: Stage) -> None:
    work = [("render_document", {"document_id": str(row.id)}) for row in documents(stage)]
    with stage.application.transactions.read() as session:
        [case_id] = session.scalars(select(ArchiveVolume.case_id))
    work.append(("bind_archive", {"case_id": str(case_id)}))
    shops = [Workshop(stage.application) for _ in range(2)]

    def do_all(shop: Workshop) -> None:
        for job, arguments in reversed(work):
            shop.run(job, arguments)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(do_all, shops))
    for shop in shops:
        shop.close()
    blobs = stage.application.blobs
    assert all(blobs.verify(str(row.sha256)) for row in documents(stage))
    with stage.application.transactions.read() as session:
        [volume] = session.scalars(select(ArchiveVolume))
        [told] = session.scalars(select(Progress))
    assert blobs.verify(str(volume.sha256))
    assert told.state == "done"


def test_a_job_that_nobody_knows_is_an_error(stage: Stage) -> None:
    with pytest.raises(KeyError):
        Workshop(stage.application).run("no_such_job", {})
