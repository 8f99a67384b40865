"""When no surcharge is counted, and when enforcement stands still (APL 73)."""

from __future__ import annotations

from datetime import date

import pytest

from models.remedy import Remedy

MAY_20, JULY_16 = date(2025, 5, 20), date(2025, 7, 16)


@pytest.mark.parametrize("ended_on", [None, JULY_16])
def test_no_surcharge_is_counted_from_the_application_until_the_end(ended_on: date | None) -> None:
    remedy = Remedy(applied_on=MAY_20, ended_on=ended_on)
    assert remedy.pause() == (MAY_20, ended_on)
    assert remedy.open == (ended_on is None)


def test_enforcement_stands_still_only_by_order() -> None:
    remedy = Remedy(applied_on=MAY_20, ended_on=JULY_16)
    assert remedy.stay() is None
    remedy.stay_from = date(2025, 6, 3)
    assert remedy.stay() == (date(2025, 6, 3), JULY_16)
