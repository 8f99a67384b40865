"""Appearance of the head at sessions (负责人出庭应诉, ALL 3, SPC20)."""

from models.appearance import Appearance
from models.duration import law_day
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.remedy import NameAttendant, RecordAppearance, RecordSummons
from workflows.documents.wording import day as worded
from workflows.remedying import under_way


def record_summons(act: Act, c: RecordSummons) -> Outcome:
    """A session is fixed; the head of the agency decides who goes."""
    remedy = under_way(act)
    assert remedy is not None
    before = [row for row in act.record.all(Appearance) if row.remedy_id == remedy.id]
    act.session.add(
        Appearance(
            **act.stamp(),
            remedy_id=remedy.id,
            number=len(before) + 1,
            summoned_on=c.summoned_on,
            planned_at=c.planned_at,
            place=c.place,
            asked_by_court=c.asked_by_court,
        )
    )
    day = worded(law_day(c.planned_at))
    zh = f"{remedy.authority}定于{day}开庭（听证），由主要负责人确定出庭负责人。"
    en = f"{remedy.authority} sits on {law_day(c.planned_at)}; the head decides who appears."
    return Outcome(events=[told("case:appearance:summoned", zh, en)])


def name_attendant(act: Act, c: NameAttendant) -> Outcome:
    """The proof of identity of the head who goes, or the explanation why none can (D66)."""
    row = _latest(act)
    row.sends, row.staff, row.lawyer = c.sends, c.staff, c.lawyer
    if c.sends == "head":
        person = act.person(str(c.head))
        row.head_id, row.head_duty = person.id, c.head_duty
        text = (f"由{person.name}出庭应诉。", f"{person.name_en or person.name} will appear.")
    else:
        row.excuse, row.excuse_reason = c.excuse, c.excuse_reason
        row.excuse_stamped = c.excuse_stamped
        row.excuse_proof = [str(item.get("name", "")) for item in c.proof]
        text = (f"负责人不能出庭：{c.excuse_reason}", f"No head can appear: {c.excuse_reason}")
    act.session.flush()
    return Outcome(
        events=[told("case:appearance:named", *text)],
        documents=[Issue("D66", act.numbers.take("出"), row)],
    )


def record_appearance(act: Act, c: RecordAppearance) -> Outcome:
    """Who came. It counts as the head's appearance only when a qualifying head was there; a lawyer
    alone is told to be a breach of the law."""
    row = _latest(act)
    row.recorded_on, row.came, row.note = c.held_on, c.came, c.note
    row.spoke = c.spoke if c.came == "head" else None
    row.excused = c.excused if c.came != "head" else None
    row.counts = c.came == "head"
    tag = "attended" if row.counts else c.came
    return Outcome(events=[told(f"case:appearance:{tag}", *WORDS[c.came])])


WORDS = {
    "head": ("负责人出庭应诉。", "The head appeared."),
    "staff": (
        "负责人未出庭，由工作人员出庭；已说明理由的，记录人民法院是否准许。",
        "No head appeared; members of staff did.",
    ),
    "lawyer_only": (
        "仅委托律师出庭，不符合规定：被诉行政机关不得仅委托律师出庭。",
        "A lawyer alone appeared, which the law does not allow.",
    ),
    "nobody": ("本机关无人出庭。", "Nobody appeared for the agency."),
}


def _latest(act: Act) -> Appearance:
    row = act.record.last(Appearance)
    assert row is not None
    return row
