"""Service beside the steps: attempts, confirmed addresses, picking up what is announced."""

from models.errors import Text
from models.service import (
    Announcement,
    AnnouncementState,
    AttemptResult,
    Method,
    ProofOfService,
    ServiceAttempt,
    ServiceConfirmation,
)
from workflows.act import Act, Issue, Outcome, told
from workflows.announcing import REASON, moved_words, picked_up, receipt_anew, redate
from workflows.commands.service import ConfirmServiceAddress, RecordPickup, RecordServiceAttempt
from workflows.documents.wording import day as worded
from workflows.restarting import shorten
from workflows.rows import PARTY_FIELDS, PARTY_MARKS, add_items, proof_names, set_party
from workflows.serving import RESULTS, WAYS, paper_waiting


def record_service_attempt(act: Act, c: RecordServiceAttempt) -> Outcome:
    """Keep what was tried; the document still waits for service."""
    paper = paper_waiting(act.record, c.document)
    assert paper is not None
    row = ServiceAttempt(
        **act.stamp(),
        document_kind=paper.kind,
        document_number=paper.number,
        service_method=c.service_method,
        attempted_at=c.attempted_at,
        result=AttemptResult(c.result),
        place=c.place,
        met_name=c.met_name,
        met_relation=c.met_relation,
        reason=c.reason,
        tracking_number=c.tracking_number,
        helpers=c.helpers,
        proof=proof_names(c.proof),
        officer_id=act.actor.person_id,
        second_officer_id=act.person(c.second_handler).id,
    )
    act.session.add(row)
    add_items(act, c.proof, f"service:{paper.kind}", c.second_handler)
    way, result = WAYS[c.service_method], RESULTS[c.result]
    return Outcome(
        events=[
            told(
                "case:service:attempted",
                f"{way.zh}{paper.title.zh}未成：{result.zh}。",
                f"{paper.title.en}: {way.en} failed, {result.en}.",
                document=paper.kind,
            )
        ]
    )


def confirm_service_address(act: Act, c: ConfirmServiceAddress) -> Outcome:
    """Take the signed confirmation (D48); it supersedes any earlier one and fills later forms."""
    row = ServiceConfirmation(
        **act.stamp(),
        service_address=c.service_address.strip(),
        receiver_name=c.receiver_name,
        receiver_phone=c.receiver_phone,
        postcode=c.postcode,
        electronic_agreed=c.electronic_agreed,
        electronic_way=c.electronic_way if c.electronic_agreed else None,
        electronic_address=c.electronic_address if c.electronic_agreed else None,
        consequences_told=c.consequences_told,
        signed_by=c.signed_by,
        confirmed_at=c.confirmed_at,
    )
    act.session.add(row)
    party = act.case.party
    assert party is not None
    known = {name: getattr(party, name) for name in (*PARTY_FIELDS, *PARTY_MARKS)}
    set_party(
        act,
        known
        | {
            "service_address": row.service_address,
            "service_address_confirmed": True,
            "electronic_service_agreed": row.electronic_agreed,
            "electronic_address": row.electronic_address,
        },
    )
    also = f"，同意电子送达（{row.electronic_address}）" if row.electronic_agreed else ""
    also_en = f"; electronic service to {row.electronic_address}" if row.electronic_agreed else ""
    return Outcome(
        events=[
            told(
                "case:service:address_confirmed",
                f"当事人确认送达地址：{row.service_address}{also}。",
                f"Address for service confirmed: {row.service_address}{also_en}.",
            )
        ],
        documents=[Issue("D48", None, row)],
    )


def record_pickup(act: Act, c: RecordPickup) -> Outcome:
    """The party has the document in hand: that day is the day of service, whether the
    announcement still runs or has been taken for over meanwhile."""
    row = act.record.last(Announcement)
    assert row is not None
    add_items(act, c.proof, f"service:{row.document_kind}", c.second_handler)
    receiver = {
        "receiver_name": c.receiver_name,
        "receiver_relation": c.receiver_relation,
        "service_place": c.service_place,
    }
    if row.state == AnnouncementState.RUNNING:
        return picked_up(act, row, c.picked_up_at, c.second_handler, **receiver)
    return _found_out_later(act, row, c, receiver)


def _found_out_later(
    act: Act, row: Announcement, c: RecordPickup, receiver: dict[str, str | None]
) -> Outcome:
    """It counted as served on the last day, but was picked up before: every clock moves."""
    proof = next(s for s in act.record.services if s.announcement_id == row.id)
    row.state, row.concluded_at = AnnouncementState.PICKED_UP, c.picked_up_at
    _receive(proof, receiver)
    shorten(act.clocks, "CLK_CASE", REASON, c.picked_up_at)
    why = Text("公告期间已经领取", "Picked up during the announcement")
    words = moved_words(redate(act, proof, c.picked_up_at, why))
    return Outcome(
        events=[
            told(
                "case:service:redated",
                f"当事人在公告期间（{worded(c.picked_up_at)}）已经领取，送达日期相应改正：{words.zh}。",
                f"Picked up while it was announced; the date of service moves: {words.en}.",
            )
        ],
        documents=[receipt_anew(act, proof)],
    )


def _receive(proof: ProofOfService, receiver: dict[str, str | None]) -> None:
    proof.service_method = Method.DIRECT
    for name, value in receiver.items():
        setattr(proof, name, value)
