"""Forms of packs: one definition for the page, the API, the scenario and the gate.

A form is data (`bpmn/*/forms/*.yaml`). It is read once into a :class:`Form`; `load` turns what
someone sent into typed values or tells everything that is wrong, in both languages.
"""

from workflows.forms.conditions import BadCondition, Condition, parse_condition
from workflows.forms.defaults import initial, with_defaults
from workflows.forms.json_schema import json_schema
from workflows.forms.loading import FieldError, FormInvalid, load
from workflows.forms.model import DefaultFrom, Field, FieldType, Form, Option, Options
from workflows.forms.posted import from_form
from workflows.forms.reader import BadForm, Mistake, read_form, read_options
from workflows.forms.schema import UnknownOptions, schema_of

__all__ = [
    "BadCondition",
    "BadForm",
    "Condition",
    "DefaultFrom",
    "Field",
    "FieldError",
    "FieldType",
    "Form",
    "FormInvalid",
    "Mistake",
    "Option",
    "Options",
    "UnknownOptions",
    "from_form",
    "initial",
    "json_schema",
    "load",
    "parse_condition",
    "read_form",
    "read_options",
    "schema_of",
    "with_defaults",
]
