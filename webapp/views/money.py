"""Money: the account of a case explained by day, a free calculator, cash on its way."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.duration import law_day
from models.errors import Forbidden, NotFound
from models.types import Role
from webapp import casepage, current, spreadsheets
from webapp.presenters import account as account_lines
from webapp.presenters import running
from webapp.presenters.dates import plain_day
from webapp.presenters.people import name_of
from workflows import ledger
from workflows.access import SEES_CASES
from workflows.accounts import PAUSES
from workflows.ledger import Account, Instalment, Ledger, Pause, Plan, Receipt
from workflows.queries.casefile import case_file
from workflows.queries.money import cash_on_its_way, money_of, terms_today

blueprint = Blueprint("money", __name__)

ROWS = 4
"""Payments and parts of a plan that the calculator takes."""
LONGEST = 5 * 366
"""Days over which the calculator counts at most."""
FARTHEST = timedelta(days=3 * 366)
"""How far ahead of today an account may be looked at."""


@blueprint.get("/cases/<uuid:case_id>/ledger")
@login_required
def show(case_id: uuid.UUID) -> str:
    """The account of a case on the day that is asked for, today unless told."""
    app, actor, now = current.application(), current.actor(), current.now()
    day = _chosen(law_day(now))
    with app.transactions.read() as session:
        file = case_file(session, actor, case_id)
        found = money_of(session, actor, case_id, now, day)
        page = casepage.open_page(session, file)
    app.notes.read(actor, case_id, "case:ledger", now)
    book = found.book(day)
    return render_template(
        "money/case.html",
        nav_key="cases",
        tabs=casepage.tabs(file, "ledger"),
        money=found,
        book=book,
        day=day,
        **_shown(book, day, found.capped_on),
        **page,
    )


@blueprint.get("/cases/<uuid:case_id>/ledger.csv")
@login_required
def export(case_id: uuid.UUID) -> Response:
    """The account by day, for a spreadsheet."""
    app, actor, now = current.application(), current.actor(), current.now()
    day = _chosen(law_day(now))
    with app.transactions.read() as session:
        found = money_of(session, actor, case_id, now, day)
    book = found.book(day)
    if book is None:
        raise NotFound()
    name = f"ledger-{found.decision.number if found.decision else ''}-{day.isoformat()}.csv"
    return spreadsheets.table(_plain(name), _rows(book))


def _plain(name: str) -> str:
    """A file name that every header can carry."""
    return name.encode("ascii", "ignore").decode().replace('"', "")


def _rows(book: Ledger) -> Iterator[list[str]]:
    yield [
        _("日期"), _("说明"), _("罚款增减"), _("没收款增减"), _("加处罚款增减"), _("待退增减"),
        _("尚欠罚款"), _("尚欠没收款"), _("尚欠加处罚款"), _("多缴待退"),
    ]  # fmt: skip
    yield from account_lines.daily(book, current.language())


def _chosen(today: date) -> date:
    """The day in the address; what is no day, or lies too far ahead, is today."""
    day = _day(request.args.get("day")) or today
    return day if day <= today + FARTHEST else today


def _shown(book: Ledger | None, day: date, capped_on: date | None) -> dict[str, Any]:
    """What both pages draw of an account."""
    if book is None:
        return {"lines": [], "drawing": None, "terms": []}
    lang = current.language()
    return {
        "lines": account_lines.lines(book, lang),
        "drawing": account_lines.drawing(book, day),
        "terms": _terms(book, capped_on),
    }


def _terms(book: Ledger, capped_on: date | None) -> list[tuple[str, str]]:
    """By what the figures were counted: each rule in one line."""
    terms, lang = book.account.terms, current.language()
    names = {"fine": _("罚款"), "confiscated": _("没收款"), "surcharge": _("加处罚款")}
    base = {"overdue": _("逾期未缴的罚款"), "whole": _("罚款全额")}[terms.base.value]
    rounding = {
        "total": _("累计数四舍五入到分"),
        "day": _("每日数四舍五入到分"),
    }[terms.rounding.value]
    found = [
        (_("缴款期限"), plain_day(book.account.due, lang) if book.account.due else _("尚未送达")),
        (_("加处罚款"), _("%(base)s × 每日 %(rate)s", base=base, rate=ledger.percent(terms.rate))),
        (_("上限"), _("%(sum)s 元", sum=ledger.yuan(book.ceiling))),
        (_("达到上限"), plain_day(capped_on, lang) if capped_on else _("不会达到")),
        (_("冲抵顺序"), " → ".join(names[part.value] for part in terms.order)),
        (_("取整"), rounding),
    ]
    return found


# -- the calculator ---------------------------------------------------------------------------


@blueprint.get("/calculator")
@login_required
def calculator() -> str:
    """What would be owed, without a case: everything stands in the address."""
    if not current.actor().roles() & SEES_CASES:
        raise Forbidden()
    today = law_day(current.now())
    with current.application().transactions.read() as session:
        _law, terms = terms_today(session, today)
    typed = request.args
    day = _day(typed.get("day")) or today
    account, wrong = _account(terms, day)
    book = ledger.ledger(account, day) if account else None
    capped = ledger.cap_day(account, day) if account else None
    return render_template(
        "money/calculator.html",
        nav_key="cases",
        typed=typed,
        wrong=wrong,
        rows=range(ROWS),
        book=book,
        day=day,
        **_shown(book, day, capped),
    )


def _account(terms: ledger.Terms, until: date) -> tuple[Account | None, str]:
    """The account that was typed, or what is wrong with it; nothing typed is nothing wrong."""
    if not request.args.get("fine"):
        return None, ""
    fine, due = _money(request.args.get("fine")), _day(request.args.get("due"))
    if fine is None or due is None:
        return None, _("请填写罚款数额和缴款期限。")
    start = due - timedelta(days=1)
    if not 0 <= (until - start).days <= LONGEST:
        return None, _("计算到的日期不能早于缴款期限，也不能晚于五年以后。")
    receipts = tuple(
        Receipt(max(day, start), amount) for day, amount in _typed_rows("paid_on", "paid")
    )
    parts = tuple(Instalment(day, amount) for day, amount in _typed_rows("part_on", "part"))
    account = Account(decided=start, fine=fine, due=due, terms=terms, receipts=receipts)
    account = replace(account, confiscated=_money(request.args.get("confiscated")) or ledger.ZERO)
    if parts:
        granted = _day(request.args.get("granted_on")) or due
        plan = Plan(max(granted, start), tuple(sorted(parts, key=lambda each: each.day)))
        account = replace(account, plans=(plan,))
    first = _day(request.args.get("pause_from"))
    if first is not None:
        words = next(iter(PAUSES.values()))
        pause = Pause(words, first, _day(request.args.get("pause_to")))
        account = replace(account, pauses=(pause,))
    return account, ""


def _typed_rows(day_name: str, money_name: str) -> list[tuple[date, Decimal]]:
    """Pairs of a day and an amount; half a pair says nothing."""
    days = [_day(text) for text in request.args.getlist(day_name)][:ROWS]
    sums = [_money(text) for text in request.args.getlist(money_name)][:ROWS]
    return [
        (day, amount)
        for day, amount in zip(days, sums, strict=False)
        if day is not None and amount is not None and amount > 0
    ]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _money(text: str | None) -> Decimal | None:
    try:
        amount = Decimal((text or "").replace(",", "").strip() or "x")
    except InvalidOperation:
        return None
    fits = amount.is_finite() and 0 <= amount < Decimal(10) ** 12
    return amount.quantize(ledger.CENT) if fits else None


# -- cash -------------------------------------------------------------------------------------


@blueprint.get("/cash")
@login_required
def cash() -> str:
    """Cash taken on the spot that has not reached the bank, with the colour of its clock."""
    actor, now = current.actor(), current.now()
    if not actor.roles() & {Role.HANDLER, Role.CASHIER, Role.UNIT_HEAD}:
        raise Forbidden()
    app, lang = current.application(), current.language()
    with app.transactions.read() as session:
        rows = cash_on_its_way(session, actor)
        calendar = terms_today(session, law_day(now))[0].calendar
    badges = {r.receipt_no: running.badge(r.clock, now, calendar, lang) for r in rows if r.clock}
    total = sum((row.amount for row in rows), Decimal(0))
    return render_template(
        "money/cash.html",
        nav_key="cash",
        rows=rows,
        badges=badges,
        total=total,
        name_of=lambda person: name_of(person, lang),
        tasks_url=url_for("tasks.index"),
    )
