"""Messages to people, written with the act that causes them; each is sent once."""

import uuid
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.errors import Text
from models.note import Notification
from models.types import NotificationKind


def tell(
    session: Session,
    now: datetime,
    *,
    person_id: uuid.UUID,
    case_id: uuid.UUID | None,
    kind: NotificationKind,
    text: Text,
    link: str,
    dedup: str,
) -> uuid.UUID | None:
    """Leave a message and return its key; None when the same one (`dedup`) was left before."""
    done = session.execute(
        insert(Notification)
        .values(
            id=uuid.uuid4(),
            person_id=person_id,
            case_id=case_id,
            kind=kind,
            text={"zh": text.zh, "en": text.en},
            link=link,
            dedup=dedup,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["person_id", "dedup"])
        .returning(Notification.id)
    )
    return done.scalar()
