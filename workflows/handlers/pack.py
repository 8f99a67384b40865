"""Process packs: shipped ones are taken over, drafts are saved, proposed and released."""

import uuid
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from models.audit import AuditEvent
from models.errors import NotFound, Refused, Stale, Text, Violation
from models.pack import PackDraft, PackDraftFile, PackVersion
from models.person import RoleAssignment
from models.types import DraftState, NotificationKind, PackOrigin, Role
from workflows.act import Act, Outcome, told
from workflows.audit import NIL
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
from workflows.notices import tell
from workflows.packs.check import check
from workflows.packs.files import PackFiles, PackRefused
from workflows.packs.findings import Finding
from workflows.packs.manifest import manifest_of
from workflows.packs.yaml_files import BadYaml
from workflows.vocabulary import vocabulary

OPEN_STATES = (DraftState.OPEN, DraftState.PROPOSED)


def deploy_shipped_pack(act: Act, c: DeployShippedPack) -> Outcome:
    """A shipped pack becomes the current version when its hash is new; drafts stay untouched."""
    files = _unpacked(c.archive)
    current = _current(act, c.pack)
    known = act.session.scalar(
        select(PackVersion.id).where(PackVersion.pack == c.pack, PackVersion.hash == files.hash)
    )
    if known is not None:
        return Outcome(extra={"version": None})
    _require_sound(files)
    if current is not None:
        current.current = current.origin == PackOrigin.DRAFTED
    row = _version(act, files, PackOrigin.SHIPPED)
    row.current = current is None or not current.current
    act.session.add(row)
    return _released(row)


def _current(act: Act, pack: str) -> PackVersion | None:
    return act.session.scalar(
        select(PackVersion)
        .where(PackVersion.pack == pack, PackVersion.current.is_(True))
        .with_for_update()
    )


def _unpacked(archive: bytes) -> PackFiles:
    try:
        return PackFiles.from_zip(archive)
    except PackRefused as refused:
        raise Refused(_violations(list(refused.findings))) from refused


def _violations(findings: list[Finding]) -> list[Violation]:
    return [Violation(f.rule, Text(f.message.zh, f.message.en), field=f.file) for f in findings]


def _require_sound(files: PackFiles, pack: str | None = None) -> None:
    """No finding that blocks a release; a draft stays a draft of its own pack."""
    errors = [f for f in check(files, vocabulary()) if f.severity == "error"]
    if errors:
        raise Refused(_violations(errors))
    if pack is not None and manifest_of(files).id != pack:
        text = Text(f"pack.yaml 的 id 应为 {pack}。", f"The id in pack.yaml must be {pack}.")
        raise Refused([Violation("M06", text, field="pack.yaml")])


def _require_words(text: str, field: str, zh: str, en: str) -> None:
    if not text.strip():
        raise Refused([Violation("B04", Text(f"请填写{zh}。", f"Give {en}."), field=field)])


def _version(act: Act, files: PackFiles, origin: PackOrigin) -> PackVersion:
    manifest = manifest_of(files)
    last = act.session.scalar(
        select(func.max(PackVersion.number)).where(PackVersion.pack == manifest.id)
    )
    return PackVersion(
        id=uuid.uuid4(),
        pack=manifest.id,
        number=(last or 0) + 1,
        hash=files.hash,
        title=manifest.title.zh,
        title_en=manifest.title.en,
        archive=files.to_zip(),
        manifest={
            "id": manifest.id,
            "procedure": manifest.procedure,
            "role_sets": sorted({",".join(sorted(x.roles)) for x in manifest.lanes.values()}),
        },
        origin=origin,
        current=True,
        released_at=act.now,
    )


def _released(row: PackVersion) -> Outcome:
    return Outcome(
        events=[
            told(
                "pack:version:released",
                f"启用流程“{row.title}”第{row.number}版。",
                f"Version {row.number} of “{row.title_en}” released.",
                hash=row.hash,
            )
        ],
        extra={"version": str(row.id), "number": row.number},
    )


def create_pack_draft(act: Act, c: CreatePackDraft) -> Outcome:
    """A draft with the verbatim files of a released version."""
    _require_words(c.title, "title", "草稿名称", "the draft a name")
    base = act.session.get(PackVersion, c.version_id, options=[undefer(PackVersion.archive)])
    if base is None:
        raise NotFound()
    return _new_draft(act, base.pack, c.title, PackFiles.from_zip(base.archive), base.id)


def import_pack_draft(act: Act, c: ImportPackDraft) -> Outcome:
    """A draft from an uploaded zip; what is wrong inside shows as findings, not as a refusal."""
    _require_words(c.title, "title", "草稿名称", "the draft a name")
    files = _unpacked(c.archive)
    try:
        pack = manifest_of(files).id
    except BadYaml as bad:
        raise Refused(_violations(list(bad.findings))) from bad
    base = _current(act, pack)
    return _new_draft(act, pack, c.title, files, base.id if base else None)


def _new_draft(
    act: Act, pack: str, title: str, files: PackFiles, base: uuid.UUID | None
) -> Outcome:
    row = PackDraft(
        id=uuid.uuid4(),
        pack=pack,
        title=title,
        base_version_id=base,
        state=DraftState.OPEN,
        rev=1,
        author_id=act.actor.person_id,
        created_at=act.now,
        changed_at=act.now,
        files=[PackDraftFile(path=p, content=c) for p, c in files.files.items()],
    )
    act.session.add(row)
    return Outcome(
        events=[told("pack:draft:created", f"新建草稿“{title}”。", f"Draft “{title}” created.")],
        extra={"draft": str(row.id), "rev": 1},
    )


def _draft(act: Act, draft_id: uuid.UUID, rev: int, states: tuple[DraftState, ...]) -> PackDraft:
    row = act.session.get(PackDraft, draft_id, with_for_update=True)
    if row is None:
        raise NotFound()
    if row.rev != rev or row.state not in states:
        raise Stale()
    row.rev += 1
    row.changed_at = act.now
    return row


def save_pack_draft(act: Act, c: SavePackDraft) -> Outcome:
    """Store changed files; a proposed draft that is changed must be proposed again."""
    row = _draft(act, c.draft_id, c.rev, OPEN_STATES)
    try:
        files_of(row).with_files(c.files, tuple(c.removed))
    except PackRefused as refused:
        raise Refused(_violations(list(refused.findings))) from refused
    known = {f.path: f for f in row.files}
    for path, content in c.files.items():
        if path in known:
            known[path].content = content
        else:
            row.files.append(PackDraftFile(path=path, content=content))
    for path in c.removed:
        if path in known:
            row.files.remove(known[path])
    row.state, row.proposed_by_id = DraftState.OPEN, None
    return Outcome(
        events=[
            told(
                "pack:draft:saved", f"保存草稿“{row.title}”。", f"Draft “{row.title}” saved.",
                important=False, files=sorted(c.files), removed=list(c.removed),
            )
        ],
        extra={"rev": row.rev},
    )  # fmt: skip


def files_of(row: PackDraft) -> PackFiles:
    """The draft's files as a pack."""
    return PackFiles({f.path: f.content for f in row.files})


def propose_pack_release(act: Act, c: ProposePackRelease) -> Outcome:
    """Ask for the release; nothing unsound may even be proposed."""
    _require_words(c.note, "note", "修改说明", "a note on what changed")
    row = _draft(act, c.draft_id, c.rev, (DraftState.OPEN,))
    _require_sound(files_of(row), row.pack)
    row.state, row.proposed_by_id, row.note = DraftState.PROPOSED, act.actor.person_id, c.note
    _tell_releasers(act, row)
    return _noted("proposed", row, f"送审草稿“{row.title}”。")


def _tell_releasers(act: Act, row: PackDraft) -> None:
    """Those who may release it hear of it, its author aside."""
    holders = select(RoleAssignment).where(RoleAssignment.role == Role.RELEASER)
    people = {r.person_id for r in act.session.scalars(holders) if r.holds_on(act.today)}
    for person_id in sorted(people - {act.actor.person_id, row.author_id}, key=str):
        tell(
            act.session,
            act.now,
            person_id=person_id,
            case_id=None,
            kind=NotificationKind.PACK_PROPOSED,
            text=Text(f"流程草稿“{row.title}”等您启用", f"Draft “{row.title}” awaits release"),
            link=f"/packs/drafts/{row.id}/compare",
            dedup=f"draft:{row.id}:{row.rev}",
        )


def release_pack(act: Act, c: ReleasePack) -> Outcome:
    """A second person releases: new cases run the version, running cases keep theirs."""
    row = _draft(act, c.draft_id, c.rev, (DraftState.PROPOSED,))
    if act.actor.id in (row.proposed_by_id, row.author_id) or _had_a_hand_in(act, row):
        raise Refused([_second_person()])
    files = files_of(row)
    _require_sound(files, row.pack)
    current = _current(act, row.pack)
    if current is not None:
        current.current = False
        act.session.flush()
    version = _version(act, files, PackOrigin.DRAFTED)
    version.proposed_by_id, version.released_by_id = row.proposed_by_id, act.actor.person_id
    version.note = c.note or row.note
    row.state = DraftState.RELEASED
    act.session.add(version)
    return _released(version)


def _had_a_hand_in(act: Act, row: PackDraft) -> bool:
    """Whether the person saved a change in this draft; the trail outside cases is short."""
    found = act.session.scalar(
        select(AuditEvent.id)
        .where(
            AuditEvent.stream == NIL,
            AuditEvent.actor_id == act.actor.person_id,
            AuditEvent.command == SavePackDraft.__name__,
            AuditEvent.payload["draft_id"].as_string() == str(row.id),
        )
        .limit(1)
    )
    return found is not None


def _second_person() -> Violation:
    return Violation(
        "P09",
        Text(
            "起草、修改或送审的人不能自己启用，请由另一人启用。",
            "Whoever wrote, changed or proposed a draft may not release it: a second person must.",
        ),
    )


def return_pack_draft(act: Act, c: ReturnPackDraft) -> Outcome:
    """The second person sends the draft back."""
    _require_words(c.note, "note", "退回理由", "the reason")
    row = _draft(act, c.draft_id, c.rev, (DraftState.PROPOSED,))
    row.state, row.note = DraftState.OPEN, c.note
    return _noted("returned", row, f"退回草稿“{row.title}”：{c.note}")


def discard_pack_draft(act: Act, c: DiscardPackDraft) -> Outcome:
    """Throw the draft away; it stays readable as discarded."""
    row = _draft(act, c.draft_id, c.rev, OPEN_STATES)
    row.state = DraftState.DISCARDED
    return _noted("discarded", row, f"放弃草稿“{row.title}”。")


def _noted(action: str, row: PackDraft, zh: str) -> Outcome:
    extra: dict[str, Any] = {"rev": row.rev}
    return Outcome(
        events=[told(f"pack:draft:{action}", zh, f"Draft “{row.title}” {action}.")], extra=extra
    )
