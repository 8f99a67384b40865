"""V16 across the file: the same facts stand in every document that is in force."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.case import Case
from models.document import Document
from models.errors import Text, Violation
from models.types import DocumentState
from workflows.act import Act
from workflows.commands.decision import IssueDecision
from workflows.guards.law import against

FACTS: Mapping[tuple[str, ...], Text] = {
    ("party", "name"): Text("当事人名称", "name of the party"),
    ("party", "uscc"): Text("统一社会信用代码", "credit code"),
    ("party", "cert_no"): Text("证件号码", "identity number"),
    ("case", "cause"): Text("案由", "cause"),
}
"""What every document of a case says alike, by its place in the facts of a document."""
FINES: Mapping[str, tuple[str, ...]] = {
    "D29": ("report", "terms", "fine", "figures"),
    "D33": ("report", "terms", "fine", "figures"),
    "D34": ("notice", "terms", "fine", "figures"),
    "D35": ("notice", "terms", "fine", "figures"),
}
"""Where the documents up to the notice state the fine that is proposed."""
FINE = Text("拟罚款数额", "proposed fine")


@dataclass(frozen=True, slots=True)
class Said:
    """What one document says of one fact."""

    document: Text
    words: str


def facts_agree_in_all_documents(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V16: nothing is decided on a file whose documents contradict each other.

    The documents from the filing on are compared, the last of each kind; a lead may still have
    known the party by another name. Documents beside which a correction stands are left out.
    """
    if c.outcome != "issue":
        return
    rows = latest(act.session, act.case)
    for path, title in FACTS.items():
        yield from _clash(title, [_said(row, path) for row in rows])
    yield from _clash(FINE, [_said(row, FINES[row.kind]) for row in rows if row.kind in FINES])


def latest(session: Session, case: Case) -> list[Document]:
    """The last document of each kind since the filing that is in force and not corrected."""
    if case.filed_at is None:
        return []
    found = session.scalars(
        select(Document)
        .where(
            Document.case_id == case.id,
            Document.state == DocumentState.ISSUED,
            Document.corrected_by_id.is_(None),
            Document.dated_at >= case.filed_at,
        )
        .order_by(Document.dated_at, Document.position)
    )
    return list({row.kind: row for row in found}.values())


def _said(row: Document, path: tuple[str, ...]) -> Said:
    value: object = row.facts
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    number = f"（{row.number}）" if row.number else ""
    title = Text(f"《{row.title}》{number}", f"{row.title} {row.number or ''}".strip())
    return Said(title, str(value or "").strip())


def _clash(title: Text, said: list[Said]) -> Iterator[Violation]:
    """One violation for the first two documents that say different things."""
    spoken = [each for each in said if each.words]
    other = next((each for each in spoken if each.words != spoken[0].words), None)
    if other is None:
        return
    first = spoken[0]
    yield against(
        "V16",
        f"{title.zh}在各文书中不一致：{first.document.zh}写“{first.words}”，"
        f"{other.document.zh}写“{other.words}”。请先更正。",
        f"The {title.en} differs: “{first.words}” in {first.document.en}, “{other.words}” in "
        f"{other.document.en}. Correct it first.",
        "SAME",
    )
