"""The manifest against its diagrams and against what the program knows (rules B…)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from workflows.forms import Field, FieldType, Form
from workflows.packs.files import MANIFEST
from workflows.packs.findings import Finding, Message
from workflows.packs.gateways import condition_findings, gateway_findings
from workflows.packs.graph import OPERATION_TASKS, USER_TASKS, Graph, Node
from workflows.packs.manifest import (
    RECORD_FORM,
    Manifest,
    SideProcess,
    StartBinding,
    TaskBinding,
)
from workflows.packs.routing import EXTRA, Reach
from workflows.packs.vocabulary import CommandWords, Domains, Vocabulary


@dataclass(frozen=True)
class Bound:
    """Everything that the binding rules look at."""

    manifest: Manifest
    graphs: tuple[Graph, ...]
    forms: Mapping[str, Form]
    templates: frozenset[str]
    """Documents for which the pack has a template."""
    words: Vocabulary
    side_files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Side process → paths of its YAML file and of its diagram."""

    def side_of(self, graph: Graph) -> SideProcess | None:
        """The side process that a diagram draws."""
        for name, (_, diagram) in self.side_files.items():
            if graph.file == diagram:
                return self.manifest.side[name]
        return None

    def nodes(self, types: Iterable[str]) -> Iterator[tuple[Graph, Node]]:
        for graph in self.graphs:
            yield from ((graph, node) for node in graph.of_type(types))

    def written(self, node: Node) -> Domains:
        """The routing variables that a node sets when it is left, with all values it may give."""
        if node.type in USER_TASKS and node.id in self.manifest.tasks:
            return _offered(self.manifest.tasks[node.id], self.words)
        if node.operation is not None:
            return self.words.operations.get(node.operation, {})
        return self.words.clocks.get(node.clock, {}) if node.clock is not None else {}

    def entry(self, start: StartBinding) -> dict[str, frozenset[str | None]]:
        """The values that a start may bring."""
        command = self.words.commands.get(start.command)
        routing = command.routing if command is not None else {}
        return {name: frozenset[str | None](values) for name, values in routing.items()}

    def extra_names(self) -> frozenset[str]:
        """`extra.<form>.<field>` of the forms that tasks of this pack record."""
        recorded = {
            task.form for task in self.manifest.tasks.values() if task.command == RECORD_FORM
        }
        return frozenset(
            f"{EXTRA}{form.id}.{field.name}"
            for form in self.forms.values()
            if form.id in recorded
            for field in form.fields
        )


def binding_findings(bound: Bound) -> Iterator[Finding]:
    """All findings of the binding, in the order of the rules, each at the file that says it."""
    home = {name: path for name, (path, _) in bound.side_files.items()}
    for name, side in bound.manifest.side.items():
        home |= dict.fromkeys(side.tasks, home[name])
    for finding in _findings(bound):
        at = home.get(finding.element or "")
        yield replace(finding, file=at) if at and finding.file == MANIFEST else finding


def _findings(bound: Bound) -> Iterator[Finding]:
    yield from _tasks(bound)
    yield from _lanes(bound)
    yield from _names(bound)
    yield from _domains(bound)
    for graph in bound.graphs:
        yield from condition_findings(graph, bound.manifest, bound.extra_names())
        yield from gateway_findings(graph, _reach(bound, graph))


def _tasks(bound: Bound) -> Iterator[Finding]:
    """Unbound tasks, orphaned bindings, and each binding by itself."""
    drawn = {node.id: graph for graph, node in bound.nodes(USER_TASKS)}
    for id_, graph in drawn.items():
        if id_ not in bound.manifest.tasks:
            name = graph.nodes[id_].name or id_
            yield _at(
                graph,
                "B01",
                id_,
                f"任务“{name}”没有在 pack.yaml 中绑定",
                f"task {name!r} is not bound in pack.yaml",
            )
    for id_, task in bound.manifest.tasks.items():
        if id_ not in drawn:
            yield _in_manifest(
                "B02",
                id_,
                f"绑定“{id_}”在流程图中没有对应的任务",
                f"the diagram has no task {id_!r} for this binding",
            )
        yield from _binding(bound, id_, task)
    yield from _binding(bound, None, bound.manifest.start)
    for name, side in bound.manifest.side.items():
        yield from _binding(bound, name, side.start)


def _binding(bound: Bound, id_: str | None, task: TaskBinding | StartBinding) -> Iterator[Finding]:
    words = bound.words
    command = words.commands.get(task.command)
    if command is None and task.command != RECORD_FORM:
        yield _unknown("B03", id_, "命令", "command", task.command)
    form = bound.forms.get(task.form or "")
    if task.form and form is None:
        yield _unknown("B05", id_, "表单", "form", task.form)
    for document in task.documents:
        if document not in words.documents:
            yield _unknown("B06", id_, "文书", "document", document)
        elif document not in bound.templates:
            zh, en = f"文书 {document} 没有模板", f"document {document} has no template"
            yield _in_manifest("B06", id_, zh, en)
    if task.stage is not None and task.stage not in words.stages:
        yield _unknown("B17", id_, "阶段", "stage", task.stage)
    if command is not None and task.command != RECORD_FORM:
        yield from _form_and_command(id_, task, form, command)
    if isinstance(task, TaskBinding):
        yield from _task_words(bound, id_, task, command)


def _task_words(
    bound: Bound, id_: str | None, task: TaskBinding, command: CommandWords | None
) -> Iterator[Finding]:
    if task.clock is not None and task.clock not in bound.manifest.clocks:
        yield _undeclared("B07", id_, "期限", "clock", task.clock, "clocks")
    for guard in task.extra_guards:
        if guard not in bound.words.guards:
            yield _unknown("B20", id_, "附加规则", "guard", guard)
    domains = command.routing if command is not None else {}
    for name, values in (task.outcomes or {}).items():
        for value in values:
            if value not in domains.get(name, ()):
                yield _in_manifest(
                    "B18",
                    id_,
                    f"命令 {task.command} 不会给出 {name} = {value}",
                    f"command {task.command} never returns {name} = {value}",
                )


def _form_and_command(
    id_: str | None, task: TaskBinding | StartBinding, form: Form | None, command: CommandWords
) -> Iterator[Finding]:
    """A form posts what its command knows, all that it needs, and only values that it returns."""
    fields = {field.name: field for field in form.fields} if form is not None else {}
    for name in sorted(fields.keys() - command.fields):
        yield _in_manifest(
            "B16",
            id_,
            f"表单 {task.form} 的字段 {name} 不是命令 {task.command} 的字段",
            f"form {task.form} has a field {name} that command {task.command} does not know",
        )
    sure = {name for name, field in fields.items() if _always_given(field)}
    for name in sorted(command.required - sure):
        yield _in_manifest(
            "B16",
            id_,
            f"命令 {task.command} 必需的字段 {name} 不在表单中，或可以不填",
            f"command {task.command} needs {name}, which the form lacks or lets people leave empty",
        )
    for name in sorted(fields.keys() & command.routing.keys()):
        options = fields[name].options if fields[name].type is FieldType.CHOICE else ()
        for value in sorted({option.value for option in options} - command.routing[name]):
            yield _in_manifest(
                "B18",
                id_,
                f"表单 {task.form} 的选项 {name} = {value} 不在命令的取值之内",
                f"form {task.form} offers {name} = {value}, which the command does not know",
            )


def _always_given(field: Field) -> bool:
    return field.show is None and (field.required is True or field.default is not None)


def _lanes(bound: Bound) -> Iterator[Finding]:
    declared = bound.manifest.lanes
    drawn = {lane.id for graph in bound.graphs for lane in graph.lanes}
    for graph in bound.graphs:
        for lane in graph.lanes:
            if lane.id not in declared:
                zh, en = f"泳道“{lane.name}”没有角色", f"lane {lane.name!r} has no roles"
                yield _at(graph, "B15", lane.id, zh, en)
    for name, lane_roles in declared.items():
        if name not in drawn:
            zh, en = f"流程图中没有泳道“{name}”", f"the diagram has no lane {name!r}"
            yield _in_manifest("B15", None, zh, en)
        for role in lane_roles.roles:
            if role not in bound.words.roles:
                yield _unknown("B04", None, "角色", "role", role)
    for graph, node in bound.nodes(USER_TASKS):
        yield from _lane_of(bound, graph, node)


def _lane_of(bound: Bound, graph: Graph, node: Node) -> Iterator[Finding]:
    task = bound.manifest.tasks.get(node.id)
    if node.lane is None:
        zh, en = f"任务“{node.name}”不在任何泳道内", f"task {node.name!r} is in no lane"
        yield _at(graph, "B15", node.id, zh, en)
    elif task is not None and task.lane not in (None, node.lane):
        yield _at(
            graph,
            "B15",
            node.id,
            f"任务“{node.name}”画在泳道 {node.lane}，绑定写的是 {task.lane}",
            f"task {node.name!r} is drawn in lane {node.lane}, bound to {task.lane}",
        )


def _names(bound: Bound) -> Iterator[Finding]:
    """Operations, clocks, end events, stages and side processes by name."""
    manifest, words = bound.manifest, bound.words
    for graph, node in bound.nodes(OPERATION_TASKS):
        if node.operation not in manifest.operations:
            yield _at_undeclared(graph, "B08", node, "操作", "operation", node.operation)
    for name in manifest.operations:
        if name not in words.operations:
            yield _unknown("B08", None, "操作", "operation", name)
    for graph, node in bound.nodes({"boundaryEvent", "intermediateCatchEvent"}):
        if node.clock is not None and node.clock not in manifest.clocks:
            yield _at_undeclared(graph, "B07", node, "期限", "clock", node.clock)
    for name in manifest.clocks:
        if name not in words.clocks:
            yield _unknown("B07", None, "期限", "clock", name)
    ends = {node.id for _, node in bound.nodes({"endEvent"})}
    for name, stage in manifest.ends.items():
        if name not in ends:
            yield _unknown("B19", name, "结束事件", "end event", name)
        if stage not in words.stages:
            yield _unknown("B17", name, "阶段", "stage", stage)
    for stage in manifest.strip:
        if stage not in words.stages | words.milestones:
            yield _unknown("B17", None, "阶段", "stage", stage)


def _domains(bound: Bound) -> Iterator[Finding]:
    """What the used commands, operations and clocks return has to be declared as it is."""
    possible: dict[str, set[str]] = {}
    for domains in _used_domains(bound):
        for name, values in domains.items():
            possible.setdefault(name, set()).update(values)
    for name in sorted(possible):
        declared = set(bound.manifest.routing.get(name, ()))
        missing = ", ".join(sorted(possible[name] - declared))
        if missing:
            yield _in_manifest(
                "B09",
                None,
                f"routing 的 {name} 缺少取值：{missing}",
                f"routing {name} lacks the values {missing}",
            )
    for name, domain in bound.manifest.routing.items():
        surplus = ", ".join(value for value in domain if value not in possible.get(name, ()))
        if surplus:
            yield _in_manifest(
                "B09",
                None,
                f"routing 的 {name} 没有命令会给出：{surplus}",
                f"no command of the pack returns {name} = {surplus}",
            )


def _used_domains(bound: Bound) -> Iterator[Domains]:
    manifest, words = bound.manifest, bound.words
    used = {manifest.start.command} | {task.command for task in manifest.tasks.values()}
    used |= {side.start.command for side in manifest.side.values()}
    yield from (words.commands[name].routing for name in sorted(used & words.commands.keys()))
    yield from (words.operations.get(name, {}) for name in manifest.operations)
    yield from (words.clocks.get(name, {}) for name in manifest.clocks)


def _reach(bound: Bound, graph: Graph) -> Reach:
    manifest = bound.manifest
    side = bound.side_of(graph)
    begins = side is not None or graph.file.endswith(manifest.process)
    entry = bound.entry((side or manifest).start) if begins else {}
    return Reach(graph, manifest.routing, entry, bound.written)


def _offered(task: TaskBinding, words: Vocabulary) -> Domains:
    """The values that the command may return, narrowed to those that the task offers."""
    command = words.commands.get(task.command)
    domains = command.routing if command is not None else {}
    offered = task.outcomes or {}
    return {
        name: values & frozenset(offered[name]) if name in offered else values
        for name, values in domains.items()
    }


def _unknown(rule: str, element: str | None, zh: str, en: str, name: str) -> Finding:
    return _in_manifest(rule, element, f"未知的{zh}“{name}”", f"unknown {en} {name!r}")


def _undeclared(rule: str, element: str | None, zh: str, en: str, name: str, key: str) -> Finding:
    return _in_manifest(
        rule, element, f"{zh}“{name}”没有列在 {key} 中", f"{en} {name!r} is not listed in {key}"
    )


def _at_undeclared(
    graph: Graph, rule: str, node: Node, zh: str, en: str, name: str | None
) -> Finding:
    return _at(
        graph,
        rule,
        node.id,
        f"“{node.name}”使用的{zh}“{name or ''}”没有在 pack.yaml 中声明",
        f"{node.name!r} uses the {en} {name or ''!r}, which pack.yaml does not declare",
    )


def _in_manifest(rule: str, element: str | None, zh: str, en: str) -> Finding:
    prefix = f"{element}：" if element else ""
    shown = f"{element}: " if element else ""
    return Finding(rule, "error", MANIFEST, element, Message(prefix + zh, shown + en))


def _at(graph: Graph, rule: str, element: str, zh: str, en: str) -> Finding:
    return Finding(rule, "error", graph.file, element, Message(zh, en))
