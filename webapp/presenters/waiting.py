"""Who something waits for, and for how long, in plain words (等谁、多久)."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from models.duration import PeriodUnit
from webapp.presenters.dates import is_english

MOST_NAMES = 3


def names(people: Sequence[str], lang: str = "zh") -> str:
    """张明、李强; beyond three 张明、李强、孙丽等 5 人."""
    shown, joint = list(people[:MOST_NAMES]), ", " if is_english(lang) else "、"
    if len(people) <= MOST_NAMES:
        return joint.join(shown)
    return _("%(names)s等 %(count)s 人", names=joint.join(shown), count=len(people))


def waits_for(holder: str, offered: Sequence[str], role: str, lang: str = "zh") -> str:
    """Why a token stands where it stands: 等王静办理; 等法制审核人员认领（王静、吴刚）."""
    if holder:
        return _("等%(name)s办理", name=holder)
    if offered:
        return _("等%(role)s认领（%(names)s）", role=role, names=names(offered, lang))
    return _("没有人可以办：%(role)s空缺", role=role)


def span(length: int, unit: PeriodUnit) -> str:
    """10 个工作日; 90 日."""
    if unit is PeriodUnit.WORKING_DAY:
        return ngettext("%(num)s 个工作日", "%(num)s 个工作日", length)
    if unit is PeriodUnit.MONTH:
        return ngettext("%(num)s 个月", "%(num)s 个月", length)
    if unit is PeriodUnit.HOUR:
        return ngettext("%(num)s 小时", "%(num)s 小时", length)
    return ngettext("%(num)s 日", "%(num)s 日", length)
