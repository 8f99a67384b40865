"""Clocks of the levels of joint review (“1+3”会审), one for each level.

No statute sets them: MSA 55 gives the reviewer ten working days in all, the shares of the levels
are local rules, kept as dated parameters.
"""

from models.clock_rule import ClockRule, Effect, working
from models.errors import Text
from models.laws import MSA, cite
from models.types import ReviewLevel


def _level(level: str, name: Text) -> ClockRule:
    return ClockRule(
        code=f"CLK_LEGAL_REVIEW_{level.upper()}",
        name=name,
        starts=Text("提请会审", "Opinion asked for"),
        article=cite((MSA, "55")),
        length=working(f"legal_review_{level}"),
        rolls=False,
        effect=Effect.ESCALATE,
    )


REVIEW_LEVEL_CLOCKS = {
    ReviewLevel.DEPARTMENT: "CLK_LEGAL_REVIEW_DEPARTMENT",
    ReviewLevel.JUSTICE_OFFICE: "CLK_LEGAL_REVIEW_JUSTICE",
    ReviewLevel.CONSULTATION: "CLK_LEGAL_REVIEW_CONSULTATION",
}
"""Each level has a clock of its own, beside that of the statutory review."""
REVIEW_LEVEL_RULES = (
    _level("department", Text("部门审核", "Opinion of the department")),
    _level("justice", Text("司法所审核", "Opinion of the justice office")),
    _level("consultation", Text("会商审核", "Consultation")),
)
