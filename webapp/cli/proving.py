"""``caselane audit verify`` and ``caselane bench``: what the program can prove of itself."""

from __future__ import annotations

import json

from webapp.cli.databases import database
from workflows import audit
from workflows.database import connect
from workflows.settings import Settings
from workflows.transaction import Transactions

FINE, FINDINGS = 0, 1


def verify(*, as_json: bool) -> int:
    """Recompute every chain; 1 when any does not hold."""
    with database() as settings:
        engine = connect(settings.database_url, pool_size=1)
        try:
            with Transactions(engine).read() as session:
                breaks = [
                    {"stream": str(b.stream), "position": b.position, "reason": b.reason}
                    for b in audit.verify(session)
                ]
                counted = audit.extent(session)
        finally:
            engine.dispose()
    ok = not breaks
    if as_json:
        print(json.dumps({"ok": ok, **counted, "breaks": breaks}, ensure_ascii=False))
        return FINE if ok else FINDINGS
    for each in breaks:
        print(f"{each['stream']} #{each['position']}: {each['reason']}")
    print(f"{counted['events']} events, {counted['streams']} streams, {counted['seals']} seals")
    print("审计链完整 / the chain holds" if ok else "审计链已断 / the chain is broken")
    return FINE if ok else FINDINGS


def bench(what: str, *, as_json: bool) -> int:
    """Measure on a throw-away server; the last line is the JSON."""
    from workflows.trials import benchmarks

    figures = benchmarks.RUNS[what](Settings.from_environment().var)
    if not as_json:
        for name, value in figures.items():
            print(f"{name:24}{value}")
    print(json.dumps(figures))
    return FINE
