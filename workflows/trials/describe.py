"""What one needs to write a scenario: format, commands with fields, tasks, fixture keys."""

import json
import uuid
from typing import Any

from models.clock_rules import CLOCK_RULES
from models.types import Flag, Stage
from workflows.bootstrap import PACKS, shipped_packs
from workflows.catalogue import LoadedPack
from workflows.commands.all import COMMANDS
from workflows.commands.base import fields_of
from workflows.commands.routing import ROUTING
from workflows.documents.catalogue import KINDS
from workflows.forms import Field
from workflows.guards.law import ARTICLES
from workflows.labels import Labels
from workflows.packs.contents import read_pack
from workflows.packs.files import PackFiles
from workflows.reference.book import load_reference
from workflows.reference.fixtures import load_fixtures


def describe() -> dict[str, Any]:
    """Everything, in plain values."""
    shared = PACKS / "_shared"
    reference = load_reference(shared)
    fixtures = load_fixtures(shared / "fixtures", reference)
    return {
        "schema": json.loads((PACKS / "schema" / "scenario.json").read_text("utf-8")),
        "notes": NOTES,
        "packs": {name: _pack(files) for name, files in shipped_packs().items()},
        "commands": {name: _command(name) for name in sorted(COMMANDS)},
        "fixtures": {
            "subjects": {s.key: s.zh for s in reference.subjects.values()},
            "people": {
                p.key: {
                    "name": p.zh,
                    "roles": [f"{a.role}@{a.unit}" for a in p.assignments],
                    "certificates": [c.number for c in p.certificates],
                }
                for p in reference.people.values()
            },
            "matters": {
                m.key: {"title": m.zh, "needs_correction": m.needs_correction, "field": m.field}
                for m in reference.matters.values()
            },
            "held_by": {
                key: sorted(m.key for m, *_ in reference.held_by(key)) for key in reference.subjects
            },
            "parties": {key: party.plain() for key, party in fixtures.parties.items()},
            "starts": {key: fixtures.start_data(key) for key in fixtures.starts},
            "evidence": {key: item.plain() for key, item in fixtures.evidence.items()},
            "parameters": {
                p.key: {"title": p.title.zh, "values": [str(v.value) for v in p.values]}
                for p in reference.parameters.values()
            },
        },
        "stages": [str(s) for s in Stage],
        "flags": [str(f) for f in Flag],
        "clocks": {code: rule.name.zh for code, rule in CLOCK_RULES.items()},
        "documents": {code: kind.title for code, kind in KINDS.items()},
        "articles": {key: text.zh for key, text in ARTICLES.items()},
    }


NOTES = (
    "at: Shanghai time. as: key of a person. with: the second officer (fills second_handler). "
    "start: key of a start fixture; data overrides its values. task: element id of the open task; "
    "its form's fields are the data, defaults are filled in. A task that is not open is refused "
    "with S01 and with every rule that would stand against it. command: a command outside any "
    "task, or a task's command. side: name of a side process; data is what its start asks for. "
    "party, evidence and proof may name fixtures by key. "
    "expect.refused, flags, clocks, documents are subsets; tasks is exact."
)


def _command(name: str) -> dict[str, Any]:
    command = COMMANDS[name]
    routing = {k: sorted(v) for k, v in ROUTING.get(name, {}).items()}
    return {
        "meaning": (command.__doc__ or "").strip(),
        "fields": {
            f: "required" if needed else "optional" for f, needed in fields_of(command).items()
        },
        "routing": routing,
    }


def _pack(files: PackFiles) -> dict[str, Any]:
    contents = read_pack(files)
    manifest = contents.manifest
    assert manifest is not None
    labels = Labels.from_files(files)
    tables = {name: [o.value for o in options] for name, options in labels.tables.items()}
    forms = {form.id: form for form in contents.forms.values()}
    start = forms[manifest.start.form]
    lanes = LoadedPack(uuid.UUID(int=0), 0, files).lanes
    return {
        "title": {"zh": manifest.title.zh, "en": manifest.title.en},
        "start": {"command": manifest.start.command, "fields": _fields(start.fields, tables)},
        "tasks": {
            element: {
                "title": {"zh": task.title.zh, "en": task.title.en},
                "command": task.command,
                "roles": sorted(manifest.lanes[lanes[element]].roles),
                "stage": task.stage,
                "clock": task.clock,
                "documents": list(task.documents),
                "fields": _fields(forms[task.form or element].fields, tables),
            }
            for element, task in manifest.tasks.items()
        },
        "sides": {
            name: {
                "title": {"zh": side.title.zh, "en": side.title.en},
                "command": side.start.command,
                "allowed_in": list(side.allowed_in),
                "blocks": list(side.blocks),
                "tasks": list(side.tasks),
                "fields": _fields(forms[side.start.form].fields, tables),
            }
            for name, side in manifest.side.items()
        },
        "case_forms": {
            name: _fields(form.fields, tables)
            for name, form in forms.items()
            if name not in manifest.tasks and name != manifest.start.form
        },
        "codes": tables,
    }


def _fields(fields: tuple[Field, ...], tables: dict[str, list[str]]) -> dict[str, Any]:
    return {each.name: _field(each, tables) for each in fields}


def _field(each: Field, tables: dict[str, list[str]]) -> dict[str, Any]:
    required: Any = each.required if isinstance(each.required, bool) else each.required.to_json()
    found: dict[str, Any] = {
        "type": str(each.type),
        "label": each.label.zh,
        "required": required,
    }
    if each.options:
        found["options"] = [o.value for o in each.options]
    elif each.options_from:
        found["options_from"] = each.options_from
    if each.show is not None:
        found["shown_when"] = each.show.to_json()
    if each.columns and each.type != "party":
        found["columns"] = _fields(each.columns, tables)
    return found
