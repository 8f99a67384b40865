"""The arithmetic of a deadline in words (期限计算说明), Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.duration import REASON_JOINT, PeriodUnit, Step, StepKind
from models.errors import Text

UNITS: dict[PeriodUnit, Text] = {
    PeriodUnit.WORKING_DAY: Text("个工作日", "working days"),
    PeriodUnit.CALENDAR_DAY: Text("日", "calendar days"),
    PeriodUnit.MONTH: Text("个月", "months"),
    PeriodUnit.HOUR: Text("小时", "hours"),
}

REASONS: dict[str, Text] = {
    "hearing": Text("听证", "hearing"),
    "announcement": Text("公告", "public announcement"),
    "appraisal": Text("检测、检验、检疫、鉴定或者评估", "testing or appraisal"),
    "suspension": Text("中止", "suspension"),
    "transfer": Text("移送其他机关", "transfer to another agency"),
    "criminal_transfer": Text("移送公安机关", "transfer to the police"),
    "identification": Text("权利人辨认", "identification by the right holder"),
    "refund_order": Text("责令退款", "ordered refund"),
    "supplement": Text("补充材料", "supplementing material"),
    "instalments": Text("延期或者分期缴纳", "deferred or instalment payment"),
    "remedy": Text("复议或者诉讼", "reconsideration or suit"),
    "force_majeure": Text("不可抗力", "force majeure"),
}

SHORT_REASONS: dict[str, Text] = {**REASONS, "appraisal": Text("鉴定", "appraisal")}
"""One word a reason, for the sum in one line."""

LINES: dict[StepKind, Text] = {
    StepKind.START: Text("自 {day} 起算，开始当日不计入", "Starts on {day}, which is not counted"),
    StepKind.BASE: Text("{count}{unit}，至 {day}", "{count} {unit}, to {day}"),
    StepKind.EXTENSION: Text(
        "批准延长 {count}{unit}，至 {day}", "Extended by {count} {unit}, to {day}"
    ),
    StepKind.EXCLUSION: Text(
        "扣除{reason}期间（{start} 至 {end}）{count}{unit}，至 {day}",
        "Not counted: {reason} ({start} to {end}), {count} {unit}, to {day}",
    ),
    StepKind.EXCLUSION_TOO_LATE: Text(
        "{reason}期间（{start} 至 {end}）在期限届满后开始，不予扣除",
        "Not deducted: {reason} ({start} to {end}) began after the period had ended",
    ),
    StepKind.OUTER_START: Text(
        "前一期限顺延至 {start}，由此起算至 {day}",
        "The period before rolled to {start}; counted from there, to {day}",
    ),
    StepKind.FIXED: Text("文书载明的期限：{day}", "The deadline stated in the document: {day}"),
    StepKind.ROLL: Text(
        "{from} 为休息日或者法定节假日，顺延至 {day}",
        "{from} is a day off, so the period ends on {day}",
    ),
    StepKind.RECOUNTED: Text(
        "因“{title}”变更，{on} 重新计算：原为 {was}，现为 {day}",
        "Counted anew on {on}, as “{title_en}” changed: was {was}, now {day}",
    ),
    StepKind.RESTARTED: Text(
        "{title}，{on} 改自 {start} 起算：原为 {was}，现为 {day}",
        "{title_en}: on {on} counted from {start} instead; was {was}, now {day}",
    ),
    StepKind.PROVISIONAL: Text(
        "涉及尚未公布放假安排的年份，{day} 为暂定日期",
        "Touches a year whose holidays are not announced: {day} is provisional",
    ),
}


def explain(steps: Iterable[Step], lang: str = "zh") -> tuple[str, ...]:
    """One sentence for each step of a deadline, in the order of the sum."""
    return tuple(_line(step, lang) for step in steps)


def _line(step: Step, lang: str) -> str:
    words = dict(step.params)
    if "unit" in words:
        words["unit"] = _unit(PeriodUnit(str(words["unit"])), words["count"], lang)
    if "reason" in words:
        words["reason"] = _reason(str(words["reason"]), lang)
    return LINES[step.kind][lang].format_map(words)


def _unit(unit: PeriodUnit, count: str | int, lang: str) -> str:
    name = UNITS[unit][lang]
    return name.removesuffix("s") if count == 1 else name


def _reason(joined: str, lang: str, table: Mapping[str, Text] = REASONS) -> str:
    codes = joined.split(REASON_JOINT)
    names = [table[code][lang] if code in table else code for code in codes]
    return (" and " if lang.startswith("en") else "、").join(names)


SUMS: dict[StepKind, Text] = {
    StepKind.EXTENSION: Text("，＋延长{count}{unit}", ", + {count} extended"),
    StepKind.EXCLUSION: Text("，＋{reason}不计入{count}{unit}", ", + {count} excluded ({reason})"),
    StepKind.ROLL: Text("，遇休息日顺延至 {day}", ", rolled to {day}"),
}
"""What each step adds to the sum in one line; the other steps add nothing to it."""


def equation(steps: Iterable[Step], lang: str = "zh") -> str:
    """The whole sum in one line, so that anybody can check it.

    `90 days from 2025-03-03, + 15 excluded (appraisal), + 19 excluded (hearing) = 2025-07-05`.
    A deadline that its document states has no sum: the line is empty.
    """
    found = list(steps)
    base = next((step for step in found if step.kind is StepKind.BASE), None)
    if base is None:
        return ""
    added = [step for step in found if step.kind in (StepKind.EXTENSION, StepKind.EXCLUSION)]
    last = (added or [base])[-1].params["day"]
    words = {"start": found[0].params["day"], **_length_words(base, lang)}
    head = Text("自 {start} 起 {count}{unit}", "{count} {unit} from {start}")[lang]
    tail = "".join(_term(step, lang) for step in found if step.kind is StepKind.ROLL)
    middle = "".join(_term(step, lang) for step in added)
    equals = Text("＝", "=")[lang]
    return f"{head.format_map(words)}{middle} {equals} {last}{tail}"


def _length_words(step: Step, lang: str) -> dict[str, str | int]:
    count, unit = step.params["count"], PeriodUnit(str(step.params["unit"]))
    name = Text("日", "days")[lang] if unit is PeriodUnit.CALENDAR_DAY else UNITS[unit][lang]
    return {"count": count, "unit": name.removesuffix("s") if count == 1 else name}


def _term(step: Step, lang: str) -> str:
    words = dict(step.params)
    if "count" in words:
        words |= _length_words(step, lang)
    if "reason" in words:
        words["reason"] = _reason(str(words["reason"]), lang, SHORT_REASONS)
    return SUMS[step.kind][lang].format_map(words)
