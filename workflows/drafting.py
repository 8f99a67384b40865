"""What a step would issue, before it is taken: its documents as drafts, with a watermark.

The step is carried out completely and undone, so a draft says what the document would say, to
the number; nothing of it stays, and the next one may get the number.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.document import Document
from workflows.actors import Actor
from workflows.commands.base import Command
from workflows.dispatch import Dispatcher, Result
from workflows.rendering import Press


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as it would be issued."""

    kind: str
    title: str
    pdf: bytes


@dataclass(frozen=True)
class Drafting:
    """Shows what would be issued."""

    dispatcher: Dispatcher
    press: Press

    def drafts(self, command: Command, actor: Actor) -> list[Draft]:
        """The documents of the command; refused for the same reasons as the command itself."""
        # To see a decision is not to sign it.
        looking = replace(actor, fresh=True)
        rows = self.dispatcher.rehearse(command, actor=looking, look=_issued)
        return [Draft(row.kind, row.title, self.press.draft(row)) for row in rows]


def _issued(session: Session, result: Result) -> Sequence[Document]:
    """The rows of the documents, taken out of the session before it is undone."""
    session.flush()
    ids = [uuid.UUID(each) for each in result.documents]
    query = select(Document).where(Document.id.in_(ids)).order_by(Document.position)
    rows = session.scalars(query).all()
    for row in rows:
        session.expunge(row)
    return rows
