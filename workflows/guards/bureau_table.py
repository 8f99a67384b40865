"""Which guards the acts outside any case meet: people, law, devices, meetings; a part of
`guards.table`."""

from workflows.guards import (
    agenda,
    bureau,
    dates,
    device,
    law_change,
    recording,
    stage,
    supervision_letter,
)
from workflows.guards.law import Guard

BUREAU: dict[str, tuple[Guard, ...]] = {
    "RegisterPerson": (bureau.account_is_new, bureau.password_is_long),
    "GrantRole": (bureau.person_is_known, bureau.role_can_be_granted, bureau.role_does_not_clash),
    "EndRole": (bureau.role_can_end,),
    "AddCertificate": (bureau.person_is_known, bureau.certificate_is_new),
    "RevokeCertificate": (bureau.certificate_can_be_revoked,),
    "RecordAbsence": (bureau.person_is_known, bureau.absence_fits, bureau.substitute_is_there),
    "CancelAbsence": (bureau.absence_can_be_cancelled,),
    "SetPassword": (bureau.person_is_known, bureau.password_is_long),
    "ChangePassword": (bureau.password_is_long,),
    "DeactivatePerson": (bureau.person_is_known, bureau.person_can_leave),
}

LAW: dict[str, tuple[Guard, ...]] = {
    "SetParameter": (
        law_change.change_is_reasoned,
        law_change.parameter_fits,
        law_change.nothing_else_is_proposed,
    ),
    "LoadCalendarYear": (law_change.calendar_is_sound, law_change.nothing_else_is_proposed),
    "ReviseMatter": (
        law_change.change_is_reasoned,
        law_change.matter_can_change,
        law_change.nothing_else_is_proposed,
    ),
    "EndMatter": (
        law_change.change_is_reasoned,
        law_change.matter_can_change,
        law_change.nothing_else_is_proposed,
    ),
    "ConfirmLawChange": (law_change.change_is_open, law_change.second_person_confirms),
    "RejectLawChange": (law_change.change_is_open, law_change.rejection_is_reasoned),
    "RecountClocks": (),
}

DEVICES: dict[str, tuple[Guard, ...]] = {
    "RegisterDevice": (device.device_is_new,),
    "RecordDeviceAudit": (device.device_is_mine, device.audit_is_complete),
    "RecordCalibration": (device.device_is_mine, device.calibration_is_complete),
    "PublishDevice": (device.device_is_mine, device.publication_is_lawful),
    "RecordMaintenance": (device.device_is_mine, device.maintenance_is_told),
    "RetireDevice": (device.device_is_mine, device.retirement_is_reasoned),
    "RegisterRecording": (recording.recording_is_complete,),
    "ReviewRecording": (recording.review_is_lawful,),
    "LinkRecording": (stage.case_still_runs, recording.recording_may_be_evidence),
    "RecordEvidenceQuery": (
        stage.case_still_runs,
        recording.query_is_complete,
        dates.not_in_future("queried_at"),
    ),
}

LETTERS: dict[str, tuple[Guard, ...]] = {
    "RegisterLetter": (supervision_letter.letter_is_new,),
    "DraftLetterReply": (supervision_letter.reply_may_be_drafted,),
    "DecideLetterReply": (supervision_letter.reply_may_be_decided,),
    "SendLetterReply": (supervision_letter.reply_may_be_sent,),
}

MEETINGS: dict[str, tuple[Guard, ...]] = {
    "ConveneMeeting": (agenda.cases_wait_for_discussion, agenda.heads_sit),
    "OpenMeeting": (
        agenda.meeting_is_mine,
        agenda.attendance_is_told,
        dates.not_in_future("held_at"),
    ),
    "DeferAgendaItem": (agenda.meeting_is_mine, agenda.item_may_wait),
    "CloseMeeting": (
        agenda.meeting_is_mine,
        agenda.agenda_is_done,
        dates.not_in_future("ended_at"),
    ),
    "CancelMeeting": (agenda.meeting_is_mine,),
}

WITHOUT = (
    "LoadLaw",
    "LoadBureau",
    "DeployShippedPack",
    "CreatePackDraft",
    "SavePackDraft",
    "ImportPackDraft",
    "ProposePackRelease",
    "ReleasePack",
    "ReturnPackDraft",
    "DiscardPackDraft",
)
REST: dict[str, tuple[Guard, ...]] = dict.fromkeys(WITHOUT, ())
