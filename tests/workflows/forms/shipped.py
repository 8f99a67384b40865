"""The shipped forms and code tables, read as a pack's loader reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from workflows.forms import Form, Options, read_form, read_options
from workflows.reference.strict_yaml import load_strict

BPMN = Path(__file__).parents[3] / "bpmn"
FORM_FILES = sorted(BPMN.glob("*/forms/*.yaml"))


def content_of(path: Path) -> Any:
    return load_strict(path.read_text(encoding="utf-8"))


@cache
def shipped_form(name: str) -> Form:
    path = next(path for path in FORM_FILES if path.stem == name)
    return read_form(content_of(path))


@cache
def code_tables() -> Options:
    files = (BPMN / "_shared/codes").glob("*.yaml")
    return {path.stem: read_options(content_of(path)) for path in files}
