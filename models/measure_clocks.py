"""Clocks of measures, appraisals and letters of assistance, a part of `models.clock_rules`."""

from models.clock_rule import ClockRule, Effect, days, hours, working
from models.errors import Text
from models.laws import AEL, APL, MSA, cite

MEASURE_RULES = (
    ClockRule(
        code="CLK_HOLD",
        name=Text("先行登记保存", "Advance registration of evidence"),
        starts=Text("先行登记保存证据通知书送达", "Notice of registration served"),
        article=cite((APL, "56 85"), (MSA, "35")),
        length=working("hold"),
        rolls=False,
        effect=Effect.LAPSED,
    ),
    ClockRule(
        code="CLK_URGENT_APPROVAL",
        name=Text("紧急措施补办批准", "Approval of an urgent measure"),
        starts=Text("当场采取措施", "Measure taken on the spot"),
        article=cite((AEL, "19"), (MSA, "33 36")),
        length=hours("urgent_approval"),
        rolls=False,
        effect=Effect.LAPSED,
    ),
    ClockRule(
        code="CLK_SEIZE",
        name=Text("查封、扣押", "Sealing and seizure"),
        starts=Text("实施查封、扣押", "Seizure carried out"),
        article=cite((AEL, "25 28")),
        length=days("seize"),
        extension=days("seize", "extension_"),
        rolls=True,
        effect=Effect.LAPSED,
        not_counted=("appraisal",),
    ),
    ClockRule(
        code="CLK_APPRAISAL",
        name=Text("检测、鉴定期间", "Time of a test or an appraisal"),
        starts=Text("发出委托书", "Letter to the institution"),
        article=cite((AEL, "25"), (MSA, "32")),
        length=None,
        rolls=False,
        effect=Effect.WARN,
    ),
    ClockRule(
        code="CLK_ASSIST",
        name=Text("协助调查复函", "Reply to a letter of assistance"),
        starts=Text("发出协助调查函", "Letter sent"),
        article=cite((APL, "26"), (MSA, "45")),
        length=working("assist"),
        rolls=False,
        effect=Effect.WARN,
    ),
)
