"""RM01-RM08: reconsideration and litigation (ARL, ALL): what may be noted, in which order, what a
reply needs, how an outcome is recorded."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from models.errors import Text, Violation
from models.remedy import Remedy, RemedyKind
from workflows.act import Act
from workflows.commands.remedy import (
    NoteLawsuit,
    NoteReconsideration,
    RecordAdmission,
    RecordAppeal,
    RecordRemedyProgress,
    SubmitDefence,
)
from workflows.documents.wording import day as worded
from workflows.guards.dates import as_day
from workflows.guards.law import Guard, against, empty, needed
from workflows.remedying import CORRECTED, evidence_before, in_question, latest, term, under_way

ONLY_IN_RECONSIDERATION = frozenset({"claim_rejected"})
NON_SITE = "non_site"


def days_have_come(*names: str) -> Guard:
    """RM05: the named days are not in the future."""

    def guard(act: Act, c: Any) -> Iterator[Violation]:
        for name in names:
            day: date | None = getattr(c, name)
            if day is not None and day > act.today:
                yield against(
                    "RM05", f"日期（{worded(day)}）晚于今天，请填写实际日期。",
                    f"{day} lies in the future: give the real day.", "ORDER", name,
                )  # fmt: skip

    return guard


def _ordered(
    earlier: date | datetime | None, what: Text, day: date | None, field: str
) -> Iterator[Violation]:
    if earlier is not None and day is not None and day < as_day(earlier):
        yield against(
            "RM05", f"日期（{worded(day)}）早于{what.zh}（{worded(as_day(earlier))}）。",
            f"{day} is before {what.en} ({as_day(earlier)}).", "ORDER", field,
        )  # fmt: skip


def _day(row: Remedy | None, name: str) -> date | None:
    found: date | None = getattr(row, name) if row is not None else None
    return found


APPLIED = Text("申请（起诉）日期", "the application")
ADMITTED = Text("受理日期", "the admission")
COPY = Text("收到副本的日期", "the day on which the copy came")
DECIDED = Text("决定日期", "the decision")


def decided_or_challenged_otherwise(
    act: Act, c: NoteReconsideration | NoteLawsuit
) -> Iterator[Violation]:
    """RM01: there is a decision to challenge, made before it is challenged."""
    if c.challenged in ("decision", "surcharge", "enforcement", "disclosure"):
        if in_question(act) is None:
            yield against(
                "RM01", "本案还没有作出决定，请核对被申请（起诉）的行为。",
                "No decision has been made in this case.", "ARL20", "challenged",
            )  # fmt: skip
        field = "applied_on" if isinstance(c, NoteReconsideration) else "sued_on"
        yield from _ordered(act.case.decided_at, DECIDED, getattr(c, field), field)


def handed_in_where_the_law_allows(act: Act, c: NoteReconsideration) -> Iterator[Violation]:
    """RM02: through the agency only against penalties on the spot or recorded by devices."""
    if c.handed_in != "agency":
        return
    decision = in_question(act)
    on_the_spot = decision is not None and decision.on_the_spot
    if not on_the_spot and NON_SITE not in (act.case.procedure, act.case.source):
        yield against(
            "RM02",
            "只有对当场作出的处罚决定、依据电子技术监控设备记录作出的处罚决定，才可以通过本机关提交复议申请。",
            "Only penalties on the spot or recorded by devices are challenged through the agency.",
            "ARL32", "handed_in",
        )  # fmt: skip


def reconsideration_is_open(act: Act, c: NoteReconsideration) -> Iterator[Violation]:
    """RM03: one remedy at a time, and no reconsideration once a court has taken the matter or the
    organ has decided on it (ARL 29)."""
    if under_way(act) is not None or latest(act, RemedyKind.LITIGATION) is not None:
        yield against(
            "RM03", "本案已在复议或者已经提起诉讼，不能再申请复议。",
            "A remedy is under way, or a court has the matter: no reconsideration.", "ARL29",
        )  # fmt: skip
    before = latest(act, RemedyKind.RECONSIDERATION)
    same = before is not None and before.challenged == c.challenged
    if same and before is not None and before.accepted_on and before.outcome != "withdrawn":
        yield against(
            "RM03", "复议机关已对该行为作出决定，不服的可以提起诉讼。",
            "The organ has decided on it already; the way is to sue.", "ARL29",
        )  # fmt: skip


def suit_is_open(act: Act, c: NoteLawsuit) -> Iterator[Violation]:
    """RM03: no suit during a reconsideration (ARL 29); a penalty on the spot is reconsidered first
    (复议前置, ARL 23); a first instance comes once, a retrial after a judgment in force."""
    open_one, before = under_way(act), latest(act, RemedyKind.RECONSIDERATION)
    if open_one is not None:
        yield against(
            "RM03", "复议或者诉讼还没有终结，不能再登记起诉。",
            "A remedy is still under way.", "ARL29",
        )  # fmt: skip
    decision = in_question(act)
    if decision is not None and decision.on_the_spot and before is None:
        yield against(
            "RM03", "对当场作出的行政处罚决定不服，应当先申请行政复议，对复议决定仍不服的再起诉。",
            "A penalty on the spot goes to reconsideration before it goes to court.", "ARL23",
        )  # fmt: skip
    earlier = latest(act, RemedyKind.LITIGATION)
    if (c.instance == "retrial") != (earlier is not None):
        yield against(
            "RM03", "一审只登记一次；裁判生效后再次审理的，登记为再审。",
            "One first instance; after a judgment in force it is a retrial.", "ALL90", "instance",
        )  # fmt: skip


def suit_dates_fit(act: Act, c: NoteLawsuit) -> Iterator[Violation]:
    """RM05: the copy comes after the action."""
    yield from _ordered(c.sued_on, APPLIED, c.copy_received_on, "copy_received_on")


def remedy_is_under_way(act: Act, c: Any) -> Iterator[Violation]:
    """RM01: the step belongs to a remedy that is not over."""
    if under_way(act) is None:
        yield against("RM01", "没有正在进行的复议或者诉讼。", "No remedy is under way.", "ARL20")


def admission_is_complete(act: Act, c: RecordAdmission) -> Iterator[Violation]:
    """RM06: after the application; a refusal with its reason."""
    row = under_way(act)
    yield from _ordered(_day(row, "applied_on"), APPLIED, c.admitted_on, "admitted_on")
    if c.admission == "refused":
        wanted = {"refusal_reason": Text("不予受理的理由", "the reason of the refusal")}
        yield from needed(c, wanted, "ARL30")


def comes_after_admission(name: str) -> Guard:
    """RM05: the named day is not before the organ took the application."""

    def guard(act: Act, c: Any) -> Iterator[Violation]:
        row = under_way(act)
        yield from _ordered(_day(row, "accepted_on"), ADMITTED, getattr(c, name), name)

    return guard


def comes_after_application(name: str) -> Guard:
    """RM05: the named day is not before the application."""

    def guard(act: Act, c: Any) -> Iterator[Violation]:
        row = under_way(act)
        yield from _ordered(_day(row, "applied_on"), APPLIED, getattr(c, name), name)

    return guard


def defence_rests_on_evidence(act: Act, c: SubmitDefence) -> Iterator[Violation]:
    """RM06: after the copy, with the evidence that the decision rests on. A late reply is not
    refused: it is sent, and told to be late."""
    row = under_way(act)
    yield from _ordered(_day(row, "copy_received_on"), COPY, c.replied_on, "replied_on")
    yield from needed(c, {"reply": Text("答复（答辩）意见", "the reply")}, "ARL48")
    if not evidence_before(act):
        yield against(
            "RM06", "本案没有作出决定前收集的证据，不能形成证据目录。",
            "No evidence was collected before the decision: the index would be empty.", "ARL48",
        )  # fmt: skip


def nothing_is_collected_afterwards(act: Act, c: Any) -> Iterator[Violation]:
    """RM04: during reconsideration and litigation the agency collects no evidence (ARL 46, ALL 35);
    what it took before the decision may still be entered."""
    row, decided = under_way(act), act.case.decided_at
    if row is None or decided is None:
        return
    items = c.evidence if hasattr(c, "evidence") else [{"collected_at": c.collected_at}]
    late = [item for item in items if item.get("collected_at") is None]
    late += [i for i in items if i.get("collected_at") is not None and _at(i) > decided]
    if late:
        article = "ARL46" if row.kind == RemedyKind.RECONSIDERATION else "ALL35"
        yield against(
            "RM04", "复议、诉讼期间，不得自行收集证据；作出决定后收集的，不能作为决定合法的根据。",
            "During a remedy the agency collects no evidence; what is collected after the decision "
            "cannot support it.", article, "collected_at",
        )  # fmt: skip


def _at(item: dict[str, Any]) -> datetime:
    found = item["collected_at"]
    return found if isinstance(found, datetime) else datetime.fromisoformat(str(found))


def progress_is_complete(act: Act, c: RecordRemedyProgress) -> Iterator[Violation]:
    """RM07, RM08: what each kind of progress needs."""
    row = under_way(act)
    if row is None:
        return
    yield from _ordered(row.accepted_on, ADMITTED, c.happened_on, "happened_on")
    if c.event == "decided":
        yield from _outcome(act, c, row.kind)
        return
    if c.event == "extended":
        yield from _extension(act, c)
        return
    yield from needed(c, {"reason": Text("理由", "the reason")}, "ARL42")
    stayed = row.stay_from is not None and row.stay_to is None
    if (c.event == "stay_ordered") == stayed:
        yield against(
            "RM08", "停止执行已经决定，或者没有决定停止执行。",
            "A stay is in force already, or none was ordered.", "ARL42", "event",
        )  # fmt: skip


def _extension(act: Act, c: RecordRemedyProgress) -> Iterator[Violation]:
    """RM08: once, and by thirty days at most (ARL 62); a simple procedure is not extended."""
    row = under_way(act)
    assert row is not None
    yield from needed(c, {"decide_by": Text("延长后的期限", "the new last day")}, "ARL62")
    if row.kind != RemedyKind.RECONSIDERATION or row.decide_by is None or c.decide_by is None:
        return
    longest = term(act, "remedy.reconsider_extension_days", row.decide_by)
    if row.extended or row.simple or not row.decide_by < c.decide_by <= longest:
        yield against(
            "RM08",
            f"复议审理期限只能延长一次，最多至{worded(longest)}；简易程序不延长。",
            f"Extended once, to {longest} at most; never in the simple procedure.",
            "ARL62", "decide_by",
        )  # fmt: skip


def _outcome(act: Act, c: RecordRemedyProgress, kind: str) -> Iterator[Violation]:
    yield from needed(c, {"outcome": Text("结果", "the outcome")}, "ARL64")
    yield from _ordered(c.happened_on, DECIDED, c.received_on, "received_on")
    if c.received_on is not None and c.received_on > act.today:
        yield against(
            "RM05", "收到日期晚于今天。", "It cannot have come yet.", "ORDER", "received_on"
        )
    if c.outcome in CORRECTED:
        yield from needed(c, {"ground": Text("被纠正的原因", "why it was corrected")}, "ARL64")
    if c.opinion_letter:
        names = {
            "letter_no": Text("意见书（建议书）文号", "the number of the letter"),
            "letter_content": Text("意见（建议）内容", "what the letter says"),
        }
        yield from needed(c, names, "ARL76")
    if c.outcome == "redo":
        yield from needed(c, {"redo_by": Text("重作期限", "by when")}, "ARL64")
    if kind == RemedyKind.LITIGATION:
        yield from needed(c, {"court_form": Text("裁判形式", "judgment or ruling")}, "ALL85")
    if kind == RemedyKind.LITIGATION and c.outcome in ONLY_IN_RECONSIDERATION:
        yield against(
            "RM07",
            "该结果只适用于行政复议。",
            "Only a reconsideration ends so.",
            "ARL69",
            "outcome",
        )
    if "appearance" in act.case.open_sides:
        yield against(
            "RM07", "开庭（听证）的出庭情况还没有登记，请先登记。",
            "The appearance at the session has not been recorded.", "ALL3", "event",
        )  # fmt: skip
    yield from _not_heavier(act, c)


def _not_heavier(act: Act, c: RecordRemedyProgress) -> Iterator[Violation]:
    """RM07: a change is never heavier for the applicant (ARL 63, ALL 77)."""
    if c.outcome != "changed":
        return
    decision = in_question(act)
    if decision is not None and decision.fine and c.changed_fine is None:
        yield from needed(c, {"changed_fine": Text("变更后的罚款", "the changed fine")}, "ARL63")
    fine = decision.fine if decision is not None else None
    if c.changed_fine is not None and fine is not None and c.changed_fine > fine:
        yield against(
            "RM07", f"变更决定不得对申请人更为不利：原罚款{fine}元。",
            f"A change is not heavier for the applicant: the fine was {fine} yuan.",
            "ARL63", "changed_fine",
        )  # fmt: skip


def appeal_is_complete(act: Act, c: RecordAppeal) -> Iterator[Violation]:
    """RM09: within the time to appeal, with court and copy (ALL 85, 86)."""
    if c.appeal == "none":
        return
    names = {
        "appealed_on": Text("上诉日期", "the day of the appeal"),
        "court": Text("二审法院", "the court"),
        "copy_received_on": Text("收到上诉状副本（提交上诉状）的日期", "the day of the copy"),
        "request": Text("上诉请求", "what is asked for"),
    }
    yield from needed(c, names, "ALL85")
    clock = act.clocks.last("CLK_APPEAL")
    if clock and not empty(c.appealed_on) and c.appealed_on and c.appealed_on > clock.outer_day:
        yield against(
            "RM09", f"上诉期限至{worded(clock.outer_day)}，逾期上诉的，一审裁判已经生效。",
            f"The time to appeal ended on {clock.outer_day}: the judgment is in force.",
            "ALL85", "appealed_on",
        )  # fmt: skip
