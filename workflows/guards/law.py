"""Articles that refusals cite, and the short ways to write a violation."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from models.errors import Text, Violation
from models.laws import AEL, ALL, APL, ARL, CPL, MSA, SPC20, T310
from workflows.act import Act
from workflows.documents.wording import count

Guard = Callable[[Act, Any], Iterator[Violation]]
"""A rule: what stands against a command. It reads only, and says everything at once."""


def _articles(prefix: str, law: Text, numbers: str) -> dict[str, Text]:
    """APL44 and its like: 《行政处罚法》第四十四条."""
    return {
        f"{prefix}{number}": Text(
            f"《{law.zh}》第{count(int(number))}条", f"{law.en} art. {number}"
        )
        for number in numbers.split()
    }


ARTICLES: Mapping[str, Text] = {
    **_articles(
        "APL",
        APL,
        "5 8 9 17 23 25 26 27 28 29 30 32 33 34 35 36 37 38 40 41 42 43 44 45 46 47 48 51 52 54 55 "
        "56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 74 75",
    ),
    **_articles(
        "MSA",
        MSA,
        "4 13 14 16 17 18 19 20 23 31 32 33 34 35 36 38 45 46 47 48 49 53 54 55 57 60 62 63 64 77 "
        "78 79 81 82 83",
    ),
    **_articles(
        "AEL",
        AEL,
        "10 13 17 18 19 21 22 23 24 25 27 28 34 35 36 37 38 39 40 41 42 43 44 45 50 51 52 53 54 "
        "55 56 57 58",
    ),
    **_articles("T310_", T310, "3 5 6 7 8 9 10 11 12"),
    **_articles("CPL", CPL, "87 88 89 90 91 92 93 94 95"),
    **_articles("ARL", ARL, "20 23 29 30 32 42 46 48 62 63 64 69 76"),
    **_articles("ALL", ALL, "3 35 85 90"),
    **_articles("SPC20-", SPC20, "2 6 8"),
    "GB32100": Text("GB 32100-2015", "GB 32100-2015"),
    "GB11643": Text("GB 11643-1999", "GB 11643-1999"),
    "ORDER": Text("案件材料的时间先后（案卷评查标准）", "Order of dates (file review standard)"),
    "SAME": Text("文书内容一致（案卷评查标准）", "Same words in all documents (file review)"),
    "NUMBERS": Text("文号登记规则", "Rules of the number register"),
    "DUTIES": Text("职责分离规则", "Separation of duties"),
    "CR36": Text("《信用修复管理办法》", "Measures for the Administration of Credit Repair"),
    "QUICK": Text("快速办理规则（本地规定）", "Rules of quick handling (local)"),
    "NONE": Text("", ""),
}


def against(
    rule: str, zh: str, en: str, article: str = "NONE", field: str | None = None
) -> Violation:
    """One failing rule with what to do, in both languages, and the article that it rests on."""
    return Violation(rule, Text(zh, en), ARTICLES[article], field)


def needed(c: Any, names: Mapping[str, Text], article: str = "NONE") -> Iterator[Violation]:
    """R01: fields that this choice calls for; each empty one is named."""
    for name, title in names.items():
        if empty(getattr(c, name, None)):
            yield against("R01", f"请填写{title.zh}。", f"Fill in: {title.en}.", article, name)


def empty(value: Any) -> bool:
    """Whether a field says nothing: None, blanks, no rows. Zero and False do say something."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple | dict) and not value)
