"""Texts of the code tables, Chinese and English, from the pack's own files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import Text
from workflows.catalogue import LoadedPack
from workflows.packs.files import PackFiles
from workflows.reference.strict_yaml import load_strict

CHECKLIST = "checklist_item"
"""The table of review questions: the general ones, and those of lists by cause."""


@dataclass(frozen=True, slots=True)
class Option:
    """One code of a table."""

    value: str
    text: Text


class Labels:
    """(table, code) → text; a code that no table knows comes back as it is."""

    def __init__(self, tables: Mapping[str, tuple[Option, ...]]) -> None:
        self.tables = tables
        self._texts = {
            (name, option.value): option.text
            for name, options in tables.items()
            for option in options
        }

    @classmethod
    def from_files(cls, files: PackFiles) -> "Labels":
        """The tables under `codes/`, the pack's own before shared ones."""
        tables: dict[str, tuple[Option, ...]] = {}
        for path in reversed(files.under("codes", ".yaml")):
            content: dict[str, Any] = load_strict(files[path].decode("utf-8"))
            if "table" in content:
                tables[content["table"]] = tuple(
                    Option(str(code["value"]), Text(code["zh"], code["en"]))
                    for code in content["codes"]
                )
        for path in files.under("checklists", ".yaml"):
            listed: dict[str, Any] = load_strict(files[path].decode("utf-8"))
            tables[CHECKLIST] = tables.get(CHECKLIST, ()) + tuple(
                Option(str(each["item"]), Text(each["zh"], each["en"])) for each in listed["items"]
            )
        return cls(tables)

    def __call__(self, table: str, code: str) -> str:
        return self.text(table, code).zh

    def text(self, table: str, code: str) -> Text:
        """The text in both languages."""
        return self._texts.get((table, code), Text(code, code))


def labels_of(pack: LoadedPack) -> Labels:
    """Code texts of the pack's own code tables, read once a version."""
    cache = pack.__dict__
    if "_labels" not in cache:
        cache["_labels"] = Labels.from_files(pack.files)
    found: Labels = cache["_labels"]
    return found
