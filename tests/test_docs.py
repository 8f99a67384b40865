"""The documentation says what is so: its lists follow the data, its links and pictures exist."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.types import Flag, Role, Stage
from webapp.cli import parser
from workflows.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SHARED = ROOT / "bpmn" / "_shared"
PAGES = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
RULE = re.compile(r"[A-Z]\d\d")
GUARDED = ("guards", "handlers", "duties.py", "permissions.py", "dispatch.py", "people.py")


def told(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def first_cells(text: str) -> set[str]:
    """What stands in the first column of the tables of a page, without its quotes."""
    rows = re.findall(r"^\| ([^|]+?) \|", text, flags=re.M)
    return {row.strip("`* ") for row in rows}


def data(path: str, key: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((SHARED / path).read_text("utf-8"))[key]
    return loaded


def unverified(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(each["key"]): each for each in entries if not each["verified"]}


def matters() -> list[dict[str, Any]]:
    names = sorted(path.name for path in (SHARED / "matters").glob("*.yaml"))
    return [each for name in names for each in data(f"matters/{name}", "matters")]


def python_files(*places: Path) -> Iterator[Path]:
    for place in places:
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


def texts_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


def rules_in(*places: Path) -> set[str]:
    """Rule ids that the code speaks of; D01 and its like are documents."""
    found = {text for path in python_files(*places) for text in texts_of(path)}
    return {text for text in found if RULE.fullmatch(text) and not text.startswith("D")}


def test_every_unverified_parameter_is_listed_and_no_other() -> None:
    wanted = unverified(data("parameters.yaml", "parameters"))
    listed = {cell for cell in first_cells(told("unverified.md")) if re.search(r"[._]", cell)}
    assert listed - {"ZJ-DQ"} == set(wanted)


@pytest.mark.parametrize(
    ("key", "entry"), unverified(data("parameters.yaml", "parameters")).items()
)
def test_an_unverified_parameter_is_listed_with_the_values_in_use(
    key: str, entry: dict[str, Any]
) -> None:
    row = re.search(rf"^\| `{re.escape(key)}` \|.*$", told("unverified.md"), flags=re.M)
    assert row is not None
    for each in entry["values"]:
        value = each["value"]
        parts = [f"{a}–{b}" for a, b in value.values()] if isinstance(value, dict) else [value]
        words = [{True: "是", False: "否"}[p] if isinstance(p, bool) else str(p) for p in parts]
        assert all(f" {word}" in row[0] for word in words)


def test_every_unverified_law_and_matter_is_listed() -> None:
    page = first_cells(told("unverified.md"))
    assert set(unverified(data("laws.yaml", "laws"))) <= page
    assert {str(m["code"]) for m in matters() if not m["verified"]} <= page


def test_a_matter_that_has_been_verified_is_not_listed_any_more() -> None:
    page = first_cells(told("unverified.md"))
    assert not {str(m["code"]) for m in matters() if m["verified"]} & page


def test_every_rule_of_a_case_is_explained() -> None:
    places = [ROOT / "workflows" / name for name in GUARDED] + [ROOT / "models" / "identifiers.py"]
    cases, _, packs = told("rules.md").partition("## 流程包检查")
    assert rules_in(*places) - {"M06"} <= first_cells(cases)
    assert "M06" in first_cells(packs)


def test_every_rule_that_is_explained_exists() -> None:
    cases, _, packs = told("rules.md").partition("## 流程包检查")
    used = rules_in(ROOT / "workflows", ROOT / "models")
    explained = {c for c in first_cells(cases) | first_cells(packs) if RULE.fullmatch(c)}
    assert explained <= used


def test_every_check_of_a_pack_is_explained() -> None:
    _, _, packs = told("rules.md").partition("## 流程包检查")
    assert rules_in(ROOT / "workflows" / "packs") <= first_cells(packs)


def test_every_stage_flag_and_role_is_in_the_vocabulary() -> None:
    page = first_cells(told("vocabulary.md"))
    assert {str(word) for kind in (Stage, Flag, Role) for word in kind} <= page


def test_every_setting_and_its_variable_is_in_the_operations_manual() -> None:
    source = (ROOT / "workflows" / "settings.py").read_text(encoding="utf-8")
    variables = set(re.findall(r'environ(?:\.get\(|, )"([A-Z_]+)"', source))
    variables |= set(re.findall(r'_(?:flag|number)\(environ, "([A-Z_]+)"', source))
    assert len(variables) == len(fields(Settings))
    assert variables <= first_cells(told("operations.md"))


def test_every_console_command_is_in_the_operations_manual() -> None:
    [commands] = [a.choices for a in parser()._actions if isinstance(a.choices, dict)]
    page = told("operations.md")
    assert [name for name in commands if f"`caselane {name}" not in page] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_package_that_is_needed_at_run_time_is_named_with_its_purpose(readme: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["embedded"]]
    names = {re.split(r"[<>=\[ ]", need)[0] for need in needed}
    text = (ROOT / readme).read_text(encoding="utf-8").lower()
    assert {name for name in names if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_picture_leads_to_a_file(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'(?:src|href)="([^"#]+)"', text)
    inside = [t for t in targets if not re.match(r"[a-z]+:", t)]
    assert [target for target in inside if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_that_a_page_names_exists(page: Path) -> None:
    roots = "bpmn|models|workflows|webapp|tests|docs|benchmarks"
    named = re.findall(rf"`((?:{roots})/[\w./-]+)`", page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_legal_gate_is_in_the_rules_with_its_article() -> None:
    cells = first_cells(told("rules.md"))
    gates = data("gates.yaml", "gates")
    assert {gate["id"] for gate in gates} <= cells
    assert all(gate["article"]["zh"] in told("rules.md") for gate in gates)
