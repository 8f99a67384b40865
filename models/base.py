"""Ground of every mapped class: naming convention, UTC time, yuan, keys.

Constraint names are part of the interface: handlers map them to rule ids and
tests look them up by name, so the convention holds from the first migration.
"""

import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import ForeignKey, MetaData, Numeric, String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Naive datetimes are refused: the law's days are Shanghai days, ours are UTC."""

    impl = TIMESTAMP(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what has no zone; hand the rest over in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the record")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back UTC whatever zone the connection speaks."""
        return value.astimezone(UTC) if value is not None else None


class Base(DeclarativeBase):
    """Base of all mapped classes."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: UtcDateTime(),
        Decimal: Numeric(18, 2),
        dict[str, Any]: JSONB(none_as_null=True),
        list[dict[str, Any]]: JSONB(none_as_null=True),
        list[str]: ARRAY(String),
    }


Key = Annotated[uuid.UUID, mapped_column(primary_key=True, default=uuid.uuid4)]
"""A surrogate key, made by the program so that a row knows its key before it is written."""

Name = Annotated[str, mapped_column(String(200))]
Code = Annotated[str, mapped_column(String(64))]


class CaseRecord:
    """What each row of a case's record carries: the case, when and by whom it was recorded."""

    id: Mapped[Key]
    recorded_at: Mapped[datetime]

    @declared_attr
    def case_id(cls) -> Mapped[uuid.UUID]:
        """The case that the row belongs to."""
        return mapped_column(ForeignKey("case.id"), index=True)

    @declared_attr
    def recorded_by_id(cls) -> Mapped[uuid.UUID | None]:
        """The person who recorded it; empty when a clock did."""
        return mapped_column(ForeignKey("person.id"))
