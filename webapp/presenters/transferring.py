"""What the case page tells of transfers to the police, incoming ones, and jurisdiction."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from models.criminal import CriminalObjection, CriminalTransfer
from models.transfer import IncomingTransfer, JurisdictionDispute
from webapp.presenters.amounts import yuan
from webapp.presenters.dates import plain_day
from webapp.presenters.facts import Pair, Section, Telling
from webapp.presenters.people import name_of


def sections(t: Telling) -> Iterator[Section]:
    """Every transfer with what became of it."""
    for came in t.file.all(IncomingTransfer):
        yield _incoming(t, came)
    for dispute in t.file.all(JurisdictionDispute):
        yield _dispute(t, dispute)
    objections = t.file.all(CriminalObjection)
    for row in t.file.all(CriminalTransfer):
        yield _crime(t, row)
        for one in objections:
            if one.transfer_id == row.id:
                yield _objection(t, one)


def _kept(*pairs: Pair) -> tuple[Pair, ...]:
    return tuple((label, value) for label, value in pairs if value)


def _names(t: Telling, people: Sequence[uuid.UUID]) -> str:
    names = [name_of(t.file.people.get(key), t.lang) for key in people]
    return ("、" if t.lang == "zh" else ", ").join(name for name in names if name)


def _crime(t: Telling, row: CriminalTransfer) -> Section:
    decided = {True: _("批准移送"), False: _("不批准移送")}
    police = {"filed": _("立案"), "refused": _("不予立案")}
    return Section(
        _("移送涉嫌犯罪案件"),
        _kept(
            (_("涉嫌罪名"), row.crime),
            (_("事实和证据"), row.facts),
            (_("专案组"), _names(t, row.team)),
            (_("主要负责人收到报告"), t.at(row.reported_at)),
            (_("主要负责人决定"), "" if row.approved is None else decided[row.approved]),
            (_("决定时间"), t.at(row.decided_at)),
            (_("不批准的理由"), row.refusal or ""),
            (_("移送书文号"), row.number or ""),
            (_("公安机关"), row.police_organ or ""),
            (_("抄送"), row.procuratorate or ""),
            (_("送出"), t.at(row.sent_at)),
            (_("签收"), t.at(row.received_at)),
            (_("转送机关"), row.passed_to or ""),
            (_("公安机关决定"), police.get(row.police or "", "")),
            (_("通知书文号"), row.police_document or ""),
            (_("不予立案的理由"), row.police_reason or ""),
            (_("移交涉案物品"), t.at(row.handed_at)),
            (_("书面告知当事人"), t.at(row.party_told_at)),
            (_("司法处理结果"), t.code("criminal_result", row.result)),
            (_("文书文号"), row.result_document or ""),
            (_("罚金"), yuan(row.criminal_fine, t.lang) if row.criminal_fine is not None else ""),
            (_("折抵"), yuan(row.set_off, t.lang) if row.set_off else ""),
            (_("说明"), row.result_note or ""),
        ),
        note=t.at(row.recorded_at),
    )


def _objection(t: Telling, row: CriminalObjection) -> Section:
    ways = {"review": _("提请复议"), "supervision": _("建议立案监督")}
    results = {"filed": _("立案"), "upheld": _("维持不予立案")}
    return Section(
        _("对不予立案的意见"),
        _kept(
            (_("方式"), ways[row.way]),
            (_("受理机关"), row.organ),
            (_("理由"), row.reason),
            (_("结果"), results.get(row.result or "", _("等待答复"))),
            (_("文书文号"), row.answer_document or ""),
            (_("答复理由"), row.answer_reason or ""),
        ),
        note=t.at(row.filed_at),
    )


def _incoming(t: Telling, row: IncomingTransfer) -> Section:
    return Section(
        _("移送来件"),
        _kept(
            (_("移送机关"), row.from_agency),
            (_("移送函文号"), row.letter_no or ""),
            (_("随案材料"), t.codes("transfer_enclosure", row.enclosures)),
            (_("受理"), t.at(row.accepted_at)),
            (_("退回"), t.at(row.returned_at)),
            (_("退回理由"), t.codes("transfer_return", row.return_reasons)),
            (_("说明"), row.answer_note or ""),
            (_("处理结果"), t.code("transfer_result", row.result)),
            (_("反馈"), t.at(row.fed_back_at)),
        ),
        note=t.at(row.received_at),
    )


def _dispute(t: Telling, row: JurisdictionDispute) -> Section:
    sides = {"ours": _("由本机关管辖"), "theirs": _("由对方管辖"), "failed": _("协商不成")}
    return Section(
        _("管辖争议"),
        _kept(
            (_("对方机关"), row.other_agency),
            (_("争议事项和理由"), row.reason),
            (
                _("对方立案日期"),
                plain_day(row.other_filed_on, t.lang) if row.other_filed_on else "",
            ),
            (_("协商时间"), t.at(row.negotiated_at)),
            (_("参加人员"), row.participants or ""),
            (_("协商记录"), row.record or ""),
            (_("协商结果"), sides.get(row.outcome or "", "")),
            (_("报请机关"), row.superior or ""),
            (_("指定结果"), sides.get(row.designated or "", "")),
            (_("指定文号"), row.designation_no or ""),
        ),
        note=t.at(row.arose_at),
    )
