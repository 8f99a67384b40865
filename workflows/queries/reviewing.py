"""How often reviews found which fault (审核未通过原因): the count of failure-reason codes."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.case import Case
from models.joint_review import ReviewObjection
from workflows.actors import Actor
from workflows.queries.supervision import scope


def failure_counts(session: Session, actor: Actor, since: datetime) -> list[tuple[str, int]]:
    """(code of `review_failure`, how often) in supervised cases, the most frequent first."""
    times = func.count()
    query = (
        select(ReviewObjection.reason, times)
        .join(Case, Case.id == ReviewObjection.case_id)
        .where(
            scope(actor), ReviewObjection.reason.is_not(None), ReviewObjection.recorded_at >= since
        )
        .group_by(ReviewObjection.reason)
        .order_by(times.desc(), ReviewObjection.reason)
    )
    return [(str(reason), count) for reason, count in session.execute(query)]
