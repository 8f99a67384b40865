"""The sections of a case's facts, one function each; a section not reached yet is None."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workflows.documents.sections import (
    amending,
    criminal,
    deciding,
    enforcing,
    finishing,
    hearing,
    investigation,
    joint,
    measures,
    pausing,
    proposal,
    publicity,
    short,
    sparing,
)
from workflows.documents.sections.context import Context, article

__all__ = ["SECTIONS", "Context", "article"]

SECTIONS: dict[str, Callable[[Context], Any]] = {
    "verification": investigation.verification,
    "filing": investigation.filing,
    "correction": investigation.correction,
    "fact_correction": amending.fact_correction,
    "recheck": investigation.recheck,
    "inspection": investigation.investigation("inspection"),
    "inquiry": investigation.investigation("inquiry"),
    "report": proposal.report,
    "review": proposal.review,
    "joint_opinion": joint.joint_opinion,
    "joint_opinions": joint.joint_opinions,
    "consultation": joint.consultation,
    "objections": joint.objections,
    "opinions": proposal.opinions,
    "notice": deciding.notice,
    "statement": deciding.statement,
    "reexamination": deciding.reexamination,
    "hearing": hearing.hearing,
    "sitting": hearing.sitting,
    "hearing_waiver": hearing.hearing_waiver,
    "discussion": deciding.discussion,
    "decision": deciding.decision,
    "service": finishing.service,
    "services": finishing.services,
    "payments": finishing.payments,
    "disclosure": publicity.disclosure,
    "withdrawal": publicity.withdrawal,
    "transfer": finishing.transfer,
    "incoming": criminal.incoming,
    "dispute": criminal.dispute,
    "crime": criminal.crime,
    "objection": criminal.objection,
    "closing": finishing.closing,
    "archive": finishing.archive,
    "spot": short.spot,
    "consent": short.consent,
    "origin": sparing.origin,
    "commitment": sparing.commitment,
    "appraisal": measures.appraisal,
    "order_recheck": enforcing.order_recheck,
    "enforcement": enforcing.enforcement,
    "court_application": enforcing.court_application,
    "enforcement_rest": enforcing.enforcement_rest,
    "settlement": enforcing.settlement,
    "confiscated": enforcing.confiscated,
    "measure": measures.measure,
    "disposal": measures.disposal,
    "assistance": measures.assistance,
    "extension": pausing.extension,
    "suspension": pausing.suspension,
    "termination": pausing.termination,
    "recusal": pausing.recusal,
}
"""Each name is a key of the facts."""
