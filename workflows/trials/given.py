"""What a scenario brings beside the shared fixtures: written down as reference files of its own.

The files go through the same strict loaders as the shipped ones, so an inline person or matter
cannot be less than a real one.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from workflows.bootstrap import PACKS
from workflows.reference.strict_yaml import load_strict

SHARED = PACKS / "_shared"
FOLDERS = {
    "subjects": "people",
    "units": "people",
    "holdings": "people",
    "people": "people",
    "matters": "matters",
    "parties": "fixtures",
    "starts": "fixtures",
    "evidence": "fixtures",
}
ALWAYS = date(2000, 1, 1)
"""Parameters given as plain values hold from here on."""


def inline(given: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The things that are written out; keys only name what is there already."""
    found = {
        name: [item for item in given.get(name) or [] if isinstance(item, Mapping)]
        for name in FOLDERS
    }
    return {name: items for name, items in found.items() if items}


def is_bare(given: Mapping[str, Any]) -> bool:
    """Whether the shared fixtures are enough."""
    return not inline(given) and not given.get("parameters")


@contextmanager
def shared_with(given: Mapping[str, Any]) -> Iterator[Path]:
    """A copy of the shared folder with the scenario's own things added."""
    if is_bare(given):
        yield SHARED
        return
    with TemporaryDirectory(prefix="scenario-") as folder:
        root = Path(folder) / "_shared"
        shutil.copytree(SHARED, root)
        by_folder: dict[str, dict[str, list[Any]]] = {}
        for name, items in inline(given).items():
            by_folder.setdefault(FOLDERS[name], {})[name] = items
        for place, lists in by_folder.items():
            _write(root / place / "zz_given.yaml", lists)
        _set_parameters(root / "parameters.yaml", given.get("parameters") or {})
        yield root


def _write(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def _set_parameters(path: Path, wanted: Any) -> None:
    """A plain value replaces all values of its key; a whole parameter replaces the parameter."""
    content = load_strict(path.read_text("utf-8"))
    whole = {p["key"]: p for p in wanted if isinstance(p, Mapping)} if _is_list(wanted) else {}
    values = wanted if isinstance(wanted, Mapping) else {}
    listed = [whole.pop(p["key"], p) for p in content["parameters"]] + list(whole.values())
    known = {p["key"] for p in listed}
    for key in set(values) - known:
        raise LookupError(f"no parameter {key}")
    for parameter in listed:
        if parameter["key"] in values:
            only = {"from": ALWAYS, "value": values[parameter["key"]], "subject": None}
            parameter["values"] = [only]
    _write(path, {"parameters": listed})


def _is_list(value: Any) -> bool:
    return isinstance(value, list)
