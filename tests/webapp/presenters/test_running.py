"""Clock rows in words: what is left, how it ended, both last days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from models.clock import StatutoryClock
from models.duration import Exclusion, Period, PeriodUnit, compute, fixed, law_day
from models.types import ClockState
from tests.models.calendars import SHIPPED as CALENDAR
from webapp import i18n
from webapp.presenters import running

START = datetime(2025, 3, 3, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _page() -> Iterator[None]:
    app = Flask(__name__)
    i18n.register(app)
    with app.test_request_context():
        yield


def row(code: str = "CLK_CASE", count: int = 90, **changed: Any) -> StatutoryClock:
    """A clock as the record holds it."""
    spans = [Exclusion(**span) for span in changed.pop("spans", [])]
    period = Period(count, changed.pop("unit", PeriodUnit.CALENDAR_DAY))
    deadline = changed.pop("deadline", None) or compute(
        period, START, exclusions=spans, rolls=True, calendar=CALENDAR
    )
    values: dict[str, Any] = {
        "code": code, "state": ClockState.RUNNING, "started_at": START,
        "started_on": deadline.started_on, "length": count, "unit": deadline.unit,
        "extensions": [], "exclusions": [span.plain() for span in spans], "rolls": True,
        "last_day": deadline.last_day, "outer_day": deadline.outer_day, "due_at": deadline.due_at,
        "amber_at": deadline.due_at - timedelta(days=5), "provisional": False,
        "steps": [step.plain() for step in deadline.steps],
        "article": {"zh": "《行政处罚法》第六十条", "en": "art. 60"}, "ended_at": None,
    }  # fmt: skip
    return StatutoryClock(**{**values, **changed})


def test_a_running_clock_shows_its_sum_and_both_last_days() -> None:
    card = running.card(row(count=89), START + timedelta(days=10), CALENDAR)
    # 31 May 2025 is a Saturday, and the Dragon Boat days follow.
    assert card.last_line == "末日 2025年5月31日（周六）；遇休息日顺延，最迟 6月3日（周二）"
    assert card.badge.text == "剩 79 天"
    assert card.sum[0].text == "3月3日 起，89 日"
    assert card.article == {"text": "《行政处罚法》第六十条"}


def test_what_was_kept_says_by_how_much() -> None:
    done = datetime(2025, 5, 20, 2, tzinfo=UTC)
    kept = row(state=ClockState.MET, ended_at=done)
    card = running.card(kept, done, CALENDAR)
    assert card.badge.text == "已在期内办结"
    assert (card.sum[0].text, card.sum[0].value) == ("应在 6月1日 前，实际 5月20日", "提前 12 日")


def test_what_was_not_kept_says_how_late_it_was() -> None:
    done = datetime(2025, 6, 10, 2, tzinfo=UTC)
    card = running.card(row(state=ClockState.MET, ended_at=done), done, CALENDAR)
    assert card.badge.text == "逾期办结"
    assert card.sum[0].value == "超期 9 天"


def test_many_hours_are_told_in_days() -> None:
    until = START + timedelta(days=6)
    clock = row("CLK_CORRECT", 1, deadline=fixed(START, until))
    assert running.badge(clock, START, CALENDAR).text == "剩 6 天"
    assert running.badge(clock, until - timedelta(hours=7), CALENDAR).text == "剩 7 小时"
    assert running.card(clock, START, CALENDAR).sum[0].text == "文书载明的期限"


def test_days_not_counted_are_taken_off_the_time_used() -> None:
    spans = [
        {"reason": "appraisal", "start": date(2025, 3, 10), "end": date(2025, 3, 25)},
        {"reason": "hearing", "start": date(2025, 3, 20), "end": date(2025, 3, 30)},
    ]
    now = datetime(2025, 4, 12, 2, tzinfo=UTC)
    assert running.days_used(row(spans=spans), now) == (20, 40, 20)
    assert law_day(now) == date(2025, 4, 12)


def test_the_overview_puts_the_remedies_on_one_card_and_keeps_the_case() -> None:
    decided = datetime(2025, 5, 20, 2, tzinfo=UTC)
    rows = [
        row(state=ClockState.MET, ended_at=decided),
        row("CLK_VERIFY", 15, state=ClockState.MET, ended_at=START),
        row("CLK_RECONSIDER", 60),
        row("CLK_SUE", 6, unit=PeriodUnit.MONTH),
        row("CLK_PAY", 15),
    ]
    titles = [card.title for card in running.overview(rows, START, CALENDAR)]
    assert titles == ["缴纳罚款", "当事人救济", "办案期限"]
