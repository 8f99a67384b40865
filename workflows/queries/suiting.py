"""When an act beside the steps makes sense in a case: what the menu of its page offers."""

from collections.abc import Callable, Mapping

from models.closing import ArchiveVolume
from models.document import Document
from models.evidence import Evidence
from models.joint_review import JointOpinion, ReviewObjection
from models.types import EXITS, ClockState
from workflows.queries.casefile import CaseFile
from workflows.queries.serving import something_announced, something_to_serve


def suits(name: str, file: CaseFile) -> bool:
    """Whether an act beside the steps makes sense as the case stands."""
    if name == "AddCaseNote":
        return True
    if name in KEEPING:
        return KEEPING[name](file)
    if name == "SupplementArchive":
        return file.last(ArchiveVolume) is not None and has_new_papers(file)
    if file.case.stage in EXITS:
        return False
    if name == "ExcludeEvidence":
        return any(item.admissible for item in file.all(Evidence))
    if name in ("LinkRecording", "RecordEvidenceQuery"):
        return _from_devices(name, file)
    if name == "ExtendVerification":
        clock = file.clock("CLK_VERIFY")
        return clock is not None and clock.state == ClockState.RUNNING
    return name not in REVIEWED or REVIEWED[name](file)


def _kept(file: CaseFile) -> bool:
    """Whether there is a file in the archive that has not been destroyed."""
    volume = file.last(ArchiveVolume)
    return volume is not None and volume.destroyed_at is None


def _ends(file: CaseFile) -> bool:
    """Whether its retention ends at all; the guards look at the day."""
    volume = file.last(ArchiveVolume)
    return volume is not None and _kept(file) and volume.retain_until is not None


KEEPING: Mapping[str, Callable[[CaseFile], bool]] = {
    "RequestLoan": _kept,
    "PlaceLegalHold": lambda file: _kept(file) and not file.held,
    "LiftLegalHold": lambda file: file.held,
    "ProposeDisposal": lambda file: _ends(file) and not file.held and not file.listed,
    "CarryOutDisposal": lambda file: _kept(file) and file.listed,
}
"""Acts on archived files: when each makes sense."""


def has_new_papers(file: CaseFile) -> bool:
    """Whether something was issued or received after the last volume of the archive."""
    volume = file.last(ArchiveVolume)
    recorded = [row.recorded_at for row in file.all(Document)]
    recorded += [row.recorded_at for row in file.all(Evidence)]
    return volume is not None and any(at > volume.recorded_at for at in recorded)


def _from_devices(name: str, file: CaseFile) -> bool:
    """A case that devices led to; the party looks at recordings once some are evidence."""
    if "non_site" not in (file.case.procedure, file.case.source):
        return False
    used = any(item.element == "link_recording" for item in file.all(Evidence))
    return used or name == "LinkRecording"


def _reviewed_now(file: CaseFile) -> bool:
    return any(task.command == "SubmitReviewOpinion" for task in file.open_tasks())


def _opinion_wanted(file: CaseFile) -> bool:
    waiting = (row.given_at is None for row in file.all(JointOpinion))
    return _reviewed_now(file) and any(waiting)


def _objected(file: CaseFile) -> bool:
    return any(row.answered_at is None for row in file.all(ReviewObjection))


REVIEWED: Mapping[str, Callable[[CaseFile], bool]] = {
    "RequestJointReview": _reviewed_now,
    "RecordConsultation": _reviewed_now,
    "GiveJointOpinion": _opinion_wanted,
    "AnswerObjections": _objected,
    "RecordServiceAttempt": something_to_serve,
    "RecordPickup": something_announced,
}
"""Acts of joint review and service, and when they make sense."""
