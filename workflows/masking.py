"""Masking (遮盖): which spans of a text are personal data, and what stands in their place.

Pure. What a case knows of people comes as :class:`Datum`; what merely reads like a number of
theirs is found by its shape. Full-width digits, spaces and dashes inside a number hide nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.identifiers import IdentifierError, check_id_card

HIDE, SURNAME, DISTRICT, PREFIX, KEEP = "hide", "surname", "district", "prefix", "keep"
NEVER_KEPT = frozenset(
    {"id_number", "phone", "bank_account", "home_address", "email", "birth_date", "minor_data"}
)
"""Kinds that no rule of a pack may leave in the open (APL 48, 50: 个人隐私)."""

SHORT = {
    "id_number": "证件号码",
    "phone": "电话",
    "home_address": "住址",
    "bank_account": "银行账号",
    "personal_name": "姓名",
    "third_party": "姓名",
    "informant": "举报人信息",
    "birth_date": "出生日期",
    "email": "电子邮箱",
    "plate_number": "号牌",
    "minor_data": "未成年人信息",
    "trade_secret": "商业秘密",
    "privacy": "个人隐私",
}
"""What the marks of a public text say instead: ［证件号码略］."""
MARK = re.compile(r"［(?:" + "|".join(sorted(set(SHORT.values()))) + r")略］")

COMPOUND = frozenset(
    re.findall(
        "..",
        "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐宇文长孙司徒夏侯轩辕端木独孤南宫西门闻人申屠太史澹台公冶"
        "濮阳淳于单于钟离鲜于闾丘司空呼延赫连拓跋",
    )
)
"""Compound surnames (复姓): 欧阳某, not 欧某某."""

_JOINERS = frozenset(" \t\r\n\u3000\u00a0-－‐–—_.．")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}(?:[·•][\u3400-\u9fff]{1,8})+")
_ORGANISED = re.compile(
    r"店|厂|公司|商行|合作社|餐厅|饭店|酒店|超市|中心|工作室|委员会|街道|政府|单位|本人|住户|门卫|保安"
    r"|妻子|丈夫|父亲|母亲|员工|前台|房东|代理人|经营者|负责人|见证人"
)
_DISTRICT = re.compile(r"^.*?(?:自治县|[区县旗])|^.*?(?:自治州|[省市])")
_STREET = re.compile(r"^.*?(?:街道|镇|乡)")

_DIGITS = r"(?:[ \u3000\-－]{0,2}[0-9])"
_ALONE = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("id_number", re.compile(_ALONE.format(rf"[1-9]{_DIGITS}{{16}}[ \-]{{0,2}}[0-9Xx]"))),
    ("phone", re.compile(_ALONE.format(rf"(?:\+?86[ \-]?)?1[ \-]?[3-9]{_DIGITS}{{9}}"))),
    ("bank_account", re.compile(_ALONE.format(rf"[3-6]{_DIGITS}{{15,18}}"))),
    ("email", re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")),
    ("plate_number", re.compile(
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• \-]?"
        r"(?:[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9])"
    )),
)  # fmt: skip


_LABELLED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("id_number", re.compile(
        rf"(?:身份证|证件)[^0-9，。；]{{0,6}}(?P<n>[0-9]{_DIGITS}{{13,16}}[0-9Xx])"
    )),
    ("phone", re.compile(
        rf"(?:电话|手机|联系方式|座机)[^0-9，。；]{{0,4}}(?P<n>[0-9]{_DIGITS}{{6,12}})"
    )),
    ("bank_account", re.compile(
        rf"(?:[账帐][号户]|卡号|银行卡)[^0-9，。；]{{0,6}}(?P<n>[0-9]{_DIGITS}{{7,24}})"
    )),
)  # fmt: skip
"""What stands behind its own name needs no right check digit: a slip of the pen hides nobody."""


@dataclass(frozen=True, slots=True)
class Datum:
    """One thing that the record knows of a person: its kind (code of `masked_item`) and value."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text that holds personal data."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the original, what is shown for it, and why it differs (None: as it is)."""

    original: str
    shown: str
    kind: str | None = None


def style_of(styles: Mapping[str, str], kind: str) -> str:
    """The way of masking a kind; what may never be kept is hidden where a rule would keep it."""
    style = styles.get(kind, HIDE)
    return HIDE if style == KEEP and kind in NEVER_KEPT else style


def is_a_name(text: str) -> bool:
    """Whether a word reads like the name of a natural person, and not of a firm or an office."""
    bare = text.strip()
    return bool(_NAME.fullmatch(bare)) and not _ORGANISED.search(bare) and "某" not in bare


def name_masked(name: str) -> str:
    """陈立新 becomes 陈某某, 欧阳修 becomes 欧阳某, 买买提·艾力 becomes 买某某."""
    bare = re.sub(r"\s", "", name)
    surname = bare[:2] if bare[:2] in COMPOUND and len(bare) > 2 else bare[:1]
    return surname + "某" * min(2, max(1, len(bare) - len(surname)))


def address_data(address: str) -> list[Datum]:
    """An address as a whole, from its street on, and its detail alone: parts give it away too."""
    rest = address.strip()
    parts = {rest}
    for cut in (_DISTRICT, _STREET):
        found = cut.match(rest)
        rest = rest[found.end() :].strip() if found else rest
        parts.add(rest)
    return [Datum("home_address", part) for part in parts if len(part) >= 5]


def birth_data(born: date) -> list[Datum]:
    """A birthday in the ways in which documents write it."""
    plain = (f"{born.year}年{born.month}月{born.day}日", f"{born:%Y年%m月%d日}", f"{born:%Y%m%d}")
    return [Datum("birth_date", text) for text in dict.fromkeys(plain)]


def find(
    text: str, data: Iterable[Datum], kept: Iterable[str] = (), today: date | None = None
) -> list[Span]:
    """Every span of personal data, from left to right, none overlapping, the longer one first.

    What lies wholly inside a `kept` word (the registered name of a firm, its public code) is no
    personal data there.
    """
    flat = _Flat.of(text)
    open_spans = [span for word in kept for span in flat.spans("", word)]
    open_spans += [Span("", m.start(), m.end()) for m in MARK.finditer(text)]
    found = [span for datum in data if _matters(datum) for span in flat.spans(*_parts(datum))]
    found += _by_shape(text, today or date.max)
    found = [s for s in found if not any(o.start <= s.start and s.end <= o.end for o in open_spans)]
    return _without_overlaps(found)


def mask(
    text: str,
    data: Sequence[Datum],
    styles: Mapping[str, str],
    kept: Sequence[str] = (),
    today: date | None = None,
) -> list[Piece]:
    """The text in pieces, masked. The pieces' originals are the text, their shown parts the
    public one."""
    wanted = [d for d in data if style_of(styles, d.kind) != KEEP]
    pieces, at = list[Piece](), 0
    for span in find(text, wanted, kept, today):
        if style_of(styles, span.kind) == KEEP:
            continue
        pieces.append(Piece(text[at : span.start], text[at : span.start]))
        pieces.append(_masked(text[span.start : span.end], span.kind, styles))
        at = span.end
    pieces.append(Piece(text[at:], text[at:]))
    return [piece for piece in pieces if piece.original]


def shown(pieces: Iterable[Piece]) -> str:
    """The public text."""
    return "".join(piece.shown for piece in pieces)


def masked_text(
    text: str,
    data: Sequence[Datum],
    styles: Mapping[str, str],
    kept: Sequence[str] = (),
    today: date | None = None,
) -> str:
    """The public text, looked through again until nothing is left to mask: a mark may part a
    firm's name and lay bare what it had covered."""
    while True:
        found = shown(mask(text, data, styles, kept, today))
        if found == text:
            return found
        text = found


def leftovers(
    text: str,
    data: Sequence[Datum],
    styles: Mapping[str, str],
    kept: Sequence[str] = (),
    today: date | None = None,
) -> list[Span]:
    """Personal data that a public text still shows and the rule does not allow."""
    wanted = [d for d in data if style_of(styles, d.kind) != KEEP]
    found = find(text, wanted, kept, today)
    return [span for span in found if style_of(styles, span.kind) != KEEP]


def _masked(original: str, kind: str, styles: Mapping[str, str]) -> Piece:
    mark = f"［{SHORT.get(kind, '个人信息')}略］"
    match style_of(styles, kind):
        case "surname":
            return Piece(original, name_masked(original), kind)
        case "district":
            head = _DISTRICT.match(original)
            return Piece(original, (head.group() if head else "") + mark, kind)
        case "prefix":
            return Piece(original, original[:2] + mark, kind)
        case _:
            return Piece(original, mark, kind)


def _matters(datum: Datum) -> bool:
    value = datum.value.strip()
    if datum.kind in ("personal_name", "third_party"):
        return len(value) >= 2 and "某" not in value and "*" not in value
    return len(value) >= (2 if datum.kind in ("trade_secret", "privacy", "minor_data") else 5)


def _parts(datum: Datum) -> tuple[str, str]:
    return datum.kind, datum.value


@dataclass(frozen=True, slots=True)
class _Flat:
    """A text without width, case, spaces and dashes, and where each of its characters stood."""

    text: str
    places: tuple[int, ...]
    length: int

    @classmethod
    def of(cls, text: str) -> "_Flat":
        signs, places = list[str](), list[int]()
        for place, sign in enumerate(text):
            for plain in unicodedata.normalize("NFKC", sign).lower():
                if plain not in _JOINERS and unicodedata.category(plain) != "Cf":
                    signs.append(plain)
                    places.append(place)
        return cls("".join(signs), tuple(places), len(text))

    def spans(self, kind: str, word: str) -> list[Span]:
        """Where a word stands, in places of the original."""
        flat, found, at = _Flat.of(word).text, list[Span](), -1
        while flat and (at := self.text.find(flat, at + 1)) >= 0:
            found.append(Span(kind, self.places[at], self.places[at + len(flat) - 1] + 1))
        return found


def _by_shape(text: str, today: date) -> list[Span]:
    # One character for one: places in the narrow text are places in the original.
    narrow = "".join(n if len(n := unicodedata.normalize("NFKC", s)) == 1 else s for s in text)
    named = [
        Span(kind, m.start("n"), m.end("n"))
        for kind, shape in _LABELLED
        for m in shape.finditer(narrow)
    ]
    return named + [
        Span(kind, m.start(), m.end())
        for kind, shape in _SHAPES
        for m in shape.finditer(narrow)
        if _fits(kind, re.sub(r"[^0-9A-Za-z]", "", m.group()), today)
    ]


def _fits(kind: str, digits: str, today: date) -> bool:
    if kind == "id_number":
        try:
            check_id_card(digits.upper(), today)
        except IdentifierError:
            return False
    return kind != "bank_account" or _luhn(digits)


def _luhn(digits: str) -> bool:
    """The check digit of bank cards (ISO/IEC 7812)."""
    doubled = (int(d) * 2 if i % 2 else int(d) for i, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Overlapping spans become one, of the kind of the longest: nothing peeps out."""
    found = list[Span]()
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        last = found[-1] if found else None
        if last is None or span.start >= last.end:
            found.append(span)
        elif span.end > last.end:
            longer = span if span.end - span.start > last.end - last.start else last
            found[-1] = Span(longer.kind, last.start, span.end)
    return found
