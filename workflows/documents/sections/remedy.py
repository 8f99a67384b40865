"""Sections of remedies (救济): reply with its index, appearance, revision of one's own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import object_session

from models.appearance import Appearance
from models.decision import Decision
from models.document import Document
from models.evidence import Evidence
from models.own_revision import OwnRevision
from models.remedy import Remedy
from models.review import Opinion
from workflows.documents.catalogue import KINDS
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day, moment, money

_ACTS = {"revoke": "撤销", "change": "变更", "unlawful": "确认违法", "correct": "补正"}


def remedy(context: Context) -> Section | None:
    """复议或者诉讼：谁、向谁、请求什么、本机关怎样答复."""
    row = _remedy(context)
    if row is None:
        return None
    return {
        "court": row.kind == "litigation",
        "instance": {"first": "一审", "appeal": "二审", "retrial": "再审"}.get(row.instance or ""),
        "applicant": row.applicant,
        "authority": row.authority,
        "authority_no": row.authority_no or "",
        "challenged": context.labels("challenged_act", row.challenged),
        "request": row.request,
        "applied_on": day(row.applied_on),
        "copy_on": day(row.copy_received_on),
        "reply_by": day(row.reply_by),
        "replied_on": day(row.replied_on),
        "late": row.reply_late,
        "reply": row.reply or "",
        "agent": row.agent or "",
        "index": _index(context) if row.replied_on else [],
    }


def _remedy(context: Context) -> Remedy | None:
    about = context.record.subject_row
    if isinstance(about, Appearance):
        return next((r for r in context.record.all(Remedy) if r.id == about.remedy_id), None)
    return context.record.current(Remedy)


def _index(context: Context) -> list[Section]:
    """证据目录: papers of the procedure, then the evidence, with running pages and digests. Only
    what was made or collected before the decision is evidence of its lawfulness (ALL 35)."""
    made = context.record.all(Decision)
    until = made[-1].decided_at if made else context.dated
    found: list[Section] = []
    page = 1
    for entry in (*_papers(context, until), *_items(context, until)):
        last = page + entry.pop("length") - 1
        pages = str(page) if last == page else f"{page}—{last}"
        found.append({**entry, "number": str(len(found) + 1), "pages": pages})
        page = last + 1
    return found


def _papers(context: Context, until: Any) -> list[dict[str, Any]]:
    session = object_session(context.record.case)
    assert session is not None
    query = select(Document).where(Document.case_id == context.record.case.id)
    found = session.scalars(query.order_by(Document.recorded_at, Document.position))
    rows = [d for d in found if d.state == "issued" and d.kind in KINDS]
    shown = [d for d in rows if d.volume == "main" and d.dated_at <= until]
    shown += [d for d in rows if d.kind == "D47" and d.dated_at > until][:1]
    return [
        {
            "name": d.title + (f"（{d.number}）" if d.number else ""),
            "kind": "书证（执法文书）",
            "proves": "程序合法",
            "source": context.record.case.subject.name,
            "on": day(d.dated_at),
            "digest": d.sha256 or "",
            "length": d.pages or 1,
        }
        for d in shown
    ]


def _items(context: Context, until: Any) -> list[dict[str, Any]]:
    rows = [e for e in context.record.all(Evidence) if e.admissible and e.collected_at <= until]
    return [
        {
            "name": e.name,
            "kind": context.labels("evidence_kind", e.kind),
            "proves": e.note.split("\n")[0] if e.note else "违法事实",
            "source": e.source or e.place or "",
            "on": day(e.collected_at),
            "digest": e.sha256 or "",
            "length": 1,
        }
        for e in rows
    ]


def appearance(context: Context) -> Section | None:
    """出庭：负责人身份，或者不能出庭的理由."""
    row = context.record.current(Appearance)
    if row is None:
        return None
    record = context.record
    return {
        "head": row.sends == "head",
        "at": moment(row.planned_at),
        "place": row.place,
        "name": record.name(row.head_id),
        "post": record.post(row.head_id),
        "duty": context.labels("head_duty", row.head_duty) if row.head_duty else "",
        "excuse": context.labels("head_excuse", row.excuse) if row.excuse else "",
        "reason": row.excuse_reason or "",
        "proof": list(row.excuse_proof),
        "staff": row.staff or "",
        "lawyer": row.lawyer or "",
    }


def revision(context: Context) -> Section | None:
    """自行撤销、变更、确认违法、补正."""
    row = context.record.current(OwnRevision)
    if row is None:
        return None
    decision = next((d for d in context.record.all(Decision) if d.id == row.decision_id), None)
    return {
        "act": _ACTS.get(row.act, ""),
        "code": row.act,
        "ground": context.labels("remedy_ground", row.ground),
        "reason": row.reason,
        "decision": decision.number if decision else "",
        "decided_on": day(decision.decided_at) if decision else "",
        "new_fine": money(row.new_fine) if row.new_fine is not None else None,
        "wrong": row.wrong_words or "",
        "right": row.right_words or "",
        "collective": row.collective,
        "opinions": [
            {
                "text": one.text or "同意。",
                "name": context.record.name(one.person_id),
                "date": day(one.recorded_at),
            }
            for one in context.record.all(Opinion)
            if one.element in ("review_revision", "decide_revision")
            and one.recorded_at >= row.recorded_at
        ],
    }
