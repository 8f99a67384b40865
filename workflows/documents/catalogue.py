"""The catalogue of documents (文书目录): titles, volumes and their order in the file (MSA 78)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Volume = Literal["main", "secondary"]

MAIN_ORDER = (
    "立案审批表",
    "行政处罚决定书及送达回证",
    "对当事人制发的其他法律文书及送达回证",
    "证据材料",
    "听证笔录",
    "财物处理单据",
    "其他有关材料",
)
"""正卷: the seven groups of MSA 78."""

SECONDARY_ORDER = (
    "案源材料",
    "调查终结报告",
    "审核意见",
    "听证报告",
    "结案审批表",
    "其他有关材料",
)
"""副卷: the six groups of MSA 78."""


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document. `group` counts from 1 in the order of its volume."""

    code: str
    title: str
    title_en: str
    volume: Volume
    group: int
    sequence: str | None = None
    """Kind word of its number (domain.md 4.5), e.g. 罚决; None when it has no number."""
    outgoing: bool = False
    """Sent out under the seal, with a red head."""

    @property
    def template(self) -> str:
        """Path of the template in a pack."""
        return f"documents/{self.code}.typ"


_KINDS = (
    DocumentKind("D01", "案件线索登记表", "Lead registration", "secondary", 1, "线"),
    DocumentKind("D03", "线索核查报告", "Report on the verification of a lead", "secondary", 1),
    DocumentKind("D04", "立案审批表", "Approval of filing", "main", 1, "立"),
    DocumentKind("D05", "不予立案审批表", "Approval not to file", "secondary", 1, "不立"),
    DocumentKind("D07", "责令限期改正通知书", "Order to correct", "main", 3, "责改", outgoing=True),
    DocumentKind("D08", "复查记录", "Record of the re-check", "main", 4),
    DocumentKind("D09", "现场检查（勘验）笔录", "Record of the site inspection", "main", 4),
    DocumentKind("D11", "询问（调查）笔录", "Record of the questioning", "main", 4),
    DocumentKind(
        "D14", "抽样取证凭证（物品清单）", "Record of sampling with the list", "main", 4, "抽"
    ),
    DocumentKind(
        "D15", "先行登记保存审批表", "Approval of a registration of evidence", "secondary", 6
    ),
    DocumentKind(
        "D16",
        "先行登记保存证据通知书",
        "Notice of a registration of evidence",
        "main",
        3,
        "登存",
        outgoing=True,
    ),
    DocumentKind(
        "D17",
        "先行登记保存证据处理决定书",
        "Decision on registered evidence",
        "main",
        3,
        "登处",
        outgoing=True,
    ),
    DocumentKind("D18", "行政强制措施审批表", "Approval of a coercive measure", "secondary", 6),
    DocumentKind(
        "D19", "查封（扣押）决定书", "Decision to seal or seize", "main", 3, "扣", outgoing=True
    ),
    DocumentKind(
        "D20",
        "延长查封（扣押）期限决定书",
        "Extension of a seizure",
        "main",
        3,
        "延扣",
        outgoing=True,
    ),
    DocumentKind(
        "D21",
        "检测（检验、鉴定）期间告知书",
        "Notice of the time that a test takes",
        "main",
        3,
        "检告",
        outgoing=True,
    ),
    DocumentKind(
        "D22",
        "解除查封（扣押）决定书、财物清单",
        "Release of seized goods",
        "main",
        3,
        "解扣",
        outgoing=True,
    ),
    DocumentKind(
        "D23",
        "委托检测（检验、鉴定、评估、认定）书",
        "Letter to an institution",
        "main",
        4,
        "委",
        outgoing=True,
    ),
    DocumentKind(
        "D24",
        "检测（鉴定）结果告知书",
        "Notice of the result of a test",
        "main",
        3,
        "检结",
        outgoing=True,
    ),
    DocumentKind("D25", "协助调查函", "Letter of assistance", "main", 4, "协", outgoing=True),
    DocumentKind("D13", "电子数据制作说明", "Origin of electronic data", "main", 4),
    DocumentKind("D06", "回避决定书", "Decision on a recusal", "main", 3, "回", outgoing=True),
    DocumentKind("D26", "中止（恢复）案件调查审批表", "Approval of a suspension", "secondary", 6),
    DocumentKind("D27", "终止调查审批表", "Approval of a termination", "secondary", 6),
    DocumentKind("D28", "案件延期审批表", "Approval of more time", "secondary", 6),
    DocumentKind("D29", "案件调查终结报告", "Final report of the investigation", "secondary", 2),
    DocumentKind("D30", "法制审核送审表", "Submission to the legal review", "secondary", 3),
    DocumentKind("D31", "法制审核意见书", "Opinion of the legal review", "secondary", 3, "审"),
    DocumentKind("D32", "会审意见表", "Opinion of a joint review", "secondary", 3),
    DocumentKind("D32a", "会商纪要", "Minutes of a consultation", "secondary", 3),
    DocumentKind("D33", "案件处理审批表", "Approval of the proposal", "secondary", 3),
    DocumentKind(
        "D34", "行政处罚事先告知书", "Prior notice of a penalty", "main", 3, "告", outgoing=True
    ),
    DocumentKind(
        "D35",
        "行政处罚听证告知书",
        "Notice of the right to a hearing",
        "main",
        3,
        "听告",
        outgoing=True,
    ),
    DocumentKind("D36", "陈述申辩笔录", "Record of the statement", "main", 3),
    DocumentKind("D37", "陈述申辩复核意见书", "Re-examination of the statement", "secondary", 3),
    DocumentKind(
        "D38",
        "听证申请受理（不予受理）通知书",
        "Admission or refusal of a hearing",
        "main",
        3,
        "听受",
        outgoing=True,
    ),
    DocumentKind("D39", "听证通知书", "Notice of the hearing", "main", 3, "听通", outgoing=True),
    DocumentKind("D40", "听证笔录", "Record of the hearing", "main", 5),
    DocumentKind("D41", "听证报告", "Report on the hearing", "secondary", 4),
    DocumentKind("D42", "重大案件集体讨论记录", "Minutes of the discussion", "secondary", 3),
    DocumentKind(
        "D43", "行政处罚决定书", "Decision on a penalty", "main", 2, "罚决", outgoing=True
    ),
    DocumentKind(
        "D44",
        "当场行政处罚决定书",
        "Decision on the spot",
        "main",
        2,
        "当罚",
        outgoing=True,
    ),
    DocumentKind(
        "D45", "不予行政处罚决定书", "Decision of no penalty", "main", 2, "不罚决", outgoing=True
    ),
    DocumentKind("D47", "送达回证", "Proof of service", "main", 3),
    DocumentKind(
        "D48", "送达地址（电子送达）确认书", "Confirmation of the address for service", "main", 3
    ),
    DocumentKind("D49", "送达公告", "Announcement of service", "main", 3, "公送", outgoing=True),
    DocumentKind("D50", "行政处罚信息公示审批表", "Approval of disclosure", "secondary", 6),
    DocumentKind("D43b", "退款通知书", "Notice of a refund", "main", 6, "退", outgoing=True),
    DocumentKind(
        "D51", "延期（分期）缴纳罚款申请书", "Application for more time to pay", "main", 3
    ),
    DocumentKind("D51a", "延期（分期）缴纳罚款审批表", "Approval of a plan", "secondary", 6),
    DocumentKind(
        "D51b",
        "延期（分期）缴纳罚款批准书",
        "Plan granted",
        "main",
        3,
        "分缴",
        outgoing=True,
    ),
    DocumentKind(
        "D51c",
        "不予批准延期（分期）缴纳通知书",
        "Plan refused",
        "main",
        3,
        "分缴",
        outgoing=True,
    ),
    DocumentKind(
        "D51d", "分期（延期）违约告知书", "Notice of a default", "main", 3, "缴告", outgoing=True
    ),
    DocumentKind(
        "D52", "加处罚款决定书", "Decision on a surcharge", "main", 3, "加", outgoing=True
    ),
    DocumentKind("D53", "履行行政决定催告书", "Urging letter", "main", 3, "催", outgoing=True),
    DocumentKind("D53a", "催告陈述申辩笔录", "Record of the answer to urging", "main", 3),
    DocumentKind("D53b", "催告陈述申辩复核意见书", "Re-examination after urging", "secondary", 6),
    DocumentKind(
        "D50a", "撤回行政处罚信息公示审批表", "Approval of the withdrawal", "secondary", 6
    ),
    DocumentKind(
        "D57", "罚没物品处理审批表、移交销毁记录", "Disposal of confiscated goods", "main", 6
    ),
    DocumentKind(
        "D54",
        "行政强制执行决定书",
        "Decision to enforce",
        "main",
        3,
        "强执",
        outgoing=True,
    ),
    DocumentKind(
        "D54a", "强制拆除公告", "Announcement of a demolition", "main", 3, "拆告", outgoing=True
    ),
    DocumentKind(
        "D54b", "代履行决定书", "Substitute performance", "main", 3, "代履", outgoing=True
    ),
    DocumentKind("D54c", "强制执行（代履行）笔录", "Record of the enforcement", "main", 4),
    DocumentKind(
        "D54d",
        "代履行费用缴纳通知书",
        "Claim of the costs",
        "main",
        3,
        "代费",
        outgoing=True,
    ),
    DocumentKind(
        "D55", "强制执行申请书", "Application to the court", "main", 7, "强申", outgoing=True
    ),
    DocumentKind(
        "D56",
        "中止（恢复、终结）执行通知书",
        "Suspension or end of enforcement",
        "main",
        3,
        "中执",
        outgoing=True,
    ),
    DocumentKind("D56a", "执行协议书", "Enforcement agreement", "main", 3, "执协", outgoing=True),
    DocumentKind("D57a", "罚没物品处理审批表、处理记录", "Confiscated goods", "main", 6),
    DocumentKind("D58", "案件移送函", "Letter of transfer", "main", 3, "移", outgoing=True),
    DocumentKind(
        "D59", "涉嫌犯罪案件移送审批表", "Decision on a criminal transfer", "secondary", 6
    ),
    DocumentKind(
        "D60", "涉嫌犯罪案件移送书", "Letter of criminal transfer", "main", 3, "罪移", outgoing=True
    ),
    DocumentKind(
        "D81",
        "不予立案复议（立案监督）建议书",
        "Objection to a refusal to file",
        "main",
        3,
        "罪议",
        outgoing=True,
    ),
    DocumentKind(
        "D82",
        "移送案件受理（退回）通知书",
        "Answer to a transfer",
        "main",
        3,
        "移答",
        outgoing=True,
    ),
    DocumentKind(
        "D83", "移送案件处理结果反馈函", "Result of a transfer", "main", 3, "移复", outgoing=True
    ),
    DocumentKind(
        "D84", "报请指定管辖函", "Request for designation", "main", 3, "指管", outgoing=True
    ),
    DocumentKind("D61", "撤销立案审批表", "Approval of withdrawal", "secondary", 6, "撤"),
    DocumentKind(
        "D61a",
        "撤销（变更）行政处罚决定书",
        "Revocation or change of a decision",
        "main",
        2,
        "撤变",
        outgoing=True,
    ),
    DocumentKind("D62", "轻微违法告知承诺书", "Promise to correct", "main", 3),
    DocumentKind("D63", "结案审批表", "Approval of closing", "secondary", 5, "结"),
    DocumentKind(
        "D65", "行政复议答复书", "Reply in reconsideration", "main", 7, "复答", outgoing=True
    ),
    DocumentKind("D65a", "证据目录", "Index of evidence", "main", 7),
    DocumentKind("D66", "负责人出庭情况", "Appearance of the head", "main", 7, "出", outgoing=True),
    DocumentKind("D71", "补正决定书", "Correction of a decision", "main", 2, "补", outgoing=True),
    DocumentKind("D67", "更正事实审批表", "Approval of a correction", "secondary", 6),
    DocumentKind("D68", "补正通知书", "Notice of a correction", "main", 3, "补", outgoing=True),
    DocumentKind("D64", "卷宗封面、卷内目录、备考表", "Cover, catalogue, notes", "main", 7),
    DocumentKind("D69", "快速办理告知、同意书", "Consent to quick handling", "main", 3),
    DocumentKind("D70", "快速办理综合笔录", "Quick record", "main", 4, "告"),
)

KINDS: dict[str, DocumentKind] = {kind.code: kind for kind in _KINDS}
"""All kinds of the ordinary procedure by code."""
