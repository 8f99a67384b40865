"""Evidence (证据, APL 46): it belongs to the case, may be relied on, and its file has arrived."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from models.duration import law_day
from models.errors import Text, Violation
from models.evidence import Evidence
from models.note import Upload
from workflows.act import Act
from workflows.commands.investigation import AddEvidence, ExcludeEvidence, SubmitFinalReport
from workflows.guards.law import against, empty, needed
from workflows.guards.officers import two_officers

LISTS = ("evidence", "proof")
"""Fields of commands that hold new items of evidence, one mapping each."""
FILES = ("upload", "drawing", "receipt_file", "minutes_scan")
"""Fields of commands that name an uploaded file."""
DESCRIBED = {
    "kind": Text("证据种类", "the kind of evidence"),
    "name": Text("证据名称", "the name of the evidence"),
}


def find_evidence(act: Act, key: str) -> Evidence | None:
    """An item of the case by its key or its number."""
    return next((e for e in act.record.evidence if key in (str(e.id), str(e.number))), None)


def new_evidence_is_described(act: Act, c: Any) -> Iterator[Violation]:
    """Each item taken in this step has kind and name, was taken by now, and its file is here."""
    for field in LISTS:
        for place, item in enumerate(getattr(c, field, None) or ()):
            yield from _described(act, item, f"{field}.{place}")


def _described(act: Act, item: Mapping[str, Any], where: str) -> Iterator[Violation]:
    for name, title in DESCRIBED.items():
        if empty(item.get(name)):
            yield against(
                "R01", f"请填写{title.zh}。", f"Fill in: {title.en}.", "APL46", f"{where}.{name}"
            )
    taken = item.get("collected_at")
    if taken is not None and taken > act.now:
        yield against(
            "V05",
            "取证时间晚于现在，请改为实际时间。",
            "It was taken later than now: give the real time.",
            "ORDER",
            f"{where}.collected_at",
        )
    if not empty(item.get("file")) and not _arrived(act, str(item["file"])):
        yield _not_arrived(f"{where}.file")


def cited_evidence_is_usable(act: Act, c: SubmitFinalReport) -> Iterator[Violation]:
    """E01, E02 for what the report relies on; a penalty needs some evidence (APL 40)."""
    for key in c.cited_evidence:
        yield from _usable(act, str(key), "cited_evidence")
    if c.proposal == "penalty" and not any(e.admissible for e in act.record.evidence):
        yield against(
            "E01", "没有可以采用的证据，不能建议处罚，请先添加证据。",
            "There is no admissible evidence: add some before you propose a penalty.",
            "APL40", "cited_evidence",
        )  # fmt: skip


def _usable(act: Act, key: str, field: str) -> Iterator[Violation]:
    item = find_evidence(act, key) if act.has_case else None
    if item is None:
        yield against(
            "E02", f"本案没有这项证据：{key}。", f"The case has no such evidence: {key}.",
            "APL46", field,
        )  # fmt: skip
    elif not item.admissible:
        yield against(
            "E01", f"证据{item.number}“{item.name}”已被排除，不能作为定案依据。",
            f"Evidence {item.number} “{item.name}” was excluded and cannot be relied on.",
            "APL46", field,
        )  # fmt: skip


def uploads_have_arrived(act: Act, c: Any) -> Iterator[Violation]:
    """E03: an uploaded file is complete and was uploaded by this person for this case."""
    for field in FILES:
        key = getattr(c, field, None)
        if not empty(key) and not _arrived(act, str(key)):
            yield _not_arrived(field)


def _not_arrived(field: str) -> Violation:
    return against(
        "E03",
        "文件没有上传完，或者不是您为本案上传的，请重新上传。",
        "The file has not fully arrived, or is not yours for this case: upload it again.",
        "NONE",
        field,
    )


def _arrived(act: Act, key: str) -> bool:
    try:
        upload = act.session.get(Upload, uuid.UUID(key))
    except ValueError:
        return False
    return (
        upload is not None
        and upload.finished_at is not None
        and upload.sha256 is not None
        and upload.person_id in (act.actor.id, act.acting_for)
        and upload.case_id in (None, act.case.id if act.has_case else None)
    )


def evidence_is_described(act: Act, c: AddEvidence) -> Iterator[Violation]:
    """Kind and name; a second officer, where one is named, is a certified one."""
    yield from needed(c, DESCRIBED, "APL46")
    if c.second_handler:
        yield from two_officers(act, c.second_handler, law_day(c.collected_at))


def exclusion_is_reasoned(act: Act, c: ExcludeEvidence) -> Iterator[Violation]:
    """An item is excluded once, for a reason."""
    yield from needed(c, {"reason": Text("排除理由", "the reason")}, "APL46")
    item = find_evidence(act, c.evidence)
    if item is None or not item.admissible:
        yield from _usable(act, c.evidence, "evidence")
