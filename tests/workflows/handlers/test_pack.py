"""Drafts and releases: revisions, second persons, one current version, words for the trail."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.errors import NotFound, Refused, Stale
from models.note import Notification
from models.pack import PackVersion
from models.person import Person
from workflows.actors import SYSTEM, Actor, load_actor
from workflows.bootstrap import Application, shipped_packs
from workflows.commands.base import Command
from workflows.commands.bureau import GrantRole
from workflows.commands.pack import (
    CreatePackDraft,
    DeployShippedPack,
    DiscardPackDraft,
    ImportPackDraft,
    ProposePackRelease,
    ReleasePack,
    ReturnPackDraft,
    SavePackDraft,
)

TODAY = datetime.now(UTC).date()
NOTE = {"README.md": b"# notes\n"}


def actor(bureau: Application, key: str) -> Actor:
    with bureau.transactions.read() as session:
        found = session.scalars(select(Person.id).where(Person.key == key)).one()
        loaded = load_actor(session, found, TODAY)
    assert loaded is not None
    return loaded


def run(bureau: Application, who: str, command: Command) -> dict[str, Any]:
    by = SYSTEM if who == "system" else actor(bureau, who)
    return dict(bureau.dispatcher.execute(command, actor=by).extra)


def versions(bureau: Application) -> list[PackVersion]:
    with bureau.transactions.read() as session:
        return list(
            session.scalars(
                select(PackVersion)
                .where(PackVersion.pack == "ordinary")
                .order_by(PackVersion.number)
            )
        )


def changed(bureau: Application, files: dict[str, bytes] | None = None, *removed: str) -> uuid.UUID:
    """A draft with one save: it stands at revision 2."""
    base = versions(bureau)[-1].id
    made = run(bureau, "fang_zhou", CreatePackDraft(version_id=base, title="试改"))
    key = uuid.UUID(made["draft"])
    save = SavePackDraft(draft_id=key, rev=1, files=files or NOTE, removed=list(removed))
    run(bureau, "fang_zhou", save)
    return key


def proposed(bureau: Application) -> uuid.UUID:
    key = changed(bureau)
    run(bureau, "fang_zhou", ProposePackRelease(draft_id=key, rev=2, note="加说明"))
    return key


def test_a_released_draft_is_current_and_the_old_version_stays(bureau: Application) -> None:
    key = proposed(bureau)
    run(bureau, "ren_jing", ReleasePack(draft_id=key, rev=3))
    old, new = versions(bureau)
    assert (old.current, new.current, new.number) == (False, True, 2)
    assert new.note == "加说明"
    assert old.hash != new.hash
    with pytest.raises(Stale):
        run(bureau, "ren_jing", ReleasePack(draft_id=key, rev=4))


def test_releasers_are_told_that_a_draft_waits(bureau: Application) -> None:
    key = proposed(bureau)
    with bureau.transactions.read() as session:
        message = session.scalars(select(Notification)).one()
    assert message.person_id == actor(bureau, "ren_jing").id
    assert str(key) in message.link


def test_a_shipped_pack_does_not_push_a_released_draft_aside(bureau: Application) -> None:
    run(bureau, "ren_jing", ReleasePack(draft_id=proposed(bureau), rev=3))
    files = shipped_packs()["ordinary"].with_files({"CHANGES.md": b"new\n"})
    deploy = DeployShippedPack(pack="ordinary", archive=files.to_zip())
    run(bureau, "system", deploy)
    assert [v.current for v in versions(bureau)] == [False, True, False]
    assert run(bureau, "system", deploy) == {"version": None}


def test_a_new_shipped_pack_takes_the_place_of_the_old_shipped_one(bureau: Application) -> None:
    files = shipped_packs()["ordinary"].with_files({"CHANGES.md": b"new\n"})
    run(bureau, "system", DeployShippedPack(pack="ordinary", archive=files.to_zip()))
    assert [v.current for v in versions(bureau)] == [False, True]


def test_saving_with_an_old_revision_is_stale_and_changes_nothing(bureau: Application) -> None:
    key = changed(bureau)
    with pytest.raises(Stale):
        run(bureau, "fang_zhou", SavePackDraft(draft_id=key, rev=1, files={"x.md": b"x"}))
    unknown = SavePackDraft(draft_id=uuid.uuid4(), rev=1, files=NOTE)
    with pytest.raises(NotFound):
        run(bureau, "fang_zhou", unknown)


@pytest.mark.parametrize("path", ["../x.md", "x.py", "/etc/passwd", "a//b.md", "PACK.YAML"])
def test_a_file_that_no_pack_may_hold_is_refused(bureau: Application, path: str) -> None:
    key = changed(bureau)
    with pytest.raises(Refused):
        run(bureau, "fang_zhou", SavePackDraft(draft_id=key, rev=2, files={path: b"x"}))


def test_a_draft_with_errors_cannot_be_proposed(bureau: Application) -> None:
    key = changed(bureau, {"process.bpmn": b"<broken"})
    with pytest.raises(Refused) as refusal:
        run(bureau, "fang_zhou", ProposePackRelease(draft_id=key, rev=2, note="x"))
    assert refusal.value.rules


def test_a_draft_cannot_turn_into_another_pack(bureau: Application) -> None:
    pack = shipped_packs()["ordinary"]
    other = {
        "pack.yaml": pack["pack.yaml"].replace(b"\nid: ordinary\n", b"\nid: other\n"),
        "process.bpmn": pack["process.bpmn"]
        .replace(b'process id="ordinary"', b'process id="other"')
        .replace(b'processRef="ordinary"', b'processRef="other"'),
    }
    key = changed(bureau, other, *pack.under("scenarios", ".yaml"))
    with pytest.raises(Refused) as refusal:
        run(bureau, "fang_zhou", ProposePackRelease(draft_id=key, rev=2, note="x"))
    assert refusal.value.rules == {"M06"}


def test_whoever_changed_a_draft_may_not_release_it(bureau: Application) -> None:
    grant = GrantRole(person="ren_jing", role="designer", unit="zh_legal", valid_from=TODAY)
    run(bureau, "shi_lei", grant)
    key = changed(bureau)
    run(bureau, "ren_jing", SavePackDraft(draft_id=key, rev=2, files={"a.md": b"a"}))
    run(bureau, "fang_zhou", ProposePackRelease(draft_id=key, rev=3, note="x"))
    with pytest.raises(Refused) as refusal:
        run(bureau, "ren_jing", ReleasePack(draft_id=key, rev=4))
    assert refusal.value.rules == {"P09"}


def test_changing_a_proposed_draft_takes_the_proposal_back(bureau: Application) -> None:
    key = proposed(bureau)
    run(bureau, "fang_zhou", SavePackDraft(draft_id=key, rev=3, files={"a.md": b"a"}))
    with pytest.raises(Stale):
        run(bureau, "ren_jing", ReleasePack(draft_id=key, rev=4))


def test_returning_needs_a_reason_and_discarding_ends_the_draft(bureau: Application) -> None:
    key = proposed(bureau)
    with pytest.raises(Refused):
        run(bureau, "ren_jing", ReturnPackDraft(draft_id=key, rev=3, note="  "))
    run(bureau, "ren_jing", ReturnPackDraft(draft_id=key, rev=3, note="请补充"))
    run(bureau, "fang_zhou", DiscardPackDraft(draft_id=key, rev=4))
    with pytest.raises(Stale):
        run(bureau, "fang_zhou", SavePackDraft(draft_id=key, rev=5, files=NOTE))


def test_a_broken_zip_is_refused_and_a_sound_one_becomes_a_draft(bureau: Application) -> None:
    with pytest.raises(Refused):
        run(bureau, "fang_zhou", ImportPackDraft(title="x", archive=b"PK\x03\x04 no"))
    with pytest.raises(Refused):
        run(bureau, "fang_zhou", ImportPackDraft(title=" ", archive=b""))
    archive = shipped_packs()["ordinary"].to_zip()
    assert run(bureau, "fang_zhou", ImportPackDraft(title="x", archive=archive))["rev"] == 1


def test_the_trail_keeps_digests_of_files_and_not_the_files(bureau: Application) -> None:
    changed(bureau)
    with bureau.transactions.read() as session:
        row = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()
    assert row.command == "SavePackDraft"
    assert row.payload is not None
    assert row.payload["files"]["README.md"]["size"] == len(NOTE["README.md"])
    assert "notes" not in str(row.payload)
