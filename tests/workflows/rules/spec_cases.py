"""S-FEEL and hit policies as the DMN 1.3 specification defines them, one line a case.

Written from the text of the specification (chapters 7.3, 8.2, 9.1-9.2), not from the code. `yes`
and `no` are inputs that pass and that do not; None is FEEL's null.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any, NamedTuple


class Unary(NamedTuple):
    """One input cell of a column's type, with inputs that it lets through and others."""

    section: str
    type: str
    cell: str
    yes: tuple[Any, ...]
    no: tuple[Any, ...]


DAY, NEXT = date(2025, 9, 24), date(2025, 9, 25)
Q = 'date("2025-09-24")'

UNARY = (
    # 9.1 (17): "-" and, in tables drawn by an editor, the empty cell: any value, null too.
    Unary("9.1 irrelevant", "number", "-", (D(0), D(-1), None), ()),
    Unary("9.1 irrelevant", "string", "", ("", "a", None), ()),
    Unary("9.1 irrelevant", "boolean", " - ", (True, False, None), ()),
    # 9.1 (11): an endpoint alone tests equality.
    Unary("9.1 equality", "number", "5", (D(5), D("5.0")), (D("5.1"), None)),
    Unary("9.1 equality", "number", "-5", (D(-5),), (D(5), None)),
    Unary("9.1 equality", "number", "0", (D(0), D("-0")), (D(1), None)),
    Unary("9.1 equality", "number", "1.50", (D("1.5"),), (D("1.51"),)),
    Unary("9.1 equality", "string", '"a"', ("a",), ("A", "", "a ", None)),
    Unary("9.1 equality", "string", '""', ("",), (" ", None)),
    Unary("9.1 equality", "string", '"个体工商户"', ("个体工商户",), ("个体",)),
    Unary("9.1 equality", "boolean", "true", (True,), (False, None)),
    Unary("9.1 equality", "boolean", "false", (False,), (True, None)),
    Unary("9.1 equality", "date", Q, (DAY,), (NEXT, None)),
    # 10.3.1.4 escapes in a string literal.
    Unary("10.3.1.4 escape", "string", r'"a\"b"', ('a"b',), ("ab",)),
    Unary("10.3.1.4 escape", "string", r'"a\\b"', ("a\\b",), ("ab",)),
    Unary("10.3.1.4 escape", "string", r'"\n\t"', ("\n\t",), ("nt",)),
    Unary("10.3.1.4 escape", "string", r'"\u4e2d"', ("中",), ("u4e2d",)),
    # 9.1 (7): comparison of an ordered type with an endpoint.
    Unary("9.1 order", "number", "< 5", (D("4.999999"), D(-9)), (D(5), None)),
    Unary("9.1 order", "number", "<= 5", (D(5),), (D("5.000001"), None)),
    Unary("9.1 order", "number", "> 5", (D("5.000001"),), (D(5), None)),
    Unary("9.1 order", "number", ">= 5", (D(5),), (D("4.999999"), None)),
    Unary("9.1 order", "number", "<5", (D(4),), (D(5),)),
    Unary("9.1 order", "date", f"< {Q}", (date(2025, 9, 23),), (DAY, None)),
    Unary("9.1 order", "date", f">= {Q}", (DAY, NEXT), (date(2025, 9, 23), None)),
    # 9.1 (8)-(10): intervals, each end open or closed, both ways of writing an open end.
    Unary("9.1 interval", "number", "[1..5]", (D(1), D(3), D(5)), (D("0.9"), D("5.1"), None)),
    Unary("9.1 interval", "number", "(1..5]", (D("1.1"), D(5)), (D(1), None)),
    Unary("9.1 interval", "number", "]1..5]", (D("1.1"), D(5)), (D(1), None)),
    Unary("9.1 interval", "number", "[1..5)", (D(1), D("4.9")), (D(5), None)),
    Unary("9.1 interval", "number", "[1..5[", (D(1), D("4.9")), (D(5), None)),
    Unary("9.1 interval", "number", "(1..5)", (D("1.1"), D("4.9")), (D(1), D(5))),
    Unary("9.1 interval", "number", "]1..5[", (D("1.1"), D("4.9")), (D(1), D(5))),
    Unary("9.1 interval", "number", "[-5..-1]", (D(-5), D(-1)), (D(0), D(-6))),
    Unary("9.1 interval", "number", "[3..3]", (D(3),), (D("3.1"), D("2.9"))),
    Unary("9.1 interval", "number", "[0.1..0.3]", (D("0.2"),), (D("0.31"),)),
    Unary("9.1 interval", "number", " [ 1 .. 5 ] ", (D(1), D(5)), (D(6),)),
    Unary("9.1 interval", "date", f'[{Q}..date("2025-09-30")]', (DAY, NEXT), (date(2025, 10, 1),)),
    Unary("9.1 interval", "date", f'({Q}..date("2025-09-30"))', (NEXT,), (DAY, None)),
    # 9.1 (13): several tests, one of which must hold.
    Unary("9.1 disjunction", "string", '"a","b"', ("a", "b"), ("c", "", None)),
    Unary("9.1 disjunction", "number", "1, 3, 5", (D(1), D(3), D(5)), (D(2), None)),
    Unary("9.1 disjunction", "number", "< 0, > 10", (D(-1), D(11)), (D(0), D(10), None)),
    Unary("9.1 disjunction", "number", "[1..2], 5, > 9", (D(1), D(5), D(10)), (D(3), D(9))),
    Unary("9.1 disjunction", "boolean", "true, false", (True, False), (None,)),
    Unary("9.1 disjunction", "date", f"{Q}, >= {Q}", (DAY, NEXT), (date(2025, 9, 23),)),
    # 9.1 (14): not(...), none of which may hold; comparing null is unknown, so neither holds.
    Unary("9.1 negation", "string", 'not("a")', ("b", "", None), ("a",)),
    Unary("9.1 negation", "string", 'not("a","b")', ("c",), ("a", "b")),
    Unary("9.1 negation", "number", "not(5)", (D(4),), (D(5),)),
    Unary("9.1 negation", "number", "not(< 5)", (D(5),), (D(4), None)),
    Unary("9.1 negation", "number", "not([1..5])", (D(0), D(6)), (D(1), D(5), None)),
    Unary("9.1 negation", "number", "not(1, > 5)", (D(2), D(5)), (D(1), D(6))),
    Unary("9.1 negation", "boolean", "not(true)", (False, None), (True,)),
    # 9.1 (19): null equals null and nothing else.
    Unary("9.1 null", "string", "null", (None,), ("", "null")),
    Unary("9.1 null", "number", "not(null)", (D(0),), (None,)),
    Unary("9.1 null", "number", "null, < 5", (None, D(4)), (D(5),)),
)  # fmt: skip

REFUSED = (
    # (type, cell): FEEL that S-FEEL unary tests or this subset leave out.
    ("number", "5 + 1"), ("number", "-x"), ("number", "limit"), ("number", "< limit"),
    ("number", "[low..high]"), ("number", "? > 5"), ("number", "? in [1..5]"),
    ("number", "5 and 6"), ("number", "5 or 6"), ("number", "if true then 1 else 2"),
    ("number", "sum(1, 2)"), ("number", "floor(1.5)"), ("number", "1..5"), ("number", "[1..5"),
    ("number", "1..5]"), ("number", "[5..1]"), ("number", "[1...5]"), ("number", "[1..]"),
    ("number", "= 5"), ("number", "== 5"), ("number", "!= 5"), ("number", "<> 5"),
    ("number", "=< 5"), ("number", "> 5 < 9"), ("number", "5 6"), ("number", "5,"),
    ("number", ",5"), ("number", "1,000.5.2"), ("number", "1e3"), ("number", "0x1F"),
    ("number", ".5"), ("number", "+5"), ("number", "--5"), ("number", "not 5"),
    ("number", "not()"), ("number", "not(not(5))"), ("number", "not(5), 6"), ("number", "not(-)"),
    ("number", "-, 5"), ("number", "5, -"), ("number", '"5"'), ("number", "true"),
    ("number", Q), ("number", "function(x) x"), ("number", "for i in 1 return i"),
    ("number", "some x in 1 satisfies x"), ("number", "@\"2025-01-01\""), ("number", "５"),
    ("number", "1;2"), ("number", "[1,5]"), ("number", "{a: 1}"), ("number", "NaN"),
    ("string", "a"), ("string", "'a'"), ("string", "“a”"), ("string", '"a'), ("string", 'a"'),
    ("string", '"a" "b"'), ("string", '"a"，"b"'), ("string", '"a" + "b"'), ("string", '< "b"'),
    ("string", '["a".."c"]'), ("string", 'contains("a")'), ("string", 'matches(?, "a.*")'),
    ("string", 'starts with(?, "a")'), ("string", "5"), ("string", r'"\q"'),
    ("boolean", "True"), ("boolean", "TRUE"), ("boolean", "yes"), ("boolean", "1"),
    ("boolean", '"true"'), ("boolean", "< true"), ("boolean", "not true"),
    ("date", '"2025-09-24"'), ("date", "2025-09-24"), ("date", 'date("2025-02-30")'),
    ("date", 'date("24.09.2025")'), ("date", "date(2025, 9, 24)"), ("date", "today()"),
    ("date", 'date and time("2025-09-24T00:00:00")'), ("date", 'time("10:00:00")'),
    ("date", 'duration("P1D")'), ("date", '@"2025-09-24"'), ("date", f"{Q} + 1"),
    ("date", f"[{Q}..{Q.replace('24', '23')}]"),
)  # fmt: skip


class Policy(NamedTuple):
    """A hit policy over overlapping rows `< 10`→1, `[5..20]`→2, `> 15`→2, and its answers."""

    attributes: str
    three: Any
    seven: Any
    eighteen: Any
    nothing: Any


CONFLICT = "conflict"
POLICIES = (
    # 8.2.11: U one row; A rows that agree; F the first; C all of them, or folded.
    Policy("", D(1), CONFLICT, CONFLICT, None),
    Policy('hitPolicy="UNIQUE"', D(1), CONFLICT, CONFLICT, None),
    Policy('hitPolicy="ANY"', D(1), CONFLICT, D(2), None),
    Policy('hitPolicy="FIRST"', D(1), D(1), D(2), None),
    Policy('hitPolicy="COLLECT"', (D(1),), (D(1), D(2)), (D(2), D(2)), ()),
    Policy('hitPolicy="COLLECT" aggregation="SUM"', D(1), D(3), D(4), None),
    Policy('hitPolicy="COLLECT" aggregation="MIN"', D(1), D(1), D(2), None),
    Policy('hitPolicy="COLLECT" aggregation="MAX"', D(1), D(2), D(2), None),
    Policy('hitPolicy="COLLECT" aggregation="COUNT"', D(1), D(2), D(2), D(0)),
)
REFUSED_POLICIES = (
    'hitPolicy="PRIORITY"', 'hitPolicy="OUTPUT ORDER"', 'hitPolicy="RULE ORDER"',
    'hitPolicy="unique"', 'hitPolicy="U"', 'hitPolicy="UNIQUE" aggregation="SUM"',
    'hitPolicy="FIRST" aggregation="COUNT"', 'hitPolicy="COLLECT" aggregation="AVG"',
    'hitPolicy="COLLECT" aggregation="sum"',
)  # fmt: skip
REFUSED_TYPES = (
    "", "Any", "time", "dateTime", "date and time", "dayTimeDuration", "yearMonthDuration",
    "context", "list", "tRisk", "feel:number", "String", "NUMBER",
)  # fmt: skip
REFUSED_NAMES = (
    "", "two words", "age + 1", "date(birth)", "5", "a-b", "party.", ".name", '"text"', "not(x)",
    "a b c", "count(x)",
)  # fmt: skip
