"""Clocks of transfers between agencies, a part of `models.clock_rules`."""

from models.clock_rule import ClockRule, Effect, Length
from models.duration import PeriodUnit
from models.errors import Text
from models.laws import MSA, cite

TRANSFER_RULES = (
    ClockRule(
        code="CLK_TRANSFER_RECEIPT",
        name=Text("移送案件签收", "Receipt of a transfer"),
        starts=Text("移送", "Transfer sent"),
        article=cite((MSA, "14")),
        length=Length("transfer.receipt_days", PeriodUnit.WORKING_DAY),
        rolls=False,
        effect=Effect.WARN,
    ),
    ClockRule(
        code="CLK_TRANSFER_ACCEPT",
        name=Text("移送案件受理或者退回", "Acceptance or return of a transfer"),
        starts=Text("签收移送材料", "Transfer received"),
        article=cite((MSA, "14")),
        length=Length("transfer.accept_days", PeriodUnit.WORKING_DAY),
        rolls=False,
        effect=Effect.WARN,
    ),
)
