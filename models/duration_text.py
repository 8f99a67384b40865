"""The arithmetic of a deadline in words (期限计算说明), Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable

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
    "identification": Text("权利人辨认", "identification by the right holder"),
    "refund_order": Text("责令退款", "ordered refund"),
    "supplement": Text("补充材料", "supplementing material"),
    "instalments": Text("延期或者分期缴纳", "deferred or instalment payment"),
    "remedy": Text("复议或者诉讼", "reconsideration or suit"),
    "force_majeure": Text("不可抗力", "force majeure"),
}

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


def _reason(joined: str, lang: str) -> str:
    names = [
        REASONS[code][lang] if code in REASONS else code for code in joined.split(REASON_JOINT)
    ]
    return (" and " if lang.startswith("en") else "、").join(names)
