"""Filing: propose, review, approve; recusal."""

from models.case import CaseHandler
from models.duration import law_day
from models.exemption import GROUNDS
from models.transfer import Transfer
from models.verification import FilingProposal
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.filing import (
    ApproveFiling,
    DecideRecusal,
    ProposeFiling,
    ProposeNotFiling,
    ReviewFiling,
)
from workflows.rerouting import step_back
from workflows.rows import add_first_violation, add_opinion, case_name, set_matter, set_party


def propose_filing(act: Act, c: ProposeFiling) -> Outcome:
    """Put the proposal to file on record with party, matter and act."""
    case = act.case
    set_party(act, c.party)
    set_matter(act, c.matter, c.cause)
    case.act_start = law_day(c.act_started_at)
    case.act_end = law_day(c.act_ended_at) if c.act_ended_at else case.act_start
    case.act_place = c.act_place
    case.continuing = c.continuing
    case.harm_life_finance = c.harm_life_finance
    case.name = case_name(case)
    act.session.add(
        FilingProposal(
            **act.stamp(),
            file=True,
            facts=c.facts,
            conditions=list(c.filing_conditions),
            proposed_by_id=act.actor.person_id,
        )
    )
    return Outcome(
        events=[told("case:filing:proposed", "提出立案。", "Filing proposed.")],
    )


def propose_not_filing(act: Act, c: ProposeNotFiling) -> Outcome:
    """Put the proposal not to file on record, with its ground (MSA 20)."""
    act.session.add(
        FilingProposal(
            **act.stamp(),
            file=False,
            facts=c.reason,
            ground=c.ground,
            education=c.education,
            informant_told=c.informant_told,
            proposed_by_id=act.actor.person_id,
        )
    )
    return Outcome(events=[told("case:filing:refused", "提出不予立案。", "Proposed not to file.")])


def review_filing(act: Act, c: ReviewFiling) -> Outcome:
    """The unit head agrees and names two handlers, or returns the proposal."""
    add_opinion(act, "review_filing", c.outcome, c.opinion)
    if c.outcome == "return":
        return Outcome(
            events=[
                told(
                    "case:filing:returned",
                    f"退回立案材料：{c.opinion}",
                    f"Filing returned: {c.opinion}",
                )
            ],
            routing={"outcome": "return"},
        )
    if c.handlers:
        name_handlers(act, c.handlers)
    names = "、".join(h.person.name for h in act.case.active_handlers())
    en = ", ".join(h.person.name_en for h in act.case.active_handlers())
    return Outcome(
        events=[
            told(
                "case:filing:reviewed",
                f"同意立案建议，办案人员：{names or '未指派'}。",
                f"Filing proposal supported; handlers: {en or 'none named'}.",
            )
        ],
        routing={"outcome": "agree"},
    )


def name_handlers(act: Act, keys: list[str]) -> None:
    """Put two officers in charge: who proposed the filing leads (主办), else the first one.

    Others end their charge now.
    """
    people = [act.person(key) for key in dict.fromkeys(keys)]
    proposer = act.record.filing.proposed_by_id if act.record.filing else None
    people.sort(key=lambda person: person.id != proposer)
    wanted = {p.id for p in people}
    for handler in act.case.active_handlers():
        if handler.person_id not in wanted:
            handler.until = act.now
            handler.reason = "重新指派"
    active = {h.person_id for h in act.case.active_handlers()}
    for place, person in enumerate(people):
        if person.id not in active:
            act.case.handlers.append(
                CaseHandler(person_id=person.id, person=person, lead=place == 0, since=act.now)
            )


def approve_filing(act: Act, c: ApproveFiling) -> Outcome:
    """The leader's word: CLK_CASE starts with filing and the case gets its number (立)."""
    add_opinion(act, "approve_filing", c.outcome, c.opinion)
    proposal = act.record.filing
    if proposal is not None and c.outcome != "return":
        proposal.decided_at, proposal.outcome = act.now, c.outcome
    match c.outcome:
        case "file":
            return _file(act)
        case "not_file":
            return _do_not_file(act)
        case "transfer":
            return _transfer(act, c)
    return Outcome(
        events=[
            told(
                "case:filing:returned",
                f"退回立案材料：{c.opinion}",
                f"Filing returned: {c.opinion}",
            )
        ],
        routing={"outcome": "return", "filed": "no"},
    )


def _file(act: Act) -> Outcome:
    case = act.case
    case.case_no = act.numbers.take("立")
    case.filed_at = act.now
    act.clocks.meet("CLK_VERIFY", act.now)
    act.clocks.start("CLK_CASE", act.now)
    return Outcome(
        events=[
            told(
                "case:filing:approved",
                f"批准立案，案号{case.case_no}。",
                f"Case filed under {case.case_no}.",
                number=case.case_no,
            )
        ],
        routing={"outcome": "file", "filed": "yes"},
        documents=[Issue("D04", case.case_no, act.record.filing)],
    )


def _do_not_file(act: Act) -> Outcome:
    number = act.numbers.take("不立")
    act.clocks.meet("CLK_VERIFY", act.now)
    act.clocks.cancel_all()
    act.case.closed_at = act.now
    proposal = act.record.filing
    spared = proposal is not None and proposal.ground in GROUNDS
    if proposal is not None and spared:
        add_first_violation(act, str(proposal.ground), number)
    return Outcome(
        events=[
            told("case:filing:denied", "决定不予立案。", "Decided not to file.", number=number)
        ],
        routing={"outcome": "spare" if spared else "not_file", "filed": "no"},
        documents=[Issue("D05", number, act.record.filing)],
    )


def _transfer(act: Act, c: ApproveFiling) -> Outcome:
    row = Transfer(
        **act.stamp(),
        kind=c.transfer_kind or "administrative",
        to_agency=c.transfer_to or "",
        reason=c.transfer_reason or "",
        proposed_by_id=act.actor.person_id,
        approved_by_id=act.actor.person_id,
        approved_at=act.now,
    )
    act.session.add(row)
    return Outcome(
        events=[
            told(
                "case:transfer:approved",
                f"决定移送{row.to_agency}。",
                f"Transfer to {row.to_agency} approved.",
            )
        ],
        routing={"outcome": "transfer", "filed": "no"},
    )


def decide_recusal(act: Act, c: DecideRecusal) -> Outcome:
    """A leader orders somebody to step back without being asked."""
    replacement = act.person(c.replacement) if c.replacement else None
    return Outcome(events=[step_back(act, act.person(c.person), replacement, c.reason)])
