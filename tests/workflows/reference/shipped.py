"""The shipped reference data, read once for all tests of this folder."""

from pathlib import Path

from workflows.reference.book import load_reference
from workflows.reference.fixtures import load_fixtures

ROOT = Path(__file__).parents[3] / "bpmn"
REFERENCE = load_reference(ROOT / "_shared")
FIXTURES = load_fixtures(ROOT / "_shared" / "fixtures", REFERENCE)
