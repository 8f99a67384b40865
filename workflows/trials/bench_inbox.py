"""What an inbox and a case list cost as the number of cases grows: 1,000, 10,000, 100,000.

Cases are written in bulk, straight into a throw-away database: only the lists are measured.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflows.actors import Actor
from workflows.bootstrap import deploy_packs, load_bureau
from workflows.database import connect
from workflows.queries.cases import CaseFilters, case_count, case_list
from workflows.queries.inbox import inbox
from workflows.trials.databases import throw_away
from workflows.trials.rehearsal import theatre
from workflows.trials.theatre import Theatre

SIZES = (1_000, 10_000, 100_000)
TURNS = 30
PEOPLE = ("zhang_ming", "wang_jing", "zhao_yong", "sun_li")


def run(var: Path) -> dict[str, Any]:
    """p95 in milliseconds at each size, and the growth from the smallest to the largest."""
    inboxes: dict[str, float] = {}
    lists: dict[str, float] = {}
    with throw_away(var) as server, TemporaryDirectory() as folder:
        url = server.empty()
        with theatre(connect(url, pool_size=2), url, Path(folder)) as stage:
            load_bureau(stage.application, "bench-only")
            deploy_packs(stage.application)
            made = 0
            for size in SIZES:
                _fill(stage, made, size)
                made = size
                inboxes[str(size)] = _p95(stage, _read_inbox)
                lists[str(size)] = _p95(stage, _read_list)
    first, last = str(SIZES[0]), str(SIZES[-1])
    return {
        "inbox_p95_ms": inboxes,
        "list_p95_ms": lists,
        "inbox_growth": round(inboxes[last] / inboxes[first], 3),
        "list_growth": round(lists[last] / lists[first], 3),
    }


def _read_inbox(stage: Theatre, session: Session, actor: Actor) -> None:
    inbox(session, actor, stage.clock.now)


def _read_list(stage: Theatre, session: Session, actor: Actor) -> None:
    filters = CaseFilters()
    case_list(session, actor, stage.clock.now, filters)
    case_count(session, actor, stage.clock.now, filters)


def _p95(stage: Theatre, read: Callable[[Theatre, Session, Actor], None]) -> float:
    actors = [stage.person(key) for key in PEOPLE]
    found: list[float] = []
    for turn in range(TURNS + 5):
        for actor in actors:
            begun = time.perf_counter()
            with stage.application.transactions.read() as session:
                read(stage, session, actor)
            if turn >= 5:
                found.append((time.perf_counter() - begun) * 1000)
    return round(statistics.quantiles(found, n=20)[18], 2)


def _fill(stage: Theatre, made: int, size: int) -> None:
    """Cases and their open tasks, spread over subjects, units, people and due days."""
    span = {"first": made + 1, "last": size}
    with stage.application.engine.begin() as connection:
        for statement in (CASES, PROCESSES, TASKS):
            connection.execute(text(statement), span)
    with stage.application.engine.connect() as connection:
        # What the server does by itself a minute after so many rows.
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.execute(text("vacuum (analyze)"))


CASES = """
insert into "case" (id, subject_id, unit_id, pack_version_id, procedure, stage, flags, open_sides,
  rev, lead_no, case_no, name, party_name, matter_title, cause, source, source_detail, clue_at,
  lead_content, act_place, continuing, harm_life_finance, opened_at, filed_at, chain_length,
  chain_hash, grams, next_due_at, next_clock)
select md5('case' || n)::uuid, u.subject_id, u.id, p.id, 'ordinary',
  (array['lead','filed','investigating','reviewing','notified','enforcing','archived'])[1 + n % 7],
  '{}', '{}', 1, '线' || n, '测立〔2025〕第' || n || '号', '当事人' || n || '涉嫌店外经营案',
  '当事人' || n, '店外经营', '店外经营', 'daily_inspection', '',
  now() - (n || ' minutes')::interval,
  '内容', '示例路' || n || '号', false, false, now() - (n || ' minutes')::interval,
  now() - (n || ' minutes')::interval, 0, decode(repeat('00', 32), 'hex'),
  array['示例', '例路', '店外', '外经', '经营'],
  now() + (n % 90 - 10 || ' days')::interval, 'CLK_CASE'
from generate_series(cast(:first as integer), cast(:last as integer)) n
join lateral (
  select id, subject_id from unit where kind <> 'none'
  order by md5(key || (n % 97)::text) limit 1
) u on true
cross join (select id from pack_version where current limit 1) p
"""
PROCESSES = """
insert into process_instance (id, case_id, pack_version_id, process_key, main, state, codec,
  digest, rev, rounds, started_at)
select md5('process' || n)::uuid, md5('case' || n)::uuid, p.id, 'ordinary', true, '\\x00', 1, '', 1,
  '{}', now()
from generate_series(cast(:first as integer), cast(:last as integer)) n
cross join (select id from pack_version where current limit 1) p
"""
TASKS = """
insert into task (id, case_id, process_id, element, title, title_en, lane, roles, role_set,
  command, state, rev, round, assignee_id, why, opened_at, claimed_at, completed_at,
  completed_by_id, subject_id, unit_id, party_name, case_no, matter_title, clock, last_day, due_at)
select md5('task' || n)::uuid, c.id, md5('process' || n)::uuid, k.element, k.title, k.title, k.lane,
  string_to_array(k.role_set, ','), k.role_set, k.command,
  case when n % 7 = 6 then 'done' else 'open' end, 1, 1,
  case when n % 3 = 0 then null else a.person_id end, '{"zh": "", "en": ""}', c.opened_at,
  case when n % 3 = 0 then null else c.opened_at end,
  case when n % 7 = 6 then c.opened_at end, case when n % 7 = 6 then a.person_id end,
  c.subject_id, c.unit_id, c.party_name, c.case_no, c.matter_title, 'CLK_CASE',
  c.next_due_at::date, c.next_due_at
from generate_series(cast(:first as integer), cast(:last as integer)) n
join "case" c on c.id = md5('case' || n)::uuid
join (values
  (0, 'inspect', '现场检查', 'handler', 'handler', 'RecordInspection'),
  (1, 'legal_review', '法制审核', 'reviewer', 'legal_reviewer,town_legal', 'SubmitReviewOpinion'),
  (2, 'approve_notice', '审批处罚建议', 'leader', 'leader_chief,leader_deputy', 'ApproveNotice'),
  (3, 'review_report', '中队审核', 'unit_head', 'unit_head', 'ReviewReport')
) k(i, element, title, lane, role_set, command) on k.i = n % 4
join lateral (
  select person_id from role_assignment r
  where r.subject_id = c.subject_id and r.role = any(string_to_array(k.role_set, ','))
  order by md5(r.id::text || (n % 89)::text) limit 1
) a on true
"""
