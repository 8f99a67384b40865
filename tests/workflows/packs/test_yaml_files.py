"""YAML files against their schemas: the shared fixtures and scenarios, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.workflows.packs.small import as_yaml
from workflows.packs.yaml_files import SCHEMAS, BadYaml, read_yaml, validator

SHARED = SCHEMAS.parent / "_shared"
FIXTURES = [
    *SHARED.glob("fixtures/*.yaml"),
    *SHARED.glob("people/*.yaml"),
    *SHARED.glob("matters/*.yaml"),
    SHARED / "parameters.yaml",
]
SCENARIO = """
pack: ordinary
title: {zh: 店外经营, en: Trading outside}
given:
  people: [zhang_ming, {key: someone, zh: 某人, en: Someone, post: 队员,
    assignments: [{role: handler, unit: lt_squad, valid_from: 2024-01-01}]}]
  parameters: {hearing.entity: 100000}
steps:
  - {at: 2025-09-24T10:00, as: zhang_ming, with: li_qiang, start: street_case}
  - at: 2025-09-24 10:00:00
    as: zhang_ming
    task: serve_notice
    data: {service_method: direct}
    expect:
      refused: [V09]
      stage: notified
      tasks: []
      clocks: {CLK_STATE: {last_day: 2025-09-30, outer_day: '2025-10-09', status: running}}
      documents: [D34]
"""


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_every_schema_is_sound_and_strict(path: Path) -> None:
    schema = validator(path.stem).schema

    Draft202012Validator.check_schema(schema)
    assert isinstance(schema, dict)
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_shared_fixtures_satisfy_their_schema(path: Path) -> None:
    assert read_yaml(path.name, path.read_bytes(), "C02", "fixtures")


def test_the_shipped_scenarios_satisfy_their_schema() -> None:
    for path in SCHEMAS.parent.glob("*/scenarios/*.yaml"):
        assert read_yaml(path.name, path.read_bytes(), "C01", "scenario")["pack"]


@pytest.mark.parametrize("path", sorted(SHARED.glob("codes/*.yaml")), ids=lambda path: path.stem)
def test_a_code_table_satisfies_its_schema(path: Path) -> None:
    assert read_yaml(path.name, path.read_bytes(), "F05", "codes")["table"] == path.stem


def test_a_scenario_is_read_and_its_days_stay_days() -> None:
    content = read_yaml("s.yaml", SCENARIO.encode(), "C01", "scenario")

    clock = content["steps"][1]["expect"]["clocks"]["CLK_STATE"]
    assert clock["last_day"] == date(2025, 9, 30)
    assert content["steps"][0]["at"] == "2025-09-24T10:00"


STEP = {"at": "2025-09-24T10:00", "as": "zhang_ming", "task": "x"}


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({**STEP, "command": "IssueDecision"}, "steps/0"),
        ({"at": STEP["at"], "as": STEP["as"]}, "steps/0"),
        ({**STEP, "at": "2025-09-24"}, "steps/0/at"),
        ({**STEP, "expect": {"task": []}}, "steps/0/expect"),
        ({**STEP, "expect": {"clocks": {"STATE": {}}}}, "steps/0/expect/clocks"),
        ({**STEP, "expect": {"clocks": {"CLK_A": {"last_day": "soon"}}}}, "CLK_A/last_day"),
    ],
)
def test_a_wrong_step_is_refused_with_its_place(step: dict[str, Any], told: str) -> None:
    with pytest.raises(BadYaml) as refusal:
        read_yaml("s.yaml", as_yaml({"pack": "ordinary", "steps": [step]}), "C01", "scenario")

    assert {finding.rule for finding in refusal.value.findings} == {"C01"}
    assert told in refusal.value.findings[0].message.en
