"""The binding of one step of a draft: what it is called, what it does, which form it shows."""

import re
import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import login_required
from werkzeug.wrappers import Response as BaseResponse

from models.errors import DomainError, Forbidden, Invalid, NotFound, Refused, Stale, Text, Violation
from models.types import Role, Stage
from webapp import current, entry_forms
from webapp.context import ROLE_NAMES, role_name
from webapp.fields import Choice
from webapp.presenters import packs as words
from webapp.presenters.stages import stage_name
from webapp.views.drafts import load
from webapp.views.packs import roles
from workflows.commands.pack import SavePackDraft
from workflows.forms import from_form
from workflows.forms import load as load_form
from workflows.packs.contents import PackContents, read_contents
from workflows.packs.editing import bind_step
from workflows.packs.files import PackRefused
from workflows.packs.graph import USER_TASKS, Node
from workflows.packs.manifest import RECORD_FORM, Manifest
from workflows.queries.packs import Draft
from workflows.reference.strict_yaml import load_strict

blueprint = Blueprint("steps", __name__, url_prefix="/packs/drafts/<uuid:draft_id>/steps")

FORM = "bind_step"
STAGES = frozenset(Stage)
CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
OPTION = re.compile(r"(?P<value>[a-z][a-z0-9_]{0,59})\s+(?P<zh>[^/]+?)\s*/\s*(?P<en>.+)")
LANE_ROLES = "lane_roles"
CODE_WORDS = ("代码用小写字母、数字和下划线。", "Small letters, digits and underscores only.")
SKIPPED = frozenset({"csrf_token", "rev", LANE_ROLES})


@blueprint.route("/<element>", methods=["GET", "POST"])
@login_required
def show(draft_id: uuid.UUID, element: str) -> BaseResponse | str | tuple[str, int]:
    """The panel of one user task; saving it writes pack.yaml and, if asked, a form."""
    draft = load(draft_id)
    if not roles()["designs"]:
        raise Forbidden()
    contents = read_contents(draft.files)
    node = _node(contents, element)
    if contents.manifest is None:
        raise NotFound()
    if request.method == "GET":
        return _page(draft, contents, contents.manifest, node, _known(draft, contents, node))
    try:
        return _save(draft, contents, contents.manifest, node)
    except (Refused, Invalid, Stale, PackRefused) as refusal:
        status = 409 if isinstance(refusal, Stale) else 422
        against = _against(refusal)
        typed = _typed()
        fresh = load(draft_id) if isinstance(refusal, Stale) else draft
        return _page(fresh, contents, contents.manifest, node, typed, against), status


def _node(contents: PackContents, element: str) -> Node:
    for graph in contents.graphs.values():
        if element in graph.nodes and graph.nodes[element].type in USER_TASKS:
            return graph.nodes[element]
    raise NotFound()


def _against(refusal: DomainError | PackRefused) -> list[Violation]:
    if isinstance(refusal, PackRefused):
        return [
            Violation(f.rule, Text(f.message.zh, f.message.en), field=None)
            for f in refusal.findings
        ]
    return list(refusal.violations) or [Violation("S02", refusal.text)]


def _typed() -> dict[str, Any]:
    pairs = [pair for pair in request.form.items(multi=True) if pair[0] not in SKIPPED]
    return from_form(entry_forms.form(FORM), pairs)


def _known(draft: Draft, contents: PackContents, node: Node) -> dict[str, Any]:
    """What is bound now; a step that is new starts with its own name and a form of its own."""
    assert contents.manifest is not None
    task = contents.manifest.tasks.get(node.id)
    if task is None:
        code = node.id.lower() if CODE.fullmatch(node.id.lower()) else ""
        return {"zh": node.name, "command": RECORD_FORM, "new_form": code}
    found = {
        "zh": task.title.zh, "en": task.title.en, "command": task.command, "form": task.form,
        "stage": task.stage, "clock": task.clock,
    }  # fmt: skip
    for name, text in (("act", task.action), ("next", task.next)):
        if text is not None:
            found |= {f"{name}_zh": text.zh, f"{name}_en": text.en}
    if task.command == RECORD_FORM and f"forms/{task.form}.yaml" in draft.files:
        found |= {"form": None, "new_form": task.form}
        found["fields"] = _rows(draft.files[f"forms/{task.form}.yaml"])
    return found


def _rows(content: bytes) -> list[dict[str, Any]]:
    """The fields of a form file as rows of the table."""
    return [
        {
            "name": each["name"],
            "zh": each["label"]["zh"],
            "en": each["label"]["en"],
            "type": each["type"],
            "required": each.get("required") is True,
            "options": "\n".join(
                f"{o['value']} {o['zh']} / {o['en']}" for o in each.get("options", ())
            ),
        }
        for each in load_strict(content.decode("utf-8")).get("fields", ())
    ]


def _page(
    draft: Draft,
    contents: PackContents,
    manifest: Manifest,
    node: Node,
    values: dict[str, Any],
    against: list[Violation] | None = None,
) -> str:
    lang = current.language()
    shown = entry_forms.view(
        FORM, values, choices=_choices(contents, manifest, lang), violations=against or []
    )
    known_lane = node.lane in manifest.lanes
    return render_template(
        "packs/step.html",
        draft=draft.row,
        node=node,
        form=shown,
        errors=entry_forms.errors(shown, against or []),
        lane=words.who(manifest, node.lane, lang) if known_lane else None,
        lane_roles=[(str(r), role_name(r)) for r in ROLE_NAMES] if not known_lane else [],
        chosen=request.form.getlist(LANE_ROLES),
    )


def _choices(contents: PackContents, manifest: Manifest, lang: str) -> dict[str, list[Choice]]:
    commands = words.step_commands(manifest, lang)
    return {
        "pack.commands": [Choice(name, name, note) for name, note in commands],
        "pack.stages": [
            Choice(stage, stage_name(stage, lang)) for stage in manifest.strip if stage in STAGES
        ],
        "pack.clocks": [Choice(c, words.clock_name(c, lang), c) for c in manifest.clocks],
        "pack.forms": [
            Choice(name, form.title[lang], name) for name, form in sorted(contents.forms.items())
        ],
    }


def _save(draft: Draft, contents: PackContents, manifest: Manifest, node: Node) -> BaseResponse:
    values = load_form(entry_forms.form(FORM), _typed(), current.language())
    form_id = _form_id(values)
    changed = bind_step(
        draft.files,
        node.id,
        _binding(values, form_id),
        form=_form_file(values, form_id) if values.get("new_form") else None,
        lane=_lane(contents, manifest, node),
    )
    rev = request.form.get("rev", 0, type=int)
    current.execute(SavePackDraft(draft_id=draft.row.id, rev=rev, files=changed))
    return redirect(url_for("drafts.show", draft_id=draft.row.id, select=node.id))


def _form_id(values: dict[str, Any]) -> str | None:
    new = values.get("new_form")
    if new and not CODE.fullmatch(new):
        raise Refused([_wrong("new_form", *CODE_WORDS)])
    if new and not values.get("fields"):
        raise Refused([_wrong("fields", "新表单至少要有一个栏目。", "Give at least one field.")])
    return new or values.get("form")


def _binding(values: dict[str, Any], form_id: str | None) -> dict[str, Any]:
    pairs = {name: _text(values, name) for name in ("act", "next")}
    return {
        "title": {"zh": values["zh"], "en": values["en"]},
        "command": values["command"],
        "form": form_id,
        "action": pairs["act"],
        "next": pairs["next"],
        "stage": values.get("stage"),
        "clock": values.get("clock"),
    }


def _text(values: dict[str, Any], name: str) -> dict[str, str] | None:
    zh, en = values.get(f"{name}_zh"), values.get(f"{name}_en")
    return {"zh": zh or en, "en": en or zh} if zh or en else None


def _form_file(values: dict[str, Any], form_id: str | None) -> dict[str, Any]:
    fields = [_field(row, number) for number, row in enumerate(values["fields"])]
    return {
        "id": form_id,
        "title": {"zh": values["zh"], "en": values["en"]},
        "fields": fields,
    }


def _field(row: dict[str, Any], number: int) -> dict[str, Any]:
    if not CODE.fullmatch(row["name"]):
        raise Refused(
            [
                _wrong(
                    f"fields.{number}.name", "代码用小写字母、数字和下划线。", "Use small letters."
                )
            ]
        )
    options = _options(row.get("options") or "", number) if "choice" in row["type"] else None
    return {
        "name": row["name"],
        "type": row["type"],
        "label": {"zh": row["zh"], "en": row["en"]},
        "required": bool(row.get("required")),
        "options": options,
    }


def _options(text: str, number: int) -> list[dict[str, str]]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [OPTION.fullmatch(line) for line in lines]
    if not found or any(match is None for match in found):
        raise Refused(
            [
                _wrong(
                    f"fields.{number}.options",
                    "一行写一个选项：代码 中文 / 英文，如 yes 是 / Yes。",
                    "One option a line: code Chinese / English.",
                )
            ]
        )
    return [match.groupdict() for match in found if match]


def _lane(
    contents: PackContents, manifest: Manifest, node: Node
) -> tuple[str, dict[str, Any]] | None:
    """A lane that was drawn anew gets its roles here."""
    if node.lane is None or node.lane in manifest.lanes:
        return None
    chosen = [r for r in request.form.getlist(LANE_ROLES) if r in set(Role)]
    if not chosen:
        raise Refused([_wrong(None, "请选这个泳道的职责。", "Choose the roles of this lane.")])
    drawn = {lane.id: lane.name for graph in contents.graphs.values() for lane in graph.lanes}
    zh, en = ROLE_NAMES[Role(chosen[0])]
    zh = drawn.get(node.lane) or zh
    return node.lane, {"title": {"zh": zh, "en": en}, "roles": chosen}


def _wrong(field: str | None, zh: str, en: str) -> Violation:
    return Violation("B16", Text(zh, en), field=field)
