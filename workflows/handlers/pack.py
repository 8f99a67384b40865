"""Process packs: shipped ones are taken over, drafts are saved, proposed and released."""

import uuid
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from models.errors import NotFound, Refused, Stale, Text, Violation
from models.pack import PackDraft, PackDraftFile, PackVersion
from models.types import DraftState, PackOrigin
from workflows.act import Act, Outcome, told
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


def _require_sound(files: PackFiles) -> None:
    errors = [f for f in check(files, vocabulary()) if f.severity == "error"]
    if errors:
        raise Refused(_violations(errors))


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
        manifest={"id": manifest.id, "procedure": manifest.procedure},
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
    base = act.session.get(PackVersion, c.version_id, options=[undefer(PackVersion.archive)])
    if base is None:
        raise NotFound()
    return _new_draft(act, base.pack, c.title, PackFiles.from_zip(base.archive), base.id)


def import_pack_draft(act: Act, c: ImportPackDraft) -> Outcome:
    """A draft from an uploaded zip; what is wrong inside shows as findings, not as a refusal."""
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
        PackFiles({**files_of(row).files, **c.files})
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
    row = _draft(act, c.draft_id, c.rev, (DraftState.OPEN,))
    _require_sound(files_of(row))
    row.state, row.proposed_by_id, row.note = DraftState.PROPOSED, act.actor.person_id, c.note
    return Outcome(
        events=[
            told(
                "pack:draft:proposed", f"送审草稿“{row.title}”。", f"Draft “{row.title}” proposed."
            )
        ],
        extra={"rev": row.rev},
    )


def release_pack(act: Act, c: ReleasePack) -> Outcome:
    """A second person releases: new cases run the version, running cases keep theirs."""
    row = _draft(act, c.draft_id, c.rev, (DraftState.PROPOSED,))
    if act.actor.id in (row.proposed_by_id, row.author_id):
        raise Refused([_second_person()])
    files = files_of(row)
    _require_sound(files)
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


def _second_person() -> Violation:
    return Violation(
        "P09",
        Text("起草或送审的人不能自己启用，请由另一人启用。", "Author and releaser must differ."),
    )


def return_pack_draft(act: Act, c: ReturnPackDraft) -> Outcome:
    """The second person sends the draft back."""
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
