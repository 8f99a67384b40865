"""A pack read whole: manifest, diagrams, forms, code tables, decision tables. For check and run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import TypeVar

from models.errors import Text
from workflows.engine import BadDiagram
from workflows.forms import BadForm, Form, Option, read_form, read_options
from workflows.packs.files import PackFiles, PackRefused
from workflows.packs.findings import Finding, Message
from workflows.packs.graph import Graph, read_graph
from workflows.packs.manifest import Manifest, manifest_of
from workflows.packs.yaml_files import BadYaml, read_yaml
from workflows.rules import RuleError, Table
from workflows.rules import parse as parse_table

T = TypeVar("T")
REVIEW_ITEMS = "checklist_item"
"""The code table to which checklists by cause add their questions."""


@dataclass(frozen=True)
class PackContents:
    """The parts of a pack by name; those that cannot be read are in `findings` instead."""

    files: PackFiles
    manifest: Manifest | None
    graphs: Mapping[str, Graph]
    """By path."""
    forms: Mapping[str, Form]
    codes: Mapping[str, tuple[Option, ...]]
    tables: Mapping[str, Table]
    """Decision tables by file name without suffix: `discussion`."""
    templates: frozenset[str]
    """Document kinds (D03) with a template."""
    models: Mapping[str, int]
    """Files of model cases, with how many each has."""
    findings: tuple[Finding, ...] = field(default=())

    def drawn(self) -> list[str]:
        """Paths of the diagrams that the pack uses, readable or not."""
        return self.files.drawn(self.manifest.side if self.manifest else ())

    def diagrams(self) -> tuple[tuple[str, bytes], ...]:
        """The BPMN files in the order of their paths, as the engine wants them."""
        return tuple((path, self.files[path]) for path in sorted(self.graphs))


def read_contents(files: PackFiles) -> PackContents:
    """Everything that can be read, and a finding for everything that cannot."""
    findings: list[Finding] = []
    reader = _Reader(files, findings)
    manifest = reader.manifest()
    return PackContents(
        files=files,
        manifest=manifest,
        graphs=reader.graphs(files.drawn(manifest.side if manifest else ())),
        forms=reader.each("forms", ".yaml", reader.form),
        codes=reader.asked(reader.each("codes", ".yaml", reader.codes)),
        tables=reader.each("rules", ".dmn", reader.table),
        templates=frozenset(map(_stem, files.under("documents", ".typ"))),
        models=reader.each("templates", ".yaml", reader.model),
        findings=tuple(findings),
    )


def read_pack(files: PackFiles) -> PackContents:
    """The same for a pack that has to be whole; :class:`PackRefused` with the findings if not."""
    contents = read_contents(files)
    if contents.findings:
        raise PackRefused(contents.findings)
    return contents


def form_at(files: PackFiles, path: str) -> Form:
    """The form in one file of a pack; BadYaml or BadForm when the pack was never checked."""
    return read_form(read_yaml(path, files[path], "F01", "form"))


PLACEHOLDERS = frozenset({"party", "place", "time"})
"""What a model case leaves to the case."""


def placeholders(text: str) -> set[str]:
    """Names in braces; a brace that opens nothing counts as an unknown name."""
    try:
        return {name for _text, name, _spec, _how in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"?"}


class _Reader:
    """Reads part after part and gathers what is wrong."""

    def __init__(self, files: PackFiles, findings: list[Finding]) -> None:
        self._files = files
        self._findings = findings

    def manifest(self) -> Manifest | None:
        try:
            return manifest_of(self._files)
        except BadYaml as error:
            self._findings.extend(error.findings)
            return None

    def graphs(self, paths: list[str]) -> dict[str, Graph]:
        found: dict[str, Graph] = {}
        for path in paths:
            try:
                found[path] = read_graph(path, self._files[path])
            except BadDiagram as error:
                self._add("M05", path, None, f"流程图无法读取：{error}", f"unreadable: {error}")
        return found

    def each(self, folder: str, suffix: str, read: Callable[[str], T | None]) -> dict[str, T]:
        """The files of a folder by name; the pack's own wins over the shared one."""
        found: dict[str, T] = {}
        for path in self._files.under(folder, suffix):
            if _stem(path) not in found and (made := read(path)) is not None:
                found[_stem(path)] = made
        return found

    def form(self, path: str) -> Form | None:
        try:
            form = form_at(self._files, path)
        except BadYaml as error:
            self._findings.extend(error.findings)
            return None
        except BadForm as error:
            for mistake in error.mistakes:
                self._add("F02", path, mistake.field, mistake.text.zh, mistake.text.en)
            return None
        if form.id != _stem(path):
            self._add("F03", path, None, "id 应与文件名相同", "the id is not the file's name")
        return form

    def codes(self, path: str) -> tuple[Option, ...] | None:
        try:
            return read_options(read_yaml(path, self._files[path], "F05", "codes"))
        except BadYaml as error:
            self._findings.extend(error.findings)
            return None

    def asked(self, codes: dict[str, tuple[Option, ...]]) -> dict[str, tuple[Option, ...]]:
        """The code tables with the questions of the checklists among the review's items."""
        found = {**codes}
        for items in self.each("checklists", ".yaml", self.checklist).values():
            found[REVIEW_ITEMS] = found.get(REVIEW_ITEMS, ()) + items
        values = [each.value for each in found.get(REVIEW_ITEMS, ())]
        for value in sorted({one for one in values if values.count(one) > 1}):
            self._add("F05", "checklists", value, "审查项重复", "an item stands twice")
        return found

    def checklist(self, path: str) -> tuple[Option, ...] | None:
        try:
            content = read_yaml(path, self._files[path], "F05", "checklist")
        except BadYaml as error:
            self._findings.extend(error.findings)
            return None
        return tuple(Option(e["item"], Text(e["zh"], e["en"])) for e in content["items"])

    def model(self, path: str) -> int | None:
        """A file of model cases: how many there are; placeholders that nobody fills are refused."""
        try:
            content = read_yaml(path, self._files[path], "F05", "template")
        except BadYaml as error:
            self._findings.extend(error.findings)
            return None
        texts = (
            (model["key"], text)
            for model in content["templates"]
            for form in model["forms"].values()
            for text in form.values()
        )
        for key, text in texts:
            if not placeholders(text) <= PLACEHOLDERS:
                zh = f"只能用{{party}}、{{place}}、{{time}}：{text[:40]}"
                self._add("F05", path, key, zh, f"a placeholder that nobody fills: {text[:40]}")
        return len(content["templates"])

    def table(self, path: str) -> Table | None:
        try:
            return parse_table(self._files[path], path)
        except RuleError as error:
            message = Message(error.zh, error.en)
            self._findings.append(Finding("R01", "error", path, error.element or None, message))
            return None

    def _add(self, rule: str, file: str, element: str | None, zh: str, en: str) -> None:
        where = f"{file}，{element}" if element else file
        message = Message(f"{where}：{zh}", f"{where.replace('，', ', ')}: {en}")
        self._findings.append(Finding(rule, "error", file, element, message))


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def option_findings(contents: PackContents, record_lists: frozenset[str]) -> Iterator[Finding]:
    """Closed lists that forms name (F04): a code table of the pack, or a list of the record."""
    for name, form in contents.forms.items():
        file = contents.files.find(f"forms/{name}.yaml") or name
        for each in form.fields:
            for one in (each, *each.columns):
                source = one.options_from
                known = (
                    source in (record_lists or {source})
                    if "." in source
                    else source in contents.codes
                )
                if source and not known:
                    message = Message(
                        f"{file}，{one.name}：没有名为“{source}”的选项表",
                        f"{file}, {one.name}: there is no list {source!r}",
                    )
                    yield Finding("F04", "error", file, one.name, message)
