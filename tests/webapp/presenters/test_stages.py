"""The stage strip tells where a case stands and how long each stage took."""

from datetime import date

from webapp.presenters.stages import STEPS, Visit, sentence, strip

TODAY = date(2025, 6, 5)


def test_parallel_work_is_shown_as_parallel() -> None:
    visits = [
        Visit("service", date(2025, 5, 28), date(2025, 5, 29)),
        Visit("enforcement", date(2025, 5, 30), None),
        Visit("disclosure", date(2025, 5, 29), None),
    ]
    stages = strip(visits, TODAY)
    assert len(stages) == len(STEPS)
    assert [(s.label, s.note) for s in stages if s.state == "here"] == [
        ("执行", "在此，第 7 天"),
        ("公示", "在此，第 8 天"),
    ]
    assert sentence(stages) == "执行（在此，第 7 天）；公示（在此，第 8 天）"


def test_a_stage_done_twice_adds_its_days_and_names_its_rounds() -> None:
    visits = [
        Visit("review", date(2025, 4, 8), date(2025, 4, 11)),
        Visit("review", date(2025, 4, 14), date(2025, 4, 23)),
    ]
    review = strip(visits, TODAY)[list(STEPS).index("review")]
    assert (review.state, review.note) == ("done", "12 天，2 轮")


def test_a_stage_that_was_passed_over_is_done_without_days_and_what_lies_ahead_is_not() -> None:
    stages = strip([Visit("decision", date(2025, 6, 1), date(2025, 6, 1))], TODAY)
    assert [stage.state for stage in stages] == ["done"] * 7 + ["todo"] * 5
    assert stages[list(STEPS).index("decision")].note == "当日"
    assert sentence(stages) == "已办到决定"


def test_a_case_that_has_not_begun_says_nothing() -> None:
    assert sentence(strip([], TODAY)) == ""
