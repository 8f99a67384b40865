"""The lines of an account in words, in both languages."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from models.errors import Text
from workflows.ledger.account import Change, Part, Plan, Receipt, Refund, Terms, Waiver
from workflows.ledger.book import Amounts


def yuan(amount: Decimal) -> str:
    """Yuan with two digits, such as 1,234.50."""
    return f"{amount:,.2f}"


def percent(share: Fraction) -> str:
    """A share as per cent, such as 3%."""
    return f"{float(share * 100):g}%"


def decided(ordered: Amounts) -> Text:
    """What the decision ordered."""
    zh, en = [f"罚款{yuan(ordered.fine)}元"], [f"fine {yuan(ordered.fine)} yuan"]
    if ordered.confiscated:
        zh.append(f"没收{yuan(ordered.confiscated)}元")
        en.append(f"confiscated {yuan(ordered.confiscated)} yuan")
    return Text(f"作出决定：{'，'.join(zh)}", f"Decided: {', '.join(en)}")


def changed(change: Change) -> Text:
    """What a change of the decision makes of it."""
    if not change.fine and not change.confiscated:
        return Text(
            "决定被撤销：罚没款和加处罚款自始不欠", "Decision revoked: nothing was ever owed"
        )
    return Text(
        f"决定变更：罚款{yuan(change.fine)}元，没收{yuan(change.confiscated)}元，自始计算",
        f"Decision changed: fine {yuan(change.fine)}, confiscated {yuan(change.confiscated)} yuan,"
        " counted from the start",
    )


def planned(plan: Plan) -> Text:
    """What a plan allows."""
    zh = "、".join(f"{i.day.isoformat()}前{yuan(i.amount)}元" for i in plan.instalments)
    en = ", ".join(f"{yuan(i.amount)} by {i.day.isoformat()}" for i in plan.instalments)
    name = ("批准分期", "Instalments approved")
    if len(plan.instalments) == 1:
        name = ("批准延期", "Deferral approved")
    return Text(f"{name[0]}：{zh}；期间不加处罚款", f"{name[1]}: {en}; no surcharge meanwhile")


def defaulted(left: Decimal, whole: bool) -> Text:
    """What a missed instalment brings."""
    if whole:
        return Text(
            f"未按期缴纳，余款{yuan(left)}元全部到期，次日起加处罚款",
            f"Instalment missed: the rest of {yuan(left)} yuan is due; surcharge from the next day",
        )
    return Text(
        "未按期缴纳，次日起就未缴部分加处罚款",
        "Instalment missed: surcharge on the missing part from the next day",
    )


def surcharged(base: Decimal, terms: Terms) -> Text:
    """How a day came to its surcharge."""
    return Text(
        f"加处罚款：{yuan(base)}元 × {percent(terms.rate)}",
        f"Surcharge: {yuan(base)} yuan × {percent(terms.rate)}",
    )


def capped(ceiling: Decimal) -> Text:
    """The cap is reached."""
    return Text(
        f"加处罚款达到上限{yuan(ceiling)}元，不再增加",
        f"The surcharge has reached its ceiling of {yuan(ceiling)} yuan",
    )


def received(receipt: Receipt, got: Amounts) -> Text:
    """What came in, and what it went to."""
    named: list[tuple[Decimal, str, str]] = [
        (got.fine, "罚款", "fine"),
        (got.confiscated, "没收款", "confiscation"),
        (got.surcharge, "加处罚款", "surcharge"),
        (got.credit, "多缴待退", "paid too much"),
    ]
    zh = "，".join(f"{title}{yuan(share)}元" for share, title, _en in named if share)
    en = ", ".join(f"{title} {yuan(share)}" for share, _zh, title in named if share)
    way = ("抵扣", "Set off") if receipt.set_off else ("缴款", "Paid")
    note = f"（{receipt.note}）" if receipt.note else ""
    return Text(
        f"{way[0]}{yuan(receipt.amount)}元{note}：{zh}",
        f"{way[1]} {yuan(receipt.amount)} yuan: {en}",
    )


def waived(waiver: Waiver, share: Decimal) -> Text:
    """What was given up."""
    if waiver.part is Part.SURCHARGE:
        return Text(f"减免加处罚款{yuan(share)}元", f"Surcharge of {yuan(share)} yuan waived")
    return Text(f"终结执行{yuan(share)}元", f"{yuan(share)} yuan no longer enforced")


def refunded(refund: Refund) -> Text:
    """What was paid back."""
    return Text(f"退款{yuan(refund.amount)}元", f"{yuan(refund.amount)} yuan paid back")
