"""Opening a case: its row, under whose name, in which pack. For decisions on the spot."""

import uuid
from datetime import datetime
from typing import Any

from models.case import Case
from workflows.act import Act
from workflows.actors import Holding
from workflows.catalogue import LoadedPack


def open_case(
    act: Act, holding: Holding, pack: LoadedPack, clue_at: datetime, **values: Any
) -> Case:
    """A new case in the pack, for the subject and the unit of the holding; nothing known yet."""
    act.grant, act.pack = holding, pack
    known: dict[str, Any] = {
        "id": uuid.uuid4(),
        "subject_id": holding.subject_id,
        "unit_id": holding.unit_id,
        "pack_version_id": pack.version_id,
        "procedure": pack.manifest.procedure,
        "clue_at": clue_at,
        "opened_at": act.now,
        "name": "",
        "source_detail": "",
        "flags": [],
        "grams": [],
        "parties": [],
        "handlers": [],
        "rev": 0,
        "chain_length": 0,
        "chain_hash": b"\0" * 32,
    }
    act.case = Case(**(known | values))
    act.session.add(act.case)
    act.session.flush()
    return act.case
