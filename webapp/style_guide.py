"""The living style guide: every part and state drawn from the real macros, in both themes.

Registered only in demo and development (``app.register_blueprint(style_guide.blueprint)``), so
that a screen is built from what stands here. The people and parties are fictional.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, render_template

from models.duration import Exclusion, Light, PeriodUnit, Step, StepKind
from models.errors import Text, Violation
from models.types import ClockState
from webapp.field_errors import field_errors, summary
from webapp.fields import Choice, Uploads, form_view
from webapp.i18n import lang
from webapp.presenters import clocks
from webapp.presenters.due import due_badge, settled_badge
from workflows.forms import Form, read_form

blueprint = Blueprint("style_guide", __name__)

NOW = datetime(2025, 5, 19, 6, 2, tzinfo=UTC)
SAMPLE_LIMIT = 50 * 1024 * 1024


@blueprint.get("/style-guide")
def show() -> str:
    """The page."""
    return render_template("style_guide.html", **examples())


def examples() -> dict[str, Any]:
    """Sample data for every macro, made by the real presenters."""
    return {"badges": _badges(), "cards": [_case_clock(), _review_clock()], **_form_example()}


def _badges() -> list[Any]:
    day, work, hour = PeriodUnit.CALENDAR_DAY, PeriodUnit.WORKING_DAY, PeriodUnit.HOUR
    return [
        due_badge(-2, day, Light.RED),
        due_badge(-2, work, Light.RED),
        due_badge(-1, day, Light.AMBER),
        due_badge(0, work, Light.AMBER),
        due_badge(3, work, Light.AMBER),
        due_badge(9, work, Light.OK),
        due_badge(20, hour, Light.OK),
        settled_badge(ClockState.SUSPENDED),
        settled_badge(ClockState.MET),
        settled_badge(ClockState.MET, in_time=False),
        settled_badge(ClockState.EXPIRED),
    ]


def _case_clock() -> clocks.Card:
    """The sum of the mock-up: ninety days, an appraisal and a hearing not counted."""
    spans = [
        Exclusion("appraisal", date(2025, 3, 10), date(2025, 3, 25)),
        Exclusion("hearing", date(2025, 4, 25), date(2025, 5, 14)),
    ]
    steps = [
        Step(StepKind.START, {"day": "2025-03-03"}),
        Step(StepKind.BASE, {"count": 90, "unit": "calendar_day", "day": "2025-06-01"}),
        *(_excluded(span) for span in spans),
    ]
    last, outer = date(2025, 7, 5), date(2025, 7, 7)
    return clocks.Card(
        Text("办案期限", "Handling the case")[lang()],
        due_badge(47, PeriodUnit.CALENDAR_DAY, Light.OK),
        clocks.last_line(last, outer, lang()),
        clocks.bar(date(2025, 3, 3), last, date(2025, 5, 19), spans),
        clocks.sum_lines(steps, lang(), Text("应当作出决定", "Decision due")[lang()]),
        {"text": Text("《行政处罚法》第六十条", "Administrative Penalty Law, art. 60")[lang()]},
    )


def _excluded(span: Exclusion) -> Step:
    ends = {"appraisal": "2025-06-16", "hearing": "2025-07-05"}
    count = (span.end - span.start).days
    words = {**span.plain(), "count": count, "unit": "calendar_day", "day": ends[span.reason]}
    return Step(StepKind.EXCLUSION, words)


def _review_clock() -> clocks.Card:
    steps = [
        Step(StepKind.START, {"day": "2025-05-16"}),
        Step(StepKind.BASE, {"count": 10, "unit": "working_day", "day": "2025-05-30"}),
    ]
    last = date(2025, 5, 30)
    return clocks.Card(
        Text("法制审核期限", "Legal review")[lang()],
        due_badge(3, PeriodUnit.WORKING_DAY, Light.AMBER),
        clocks.last_line(last, last, lang()),
        clocks.bar(date(2025, 5, 16), last, date(2025, 5, 27), (), "soon"),
        clocks.sum_lines(steps, lang()),
    )


def _form_example() -> dict[str, Any]:
    form = sample_form()
    values = {"outcome": "correct", "fine": "120000", "told": True, "persons": ["li"]}
    violations = [
        Violation(
            "V27",
            Text("不得高于已告知的 100,800 元。", "Not more than the 100,800 yuan in the notice."),
            Text("《行政处罚法》第四十五条", "Administrative Penalty Law, art. 45"),
            "fine",
        ),
        Violation("required", Text("必填。", "This is required."), field="reasons"),
    ]
    view = form_view(
        form,
        values,
        lang=lang(),
        choices={"person": _people()},
        errors=field_errors(violations, lang()),
        uploads=Uploads("/uploads", SAMPLE_LIMIT),
    )
    return {"view": view, "summary": summary(view, violations, lang())}


def _people() -> list[Choice]:
    words = lang()
    lapsed = Text("执法证已于 5月1日 过期", "Certificate expired on 1 May")[words]
    number = Text("执法证 33021100002", "Certificate 33021100002")[words]
    return [Choice("li", "李强", number), Choice("zhou", "周敏", "", lapsed)]


def sample_form() -> Form:
    """A form with one field of each common type."""
    return read_form(
        {
            "id": "sample",
            "title": {"zh": "示例表单", "en": "Sample form"},
            "fields": [
                _definition("outcome", "choice", "审核意见", "Opinion", required=True)
                | {
                    "options": [
                        _option("agree", "同意", "Agree"),
                        _option("correct", "建议纠正", "Correct"),
                    ]
                },
                _definition("reasons", "textarea", "审核理由", "Reasons")
                | {"required": {"when": 'outcome != "agree"'}, "max_length": 200},
                _definition("fine", "money", "罚款（元）", "Fine (yuan)", required=True),
                _definition("held_at", "datetime", "时间", "Time"),
                _definition("persons", "persons", "参加人员", "Present"),
                _definition("told", "boolean", "已当面告知权利", "Rights told", required=True),
                _definition("scan", "file", "扫描件", "Scan"),
            ],
        }
    )


def _definition(name: str, kind: str, zh: str, en: str, required: bool = False) -> dict[str, Any]:
    return {"name": name, "type": kind, "label": {"zh": zh, "en": en}, "required": required}


def _option(value: str, zh: str, en: str) -> dict[str, str]:
    return {"value": value, "zh": zh, "en": en}
