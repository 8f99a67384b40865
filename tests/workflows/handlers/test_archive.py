"""Archived files: held, lent and returned, destroyed by two people when their time is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from models.archive import Disposal, FileLoan
from models.closing import ArchiveVolume
from models.duration import law_day
from models.errors import Forbidden, Refused
from models.person import Person, RoleAssignment
from tests.database import Databases
from tests.workflows.stories import Stage, archived, staged
from workflows import audit
from workflows.actors import load_actor
from workflows.commands.archive import (
    CarryOutDisposal,
    DecideLoan,
    LiftLegalHold,
    PlaceLegalHold,
    ProposeDisposal,
    RequestLoan,
    ReturnLoan,
)
from workflows.jobs import Workshop


@pytest.fixture
def stage(databases: Databases, tmp_path: Path) -> Iterator[Stage]:
    url = archived(databases, tmp_path)
    with staged(url, tmp_path) as made:
        made.clock.now = volume(made).recorded_at + timedelta(days=3)
        yield made
    databases.drop(url)


def volume(stage: Stage) -> ArchiveVolume:
    with stage.application.transactions.read() as session:
        return session.scalars(select(ArchiveVolume)).one()


def one(stage: Stage, kind: Any) -> Any:
    with stage.application.transactions.read() as session:
        return session.scalars(select(kind)).one()


def does(stage: Stage, who: str, command: Any, **values: Any) -> Any:
    with stage.application.transactions.read() as session:
        person = session.scalars(select(Person).where(Person.key == who)).one()
        actor = load_actor(session, person.id, law_day(stage.clock()))
    assert actor is not None
    made = command(case_id=volume(stage).case_id, **values)
    return stage.application.dispatcher.execute(made, actor=actor)


def refused(stage: Stage, who: str, command: Any, **values: Any) -> set[str]:
    with pytest.raises(Refused) as found:
        does(stage, who, command, **values)
    return {violation.rule for violation in found.value.violations}


def test_retention_runs_from_the_first_of_january_after_the_closing(stage: Stage) -> None:
    row = volume(stage)
    assert row.retention == "ten_years"
    assert row.retain_until == date(2035, 12, 31)


def test_a_file_is_asked_for_lent_by_the_archivist_and_comes_back(stage: Stage) -> None:
    today = law_day(stage.clock())
    asked = {"paper": True, "reason": "复议答复", "until": today + timedelta(days=10)}
    long = {**asked, "until": today + timedelta(days=31)}
    assert refused(stage, "zhang_ming", RequestLoan, **long) == {"Z32"}
    does(stage, "zhang_ming", RequestLoan, **asked)
    loan = str(one(stage, FileLoan).id)
    with pytest.raises(Forbidden):
        does(stage, "zhang_ming", DecideLoan, loan=loan, outcome="lend")
    does(stage, "wu_gang", DecideLoan, loan=loan, outcome="lend")
    lent: FileLoan = one(stage, FileLoan)
    assert (lent.until, lent.overdue(today)) == (asked["until"], False)
    assert lent.overdue(today + timedelta(days=11))
    assert refused(stage, "wu_gang", DecideLoan, loan=loan, outcome="lend") == {"Z33"}
    does(stage, "li_qiang", RequestLoan, **asked)
    with stage.application.transactions.read() as session:
        second = session.scalars(select(FileLoan.id).where(FileLoan.state == "requested")).one()
    assert refused(stage, "wu_gang", DecideLoan, loan=str(second), outcome="lend") == {"Z33"}
    does(stage, "wu_gang", ReturnLoan, loan=loan, note="完好")
    assert refused(stage, "wu_gang", ReturnLoan, loan=loan) == {"Z33"}
    does(stage, "wu_gang", DecideLoan, loan=str(second), outcome="lend")


def test_a_held_file_stays_though_its_time_is_over(stage: Stage) -> None:
    assert refused(stage, "wu_gang", ProposeDisposal, reason="保管期满") == {"Z34"}
    stage.clock.now = datetime(2036, 1, 5, 2, tzinfo=stage.clock.now.tzinfo)
    extend_roles(stage)
    does(stage, "qian_hong", PlaceLegalHold, reason="国家赔偿案件需要")
    assert refused(stage, "qian_hong", PlaceLegalHold, reason="再次") == {"Z31"}
    assert refused(stage, "wu_gang", ProposeDisposal, reason="保管期满") == {"Z34"}
    does(stage, "qian_hong", LiftLegalHold, reason="案件已结")
    does(stage, "wu_gang", ProposeDisposal, reason="保管期满")
    does(stage, "qian_hong", PlaceLegalHold, reason="又有需要")
    assert one(stage, Disposal).cancelled_at is not None, "a hold takes it off the list"
    how = {"method": "监销", "certificate_no": "销-1"}
    assert refused(stage, "zhao_yong", CarryOutDisposal, **how) == {"Z35"}


def test_two_people_destroy_a_file_and_what_it_was_stays_known(stage: Stage) -> None:
    workshop = Workshop(stage.application)
    workshop.run("bind_archive", {"case_id": str(volume(stage).case_id)})
    bound = volume(stage)
    stage.clock.now = datetime(2036, 1, 5, 2, tzinfo=stage.clock.now.tzinfo)
    extend_roles(stage)
    how = {"method": "送指定单位化浆", "certificate_no": "销〔2036〕1号"}
    assert refused(stage, "zhao_yong", CarryOutDisposal, **how) == {"Z35"}
    does(stage, "wu_gang", ProposeDisposal, reason="保管期满，没有继续保存价值")
    with pytest.raises(Forbidden):
        does(stage, "wu_gang", CarryOutDisposal, **how)
    does(stage, "zhao_yong", CarryOutDisposal, **how)
    row: Disposal = one(stage, Disposal)
    assert row.destroyed == [
        {
            "archive_no": bound.archive_no,
            "sha256": bound.sha256,
            "pages": bound.main_pages + bound.secondary_pages,
        }
    ]
    workshop.run("destroy_archive", {"disposal_id": str(row.id)})
    assert not stage.application.blobs.exists(str(bound.sha256))
    workshop.run("bind_archive", {"case_id": str(bound.case_id)})
    workshop.close()
    assert volume(stage).sha256 is None, "what was destroyed is not bound again"
    with stage.application.transactions.read() as session:
        assert list(audit.verify(session)) == [], "the audit trail stays whole"
    assert "Z30" in refused(stage, "wu_gang", ProposeDisposal, reason="再次")


def extend_roles(stage: Stage) -> None:
    """Ten years later the same people still hold their roles."""
    with stage.application.engine.begin() as connection:
        connection.execute(update(RoleAssignment).values(valid_to=None))
