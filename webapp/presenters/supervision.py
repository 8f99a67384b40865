"""Figures, lists and the sheet for a spreadsheet, for those who supervise."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from models.calendar import WorkCalendar
from models.clock import StatutoryClock
from models.duration import PeriodUnit, law_day, light, remaining
from models.person import Person
from models.subject import LegalSubject, Unit
from models.task import Task
from models.types import ClockState
from webapp.presenters.amounts import percent
from webapp.presenters.dates import is_english, plain_day, short_day
from webapp.presenters.due import Badge, due_badge
from webapp.presenters.running import badge, clock_name, deadline_of
from webapp.presenters.stages import stage_name
from webapp.presenters.waiting import span
from workflows.queries.supervision import CasePage, CaseRow, Cell

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for a formula at the start of a cell."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads Chinese as something else."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with what it is made of: both numbers lead to their lists."""

    label: str
    value: str
    part: int
    part_label: str
    part_set: str
    whole: int | None = None
    whole_label: str = ""
    whole_set: str = ""
    note: str = ""


def figures(sizes: Mapping[str, int]) -> list[Figure]:
    """The figures of the board from the sizes of the sets."""
    open_, late, soon = sizes["open"], sizes["late"], sizes["soon"]
    return [
        Figure(_("在办"), f"{open_:,}", open_, _("全部在办"), "open", note=_("含未立案的线索")),
        Figure(
            _("超期率"), percent(late, open_), late, _("超期"), "late", open_, _("在办"), "open",
        ),
        Figure(
            _("临期率"), percent(soon, open_), soon, _("临期"), "soon", open_, _("在办"), "open",
        ),
        Figure(
            _("结案率"), percent(sizes["closed"], sizes["filed"]), sizes["closed"], _("结案"),
            "closed", sizes["filed"], _("本年立案"), "filed",
        ),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of counts; `query` narrows the lists to it."""

    label: str
    query: dict[str, str]
    open: int
    late: int
    soon: int

    @property
    def share(self) -> str:
        """Late ones among open ones."""
        return percent(self.late, self.open)


def by_unit(
    cells: Iterable[Cell], subjects: Sequence[LegalSubject], units: Sequence[Unit], lang: str
) -> list[tuple[Line, list[Line]]]:
    """Each legal subject with its units; those without an open case show zeros."""
    held = list(cells)
    return [
        (
            _line(name(s, lang), {"subject": s.key}, (c for c in held if c.subject_id == s.id)),
            [
                _line(name(u, lang), {"unit": u.key}, found)
                for u in units
                if u.subject_id == s.id and (found := [c for c in held if c.unit_id == u.id])
            ],
        )
        for s in subjects
    ]


def by_stage(cells: Iterable[Cell], order: Iterable[str], lang: str) -> list[Line]:
    """Open cases by stage, in the order of the procedure."""
    held = list(cells)
    present = {c.stage for c in held}
    return [
        _line(stage_name(stage, lang), {"stage": stage}, (c for c in held if c.stage == stage))
        for stage in order
        if stage in present
    ]


def _line(label: str, query: dict[str, str], cells: Iterable[Cell]) -> Line:
    found = list(cells)
    sums = (sum(getattr(c, part) for c in found) for part in ("open", "late", "soon"))
    return Line(label, query, *sums)


def name(row: LegalSubject | Unit | Person | None, lang: str) -> str:
    """A name in the language of the page."""
    if row is None:
        return ""
    return row.name_en if is_english(lang) else row.name


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as the list draws it."""

    row: CaseRow
    badge: Badge | None
    subject: str
    unit: str
    stage: str
    steps: str
    holders: str
    sum: str


@dataclass(frozen=True)
class Names:
    """What the lists need beside the rows."""

    subjects: Mapping[Any, LegalSubject]
    units: Mapping[Any, Unit]
    now: datetime
    calendar: WorkCalendar
    lang: str

    def lines(self, page: CasePage) -> list[CaseLine]:
        """The cases of a page in words."""
        return [self._line(row, page) for row in page.rows]

    def _line(self, row: CaseRow, page: CasePage) -> CaseLine:
        clock, tasks = page.clocks.get(row.id), page.tasks.get(row.id, [])
        return CaseLine(
            row=row,
            badge=late_badge(clock, self.now, self.calendar, self.lang) if clock else None,
            subject=name(self.subjects.get(row.subject_id), self.lang),
            unit=name(self.units.get(row.unit_id), self.lang),
            stage=stage_name(row.stage, self.lang),
            steps=self._joined(step_title(task, self.lang) for task, _person in tasks),
            holders=self._joined(name(person, self.lang) or _("待认领") for _task, person in tasks),
            sum=how_counted(clock, self.now, self.lang) if clock else "",
        )

    def _joined(self, words: Iterable[str]) -> str:
        return (", " if is_english(self.lang) else "、").join(dict.fromkeys(words))


def step_title(task: Task, lang: str) -> str:
    """What a waiting step is called."""
    return task.title_en if is_english(lang) else task.title


def late_badge(row: StatutoryClock, now: datetime, calendar: WorkCalendar, lang: str) -> Badge:
    """The badge of a clock; one that has run out without the act being done still counts days."""
    if row.state != ClockState.EXPIRED:
        return badge(row, now, calendar, lang)
    deadline = deadline_of(row)
    left = remaining(deadline, now, calendar)
    return due_badge(left, deadline.unit, light(deadline, now, row.amber_at))


def how_counted(row: StatutoryClock, now: datetime, lang: str) -> str:
    """法制审核 10 个工作日，末日 5月15日."""
    return _(
        "%(clock)s %(span)s，末日 %(day)s",
        clock=clock_name(row.code, lang),
        span=span(row.length, PeriodUnit(row.unit)),
        day=short_day(row.last_day, lang, today=law_day(now)),
    )


def sheet(pages: Iterable[list[CaseLine]], lang: str) -> Iterator[str]:
    """The list as CSV, page by page, safe to open in a spreadsheet."""
    yield BYTE_ORDER_MARK + _written(
        [
            _("案号"), _("当事人"), _("事项"), _("执法主体"), _("办案机构"), _("阶段"), _("环节"),
            _("谁在办"), _("期限"), _("怎么算的"), _("末日时刻"), _("立案"),
        ]
    )  # fmt: skip
    for page in pages:
        yield "".join(_written(_cells(line, lang)) for line in page)


def _cells(line: CaseLine, lang: str) -> list[str]:
    row = line.row
    return [
        row.case_no or row.lead_no or "", row.party_name, row.matter_title or "", line.subject,
        line.unit, line.stage, line.steps, line.holders, line.badge.text if line.badge else "",
        line.sum, row.next_due_at.isoformat() if row.next_due_at else "",
        plain_day(law_day(row.filed_at), lang) if row.filed_at else "",
    ]  # fmt: skip


def _written(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
