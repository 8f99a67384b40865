"""Links between cases, evidence recognised between them, duplicates merged."""

import uuid

from models.case_link import CaseLink
from models.evidence import Evidence
from workflows.act import Act, Outcome, told
from workflows.commands.case_link import (
    LinkCase,
    MergeLead,
    RecogniseEvidence,
    ReviewMerge,
    UnlinkCase,
)
from workflows.linking import find_case, links_of, offer_key, offered_to
from workflows.rows import add_opinion


def link_case(act: Act, c: LinkCase) -> Outcome:
    """Each stays its own case; what is offered may be recognised at the other end."""
    other = find_case(act.session, c.number)
    assert other is not None
    wanted = set(c.offered)
    act.session.add(
        CaseLink(
            **act.stamp(),
            other_id=other.id,
            relation=c.relation,
            action=c.action,
            same_act=c.same_act,
            reason=c.reason,
            offered=[item.number for item in act.record.evidence if str(item.number) in wanted],
        )
    )
    text = (f"关联案件{c.number}：{c.reason}", f"Linked to {c.number}: {c.reason}")
    return Outcome(events=[told("case:link:added", *text, number=c.number)])


def unlink_case(act: Act, c: UnlinkCase) -> Outcome:
    """The link stays on record with the reason of its removal."""
    found = next(one for one in links_of(act.session, act.case.id) if one.number == c.number)
    found.link.removed_at, found.link.removed_reason = act.now, c.reason
    found.link.removed_by_id = act.actor.id
    text = (f"取消关联{c.number}：{c.reason}", f"Link to {c.number} removed: {c.reason}")
    return Outcome(events=[told("case:link:removed", *text, number=c.number)])


def recognise_evidence(act: Act, c: RecogniseEvidence) -> Outcome:
    """The same file under the same digest, with the case that it comes from."""
    wanted, count = set(c.items), len(act.record.evidence)
    offers = offered_to(act.session, act.case.id)
    taken = [(case, item) for case, item in offers if offer_key(case, item) in wanted]
    for place, (origin, item) in enumerate(taken, count + 1):
        act.session.add(
            Evidence(
                **act.stamp(),
                number=place,
                kind=item.kind,
                name=item.name,
                source=f"{origin.case_no or origin.lead_no}证据{item.number}（证据互认）",
                collected_at=item.collected_at,
                place=item.place,
                original=item.original,
                note=c.fact_proved,
                element="recognise_evidence",
                officer_id=item.officer_id,
                second_officer_id=item.second_officer_id,
                file_name=item.file_name,
                sha256=item.sha256,
                size=item.size,
                media_type=item.media_type,
                origin_id=item.id,
            )
        )
    text = (f"采用关联案件证据{len(taken)}件。", f"{len(taken)} items of evidence recognised.")
    return Outcome(events=[told("case:evidence:recognised", *text)])


def merge_lead(act: Act, c: MergeLead) -> Outcome:
    """A link says into which case; the unit head decides."""
    other = find_case(act.session, c.number)
    assert other is not None
    standing = any(one.other.id == other.id for one in links_of(act.session, act.case.id))
    if not standing:
        act.session.add(_duplicate(act, other.id, c.reason))
    text = (f"建议并入{c.number}：{c.reason}", f"To be merged into {c.number}: {c.reason}")
    return Outcome(events=[told("case:merge:proposed", *text, number=c.number)])


def _duplicate(act: Act, other: uuid.UUID, reason: str) -> CaseLink:
    numbers = [item.number for item in act.record.evidence if item.admissible]
    return CaseLink(
        **act.stamp(),
        other_id=other,
        relation="duplicate",
        action="",
        same_act=True,
        reason=reason,
        offered=numbers,
    )


def review_merge(act: Act, c: ReviewMerge) -> Outcome:
    """Merged, the lead ends; its evidence may be recognised in the other case."""
    add_opinion(act, "review_merge", c.outcome, c.opinion)
    if c.outcome == "return":
        text = (f"不同意并案：{c.opinion}", f"Not merged: {c.opinion}")
        return Outcome(events=[told("case:merge:returned", *text)], routing={"outcome": "return"})
    act.clocks.cancel_all()
    act.case.closed_at = act.now
    return Outcome(
        events=[told("case:merge:done", "重复线索，已并案。", "A duplicate: merged.")],
        routing={"outcome": "agree"},
    )
