"""Changes of the law: proposed, put in force by a second person, and what they move."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from models.clock_rules import CLOCK_RULES
from models.errors import Text
from models.law_change import ChangeKind, ChangeState, ClockMove, LawChange, changes_rights
from models.matter import Matter, MatterHolding
from models.parameter import CalendarYear, ParameterValue
from models.subject import LegalSubject
from models.types import NotificationKind
from workflows.act import Act, Outcome, told
from workflows.clocks import Moved
from workflows.commands.base import plain
from workflows.commands.law_change import (
    ConfirmLawChange,
    EndMatter,
    LoadCalendarYear,
    RecountClocks,
    RejectLawChange,
    ReviseMatter,
    SetParameter,
)
from workflows.lawbook import count_change
from workflows.notices import tell
from workflows.reference.calendar_list import read_list, year_table
from workflows.reference.parameters import read_value
from workflows.reminders import UNHELD, holders

ONE_DAY = timedelta(days=1)


def set_parameter(act: Act, c: SetParameter) -> Outcome:
    """Propose a value from a day on; what steers the office alone holds at once."""
    subject_id = _subject(act, c.subject)
    known = _latest(act, c.key)
    unit = c.unit or known.unit
    before = act.law.known(c.key, c.effective_from, subject_id)
    return _proposed(
        act, c, ChangeKind.PARAMETER, c.key, c.effective_from,
        before={"value": before.value, "unit": before.unit} if before else {},
        after={"value": read_value(unit, c.value), "unit": unit, "verified": c.verified},
        subject_id=subject_id, title=Text(known.title, known.title_en),
    )  # fmt: skip


def load_calendar_year(act: Act, c: LoadCalendarYear) -> Outcome:
    """Propose the official table of a year; the one that holds now stays until then."""
    table = year_table(c.year, c.notice, read_list(c.days))
    row = act.session.get(CalendarYear, c.year)
    before = {"status": row.status, "off": row.off, "work": row.work} if row else {}
    after = {
        "status": str(table.status), "notice": c.notice, "sum_reason": c.sum_reason,
        "off": sorted(plain(d) for d in table.off), "work": sorted(plain(d) for d in table.work),
    }  # fmt: skip
    return _proposed(
        act, c, ChangeKind.CALENDAR, str(c.year), date(c.year, 1, 1), before=before, after=after,
        title=Text(f"{c.year}年官方日历", f"Official calendar of {c.year}"), source=c.notice,
    )  # fmt: skip


def revise_matter(act: Act, c: ReviseMatter) -> Outcome:
    """Propose a new wording of a matter from a day on."""
    row = _wording(act, c.matter)
    return _proposed(
        act, c, ChangeKind.MATTER, c.matter, c.effective_from,
        before={"fine_min": plain(row.fine_min), "fine_max": plain(row.fine_max)},
        after={"fine_min": plain(c.fine_min), "fine_max": plain(c.fine_max), "text": c.text},
        title=Text(row.title, row.title_en),
    )  # fmt: skip


def end_matter(act: Act, c: EndMatter) -> Outcome:
    """Propose the last day of a matter, whose basis is abolished."""
    row = _wording(act, c.matter)
    return _proposed(
        act, c, ChangeKind.MATTER, c.matter, c.effective_to + ONE_DAY,
        before={"effective_to": None}, after={"effective_to": plain(c.effective_to)},
        title=Text(row.title, row.title_en),
    )  # fmt: skip


def _proposed(
    act: Act,
    c: Any,
    kind: ChangeKind,
    key: str,
    day: date,
    *,
    before: dict[str, Any],
    after: dict[str, Any],
    title: Text,
    subject_id: uuid.UUID | None = None,
    source: str | None = None,
) -> Outcome:
    row = LawChange(
        id=uuid.uuid4(), kind=kind, key=key, subject_id=subject_id, effective_from=day,
        before=before, after={**after, "title": title.zh, "title_en": title.en},
        source=source or c.source, reason=c.reason, needs_second=changes_rights(kind, key),
        state=ChangeState.PROPOSED, proposed_at=act.now, proposed_by_id=act.actor.person_id,
    )  # fmt: skip
    act.session.add(row)
    if not row.needs_second:
        return _put_in_force(act, row)
    return Outcome(
        events=[
            told(
                "law:change:proposed", f"提出变更：{title.zh}，自{day}起。",
                f"Change proposed: {title.en}, from {day}.", change=str(row.id),
            )
        ],
        extra={"change": str(row.id), "in_force": False},
    )  # fmt: skip


def confirm_law_change(act: Act, c: ConfirmLawChange) -> Outcome:
    """A second person puts the change in force; open clocks are counted anew afterwards."""
    return _put_in_force(act, act.session.get_one(LawChange, uuid.UUID(c.change)))


def reject_law_change(act: Act, c: RejectLawChange) -> Outcome:
    """The change is turned down; nothing has changed."""
    row = act.session.get_one(LawChange, uuid.UUID(c.change))
    row.state, row.decided_at = ChangeState.REJECTED, act.now
    row.decided_by_id, row.decision_reason = act.actor.person_id, c.reason
    title = row.after["title"], row.after["title_en"]
    return Outcome(
        events=[
            told(
                "law:change:rejected", f"退回变更：{title[0]}。{c.reason}",
                f"Change turned down: {title[1]}. {c.reason}", change=c.change,
            )
        ]
    )  # fmt: skip


def _put_in_force(act: Act, row: LawChange) -> Outcome:
    row.state, row.decided_at = ChangeState.IN_FORCE, act.now
    row.decided_by_id = act.actor.person_id
    APPLY[row.kind](act, row)
    count_change(act.session)
    title = row.after["title"], row.after["title_en"]
    jobs = [("recount_clocks", {"change_id": str(row.id)})] if moves_clocks(row) else []
    return Outcome(
        events=[
            told(
                "law:change:in_force", f"变更生效：{title[0]}，自{row.effective_from}起。",
                f"Change in force: {title[1]}, from {row.effective_from}.", change=str(row.id),
            )
        ],
        jobs=jobs,
        extra={"change": str(row.id), "in_force": True},
    )  # fmt: skip


def moves_clocks(row: LawChange) -> bool:
    """Whether running clocks are to be counted anew: calendars, lengths and warning leads."""
    prefixes = {rule.prefix for rule in CLOCK_RULES.values()}
    return row.kind == ChangeKind.CALENDAR or (
        row.kind == ChangeKind.PARAMETER and row.key.split(".")[0] in prefixes
    )


def _apply_parameter(act: Act, row: LawChange) -> None:
    known = _latest(act, row.key)
    same = select(ParameterValue).where(
        ParameterValue.key == row.key,
        ParameterValue.effective_from == row.effective_from,
        ParameterValue.subject_id.is_not_distinct_from(row.subject_id),
    )
    value = act.session.scalar(same)
    if value is None:
        value = ParameterValue(
            id=uuid.uuid4(), key=row.key, subject_id=row.subject_id,
            effective_from=row.effective_from, title=known.title, title_en=known.title_en,
        )  # fmt: skip
        act.session.add(value)
    value.value, value.unit = row.after["value"], row.after["unit"]
    value.source, value.verified = row.source, row.after["verified"]


def _apply_calendar(act: Act, row: LawChange) -> None:
    year = act.session.get(CalendarYear, int(row.key))
    if year is None:
        year = CalendarYear(year=int(row.key))
        act.session.add(year)
    year.status, year.notice = row.after["status"], row.after["notice"]
    year.off, year.work = list(row.after["off"]), list(row.after["work"])


def _apply_matter(act: Act, row: LawChange) -> None:
    old = _wording(act, row.key)
    old.effective_to = row.effective_from - ONE_DAY
    if "effective_to" in row.after:
        return
    new = Matter(
        id=uuid.uuid4(),
        **{n: getattr(old, n) for n in KEPT},
        fine_min=row.after["fine_min"] or old.fine_min,
        fine_max=row.after["fine_max"] or old.fine_max,
        basis=_basis(old, row.after["text"], row.effective_from),
        content=_content(old, row),
        verified=False,
        effective_from=row.effective_from,
        effective_to=None,
    )
    act.session.add(new)
    act.session.flush()
    for held in act.session.scalars(
        select(MatterHolding).where(MatterHolding.matter_id == old.id)
    ).all():
        act.session.add(
            MatterHolding(
                id=uuid.uuid4(), subject_id=held.subject_id, matter_id=new.id,
                held_from=max(held.held_from, row.effective_from), held_to=held.held_to,
            )
        )  # fmt: skip


KEPT = ("key", "code", "title", "title_en", "field", "needs_correction")


def _basis(old: Matter, text: str | None, day: date) -> list[dict[str, Any]]:
    """The articles, with the words as promulgated where somebody gave them."""
    rows = [dict(entry) for entry in old.basis]
    if text:
        rows[0] = {**rows[0], "text": text, "version": day.isoformat()}
    return rows


def _content(old: Matter, row: LawChange) -> dict[str, Any]:
    """The content of the old wording; a new range replaces the old ones for all parties."""
    low, high = row.after["fine_min"], row.after["fine_max"]
    if low is None:
        return dict(old.content)
    fine = {
        "unit": "yuan", "base": None, "ranges": [{"party": "any", "min": low, "max": high}]
    }  # fmt: skip
    return {**old.content, "fine": fine}


APPLY: dict[str, Callable[[Act, LawChange], None]] = {
    ChangeKind.PARAMETER: _apply_parameter,
    ChangeKind.CALENDAR: _apply_calendar,
    ChangeKind.MATTER: _apply_matter,
}


def recount_clocks(act: Act, c: RecountClocks) -> Outcome:
    """Count the case's clocks anew; each that moved says by which change, and its holders hear."""
    change = act.session.get_one(LawChange, c.change_id)
    parameter = change.key if change.kind == ChangeKind.PARAMETER else None
    moved = act.clocks.recount(Text(change.after["title"], change.after["title_en"]), parameter)
    jobs: list[tuple[str, dict[str, Any]]] = []
    for move in moved:
        act.session.add(_move(act, change, move))
        if move.row.code not in UNHELD:
            jobs += _tell(act, change, move)
    return Outcome(
        events=[_event(change, move) for move in moved],
        jobs=jobs,
        extra={"moved": len(moved)},
    )


def _move(act: Act, change: LawChange, move: Moved) -> ClockMove:
    row = move.row
    return ClockMove(
        id=uuid.uuid4(), change_id=change.id, clock_id=row.id, case_id=row.case_id, code=row.code,
        last_before=move.last_before, outer_before=move.outer_before,
        last_after=row.last_day, outer_after=row.outer_day, moved_at=act.now,
    )  # fmt: skip


def _sentence(change: LawChange, move: Moved) -> Text:
    name, row = CLOCK_RULES[move.row.code].name, move.row
    title, title_en = change.after["title"], change.after["title_en"]
    return Text(
        f"因“{title}”变更，{name.zh}期限重新计算：{move.outer_before}改为{row.outer_day}。",
        f"{title_en} changed: {name.en} moves from {move.outer_before} to {row.outer_day}.",
    )


def _event(change: LawChange, move: Moved) -> Any:
    text = _sentence(change, move)
    return told("case:clock:moved", text.zh, text.en, change=str(change.id))


def _tell(act: Act, change: LawChange, move: Moved) -> list[tuple[str, dict[str, Any]]]:
    text, row = _sentence(change, move), move.row
    party = act.case.party_name
    message = Text(f"{party}：{text.zh}", f"{party}: {text.en}")
    keys = [
        tell(
            act.session, act.now, person_id=person, case_id=row.case_id,
            kind=NotificationKind.CLOCK_MOVED, text=message,
            link=link, dedup=f"clock:{row.id}:moved:{change.id}",
        )
        for person, link in holders(act, row, amber=True).items()
    ]  # fmt: skip
    return [("send_mail", {"notification_id": str(key)}) for key in keys if key]


def _latest(act: Act, key: str) -> ParameterValue:
    query = select(ParameterValue).where(ParameterValue.key == key)
    return act.session.scalars(query.order_by(ParameterValue.effective_from.desc()).limit(1)).one()


def _wording(act: Act, key: str) -> Matter:
    query = select(Matter).where(Matter.key == key).order_by(Matter.effective_from.desc())
    return act.session.scalars(query.limit(1)).one()


def _subject(act: Act, key: str | None) -> uuid.UUID | None:
    if not key:
        return None
    return act.session.scalars(select(LegalSubject.id).where(LegalSubject.key == key)).one()
