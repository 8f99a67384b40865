"""Signatures under documents, and numbers that are voided."""

import hashlib

from sqlalchemy import select

from models.document import Document, NumberTaken
from models.signature import Signature
from workflows.act import Act, Outcome, told
from workflows.commands.signature import SignDocument, VoidNumber
from workflows.signing import CAPACITIES, Statement


def sign_document(act: Act, c: SignDocument) -> Outcome:
    """Keep the signature over exactly the file that was shown."""
    document = act.session.get_one(Document, c.document)
    statement = Statement(document.id, c.sha256, c.capacity, act.actor.person_id, act.now)
    assert act.signer is not None
    signed = act.signer.sign(statement)
    act.session.add(
        Signature(
            **act.stamp(), document_id=document.id, capacity=c.capacity,
            person_id=act.actor.person_id, acting_for_id=act.acting_for, sha256=c.sha256,
            provider=signed.provider, key_id=signed.key_id, value=signed.value,
        )
    )  # fmt: skip
    as_what = CAPACITIES[c.capacity]
    return Outcome(
        events=[
            told(
                "case:document:signed",
                f"以“{as_what.zh}”签署《{document.title}》。",
                f"Signed {document.title} as {as_what.en.lower()}.",
                important=False,
                sha256=c.sha256,
                signature=hashlib.sha256(signed.value).hexdigest(),
            )
        ]
    )


def void_number(act: Act, c: VoidNumber) -> Outcome:
    """The number stays in the register, marked, with the reason (V29)."""
    row = act.session.scalars(
        select(NumberTaken).where(
            NumberTaken.case_id == act.case.id, NumberTaken.number == c.number
        )
    ).one()
    row.voided_at, row.void_reason = act.now, c.reason[:400]
    return Outcome(
        events=[
            told(
                "case:number:voided",
                f"文号{c.number}作废：{c.reason}",
                f"Number {c.number} voided: {c.reason}",
                number=c.number,
            )
        ]
    )
