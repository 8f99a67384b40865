"""YAML files of packs: read strictly, held against their JSON Schema, errors as findings."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from referencing import Registry, Resource

from workflows.packs.findings import Finding, Message
from workflows.reference.strict_yaml import load_strict

SCHEMAS = Path(__file__).parents[2] / "bpmn" / "schema"
LARGEST = 500_000
"""Bytes. A form is some 5 KB, a manifest some 20 KB."""
MOST_SCHEMA_FINDINGS = 30
MOST_KEPT = 2_000
"""Files whose values are kept: those of four packs with all that they share, some 5 KB each."""

_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Built on libyaml where PyYAML was; only used to look for aliases."""


class BadYaml(ValueError):
    """The file is not YAML that we read; the findings say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.message.en for finding in findings))
        self.findings = findings


def read_yaml(file: str, content: bytes, rule: str, schema: str) -> Any:
    """The plain values of a file that satisfies its schema (`form`), or :class:`BadYaml`.

    A draft is checked after every change of one file: the others are not read again.
    """
    return copy.deepcopy(_sound(file, content, rule, schema))


@lru_cache(maxsize=MOST_KEPT)
def _sound(file: str, content: bytes, rule: str, schema: str) -> Any:
    values = _plain(file, content, rule)
    findings = tuple(_violations(file, values, rule, schema))
    if findings:
        raise BadYaml(findings)
    return values


@cache
def validator(schema: str) -> Draft202012Validator:
    """The compiled schema of `bpmn/schema/<schema>.json`."""
    resources = {path.stem: json.loads(path.read_bytes()) for path in SCHEMAS.glob("*.json")}
    return Draft202012Validator(
        resources[schema],
        registry=Registry().with_resources(
            (each["$id"], Resource.from_contents(each)) for each in resources.values()
        ),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def _plain(file: str, content: bytes, rule: str) -> Any:
    if len(content) > LARGEST:
        raise _bad(file, rule, "文件过大", "the file is too large")
    try:
        text = content.decode("utf-8")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, _FAST)):
            # Ten lines of aliases can stand for a billion values.
            raise _bad(file, rule, "不允许 YAML 别名（*）", "YAML aliases (*) are not allowed")
        return load_strict(text)
    except UnicodeDecodeError as error:
        raise _bad(file, rule, "应为 UTF-8 编码", "the file is not UTF-8") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, BadYaml):
            raise
        place = _place(error)
        raise _bad(file, rule, f"不是有效的 YAML{place}", f"not sound YAML{place}") from error


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" (line {mark.line + 1})" if mark is not None else ""


def _bad(file: str, rule: str, zh: str, en: str) -> BadYaml:
    message = Message(f"{file}：{zh}", f"{file}: {en}")
    return BadYaml((Finding(rule, "error", file, None, message),))


def _violations(file: str, values: Any, rule: str, schema: str) -> Iterator[Finding]:
    errors = sorted(
        validator(schema).iter_errors(_as_json(values)),
        key=lambda error: list(map(str, error.path)),
    )
    for error in errors[:MOST_SCHEMA_FINDINGS]:
        deepest = best_match([error]) or error
        place = "/".join(map(str, deepest.absolute_path)) or "/"
        reason = _short(deepest)
        message = Message(f"{file}，{place}：不符合格式（{reason}）", f"{file}, {place}: {reason}")
        yield Finding(rule, "error", file, None, message)


def _as_json(values: Any) -> Any:
    """YAML reads an unquoted day as a date; a schema knows only its text. Callers get the date."""
    if isinstance(values, dict):
        return {str(name): _as_json(value) for name, value in values.items()}
    if isinstance(values, list):
        return [_as_json(value) for value in values]
    return values.isoformat() if isinstance(values, date) else values


def _short(error: ValidationError) -> str:
    """The reason without the whole offending value, which may be long."""
    return error.message if len(error.message) <= 200 else f"{error.message[:200]}…"
