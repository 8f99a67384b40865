"""What completing a task costs, against the floor and against the stock engine, in one run.

(a) the floor: plain psycopg writes the same rows in one transaction, fsync on, no pipelining;
(b) stock: SpiffWorkflow with its own serializer, its state stored as JSON, plus the same rows.
All three take turns case by case, so that a busy machine disturbs them alike.
"""

from __future__ import annotations

import statistics
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from sqlalchemy import event, text

from workflows.bootstrap import PACKS, deploy_packs, load_bureau
from workflows.database import connect
from workflows.engine.stock import StockEngine
from workflows.reference.book import load_reference
from workflows.reference.fixtures import Fixtures, load_fixtures
from workflows.trials.databases import ThrowAwayServer, throw_away
from workflows.trials.player import play
from workflows.trials.rehearsal import theatre
from workflows.trials.scenarios import Scenario, Step, read_scenario
from workflows.trials.theatre import Theatre, Wish, command_of

CASES, FEW = 24, 4
"""Cases measured without loops, and those taken through all forty."""
LOOPS = (0, 5, 40)
STORY = PACKS / "ordinary" / "scenarios" / "street_case.yaml"
WAY: tuple[tuple[str, dict[str, str]], ...] = (
    ("verify_lead", {"conclusion": "order_correction", "filed": "no"}),
    ("order_correction", {}),
    ("recheck", {}),
    ("verify_lead", {"conclusion": "file", "filed": "no"}),
    ("propose_filing", {}),
    ("review_filing", {"outcome": "agree"}),
    ("approve_filing", {"outcome": "file", "filed": "yes"}),
    ("inspect", {}),
    ("inquire", {}),
    ("write_report", {"proposal": "penalty"}),
)
"""The same way through the diagram, for the stock engine."""

ROUND: tuple[tuple[str, str, dict[str, Any], dict[str, str]], ...] = (
    ("zhang_ming", "write_report", {}, {"proposal": "penalty"}),
    ("sun_li", "review_report", {"outcome": "agree"}, {"outcome": "agree"}),
    ("wang_jing", "legal_review", {"review": "pass"}, {"review": "pass"}),
    ("zhao_yong", "approve_notice", {"outcome": "agree"}, {"outcome": "agree"}),
    (
        "zhang_ming",
        "serve_notice",
        {
            "service_method": "direct",
            "receiver_name": "陈立新",
            "receiver_relation": "legal_representative",
            "second_handler": "li_qiang",
        },
        {},
    ),
    (
        "zhang_ming",
        "record_statement",
        {"statement": "made", "statement_way": "oral", "content": "请求从轻。"},
        {"statement": "made"},
    ),
    (
        "wang_jing",
        "reexamine_statement",
        {"reexamination": "changed", "accepted": "part", "reasons": "采纳从轻的意见。"},
        {"reexamination": "changed"},
    ),
    ("zhang_ming", "write_report", {}, {"proposal": "penalty"}),
)
"""The longest way back that the procedure has: the notice was served, the party's statement was
accepted, and the report is written anew."""

Write = tuple[str, Any]


@dataclass
class Rows:
    """The writes of one act, as they went to the server."""

    engine: Any
    writes: list[Write] = field(default_factory=list)
    statements: int = 0

    def __post_init__(self) -> None:
        event.listen(self.engine, "before_cursor_execute", self._seen)

    def _seen(self, _c: Any, _cur: Any, statement: str, parameters: Any, *_: Any) -> None:
        self.statements += 1
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            rows = parameters if isinstance(parameters, list) else [parameters]
            self.writes += [(statement, row) for row in rows]

    def take(self) -> tuple[list[Write], int]:
        """Writes and number of statements since the last look."""
        taken = (self.writes, self.statements)
        self.writes, self.statements = [], 0
        return taken


@dataclass
class Samples:
    """Milliseconds of each way of doing it, by number of loops."""

    ours: dict[int, list[float]] = field(default_factory=dict)
    floor: dict[int, list[float]] = field(default_factory=dict)
    stock: dict[int, list[float]] = field(default_factory=dict)
    statements: list[int] = field(default_factory=list)
    wal: list[int] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """The keys that the bench promises."""
        ours = {n: statistics.median(v) for n, v in self.ours.items()}
        stock = {n: statistics.median(v) for n, v in self.stock.items()}
        floor = statistics.median(self.floor[0])
        return {
            "ratio_to_floor": round(floor / ours[0], 3),
            "ratio_to_stock": round(stock[5] / ours[5], 2),
            "ratio_to_stock_40": round(stock[40] / ours[40], 2),
            "loops_40_over_0": round(ours[40] / ours[0], 3),
            "statements": round(statistics.mean(self.statements)),
            "bytes_per_completion": round(statistics.mean(self.wal)),
            "ours_ms": round(ours[0], 2),
            "floor_ms": round(floor, 2),
            "stock_5_ms": round(stock[5], 2),
            "stock_40_ms": round(stock[40], 2),
            "samples": len(self.ours[0]),
        }


def run(var: Path) -> dict[str, Any]:
    """Measure on a server of its own with fsync on."""
    shared = PACKS / "_shared"
    fixtures = load_fixtures(shared / "fixtures", load_reference(shared))
    with throw_away(var, durable=True) as server, TemporaryDirectory() as folder:
        url = server.empty()
        with theatre(connect(url, pool_size=2), url, Path(folder)) as stage:
            load_bureau(stage.application, "bench-only")
            deploy_packs(stage.application)
            cases = [_prepared(stage, fixtures) for _ in range(CASES)]
            return _measure(stage, server, url, cases).figures()


def _story() -> tuple[Scenario, Step]:
    scenario = read_scenario(STORY)
    steps = [s for s in scenario.steps if not s.expect.get("refused")]
    here = next(i for i, s in enumerate(steps) if s.task == "review_report")
    report = next(s for s in steps if s.task == "write_report")
    bare = tuple(replace(s, expect={}) for s in steps[:here])
    return replace(scenario, steps=bare), report


def _prepared(stage: Theatre, fixtures: Fixtures) -> uuid.UUID:
    """One case that waits for the unit head's review of its report."""
    scenario, _ = _story()
    report = play(stage, scenario, fixtures)
    if not report.ok or report.case_id is None:
        raise RuntimeError([p.differences for p in report.played])
    return report.case_id


def _measure(stage: Theatre, server: ThrowAwayServer, url: str, cases: list[uuid.UUID]) -> Samples:
    engine = stage.application.engine
    rows, samples = Rows(engine), Samples()
    stock = _Stock(stage)
    copies = [server.copy(url), server.copy(url)]
    with psycopg.connect(copies[0]) as floor, psycopg.connect(copies[1]) as plain:
        plain.execute("create table stock_state (case_id uuid primary key, state jsonb)")
        plain.commit()
        stage.clock.now = stage.clock.now.replace(microsecond=0)
        for loops in range(max(LOOPS) + 1):
            measured = loops in LOOPS
            for case in cases if loops == 0 else cases[:FEW]:
                bench = _Bench(stage, rows, floor, plain, stock, case, samples)
                bench.review(loops if measured else None)
                bench.rework()
    for copy in copies:
        server.drop(copy)
    return samples


class _Stock:
    """The stock engine and the states of its processes."""

    def __init__(self, stage: Theatre) -> None:
        application = stage.application
        with application.transactions.read() as session:
            source = application.catalogue.current(session, "ordinary").source
        self.engine = StockEngine(source, {"assess_discussion": 'discussion = "not_required"'})
        self.states: dict[uuid.UUID, str] = {}

    def state(self, case: uuid.UUID) -> str:
        """The state of a case that has come to the review of its report."""
        if case not in self.states:
            state = self.engine.start()
            for element, routing in WAY:
                state = self.engine.complete(state, element, routing)
            self.states[case] = state
        return self.states[case]


@dataclass
class _Bench:
    """One case, done three ways."""

    stage: Theatre
    rows: Rows
    floor: psycopg.Connection[Any]
    plain: psycopg.Connection[Any]
    stock: _Stock
    case: uuid.UUID
    samples: Samples

    def review(self, loops: int | None) -> None:
        """The measured step: the unit head returns the report."""
        data = {"outcome": "return", "opinion": "请补充裁量理由。"}
        state = self.stock.state(self.case)
        before = self._wal()
        taken = self._act("sun_li", "review_report", data)
        writes, statements = self.rows.take()
        wal = self._wal() - before
        floor = _timed(lambda: _write(self.floor, writes))
        stock = _timed(lambda: self._stock(state, "review_report", {"outcome": "return"}, writes))
        if loops is None:
            return
        self.samples.ours.setdefault(loops, []).append(taken)
        self.samples.floor.setdefault(loops, []).append(floor)
        self.samples.stock.setdefault(loops, []).append(stock)
        self.samples.statements.append(statements)
        self.samples.wal.append(wal)

    def rework(self) -> None:
        """One whole round of rework, up to the next review; not measured, but done everywhere."""
        for person, element, data, routing in ROUND:
            self._act(person, element, data or _story()[1].data)
            writes, _ = self.rows.take()
            _write(self.floor, writes)
            _write(self.plain, writes)
            state = self.stock.states[self.case]
            self.stock.states[self.case] = self.stock.engine.complete(state, element, routing)

    def _act(self, person: str, element: str, data: Mapping[str, Any]) -> float:
        """Milliseconds of `dispatch.execute` alone; reading the form is not part of it."""
        self.stage.clock.now += timedelta(seconds=1)
        actor = self.stage.person(person)
        wish = Wish(actor=actor, case_id=self.case, element=element, data=dict(data))
        command = command_of(self.stage.application, wish)
        self.rows.take()
        return _timed(lambda: self.stage.act(command, actor))

    def _wal(self) -> int:
        with self.stage.application.engine.connect() as connection:
            found = connection.scalar(
                text("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
            )
        self.rows.take()
        return int(found or 0)

    def _stock(
        self, state: str, element: str, routing: dict[str, str], writes: list[Write]
    ) -> None:
        after = self.stock.engine.complete(state, element, routing)
        self.stock.states[self.case] = after
        self.plain.execute(
            "insert into stock_state values (%s, %s) on conflict (case_id) "
            "do update set state = excluded.state",
            (self.case, after),
        )
        _write(self.plain, writes)


def _write(connection: psycopg.Connection[Any], writes: list[Write]) -> None:
    """The same rows, in one transaction."""
    for statement, parameters in writes:
        connection.execute(statement, parameters)
    connection.commit()


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
