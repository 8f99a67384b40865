"""Code tables (代码表): internal values with official numbers and both languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workflows.reference.strict_fields import ReferenceFileError, build, read_mapping


@dataclass(frozen=True)
class CodeText:
    """A title in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Code:
    """One value; `number` is what official exports carry."""

    value: str
    zh: str
    en: str
    number: str | None = None


@dataclass(frozen=True)
class CodeTable:
    """One closed list; its file bears its name."""

    table: str
    title: CodeText
    source: str
    codes: tuple[Code, ...]

    def __post_init__(self) -> None:
        values = [code.value for code in self.codes]
        numbers = [code.number for code in self.codes if code.number]
        for listed in (values, numbers):
            if len(listed) != len(set(listed)):
                raise ValueError("a value or number stands twice")

    def __contains__(self, value: str) -> bool:
        return any(code.value == value for code in self.codes)

    def code(self, value: str) -> Code:
        """The entry of a value; raises KeyError when the table does not know it."""
        for code in self.codes:
            if code.value == value:
                return code
        raise KeyError(f"{self.table} has no value {value}")


def load_codes(folder: Path) -> dict[str, CodeTable]:
    """All tables of the folder, by name."""
    tables: dict[str, CodeTable] = {}
    for path in sorted(folder.glob("*.yaml")):
        table = build(CodeTable, read_mapping(path), path.name)
        if table.table != path.stem:
            raise ReferenceFileError(f"{path.name}: the table calls itself {table.table}")
        tables[table.table] = table
    return tables
