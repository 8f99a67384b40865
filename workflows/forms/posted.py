"""Pages post flat pairs of texts; here they become the nested data that `load` reads.

`answers-0-question` is the question of the first row of `answers`, `party-name` the name in the
composite `party`. A box that is not ticked is not posted at all, so a boolean is always given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from workflows.forms.model import COMPOSITES, LISTS, TABLES, Field, FieldType, Form

_TICKED = frozenset({"on", "true", "1", "yes"})
_ROW = re.compile(r"([0-9]{1,4})-(.+)", re.DOTALL)

Pairs = list[tuple[str, str]]


def from_form(
    form: Form, items: Iterable[tuple[str, str]], ignore: Collection[str] = ("csrf_token",)
) -> dict[str, Any]:
    """The posted pairs as nested data. Unknown names stay in, so that `load` refuses them;
    names in `ignore`, and those that start with `_`, belong to the page."""
    pairs = [(name, text) for name, text in items if name not in ignore and name[:1] != "_"]
    return _nested(form.fields, pairs)


def _nested(fields: tuple[Field, ...], pairs: Pairs) -> dict[str, Any]:
    known = {field.name: field for field in fields}
    own: dict[str, Pairs] = {name: [] for name in known}
    data: dict[str, Any] = {}
    for name, text in pairs:
        head, _, tail = name.partition("-")
        field = known.get(head)
        if field is not None and bool(tail) == (field.type in COMPOSITES):
            own[head].append((tail, text))
        else:
            data[name] = text
    for name, field in known.items():
        value = _value(field, own[name])
        if value is not None or own[name]:
            data[name] = value
    return data


def _value(field: Field, pairs: Pairs) -> Any:
    texts = [text for _, text in pairs]
    if field.type is FieldType.BOOLEAN:
        return bool(texts) and texts[-1] in _TICKED
    if field.type in TABLES:
        return _rows(field, pairs)
    if field.type in LISTS:
        return [text for text in texts if text]
    if field.type is FieldType.PARTY:
        return _nested(field.columns, pairs) if any(texts) else None
    return texts[-1] or None if texts else None


def _rows(field: Field, pairs: Pairs) -> list[dict[str, Any]]:
    """Rows in the order of their numbers, which may have gaps; wholly blank rows are left out."""
    numbered: dict[int, Pairs] = {}
    for tail, text in pairs:
        match = _ROW.fullmatch(tail)
        number, name = (int(match[1]), match[2]) if match else (0, tail)
        numbered.setdefault(number, []).append((name, text))
    filled = [row for _, row in sorted(numbered.items()) if any(text.strip() for _, text in row)]
    return [_nested(field.columns, row) for row in filled]
