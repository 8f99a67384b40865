"""Clocks of enforcement (AEL 39, 51, 56, 58), a part of `models.clock_rules`."""

from models.clock_rule import ClockRule, Effect, days, months, working
from models.errors import Text
from models.laws import AEL, cite

ENFORCEMENT_RULES = (
    ClockRule(
        code="CLK_COURT_ACCEPT",
        name=Text("人民法院决定是否受理", "The court's answer on acceptance"),
        starts=Text("递交强制执行申请", "Application handed in"),
        article=cite((AEL, "56 69")),
        length=working("court_accept"),
        rolls=False,
        effect=Effect.OPENS,
    ),
    ClockRule(
        code="CLK_COURT_OBJECT",
        name=Text("向上一级法院申请复议", "Objection to the higher court"),
        starts=Text("收到不予受理或者不予执行的裁定", "Refusal of the court received"),
        article=cite((AEL, "56 58")),
        length=days("court_object"),
        rolls=True,
        effect=Effect.RIGHT_LOST,
    ),
    ClockRule(
        code="CLK_SUBSTITUTE_URGE",
        name=Text("代履行前催告", "Urging before substitute performance"),
        starts=Text("代履行前再次催告", "Party urged once more"),
        article=cite((AEL, "51 69")),
        length=working("substitute_urge"),
        rolls=True,
        effect=Effect.OPENS,
    ),
    ClockRule(
        code="CLK_PAUSE_END",
        name=Text("中止执行满三年", "Three years of suspended enforcement"),
        starts=Text("中止执行（确无能力履行）", "Enforcement suspended for want of means"),
        article=cite((AEL, "39")),
        length=months("pause_end"),
        rolls=False,
        effect=Effect.OPENS,
    ),
)
