"""Closed vocabularies of the law and of the program (internal codes; texts live in code tables)."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a case stands (阶段). domain.md's state names map to these in docs/vocabulary.md."""

    LEAD = "lead"
    FILED = "filed"
    INVESTIGATING = "investigating"
    REVIEWING = "reviewing"
    NOTIFIED = "notified"
    HEARING = "hearing"
    DISCUSSING = "discussing"
    DECIDED = "decided"
    ENFORCING = "enforcing"
    CLOSED = "closed"
    ARCHIVED = "archived"
    EXEMPT = "exempt"
    NOT_FILED = "not_filed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    TRANSFERRING = "transferring"
    TRANSFERRED = "transferred"
    TRANSFERRED_CRIMINAL = "transferred_criminal"
    CLOSED_CRIMINAL = "closed_criminal"
    TERMINATED = "terminated"


EXITS = frozenset(
    {
        Stage.ARCHIVED,
        Stage.EXEMPT,
        Stage.NOT_FILED,
        Stage.MERGED,
        Stage.WITHDRAWN,
        Stage.TRANSFERRED,
        Stage.CLOSED_CRIMINAL,
        Stage.TERMINATED,
    }
)


class Flag(StrEnum):
    """What is true of a case beside its stage."""

    SUSPENDED = "suspended"
    CORRECTED = "corrected"
    WAIVED = "waived"
    SERVED = "served"
    PAID = "paid"
    PUBLISHED = "published"
    MAJOR = "major"
    IN_REMEDY = "in_remedy"
    REMEDY_DUE = "remedy_due"
    """A remedy has ended, and what follows from it is not all done."""
    FAST_TRACK = "fast_track"


class Role(StrEnum):
    """Roles of domain.md 3.1."""

    HANDLER = "handler"
    AUX = "aux"
    UNIT_HEAD = "unit_head"
    TOWN_LEGAL = "town_legal"
    LEGAL_REVIEWER = "legal_reviewer"
    DEPT_REVIEWER = "dept_reviewer"
    JUSTICE_OFFICE = "justice_office"
    LEGAL_COUNSEL = "legal_counsel"
    LEADER_DEPUTY = "leader_deputy"
    LEADER_CHIEF = "leader_chief"
    PANEL_MEMBER = "panel_member"
    RECORDER = "recorder"
    HEARING_HOST = "hearing_host"
    PUBLISHER = "publisher"
    ARCHIVIST = "archivist"
    CASHIER = "cashier"
    DEVICE_ADMIN = "device_admin"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    DESIGNER = "designer"
    RELEASER = "releaser"
    SYS_ADMIN = "sys_admin"


class SubjectKind(StrEnum):
    """Why a legal subject may punish in its own name (APL 17-24)."""

    BUREAU = "bureau"
    EMPOWERED = "empowered"
    DELEGATED = "delegated"
    SUPERVISING = "supervising"


class TaskState(StrEnum):
    """Life of a task as people see it."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class ClockState(StrEnum):
    """Life of a statutory clock (期限)."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    MET = "met"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class DocumentState(StrEnum):
    """Life of a document (文书)."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"
    VOIDED = "voided"


class PackOrigin(StrEnum):
    """Where a pack version came from."""

    SHIPPED = "shipped"
    DRAFTED = "drafted"


class DraftState(StrEnum):
    """Life of a pack draft."""

    OPEN = "open"
    PROPOSED = "proposed"
    RELEASED = "released"
    DISCARDED = "discarded"


class DecisionType(StrEnum):
    """What a decision decides (处理决定, domain.md 4.6)."""

    PENALTY = "penalty"
    NO_PENALTY_MINOR = "no_penalty_minor"
    NO_PENALTY_FIRST = "no_penalty_first"
    NO_PENALTY_NO_FAULT = "no_penalty_no_fault"
    NO_PENALTY_UNPROVEN = "no_penalty_unproven"

    @classmethod
    def without(cls, ground: str | None) -> "DecisionType":
        """The decision not to punish on a ground of the code table `no_penalty_ground`."""
        return cls(f"no_penalty_{ground}")


class DisclosureState(StrEnum):
    """Publicity state (公示状态)."""

    PREPARED = "prepared"
    PUBLISHED = "published"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REPAIRED = "repaired"


class ReportState(StrEnum):
    """Where a report to a platform stands (归集、报送)."""

    WAITING = "waiting"
    UNMAPPED = "unmapped"
    """Something in it has no place at the destination: it is listed, not sent."""
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REPLACED = "replaced"
    """Told anew under a later version."""


class NotificationKind(StrEnum):
    """Why a person is told something."""

    CLOCK_AMBER = "clock_amber"
    CLOCK_RED = "clock_red"
    CLOCK_EXPIRED = "clock_expired"
    CLOCK_MOVED = "clock_moved"
    TASK_ASSIGNED = "task_assigned"
    TASK_RETURNED = "task_returned"
    PACK_PROPOSED = "pack_proposed"


class ReviewLevel(StrEnum):
    """Levels of the “1+3” review (会审): the town's own officer, and three others."""

    TOWN = "town"
    DEPARTMENT = "department"
    JUSTICE_OFFICE = "justice_office"
    CONSULTATION = "consultation"


class MeetingState(StrEnum):
    """Where a meeting of the heads stands."""

    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
