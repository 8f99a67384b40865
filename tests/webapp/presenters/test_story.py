"""Acts as sentences with who did them in front."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from models.errors import Text
from webapp import i18n
from webapp.presenters import story
from workflows.queries.timeline import Entry, Told

TODAY = date(2025, 9, 24)


@pytest.fixture(autouse=True)
def _page() -> Iterator[None]:
    app = Flask(__name__)
    i18n.register(app)
    with app.test_request_context():
        yield


def entry(*told: tuple[str, str], **changed: Any) -> Entry:
    """One act of Zhang Ming's."""
    values: dict[str, Any] = {
        "id": 1, "position": 1, "at": datetime(2025, 9, 11, 2, tzinfo=UTC),
        "actor": Text("张明", "Zhang Ming"), "acting_for": None, "via": "page",
        "command": "RecordInquiry", "told": tuple(Told("t", Text(*each), True) for each in told),
    }  # fmt: skip
    return Entry(**{**values, **changed})


def test_the_person_stands_in_front_of_what_they_did() -> None:
    line = story.line(entry(("询问陈立新。", "Questioned 陈立新.")), TODAY)
    assert line.text == "<b>张明</b>询问陈立新。"
    assert line.time == "9月11日 10:00"
    assert line.iso == "2025-09-11T10:00+08:00"


def test_in_english_a_colon_parts_them() -> None:
    line = story.line(entry(("询问陈立新。", "Questioned Chen.")), TODAY, "en")
    assert line.text == "<b>Zhang Ming</b>: Questioned Chen."


def test_what_the_party_did_is_only_reported() -> None:
    line = story.line(entry(("当事人书面放弃陈述申辩。", "The party waived.")), TODAY)
    assert line.text == "<b>张明</b>：当事人书面放弃陈述申辩。"


def test_what_somebody_wrote_is_never_a_mark_of_the_page() -> None:
    line = story.line(entry(("备注：<script>alert(1)</script>", "Note")), TODAY)
    assert "<script>" not in line.text


def test_a_clock_acts_without_a_name_and_a_substitute_says_for_whom() -> None:
    assert story.line(entry(("期限届满。", "Over."), actor=None), TODAY).text == "期限届满。"
    acted = story.line(entry(("同意。", "Agreed."), acting_for=Text("吴刚", "Wu Gang")), TODAY)
    assert acted.sub == "代吴刚履行职责。"


def test_differences_name_the_rows_and_leave_the_engine_out() -> None:
    found = story.differences(
        [
            {"table": "process_instance", "before": {"rev": 1}, "after": {"rev": 2}},
            {"table": "case", "before": {"stage": "lead"}, "after": {"stage": "filed"}},
            {"table": "evidence", "before": None, "after": {"name": "照片", "place": None}},
        ]
    )
    assert [(c.table, c.name, c.before, c.after) for c in found] == [
        ("案件", "stage", "lead", "filed"),
        ("证据", "name", "", "照片"),
    ]


def test_what_was_looked_at_is_told_in_words() -> None:
    assert story.look_words("case:facts") == "事实与证据"
    assert story.look_words("evidence:3") == "证据 3"
