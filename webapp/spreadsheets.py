"""Tables for spreadsheets: CSV that opens with its characters right and computes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response, stream_with_context

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be computed by a spreadsheet."""
MARK = "\ufeff"
"""Tells spreadsheets that what follows is UTF-8."""


def table(name: str, rows: Iterable[Sequence[str]]) -> Response:
    """The rows as a file to take away, streamed."""
    lines = stream_with_context(_lines(rows))
    response = Response(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield MARK
    for row in rows:
        out = io.StringIO()
        csv.writer(out).writerow([harmless(cell) for cell in row])
        yield out.getvalue()


def harmless(cell: str) -> str:
    """The cell as text, whatever it begins with."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
