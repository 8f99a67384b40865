"""The only writer of audit events, and their verification.

Chain: `digest = sha256(salt + canonical body)`, `hash = sha256(previous + digest)`. Each case
is a stream of its own, locked with the case; acts outside any case share the nil stream. A
lawful erasure clears the payload and keeps the digest, so the chain stays valid.
"""

import hashlib
import os
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.audit import AuditEvent, AuditSeal, ChainHead
from models.case import Case
from models.events import Event
from workflows import pipelining
from workflows.actors import Actor
from workflows.commands.base import plain

NIL = uuid.UUID(int=0)
GENESIS = b"\0" * 32


@dataclass(frozen=True, slots=True)
class Entry:
    """What dispatch hands over for one executed command."""

    command: str
    actor: Actor
    acting_for: uuid.UUID | None
    role: str | None
    at: datetime
    events: Sequence[Event]
    payload: dict[str, Any]
    changes: list[dict[str, Any]]
    state_digest: str | None


def append(session: Session, case: Case | None, entry: Entry) -> AuditEvent:
    """Write one event at the end of its stream."""
    if case is not None:
        stream, position, previous = case.id, case.chain_length + 1, case.chain_hash
    else:
        head = _nil_head(session)
        stream, position, previous = NIL, head.length + 1, head.hash
    row = _row(stream, position, previous, entry, case)
    pipelining.append(session, row)
    if case is not None:
        case.chain_length, case.chain_hash = position, row.hash
    else:
        head.length, head.hash = position, row.hash
    return row


def _nil_head(session: Session) -> ChainHead:
    session.execute(
        insert(ChainHead).values(stream=NIL, length=0, hash=GENESIS).on_conflict_do_nothing()
    )
    return session.scalars(select(ChainHead).where(ChainHead.stream == NIL).with_for_update()).one()


def _row(
    stream: uuid.UUID, position: int, previous: bytes, entry: Entry, case: Case | None
) -> AuditEvent:
    events = [
        {
            "tag": e.tag,
            "zh": e.text.zh,
            "en": e.text.en,
            "details": plain(dict(e.details)),
            "important": e.important,
        }
        for e in entry.events
    ]
    row = AuditEvent(
        stream=stream,
        position=position,
        case_id=case.id if case is not None else None,
        at=entry.at,
        actor_id=entry.actor.id,
        acting_for_id=entry.acting_for,
        role=entry.role,
        via=entry.actor.via,
        command=entry.command,
        tag=events[0]["tag"] if events else f"command:{entry.command}",
        important=any(e.important for e in entry.events),
        events=events,
        payload=entry.payload,
        changes=entry.changes,
        state_digest=entry.state_digest,
        salt=os.urandom(16),
        previous=previous,
    )
    row.digest = digest_of(row)
    row.hash = hashlib.sha256(previous + row.digest).digest()
    return row


def digest_of(row: AuditEvent) -> bytes:
    """The salted digest of everything that the event says."""
    return hashlib.sha256(row.salt + body_of(row)).digest()


def body_of(row: AuditEvent) -> bytes:
    """Everything that the event says, in the one spelling that the digest covers."""
    body = {
        "stream": str(row.stream),
        "position": row.position,
        "at": row.at.isoformat(),
        "actor": str(row.actor_id),
        "acting_for": str(row.acting_for_id),
        "role": row.role,
        "via": row.via,
        "command": row.command,
        "events": row.events,
        "payload": row.payload,
        "changes": row.changes,
        "state": row.state_digest,
    }
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold."""

    stream: uuid.UUID
    position: int
    reason: str


def verify(session: Session, *, batch: int = 1000) -> Iterator[Break]:
    """Every place where an event was changed, removed, reordered or cut off."""
    heads: dict[uuid.UUID, tuple[int, bytes]] = {}
    rows = session.scalars(
        select(AuditEvent)
        .order_by(AuditEvent.stream, AuditEvent.position)
        .execution_options(yield_per=batch)
    )
    for row in rows:
        length, last = heads.get(row.stream, (0, GENESIS))
        yield from _verify_one(row, length, last)
        heads[row.stream] = (row.position, row.hash)
        session.expunge(row)
    yield from _verify_heads(session, heads)
    yield from _verify_seals(session)


def verify_case(session: Session, case: Case) -> list[Break]:
    """The same for one case alone: its events from the first to the one that its head names."""
    found: list[Break] = []
    length, last = 0, GENESIS
    query = select(AuditEvent).where(AuditEvent.stream == case.id).order_by(AuditEvent.position)
    for row in session.scalars(query.execution_options(yield_per=1000)):
        found += _verify_one(row, length, last)
        length, last = row.position, row.hash
    if (length, last) != (case.chain_length, case.chain_hash):
        found.append(Break(case.id, length, "the stream does not end where its head says"))
    return found


def _verify_one(row: AuditEvent, length: int, last: bytes) -> Iterator[Break]:
    if row.position != length + 1:
        yield Break(row.stream, row.position, f"position follows {length}: events are missing")
    if row.previous != last:
        yield Break(row.stream, row.position, "does not join the event before it")
    if row.erased_at is None and digest_of(row) != row.digest:
        yield Break(row.stream, row.position, "content was changed")
    if hashlib.sha256(row.previous + row.digest).digest() != row.hash:
        yield Break(row.stream, row.position, "hash was changed")


def _verify_heads(session: Session, heads: dict[uuid.UUID, tuple[int, bytes]]) -> Iterator[Break]:
    known: list[tuple[uuid.UUID, int, bytes]] = [
        (h.stream, h.length, h.hash) for h in session.scalars(select(ChainHead))
    ]
    cases = session.execute(select(Case.id, Case.chain_length, Case.chain_hash))
    known += [(r.id, r.chain_length, r.chain_hash) for r in cases]
    for stream, length, last in known:
        if heads.get(stream, (0, GENESIS)) != (length, last):
            yield Break(stream, length, "the stream does not end where its head says")


def seal(session: Session, now: datetime) -> AuditSeal | None:
    """Seal all events since the last seal; None when there are none."""
    # Waits for writers that hold an id but have not committed: a seal must miss nothing below it.
    session.execute(text("lock table audit_event in share mode"))
    before = session.scalar(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1))
    first = before.upto + 1 if before else 1
    upto = session.scalar(select(func.max(AuditEvent.id)))
    if upto is None or upto < first:
        return None
    count, digest = _digest_range(session, first, upto)
    previous = before.hash if before else GENESIS
    row = AuditSeal(
        at=now, first=first, upto=upto, count=count, previous=previous,
        hash=hashlib.sha256(previous + digest).digest(),
    )  # fmt: skip
    session.add(row)
    return row


def _digest_range(session: Session, first: int, upto: int) -> tuple[int, bytes]:
    running = hashlib.sha256()
    count = 0
    rows = session.execute(
        select(AuditEvent.id, AuditEvent.hash)
        .where(AuditEvent.id.between(first, upto))
        .order_by(AuditEvent.id)
        .execution_options(yield_per=5000)
    )
    for id_, hash_ in rows:
        running.update(id_.to_bytes(8, "big") + hash_)
        count += 1
    return count, running.digest()


def _verify_seals(session: Session) -> Iterator[Break]:
    previous = GENESIS
    for row in session.scalars(select(AuditSeal).order_by(AuditSeal.id)):
        count, digest = _digest_range(session, row.first, row.upto)
        if row.previous != previous:
            yield Break(NIL, row.id, "a seal does not join the seal before it")
        if count != row.count or hashlib.sha256(row.previous + digest).digest() != row.hash:
            yield Break(NIL, row.id, f"events {row.first} to {row.upto} are not those sealed")
        previous = row.hash


def extent(session: Session) -> dict[str, int]:
    """How much there is: events, streams, seals."""
    return {
        "events": session.scalar(select(func.count()).select_from(AuditEvent)) or 0,
        "streams": session.scalar(select(func.count(AuditEvent.stream.distinct()))) or 0,
        "seals": session.scalar(select(func.count()).select_from(AuditSeal)) or 0,
    }
