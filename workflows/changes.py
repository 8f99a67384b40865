"""What a transaction changed, row by row: the before and after that the audit keeps."""

import uuid
from functools import lru_cache
from typing import Any

from sqlalchemy import LargeBinary, event, inspect
from sqlalchemy.orm import InstanceState, Mapper, Session, UOWTransaction
from sqlalchemy.orm.base import NO_VALUE

from workflows.commands.base import plain
from workflows.pipelining import APPENDED

SILENT_TABLES = frozenset(
    {
        "audit_event",
        "chain_head",
        "command_receipt",
        "process_history",
        "notification",
        "pack_draft_file",
    }
)
SILENT_COLUMNS = frozenset(
    {"chain_hash", "chain_length", "grams", "password_hash", "pending_clocks"}
)


FOLLOWED = "changes"


class ChangeLog:
    """Follows one session; several flushes of one row become one entry."""

    def __init__(self, session: Session) -> None:
        self._rows: dict[tuple[str, str], dict[str, Any]] = {}
        session.info[FOLLOWED] = self

    def close(self, session: Session) -> None:
        """Note what has changed since the last flush, and nothing after that."""
        self.collect(session)
        session.info.pop(FOLLOWED, None)

    def collect(self, session: Session) -> None:
        """Note what has changed since the last flush."""
        for row in (*session.new, *session.info.get(APPENDED, ())):
            self._note_new(row)
        for row in session.dirty:
            self._note_changed(row)
        for row in session.deleted:
            self._note_gone(row)

    def _note_new(self, row: object) -> None:
        mapper, state = _seen(row)
        if mapper.local_table.name in SILENT_TABLES:  # type: ignore[attr-defined]
            return
        key = _key(mapper, row)
        new = {name: plain(state.dict.get(name)) for name in _told_columns(mapper)}
        self._merge(mapper, key, None, new)

    def _note_changed(self, row: object) -> None:
        """Only what was assigned since the last flush: the state keeps the values before."""
        mapper, state = _seen(row)
        told = set(_told_columns(mapper))
        old: dict[str, Any] = {}
        new: dict[str, Any] = {}
        for name, before in state.committed_state.items():
            now = state.dict.get(name)
            if name in told and before != now:
                old[name] = None if before is NO_VALUE else plain(before)
                new[name] = plain(now)
        self._merge(mapper, _key(mapper, row), old, new)

    def _note_gone(self, row: object) -> None:
        mapper, state = _seen(row)
        old = {name: plain(state.dict.get(name)) for name in _told_columns(mapper)}
        self._merge(mapper, _key(mapper, row), old, None)

    def _merge(
        self,
        mapper: Mapper[Any],
        key: str,
        old: dict[str, Any] | None,
        new: dict[str, Any] | None,
    ) -> None:
        table = mapper.local_table.name  # type: ignore[attr-defined]
        if (not old and not new) or table in SILENT_TABLES:
            return
        entry = self._rows.get((table, key))
        if entry is None:
            self._rows[(table, key)] = {"table": table, "key": key, "before": old, "after": new}
            return
        if entry["before"] is not None and old is not None:
            entry["before"] = {**old, **entry["before"]}
        entry["after"] = {**(entry["after"] or {}), **new} if new is not None else None

    def plain(self) -> list[dict[str, Any]]:
        """[{table, key, before, after}] in order of first change."""
        return list(self._rows.values())


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, context: UOWTransaction, instances: object) -> None:
    followed: ChangeLog | None = session.info.get(FOLLOWED)
    if followed is not None:
        followed.collect(session)


def _seen(row: object) -> tuple[Mapper[Any], InstanceState[Any]]:
    state = inspect(row)
    assert state is not None
    return state.mapper, state


@lru_cache(maxsize=256)
def _told_columns(mapper: Mapper[Any]) -> tuple[str, ...]:
    """Columns worth telling: no bytes, no secrets, no derived search terms."""
    return tuple(
        attr.key
        for attr in mapper.column_attrs
        if attr.key not in SILENT_COLUMNS and not isinstance(attr.columns[0].type, LargeBinary)
    )


def _key(mapper: Mapper[Any], row: object) -> str:
    if getattr(row, "id", uuid) is None and mapper.primary_key[0].type.python_type is uuid.UUID:
        row.id = uuid.uuid4()  # type: ignore[attr-defined]
    return "/".join(str(value) for value in mapper.primary_key_from_instance(row))
