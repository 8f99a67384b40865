"""Tables for spreadsheets compute nothing and keep their characters."""

from __future__ import annotations

import pytest
from flask import Flask

from webapp.spreadsheets import MARK, harmless, table


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_computed_by_a_spreadsheet(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


def test_a_plain_cell_stays_as_it_is() -> None:
    assert harmless("鲜果美水果店") == "鲜果美水果店"


def test_a_table_is_streamed_with_its_mark_and_quoted() -> None:
    with Flask(__name__).test_request_context():
        answer = table("list.csv", [["当事人", "=1+1"], ['说"话', "b,c"]])
        assert answer.is_streamed
        assert answer.get_data(as_text=True) == f'{MARK}当事人,\'=1+1\r\n"说""话","b,c"\r\n'
