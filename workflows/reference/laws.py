"""Statutes (法律法规) that decisions rest on, each with its days in force (V18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from models.errors import Text
from workflows.reference.citations import article_text, article_text_en
from workflows.reference.strict_fields import build_all, read_lists, require_dates_in_order


class LawKind(StrEnum):
    """Rank of a text (效力位阶)."""

    STATUTE = "statute"
    REGULATION = "regulation"
    LOCAL_REGULATION = "local_regulation"
    RULE = "rule"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Article:
    """One article (条) or paragraph (款) with a summary in our own words."""

    article: str
    zh: str
    en: str
    paragraph: int | None = None


@dataclass(frozen=True)
class DoubtfulRepeal:
    """A text said to be repealed by another from a day on; a basis after it needs a check."""

    by: str
    since: date
    verified: bool


@dataclass(frozen=True)
class Remark:
    """A remark on a text, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Law:
    """One version of a text. `verified` says whether the promulgated text was seen."""

    key: str
    zh: str
    en: str
    kind: LawKind
    effective_from: date
    verified: bool
    articles: tuple[Article, ...]
    promulgated: date | None = None
    effective_to: date | None = None
    maybe_repealed: DoubtfulRepeal | None = None
    note: Remark | None = None

    def __post_init__(self) -> None:
        require_dates_in_order(self.effective_from, self.effective_to)
        if self.promulgated is not None and self.promulgated > self.effective_from:
            raise ValueError(f"in force on {self.effective_from}, before its promulgation")
        numbers = [(article.article, article.paragraph) for article in self.articles]
        if len(numbers) != len(set(numbers)):
            raise ValueError("an article stands twice")

    def article(self, number: str, paragraph: int | None = None) -> Article | None:
        """The summary of a paragraph, or of the whole article where that is all we have."""
        by_number = {(a.article, a.paragraph): a for a in self.articles}
        return by_number.get((number, paragraph)) or by_number.get((number, None))

    def in_force_on(self, day: date) -> bool:
        """Whether this version applies to an act of the day (从旧兼从轻, APL 37)."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )

    def cite(self, article: str, paragraph: int | None = None, item: int | None = None) -> Text:
        """The citation as a document prints it: 《…》第十七条第三款."""
        return Text(
            f"《{self.zh}》{article_text(article, paragraph, item)}",
            f"{self.en}, {article_text_en(article, paragraph, item)}",
        )


def load_laws(path: Path) -> dict[str, Law]:
    """All statutes of the file, by key."""
    laws = build_all(Law, read_lists(path, frozenset({"laws"}))["laws"], path.name)
    return {law.key: law for law in laws}
