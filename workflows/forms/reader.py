"""Form files to :class:`Form`: shape by the JSON Schema, meaning checked here, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import Text
from workflows.forms.composites import COLUMNS
from workflows.forms.conditions import (
    BadCondition,
    Condition,
    Equal,
    Every,
    Member,
    Named,
    Negated,
    Some,
    parse_condition,
)
from workflows.forms.model import (
    COMPOSITES,
    LISTS,
    DefaultFrom,
    Field,
    FieldType,
    Form,
    Option,
)

CLOSED = frozenset({FieldType.CHOICE, FieldType.CHOICES})

_NOT_COMPARABLE = COMPOSITES | {FieldType.DATE, FieldType.DATETIME, FieldType.MONEY, FieldType.FILE}
"""A page holds these as something else than the server: equality would differ between the two."""

_BOUNDED = LISTS | {FieldType.MONEY, FieldType.INTEGER}


@dataclass(frozen=True)
class Mistake:
    """What is wrong in a form file, and at which field (`members.vote`)."""

    field: str
    text: Text


class BadForm(ValueError):
    """The form file cannot be used; `mistakes` names everything that is wrong."""

    def __init__(self, form: str, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(f"{form}: " + "; ".join(f"{m.field}: {m.text.en}" for m in mistakes))
        self.form = form
        self.mistakes = mistakes


def read_form(content: Mapping[str, Any]) -> Form:
    """The form of a file that has passed `bpmn/schema/form.json`, or :class:`BadForm`."""
    form_id = str(content["id"])
    mistakes: list[Mistake] = []
    groups = {name: _text(text) for name, text in content.get("groups", {}).items()}
    fields = _fields(content["fields"], "", mistakes)
    mistakes.extend(_meaning(fields, "", groups))
    if mistakes:
        raise BadForm(form_id, tuple(mistakes))
    return Form(form_id, _text(content["title"]), fields, groups)


def read_options(content: Mapping[str, Any]) -> tuple[Option, ...]:
    """The values of a code table (`bpmn/_shared/codes/*.yaml`)."""
    return _options(content["codes"])


def _text(content: Mapping[str, str]) -> Text:
    return Text(content["zh"], content["en"])


def _options(items: list[Mapping[str, str]]) -> tuple[Option, ...]:
    return tuple(Option(str(item["value"]), _text(item)) for item in items)


def _fields(
    items: list[Mapping[str, Any]], parent: str, mistakes: list[Mistake]
) -> tuple[Field, ...]:
    return tuple(_field(item, parent, mistakes) for item in items)


def _field(item: Mapping[str, Any], parent: str, mistakes: list[Mistake]) -> Field:
    path = parent + item["name"]
    type_ = FieldType(item["type"])
    required = item.get("required", False)
    if not isinstance(required, bool):
        required = _condition(required, path, mistakes) or False
    columns = COLUMNS.get(type_) or _fields(item.get("columns", []), f"{path}.", mistakes)
    default = item.get("default")
    return Field(
        name=item["name"],
        type=type_,
        label=_text(item["label"]),
        required=required,
        show=_condition(item["show"], path, mistakes) if "show" in item else None,
        hint=_text(item["hint"]) if "hint" in item else None,
        options=_options(item.get("options", [])),
        options_from=item.get("options_from", ""),
        min=item.get("min"),
        max=item.get("max"),
        max_length=item.get("max_length"),
        group=item.get("group", ""),
        default=DefaultFrom(default["from"]) if isinstance(default, Mapping) else default,
        columns=columns,
    )


def _condition(item: Mapping[str, str], path: str, mistakes: list[Mistake]) -> Condition | None:
    try:
        return parse_condition(str(item["when"]))
    except BadCondition as error:
        mistakes.append(Mistake(path, error.text))
        return None


def _meaning(
    fields: tuple[Field, ...], parent: str, groups: Mapping[str, Text]
) -> Iterator[Mistake]:
    known = {field.name: field for field in fields}
    seen: set[str] = set()
    for field in fields:
        path = parent + field.name
        if field.name in seen:
            yield _mistake(path, "字段名重复", "the field appears twice")
        for condition, names in ((field.show, seen), (field.required, known)):
            if isinstance(condition, Condition):
                yield from _condition_mistakes(condition, path, set(names), known)
        yield from _field_mistakes(field, path, groups)
        if field.type is FieldType.ROWS:
            yield from _meaning(field.columns, f"{path}.", groups)
        seen.add(field.name)


def _condition_mistakes(
    condition: Condition, path: str, usable: set[str], known: Mapping[str, Field]
) -> Iterator[Mistake]:
    for name in sorted(condition.names() - usable):
        if name in known:
            yield _mistake(
                path,
                f"显示条件只能用排在前面的字段，“{name}”在后面",
                f"show may only look at earlier fields, {name!r} comes later",
            )
        else:
            yield _mistake(
                path, f"条件用到不存在的字段“{name}”", f"condition on unknown field {name!r}"
            )
    for name in sorted(_compared(condition) & known.keys()):
        if known[name].type in _NOT_COMPARABLE:
            yield _mistake(
                path,
                f"条件不能比较“{name}”这种类型的字段",
                f"a condition cannot compare {name!r}, a field of type {known[name].type}",
            )


def _compared(condition: Condition) -> frozenset[str]:
    """Fields whose value is compared; a bare name only asks whether the field is filled in."""
    match condition:
        case Equal(left, right):
            return left.names() | right.names()
        case Member(item, _):
            return item.names()
        case Every(parts) | Some(parts):
            return frozenset().union(*map(_compared, parts))
        case Negated(part):
            return frozenset() if isinstance(part, Named) else _compared(part)
        case _:
            return frozenset()


def _field_mistakes(field: Field, path: str, groups: Mapping[str, Text]) -> Iterator[Mistake]:
    if field.type in CLOSED and bool(field.options) == bool(field.options_from):
        yield _mistake(
            path, "应有 options 或 options_from 之一", "give either options or options_from"
        )
    if field.type is FieldType.ROWS and not field.columns:
        yield _mistake(path, "rows 需要 columns", "rows need columns")
    if field.group and field.group not in groups:
        yield _mistake(path, f"未定义分组“{field.group}”", f"unknown group {field.group!r}")
    if (field.min, field.max) != (None, None) and field.type not in _BOUNDED:
        yield _mistake(path, "该类型没有 min、max", "this type has no min and max")
    if field.min is not None and field.max is not None and field.min > field.max:
        yield _mistake(path, "min 大于 max", "min is above max")
    values = [option.value for option in field.options]
    if len(values) != len(set(values)):
        yield _mistake(path, "选项值重复", "an option appears twice")
    if values and isinstance(field.default, str) and field.default not in values:
        yield _mistake(
            path, f"默认值“{field.default}”不是选项", f"default {field.default!r} is no option"
        )


def _mistake(path: str, zh: str, en: str) -> Mistake:
    return Mistake(path, Text(zh, en))
