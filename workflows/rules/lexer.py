"""Cells cut into tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflows.rules.errors import RuleError

LONGEST_CELL = 2_000
"""Characters. A longer cell is a mistake, and would be work that a hostile file asks for."""

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    | (?P<text>"(?:[^"\\\x00-\x1f]|\\.)*")
    | (?P<number>-?[0-9]+(?:\.[0-9]+)?)
    | (?P<range>\.\.)
    | (?P<order><=|>=|<|>)
    | (?P<name>[^\W\d]\w*)
    | (?P<mark>[-,()\[\]])""",
    re.VERBOSE,
)

_TYPED_BY_AN_INPUT_METHOD = "“”„‘’，（）【】《》＜＞－"


@dataclass(frozen=True)
class Token:
    """A piece of a cell: its kind (text, number, range, order, name, mark) and its characters."""

    kind: str
    text: str


def tokens(cell: str) -> list[Token]:
    """The tokens of one cell, white space left out."""
    if len(cell) > LONGEST_CELL:
        raise RuleError(
            f"单元格超过 {LONGEST_CELL} 个字符", f"cell longer than {LONGEST_CELL} characters"
        )
    found: list[Token] = []
    position = 0
    while position < len(cell):
        match = _TOKEN.match(cell, position)
        if match is None:
            raise _unreadable(cell, position)
        position = match.end()
        if match.lastgroup != "space":
            found.append(Token(str(match.lastgroup), match.group()))
    return found


def _unreadable(cell: str, position: int) -> RuleError:
    character = cell[position]
    if character in _TYPED_BY_AN_INPUT_METHOD:
        return RuleError(
            f"“{character}”是全角符号，请改用半角符号",
            f"{character!r} is a full-width character: use the plain ASCII one",
        )
    if character == '"':
        return RuleError("文本缺少右引号", "a text lacks its closing quote")
    return RuleError(f"无法识别的字符“{character}”", f"unreadable character {character!r}")
