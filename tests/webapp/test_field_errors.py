"""A refusal names everything at once, in the order of the page, each line leading to its field."""

from models.errors import Text, Violation
from tests.webapp.test_fields import definition, form_of
from webapp.field_errors import field_errors, summary
from webapp.fields import form_view

ARTICLE = Text("《行政处罚法》第四十五条", "Administrative Penalty Law, art. 45")


def violation(rule: str, field: str | None, article: Text = ARTICLE) -> Violation:
    return Violation(rule, Text(f"{rule} 不对。", f"{rule} is wrong."), article, field)


def test_lines_stand_in_the_order_of_the_page_and_the_case_comes_last() -> None:
    view = form_view(form_of(definition("fine", "money"), definition("why", "text")), {})
    given = [violation("V09", None), violation("V02", "why"), violation("V01", "fine")]
    lines = summary(view, given)
    assert [line.field_id for line in lines] == ["f-fine", "f-why", ""]
    assert lines[0].lead == "“fine”"
    assert lines[2].law == "《行政处罚法》第四十五条"


def test_a_field_in_a_row_is_named_with_its_row() -> None:
    form = form_of(definition("answers", "rows", columns=[definition("q", "text")]))
    view = form_view(form, {"answers": [{"q": "一"}, {"q": ""}]})
    (line,) = summary(view, [violation("required", "answers.1.q")])
    assert line.lead == "“answers”第 2 项的“q”"
    assert line.field_id == "f-answers-1-q"


def test_a_reason_about_a_field_that_the_page_does_not_have_still_shows() -> None:
    view = form_view(form_of(definition("fine", "money")), {})
    (line,) = summary(view, [violation("V05", "elsewhere")], "en")
    assert (line.text, line.field_id) == ("V05 is wrong.", "")


def test_messages_are_gathered_by_field_and_those_of_the_case_left_out() -> None:
    found = field_errors(
        [violation("V01", "fine"), violation("V02", "fine"), violation("V03", None)]
    )
    assert found == {"fine": ["V01 不对。", "V02 不对。"]}
