"""Bounded values of the API: the same readings and sentences as the forms of packs.

Every text has a longest length, every number a range: nothing that PostgreSQL or JSON cannot hold
gets past here (NUL, lone surrogates, NaN, integers of a thousand digits).
"""

import base64
import binascii
import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

from workflows.forms import problems, values

LONGEST_TEXT = 4_000
"""Characters, where nothing narrower is known."""
MOST_ITEMS = 200
LARGEST_FILE = 3_000_000
"""Bytes of one file in a JSON body; requests end at 4 MB. Evidence goes through the upload."""

WORDS: dict[str, Any] = {
    "required": [problems.REQUIRED],
    "null": [problems.REQUIRED],
    "invalid": [problems.NOT_TEXT],
}


def _read(function: Callable[[Any], Any], value: Any) -> Any:
    try:
        return function(value)
    except values.BadValue as error:
        raise ValidationError([error.problem]) from error


def _refuse(problem: problems.Problem) -> ValidationError:
    return ValidationError([problem])


class Bounded:
    """Mixed into marshmallow's fields: our sentences, and what OpenAPI says of the bounds."""

    def __init__(self, *, documented: dict[str, Any] | None = None, **more: Any) -> None:
        texts = {**WORDS, **more.pop("error_messages", {})}
        metadata = {**(documented or {}), **more.pop("metadata", {})}
        super().__init__(error_messages=texts, metadata=metadata, **more)


class Line(Bounded, fields.String):
    """A text in normal form C; `lines` lets it have several."""

    def __init__(self, most: int = 200, *, lines: bool = False, **more: Any) -> None:
        super().__init__(documented={"maxLength": most}, **more)
        self._most, self._lines = most, lines

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> str:
        return str(_read(lambda v: values.text(v, most=self._most, lines=self._lines), value))


class Secret(Bounded, fields.String):
    """A password, taken as it was typed. It is never sent back."""

    def __init__(self, **more: Any) -> None:
        super().__init__(documented={"maxLength": 200, "format": "password"}, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> str:
        if not isinstance(value, str):
            raise _refuse(problems.NOT_TEXT)
        if len(value) > 200:
            raise _refuse(problems.too_long(200))
        return value


class OneOf(Bounded, fields.String):
    """One of a few codes."""

    def __init__(self, *codes: str, **more: Any) -> None:
        super().__init__(documented={"enum": [str(code) for code in codes]}, **more)
        self._codes = frozenset(codes)

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> str:
        if not isinstance(value, str) or value not in self._codes:
            raise _refuse(problems.NOT_AN_OPTION)
        return value


class Flag(Bounded, fields.Boolean):
    """True or false; in a query string spelled out."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> bool:
        return bool(_read(values.boolean, value))


class Whole(Bounded, fields.Integer):
    """A whole number within bounds."""

    def __init__(self, least: int = 0, most: int = 999_999_999, **more: Any) -> None:
        super().__init__(documented={"minimum": least, "maximum": most}, **more)
        self._least, self._most = least, most

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> int:
        number = int(_read(values.integer, value))
        if number < self._least:
            raise _refuse(problems.too_small(self._least))
        if number > self._most:
            raise _refuse(problems.too_large(self._most))
        return number


class Amount(Bounded, fields.String):
    """Yuan as a text with at most two decimals: JSON numbers would round."""

    def __init__(self, **more: Any) -> None:
        super().__init__(documented={"pattern": r"^-?[0-9]{1,13}(\.[0-9]{1,2})?$"}, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        if not isinstance(value, str):
            raise _refuse(problems.NOT_MONEY)
        return _read(values.money, value)


class Moment(Bounded, fields.DateTime):
    """A moment; without an offset it is Beijing time. Sent back in UTC."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> datetime:
        found: datetime = _read(values.moment, value)
        return found


class Day(Bounded, fields.Date):
    """A calendar day."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> date:
        found: date = _read(values.day, value)
        return found


class Uuid(Bounded, fields.UUID):
    """The key of a row."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> uuid.UUID:
        try:
            return uuid.UUID(value) if len(value) == 36 else self._refused()
        except (ValueError, AttributeError, TypeError) as error:
            raise _refuse(problems.NOT_A_KEY) from error

    def _refused(self) -> uuid.UUID:
        raise ValueError


class File(Bounded, fields.String):
    """The bytes of a small file in base64."""

    def __init__(self, **more: Any) -> None:
        most = LARGEST_FILE * 4 // 3 + 4
        super().__init__(documented={"format": "byte", "maxLength": most}, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError, TypeError) as error:
            raise _refuse(NOT_BASE64) from error

    def _serialize(self, value: Any, attr: Any, obj: Any, **_: Any) -> str | None:
        return None if value is None else base64.b64encode(value).decode()


NOT_BASE64 = problems.Problem(
    "not_base64",
    problems.Text("应为 base64 编码的文件内容。", "Base64 of the file's bytes is expected."),
)


class Plain(Bounded, fields.Dict):
    """Named values that the pack's form defines; they are held against the form."""

    def __init__(self, **more: Any) -> None:
        texts = {"invalid": [problems.NOT_AN_OBJECT]}
        documented = {"maxProperties": MOST_ITEMS, "additionalProperties": True}
        super().__init__(documented=documented, error_messages=texts, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        if not isinstance(value, dict):
            raise _refuse(problems.NOT_AN_OBJECT)
        if len(value) > MOST_ITEMS:
            raise _refuse(problems.too_many(MOST_ITEMS))
        return value


class Many(Bounded, fields.List):
    """A bounded list."""

    def __init__(self, inner: fields.Field[Any], most: int = MOST_ITEMS, **more: Any) -> None:
        texts = {"invalid": [problems.NOT_A_LIST]}
        documented = {"maxItems": most}
        super().__init__(documented=documented, error_messages=texts, cls_or_instance=inner, **more)
        self._most = most

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self._most:
            raise _refuse(problems.too_many(self._most))
        return super()._deserialize(value, attr, data, **more)


class Files(Bounded, fields.Dict):
    """Files by their path."""

    def __init__(self, **more: Any) -> None:
        texts = {"invalid": [problems.NOT_AN_OBJECT]}
        super().__init__(
            keys=Line(200), values=File(), error_messages=texts,
            documented={"maxProperties": 400}, **more,
        )  # fmt: skip


class Yuan(fields.String):
    """An amount as it is sent out."""

    def _serialize(self, value: Any, attr: Any, obj: Any, **_: Any) -> str | None:
        return None if value is None else f"{Decimal(value):.2f}"
