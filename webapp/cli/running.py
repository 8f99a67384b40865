"""``caselane run``: everything on one machine, for the first look and for small bureaus."""

from __future__ import annotations

import dataclasses
import http.client
import os
import time

from webapp.cli.databases import database
from webapp.cli.serving import is_free
from webapp.cli.supervisor import Supervisor
from workflows.settings import Settings

PORTS_TRIED = 20
ANSWER_SECONDS = 60.0


def run(host: str, port: int, workers: int, cases: int) -> int:
    """Start database, web, worker and (in demo mode) the made-up cases; stop them together."""
    begun = time.monotonic()
    settings = _settings()
    supervisor = Supervisor()
    supervisor.listen()
    with database(settings) as settings:
        _prepare(settings)
        if supervisor.stopping:
            return 0
        supervisor.environment = _environment(settings)
        port = _free_port(host, port)
        try:
            return _keep_running(supervisor, settings, f"{host}:{port}", workers, cases, begun)
        finally:
            print("正在停止 / stopping …", flush=True)
            supervisor.stop()


def _settings() -> Settings:
    """What the environment says; without a word of it, a demo over plain HTTP on loopback."""
    settings = Settings.from_environment()
    if settings.database_url:
        return settings
    return dataclasses.replace(
        settings,
        demo=settings.demo or not os.environ.get("DEMO"),
        secure_cookies=bool(os.environ.get("SECURE_COOKIES")) and settings.secure_cookies,
    )


def _prepare(settings: Settings) -> None:
    """Shape, packs and, in demo mode, the people: what the first page needs."""
    from workflows.database import migrate

    print("数据库就绪，检查结构 / database up, checking its shape …", flush=True)
    migrate(settings.database_url)
    from webapp.cli.demo import prepare

    prepare(settings)


def _keep_running(
    supervisor: Supervisor, settings: Settings, address: str, workers: int, cases: int, begun: float
) -> int:
    host, _, port = address.rpartition(":")
    supervisor.start("web", "serve", "--host", host, "--port", port, "--workers", str(workers))
    supervisor.start("worker", "worker")
    if not _answers(supervisor, host, int(port)):
        return 0 if supervisor.stopping else 2
    _announce(settings, address, time.monotonic() - begun)
    if settings.demo and cases:
        supervisor.start("demo", "demo", "--cases", str(cases), once=True)
    return supervisor.wait()


def _environment(settings: Settings) -> dict[str, str]:
    """The children read the same settings as this process decided on."""
    chosen = {
        "DATABASE_URL": settings.database_url,
        "CASELANE_VAR": str(settings.var),
        "SECRET_KEY": settings.secret_key,
        "DEMO": "1" if settings.demo else "0",
        "SECURE_COOKIES": "1" if settings.secure_cookies else "0",
        "PYTHONUNBUFFERED": "1",
    }
    return dict(os.environ) | chosen


def _free_port(host: str, wanted: int) -> int:
    for port in range(wanted, wanted + PORTS_TRIED):
        if is_free(host, port):
            return port
    raise OSError(f"端口 {wanted}–{port} 都被占用 / no free port from {wanted} to {port}")


def _answers(supervisor: Supervisor, host: str, port: int) -> bool:
    """Wait for the first page; whatever it says is an answer."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline and not supervisor.stopping:
        connection = http.client.HTTPConnection(host, port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse()
            return True
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    return False


def _announce(settings: Settings, address: str, seconds: float) -> None:
    print(f"\n案程 caselane  http://{address}/   ({seconds:.1f} s)", flush=True)
    if settings.demo:
        from webapp.cli.demo import accounts

        for line in accounts():
            print(f"  {line}")
    print("Ctrl-C 停止全部 / stops everything\n", flush=True)
