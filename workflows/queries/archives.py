"""The archive as it is looked at: archived files found by number, party, year and cause."""

import uuid
from contextlib import suppress

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.case import Case
from models.closing import ArchiveVolume


def case_named(session: Session, name: str) -> uuid.UUID | None:
    """An archived case by its number, an archive number of it, or its key."""
    told = [Case.case_no == name, Case.lead_no == name, ArchiveVolume.archive_no == name]
    with suppress(ValueError):
        told.append(Case.id == uuid.UUID(name))
    query = select(Case.id).join(ArchiveVolume, ArchiveVolume.case_id == Case.id)
    return session.scalars(query.where(or_(*told)).limit(1)).first()
