"""Dated parameters of the law and the official calendar: data, never literals."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Key, Name


class ParameterValue(Base):
    """The value of one parameter from a day on, for one legal subject or for all."""

    __tablename__ = "parameter_value"
    __table_args__ = (
        Index(
            "uq_parameter_value_key_subject_from",
            "key",
            text("coalesce(subject_id::text, '')"),
            "effective_from",
            unique=True,
        ),
    )

    id: Mapped[Key]
    key: Mapped[Code]
    subject_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("legal_subject.id"))
    effective_from: Mapped[date]
    value: Mapped[Any] = mapped_column(JSONB)
    unit: Mapped[str] = mapped_column(String(40))
    title: Mapped[Name]
    title_en: Mapped[Name]
    source: Mapped[str] = mapped_column(String(400))
    verified: Mapped[bool]


class CalendarYear(Base):
    """One year of days off and make-up working days (调休), official or provisional."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(String(20))
    notice: Mapped[str] = mapped_column(String(400))
    off: Mapped[list[str]]
    work: Mapped[list[str]]


class LawVersion(Base):
    """Counts changes of parameters and calendars, so that every process notices at once."""

    __tablename__ = "law_version"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
