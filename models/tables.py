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
    "confiscation",
    "correction",
    "decision",
    "device",
    "disclosure",
    "discretion",
    "discussion",
    "document",
    "enforcement",
    "enforcement_rest",
    "evidence",
    "extension",
    "exemption",
    "fact_correction",
    "hearing",
    "inquiry",
    "instalment",
    "joint_review",
    "law_change",
    "matter",
    "measure",
    "meeting",
    "note",
    "notice",
    "pack",
    "parameter",
    "payment",
    "person",
    "process",
    "publication",
    "quick",
    "recording",
    "recusal",
    "refund",
    "remedy",
    "report",
    "review",
    "service",
    "spot",
    "signature",
    "subject",
    "surcharge",
    "suspension",
    "task",
    "criminal",
    "transfer",
    "urging",
    "verification",
)
"""The modules that map classes; each registers its tables when it is imported."""

for noun in NOUNS:
    import_module(f"models.{noun}")
METADATA = Base.metadata
