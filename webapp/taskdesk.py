"""The desk of one task: its form on one side, the file on the other, and the way on."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from models.duration import law_day
from models.errors import DomainError, Text, Violation
from models.note import TaskDraft
from models.person import Person
from models.task import Task
from models.types import ClockState, TaskState
from webapp import casefile, confirming, current, desks, modelling
from webapp.presenters import reviewing, running
from webapp.presenters.dates import clock_time, moment
from webapp.presenters.due import Badge
from webapp.presenters.inbox import round_tag
from webapp.presenters.people import joined, name_of
from webapp.presenters.waiting import waits_for
from workflows import intake, permissions
from workflows.actors import Holding
from workflows.catalogue import LoadedPack
from workflows.dispatch import Result
from workflows.forms.model import DefaultFrom
from workflows.guards.joint_review import Level, review_levels
from workflows.queries import desk, disclosures, standing, tasks
from workflows.queries.casefile import CaseFile, case_file
from workflows.queries.desk import Opened, Place
from workflows.queries.disclosures import Preview


@dataclass(frozen=True)
class Desk:
    """Everything about one task for one person, in one snapshot."""

    task: Task
    file: CaseFile
    pack: LoadedPack
    step: intake.Step
    against: Sequence[Violation]
    """What stands between the person and the step; nothing when it is theirs to take."""
    place: Place
    draft: TaskDraft | None
    colleagues: Sequence[Person]
    offered: Sequence[Person]
    parts: Mapping[str, Any]
    levels: Sequence[Level] = ()
    """Levels of joint review that the decision table names, on the reviewer's desk."""
    preview: Preview | None = None
    """The decision beside its public text, where it is prepared or released."""

    @property
    def open(self) -> bool:
        """Whether the step still waits."""
        return self.task.state == TaskState.OPEN

    @property
    def mine(self) -> bool:
        """Whether I hold the task, or act for its holder."""
        actor = current.actor()
        away = {h.acting_for for h in actor.holdings if h.acting_for}
        return self.open and self.task.assignee_id in {actor.person_id, *away}

    @property
    def free(self) -> bool:
        """Whether nobody holds it and I may take it."""
        return self.open and self.task.assignee_id is None and not self.against


def open_desk(task_id: uuid.UUID) -> Desk:
    """Read the desk; a task of a case that one may not see is not found."""
    app, actor, now = current.application(), current.actor(), current.now()
    with app.dispatcher.read(actor) as session:
        task = tasks.visible_task(session, actor, task_id)
        file = case_file(session, actor, task.case_id)
        act = standing.looking(
            session, actor, file.case, now, blobs=app.blobs, catalogue=app.catalogue
        )
        assert act.pack is not None
        act.task = task
        answer = permissions.may(act, task.command)
        able = desk.colleagues(act, task) if task.state == TaskState.OPEN else []
        return Desk(
            task=task,
            file=file,
            pack=act.pack,
            step=intake.Intake(session, app.catalogue, actor, now).task(task),
            against=() if answer is None or isinstance(answer, Holding) else tuple(answer),
            place=desk.place(session, actor, task_id),
            draft=desk.draft(session, actor, task_id),
            colleagues=[p for p in able if p.id != actor.id],
            offered=able,
            parts=casefile.parts(file, act.pack),
            levels=review_levels(act) if task.command == "SubmitReviewOpinion" else (),
            preview=disclosures.preview(act) if task.command in disclosures.PUBLIC else None,
        )


def _unanswered(step: intake.Step) -> dict[str, Any]:
    """The untouched page: a checklist is answered item by item by whoever reviews."""
    values = step.blank()
    for each in step.form.fields if step.form else ():
        if isinstance(each.default, DefaultFrom) and each.default.path == "matter.checklist":
            values.pop(each.name, None)
    return values


def shown(
    opened: Desk, typed: Mapping[str, Any] | None = None, refusal: DomainError | None = None
) -> dict[str, Any]:
    """What the template draws; `typed` is what a refused page brought along."""
    values = typed
    if values is None and opened.draft is not None:
        values = opened.draft.data
    filled = opened.step.kept(values) if values is not None else _unanswered(opened.step)
    if typed is None:
        filled = modelling.begun(opened.pack, opened.step, opened.file.case, filled)
    return {
        "desk": opened,
        "task": opened.task,
        "sheet": desks.sheet(opened.step, filled, refusal=refusal, files=_files(opened, filled)),
        "models": modelling.offered(opened.pack, opened.step, opened.file.case),
        "saved": _saved(opened) if typed is None else "",
        "restored": typed is None and opened.draft is not None,
        "password": confirming.still_needed(opened.task.command),
        "badge": badge(opened),
        "head": _head(opened),
        "binding": _binding(opened),
        "levels": reviewing.levels(opened.levels, current.language()),
        "against": [v.plain(current.language()) for v in opened.against],
        "preview": opened.preview,
        "waits": _waits(opened),
        **opened.parts,
    }


def _files(opened: Desk, values: Mapping[str, Any]) -> Sequence[Any]:
    keys = desks.typed_files(opened.step.form, values)
    if not keys:
        return ()
    with current.application().dispatcher.read(current.actor()) as session:
        return desk.finished_uploads(session, current.actor(), keys)


def _saved(opened: Desk) -> str:
    return clock_time(opened.draft.saved_at) if opened.draft else ""


def badge(opened: Desk) -> Badge | None:
    """How much time is left for this step."""
    clock = opened.file.clock(opened.task.clock) if opened.task.clock else None
    if clock is None or clock.state not in (ClockState.RUNNING, ClockState.SUSPENDED):
        return None
    return running.badge(clock, current.now(), opened.file.calendar, current.language())


def _head(opened: Desk) -> dict[str, str]:
    case, task, lang = opened.file.case, opened.task, current.language()
    matter = ""
    if case.matter is not None:
        matter = case.matter.title_en if lang == "en" else case.matter.title
    return {
        "title": task.title_en if lang == "en" else task.title,
        "tag": round_tag(task.round),
        "party": case.party_name or _("当事人待查"),
        "number": case.case_no or case.lead_no or "",
        "matter": matter,
        "place": case.act_place or "",
    }


def _binding(opened: Desk) -> dict[str, str]:
    """The step in words: its act, what comes next, what to mind, on which article."""
    return step_words(opened.step)


def step_words(step: intake.Step) -> dict[str, str]:
    """The words that the pack has for a step."""
    lang, found = current.language(), step.binding

    def word(text: Text | None) -> str:
        return text[lang] if text else ""

    if found is None:
        return {"action": _("提交"), "next": "", "guidance": "", "article": ""}
    return {
        "action": word(found.action) or word(found.title) or _("提交"),
        "next": word(found.next),
        "guidance": word(found.guidance),
        "article": word(found.article),
    }


def _waits(opened: Desk) -> str:
    """Who the step waits for; how it ended, when it no longer waits."""
    lang, task = current.language(), opened.task
    if not opened.open:
        return _ended(opened)
    lane = opened.pack.manifest.lanes.get(task.lane)
    holder = opened.file.people.get(task.assignee_id) if task.assignee_id else None
    names = [name_of(p, lang) for p in opened.offered]
    return waits_for(name_of(holder, lang), names, lane.title[lang] if lane else "", lang)


def _ended(opened: Desk) -> str:
    task, lang = opened.task, current.language()
    if task.state != TaskState.DONE or task.completed_by_id is None:
        return _("案件已经走了别的路，这一步不用再办。")
    by = name_of(opened.file.people.get(task.completed_by_id), lang)
    at = moment(task.completed_at, lang, today=law_day(current.now()))
    return _("%(name)s %(at)s 已经办完这一步。", name=by, at=at)


def told(opened: Desk, result: Result, following: Sequence[Opened]) -> str:
    """What just happened, in one or two sentences: “核查线索”已提交，转审核立案（孙丽）。"""
    lang = current.language()
    title = _head(opened)["title"]
    events = [str(event[lang]) for event in result.events]
    if following:
        steps = joined([_following(each, lang) for each in following], lang)
        first = _("“%(step)s”已提交，转%(next)s。", step=title, next=steps)
    else:
        first = _("“%(step)s”已提交。", step=title)
    return (" " if lang == "en" else "").join([first, *events[:1]])


def _following(each: Opened, lang: str) -> str:
    title = each.task.title_en if lang == "en" else each.task.title
    who = name_of(each.holder, lang) if each.holder else _("待认领")
    return _("%(step)s（%(to)s）", step=title, to=who)


def way_on(opened: Desk, following: Sequence[Opened]) -> uuid.UUID | None:
    """Where to go after the act: my next step in the same case, else my most urgent task."""
    me = current.actor().person_id
    own = next((e.task.id for e in following if e.holder and e.holder.id == me), None)
    return own or opened.place.after or opened.place.before
