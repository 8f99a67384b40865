"""Which guards the commands of transfers meet; a part of `guards.table`."""

from workflows.guards import case_link, closing, criminal, dates, decided_before, stage, transfer
from workflows.guards.law import Guard

RUNS = stage.case_still_runs
WHY = stage.return_says_why
ONE_FINE = (
    decided_before.not_fined_twice,
    criminal.no_second_fine,
    case_link.linked_acts_are_fined_once,
)
"""V17 for whoever proposes or decides a fine."""
SENT_ON = (criminal.crimes_take_their_own_way, transfer.nothing_is_passed_on)
"""For whoever proposes or decides to send the case to somebody else."""
MEANWHILE = criminal.nothing_is_decided_meanwhile
RECEIVED = dates.not_in_future("received_at")

CRIMINAL: dict[str, tuple[Guard, ...]] = {
    "ReportSuspectedCrime": (
        RUNS,
        criminal.team_of_two,
        dates.not_in_future("reported_at"),
        dates.not_before("reported_at", dates.clue, dates.CLUE),
    ),
    "ApproveCriminalTransfer": (RUNS, criminal.refusal_is_kept),
    "SendCriminalTransfer": (
        RUNS,
        criminal.sent_after_approval,
        criminal.pack_is_complete,
        dates.not_in_future("sent_at", "received_at"),
    ),
    "RecordPoliceReceipt": (RUNS, RECEIVED, criminal.answer_follows_sending),
    "RecordPoliceDecision": (RUNS, RECEIVED, criminal.answer_follows_sending),
    "HandOverToPolice": (
        RUNS,
        criminal.goods_go_along,
        dates.not_in_future("handed_at", "party_told_at"),
    ),
    "AnswerPoliceRefusal": (RUNS, criminal.objection_is_in_time),
    "RecordRefusalReview": (RUNS, RECEIVED, criminal.answer_follows_sending),
    "RecordCriminalResult": (RUNS, RECEIVED, criminal.result_is_complete),
}

OUT: dict[str, tuple[Guard, ...]] = {
    "ApproveTransfer": (
        RUNS,
        WHY,
        closing.transfer_was_proposed,
        *SENT_ON,
    ),
    "SendTransfer": (
        RUNS,
        closing.transfer_is_approved,
        transfer.missing_items_are_added,
        dates.not_in_future("sent_at"),
    ),
    "RecordTransferAnswer": (
        RUNS,
        transfer.answer_fits_transfer,
        transfer.goods_went_along,
        dates.not_in_future("answered_at"),
    ),
}

IN: dict[str, tuple[Guard, ...]] = {
    "RecordIncomingTransfer": (
        RUNS,
        transfer.came_once,
        dates.not_in_future("received_at"),
    ),
    "AnswerIncomingTransfer": (RUNS, transfer.return_names_what_is_missing),
    "FeedBackTransfer": (RUNS, transfer.result_is_so),
    "ReportJurisdictionDispute": (RUNS, dates.not_in_future("arose_at")),
    "RecordNegotiation": (
        RUNS,
        transfer.first_filing_wins,
        dates.not_in_future("negotiated_at"),
    ),
    "ReportToSuperior": (RUNS,),
    "RecordDesignation": (RUNS, dates.not_in_future("designated_at")),
}

LINKS: dict[str, tuple[Guard, ...]] = {
    "LinkCase": (RUNS, case_link.other_case_is_known, case_link.offered_evidence_is_ours),
    "UnlinkCase": (RUNS, case_link.link_is_there),
    "RecogniseEvidence": (RUNS, case_link.evidence_is_offered),
    "MergeLead": (RUNS, case_link.other_case_is_known, case_link.lead_may_be_merged),
    "ReviewMerge": (RUNS, WHY),
}

TRANSFERS: dict[str, tuple[Guard, ...]] = {**CRIMINAL, **OUT, **IN, **LINKS}
