"""The door of forms: plain data in, typed values out, or every mistake at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from models.errors import Invalid, Text, Violation
from workflows.forms.defaults import with_defaults
from workflows.forms.model import Form, Options
from workflows.forms.problems import Problem
from workflows.forms.schema import schema_of


@dataclass(frozen=True)
class FieldError:
    """What is wrong at one field; in rows the path counts from 0: `answers.2.question`."""

    field: str
    code: str
    message: Text


class FormInvalid(Invalid):
    """Some fields are not right yet."""

    def __init__(self, errors: tuple[FieldError, ...], lang: str = "zh") -> None:
        super().__init__([Violation(e.code, e.message, field=e.field) for e in errors])
        self.errors = errors
        self.lang = lang

    @property
    def messages(self) -> dict[str, list[str]]:
        """Sentences by field in the language of the request, for the page."""
        found: dict[str, list[str]] = {}
        for error in self.errors:
            found.setdefault(error.field, []).append(error.message[self.lang])
        return found


def load(
    form: Form,
    data: Any,
    lang: str = "zh",
    *,
    options: Options | None = None,
    facts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Typed values of the fields that are shown and filled in; others are absent.

    `options` must hold every code table that the form names; lists of the record that it does not
    hold are left to the command. `facts` feed the defaults of keys that `data` leaves out.
    """
    if isinstance(data, Mapping):
        data = with_defaults(form.fields, data, facts or {})
    try:
        loaded: dict[str, Any] = schema_of(form.fields, options or {})().load(data)
    except ValidationError as error:
        raise FormInvalid(tuple(_flat(error.messages, "")), lang) from error
    return loaded


def _flat(messages: Any, path: str) -> Iterator[FieldError]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            # Marshmallow puts what concerns the whole under `_schema`.
            yield from _flat(inner, path if name == "_schema" else f"{path}.{name}".lstrip("."))
    elif isinstance(messages, Problem):
        yield FieldError(path, messages.code, messages.message)
    else:
        for inner in messages:
            yield from _flat(inner, path)
