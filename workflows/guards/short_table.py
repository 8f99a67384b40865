"""Guards of the short procedures: on the spot (简易程序) and quick handling (快速办理)."""

from workflows.guards import (
    dates,
    evidence,
    investigation,
    lead,
    matter,
    officers,
    party,
    quick,
    spot,
    stage,
)
from workflows.guards.law import Guard

RUNS = stage.case_still_runs
PAIR = officers.two_certified_officers

SHORT: dict[str, tuple[Guard, ...]] = {
    "PunishOnTheSpot": (
        lead.subject_is_mine,
        PAIR,
        party.party_is_identified,
        matter.matter_is_known,
        spot.within_the_ceiling,
        spot.penalty_is_lawful_on_the_spot,
        spot.done_on_the_spot,
        dates.not_in_future("act_started_at"),
        investigation.cards_shown_and_rights_told,
        investigation.signature_is_explained,
        spot.party_was_heard_on_the_spot,
        spot.cash_may_be_taken,
        evidence.new_evidence_is_described,
    ),
    "HandInCash": (
        RUNS,
        PAIR,
        spot.cash_is_handed_in_once,
        dates.not_in_future("handed_in_at"),
    ),
    "BankCash": (RUNS, spot.cash_is_banked_once, dates.not_in_future("banked_at")),
    "FileSpotPenalty": (
        RUNS,
        PAIR,
        spot.material_is_complete,
        dates.not_in_future("filed_at"),
    ),
    "ConsentToQuickHandling": (
        RUNS,
        PAIR,
        quick.consent_is_in_writing,
        quick.quick_way_is_open,
        dates.not_in_future("asked_at"),
        dates.not_before("asked_at", dates.clue, dates.CLUE),
    ),
    "RecordQuickly": (
        RUNS,
        PAIR,
        investigation.case_is_filed,
        quick.consent_stands,
        investigation.inquiry_is_complete,
        investigation.cards_shown_and_rights_told,
        investigation.signature_is_explained,
        dates.not_in_future("started_at", "ended_at"),
        dates.ends_after_start,
        dates.not_before("started_at", dates.clue, dates.CLUE),
        evidence.new_evidence_is_described,
        quick.waiver_is_express,
        quick.act_is_proved,
        quick.proposal_is_lawful,
        quick.no_hearing_in_quick_handling,
    ),
}
"""Command name to its guards."""
