"""What the frame of every page shows: rail, person, acting-for, bell, demo switcher."""

from typing import Any

from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from models.person import Person
from models.subject import LegalSubject, Unit
from models.types import Role
from webapp import current
from webapp.presenters.dates import clock_time, moment
from workflows.access import SEES_CASES
from workflows.actors import Actor
from workflows.clock import FileClock, system_clock
from workflows.queries.progress import DEMO, advance
from workflows.queries.remedies import SEES_REMEDIES

ROLE_NAMES: dict[Role, tuple[str, str]] = {
    Role.HANDLER: ("办案人员", "Handler"),
    Role.AUX: ("执法辅助人员", "Auxiliary"),
    Role.UNIT_HEAD: ("办案机构负责人", "Unit head"),
    Role.TOWN_LEGAL: ("街道法制员", "Town legal officer"),
    Role.LEGAL_REVIEWER: ("法制审核人员", "Legal reviewer"),
    Role.DEPT_REVIEWER: ("部门审核人员", "Department reviewer"),
    Role.JUSTICE_OFFICE: ("司法所审核人员", "Justice office"),
    Role.LEGAL_COUNSEL: ("法律顾问", "Legal counsel"),
    Role.LEADER_DEPUTY: ("分管负责人", "Deputy leader"),
    Role.LEADER_CHIEF: ("主要负责人", "Head"),
    Role.PANEL_MEMBER: ("集体讨论成员", "Panel member"),
    Role.RECORDER: ("记录人", "Recorder"),
    Role.HEARING_HOST: ("听证主持人", "Hearing host"),
    Role.PUBLISHER: ("公示员", "Publisher"),
    Role.ARCHIVIST: ("档案员", "Archivist"),
    Role.CASHIER: ("财务人员", "Cashier"),
    Role.DEVICE_ADMIN: ("设备管理员", "Device administrator"),
    Role.DISPATCHER: ("指挥中心", "Dispatcher"),
    Role.SUPERVISOR: ("执法监督人员", "Supervisor"),
    Role.DESIGNER: ("流程设计员", "Process designer"),
    Role.RELEASER: ("流程启用人", "Process releaser"),
    Role.SYS_ADMIN: ("系统管理员", "System administrator"),
}


def role_name(role: str) -> str:
    """A role in the language of the page."""
    zh, en = ROLE_NAMES[Role(role)]
    return en if current.language() == "en" else zh


def register(app: Flask) -> None:
    """Give every template the frame."""
    app.context_processor(frame)
    app.jinja_env.globals["role_name"] = role_name


def frame() -> dict[str, Any]:
    """The frame's variables; nothing before sign-in."""
    if not has_request_context() or not current_user.is_authenticated:
        return {}
    if "frame" not in g:
        g.frame = _frame(current.actor())
    return dict(g.frame)


def _frame(actor: Actor) -> dict[str, Any]:
    found = current.accounts().frame(actor)
    english = current.language() == "en"
    return {
        "nav": navigation(actor, str(found.tasks) if found.tasks.number else None),
        "person": {
            "name": (english and actor.name_en) or actor.name,
            "role": role_name(next(iter(_own_roles(actor)), Role.AUX)),
            "unit": _name(found.unit, english),
            "acting_for": _acting(found.acting_for, english),
            "menu": [{"url": url_for("me.show"), "icon": "id-card", "label": _("我的账号")}],
            "sign_out_url": url_for("session.sign_out"),
        },
        "subject": _name(found.subject, english),
        "search": {"url": url_for("cases.index"), "value": request.args.get("q", "")},
        "bell": {"url": url_for("notifications.index"), "count": found.unread},
        "as_of": clock_time(current.now()),
        "demo": _demo(),
        "signed_out_url": url_for("session.sign_in"),
    }


def _name(row: LegalSubject | Unit | None, english: bool) -> str:
    if row is None:
        return ""
    return row.name_en if english else row.name


def _own_roles(actor: Actor) -> list[Role]:
    own = [h.role for h in actor.holdings if h.acting_for is None]
    return list(dict.fromkeys(own))


CARRIES_CASH = frozenset({Role.HANDLER, Role.CASHIER})
"""Who takes cash on the spot, and who pays it in at the bank."""


def navigation(actor: Actor, tasks: str | None) -> list[dict[str, Any]]:
    """The rail: only what the person may use."""
    roles = actor.roles()
    sees = bool(roles & SEES_CASES)
    items = [
        ("tasks", "tasks.index", "tasks", _("任务"), sees, tasks),
        ("cases", "cases.index", "cases", _("案件"), sees, None),
        ("leads", "leads.index", "leads", _("线索"), Role.HANDLER in roles, None),
        ("disclosures", "disclosures.index", "notice", _("公示"), Role.PUBLISHER in roles, None),
        ("numbers", "numbers.index", "list", _("文号"), sees, None),
        ("devices", "devices.index", "camera", _("监控"), bool(roles & MONITORS), None),
        ("cash", "money.cash", "cash", _("现金"), bool(roles & CARRIES_CASH), None),
        ("meetings", "meetings.index", "people", _("会议"), _sits(roles), None),
        ("remedies", "remedies.index", "law", _("复议诉讼"), bool(roles & SEES_REMEDIES), None),
        ("reporting", "reporting.index", "send", _("报送"), bool(roles & REPORTS), None),
        ("transfers", "transfers.index", "hand-over", _("移送"), sees, None),
        ("archives", "archives.index", "archive", _("档案"), sees, None),
        ("letters", "letters.index", "message", _("来函"), sees, None),
        ("packs", "packs.index", "processes", _("流程"), True, None),
        ("supervision", "supervision.index", "supervision", _("监督"), _supervises(roles), None),
        ("law", "law.index", "law", _("法律"), bool(roles & LAW_READERS), None),
        ("people", "people.index", "admin", _("管理"), _administers(roles), None),
    ]
    return [
        {"key": key, "url": url_for(view), "icon": icon, "label": label, "count": count}
        for key, view, icon, label, shown, count in items
        if shown and view in current_app.view_functions
    ]


LAW_READERS = frozenset(
    {Role.DESIGNER, Role.RELEASER, Role.LEGAL_REVIEWER, Role.TOWN_LEGAL, Role.SUPERVISOR}
    | {Role.LEADER_CHIEF, Role.LEADER_DEPUTY}
)
"""Whose work begins with the law book; everyone else reaches it by its address."""


REPORTS = frozenset({Role.PUBLISHER, Role.SUPERVISOR, Role.LEADER_CHIEF, Role.LEADER_DEPUTY})
"""Who looks after what is reported to platforms."""

MONITORS = frozenset(
    {Role.DEVICE_ADMIN, Role.HANDLER, Role.PUBLISHER, Role.DISPATCHER, Role.LEGAL_REVIEWER}
    | {Role.TOWN_LEGAL, Role.SUPERVISOR}
)
"""Who works with monitoring devices or their recordings."""


def _sits(roles: frozenset[Role]) -> bool:
    return bool(roles & {Role.LEADER_CHIEF, Role.LEADER_DEPUTY, Role.PANEL_MEMBER, Role.RECORDER})


def _supervises(roles: frozenset[Role]) -> bool:
    return bool(roles & {Role.SUPERVISOR, Role.LEADER_CHIEF, Role.LEADER_DEPUTY, Role.UNIT_HEAD})


def _administers(roles: frozenset[Role]) -> bool:
    return bool(roles & {Role.SYS_ADMIN, Role.UNIT_HEAD, Role.LEADER_CHIEF, Role.LEADER_DEPUTY})


def _acting(away: tuple[Person, ...], english: bool) -> str | None:
    if not away:
        return None
    names = [p.name_en if english else p.name for p in away]
    return _("代%(names)s履行职责", names="、".join(names))


def filling() -> dict[str, Any] | None:
    """How far the demo's cases have come, while somebody is at it."""
    app = current.application()
    with app.transactions.read() as session:
        found = advance(session, DEMO)
    if found is None or not found.goes_on(system_clock()):
        return None
    return {"on": True, "done": found.done, "total": found.total}


def _demo() -> dict[str, Any] | None:
    if not current.application().settings.demo:
        return None
    clock = current.application().clock
    moved = clock.moved_to() if isinstance(clock, FileClock) else None
    english = current.language() == "en"
    return {
        "clock": moment(moved, current.language()) if moved else None,
        "filling": filling(),
        "switch_url": url_for("session.switch"),
        "people": [
            {
                "id": p.key,
                "name": p.name_en if english else p.name,
                "role": p.post,
                "unit": "",
                "current": p.id == current.actor().id,
            }
            for p in current.accounts().everyone()
        ],
    }
