"""What the case page tells of more time, standing still, ending for good and stepping back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from flask_babel import gettext as _

from models.extension import Extension
from models.recusal import RecusalRequest
from models.suspension import Suspension, Termination
from webapp.presenters.dates import plain_day
from webapp.presenters.facts import Pair, Section, Telling
from webapp.presenters.people import name_of


def sections(t: Telling) -> Iterator[Section]:
    """Every request with what became of it, in the order of the kinds."""
    for extension in t.file.all(Extension):
        yield _extension(t, extension)
    for suspension in t.file.all(Suspension):
        yield _suspension(t, suspension)
    for termination in t.file.all(Termination):
        yield _termination(t, termination)
    for request in t.file.all(RecusalRequest):
        yield _recusal(t, request)


def _kept(*pairs: Pair) -> tuple[Pair, ...]:
    return tuple((label, value) for label, value in pairs if value)


def _name(t: Telling, person: uuid.UUID | None) -> str:
    return name_of(t.file.people.get(person), t.lang) if person else ""


def _answered(granted: bool | None) -> str:
    if granted is None:
        return _("等待审批")
    return _("同意") if granted else _("不同意")


def _extension(t: Telling, row: Extension) -> Section:
    return Section(
        _("延长办案期限"),
        _kept(
            (_("理由"), row.reason),
            (_("天数"), str(row.days or "")),
            (_("原届满日"), plain_day(row.last_day_before, t.lang)),
            (_("延长至"), plain_day(row.last_day_after, t.lang) if row.last_day_after else ""),
            (_("审批"), _answered(row.granted)),
            (_("申请人"), _name(t, row.requested_by_id)),
            (_("审批人"), _name(t, row.decided_by_id)),
        ),
        note=t.at(row.decided_at or row.recorded_at),
    )


def _suspension(t: Telling, row: Suspension) -> Section:
    return Section(
        _("中止调查"),
        _kept(
            (_("中止情形"), t.code("suspension_ground", row.ground)),
            (_("理由"), row.reason),
            (_("申请人"), _name(t, row.requested_by_id)),
            (_("不同意"), t.at(row.refused_at)),
            (_("批准中止"), t.at(row.suspended_at)),
            (_("恢复的理由"), row.resume_reason or ""),
            (_("批准恢复"), t.at(row.resumed_at)),
        ),
        note=t.at(row.recorded_at),
    )


def _termination(t: Telling, row: Termination) -> Section:
    return Section(
        _("终止调查"),
        _kept(
            (_("终止情形"), t.code("termination_ground", row.ground)),
            (_("事实和证明材料"), row.facts),
            (_("申请人"), _name(t, row.requested_by_id)),
            (_("不同意"), t.at(row.refused_at)),
            (_("批准终止"), t.at(row.approved_at)),
        ),
        note=t.at(row.recorded_at),
    )


def _recusal(t: Telling, row: RecusalRequest) -> Section:
    asked = _("当事人申请") if row.asked_by == "party" else _("本人自行回避")
    return Section(
        _("回避申请"),
        _kept(
            (_("被申请人"), _name(t, row.person_id)),
            (_("谁提出"), asked),
            (_("回避情形"), t.code("recusal_ground", row.relation)),
            (_("理由"), row.reason),
            (_("审批"), _answered(row.granted)),
            (_("决定的理由"), row.decision_reason or ""),
            (_("接替人员"), _name(t, row.replacement_id)),
        ),
        note=t.at(row.asked_at),
    )
