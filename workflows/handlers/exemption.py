"""The promise of a party that is to be spared (免罚): signed, then re-checked."""

from models.exemption import Commitment
from models.types import Flag
from workflows import exempting
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.exemption import RecheckCommitment, SignCommitment
from workflows.documents.wording import moment
from workflows.rows import add_items


def sign_commitment(act: Act, c: SignCommitment) -> Outcome:
    """The party promises (D62); CLK_PROMISE runs to the promised moment."""
    row = Commitment(
        **act.stamp(),
        facts=c.facts,
        promise=c.promise,
        signed_at=c.signed_at,
        signed_by=c.signed_by,
        promised_by=c.promised_by,
        education=c.education or None,
        officer_id=act.actor.person_id,
        second_officer_id=act.person(c.second_handler).id,
    )
    act.session.add(row)
    act.clocks.start("CLK_PROMISE", c.signed_at, until=c.promised_by)
    return Outcome(
        events=[
            told(
                "case:commitment:signed",
                f"当事人承诺于{moment(c.promised_by)}前改正。",
                f"The party promises to correct by {c.promised_by.isoformat()}.",
            )
        ],
        documents=[Issue("D62", None, row)],
    )


def recheck_commitment(act: Act, c: RecheckCommitment) -> Outcome:
    """Kept: the party may be spared and was educated. Broken: the case is filed."""
    row = exempting.last_commitment(act.session, act.case.id)
    assert row is not None
    row.rechecked_at, row.kept, row.findings = c.rechecked_at, c.kept, c.findings
    row.education = c.education or row.education
    add_items(act, c.evidence, "recheck_commitment", c.second_handler)
    act.clocks.meet("CLK_PROMISE", c.rechecked_at)
    if c.kept:
        act.case.flag(Flag.CORRECTED)
    zh, en = ("已改正，承诺已履行", "kept") if c.kept else ("未改正，违反承诺", "broken")
    return Outcome(
        events=[
            told(
                f"case:commitment:{'kept' if c.kept else 'broken'}",
                f"承诺复查：{zh}。",
                f"The promise was {en}.",
            )
        ],
        routing={"promise": "kept" if c.kept else "broken"},
    )
