"""The table of clocks: complete, explained in both languages, sound in itself."""

import re
from datetime import datetime

import pytest

from models.clock_rule import EFFECTS
from models.clock_rules import CLOCK_RULES, ClockRule, Effect
from models.duration import SHANGHAI, PeriodUnit, amber_at, compute
from models.duration_text import REASONS
from models.laws import APL, MSA, cite
from tests.models.calendars import FOLDER, SHIPPED
from workflows.reference.parameters import load_parameters

PARAMETERS = load_parameters(FOLDER.parent / "parameters.yaml")
RULES = [pytest.param(rule, id=rule.code) for rule in CLOCK_RULES.values()]
REGISTRY = frozenset(
    """
CLK_VERIFY CLK_JURIS_NEGOTIATE CLK_HOLD CLK_URGENT_APPROVAL CLK_SEIZE CLK_CASE CLK_LEGAL_REVIEW
CLK_STATE CLK_HEARING_REQ CLK_HEARING_NOTICE CLK_SERVE CLK_ANNOUNCE_SERVICE CLK_PUBLISH
CLK_WITHDRAW CLK_PAY CLK_SURCHARGE CLK_CASH CLK_URGE CLK_RECONSIDER CLK_SUE CLK_COURT_APPLY
CLK_RECON_FORWARD CLK_RECON_REPLY CLK_COURT_REPLY CLK_RECON_OPINION CLK_CRIM_APPROVE
CLK_CRIM_SEND CLK_CRIM_OBJECT CLK_CRIM_HANDOVER CLK_CLOSE CLK_SIMPLE_FILE CLK_LIMITATION
""".split()  # noqa: SIM905
)


def test_every_clock_of_the_registry_is_there() -> None:
    # More: the order and the promise to correct, the second leg of cash taken on the spot, the
    # internal limit of quick handling, the period that a letter to an institution fixes, the
    # reply to a letter of assistance, the display of a decision, the levels of joint review, the
    # answers to transfers, what the court and the law give in enforcement, the appeal, and what
    # follows from a remedy.
    assert set(CLOCK_RULES) == {
        *REGISTRY,
        "CLK_CORRECT",
        "CLK_APPEAL",
        "CLK_FOLLOW_UP",
        "CLK_REDO",
        "CLK_PROMISE",
        "CLK_DISPLAY",
        "CLK_CASH_BANK",
        "CLK_FAST_TRACK",
        "CLK_APPRAISAL",
        "CLK_ASSIST",
        "CLK_TRANSFER_RECEIPT",
        "CLK_TRANSFER_ACCEPT",
        "CLK_LEGAL_REVIEW_DEPARTMENT",
        "CLK_LEGAL_REVIEW_JUSTICE",
        "CLK_LEGAL_REVIEW_CONSULTATION",
        "CLK_COURT_ACCEPT",
        "CLK_COURT_OBJECT",
        "CLK_SUBSTITUTE_URGE",
        "CLK_PAUSE_END",
    }


@pytest.mark.parametrize("rule", RULES)
def test_a_clock_is_told_in_both_languages_with_its_article(rule: ClockRule) -> None:
    for text in (rule.name, rule.starts, rule.article, EFFECTS[rule.effect]):
        assert re.search("[一-鿿]", text.zh)
        assert re.search("[A-Za-z]{3}", text.en)
        assert not re.search("[一-鿿]", text.en)


@pytest.mark.parametrize("rule", RULES)
def test_reasons_that_do_not_count_have_names(rule: ClockRule) -> None:
    assert set(rule.not_counted) <= set(REASONS)


@pytest.mark.parametrize("rule", RULES)
def test_the_warning_comes_after_the_start_and_before_the_end(rule: ClockRule) -> None:
    start = datetime(2025, 9, 10, 9, tzinfo=SHANGHAI)
    for length in rule.lengths():
        period = length.period(int(PARAMETERS[length.parameter].values[0].value))
        deadline = compute(period, start, rolls=rule.rolls, calendar=SHIPPED)
        warning = amber_at(deadline, int(PARAMETERS[rule.amber_parameter].values[0].value), SHIPPED)
        assert warning < deadline.due_at
        if length is rule.length:
            assert warning > start


def test_only_the_ninety_days_and_the_limitation_refuse_an_act_when_over() -> None:
    assert {rule.code for rule in CLOCK_RULES.values() if rule.blocks} == {
        "CLK_CASE",
        "CLK_LIMITATION",
    }
    assert CLOCK_RULES["CLK_STATE"].effect is Effect.WAIVED


def test_the_law_on_criminal_transfer_is_read_strictly() -> None:
    for code in ("CLK_CRIM_APPROVE", "CLK_CRIM_OBJECT", "CLK_CRIM_HANDOVER"):
        rule = CLOCK_RULES[code]
        assert rule.length
        assert (rule.rolls, rule.length.unit) == (False, PeriodUnit.CALENDAR_DAY)


def test_a_place_may_count_a_length_in_another_unit() -> None:
    length = CLOCK_RULES["CLK_VERIFY"].length
    assert length
    assert length.period(15).unit is PeriodUnit.WORKING_DAY
    assert length.period(15, "calendar_day").unit is PeriodUnit.CALENDAR_DAY


def test_a_citation_names_each_law_with_its_articles() -> None:
    cited = cite((APL, "56 85"), (MSA, "35"))
    assert cited.zh == "《行政处罚法》第56条、第85条；《市场监督管理行政处罚程序规定》第35条"
    assert cited.en == (
        "Administrative Penalty Law, art. 56, art. 85; "
        "Market Regulation Penalty Procedure Rules, art. 35"
    )
