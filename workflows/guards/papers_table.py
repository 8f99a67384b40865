"""Which guards corrections, signatures and numbers meet; a part of `guards.table`."""

from workflows.guards import fact_correction, signature, stage
from workflows.guards.law import Guard

PAPERS: dict[str, tuple[Guard, ...]] = {
    "ProposeCorrection": (
        stage.case_still_runs,
        fact_correction.correction_is_stated,
        fact_correction.corrected_number_is_valid,
        fact_correction.day_of_service_is_possible,
        fact_correction.substance_is_told_anew,
    ),
    "CorrectFacts": (
        stage.case_still_runs,
        fact_correction.refusal_says_why,
        fact_correction.record_is_as_it_was,
    ),
    "SignDocument": (
        signature.document_can_be_signed,
        signature.signer_is_entitled,
        signature.not_signed_twice,
    ),
    "VoidNumber": (signature.number_may_be_voided,),
}
"""Documents are signed, and numbers voided, after a case has ended too."""
