"""A pack in words: what is bound to each step, what a check found, what a draft changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from models.clock_rules import CLOCK_RULES
from models.types import Role
from webapp.context import role_name
from webapp.presenters.dates import is_english
from workflows.commands.all import COMMANDS
from workflows.commands.base import TaskCommand
from workflows.documents.catalogue import KINDS
from workflows.forms import Form
from workflows.packs.contents import PackContents
from workflows.packs.findings import Finding
from workflows.packs.graph import Graph, Node
from workflows.packs.manifest import RECORD_FORM, Manifest, TaskBinding

Rows = list[list[str]]


def plain(finding: Finding) -> dict[str, Any]:
    """A finding as the drawing board reads it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "file": finding.file,
        "element": finding.element,
        "message": {"zh": finding.message.zh, "en": finding.message.en},
        "path": list(finding.path),
    }


def bindings(contents: PackContents, lang: str) -> dict[str, dict[str, Rows]]:
    """Element → rows of label and value, for the panel beside the canvas."""
    if contents.manifest is None:
        return {}
    nodes = {id_: node for graph in contents.graphs.values() for id_, node in graph.nodes.items()}
    return {
        id_: {"rows": binding_rows(id_, task, nodes.get(id_), contents, lang)}
        for id_, task in contents.manifest.tasks.items()
    }


def binding_rows(
    id_: str, task: TaskBinding, node: Node | None, contents: PackContents, lang: str
) -> Rows:
    """Who does the step, with which form and documents, by when, and what comes after."""
    assert contents.manifest is not None
    form = contents.forms.get(task.form or id_)
    pairs = (
        (_("谁办"), who(contents.manifest, task.lane or (node.lane if node else None), lang)),
        (_("命令"), task.command),
        (_("表单"), form.title[lang] if form else task.form or ""),
        (_("文书"), _joined((document_name(kind, lang) for kind in task.documents), lang)),
        (_("期限"), clock_name(task.clock, lang) if task.clock else ""),
        (_("可选结果"), _outcomes(task, form, lang)),
        (_("提交后"), task.next[lang] if task.next else ""),
        (_("依据"), task.article[lang] if task.article else ""),
    )
    return [[label, value] for label, value in pairs if value]


def who(manifest: Manifest, lane: str | None, lang: str) -> str:
    """法制审核（法制审核人员、街道法制员）."""
    found = manifest.lanes.get(lane or "")
    if found is None:
        return lane or ""
    known = [role_name(role) if role in set(Role) else role for role in found.roles]
    roles = _joined(known, lang)
    if [found.title[lang]] == known:
        return roles
    return _("%(lane)s（%(roles)s）", lane=found.title[lang], roles=roles)


def document_name(kind: str, lang: str) -> str:
    """What a document is called; its code where the program does not know it."""
    known = KINDS.get(kind)
    if known is None:
        return kind
    return f"{kind} {known.title_en if is_english(lang) else known.title}"


def clock_name(code: str, lang: str) -> str:
    """What a clock is called; its code where the program does not know it."""
    rule = CLOCK_RULES.get(code)
    return rule.name[lang] if rule is not None else code


def _outcomes(task: TaskBinding, form: Form | None, lang: str) -> str:
    labels: dict[str, str] = {}
    for field in form.fields if form else ():
        labels |= {option.value: option.label[lang] for option in field.options}
    values = (value for offered in (task.outcomes or {}).values() for value in offered)
    return _joined((labels[value] for value in values if value in labels), lang)


def _joined(words: Iterable[str], lang: str) -> str:
    return (", " if is_english(lang) else "、").join(words)


def step_commands(manifest: Manifest, lang: str) -> list[tuple[str, str]]:
    """Commands that a user task may be bound to, with the step that already takes each."""
    taken: dict[str, str] = {}
    for task in manifest.tasks.values():
        taken.setdefault(task.command, task.title[lang])
    names = sorted(n for n, c in COMMANDS.items() if issubclass(c, TaskCommand))
    names.sort(key=lambda name: name != RECORD_FORM)
    return [(n, _("登记表单") if n == RECORD_FORM else taken.get(n, "")) for n in names]


def user_tasks(graphs: Mapping[str, Graph], types: Iterable[str]) -> list[Node]:
    """The steps that people take, in the order of the drawing."""
    wanted = frozenset(types)
    return [node for graph in graphs.values() for node in graph.of_type(wanted)]


def step_titles(contents: PackContents, lang: str) -> dict[str, str]:
    """Element → what officers read, in their language; drawings speak Chinese alone."""
    tasks = contents.manifest.tasks if contents.manifest else {}
    return {id_: task.title[lang] for id_, task in tasks.items()}


def changed_words(what: Iterable[str], lang: str) -> str:
    """Which properties of a step a draft changes."""
    names = {
        "name": _("名称"),
        "type": _("类型"),
        "lane": _("泳道"),
        "inside": _("所在子流程"),
        "source": _("起点"),
        "target": _("终点"),
        "condition": _("条件"),
        "default": _("默认去向"),
        "operation": _("操作"),
        "clock": _("期限"),
        "calls": _("调用的流程"),
        "attached_to": _("附着的步骤"),
        "binding": _("绑定"),
    }
    return _joined(dict.fromkeys(names.get(w.partition(".")[0], w) for w in what), lang)
