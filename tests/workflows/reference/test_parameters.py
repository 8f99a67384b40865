"""The shipped parameters agree with the table of clocks; bad files are refused."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from pathlib import Path

import pytest

from models.clock_rules import CLOCK_RULES, ClockRule
from workflows.reference.parameters import ParameterFileError, load_parameters

PATH = Path(__file__).parents[3] / "bpmn" / "_shared" / "parameters.yaml"
SHIPPED = load_parameters(PATH)
RULES = [pytest.param(rule, id=rule.code) for rule in CLOCK_RULES.values()]
GOOD = """\
parameters:
  - key: clk_state.days
    zh: 陈述申辩
    en: Statement
    unit: working_day
    source: MSA 57
    verified: false
    values:
      - {from: 2021-07-15, value: 5, subject: null}
      - {from: 2026-01-01, value: 3, subject: luotuo, unit: calendar_day}
"""


def value(key: str) -> object:
    return SHIPPED[key].values[-1].value


LAW = """
    verify.days=15w verify.extension_days=15w juris_negotiate.days=7w case.days=90d
    case.extension_days=30d legal_review.days=10w state.days=5w hearing_req.days=5w
    hearing_notice.days=7w serve.days=7w announce_service.days=30d publish.days=7w
    withdraw.days=3w pay.days=15d surcharge.days=34d cash.days=2w cash_bank.days=2w
    urge.days=10w reconsider.days=60d sue.months=6m sue.after_reconsideration_days=15d
    court_apply.months=3m recon_forward.days=5w recon_reply.days=10w recon_reply.simple_days=5w
    court_reply.days=15d recon_opinion.days=60d crim_approve.days=3d crim_send.hours=24h
    crim_object.days=3d crim_handover.days=3d close.days=15w simple_file.days=7w
    fast_track.days=7w limitation.months=24m limitation.serious_months=60m hold.days=7w
    urgent_approval.hours=24h seize.days=30d seize.extension_days=30d assist.days=15w
    legal_review_department.days=5w legal_review_justice.days=5w
    legal_review_consultation.days=5w
    appeal.days=15d appeal.ruling_days=10d court_accept.days=5w court_object.days=15d
    substitute_urge.days=3w pause_end.months=36m
    transfer.receipt_days=1w transfer.accept_days=5w follow_up.days=30d
"""
"""Domain.md 1.2, written down a second time: length and unit (working or calendar days, months,
hours) of every clock, so that a slip in the file of parameters does not pass for law. The last
line holds periods of our own, the two before it those of ALL 85 (appeal) and AEL 39, 51, 56, 58
(pause of three years, substitute performance, court), in working days where AEL 69 makes them so.
"""
LETTERS = {"w": "working_day", "d": "calendar_day", "m": "month", "h": "hour"}


def test_the_lengths_of_all_clocks_are_those_of_the_digest() -> None:
    told = dict(entry.split("=") for entry in LAW.split())
    found = {
        length.parameter.removeprefix("clk_"): (length.parameter, str(length.unit))
        for rule in CLOCK_RULES.values()
        for length in rule.lengths()
    }
    assert set(told) == set(found)
    for key, (parameter, unit) in found.items():
        shipped = SHIPPED[parameter]
        assert (shipped.values[0].value, shipped.unit) == (int(told[key][:-1]), unit)
        assert unit == LETTERS[told[key][-1]]


@pytest.mark.parametrize("rule", RULES)
def test_every_clock_has_its_warning_lead_and_an_extendable_one_its_cap(rule: ClockRule) -> None:
    assert rule.amber_parameter in SHIPPED
    assert (rule.extension_times_parameter in SHIPPED) == (rule.extension is not None)


def test_no_clock_parameter_belongs_to_no_clock() -> None:
    prefixes = {rule.prefix for rule in CLOCK_RULES.values()}
    strangers = {key for key in SHIPPED if key.startswith("clk_")}
    assert {key.split(".")[0] for key in strangers} <= prefixes


def test_the_surcharge_reaches_its_cap_on_the_day_that_its_clock_ends() -> None:
    rate, cap = (Fraction(str(value(f"surcharge.{key}"))) for key in ("rate_per_day", "cap"))
    assert ceil(cap / rate) == value("clk_surcharge.days") == 34


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("simple.ceiling.natural_person", 200),
        ("simple.ceiling.entity", 3000),
        ("hearing.threshold.entity", 100_000),
        ("discussion.quorum", "2/3"),
        ("discussion.majority_of", "all_members"),
        ("discussion.head_speaks_last", True),
        ("first_violation.months", 12),
        ("clk_limitation.months", 24),
        ("clk_limitation.serious_months", 60),
        ("clk_announce_service.days", 30),
        ("upload.limit_bytes", 2 * 1024**3),
    ],
)
def test_the_values_of_the_digest_are_there(key: str, expected: object) -> None:
    assert value(key) == expected


def test_a_quorum_is_an_exact_fraction_that_four_of_six_fill_and_three_do_not() -> None:
    quorum = Fraction(str(value("discussion.quorum")))
    assert Fraction(4, 6) >= quorum > Fraction(3, 6)


def test_what_was_only_remembered_or_designed_is_never_called_verified() -> None:
    marks = ("[recall]", "[open]", "范本", "未查到", "转述")
    wrong = [p.key for p in SHIPPED.values() if p.verified and any(m in p.source for m in marks)]
    assert wrong == []
    assert not SHIPPED["hearing.threshold.natural_person"].verified
    assert SHIPPED["clk_case.days"].verified


def test_the_display_period_changes_with_the_credit_repair_measures() -> None:
    old, new = SHIPPED["disclosure.display_months"].values
    assert new.effective_from == date(2026, 4, 1)
    assert (old.value["ordinary"], new.value["ordinary"]) == ([3, 36], [3, 12])


def test_money_and_counts_are_exact_numbers() -> None:
    for parameter in SHIPPED.values():
        if parameter.unit == "yuan":
            assert Decimal(parameter.values[0].value) > 0


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "parameters.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_place_may_have_its_own_value_in_its_own_unit(tmp_path: Path) -> None:
    everyone, luotuo = load_parameters(write(tmp_path, GOOD))["clk_state.days"].values
    assert (everyone.subject, everyone.unit) == (None, "working_day")
    assert (luotuo.subject, luotuo.unit, luotuo.value) == ("luotuo", "calendar_day", 3)


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("verified: false", "verified: no", "verified must be true or false"),
        ("verified: false", "verifed: false", "expected the keys"),
        ("unit: working_day", "unit: fortnight", "not in the unit"),
        ("value: 5", "value: five", "not in the unit"),
        ("value: 5", "value: -5", "not in the unit"),
        ("value: 5", "value: true", "not in the unit"),
        ("value: 5", "value: {a: [3, 1]}", "not in the unit"),
        ("unit: working_day\n", "unit: fraction\n", "not in the unit"),
        ("2026-01-01, value: 3, subject: luotuo", "2021-07-15, value: 3, subject: null", "one day"),
        ("from: 2021-07-15", "from: soon", "from must be a date"),
        ("from: 2021-07-15", "from: 2021-07-15T00:00:00", "from must be a date"),
        ("subject: null", "subject: 7", "subject must be"),
        ("subject: null", "subjekt: null", "expected the keys"),
        ("zh: 陈述申辩", "zh: ''", "zh must be a text"),
        ("parameters:", "parameter:", "expected `parameters`"),
        (GOOD, "parameters: []", "not empty"),
        (GOOD, GOOD + GOOD.removeprefix("parameters:\n"), "clk_state.days stands twice"),
        (GOOD, "parameters: [", "parameters.yaml"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, right: str, wrong: str, reason: str) -> None:
    with pytest.raises(ParameterFileError, match=reason):
        load_parameters(write(tmp_path, GOOD.replace(right, wrong)))


@pytest.mark.parametrize(
    ("unit", "value", "fits"),
    [
        ("fraction", '"2/3"', True),
        ("fraction", "0.667", False),
        ("fraction", '"0.667"', False),
        ("fraction", '"1/0"', False),
        ("date", '"2018-01-01"', True),
        ("date", '"2018-02-30"', False),
        ("all|threshold", "all", True),
        ("all|threshold", "some", False),
        ("text", "x", True),
        ("text", "' '", False),
        ("boolean", "true", True),
        ("boolean", "yes", False),
        ("month", "{slight: [0, 3]}", True),
    ],
)
def test_a_value_must_suit_its_unit(tmp_path: Path, unit: str, value: str, fits: bool) -> None:
    text = GOOD.replace("unit: working_day\n", f"unit: {unit}\n").replace(
        "value: 5", f"value: {value}"
    )
    path = write(tmp_path, text)
    if fits:
        assert load_parameters(path)
    else:
        with pytest.raises(ParameterFileError):
            load_parameters(path)
