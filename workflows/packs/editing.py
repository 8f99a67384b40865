"""Small changes to the YAML files of a pack that leave every other line as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from workflows.packs.files import MANIFEST, PackFiles, PackRefused
from workflows.packs.findings import Finding, Message
from workflows.reference.strict_yaml import load_strict

WIDTH = 100
INDENT = 2


def bind_step(
    files: PackFiles,
    element: str,
    binding: Mapping[str, Any],
    *,
    form: Mapping[str, Any] | None = None,
    lane: tuple[str, Mapping[str, Any]] | None = None,
) -> dict[str, bytes]:
    """The files that change when a user task is bound to a command, form and clock.

    What the binding had besides (documents, outcomes, guidance) stays; `None` takes a key away.
    `form` is a whole form file; `lane` (code, {title, roles}) declares a lane drawn anew.
    """
    text = _text(files, MANIFEST)
    known = _values(text, MANIFEST).get("tasks", {}).get(element, {})
    text = put_entry(text, "tasks", element, _merged(known, binding))
    if lane is not None:
        text = put_entry(text, "lanes", lane[0], dict(lane[1]))
    changed = {MANIFEST: text.encode()}
    if form is not None:
        path = f"forms/{form['id']}.yaml"
        earlier = _values(_text(files, path), path)
        changed[path] = _dumped(_form(earlier, form)).encode()
    return changed


def _text(files: PackFiles, path: str) -> str:
    try:
        return files[path].decode("utf-8") if path in files else ""
    except UnicodeDecodeError as error:
        raise _unreadable(path) from error


def _values(text: str, path: str) -> dict[str, Any]:
    try:
        return load_strict(text) or {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _unreadable(path) from error


def _merged(known: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    both = {**known, **new}
    return {name: value for name, value in both.items() if value is not None}


def _form(earlier: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, Any]:
    """The form with what its fields had besides (hints, conditions), by name."""
    before = {each["name"]: each for each in earlier.get("fields", ())}
    fields = [_merged(before.get(each["name"], {}), each) for each in form["fields"]]
    return {**earlier, **form, "fields": fields}


def put_entry(text: str, section: str, key: str, value: Mapping[str, Any]) -> str:
    """`section: {key: value}` written into a YAML text, the other lines untouched."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise _unreadable(MANIFEST) from error
    if not isinstance(root, yaml.MappingNode):
        raise _unreadable(MANIFEST)
    found = _child(root, section)
    if found is None:
        return f"{text.rstrip()}\n\n{section}:\n{_block(key, value, INDENT)}"
    entries = found[1]
    if not isinstance(entries, yaml.MappingNode) or entries.flow_style:
        raise _unreadable(MANIFEST)
    column = entries.start_mark.column
    known = _child(entries, key)
    if known is None:
        end = _line_end(text, _end(entries))
        return f"{text[:end]}{_block(key, value, column)}{text[end:]}"
    start = known[0].start_mark.index - known[0].start_mark.column
    return f"{text[:start]}{_block(key, value, column)}{text[_line_end(text, _end(known[1])) :]}"


def _child(node: yaml.MappingNode, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    return next((pair for pair in node.value if pair[0].value == key), None)


def _end(node: yaml.Node) -> int:
    """Where the text of a node ends. The mark of a block mapping lies behind the comments that
    follow it, so the last of its leaves is asked."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _line_end(text: str, index: int) -> int:
    """The start of the next line; `index` itself when a line starts there."""
    if index == 0 or text[index - 1] == "\n":
        return index
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _block(key: str, value: Mapping[str, Any], column: int) -> str:
    lines = _dumped({key: dict(value)}).splitlines()
    return "".join(f"{' ' * column}{line}\n" if line else "\n" for line in lines)


def _dumped(value: Mapping[str, Any]) -> str:
    return yaml.safe_dump(
        dict(value), allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=None
    )


def _unreadable(path: str) -> PackRefused:
    message = Message(
        f"{path} 现在的写法不能由面板修改，请在“文件”里改。",
        f"{path} cannot be changed by the panel as it is written now: edit the file itself.",
    )
    return PackRefused((Finding("M03", "error", path, None, message),))
