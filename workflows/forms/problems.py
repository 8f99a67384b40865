"""What may be wrong with a value that someone filled in, as codes with texts."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import Text


@dataclass(frozen=True)
class Problem:
    """A reason why a value is refused: a stable code and a sentence that says what to do."""

    code: str
    message: Text


REQUIRED = Problem("required", Text("必填。", "This is required."))
NOT_TICKED = Problem("not_ticked", Text("须勾选确认。", "Tick this to confirm."))
UNKNOWN = Problem("unknown", Text("表单中没有这个字段。", "The form has no such field."))
NOT_AN_OBJECT = Problem("not_an_object", Text("应为一组字段。", "A set of fields is expected."))
NOT_A_LIST = Problem("not_a_list", Text("应为列表。", "A list is expected."))
NOT_TEXT = Problem("not_text", Text("应为文字。", "A text is expected."))
CONTROL_CHARACTER = Problem(
    "control_character",
    Text(
        "含有不可见的控制字符，请重新输入。",
        "It holds an invisible control character: type it again.",
    ),
)
LINE_BREAK = Problem("line_break", Text("不能换行。", "Line breaks are not allowed here."))
NOT_AN_OPTION = Problem("not_an_option", Text("不在可选范围内。", "Not one of the options."))
TWICE = Problem("twice", Text("重复选择。", "The same item appears twice."))
NOT_A_DATE = Problem(
    "not_a_date", Text("应为有效日期，如 2025-09-30。", "Give a date such as 2025-09-30.")
)
NOT_A_TIME = Problem(
    "not_a_time",
    Text(
        "应为有效日期和时间，如 2025-09-30T10:00。",
        "Give a date and time such as 2025-09-30T10:00.",
    ),
)
NOT_MONEY = Problem(
    "not_money",
    Text("应为金额（元），至多两位小数。", "Give an amount in yuan, at most two decimals."),
)
NOT_AN_INTEGER = Problem("not_an_integer", Text("应为整数。", "Give a whole number."))
NOT_A_BOOLEAN = Problem("not_a_boolean", Text("应为是或否。", "Give true or false."))
NOT_A_KEY = Problem("not_a_key", Text("不是有效的编号。", "Not a valid key."))


def too_long(most: int) -> Problem:
    return Problem("too_long", Text(f"不能超过 {most} 个字。", f"At most {most} characters."))


def too_small(least: int) -> Problem:
    return Problem("too_small", Text(f"不能小于 {least}。", f"Not less than {least}."))


def too_large(most: int) -> Problem:
    return Problem("too_large", Text(f"不能大于 {most}。", f"Not more than {most}."))


def too_few(least: int) -> Problem:
    return Problem("too_few", Text(f"至少 {least} 项。", f"At least {least} items."))


def too_many(most: int) -> Problem:
    return Problem("too_many", Text(f"至多 {most} 项。", f"At most {most} items."))
