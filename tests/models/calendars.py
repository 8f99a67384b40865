"""The shipped calendar, loaded once for the tests of dates."""

from pathlib import Path

from workflows.reference.calendar import load_folder

FOLDER = Path(__file__).parents[2] / "bpmn" / "_shared" / "calendar"
SHIPPED = load_folder(FOLDER)
