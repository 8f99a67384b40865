"""Fixtures name only what exists, and their parties have valid identifiers."""

import shutil
from pathlib import Path

import pytest

from tests.workflows.reference.shipped import FIXTURES, REFERENCE, ROOT
from workflows.reference.fixtures import load_fixtures
from workflows.reference.strict_fields import ReferenceFileError


def test_the_street_case_is_scenario_one() -> None:
    data = FIXTURES.start_data("street_case")
    assert FIXTURES.starts["street_case"].actor == "zhang_ming"
    assert data["second_handler"] == "li_qiang"
    assert data["matter"] == "out_of_shop_trading"
    assert data["party"]["uscc"] == "92330211MA2GX1001W"
    assert data["party"]["representative_cert_no"] == "330211198503152018"
    assert "key" not in data["party"]


def test_a_lead_may_begin_without_a_party() -> None:
    assert "party" not in FIXTURES.start_data("nameless_case")


@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        ("parties.yaml", "330211198503152018", "330211198503152019", "check character"),
        ("parties.yaml", "92330211MA2GX1001W", "91330211MA2GX1001W", r"parties\[fruit_shop\]"),
        ("parties.yaml", "party_type: enterprise", "party_type: company", "no party type company"),
        ("starts.yaml", "party: fruit_shop", "party: fruit_stall", "no party fruit_stall"),
        ("starts.yaml", "out_of_shop_trading", "shed_without_permit", "luotuo does not hold"),
        ("starts.yaml", "actor: zhang_ming", "actor: zhao_yong", "zhao_yong is not a handler"),
        ("starts.yaml", "source: hotline", "source: dream", "no case source dream"),
        ("evidence.yaml", "kind: electronic", "kind: oracle", "no kind of evidence oracle"),
    ],
)
def test_one_wrong_word_in_a_fixture_is_refused(
    tmp_path: Path, file: str, before: str, after: str, message: str
) -> None:
    folder = tmp_path / "fixtures"
    shutil.copytree(ROOT / "_shared" / "fixtures", folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ReferenceFileError, match=message):
        load_fixtures(folder, REFERENCE)
