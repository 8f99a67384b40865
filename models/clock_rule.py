"""What a statutory clock (期限) is: what starts it, how long it runs, on which article.

Lengths and warning leads are dated parameters that differ by place: no number stands here, each
rule names the parameter that holds it. A clock that `blocks` does so once its outer day is over;
the others warn, escalate or settle something by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from models.duration import Period, PeriodUnit
from models.errors import Text


class Effect(StrEnum):
    """What happens when the time is over."""

    WARN = "warn"
    ESCALATE = "escalate"
    BLOCK = "block"
    WAIVED = "waived"
    LAPSED = "lapsed"
    RIGHT_LOST = "right_lost"
    DEEMED_DONE = "deemed_done"
    OPENS = "opens"
    SURCHARGE = "surcharge"
    TAKEN_DOWN = "taken_down"


EFFECTS: Mapping[Effect, Text] = {
    Effect.WARN: Text("亮红灯提示", "Shown red"),
    Effect.ESCALATE: Text("报告行政机关负责人", "Reported to the head of the agency"),
    Effect.BLOCK: Text("超期后不得办理", "The act is refused once the time is over"),
    Effect.WAIVED: Text("视为放弃权利", "Treated as waived"),
    Effect.LAPSED: Text("措施自动失效，应当解除", "The measure lapses and must be released"),
    Effect.RIGHT_LOST: Text("权利丧失", "The right is lost"),
    Effect.DEEMED_DONE: Text("视为已经完成", "Deemed done"),
    Effect.OPENS: Text("期满后方可办理下一步", "The next step may be taken after it"),
    Effect.SURCHARGE: Text("次日起加处罚款", "A surcharge runs from the next day"),
    Effect.TAKEN_DOWN: Text("期满自动停止展示", "No longer displayed once the time is over"),
}


@dataclass(frozen=True, slots=True)
class Length:
    """A parameter that holds a length, and the unit in which the law counts it."""

    parameter: str
    unit: PeriodUnit

    def period(self, value: int, unit: str | None = None) -> Period:
        """The period for a parameter's value; a place may count in another unit."""
        return Period(value, PeriodUnit(unit) if unit else self.unit)


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock: names, start, length, and what its end means.

    `length` is None where a document states the deadline itself. How early it turns amber is the
    parameter `amber_parameter`, in the clock's own unit. `variants` are other lengths
    that the facts call for; `not_counted` names the reasons of exclusions that suit the clock.
    """

    code: str
    name: Text
    starts: Text
    article: Text
    length: Length | None
    rolls: bool
    effect: Effect
    extension: Length | None = None
    variants: Mapping[str, Length] = field(default_factory=dict)
    not_counted: tuple[str, ...] = ()
    follows: str | None = None
    """The clock whose end starts this one: its strict and its outer day are counted apart."""

    @property
    def blocks(self) -> bool:
        """Whether an act is refused after the outer day."""
        return self.effect is Effect.BLOCK

    @property
    def prefix(self) -> str:
        """What the clock's parameters begin with, such as `clk_state`."""
        return self.code.lower()

    @property
    def amber_parameter(self) -> str:
        """The parameter that holds the lead of the warning."""
        return f"{self.prefix}.amber"

    @property
    def extension_times_parameter(self) -> str:
        """The parameter that says how often the clock may be extended; absent without one."""
        return f"{self.prefix}.extension_times"

    def lengths(self) -> tuple[Length, ...]:
        """Every length that the clock may take or be given."""
        own = (self.length, self.extension, *self.variants.values())
        return tuple(length for length in own if length)


SUFFIXES = {
    PeriodUnit.WORKING_DAY: "days",
    PeriodUnit.CALENDAR_DAY: "days",
    PeriodUnit.MONTH: "months",
    PeriodUnit.HOUR: "hours",
}


def _length(clock: str, variant: str = "", *, unit: PeriodUnit) -> Length:
    return Length(f"clk_{clock}.{variant}{SUFFIXES[unit]}", unit)


working = partial(_length, unit=PeriodUnit.WORKING_DAY)
days = partial(_length, unit=PeriodUnit.CALENDAR_DAY)
months = partial(_length, unit=PeriodUnit.MONTH)
hours = partial(_length, unit=PeriodUnit.HOUR)
