"""Reports go out: mapped as the record stands, written to a folder or posted to an address.

The destination of each platform is set in `REPORT_TO`; without it records go to `var/reports/`.
A record that has no place at its destination is listed with every reason and not sent.
"""

from __future__ import annotations

import json
import os
import tempfile
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models.case import Case
from models.reporting import ReportRecord
from models.types import ReportState
from workflows.notes import Notes
from workflows.reference.reporting import Destination, destinations
from workflows.report_facts import facts_of
from workflows.report_mapping import Mapped, digest, map_record, written
from workflows.settings import Settings
from workflows.transaction import Transactions

SECONDS = 20.0
"""How long a platform may take to answer."""
LONGEST_ANSWER = 64 * 1024
MEDIA = {"json": "application/json; charset=utf-8", "xml": "application/xml; charset=utf-8"}
REFUSED = (400, 409, 422)
"""The platform has looked at the record and does not take it; other faults are tried again."""


class NotDelivered(Exception):
    """The platform could not be reached or did not answer as agreed; it is tried again."""


@dataclass(frozen=True)
class Answer:
    """What a platform said at once: taken, turned down with a reason, or nothing yet."""

    accepted: bool | None = None
    receipt: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Delivery:
    """Delivers records. Delivering twice sends the same key and the same bytes."""

    transactions: Transactions
    notes: Notes
    settings: Settings
    clock: Callable[[], datetime]

    def deliver(self, record_id: uuid.UUID) -> None:
        """Map and send one record that waits; anything else is left alone."""
        with self.transactions.read() as session:
            row = session.get(ReportRecord, record_id)
            if row is None or row.state != ReportState.WAITING:
                return
            to = destinations()[row.destination]
            case = session.get_one(Case, row.case_id)
            mapped = map_record(to, facts_of(session, case, row.event, row.created_at))
        said: dict[str, Any] = {"mapped": _shown(mapped), "problems": _listed(mapped)}
        if mapped.problems:
            self.notes.report_told(row.id, state=ReportState.UNMAPPED, **said)
            return
        body = written(to, row.key, mapped)
        try:
            answer = send(to, row.key, body, self.settings)
        except NotDelivered as fault:
            self.notes.report_told(row.id, failure=str(fault)[:1000], **said)
            raise
        self.notes.report_told(
            row.id, sha256=digest(body), sent_at=self.clock(), failure=None, **said,
            **_answered(answer, self.clock()),
        )  # fmt: skip


def _answered(answer: Answer, now: datetime) -> dict[str, Any]:
    if answer.accepted is None:
        return {"state": ReportState.SENT}
    if answer.accepted:
        return {"state": ReportState.ACCEPTED, "answered_at": now, "receipt": answer.receipt}
    reason = answer.reason or "—"
    return {"state": ReportState.REJECTED, "answered_at": now, "rejection": reason}


def _shown(mapped: Mapped) -> list[dict[str, str]]:
    return [{"name": n, "value": v, "source": s} for n, v, s in mapped.fields]


def _listed(mapped: Mapped) -> list[dict[str, str]]:
    return [{"name": name, "zh": text.zh, "en": text.en} for name, text in mapped.problems]


def send(to: Destination, key: str, body: bytes, settings: Settings) -> Answer:
    """Post it where the setting names an address, else write it into the folder."""
    target = settings.report_to.get(to.id, "")
    if target.startswith(("http://", "https://")):
        return _post(target, to, key, body)
    folder = Path(target) if target else settings.var / "reports" / to.id
    return _write(folder, to, key, body)


def _write(folder: Path, to: Destination, key: str, body: bytes) -> Answer:
    """The file and its checksum; each appears whole or not at all, under the same name again."""
    name = key.replace(":", "_")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        checksum = f"{digest(body)}  {name}.{to.format}\n".encode()
        for path, content in (
            (folder / f"{name}.{to.format}", body),
            (folder / f"{name}.{to.format}.sha256", checksum),
        ):
            handle, made = tempfile.mkstemp(dir=folder, prefix=".part-")
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            os.replace(made, path)
    except OSError as fault:
        raise NotDelivered(f"{folder}: {fault}") from fault
    return Answer()


def _post(url: str, to: Destination, key: str, body: bytes) -> Answer:
    request = urllib.request.Request(url, data=body, method="POST")
    request.add_header("Content-Type", MEDIA[to.format])
    request.add_header("Idempotency-Key", key)
    request.add_header("X-Content-SHA256", digest(body))
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            return _read(response.read(LONGEST_ANSWER))
    except urllib.error.HTTPError as refusal:
        if refusal.code in REFUSED:
            return Answer(accepted=False, reason=_reason(refusal))
        raise NotDelivered(f"{url}: HTTP {refusal.code}") from refusal
    except (OSError, ValueError) as fault:
        raise NotDelivered(f"{url}: {fault}") from fault


def _read(content: bytes) -> Answer:
    """{"accepted": true, "receipt": …}, {"accepted": false, "reason": …}, or nothing yet."""
    if not content.strip():
        return Answer()
    try:
        said = json.loads(content)
    except ValueError as fault:
        raise NotDelivered("the answer is not JSON") from fault
    if not isinstance(said, dict) or said.get("accepted") is None:
        return Answer()
    receipt, reason = said.get("receipt"), said.get("reason")
    return Answer(
        bool(said["accepted"]),
        str(receipt)[:200] if receipt else None,
        str(reason)[:2000] if reason else None,
    )


def _reason(refusal: urllib.error.HTTPError) -> str:
    content = refusal.read(LONGEST_ANSWER)
    try:
        said = json.loads(content)
    except ValueError:
        said = None
    if isinstance(said, dict) and said.get("reason"):
        return str(said["reason"])[:2000]
    return content.decode(errors="replace").strip()[:2000] or f"HTTP {refusal.code}"
