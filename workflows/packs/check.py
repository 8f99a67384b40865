"""Whether a pack may be released: every rule that needs no running case, all findings at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workflows.packs.binding import Bound, binding_findings
from workflows.packs.contents import PackContents, option_findings, read_contents
from workflows.packs.files import SIDE, PackFiles, PackRefused
from workflows.packs.findings import Finding, Message
from workflows.packs.lawful import Pack, gate_findings
from workflows.packs.lint_engine import lint_bpmn
from workflows.packs.manifest import Manifest, SideProcess, StartBinding
from workflows.packs.scenario_lint import scenario_findings
from workflows.packs.sides import side_findings
from workflows.packs.soundness import Diagram, soundness_findings
from workflows.packs.table_lint import table_findings
from workflows.packs.vocabulary import Vocabulary

_STILL_PROVED = frozenset({"E39", "B14"})
"""Errors that leave the rest of a diagram as clear as before: a step that nothing reaches, and a
variable that may not be set (then every way is looked at)."""


def check(files: PackFiles, vocabulary: Vocabulary) -> list[Finding]:
    """All findings, errors first, then by file and rule. None with severity "error": releasable."""
    contents = read_contents(files)
    # What makes a diagram unreadable (M05) is told by the engine lint, with more to say.
    findings = [finding for finding in contents.findings if finding.rule != "M05"]
    findings.extend(option_findings(contents, vocabulary.record_lists))
    findings.extend(scenario_findings(files, contents.manifest))
    for table in contents.tables.values():
        findings.extend(table_findings(table))
    for path in contents.drawn():
        findings.extend(lint_bpmn(path, files[path]))
    if contents.manifest is not None:
        findings.extend(_process_findings(contents, contents.manifest))
        bound = _bound(contents, contents.manifest, vocabulary)
        findings.extend(binding_findings(bound))
        findings.extend(side_findings(bound))
        if not any(f.severity == "error" and f.rule not in _STILL_PROVED for f in findings):
            findings.extend(proof_findings(bound, contents))
    return sorted(
        dict.fromkeys(findings),
        key=lambda each: (each.severity != "error", each.file, each.rule, each.element or ""),
    )


def proof_findings(bound: Bound, contents: PackContents) -> Iterator[Finding]:
    """What searching all states says, once each part is right by itself: soundness of every
    process, and the legal gates over all of them."""
    graphs = tuple(contents.graphs.values())
    manifest = bound.manifest

    def diagram(path: str, process: str, start: StartBinding) -> Diagram:
        file = contents.files.find(path) or path
        return Diagram(file, process, graphs, bound.written, bound.entry(start))

    main = diagram(manifest.process, manifest.id, manifest.start)
    sides = {name: diagram(s.diagram, name, s.start) for name, s in manifest.side.items()}
    unsound = [f for each in (main, *sides.values()) for f in soundness_findings(each)]
    yield from unsound
    if all(finding.rule != "SD05" for finding in unsound):
        yield from gate_findings(Pack(manifest, main, sides), bound.words.gates)


def check_path(path: Path, vocabulary: Vocabulary) -> list[Finding]:
    """What is wrong with a pack's folder or zip, or with one diagram (shapes alone, as nothing is
    bound there). OSError when the path cannot be read."""
    if path.suffix == ".bpmn":
        return lint_bpmn(path.name, path.read_bytes())
    try:
        files = (
            PackFiles.from_folder(path) if path.is_dir() else PackFiles.from_zip(path.read_bytes())
        )
    except PackRefused as refusal:
        return list(refusal.findings)
    return check(files, vocabulary)


def _bound(contents: PackContents, manifest: Manifest, vocabulary: Vocabulary) -> Bound:
    return Bound(
        manifest,
        tuple(contents.graphs.values()),
        contents.forms,
        contents.templates,
        vocabulary,
        {name: _side_files(contents.files, side) for name, side in manifest.side.items()},
    )


def _side_files(files: PackFiles, side: SideProcess) -> tuple[str, str]:
    """Where a side process is said and drawn: in the pack, or in the shared folder."""
    said = f"{SIDE}/{side.name}.yaml"
    return files.find(said) or said, files.find(side.diagram) or side.diagram


def _process_findings(contents: PackContents, manifest: Manifest) -> Iterator[Finding]:
    """The diagrams that the manifest names are there, and the main one bears the pack's name."""
    named = {manifest.process: manifest.id}
    named |= {side.diagram: name for name, side in manifest.side.items()}
    for path, process in named.items():
        graph = contents.graphs.get(contents.files.find(path) or "")
        if contents.files.find(path) is None:
            message = Message(f"缺少流程图 {path}", f"the diagram {path} is missing")
            yield Finding("M04", "error", path, None, message)
        elif graph is not None and process not in graph.processes:
            message = Message(
                f"{path}：没有 id 为 {process} 的流程", f"{path}: no process has the id {process}"
            )
            yield Finding("M04", "error", path, None, message)
