"""Form definitions become accessible fields whose posted names the forms package reads back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask, render_template_string

from models.errors import Text
from webapp import frontend
from webapp.fields import Choice, FieldView, FormView, Uploads, form_view
from workflows.forms import Form, Option, from_form, read_form

PACKS = Path(__file__).parents[2] / "bpmn"
FORMS = sorted(PACKS.glob("*/forms/*.yaml"))
UPLOADS = Uploads("/uploads", 1024)
VOID = {"input", "br", "img", "use", "hr"}


def read(path: Path) -> Form:
    return read_form(yaml.safe_load(path.read_text(encoding="utf-8")))


def form_of(*fields: dict[str, Any]) -> Form:
    return read_form({"id": "sample", "title": {"zh": "表", "en": "Form"}, "fields": list(fields)})


def definition(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "label": {"zh": name, "en": name}, "required": False} | more


def options(count: int) -> list[dict[str, str]]:
    return [{"value": f"v{n}", "zh": f"选项{n}", "en": f"Option {n}"} for n in range(count)]


def only(view: FormView) -> FieldView:
    return view.groups[0].fields[0]


@pytest.fixture(scope="module")
def app() -> Flask:
    made = Flask("webapp", root_path=str(PACKS.parent / "webapp"))
    frontend.register(made)
    made.jinja_env.globals["csrf_token"] = lambda: "token"
    return made


def drawn(app: Flask, view: FormView) -> str:
    with app.test_request_context("/"):
        macro = '{% from "components/fields.html" import form_fields %}{{ form_fields(view) }}'
        return render_template_string(macro, view=view)


class Page(HTMLParser):
    """Ids, names, label targets and described-by references of a piece of page; its nesting."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.names: list[str] = []
        self.references: list[str] = []
        self.values: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.inside_template = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self.inside_template += tag == "template"
        if self.inside_template:
            return
        self.ids += [found["id"]] if found.get("id") else []
        for key in ("for", "aria-describedby", "aria-labelledby"):
            self.references += (found.get(key) or "").split()
        self._control(tag, found)

    def _control(self, tag: str, found: dict[str, str | None]) -> None:
        name = found.get("name")
        if tag not in ("input", "select", "textarea") or not name:
            return
        self.names.append(name)
        ticked = found.get("type") not in ("radio", "checkbox") or "checked" in found
        if tag == "input" and ticked:
            self.values.append((name, found.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside_template -= tag == "template"
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes something else"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_shipped_form_is_drawn_with_labels_that_find_their_controls(
    app: Flask, path: Path
) -> None:
    page = Page(drawn(app, form_view(read(path), {}, uploads=UPLOADS)))
    assert not page.open
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_posted_name_of_a_shipped_form_is_one_that_the_form_knows(
    app: Flask, path: Path
) -> None:
    form = read(path)
    page = Page(drawn(app, form_view(form, {}, uploads=UPLOADS)))
    assert set(from_form(form, [(name, "x") for name in page.names])) <= {
        each.name for each in form.fields
    }


def test_values_survive_the_way_to_the_page_and_back(app: Flask) -> None:
    form = form_of(
        definition("name", "text"),
        definition("fine", "money"),
        definition("pages", "integer"),
        definition("told", "boolean"),
        definition("kinds", "choices", options=options(3)),
        definition(
            "rows", "rows", columns=[definition("said", "text"), definition("ok", "boolean")]
        ),
    )
    values = {
        "name": '吴敏 "𠮷" <b>',
        "fine": "1200.5",
        "pages": "3",
        "told": True,
        "kinds": ["v0", "v2"],
        "rows": [{"said": "一", "ok": True}, {"said": "二", "ok": False}],
    }
    page = Page(drawn(app, form_view(form, values)))
    assert from_form(form, page.values) == values


def test_moments_are_shown_in_shanghai_time_and_money_in_plain_figures() -> None:
    form = form_of(
        definition("at", "datetime"), definition("on", "date"), definition("fine", "money")
    )
    values = {
        "at": datetime(2025, 9, 24, 17, 5, tzinfo=UTC),
        "on": date(2025, 9, 24),
        "fine": Decimal("100800.00"),
    }
    shown = [each.value for each in form_view(form, values).every_field()]
    assert shown == ["2025-09-25T01:05", "2025-09-24", "100800"]


@pytest.mark.parametrize(
    ("kind", "count", "layout"),
    [
        ("choice", 9, "radios"),
        ("choice", 10, "select"),
        ("choice", 0, "select"),
        ("choices", 12, "checks"),
    ],
)
def test_a_short_list_stands_open_and_a_long_one_folds(kind: str, count: int, layout: str) -> None:
    form = form_of(definition("pick", kind, options_from="list"))
    listed = [Choice(f"v{n}", f"{n}") for n in range(count)]
    assert only(form_view(form, {}, choices={"list": listed})).layout == layout


def test_a_person_who_may_not_is_shown_with_the_reason_and_cannot_be_picked(app: Flask) -> None:
    form = form_of(definition("second", "person", options_from="record.handlers"))
    people = [Choice("li", "李强"), Choice("zhou", "周敏", refusal="执法证已过期")]
    html = drawn(app, form_view(form, {}, choices={"record.handlers": people}))
    assert "执法证已过期" in html
    assert html.count("disabled") == 1


def test_code_tables_speak_the_language_of_the_page() -> None:
    form = form_of(definition("source", "choice", options_from="case_source"))
    table = {"case_source": (Option("hotline", Text("热线", "Hotline")),)}
    assert only(form_view(form, {}, lang="en", choices=table)).choices[0].label == "Hotline"


def test_a_field_is_hidden_until_its_condition_holds(app: Flask) -> None:
    form = form_of(
        definition("review", "choice", options=options(2)),
        definition(
            "why", "text", show={"when": 'review == "v1"'}, required={"when": 'review == "v1"'}
        ),
    )
    hidden, shown = (list(form_view(form, {"review": v}).every_field())[1] for v in ("v0", "v1"))
    assert (hidden.shown, hidden.optional) == (False, True)
    assert (shown.shown, shown.optional) == (True, False)
    assert shown.show == {"eq": [{"field": "review"}, {"value": "v1"}]}


def test_a_condition_in_a_row_reads_the_columns_of_that_row() -> None:
    columns = [
        definition("there", "boolean"),
        definition("why", "text", show={"when": "not there"}),
    ]
    form = form_of(definition("members", "rows", columns=columns))
    view = only(form_view(form, {"members": [{"there": True}, {"there": False}]}))
    assert [row.fields[1].shown for row in view.rows] == [False, True]


def test_required_rows_begin_with_an_empty_one_and_offer_a_template() -> None:
    form = form_of(definition("answers", "rows", required=True, columns=[definition("q", "text")]))
    view = only(form_view(form, {}))
    assert [each.name for each in view.rows[0].fields] == ["answers-0-q"]
    assert view.template is not None
    assert view.template.fields[0].name == "answers-__row__-q"


def test_a_checklist_lists_every_item_of_the_matter_with_its_verdicts() -> None:
    form = read(PACKS / "_shared" / "forms" / "legal_review.yaml")
    items = [Choice("a", "主体与权限"), Choice("b", "违法事实")]
    view = form_view(form, {"review": "pass"}, choices={"matter.checklist": items})
    checklist = next(each for each in view.every_field() if each.name == "checklist")
    assert checklist.layout == "checklist"
    assert [row.title for row in checklist.rows] == ["主体与权限", "违法事实"]
    assert [row.fields[2].shown for row in checklist.rows] == [False, False]


def test_an_error_stands_at_its_field_inside_its_row(app: Flask) -> None:
    form = form_of(definition("answers", "rows", columns=[definition("q", "text")]))
    values = {"answers": [{"q": "一"}, {"q": ""}]}
    view = form_view(form, values, errors={"answers.1.q": ["必填。"]})
    assert [row.fields[0].errors for row in only(view).rows] == [(), ("必填。",)]
    html = drawn(app, view)
    assert 'id="f-answers-1-q-err"' in html
    assert html.count('aria-invalid="true"') == 1


def test_what_people_type_is_escaped(app: Flask) -> None:
    form = form_of(definition("name", "text"), definition("note", "textarea"))
    html = drawn(app, form_view(form, {"name": '"><script>', "note": "</textarea><script>"}))
    assert "<script" not in html


def test_a_form_without_uploads_says_so_instead_of_offering_them(app: Flask) -> None:
    html = drawn(app, form_view(form_of(definition("scan", "file")), {}))
    assert "这里不能上传文件" in html
    assert '<input type="file"' not in html


def test_a_page_needs_no_style_attribute_and_no_inline_script(app: Flask) -> None:
    for path in FORMS:
        html = drawn(app, form_view(read(path), {}, uploads=UPLOADS))
        assert " style=" not in html
        assert "<script" not in html
        assert " onclick" not in html
