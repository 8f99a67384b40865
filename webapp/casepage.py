"""The page of one case, put together: header, strip, what waits and why, people, clocks."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from models.closing import ArchiveVolume
from models.decision import Decision
from models.document import CaseNote, Document
from models.duration import law_day
from models.evidence import Evidence
from models.payment import Payment
from models.service import Announcement, AnnouncementState, ProofOfService
from models.types import EXITS, Flag
from webapp import casefile, current, linked, servicepanel
from webapp.presenters import closing, people, running, stages, waiting
from webapp.presenters.dates import day, moment, since
from webapp.presenters.stages import Visit, stage_name
from workflows.catalogue import LoadedPack
from workflows.labels import labels_of
from workflows.packs.manifest import SideProcess
from workflows.queries import sides, standing
from workflows.queries.casefile import CaseFile
from workflows.queries.standing import Waiting, Way

FLAGS = (Flag.MAJOR, Flag.SUSPENDED, Flag.IN_REMEDY, Flag.REMEDY_DUE)
RUNNING = AnnouncementState.RUNNING
LATEST = 4
"""How many documents and notes the overview shows."""
ACTION_WORDS = {
    "AddEvidence": ("evidence", "attach"),
    "ExcludeEvidence": ("exclude-evidence", "close"),
    "ExtendVerification": ("extend", "clock"),
    "DecideRecusal": ("recusal", "people"),
    "AnswerObjections": ("answer-review", "edit"),
    "RequestJointReview": ("ask-opinion", "send"),
    "GiveJointOpinion": ("give-opinion", "edit"),
    "RecordConsultation": ("consultation", "people"),
    "LinkRecording": ("recording", "camera"),
    "RecordEvidenceQuery": ("query", "search"),
    "LinkCase": ("link", "add"),
    "UnlinkCase": ("unlink", "close"),
    "RecogniseEvidence": ("recognise", "attach"),
    "RequestLoan": ("borrow", "archive"),
    "PlaceLegalHold": ("hold", "pause"),
    "LiftLegalHold": ("lift-hold", "play"),
    "ProposeDisposal": ("dispose", "remove"),
    "CarryOutDisposal": ("destroy", "remove"),
    "SupplementArchive": ("supplement", "archive"),
    "RecordServiceAttempt": ("service-attempt", "close"),
    "RecordPickup": ("pickup", "people"),
    "ConfirmServiceAddress": ("service-address", "edit"),
    "AddCaseNote": ("note", "message"),
}
"""Command → (its address, its icon)."""


def open_page(session: Any, file: CaseFile) -> dict[str, Any]:
    """Everything that all tabs of a case page share, and what each of them draws."""
    app, actor, now = current.application(), current.actor(), current.now()
    pack = app.catalogue.version(session, file.case.pack_version_id)
    act = standing.looking(session, actor, file.case, now, blobs=app.blobs, catalogue=app.catalogue)
    waits = standing.waiting(act, file)
    told = [_told(file, pack, wait) for wait in waits]
    lang, offered = current.language(), standing.actions(act, file)
    strip = stages.strip(_visits(file, pack), law_day(now), lang)
    return {
        "file": file,
        "case": file.case,
        "header": _header(file, pack),
        "strip": strip,
        "sentence": stages.sentence(strip, lang),
        "waits": told,
        "waiting_note": _waiting_note(file, len(told)),
        "diagram_state": _diagram(standing.way(file, pack), told),
        "side_diagrams": _side_diagrams(file, pack, told),
        "buttons": _buttons(file, _free(file, pack, waits), offered, sides.startable(act, file))
        | {"not_yet": [(each.title[lang], each.reason[lang]) for each in sides.not_yet(act, file)]},
        "closing_check": closing.check(act, file, lang),
        "watched": file.watched,
        **linked.page(session, file, pack, may_link=standing.allows(act, "LinkCase")),
        "overview_cards": running.overview(file.clocks, now, file.calendar, lang),
        "people": _people(file, pack),
        "notes": _notes(file),
        "services": _services(file, pack),
        "service_panel": servicepanel.panel(act, file, pack, offered),
        "payments": file.all(Payment),
        "volumes": file.all(ArchiveVolume),
        "latest_documents": _latest(file),
        "command_title": lambda command: command_title(pack, command),
        **casefile.parts(file, pack),
    }


def tabs(file: CaseFile, tab: str) -> list[dict[str, Any]]:
    """The tabs of the page; a number equals what the tab lists."""
    key = file.case.id
    named = [
        ("overview", _("概览"), None),
        ("facts", _("事实与证据"), len(file.all(Evidence))),
        ("documents", _("文书"), len(file.all(Document))),
        ("clocks", _("期限"), len(file.clocks)),
        ("process", _("流程"), None),
        ("service", _("送达与往来"), len(file.all(ProofOfService))),
        ("record", _("记录"), None),
    ]
    found = [
        {
            "url": url_for("cases.show", case_id=key, tab=None if name == "overview" else name),
            "label": label,
            "count": count or None,
            "current": name == tab,
        }
        for name, label, count in named
    ]
    if any(row.decision == "penalty" for row in file.all(Decision)):
        url = url_for("money.show", case_id=key)
        own = {"url": url, "label": _("罚款账"), "count": None, "current": tab == "ledger"}
        found.insert(-1, own)
    return found


def _visits(file: CaseFile, pack: LoadedPack) -> list[Visit]:
    return [
        Visit(stay.step, law_day(stay.started), law_day(stay.ended) if stay.ended else None)
        for stay in standing.stays(file.tasks, pack)
    ]


def _header(file: CaseFile, pack: LoadedPack) -> dict[str, Any]:
    case, lang = file.case, current.language()
    english = lang == "en"
    tags = [pack.manifest.title[lang]]
    if case.matter:
        title = case.matter.title_en if english else case.matter.title
        tags.insert(0, title if english else case.cause or title)
    tags += [_flag(flag) for flag in FLAGS if flag in case.flags]
    if case.stage in EXITS:
        tags.append(stage_name(case.stage, lang))
    subject = case.subject.name_en if english else case.subject.name
    unit = case.unit.name_en if english else case.unit.name
    line = [_opened(file), _used(file)]
    own = _("%(subject)s以自己名义", subject=subject)
    return {
        "tags": tags,
        "number": case.case_no or case.lead_no or "",
        "line": [text for text in (*line, own, unit) if text],
    }


def _flag(flag: Flag) -> str:
    return {
        Flag.MAJOR: _("重大案件"),
        Flag.SUSPENDED: _("中止"),
        Flag.IN_REMEDY: _("复议或者诉讼中"),
        Flag.REMEDY_DUE: _("后续事项待落实"),
    }[flag]


def _opened(file: CaseFile) -> str:
    case, lang = file.case, current.language()
    if case.filed_at:
        return _("%(day)s立案", day=day(law_day(case.filed_at), lang))
    return _("%(day)s收到线索", day=day(law_day(case.opened_at), lang))


def _used(file: CaseFile) -> str:
    """办案用时 52 天（历时 86 天，不计 34 天）."""
    row = file.clock("CLK_CASE")
    if row is None:
        return ""
    used, gone, left_out = running.days_used(row, current.now())
    words = ngettext("办案用时 %(num)s 天", "办案用时 %(num)s 天", used)
    if not left_out:
        return words
    aside = _("历时 %(gone)s 天，不计 %(out)s 天", gone=gone, out=left_out)
    return _("%(words)s（%(aside)s）", words=words, aside=aside)


def _free(file: CaseFile, pack: LoadedPack, waits: list[Waiting]) -> list[Waiting]:
    """What waits for nothing but a person."""
    return [w for w in waits if sides.held_by(pack, file.case, w.task.command) is None]


def _told(file: CaseFile, pack: LoadedPack, wait: Waiting) -> dict[str, Any]:
    """One line beside the diagram: who, since when, by when."""
    lang, now = current.language(), current.now()
    holder = wait.holder[lang] if wait.holder else ""
    offered = [name[lang] for name in wait.offered]
    parts = [
        waiting.waits_for(holder, offered, wait.role[lang], lang),
        _("%(since)s 起等候", since=since(wait.task.opened_at, lang, today=law_day(now))),
    ]
    held = sides.held_by(pack, file.case, wait.task.command)
    if held is not None:
        parts.append(_("“%(side)s”办完后才能办", side=held[lang]))
    if wait.clock is not None:
        parts.append(running.short_left(wait.clock, now, file.calendar, lang))
    joint, end = ("; ", ".") if lang == "en" else ("；", "。")
    beside, title = sides.waits_in(pack, wait.task), wait.title[lang]
    return {
        "number": wait.number,
        "title": _("%(title)s（%(beside)s）", title=title, beside=beside[lang])
        if beside
        else title,
        "text": joint.join(parts) + end,
        "element": wait.task.element,
        "round": wait.task.round,
    }


def _waiting_note(file: CaseFile, count: int) -> str:
    until = next((r.ends_on for r in file.all(Announcement) if r.state == RUNNING), None)
    if count == 0 and until is not None:
        return _("公告中，%(day)s 期满后自动往下办", day=day(until, current.language()))
    if count == 0:
        return _("已经办结，没有在等的事")
    if count == 1:
        return _("现在有一件事在等")
    return ngettext("现在有 %(num)s 件事同时在等", "现在有 %(num)s 件事同时在等", count)


def _diagram(passed: Way, told: list[dict[str, Any]]) -> dict[str, Any]:
    """What js/diagram.js marks: {done: [ids], current: [{id, number, why}]}."""
    why = {line["number"]: line["text"] for line in told}
    current_ = [
        {"id": element, "number": number, "why": why.get(number, "")}
        for element, number in passed.current
    ]
    return {"done": list(passed.done), "current": current_}


def _side_diagrams(
    file: CaseFile, pack: LoadedPack, told: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Every side process that the case has had, with its tokens."""
    lang = current.language()
    return [
        {
            "id": f"side-{view.name}",
            "title": view.title[lang],
            "open": view.open,
            "url": url_for("cases.diagram", case_id=file.case.id, side=view.name),
            "state": _diagram(view.way, told),
            "waits": [line for line in told if line["number"] in _numbers(view.way)],
        }
        for view in sides.runs(file, pack)
    ]


def _numbers(way: Way) -> frozenset[int]:
    """The numbers of what waits on one drawing."""
    return frozenset(number for _element, number in way.current)


def _buttons(
    file: CaseFile, waits: list[Waiting], actions: list[str], beside: list[SideProcess]
) -> dict[str, Any]:
    """The one primary button (what waits for this person), and the menu beside it."""
    key, lang = file.case.id, current.language()
    mine = [
        {"url": f"/tasks/{wait.task.id}", "label": wait.action[lang]}
        for wait in waits
        if wait.may_act
    ]
    return {
        "primary": mine[0] if mine else None,
        "others": mine[1:],
        "actions": [
            {
                "url": url_for("casework.act", case_id=key, action=ACTION_WORDS[name][0]),
                "icon": ACTION_WORDS[name][1],
                "label": action_label(name),
                "name": name,
            }
            for name in actions
        ]
        + [
            {
                "url": url_for("casework.start", case_id=key, side=side.name),
                "icon": "play",
                "label": side.title[lang],
                "name": side.name,
            }
            for side in beside
        ],
    }


def action_label(command: str) -> str:
    """What a case-level act is called."""
    return {
        "AddEvidence": _("添加证据"),
        "ExcludeEvidence": _("排除证据"),
        "ExtendVerification": _("延长核查期限"),
        "DecideRecusal": _("决定回避"),
        "AnswerObjections": _("答复审核意见"),
        "RequestJointReview": _("提请会审"),
        "GiveJointOpinion": _("出具会审意见"),
        "RecordConsultation": _("登记会商"),
        "LinkRecording": _("采用监控记录"),
        "RecordEvidenceQuery": _("登记当事人查询"),
        "LinkCase": _("添加关联案件"),
        "UnlinkCase": _("取消关联"),
        "RecogniseEvidence": _("采用关联案件的证据"),
        "RequestLoan": _("申请借阅"),
        "PlaceLegalHold": _("法律保留"),
        "LiftLegalHold": _("解除法律保留"),
        "ProposeDisposal": _("列入销毁清册"),
        "CarryOutDisposal": _("批准并监销"),
        "SupplementArchive": _("归入补充卷"),
        "RecordServiceAttempt": _("登记送达未成"),
        "RecordPickup": _("登记公告期间领取"),
        "ConfirmServiceAddress": _("登记送达地址确认"),
        "AddCaseNote": _("写备注"),
    }[command]


def command_title(pack: LoadedPack, command: str) -> str:
    """What an act is called: by its step, or as an act beside the steps."""
    if command in ACTION_WORDS:
        return action_label(command)
    lang = current.language()
    side = pack.manifest.started_by(command)
    if side is not None:
        return side.start.title[lang] if side.start.title else side.title[lang]
    bound = (b.title[lang] for b in pack.manifest.tasks.values() if b.command == command)
    return next(bound, command)


def _people(file: CaseFile, pack: LoadedPack) -> list[people.Row]:
    lang, labels = current.language(), labels_of(pack)
    party = file.case.party
    rows = [people.party_row(party, labels, lang, casefile.sees_identity())] if party else []
    found = [
        people.handlers_row(file, law_day(current.now()), lang),
        people.others_row(file, lambda element: casefile.step_title(pack, element), lang),
    ]
    return rows + [row for row in found if row is not None]


def _notes(file: CaseFile) -> list[dict[str, str]]:
    lang, today = current.language(), law_day(current.now())
    return [
        {
            "who": people.name_of(file.people.get(note.person_id), lang),
            "date": moment(note.recorded_at, lang, today=today),
            "text": note.text,
        }
        for note in reversed(file.all(CaseNote))
    ]


def _services(file: CaseFile, pack: LoadedPack) -> list[dict[str, Any]]:
    """Everything that was served, latest first."""
    lang, labels = current.language(), labels_of(pack)
    by_number = {d.number: d for d in file.all(Document) if d.number}
    found = []
    for row in reversed(file.all(ProofOfService)):
        served = by_number.get(row.document_number)
        receipt = by_number.get(row.receipt_number)
        officers = [file.people.get(row.officer_id), file.people.get(row.second_officer_id)]
        relation = labels.text("receiver_relation", row.receiver_relation or "")[lang]
        found.append(
            {
                "title": casefile.document_title(served) if served else row.document_kind,
                "url": url_for("documents.show", document_id=served.id) if served else None,
                "number": row.document_number,
                "receipt_url": url_for("documents.show", document_id=receipt.id)
                if receipt
                else None,
                "method": labels.text("service_method", row.service_method)[lang],
                "at": row.served_at,
                "place": row.service_place or "",
                "receiver": row.receiver_name or "",
                "relation": relation,
                "officers": people.joined([people.name_of(o, lang) for o in officers], lang),
            }
        )
    return found


def _latest(file: CaseFile) -> list[dict[str, Any]]:
    rows = sorted(file.all(Document), key=lambda d: (d.dated_at, d.position), reverse=True)
    return [casefile.document_item(row) for row in rows[:LATEST]]
