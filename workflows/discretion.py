"""Discretion (行政裁量): factors to a level to a range, by the table in force on the day.

The table advises; the officer decides. Whoever leaves its range or its level says why, and a
chief approves it (V33). Shares of the statutory range are exact fractions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.discretion import DiscretionTable
from models.errors import Text
from models.matter import Matter
from workflows import rules

Shares = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Advice:
    """What the table says: the level that the factors make (None: none named), and why."""

    standard: str
    title: Text
    level: str | None
    reason: Text
    shares: Mapping[str, Shares]

    def within(self, level: str | None) -> Shares | None:
        """Lowest and highest share of the statutory range for a level of the table."""
        return self.shares.get(level or "")


def table_for(session: Session, matter: Matter, day: date) -> DiscretionTable | None:
    """The version of the matter's standard in force on the day; None for matters without one."""
    key = standard_key(matter)
    if key is None:
        return None
    query = select(DiscretionTable).where(DiscretionTable.key == key)
    rows = session.scalars(query.order_by(DiscretionTable.effective_from.desc()))
    return next((row for row in rows if row.in_force_on(day)), None)


def standard_of(session: Session, matter: Matter, day: date) -> str | None:
    """Key and version of the standard in force on the day, as report and decision keep it."""
    table = table_for(session, matter, day)
    return f"{table.key}@{table.version}" if table else None


def standard_key(matter: Matter) -> str | None:
    """The standard that the matter names."""
    kept = (matter.content or {}).get("discretion") or {}
    return kept.get("key")


def advise(table: DiscretionTable, factors: Iterable[str]) -> Advice:
    """What the table makes of the factors that the report names."""
    parsed, named = _parsed(table.dmn), set(factors)
    found = rules.evaluate(parsed, {column.name: column.name in named for column in parsed.inputs})
    wanted = ("level", "reason", "reason_en")
    level, zh, en = (str(found.outputs.get(name) or "") for name in wanted)
    return Advice(
        standard=f"{table.key}@{table.version}",
        title=Text(table.title, table.title_en),
        level=level if named and level else None,
        reason=Text(zh, en) if named else Text("", ""),
        shares=shares_of(parsed),
    )


def shares_of(table: rules.Table) -> dict[str, Shares]:
    """Level → shares. Rows of one level must agree, else the table is no standard."""
    places = {column.name: index for index, column in enumerate(table.outputs)}
    found: dict[str, Shares] = {}
    for row in table.rows:
        level, lower, upper = (str(row.outputs[places[n]]) for n in ("level", "lower", "upper"))
        shares = (Fraction(lower), Fraction(upper))
        if found.setdefault(level, shares) != shares:
            raise ValueError(f"level {level} has two ranges")
    return found


@lru_cache(maxsize=64)
def _parsed(dmn: str) -> rules.Table:
    return rules.parse(dmn.encode())
