"""The contract holds: schemathesis sends what it allows and what it forbids to every operation.

A crash, an answer that the contract does not name, a body that differs from its schema, input that
should have been refused, a route that answers without signing in: each fails the test.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

import pytest
import schemathesis
from schemathesis.config import (
    ChecksConfig,
    CoveragePhaseConfig,
    GenerationConfig,
    PhasesConfig,
    PositiveDataAcceptanceConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
    StatefulPhaseConfig,
)
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from werkzeug.serving import make_server

from tests.database import Databases
from tests.webapp.api.conftest import ROOT, token_of
from tests.webapp.conftest import Web, open_web
from workflows.access import ACCESS, Scope
from workflows.commands.all import COMMANDS

Served = tuple[Web, str]
EXAMPLES = 3
LAWFUL = ["2xx", 401, 403, 404, 409, 413, 422, 429]
"""Answers to a request that the schema allows: the law may still refuse it."""


@pytest.fixture(scope="module")
def installation(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """One program with a case under way, and its address: programs come over the wire."""
    web = open_web(databases, tmp_path_factory.mktemp("contract"), "approve_notice")
    web.app.testing = False  # a crash becomes an answer, as it would for a program
    with serving(web) as address:
        yield web, address
    web.application.close()
    databases.drop(web.application.settings.database_url)


@contextmanager
def serving(web: Web) -> Iterator[str]:
    """The program behind a port of its own."""
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@dataclass(frozen=True)
class Try:
    """Some operations, in whose name they are tried; `bounds`: every edge of every field, too."""

    person: str
    only: str = ""
    but: str = "^$"
    bounds: bool = True


TRIES = {
    "reading and tasks, by a leader": Try("zhao_yong", but="/commands/|/packs"),
    "commands of a case, by a leader": Try("zhao_yong", "/cases/.*/commands/", bounds=False),
    "commands of the bureau, by the administrator": Try("shi_lei", "v1/commands/", "Pack"),
    "packs, by the designer": Try("fang_zhou", "/packs|Pack"),
}


def project(web: Web, wanted: Try) -> ProjectConfig:
    """How operations are tried: with a token, in the case that there is."""
    return ProjectConfig(
        headers={"Authorization": f"Bearer {token_of(web, wanted.person)}"},
        generation=GenerationConfig(deterministic=True, max_examples=EXAMPLES, no_shrink=True),
        parameters={"path.case_id": str(web.case_id), "path.task_id": str(web.task().id)},
        phases=PhasesConfig(
            coverage=CoveragePhaseConfig(enabled=wanted.bounds, unexpected_methods={"PATCH"}),
            stateful=StatefulPhaseConfig(enabled=False),
        ),
        checks=ChecksConfig(
            positive_data_acceptance=PositiveDataAcceptanceConfig(expected_statuses=LAWFUL)
        ),
    )


@pytest.mark.parametrize("name", TRIES)
def test_every_operation_keeps_its_word(installation: Served, name: str) -> None:
    web, address = installation
    wanted = TRIES[name]
    config = SchemathesisConfig(seed=2, projects=ProjectsConfig(default=project(web, wanted)))
    contract = schemathesis.openapi.from_url(f"{address}{ROOT}/openapi.json", config=config)
    chosen = contract.include(path_regex=wanted.only).exclude(path_regex=wanted.but)
    tried, broken = 0, set()
    for event in from_schema(chosen).execute():
        if isinstance(event, NonFatalError | FatalError):
            broken.add(f"{getattr(event, 'label', '')}: {event.info.format()}")
        elif isinstance(event, ScenarioFinished):
            tried += len(event.recorder.interactions)
            broken |= set(told(event))
    assert not broken, "\n\n".join(sorted(broken))
    assert tried > 100


def told(event: ScenarioFinished) -> Iterator[str]:
    """What went wrong in a scenario, with the request that shows it."""
    for checks in event.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info
                what = f"{failure.failure.title}: {failure.failure.message}"
                yield f"{event.label}: {what}\n{failure.code_sample}"


def test_every_command_that_people_give_is_an_operation(installation: Served) -> None:
    contract = installation[0].app.test_client().get(f"{ROOT}/openapi.json").get_json()
    operations = {
        operation["operationId"]
        for item in contract["paths"].values()
        for method, operation in item.items()
        if method != "parameters"
    }
    given = {name for name in COMMANDS if ACCESS[name].scope is not Scope.SYSTEM}
    assert given - operations == set()
    assert set(COMMANDS) & operations == given
