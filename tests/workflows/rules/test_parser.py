"""DMN files: what dmn-js writes is read, everything else is refused with its place."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.rules.tables import HEAD, dmn
from workflows.rules import HitPolicy, RuleError, ValueType, evaluate, parse

PLAIN = dmn([("season", "string")], [("dish", "string")], [['"夏"', '"凉面"'], ["-", '"饺子"']])


def test_a_table_keeps_the_ids_labels_and_descriptions_of_the_editor() -> None:
    table = parse(PLAIN, "rules/dish.dmn")

    assert (table.id, table.name, table.file) == ("discussion", "集体讨论", "rules/dish.dmn")
    assert table.policy is HitPolicy.UNIQUE
    assert [(row.id, row.number, row.description) for row in table.rows] == [
        ("row_1", 1, "第 1 条"),
        ("row_2", 2, "第 2 条"),
    ]
    assert table.inputs[0].type is ValueType.STRING


def test_a_single_unnamed_output_bears_the_name_of_the_decision() -> None:
    table = parse(dmn([("a", "number")], [("", "string")], [["1", '"x"']]))

    assert table.outputs[0].name == "discussion"


def test_a_dotted_name_reads_a_field_of_an_extra_form() -> None:
    table = parse(dmn([("extra.site.area", "number")], [("r", "boolean")], [["> 3", "true"]]))

    assert evaluate(table, {"extra.site.area": 4}).outputs == {"r": True}


def test_a_bad_cell_is_named_by_file_row_and_column() -> None:
    rows = [['"a"', "1"], ["夏", "2"]]

    with pytest.raises(RuleError) as refusal:
        parse(dmn([("season", "string")], [("n", "number")], rows), "rules/x.dmn")

    error = refusal.value
    assert (error.place.file, error.place.rows, error.place.column) == (
        "rules/x.dmn",
        (2,),
        "season",
    )
    assert error.element == "Cell_2_0"
    assert error.zh == "rules/x.dmn，第 2 行，列“season”：文本“夏”应加半角引号"
    assert error.en == "rules/x.dmn, row 2, column \"season\": put the text '夏' in quotes"


def _allowing(values: str) -> bytes:
    listed = f'</inputExpression><inputValues id="v"><text>{values}</text></inputValues>'
    return PLAIN.replace(b"</inputExpression>", listed.encode())


def test_a_row_that_tests_a_value_outside_the_columns_list_is_refused() -> None:
    with pytest.raises(RuleError, match="'夏' is not an allowed value"):
        parse(_allowing('"春","秋"'))


def test_a_value_in_the_columns_list_is_read() -> None:
    assert len(parse(_allowing('"春","夏"')).rows) == 2


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("20191111/MODEL", "20180521/MODEL", "not a DMN 1.3 file"),
        ('typeRef="string"', 'typeRef="dateTime"', "type 'dateTime' is not supported"),
        ('typeRef="string"', "", "type '' is not supported"),
        ("<text>season</text>", "<text>season + 1</text>", "not a plain variable name"),
        ("<decisionTable ", '<decisionTable hitPolicy="RULE ORDER" ', "hit policy RULE ORDER"),
        ("<decisionTable ", '<decisionTable aggregation="SUM" ', "UNIQUE cannot be aggregated"),
        ('id="row_2"', 'id="row_1"', "no id of its own"),
        ('<rule id="row_2">', "<rule>", "no id of its own"),
        ("</decision>", '</decision><decision id="b" name="b"/>', "2 decisions"),
        ("decisionTable", "literalExpression", "exactly one element decisionTable"),
        ('<inputEntry id="Cell_1_0">', '<inputEntry expressionLanguage="juel">', "juel"),
        (' typeRef="string" />', ' typeRef="string"><defaultOutputEntry/></output>', "default out"),
        ('name="dish"', 'name="two words"', "not a plain variable name"),
        ("<outputEntry", "<otherEntry", "not well-formed"),
    ],
)
def test_what_the_subset_lacks_is_refused(old: str, new: str, reason: str) -> None:
    text = PLAIN.decode()
    assert old in text

    with pytest.raises(RuleError) as refusal:
        parse(text.replace(old, new).encode())

    assert reason in refusal.value.en


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(RuleError, match="appears twice"):
        parse(dmn([("a", "number"), ("a", "number")], [("r", "string")], []))


@pytest.mark.parametrize("fold", ["SUM", "MIN", "MAX"], ids=["a sum", "a minimum", "a maximum"])
def test_texts_are_not_folded_by(fold: str) -> None:
    policy = f'hitPolicy="COLLECT" aggregation="{fold}"'

    with pytest.raises(RuleError, match="needs one output column"):
        parse(dmn([("a", "number")], [("r", "string")], [], policy=policy))


def test_a_folded_column_has_no_empty_cell() -> None:
    policy = 'hitPolicy="COLLECT" aggregation="SUM"'

    with pytest.raises(RuleError, match=r"row 2.*no empty cells"):
        parse(dmn([("a", "number")], [("r", "number")], [["-", "1"], ["-", ""]], policy=policy))


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"\x00\xff",
        b"not xml",
        b"<a/>",
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        PLAIN.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")[:-7],
        b"<a>" * 5_000,
        b" " * 1_000_001,
    ],
)
def test_a_file_that_is_not_dmn_is_refused(xml: bytes) -> None:
    with pytest.raises(RuleError):
        parse(xml)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE definitions [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE definitions [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>',
        "<!DOCTYPE definitions>",
    ],
)
def test_a_doctype_is_refused_whatever_the_encoding(doctype: str) -> None:
    text = PLAIN.decode().replace("\n<definitions", f"\n{doctype}<definitions", 1)
    wide = text.replace("UTF-8", "UTF-16").encode("utf-16")

    for xml in (text.encode(), wide):
        with pytest.raises(RuleError, match="DOCTYPE"):
            parse(xml)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    xml = bytearray(PLAIN)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(HEAD) // 2, len(xml))
        xml[start : start + chance.randint(0, 20)] = chance.choice(
            [b"", b'"', b"<text>", b"</rule>", b"\xff", b"<rule/>", b"-", b"&#1;", b'id=""']
        )
    with suppress(RuleError):
        parse(bytes(xml))
