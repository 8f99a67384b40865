"""Application to the court: prepared, signed, handed in, answered, enforced (AEL 53-58)."""

from models.duration import law_day
from models.enforcement import CourtApplication
from models.payment import Payment
from models.types import Flag
from workflows import paying
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.court_application import (
    AnswerCourtRefusal,
    PrepareCourtApplication,
    RecordCourtAcceptance,
    RecordCourtEnforcement,
    RecordCourtRuling,
    RecordHigherCourt,
    SignCourtApplication,
    SubmitCourtApplication,
)
from workflows.enforcing import COURT, order_is_performed, order_of, owed
from workflows.ledger import ZERO, Receipt
from workflows.rows import add_opinion

OBJECT = "CLK_COURT_OBJECT"
ACCEPT = "CLK_COURT_ACCEPT"


def prepare_court_application(act: Act, c: PrepareCourtApplication) -> Outcome:
    """Put the application on record with what is owed today and the window as it stands."""
    decision, window = act.record.decision, act.clocks.last(COURT)
    assert decision is not None
    assert window is not None
    amounts = owed(act, act.today)
    demand = order_of(decision) if not order_is_performed(act.record) else ""
    act.session.add(
        CourtApplication(
            **act.stamp(),
            decision_id=decision.id,
            court=c.court,
            reason=c.reason,
            means=c.means,
            materials=list(c.materials),
            principal=amounts.principal,
            surcharge=amounts.surcharge,
            demand=demand or None,
            amounts_on=act.today,
            opens_on=window.started_on,
            last_day=window.last_day,
            outer_day=window.outer_day,
            requested_by_id=act.actor.person_id,
        )
    )
    zh = f"准备向{c.court}申请强制执行，本金{amounts.principal}元，加处罚款{amounts.surcharge}元。"
    en = f"Application to {c.court}: {amounts.principal} and surcharge {amounts.surcharge} yuan."
    return Outcome(events=[told("case:court:prepared", zh, en)])


def sign_court_application(act: Act, c: SignCourtApplication) -> Outcome:
    """The head signs (D55); a returned one is prepared anew."""
    add_opinion(act, "sign_court_application", c.outcome, c.opinion)
    row = _current(act)
    if c.outcome == "return":
        row.returned_at = row.ended_at = act.now
        row.ending = "returned"
        text = (f"退回强制执行申请：{c.opinion}", f"Application returned: {c.opinion}")
        return Outcome(events=[told("case:court:returned", *text)], routing={"outcome": "return"})
    row.signed_at, row.signed_by_id = act.now, act.actor.person_id
    row.number = act.numbers.take("强申")
    text = (f"签发强制执行申请书{row.number}。", f"Application {row.number} signed.")
    return Outcome(
        events=[told("case:court:signed", *text, number=row.number)],
        routing={"outcome": "agree"},
        documents=[Issue("D55", row.number, row)],
    )


def submit_court_application(act: Act, c: SubmitCourtApplication) -> Outcome:
    """Handed in: the window is met, the court has five days (AEL 56)."""
    row = _current(act)
    row.submitted_at, row.receiver_name = c.submitted_at, c.receiver_name
    act.clocks.meet(COURT, c.submitted_at)
    act.clocks.start(ACCEPT, c.submitted_at)
    text = (f"向{row.court}递交强制执行申请。", f"The application was handed in at {row.court}.")
    return Outcome(events=[told("case:court:submitted", *text)])


def record_court_acceptance(act: Act, c: RecordCourtAcceptance) -> Outcome:
    """Accepted, or not: then fifteen days to ask the higher court."""
    row = _current(act)
    act.clocks.meet(ACCEPT, c.answered_at)
    if c.answer == "not_accepted":
        return _refused(act, row, c, "acceptance", "not_accepted", ("不予受理", "Not accepted"))
    row.accepted_at, row.court_case_no = c.answered_at, c.court_case_no
    text = (f"人民法院受理强制执行申请（{c.court_case_no}）。", "The court accepted it.")
    return Outcome(events=[told("case:court:accepted", *text)], routing={"court": "accepted"})


def record_court_ruling(act: Act, c: RecordCourtRuling) -> Outcome:
    """The court rules that it is enforced, or not."""
    row = _current(act)
    row.ruling_no = c.ruling_no
    if c.answer == "not_granted":
        return _refused(act, row, c, "ruling", "not_granted", ("裁定不予执行", "Not enforced"))
    row.ruled_at = c.answered_at
    text = (f"人民法院裁定准予执行（{c.ruling_no}）。", "The court ruled that it be enforced.")
    return Outcome(events=[told("case:court:granted", *text)], routing={"court": "granted"})


def answer_court_refusal(act: Act, c: AnswerCourtRefusal) -> Outcome:
    """The higher court is asked, or the refusal stands."""
    row = _current(act)
    if c.answer == "objected":
        assert c.objected_at is not None
        row.objected_at = c.objected_at
        act.clocks.meet(OBJECT, c.objected_at)
        text = ("向上一级人民法院申请复议。", "The higher court was asked.")
    else:
        row.ended_at, row.ending = act.now, "dropped"
        act.clocks.cancel(OBJECT)
        text = (f"不再申请复议：{c.reason}", f"The refusal was accepted: {c.reason}")
    return Outcome(events=[told("case:court:answered", *text)], routing={"court_answer": c.answer})


def record_higher_court(act: Act, c: RecordHigherCourt) -> Outcome:
    """What the higher court decided; where it upholds the refusal, the application is over."""
    row = _current(act)
    row.higher_at, row.higher_result = c.answered_at, c.answer
    zh, en = HIGHER[c.answer]
    if c.answer == "upheld":
        row.ended_at, row.ending = c.answered_at, "refused"
    return Outcome(
        events=[told("case:court:higher", f"上一级人民法院{zh}。", f"Higher court: {en}.")],
        routing={"higher_court": c.answer},
    )


HIGHER = {
    "upheld": ("维持原裁定", "the refusal is upheld"),
    "accept": ("裁定受理", "to be accepted"),
    "enforce": ("裁定准予执行", "to be enforced"),
}


def record_court_enforcement(act: Act, c: RecordCourtEnforcement) -> Outcome:
    """What the court collected is entered as paid; with all performed, or ended, it is over."""
    row = _current(act)
    amount = (c.amount or ZERO) + (c.surcharge_amount or ZERO)
    if amount > 0:
        _paid(act, c, row)
    if c.order_performed:
        row.order_performed = True
        act.case.flag(Flag.CORRECTED)
    if c.answer != "partly":
        row.ended_at, row.ending, row.ending_no = c.answered_at, c.answer, c.ruling_no
    zh, en = COURT_RESULTS[c.answer]
    money = f"收到{amount}元，" if amount else ""
    return Outcome(
        events=[told("case:court:enforced", f"法院执行：{money}{zh}。", f"Court: {en}.")],
        routing={"court_result": "partly" if c.answer == "partly" else "over"},
    )


COURT_RESULTS = {
    "partly": ("尚未执行完毕", "not yet all performed"),
    "performed": ("执行完毕", "all performed"),
    "court_ended": ("裁定终结执行", "enforcement ended"),
}


def _paid(act: Act, c: RecordCourtEnforcement, row: CourtApplication) -> None:
    """What came in, split as the account says."""
    meant = c.surcharge_amount or ZERO
    receipt = Receipt(law_day(c.answered_at), (c.amount or ZERO) + meant, meant)
    book = paying.book(act, max(act.today, receipt.day), (receipt,))
    assert book is not None
    went = book.allocations[-1]
    act.session.add(
        Payment(
            **act.stamp(),
            decision_id=row.decision_id,
            amount=went.principal,
            confiscated_amount=went.confiscated,
            surcharge_amount=went.surcharge,
            overpaid_amount=went.credit,
            meant_surcharge=meant,
            paid_at=c.answered_at,
            channel="court",
            receipt_no=c.receipt_no or "",
            payer_name=row.court,
            cashier_id=act.actor.person_id,
        )
    )
    act.session.flush()
    act.record.__dict__.pop("payments", None)
    if paying.settled(act, book):
        paying.settle(act, book, c.answered_at)


def _refused(
    act: Act,
    row: CourtApplication,
    c: RecordCourtAcceptance | RecordCourtRuling,
    step: str,
    routing: str,
    words: tuple[str, str],
) -> Outcome:
    row.refused_at, row.refused_step = c.answered_at, step
    row.refusal_reason = c.refusal_reason
    act.clocks.start(OBJECT, c.answered_at)
    text = (f"人民法院{words[0]}：{c.refusal_reason}", f"{words[1]}: {c.refusal_reason}")
    return Outcome(events=[told("case:court:refused", *text)], routing={"court": routing})


def _current(act: Act) -> CourtApplication:
    row = act.record.last(CourtApplication)
    assert row is not None
    return row
