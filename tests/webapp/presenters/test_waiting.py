"""Who something waits for, in words that an officer would use."""

from models.duration import PeriodUnit
from webapp.presenters.waiting import names, span, waits_for


def test_many_names_are_counted_after_the_third() -> None:
    assert names(["张明", "李强"]) == "张明、李强"
    assert names(["张明", "李强", "孙丽", "王静", "周敏"]) == "张明、李强、孙丽等 5 人"


def test_a_claimed_task_waits_for_its_holder_and_an_open_one_for_the_role() -> None:
    assert waits_for("王静", ["王静", "吴刚"], "法制审核人员") == "等王静办理"
    assert waits_for("", ["王静", "吴刚"], "法制审核人员") == "等法制审核人员认领（王静、吴刚）"


def test_a_task_that_nobody_may_do_says_so() -> None:
    assert waits_for("", [], "法制审核人员") == "没有人可以办：法制审核人员空缺"


def test_a_length_is_said_in_its_own_unit() -> None:
    assert [span(6, PeriodUnit.MONTH), span(90, PeriodUnit.CALENDAR_DAY)] == ["6 个月", "90 日"]
    assert [span(10, PeriodUnit.WORKING_DAY), span(24, PeriodUnit.HOUR)] == [
        "10 个工作日",
        "24 小时",
    ]
