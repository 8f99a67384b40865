"""The shipped forms and the reference data speak of the same things."""

from pathlib import Path
from typing import Any

import pytest

from tests.workflows.reference.shipped import FIXTURES, REFERENCE, ROOT
from workflows.forms.composites import EVIDENCE, PARTY
from workflows.forms.reader import read_form
from workflows.reference.strict_fields import read_mapping

FORMS = [
    pytest.param(path, id=path.stem)
    for path in sorted(ROOT.glob("*/forms/*.yaml"))
    if path.parts[-3] in {"_shared", "ordinary", "nonsite", "quick", "simple"}
]
RECORD_LISTS = {
    "actor.subjects",
    "record.handlers",
    "record.unit.handlers",
    "record.evidence",
    "record.recordings",
    "actor.colleagues",
    "actor.recordings",
    "confiscated.goods",
    "matter.causes",
    "matter.factors",
    "matter.checklist",
    "subject.panel",
    "subject.attendees",
    "subject.recorders",
    "subject.hosts",
    "subject.colleagues",
    "discussion.panel",
    "record.objections",
    "record.joint_requests",
    "disclosure.channels_left",
    "registration.goods",
    "seizure.goods",
    "record.evidence_numbers",
    "record.links",
    "record.offered_evidence",
    "record.to_serve",
}


def fields_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    rows = content["fields"]
    return rows + [column for row in rows for column in row.get("columns", [])]


@pytest.mark.parametrize("path", FORMS)
def test_a_form_reads_and_bears_the_name_of_its_file(path: Path) -> None:
    content = read_mapping(path)
    assert content["id"] == path.stem
    assert read_form(content).id == path.stem


@pytest.mark.parametrize("path", FORMS)
def test_every_list_a_form_offers_exists(path: Path) -> None:
    offered = {field.get("options_from") for field in fields_of(read_mapping(path))} - {None}
    assert offered <= RECORD_LISTS | REFERENCE.codes.keys()


@pytest.mark.parametrize("path", FORMS)
def test_a_plain_default_is_one_of_the_values_offered(path: Path) -> None:
    for field in fields_of(read_mapping(path)):
        table = REFERENCE.codes.get(field.get("options_from", ""))
        default = field.get("default")
        if table is None or default is None or isinstance(default, dict):
            continue
        assert all(v in table for v in (default if isinstance(default, list) else [default]))


@pytest.mark.parametrize("key", FIXTURES.starts)
def test_a_start_fixture_fills_only_fields_of_the_start_form(key: str) -> None:
    pack = ROOT / FIXTURES.starts[key].pack
    name = f"{read_mapping(pack / 'pack.yaml')['start']['form']}.yaml"
    own = pack / "forms" / name
    form = read_mapping(own if own.exists() else ROOT / "_shared" / "forms" / name)
    assert FIXTURES.start_data(key).keys() <= {field["name"] for field in form["fields"]}


def test_fixture_parties_and_evidence_have_the_fields_of_the_composites() -> None:
    party_fields, evidence_fields = {f.name for f in PARTY}, {f.name for f in EVIDENCE}
    assert all(p.plain().keys() <= party_fields for p in FIXTURES.parties.values())
    assert all(e.plain().keys() <= evidence_fields for e in FIXTURES.evidence.values())
