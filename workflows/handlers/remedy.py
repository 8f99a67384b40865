"""Reconsideration and litigation: from the application to the outcome (ARL, ALL)."""

from datetime import timedelta

from models.remedy import Remedy, RemedyKind
from models.types import Flag
from workflows import paying
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.remedy import (
    ForwardApplication,
    NoteLawsuit,
    NoteReconsideration,
    ReceiveApplicationCopy,
    RecordAdmission,
    RecordAppeal,
    RecordRemedyProgress,
    SubmitDefence,
)
from workflows.documents.wording import day as worded
from workflows.letters import Incoming, open_letter
from workflows.remedying import (
    challenged_decision,
    latest,
    noon,
    take_effect,
    term,
    under_way,
)

LATE = (
    "已超过期限：逾期不提出答复、提交证据的，视为没有证据。",
    "Late: without a reply and evidence in time the act is treated as without evidence.",
)
NO_SUIT_AFTER = frozenset({"revoked", "void", "withdrawn", "mediated"})
"""Outcomes of a reconsideration after which the party has nothing left to sue for."""
FINAL = frozenset({"withdrawn", "mediated"})
"""Outcomes of a lawsuit against which nobody appeals (ALL 60, 62)."""
REFUSED = {"refused": "不予受理", "withdrawn": "申请人撤回申请"}


def note_reconsideration(act: Act, c: NoteReconsideration) -> Outcome:
    """From the application on no surcharge is counted; enforcement goes on unless a stay is
    ordered (APL 73, ARL 42)."""
    through = c.handed_in == "agency"
    row = _add(act, RemedyKind.RECONSIDERATION, c.applicant, c.authority, c.request, c.challenged)
    row.applied_on, row.through_agency, row.authority_no = c.applied_on, through, c.authority_no
    act.clocks.met_by_party("CLK_RECONSIDER", noon(c.applied_on))
    if through:
        act.clocks.start("CLK_RECON_FORWARD", noon(c.applied_on))
    paying.follow_remedies(act)
    act.session.flush()
    zh = f"{row.applicant}于{worded(c.applied_on)}向{c.authority}申请行政复议"
    return Outcome(
        events=[
            told(
                "case:reconsideration:applied",
                f"{zh}，复议期间不停止执行，加处罚款不再计算。",
                f"{row.applicant} asked {c.authority} for reconsideration; enforcement goes on, "
                "no surcharge is counted.",
            )
        ],
        routing={"handed_in": c.handed_in},
    )


def _add(
    act: Act,
    kind: RemedyKind,
    applicant: str | None,
    authority: str,
    request: str,
    challenged: str,
) -> Remedy:
    row = Remedy(
        **act.stamp(),
        kind=kind,
        round=len([r for r in act.record.remedies if r.kind == kind]) + 1,
        challenged=challenged,
        decision_id=challenged_decision(act, challenged),
        applicant=applicant or act.case.party_name,
        authority=authority,
        request=request,
    )
    act.session.add(row)
    act.case.flag(Flag.IN_REMEDY)
    # What the act has looked up before is known better now.
    act.record.remedies = [*act.record.remedies, row]
    return row


def forward_application(act: Act, c: ForwardApplication) -> Outcome:
    """The application is with the organ (转送, ARL 32)."""
    row = _current(act)
    row.forwarded_on = c.forwarded_on
    act.clocks.meet("CLK_RECON_FORWARD", noon(c.forwarded_on))
    text = (
        f"已向{row.authority}转送复议申请。",
        f"The application is forwarded to {row.authority}.",
    )
    return Outcome(events=[told("case:reconsideration:forwarded", *text)])


def record_admission(act: Act, c: RecordAdmission) -> Outcome:
    """Taken: the organ decides in time; not taken or taken back: the remedy is over."""
    row = _current(act)
    row.authority_no = c.authority_no or row.authority_no
    if c.admission == "accepted":
        row.accepted_on, row.simple = c.admitted_on, c.simple
        key = "remedy.reconsider_simple_days" if c.simple else "remedy.reconsider_decide_days"
        row.decide_by = term(act, key, c.admitted_on)
        zh = f"{row.authority}{worded(c.admitted_on)}受理，应当在{worded(row.decide_by)}前决定。"
        en = f"{row.authority} took the application; it decides by {row.decide_by}."
        return Outcome(
            events=[told("case:reconsideration:accepted", zh, en)],
            routing={"admission": "accepted"},
        )
    row.refused_on = row.ended_on = c.admitted_on
    row.refusal_reason = c.refusal_reason or REFUSED[c.admission]
    row.outcome = "dismissed" if c.admission == "refused" else "withdrawn"
    row.decided_on = row.received_on = c.admitted_on
    act.case.unflag(Flag.IN_REMEDY)
    paying.follow_remedies(act)
    decision = act.record.decision
    if c.admission == "refused" and decision is not None and decision.on_the_spot:
        _may_sue_after(act, row)
    zh, en = REFUSED[c.admission], f"The application is {c.admission}"
    return Outcome(
        events=[
            told(f"case:reconsideration:{c.admission}", f"{zh}：{row.refusal_reason}", f"{en}.")
        ],
        routing={"admission": c.admission},
    )


def _may_sue_after(act: Act, row: Remedy) -> None:
    """Fifteen days to sue after the organ has spoken (ALL 45, ARL 34)."""
    assert row.received_on is not None
    act.clocks.cancel("CLK_SUE")
    act.clocks.start("CLK_SUE", noon(row.received_on), variant="after_reconsideration")


def receive_application_copy(act: Act, c: ReceiveApplicationCopy) -> Outcome:
    """The time to reply begins: ten working days, five in the simple procedure."""
    row = _current(act)
    row.copy_received_on = c.copy_received_on
    at, variant = noon(c.copy_received_on), "simple" if row.simple else None
    row.reply_by = act.clocks.start("CLK_RECON_REPLY", at, variant=variant).last_day
    text = (
        f"收到复议申请书副本，应当在{worded(row.reply_by)}前提出书面答复并提交证据，逾期视为没有证据。",
        f"Copy of the application received: reply with the evidence by {row.reply_by}.",
    )
    return Outcome(events=[told("case:reconsideration:copy", *text)])


def submit_defence(act: Act, c: SubmitDefence) -> Outcome:
    """Reply with the evidence index drawn from the record (D65); late is late, but it is sent."""
    row = _current(act)
    clock = "CLK_RECON_REPLY" if row.kind == RemedyKind.RECONSIDERATION else "CLK_COURT_REPLY"
    last = act.clocks.last(clock)
    row.replied_on, row.reply = c.replied_on, c.reply
    row.agent = "，".join(filter(None, (c.agent, c.agent_post))) or None
    row.reply_late = last is not None and c.replied_on > last.outer_day
    act.clocks.meet(clock, noon(c.replied_on))
    act.session.flush()
    words = ("提交复议答复书和证据目录。", "Reply and evidence index sent to the organ.")
    if row.kind == RemedyKind.LITIGATION:
        words = ("提交答辩状和证据目录。", "Answer and evidence index sent to the court.")
    late = [told("case:remedy:late", *LATE)] if row.reply_late else []
    return Outcome(
        events=[told("case:remedy:defence", *words), *late],
        documents=[Issue("D65", act.numbers.take("复答"), row), Issue("D65a", None, row)],
    )


def record_remedy_progress(act: Act, c: RecordRemedyProgress) -> Outcome:
    """A stay, more time for the organ, or the end."""
    row = _current(act)
    if c.event == "decided":
        return _decided(act, row, c)
    if c.event == "stay_ordered":
        row.stay_ordered, row.stay_from, row.stay_reason = True, c.happened_on, c.reason
        row.stay_to = None
        text = (f"决定停止执行：{c.reason}", f"Enforcement is stayed: {c.reason}")
    elif c.event == "stay_lifted":
        row.stay_to = c.happened_on
        text = (f"恢复执行：{c.reason}", f"The stay is lifted: {c.reason}")
    else:
        row.decide_by, row.extended = c.decide_by, True
        text = (f"审理期限延长至{worded(c.decide_by)}。", f"It now decides by {c.decide_by}.")
    return Outcome(events=[told(f"case:remedy:{c.event}", *text)], routing={"progress": "goes_on"})


def _decided(act: Act, row: Remedy, c: RecordRemedyProgress) -> Outcome:
    row.outcome, row.outcome_no, row.outcome_reason = c.outcome, c.outcome_no, c.reason
    row.decided_on, row.received_on = c.happened_on, c.received_on or c.happened_on
    row.ground, row.changed_fine, row.redo_by = c.ground, c.changed_fine, c.redo_by
    act.session.flush()
    event = told(
        "case:remedy:decided",
        f"收到{row.authority}的决定{c.outcome_no or ''}：{OUTCOMES.get(str(c.outcome), '')}。",
        f"{row.authority} has decided: {c.outcome}.",
        outcome=c.outcome,
    )
    if c.opinion_letter:
        _open_letter(act, row, c)
    if row.kind == RemedyKind.LITIGATION:
        return _judged(act, row, c, Outcome(events=[event]))
    row.ended_on = row.received_on
    act.case.unflag(Flag.IN_REMEDY)
    paying.follow_remedies(act)
    if c.outcome not in NO_SUIT_AFTER:
        _may_sue_after(act, row)
    after = take_effect(act, row, row.received_on)
    return Outcome(
        events=[event, *after.events],
        routing={"progress": "decided"},
        opens=after.opens,
    )


def _open_letter(act: Act, row: Remedy, c: RecordRemedyProgress) -> None:
    """The letter that came with the outcome stands in the inbox of whoever records it: the opinion
    of the organ is answered in sixty days (ARL 76), a judicial proposal by its own day."""
    court = row.kind == RemedyKind.LITIGATION
    letter = Incoming(
        kind="judicial" if court else "reconsideration_opinion",
        organ=row.authority,
        number=str(c.letter_no),
        dated_on=c.happened_on,
        received_on=c.received_on or c.happened_on,
        content=str(c.letter_content),
        reply_due=c.letter_due,
    )
    case = act.case
    open_letter(act, letter, owner=act.actor.person_id, subject=case.subject_id, case=case)


def _judged(act: Act, row: Remedy, c: RecordRemedyProgress, out: Outcome) -> Outcome:
    """A first judgment waits for an appeal; any other is in force at once."""
    assert row.received_on is not None
    row.court_form = c.court_form
    row.may_appeal = row.instance == "first" and c.outcome not in FINAL
    if not row.may_appeal:
        row.ended_on = row.received_on
        out.routing["progress"] = "decided"
        return out
    ruling = "ruling" if c.court_form == "ruling" else None
    act.clocks.start("CLK_APPEAL", noon(row.received_on), variant=ruling)
    out.routing["progress"] = "may_be_appealed"
    return out


def note_lawsuit(act: Act, c: NoteLawsuit) -> Outcome:
    """The notice to answer has come: fifteen days for answer and evidence (ALL 67)."""
    row = _add(act, RemedyKind.LITIGATION, c.plaintiff, c.court, c.request, c.challenged)
    row.applied_on, row.accepted_on, row.authority_no = c.sued_on, c.sued_on, c.court_no
    paying.follow_remedies(act)
    row.instance, row.simple, row.copy_received_on = c.instance, c.simple, c.copy_received_on
    key = "remedy.first_instance_simple_days" if c.simple else "remedy.first_instance_months"
    row.decide_by = term(act, key, c.sued_on)
    act.clocks.met_by_party("CLK_SUE", noon(c.sued_on))
    act.clocks.meet("CLK_RECONSIDER", noon(c.sued_on))
    return _to_answer(act, row, "收到应诉通知书和起诉状副本", "Notice to answer received")


def _to_answer(act: Act, row: Remedy, zh: str, en: str) -> Outcome:
    assert row.copy_received_on is not None
    row.reply_by = act.clocks.start("CLK_COURT_REPLY", noon(row.copy_received_on)).last_day
    act.session.flush()
    return Outcome(
        events=[
            told(
                "case:litigation:noted",
                f"{zh}（{row.authority}{row.authority_no}），应当在{worded(row.reply_by)}前提交答辩状和"
                "证据，逾期视为没有证据。",
                f"{en} ({row.authority}): answer with the evidence by {row.reply_by}.",
            )
        ]
    )


def record_appeal(act: Act, c: RecordAppeal) -> Outcome:
    """An appeal opens the second instance; without one the judgment is in force."""
    row = _current(act)
    act.clocks.meet("CLK_APPEAL", noon(c.appealed_on) if c.appealed_on else act.now)
    if c.appeal == "none":
        row.ended_on = act.today
        text = ("双方服判，不上诉。", "Nobody appeals.")
        return Outcome(events=[told("case:litigation:accepted", *text)], routing={"appeal": "none"})
    assert c.appealed_on is not None
    row.ended_on = c.appealed_on
    by = row.applicant if c.appellant == "party" else act.case.subject.name
    second = _add(
        act, RemedyKind.LITIGATION, row.applicant, str(c.court), str(c.request), row.challenged
    )
    second.instance, second.applied_on, second.accepted_on = "appeal", c.appealed_on, c.appealed_on
    second.authority_no, second.copy_received_on = c.court_no, c.copy_received_on
    second.decide_by = term(act, "remedy.second_instance_months", c.appealed_on)
    out = _to_answer(act, second, f"{by}提起上诉", f"{by} appealed")
    out.routing["appeal"] = "appealed"
    return out


def judgment_takes_effect(act: Act) -> Outcome:
    """The judgment is in force: what follows from it begins (an operation of the diagram)."""
    row = latest(act, RemedyKind.LITIGATION)
    assert row is not None
    if row.ended_on is None:
        # The time to appeal is over; the judgment is in force from the day after it.
        clock = act.clocks.last("CLK_APPEAL")
        row.ended_on = clock.outer_day + timedelta(days=1) if clock else act.today
    act.case.unflag(Flag.IN_REMEDY)
    paying.follow_remedies(act)
    after = take_effect(act, row, row.ended_on)
    text = ("裁判生效。", "The judgment is in force.")
    return Outcome(events=[told("case:litigation:effect", *text), *after.events], opens=after.opens)


def _current(act: Act) -> Remedy:
    row = under_way(act)
    assert row is not None
    return row


OUTCOMES = {
    "upheld": "维持（驳回诉讼请求）",
    "changed": "变更",
    "revoked": "撤销",
    "partly_revoked": "部分撤销",
    "redo": "责令重作",
    "unlawful": "确认违法",
    "void": "确认无效",
    "perform": "责令履行",
    "dismissed": "驳回申请（起诉）",
    "claim_rejected": "驳回复议请求",
    "withdrawn": "撤回申请（撤诉）",
    "mediated": "调解",
}
"""As the code table remedy_outcome says, for the timeline."""
