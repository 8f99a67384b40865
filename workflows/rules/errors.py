"""The one error of decision tables: where it is, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Place:
    """A spot in a table: the file, the row as the editor numbers it (from 1), the column's name."""

    file: str = ""
    rows: tuple[int, ...] = ()
    column: str = ""

    def zh(self) -> str:
        rows = "、".join(str(row) for row in self.rows)
        parts = (
            self.file,
            f"第 {rows} 行" if rows else "",
            f"列“{self.column}”" * bool(self.column),
        )
        return "，".join(part for part in parts if part)

    def en(self) -> str:
        word = "rows" if len(self.rows) > 1 else "row"
        rows = ", ".join(str(row) for row in self.rows)
        column = f'column "{self.column}"' if self.column else ""
        parts = (self.file, f"{word} {rows}" if rows else "", column)
        return ", ".join(part for part in parts if part)


class RuleError(Exception):
    """A decision table that cannot be read, or has no single answer for the given inputs."""

    def __init__(self, zh: str, en: str, place: Place | None = None, element: str = "") -> None:
        self.reason_zh = zh
        self.reason_en = en
        self.place = place or Place()
        self.element = element
        """XML id of the rule, cell or column, for marking it in the editor."""
        super().__init__(self.en)

    def at(
        self, *, file: str = "", row: int | None = None, column: str = "", element: str = ""
    ) -> RuleError:
        """The same error, with the parts of its place that were still unknown filled in."""
        place = replace(
            self.place,
            file=self.place.file or file,
            rows=self.place.rows or (() if row is None else (row,)),
            column=self.place.column or column,
        )
        return RuleError(self.reason_zh, self.reason_en, place, self.element or element)

    @property
    def zh(self) -> str:
        place = self.place.zh()
        return f"{place}：{self.reason_zh}" if place else self.reason_zh

    @property
    def en(self) -> str:
        place = self.place.en()
        return f"{place}: {self.reason_en}" if place else self.reason_en

    def __str__(self) -> str:
        return self.en


@contextmanager
def located(
    *, file: str = "", row: int | None = None, column: str = "", element: str = ""
) -> Iterator[None]:
    """Tell errors raised inside where they happened."""
    try:
        yield
    except RuleError as error:
        raise error.at(file=file, row=row, column=column, element=element) from error.__cause__
