"""RM10, RM11: the head of the agency appears, or explains with proof why no head can (SPC20)."""

from collections.abc import Iterator

from models.appearance import Appearance
from models.errors import Text, Violation
from models.types import Role
from workflows.act import Act
from workflows.commands.remedy import NameAttendant, RecordAppearance, RecordSummons
from workflows.guards.law import against, empty, needed

COUNT_AS_HEAD = frozenset({"chief", "deputy", "in_charge", "other_head"})
"""正职、副职、参与分管的副职级别负责人、其他参与分管的负责人 (SPC20 2)."""
HEADS = (Role.LEADER_CHIEF, Role.LEADER_DEPUTY)


def session_lies_ahead(act: Act, c: RecordSummons) -> Iterator[Violation]:
    """RM10: summoned before the session."""
    if c.planned_at.date() < c.summoned_on:
        yield against(
            "RM10", "开庭时间早于收到通知的日期。", "The session is before the summons.",
            "SPC20-6", "planned_at",
        )  # fmt: skip


def attendant_qualifies(act: Act, c: NameAttendant) -> Iterator[Violation]:
    """RM10: a head in the sense of the rule goes, with staff or lawyer beside; a lawyer alone never
    suffices. Without a head: a listed excuse, explained, stamped and proved."""
    if c.sends == "head":
        wanted = {
            "head": Text("出庭负责人", "the head"),
            "head_duty": Text("职务类别", "the duty"),
        }
        yield from needed(c, wanted, "SPC20-2")
        yield from _is_a_head(act, c)
        return
    wanted = {
        "excuse": Text("不能出庭的正当理由", "the excuse"),
        "excuse_reason": Text("情况说明", "the explanation"),
        "staff": Text("委托出庭的工作人员", "the members of staff who go"),
    }
    yield from needed(c, wanted, "SPC20-8")
    if not c.excuse_stamped:
        yield against(
            "RM10", "不能出庭的情况说明应当加盖行政机关印章或者由负责人签字认可。",
            "The explanation bears the seal of the agency or the head's signature.",
            "SPC20-8", "excuse_stamped",
        )  # fmt: skip
    if not c.proof:
        yield against(
            "RM10", "负责人不能出庭的，应当附相关证明材料。", "Add the proof of the excuse.",
            "SPC20-8", "proof",
        )  # fmt: skip
    previous = act.record.last(Appearance)
    if previous is not None and previous.asked_by_court and c.excuse == "other":
        yield against(
            "RM10", "人民法院书面要求负责人出庭的，应当有不可抗力、意外事件或者不能代替的公务。",
            "The court asked for the head in writing: a general excuse does not do.",
            "SPC20-8", "excuse",
        )  # fmt: skip


def _is_a_head(act: Act, c: NameAttendant) -> Iterator[Violation]:
    if empty(c.head):
        return
    yield from act.people.unknown([str(c.head)], "head")
    person = act.people.find(str(c.head))
    if c.head_duty and c.head_duty not in COUNT_AS_HEAD:
        yield against(
            "RM10", "下属、受委托机构的负责人和工作人员不属于被诉行政机关负责人。",
            "The head of a subordinate or entrusted body, or staff, is no head of the agency.",
            "SPC20-2", "head_duty",
        )  # fmt: skip
    able = act.people.eligible(HEADS, act.case.subject_id, act.case.unit_id)
    if person is not None and person.id not in able:
        yield against(
            "RM10", f"{person.name}不是本机关负责人。", f"{person.name} is no head of this agency.",
            "SPC20-2", "head",
        )  # fmt: skip


def appearance_is_recorded_truly(act: Act, c: RecordAppearance) -> Iterator[Violation]:
    """RM11: after the session; a head who came was named before; an absence is told."""
    row = act.record.last(Appearance)
    if c.came == "head" and row is not None and row.sends != "head":
        yield against(
            "RM11", "没有确定出庭的负责人，请核对谁出庭。",
            "No head was named: check who appeared.", "SPC20-2", "came",
        )  # fmt: skip
    if c.came != "head":
        yield from needed(c, {"note": Text("未出庭的情况", "what happened")}, "SPC20-8")
