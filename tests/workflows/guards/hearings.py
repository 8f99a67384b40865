"""A story in which the party was told of its right to a hearing, and hearings in it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from models.hearing import Hearing, HearingSitting, HearingWaiver
from models.notice import Notice
from tests.building import at
from tests.story import Story

ASKED = at("09-26 10:00")
LATE = at("10-09 10:00")


def with_right(story: Story) -> Story:
    """The notice of 09-24 tells the right to a hearing; the party may ask until 09-30."""
    story.up_to_decision(fine=Decimal(500))
    notice = notice_of(story)
    notice.hearing_right = True
    moment = at("09-24 10:00")
    story.office.act("zhang_ming", moment, story.case).clocks.start("CLK_HEARING_REQ", moment)
    story.session.flush()
    return story


def notice_of(story: Story) -> Notice:
    notice = story.act("zhang_ming", ASKED).record.notice
    assert notice is not None
    return notice


def asked(story: Story, when: datetime = ASKED, **values: Any) -> Hearing:
    """A request of the party."""
    row = Hearing(
        **story.act("zhang_ming", when).stamp(), round=1, notice_id=notice_of(story).id,
        requested_at=when, request_way="written", requested_by="陈立新",
        requester_relation="party", grounds="请求从轻", agents=[], hosts_before=[], **values,
    )  # fmt: skip
    story.session.add(row)
    story.session.flush()
    return row


def admitted(story: Story, **values: Any) -> Hearing:
    return asked(story, admission="admit", **values)


def hosted(story: Story) -> Hearing:
    """By the head of the justice office; the party was told on 09-28 for 10-17."""
    people = story.office
    row = admitted(
        story, host_id=people.person("ji_hong").id, recorder_id=people.person("lin_fang").id
    )
    story.session.add(
        HearingSitting(
            **story.act("ji_hong", at("09-28 10:00")).stamp(), hearing_id=row.id, round=1,
            number="听通1",
            planned_at=at("10-17 09:00"), place="司法所", open_to_public=True,
            served_at=at("09-28 10:00"), participants=[],
        )
    )  # fmt: skip
    story.session.flush()
    story.session.refresh(row, ["sittings"])
    return row


def held(story: Story, reported: datetime | None = None) -> Hearing:
    row = hosted(story)
    row.result, row.ended_at, row.reported_at = "held", at("10-17 11:00"), reported
    story.session.flush()
    return row


def waive(story: Story) -> None:
    stamp = story.act("zhang_ming", ASKED).stamp()
    story.session.add(
        HearingWaiver(**stamp, notice_id=notice_of(story).id, waived_at=ASKED, waived_by="陈立新")
    )
    story.session.flush()
