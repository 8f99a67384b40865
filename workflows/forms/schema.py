"""A form as a marshmallow schema: the one gate for page, API, scenario and pack check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from marshmallow import (
    RAISE,
    Schema,
    ValidationError,
    fields,
    post_load,
    pre_load,
    validates_schema,
)

from workflows.forms import problems, values
from workflows.forms.conditions import Condition
from workflows.forms.model import LISTS, TABLES, Field, FieldType, Options
from workflows.forms.problems import Problem

MOST_ITEMS = 200
"""Items of a list whose form sets no limit."""
LONGEST_TEXT = 200
LONGEST_TEXTAREA = 4_000
"""Characters, when the form sets no limit."""

EMPTY: tuple[Any, ...] = (None, "", [], ())

_MARSHMALLOW_TEXTS = {
    "required": [problems.REQUIRED],
    "null": [problems.REQUIRED],
    "validator_failed": [problems.NOT_AN_OBJECT],
    "invalid": [problems.NOT_A_LIST],
}


class UnknownOptions(LookupError):
    """A code table that a form names was not given to the loader: a mistake of the program."""


class FormSchema(Schema):
    """Base of all generated schemas: strict on names, one pass over what is shown."""

    class Meta:
        unknown = RAISE

    error_messages: ClassVar[dict[str, Any]] = {  # type: ignore[misc]  # texts, says marshmallow
        "unknown": problems.UNKNOWN,
        "type": problems.NOT_AN_OBJECT,
    }
    columns: ClassVar[tuple[Field, ...]] = ()

    @pre_load
    def drop_what_is_empty_or_hidden(self, data: Any, **_: Any) -> Any:
        """Empties become null; the value of a hidden field goes."""
        if not isinstance(data, Mapping):
            return data
        known = {field.name for field in self.columns}
        kept = {str(name): value for name, value in data.items() if name not in known}
        seen: dict[str, Any] = {}
        for field in self.columns:
            if _shown(field, seen):
                kept[field.name] = _emptied(data.get(field.name))
                seen[field.name] = self._typed(field, kept[field.name])
        return kept

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def require_what_is_needed(self, data: Any, original: Any, **_: Any) -> None:
        """A field that was filled in wrongly has its own error already: `original` has it."""
        if not isinstance(original, Mapping):
            return
        seen = {field.name: _seen(field, data.get(field.name)) for field in self.columns}
        missing: dict[str, list[Problem]] = {}
        for field in self.columns:
            if not (_shown(field, seen) and _needed(field, seen)):
                continue
            if field.type is FieldType.BOOLEAN and not seen[field.name]:
                missing[field.name] = [problems.NOT_TICKED]
            elif _emptied(original.get(field.name)) is None:
                missing[field.name] = [problems.REQUIRED]
        if missing:
            raise ValidationError(missing)

    @post_load
    def leave_out_what_is_empty(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """A field left empty is absent: the command's own default holds."""
        return {name: value for name, value in data.items() if value not in EMPTY}

    def _typed(self, field: Field, value: Any) -> Any:
        """The value as conditions see it; one that does not load counts as not filled in."""
        try:
            return _seen(field, self.fields[field.name].deserialize(value))
        except ValidationError:
            return _seen(field, None)


def schema_of(columns: tuple[Field, ...], options: Options) -> type[FormSchema]:
    """The schema class of a form's fields (or of the columns of its rows)."""
    members: dict[str, Any] = {field.name: _field(field, options) for field in columns}
    return type("GeneratedFormSchema", (FormSchema,), {**members, "columns": columns})


def _shown(field: Field, seen: Mapping[str, Any]) -> bool:
    return field.show is None or field.show.holds(seen)


def _seen(field: Field, value: Any) -> Any:
    """To a condition, a box not ticked is false and a list not filled in is empty."""
    if value is None and field.type is FieldType.BOOLEAN:
        return False
    return [] if value is None and field.type in LISTS else value


def _needed(field: Field, seen: Mapping[str, Any]) -> bool:
    if isinstance(field.required, Condition):
        return field.required.holds(seen)
    return field.required


def _emptied(value: Any) -> Any:
    return None if value in EMPTY or (isinstance(value, str) and not value.strip()) else value


class _Value(fields.Field[Any]):
    """One value, read by a function of `values`, then held against the field's limits."""

    def __init__(
        self,
        read: Callable[[Any], Any],
        *checks: Callable[[Any], None],
        allow_none: bool = True,
    ) -> None:
        super().__init__(allow_none=allow_none, error_messages=_MARSHMALLOW_TEXTS)  # type: ignore[arg-type]
        self._read = read
        self._checks = checks

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        try:
            typed = self._read(value)
            for check in self._checks:
                check(typed)
        except values.BadValue as error:
            raise ValidationError([error.problem]) from error
        return typed


def _field(field: Field, options: Options) -> fields.Field[Any]:
    if field.type is FieldType.PARTY:
        return _nested(field, options)
    if field.type in TABLES:
        return _list(field, _nested(field, options))
    if field.type in LISTS:
        return _list(field, _Value(*_reading(field, options), allow_none=False), _no_twins)
    return _Value(*_reading(field, options))


def _nested(field: Field, options: Options) -> fields.Field[Any]:
    return fields.Nested(
        schema_of(field.columns, options),
        allow_none=field.type is FieldType.PARTY,
        error_messages=_MARSHMALLOW_TEXTS,  # type: ignore[arg-type]
    )


def _list(
    field: Field, inner: fields.Field[Any], *checks: Callable[[list[Any]], None]
) -> fields.Field[Any]:
    least, most = field.min or 0, MOST_ITEMS if field.max is None else field.max

    def counted(items: list[Any]) -> None:
        if len(items) < least:
            raise ValidationError([problems.too_few(least)])
        if len(items) > most:
            raise ValidationError([problems.too_many(most)])

    return fields.List(
        inner,
        allow_none=True,
        validate=[counted, *checks],
        error_messages=_MARSHMALLOW_TEXTS,  # type: ignore[arg-type]
    )


def _no_twins(items: list[Any]) -> None:
    if len(items) != len(set(items)):
        raise ValidationError([problems.TWICE])


def _reading(field: Field, options: Options) -> tuple[Callable[[Any], Any], ...]:
    """How a value of the field's type is read, and what it must then satisfy."""
    match field.type:
        case FieldType.TEXT:
            return (_text_reader(field.max_length or LONGEST_TEXT, lines=False),)
        case FieldType.TEXTAREA:
            return (_text_reader(field.max_length or LONGEST_TEXTAREA, lines=True),)
        case FieldType.MONEY:
            return (values.money, _within(field))
        case FieldType.INTEGER:
            return (values.integer, _within(field))
        case FieldType.BOOLEAN:
            return (values.boolean,)
        case FieldType.DATE:
            return (values.day,)
        case FieldType.DATETIME:
            return (values.moment,)
        case _:
            return (values.key, _one_of(field, options))


def _text_reader(most: int, *, lines: bool) -> Callable[[Any], str]:
    return lambda value: values.text(value, most=most, lines=lines)


def _within(field: Field) -> Callable[[Any], None]:
    def check(number: Any) -> None:
        if field.min is not None and number < field.min:
            raise values.BadValue(problems.too_small(field.min))
        if field.max is not None and number > field.max:
            raise values.BadValue(problems.too_large(field.max))

    return check


def _one_of(field: Field, options: Options) -> Callable[[Any], None]:
    allowed = _allowed(field, options)

    def check(value: str) -> None:
        if allowed is not None and value not in allowed:
            raise values.BadValue(problems.NOT_AN_OPTION)

    return check


def _allowed(field: Field, options: Options) -> frozenset[str] | None:
    """The closed list. A list of the record (`record.handlers`) may be left to the command."""
    listed: Iterable[Any] = field.options
    if field.options_from:
        if field.options_from not in options:
            if "." in field.options_from:
                return None
            raise UnknownOptions(field.options_from)
        listed = options[field.options_from]
    elif not field.options:
        return None
    return frozenset(option.value for option in listed)
