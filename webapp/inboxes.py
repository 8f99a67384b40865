"""The inbox as a page: which group, narrowed how, and what was asked for last time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from models.duration import law_day
from webapp import current, remembering
from webapp.presenters.inbox import Line, Table
from workflows.lawbook import lawbook
from workflows.queries import desk, inbox, tasks
from workflows.queries.inbox import Filters, InboxRow
from workflows.queries.paging import PAGE, Count

GROUPS = ("mine", "offered", "watched")
VIEWS = ("all", *GROUPS, "done")
NARROWED = ("element", "due", "sender", "matter")
LIST = "inbox"
DUE = {"week": timedelta(days=7), "month": timedelta(days=30)}
EXPORT_PAGE = 500


@dataclass(frozen=True)
class Group:
    """One group with its heading and lines."""

    key: str
    title: str
    note: str
    count: Count
    lines: list[Line]
    next: str | None = None


@dataclass(frozen=True)
class Page:
    """Everything that the inbox shows."""

    view: str
    groups: list[Group]
    counts: dict[str, Count]
    choices: dict[str, list[tuple[str, str]]]

    @property
    def mine(self) -> list[Line]:
        """My own tasks, as far as they are on this page."""
        return next((g.lines for g in self.groups if g.key == "mine"), [])

    @property
    def first(self) -> Line | None:
        """The most urgent of them."""
        return next(iter(self.mine), None)


def view() -> str:
    """Which tab is open."""
    wanted = request.args.get("view", "all")
    return wanted if wanted in VIEWS else "all"


def filters() -> Filters:
    """The filters of the address."""
    due = request.args.get("due")
    return Filters(
        element=request.args.get("element", "")[:64] or None,
        matter=request.args.get("matter", "")[:200] or None,
        due_before=current.now() + DUE[due] if due in DUE else None,
        late=due == "late",
        sender=request.args.get("sender", "")[:64] or None,
    )


def kept() -> dict[str, str]:
    """The address without the place in the list."""
    return {name: request.args[name] for name in ("view", *NARROWED) if request.args.get(name)}


def address(**changed: str | None) -> str:
    """The inbox with another view or filter; None takes one away."""
    wanted = {k: v for k, v in {**kept(), **changed}.items() if v}
    return url_for("tasks.index", **wanted or {"view": "all"})


def remembered() -> dict[str, str]:
    """What the person narrowed the inbox to last time."""
    return remembering.views(LIST).last


def remember() -> None:
    """Keep this address for the next time."""
    remembering.remember(LIST, narrowed())


def narrowed() -> dict[str, str]:
    """The filters of the address; the whole list is none."""
    return {k: v for k, v in kept().items() if (k, v) != ("view", "all")}


def read_page() -> Page:
    """The groups of the open tab, in one snapshot."""
    app, actor, now = current.application(), current.actor(), current.now()
    shown, narrowed = view(), filters()
    with app.dispatcher.read(actor) as db:
        counted = inbox.inbox(db, actor, now, filters=narrowed, limit=PAGE if shown == "all" else 1)
        rows: dict[str, list[InboxRow]] = {key: getattr(counted, key) for key in GROUPS}
        following = None
        if shown != "all":
            page = tasks.group_page(
                db, actor, now, shown, narrowed, after=request.args.get("after")
            )
            rows, following = {shown: page.rows}, page.next
        table = _table(db, [row for each in rows.values() for row in each])
    groups = [
        _group(key, found, counted.counts[key], table, following) for key, found in rows.items()
    ]
    listed = [row for found in rows.values() for row in found]
    return Page(shown, groups, counted.counts, inbox_choices(listed))


def _table(db: Any, rows: list[InboxRow]) -> Table:
    actor = current.actor()
    return Table(
        clocks=desk.clocks_of(db, rows),
        calendar=lawbook(db).calendar,
        now=current.now(),
        lang=current.language(),
        watched=frozenset(desk.watched_among(db, actor, {row.case_id for row in rows})),
    )


def _group(
    key: str, rows: Iterable[InboxRow], count: Count, table: Table, following: str | None
) -> Group:
    titles = {
        "mine": (_("我的"), _("按期限先后")),
        "offered": (_("待认领"), _("您的职责可以认领")),
        "watched": (_("我关注的"), _("办理人不是您")),
        "done": (_("已办"), _("最近办的在前")),
    }
    title, note = titles[key]
    return Group(key, title, note, count, [table.line(row, key) for row in rows], following)


def inbox_choices(rows: list[InboxRow]) -> dict[str, list[tuple[str, str]]]:
    """Values that the filters offer: what is listed, and what is chosen already."""
    english = current.language() == "en"
    steps = {(r.element, r.title_en if english else r.title) for r in rows}
    matters = {(r.matter_title, r.matter_title) for r in rows if r.matter_title}
    senders = {
        (r.from_key, (r.from_name_en if english else r.from_name) or "") for r in rows if r.from_key
    }
    for name, found in (("element", steps), ("sender", senders), ("matter", matters)):
        chosen = request.args.get(name)
        if chosen and all(key != chosen for key, _text in found):
            found.add((chosen, chosen))
    return {"element": sorted(steps), "sender": sorted(senders), "matter": sorted(matters)}


def tabs(page: Page) -> list[dict[str, Any]]:
    """The tabs with their true counts."""
    whole = sum(page.counts[key].number for key in GROUPS)
    exact = all(page.counts[key].exact for key in GROUPS)
    counts = {**page.counts, "all": f"{whole:,}" if exact else f"{whole - 1:,}+"}
    labels = {
        "all": _("全部"),
        "mine": _("我的"),
        "offered": _("待认领"),
        "watched": _("我关注的"),
        "done": _("已办"),
    }
    return [
        {
            "url": address(view=key),
            "label": labels[key],
            "count": str(counts[key]),
            "current": key == page.view,
        }
        for key in VIEWS
    ] + remembering.named_tabs(LIST, narrowed())


def chips(page: Page) -> list[dict[str, Any]]:
    """The filters as menus of links."""
    due = [("late", _("已超期")), ("week", _("7 天内")), ("month", _("30 天内"))]
    return [
        _chip("element", _("环节"), page.choices["element"]),
        _chip("due", _("期限"), due),
        _chip("sender", _("来自"), page.choices["sender"]),
        _chip("matter", _("事项"), page.choices["matter"]),
    ]


def _chip(name: str, label: str, options: list[tuple[str, str]]) -> dict[str, Any]:
    chosen = request.args.get(name, "")
    return {
        "label": label,
        "value": dict(options).get(chosen),
        "on": chosen in dict(options),
        "clear_url": address(**{name: None}),
        "options": [
            {"url": address(**{name: key}), "label": text, "current": key == chosen}
            for key, text in options
        ],
    }


def export_rows() -> Iterator[list[str]]:
    """The narrowed inbox line by line, group after group, for a spreadsheet."""
    yield [
        _("分组"), _("期限"), _("当事人"), _("事项"), _("环节"), _("案号"), _("等待自"),
        _("来自"), _("为什么在我这里"),
    ]  # fmt: skip
    shown = view()
    for key in GROUPS if shown == "all" else (shown,):
        for group in _whole(key):
            for line in group.lines:
                yield _cells(group, line)


def _whole(key: str) -> Iterator[Group]:
    """All of a group, a page at a time."""
    app, actor, now = current.application(), current.actor(), current.now()
    after: str | None = None
    while True:
        with app.dispatcher.read(actor) as db:
            page = tasks.group_page(db, actor, now, key, filters(), after=after, limit=EXPORT_PAGE)
            table = _table(db, page.rows)
        yield _group(key, page.rows, Count(len(page.rows)), table, page.next)
        if page.next is None:
            return
        after = page.next


def _cells(group: Group, line: Line) -> list[str]:
    step = f"{line.step} {line.tag}".strip()
    due = line.badge.text if line.badge else ""
    return [
        group.title, due, line.party, line.matter, step, line.number, line.since, line.sender,
        line.why,
    ]  # fmt: skip


def file_name() -> str:
    """What the exported list is called."""
    return f"tasks-{law_day(current.now()).isoformat()}.csv"
