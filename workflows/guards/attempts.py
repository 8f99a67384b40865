"""M12-M14: attempts at service, confirmed addresses, documents picked up while announced."""

from collections.abc import Iterator

from models.duration import law_day
from models.errors import Text, Violation
from models.service import Announcement, AnnouncementState, AttemptResult, Method
from workflows import serving
from workflows.act import Act
from workflows.commands.service import ConfirmServiceAddress, RecordPickup, RecordServiceAttempt
from workflows.documents.wording import day as worded
from workflows.guards.law import against, empty, needed
from workflows.guards.service import receiver_may_sign

BY_WAY = {
    Method.DIRECT: frozenset(
        {
            AttemptResult.ABSENT,
            AttemptResult.REFUSED,
            AttemptResult.MOVED,
            AttemptResult.UNTRACEABLE,
        }
    ),
    Method.MAIL: frozenset({AttemptResult.RETURNED, AttemptResult.NOT_DELIVERED}),
    Method.ELECTRONIC: frozenset({AttemptResult.NOT_DELIVERED}),
}
"""What can have gone wrong by each way; the others can go wrong like direct service."""
EXPLAINED = frozenset(
    {AttemptResult.REFUSED, AttemptResult.MOVED, AttemptResult.UNTRACEABLE, AttemptResult.RETURNED}
)


def attempt_is_complete(act: Act, c: RecordServiceAttempt) -> Iterator[Violation]:
    """M12: a document that waits, a way that can fail so, and what happened."""
    if serving.paper_waiting(act.record, c.document) is None:
        yield against(
            "M12", "这份文书现在不在等待送达。", "This document does not wait for service now.",
            "CPL87", "document",
        )  # fmt: skip
    if c.service_method in (Method.ANNOUNCEMENT, Method.LEAVING):
        yield against(
            "M12", "留置和公告是送达，不是送达尝试：请在送达步骤登记。",
            "Leaving and announcing serve the document: record them in the step of service.",
            "CPL89", "service_method",
        )  # fmt: skip
        return
    yield from _result_fits(c)
    if c.service_method == Method.DIRECT:
        yield from needed(c, {"place": Text("地点", "the place")}, "CPL88")
    if c.service_method == Method.MAIL:
        yield from needed(c, {"tracking_number": Text("邮件单号", "the tracking number")}, "CPL91")


def _result_fits(c: RecordServiceAttempt) -> Iterator[Violation]:
    possible = BY_WAY.get(Method(c.service_method), frozenset(AttemptResult))
    if c.result not in possible:
        yield against(
            "M12", "这种方式不会有这样的结果，请核对送达方式和结果。",
            "That cannot have happened by this way: check way and result.", "CPL87", "result",
        )  # fmt: skip
    if c.result in EXPLAINED:
        yield from needed(c, {"reason": Text("情况说明", "what happened")}, "CPL89")
    if c.result == AttemptResult.REFUSED:
        yield from needed(c, {"met_name": Text("拒收人", "who refused")}, "CPL89")


def confirmation_is_signed(act: Act, c: ConfirmServiceAddress) -> Iterator[Violation]:
    """M13: the party was told what follows, and signed; electronic service has its address."""
    wanted = {
        "service_address": Text("送达地址", "the address"),
        "signed_by": Text("签名人", "who signed"),
    }
    yield from needed(c, wanted, "MSA83")
    if act.case.party is None:
        yield against("V04", "还没有登记当事人。", "No party is on record.", "MSA83")
    if not c.consequences_told:
        yield against(
            "M13", "确认书上应当告知提供不准确地址、不及时告知变更的后果。",
            "The confirmation tells what follows from a wrong address, or an untold change.",
            "MSA83", "consequences_told",
        )  # fmt: skip
    if c.electronic_agreed and empty(c.electronic_address):
        yield against(
            "M13", "同意电子送达的，请填写电子送达地址。",
            "Who agrees to electronic service gives an address.", "APL61", "electronic_address",
        )  # fmt: skip


def pickup_falls_into_announcement(act: Act, c: RecordPickup) -> Iterator[Violation]:
    """M14: something was announced, and it was picked up before the announcement was over."""
    row = act.record.last(Announcement)
    if row is None or row.state == AnnouncementState.PICKED_UP:
        yield against(
            "M14", "现在没有公告送达的文书可以领取。",
            "No announced document waits to be picked up.",
            "CPL95",
        )  # fmt: skip
        return
    yield from receiver_may_sign(act, c.receiver_relation)
    if law_day(c.picked_up_at) < law_day(row.published_at):
        yield against(
            "M14", f"领取时间早于公告发布（{worded(row.published_at)}），请核对。",
            f"It was announced on {law_day(row.published_at)} only: check the day.",
            "CPL95", "picked_up_at",
        )  # fmt: skip
    yield from _before_its_end(act, row, c)


def _before_its_end(act: Act, row: Announcement, c: RecordPickup) -> Iterator[Violation]:
    over = row.concluded_at
    if over is None:
        return
    if law_day(c.picked_up_at) >= law_day(over):
        yield against(
            "M14", f"公告已于{worded(over)}期满，视为送达，之后领取不改变送达日期。",
            f"It counts as served on {law_day(over)}; picking it up later changes nothing.",
            "CPL95", "picked_up_at",
        )  # fmt: skip
    notice = act.record.notice
    about_notice = notice is not None and notice.number == row.document_number
    if about_notice and (act.record.decision or act.record.statement):
        yield against(
            "M14", "告知之后的步骤已经办理，送达日期不能再改。",
            "What follows the notice has been done: the date of service stays.", "APL44",
        )  # fmt: skip
