"""All mapped classes in one import: migrations, tests and the session factory start here."""

from importlib import import_module

from models.base import Base

NOUNS = (
    "appraisal",
    "assistance",
    "audit",
    "case",
    "clock",
    "closing",
    "correction",
    "decision",
    "disclosure",
    "discussion",
    "discretion",
    "document",
    "evidence",
    "hearing",
    "inquiry",
    "joint_review",
    "matter",
    "measure",
    "law_change",
    "meeting",
    "note",
    "notice",
    "pack",
    "parameter",
    "payment",
    "person",
    "process",
    "report",
    "review",
    "service",
    "subject",
    "task",
    "transfer",
    "verification",
)
"""The modules that map classes; each registers its tables when it is imported."""

for noun in NOUNS:
    import_module(f"models.{noun}")
METADATA = Base.metadata
