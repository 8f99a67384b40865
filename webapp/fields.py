"""Form definitions of packs as accessible fields: what ``components/fields.html`` draws.

`workflows.forms` decides what a form is and whether its data holds; this module only decides how
it looks: ids, posted names, which control fits, which errors stand where. Posted names are those
that `workflows.forms.from_form` reads: `party-name`, `answers-0-question`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from models.duration import SHANGHAI
from workflows.forms import Condition, DefaultFrom, Field, FieldType, Form, Option

MOST_RADIOS = 9
"""Up to nine options stand open, each with its number key; more go into a list to pick from."""
MOST_OPEN_PEOPLE = 6
LONG_LABEL = 12
"""A longer label needs the whole width of the form."""
LONG_CHECK = 24
"""A longer label of a box to tick has a line of its own."""
ROW_MARK = "__row__"
"""Stands for the number of a row in the template that the browser copies."""
ID_PREFIX = "f-"
FIRST_EVIDENCE_KINDS = ("audio_visual", "physical", "documentary")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, with what helps to choose it; `refusal` says why it cannot be."""

    value: str
    label: str
    note: str = ""
    refusal: str = ""
    preview_url: str = ""


Choices = Mapping[str, Sequence[Choice | Option]]
"""Lists by name: code tables, `record.handlers`, and for types without a list `person`,
`matter`, `document`, `evidence`."""


@dataclass(frozen=True, slots=True)
class Uploads:
    """Where files go: address of the upload protocol, largest size in bytes, what to send along."""

    url: str
    limit: int
    extra: Mapping[str, Any] = field(default_factory=dict)
    accept: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a composite field; `title` names it where its first column is fixed."""

    scope: str
    fields: tuple[FieldView, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One control with its words, value and errors, ready to draw."""

    name: str
    type: str
    layout: str
    label: str
    hint: str = ""
    required: bool = False
    optional: bool = False
    shown: bool = True
    show: Any = None
    required_when: Any = None
    value: str = ""
    values: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    errors: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    max_length: int | None = None
    rows: tuple[Row, ...] = ()
    template: Row | None = None
    uploads: Uploads | None = None

    @property
    def id(self) -> str:
        """The id of the control, or of its group: where the error summary leads."""
        return f"{ID_PREFIX}{self.name}"

    @property
    def described_by(self) -> str:
        """Ids of hint and error, for screen readers."""
        ids = ["hint"] * bool(self.hint) + ["err"] * bool(self.errors)
        return " ".join(f"{self.id}-{part}" for part in ids)

    @property
    def wide_checks(self) -> bool:
        """Whether a label is too long for a third of the form's width."""
        return any(len(choice.label) > LONG_CHECK for choice in self.choices)

    @property
    def wide_options(self) -> bool:
        """Whether the labels of the options are too long to stand side by side."""
        return any(len(choice.label) > LONG_LABEL or choice.note for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading; the heading is empty for those before the first group."""

    title: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """A whole form, in the order of its definition."""

    id: str
    title: str
    groups: tuple[Group, ...]

    def every_field(self) -> Iterable[FieldView]:
        """All fields, with those inside rows and composites."""
        for group in self.groups:
            yield from _flat(group.fields)


def _flat(fields: Iterable[FieldView]) -> Iterable[FieldView]:
    for each in fields:
        yield each
        for row in each.rows:
            yield from _flat(row.fields)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What all fields of one rendering share; `prefix` and `scope` change inside composites."""

    lang: str
    choices: Choices
    errors: Mapping[str, Sequence[str]]
    uploads: Uploads | None
    prefix: str = ""
    around: Mapping[str, Any] = field(default_factory=dict)

    def inside(self, prefix: str, values: Mapping[str, Any]) -> _Drawing:
        """The same drawing one composite deeper."""
        return replace(self, prefix=prefix, around={**self.around, **values})


def form_view(
    form: Form,
    values: Mapping[str, Any],
    *,
    lang: str = "zh",
    choices: Choices | None = None,
    errors: Mapping[str, Sequence[str]] | None = None,
    uploads: Uploads | None = None,
) -> FormView:
    """The form with its values (typed or as posted) and errors (by path, as `FormInvalid` has
    them: `answers.2.question`)."""
    by_name = {path.replace(".", "-"): list(texts) for path, texts in (errors or {}).items()}
    drawing = _Drawing(lang, choices or {}, by_name, uploads, around=values)
    views = [(each.group, _view(each, values, drawing)) for each in form.fields]
    return FormView(form.id, form.title[lang], _grouped(form, views, lang))


def _grouped(form: Form, views: Sequence[tuple[str, FieldView]], lang: str) -> tuple[Group, ...]:
    """Consecutive fields of one group together, in order."""
    groups: list[tuple[str, list[FieldView]]] = []
    for key, view in views:
        if not groups or groups[-1][0] != key:
            groups.append((key, []))
        groups[-1][1].append(view)
    titles = form.groups
    return tuple(Group(titles[key][lang] if key in titles else "", tuple(v)) for key, v in groups)


def _view(each: Field, values: Mapping[str, Any], drawing: _Drawing) -> FieldView:
    value = values.get(each.name, _plain_default(each))
    name = f"{drawing.prefix}{each.name}"
    required, needed = _required(each, drawing.around)
    options = _choices(each, drawing)
    view = FieldView(
        name=name,
        type=each.type.value,
        layout=_layout(each, options),
        label=each.label[drawing.lang],
        hint=each.hint[drawing.lang] if each.hint else "",
        required=required,
        optional=not needed,
        shown=each.show is None or each.show.holds(drawing.around),
        show=each.show.to_json() if each.show else None,
        required_when=_condition_json(each.required),
        value=_text(value),
        values=tuple(_text(item) for item in value) if _is_plain_list(value) else (),
        choices=options,
        errors=tuple(drawing.errors.get(name, ())),
        least=each.min,
        most=each.max,
        max_length=each.max_length,
        uploads=drawing.uploads,
    )
    return _with_columns(view, each, value, drawing) if each.columns else view


def _plain_default(each: Field) -> Any:
    return None if isinstance(each.default, DefaultFrom) else each.default


def _required(each: Field, around: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether it is always required, and whether it is required as things stand."""
    if isinstance(each.required, Condition):
        return False, each.required.holds(around)
    return each.required, each.required


def _condition_json(required: bool | Condition) -> Any:
    return required.to_json() if isinstance(required, Condition) else None


def _is_plain_list(value: Any) -> bool:
    listed = isinstance(value, list | tuple)
    return listed and not any(isinstance(item, Mapping) for item in value)


def _text(value: Any) -> str:
    """A value as its control holds it: local time, plain figures, `true` for a tick."""
    if value is None or isinstance(value, Mapping | list | tuple):
        return ""
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _choices(each: Field, drawing: _Drawing) -> tuple[Choice, ...]:
    listed: Sequence[Choice | Option] = each.options
    if not listed:
        key = each.options_from or each.type.value.removesuffix("s")
        listed = drawing.choices.get(key, ())
    return tuple(_choice(option, drawing.lang) for option in listed)


def _choice(option: Choice | Option, lang: str) -> Choice:
    if isinstance(option, Choice):
        return option
    return Choice(option.value, option.label[lang])


_SIMPLE = {
    FieldType.TEXT: "text",
    FieldType.TEXTAREA: "textarea",
    FieldType.DATE: "date",
    FieldType.DATETIME: "datetime",
    FieldType.MONEY: "money",
    FieldType.INTEGER: "integer",
    FieldType.BOOLEAN: "boolean",
    FieldType.FILE: "upload",
    FieldType.PARTY: "party",
    FieldType.EVIDENCE_LIST: "evidence",
    FieldType.PERSONS: "picks",
    FieldType.DOCUMENT: "select",
}


def _layout(each: Field, options: Sequence[Choice]) -> str:
    """Which control fits the field."""
    if each.type in _SIMPLE:
        return _SIMPLE[each.type]
    if each.type is FieldType.MATTER:
        return "pickone" if options else "select"
    if each.type is FieldType.CHOICES:
        rich = any(option.note or option.preview_url for option in options)
        return "picks" if rich else "checks"
    if each.type is FieldType.ROWS:
        return "checklist" if _is_checklist(each) else "rows"
    most = MOST_OPEN_PEOPLE if each.type is FieldType.PERSON else MOST_RADIOS
    return "radios" if 0 < len(options) <= most else "select"


def _is_checklist(each: Field) -> bool:
    """Items that come from a list, each with a verdict out of three and perhaps a note."""
    kinds = [column.type for column in each.columns]
    if kinds[:2] != [FieldType.CHOICE, FieldType.CHOICE]:
        return False
    return bool(each.columns[0].options_from) and 0 < len(each.columns[1].options) <= 3


def _with_columns(view: FieldView, each: Field, value: Any, drawing: _Drawing) -> FieldView:
    if each.type is FieldType.PARTY:
        inner = value if isinstance(value, Mapping) else {}
        return replace(view, rows=(_row(each, f"{view.name}-", inner, drawing),))
    given: list[Mapping[str, Any]] = [x for x in value or () if isinstance(x, Mapping)]
    if view.layout == "checklist" and not given:
        given = _blank_checklist(each, drawing)
    if not given and view.layout == "rows" and (view.required or each.min):
        given = [{}]
    rows = tuple(
        _row(each, f"{view.name}-{number}-", item, drawing) for number, item in enumerate(given)
    )
    template = _row(each, f"{view.name}-{ROW_MARK}-", {}, drawing)
    if view.layout == "checklist":
        rows = tuple(replace(row, fields=_notes_on_demand(row.fields)) for row in rows)
    return replace(view, rows=rows, template=template)


def _notes_on_demand(fields: Sequence[FieldView]) -> tuple[FieldView, ...]:
    """In a checklist a note opens only where the verdict asks for one."""
    item, verdict, *notes = fields
    opened = (
        replace(note, show=note.show or note.required_when, shown=not note.optional)
        for note in notes
    )
    return (item, verdict, *opened)


def _blank_checklist(each: Field, drawing: _Drawing) -> list[Mapping[str, Any]]:
    item = each.columns[0]
    return [{item.name: choice.value} for choice in _choices(item, drawing)]


def _row(each: Field, scope: str, values: Mapping[str, Any], drawing: _Drawing) -> Row:
    inner = drawing.inside(scope, {**_defaults(each.columns), **values})
    fields = tuple(_small(_view(column, values, inner)) for column in each.columns)
    first = fields[0]
    titles = [choice.label for choice in first.choices if choice.value == first.value]
    return Row(scope, fields, titles[0] if titles else first.value)


def _defaults(columns: Sequence[Field]) -> dict[str, Any]:
    return {column.name: _plain_default(column) for column in columns}


def _small(view: FieldView) -> FieldView:
    """Inside a row a list stands open only where it has two answers."""
    if view.layout == "radios" and len(view.choices) > 2:
        return replace(view, layout="select")
    return view


def evidence_kinds(view: FieldView) -> dict[str, str]:
    """The kind that a new file is first given, by what it is; the person may change it."""
    known = {choice.value for row in [view.template] if row for choice in row.fields[0].choices}
    return {kind: kind for kind in FIRST_EVIDENCE_KINDS if kind in known}
