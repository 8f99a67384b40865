"""The table is whole: every command has its entry, every guard reads only and speaks twice."""

from __future__ import annotations

import dataclasses
import inspect
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import violations
from workflows.commands.base import CaseCommand, Command
from workflows.guards import law
from workflows.guards.table import GUARDS
from workflows.table import HANDLERS

COMMANDS = {kind.__name__: kind for kind in HANDLERS}
GUARDED = sorted(name for name, guards in GUARDS.items() if guards)


def test_every_command_has_its_entry_and_no_entry_is_without_a_command() -> None:
    assert set(GUARDS) == set(COMMANDS)


def test_every_change_of_a_case_asks_whether_it_still_runs() -> None:
    """All but following, remarks, signatures, clocks that run out, and opening a case."""
    free = {"WatchCase", "UnwatchCase", "AddCaseNote", "FireClock", "RemindOfClock"}
    free |= {"RecountClocks", "SignDocument", "VoidNumber"}  # papers outlive the case
    free |= {"ResendReport", "AnswerReport"}  # platforms answer when they like
    free |= {"PlaceLegalHold", "LiftLegalHold", "RequestLoan", "DecideLoan", "ReturnLoan"}
    free |= {"ProposeDisposal", "CarryOutDisposal"}  # archived files have a life of their own
    free |= {"SupplementArchive"}  # binds what came after the case was archived
    for name, kind in COMMANDS.items():
        if issubclass(kind, CaseCommand) and name not in free:
            assert GUARDS[name][0].__name__ == "case_still_runs", name


def test_every_guard_says_which_rule_it_is() -> None:
    for name, guards in GUARDS.items():
        for guard in guards:
            assert inspect.getdoc(guard) or guard.__qualname__.endswith(".<locals>.guard"), name


def test_every_article_that_a_refusal_cites_is_in_the_list() -> None:
    folder = Path(inspect.getfile(law)).parent
    for path in sorted(folder.glob("*.py")):
        cited = set(re.findall(r'"((?:APL|MSA|CPL|GB)[0-9]+)"', path.read_text(encoding="utf-8")))
        assert cited <= law.ARTICLES.keys(), path.name


SAMPLES: dict[Any, Any] = {
    str: "x",
    int: -1,
    bool: False,
    Decimal: Decimal("-1"),
    datetime: at("12-31 23:59"),
    date: date(2020, 1, 1),
    dict: {},
    list: [],
    bytes: b"",
}


def nonsense(kind: type[Command], story: Story) -> Command:
    """The command with a value of the right type and no sense in each required field."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        required = field.default is field.default_factory is dataclasses.MISSING
        if field.name == "case_id":
            values[field.name] = story.case.id
        elif required:
            hint = hints[field.name]
            plain = next((a for a in get_args(hint) if a is not type(None)), hint)
            base = hint if hint in SAMPLES else get_origin(hint) or plain
            values[field.name] = SAMPLES.get(base, story.case.id)
    return kind(**values)


OUTCOMES = ("return", "agree", "file", "issue", "publish", "close", "withdraw", "transfer")


@pytest.mark.parametrize("name", GUARDED)
def test_on_an_empty_record_guards_refuse_in_both_languages_and_never_fail(
    story: Story, name: str
) -> None:
    command: Any = nonsense(COMMANDS[name], story)
    asked = [command]
    if hasattr(command, "outcome"):
        asked = [dataclasses.replace(command, outcome=outcome) for outcome in OUTCOMES]
    act = story.act("zhang_ming", at("10-09 10:00"))
    found = [violation for one in asked for violation in violations(act, one)]
    for violation in found:
        assert violation.message.zh, violation
        assert violation.message.en, violation
        assert violation.message.zh != violation.message.en
        assert bool(violation.article.zh) == bool(violation.article.en)


def test_guards_change_nothing(story: Story) -> None:
    """Also on a full record: no row is written while every guard of every command runs."""
    story.up_to_closing()
    act = story.act("zhang_ming", at("10-16 10:00"))
    written: list[str] = []

    def note(session: Session, *_: Any) -> None:
        written.extend(repr(row) for row in [*session.new, *session.dirty, *session.deleted])

    event.listen(story.session, "before_flush", note)
    for name in GUARDED:
        list(violations(act, nonsense(COMMANDS[name], story)))
    story.session.flush()
    assert written == []
