"""Reference data whose keys lead nowhere is refused, with every problem named."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.types import DecisionType, DisclosureState
from tests.workflows.reference.shipped import REFERENCE, ROOT
from workflows.reference.book import load_reference
from workflows.reference.strict_fields import ReferenceFileError

Change = Callable[[str, str, str], Path]


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """A copy of the shipped data with one text of one file replaced."""

    def change(file: str, before: str, after: str) -> Path:
        shutil.copytree(ROOT / "_shared", tmp_path / "_shared")
        path = tmp_path / "_shared" / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        return tmp_path / "_shared"

    return change


@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        (
            "matters/planning.yaml",
            "law: GHF, article: '64'",
            "law: GHX, article: '64'",
            "no law GHX",
        ),
        ("matters/planning.yaml", "article: '64'", "article: '65'", "lists no article 65"),
        ("matters/planning.yaml", "field: planning", "field: plannin", "no code plannin in field"),
        ("matters/planning.yaml", "discretion: three_steps", "discretion: two", "no standard"),
        ("matters/planning.yaml", "2020-09-24", "2001-01-01", "was not in force"),
        ("matters/planning.yaml", "max: 10/100", "max: -1/100", "not in order"),
        (
            "matters/planning.yaml",
            "removable, discretion_fit",
            "removble, discretion_fit",
            "removble",
        ),
        ("matters/roads.yaml", "ZH-04-002", "ZH-04-001", "matter code ZH-04-001 stands twice"),
        ("laws.yaml", "by: ECO", "by: EKO", "EKO, which is not listed"),
        ("laws.yaml", "promulgated: 2021-01-22", "promulgated: 2031-01-22", "before its promulg"),
        ("discretion.yaml", "factors: [first_time", "factors: [first_tim", "no code first_tim"),
        ("codes/field.yaml", "table: field", "table: fields", "calls itself fields"),
        ("codes/field.yaml", "number: '02'", "number: '01'", "stands twice"),
        ("people/zhenhai.yaml", "11330211MB1X00001X", "11330211MB1X00001Y", "subjects.zh_bureau"),
        ("people/zhenhai.yaml", "subject: luotuo", "subject: luotu", "no legal subject luotu"),
        ("people/zhenhai_luotuo.yaml", "unit: lt_squad", "unit: lt_sqad", "no unit lt_sqad"),
        ("people/zhenhai_luotuo.yaml", "role: handler", "role: chief", "none of"),
        ("people/zhenhai_luotuo.yaml", "33021100002", "33021100001", "certificate 33021100001"),
        ("people/zhenhai_luotuo.yaml", "key: li_qiang", "key: zhang_ming", "key zhang_ming"),
        ("people/zhenhai_luotuo.yaml", "valid_to: 2028-05-31", "valid_to: 2018-05-31", "ends on"),
        ("parameters.yaml", "subject: null", "subject: nowhere", "no legal subject nowhere"),
    ],
)
def test_one_wrong_word_in_the_data_is_refused(
    changed: Change, file: str, before: str, after: str, message: str
) -> None:
    with pytest.raises(ReferenceFileError, match=message):
        load_reference(changed(file, before, after))


def test_codes_speak_the_words_of_the_program() -> None:
    assert {value.value for value in DecisionType} <= values("decision_type")
    assert {value.value for value in DisclosureState} <= values("disclosure_state")


def test_every_ground_of_no_penalty_has_its_decision_type() -> None:
    for ground in REFERENCE.codes["no_penalty_ground"].codes:
        assert f"no_penalty_{ground.value}" in REFERENCE.codes["decision_type"]


def test_a_value_that_a_table_does_not_know_is_a_key_error() -> None:
    assert REFERENCE.codes["service_method"].code("mail").zh == "邮寄送达"
    with pytest.raises(KeyError, match="no value pigeon"):
        REFERENCE.codes["service_method"].code("pigeon")


def values(table: str) -> set[str]:
    return {code.value for code in REFERENCE.codes[table].codes}
