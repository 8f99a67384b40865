"""The long-running roles: web (gunicorn) and worker (procrastinate)."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from webapp.cli.databases import database
from workflows.settings import Settings

PARENT_PIPE = "CASELANE_PARENT_PIPE"
"""Names a file descriptor whose end of file means that the parent has died."""
THREADS = 4
NO_PUBLIC_SITE = (
    "caselane: 公示网站已经关闭（PUBLIC_SITE=0），不能以 public 角色启动。"
    " / The public site is switched off (PUBLIC_SITE=0): nothing to serve."
)
UPLOAD_SECONDS = 600
"""A worker busy that long with one request is taken for hung; large uploads are chunked."""


class Server(BaseApplication):
    """gunicorn with our application and settings, without its own command line."""

    def __init__(self, settings: Settings, role: str, options: dict[str, Any]) -> None:
        self._settings, self._role, self._options = settings, role, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from webapp.application import create_app

        return create_app(self._settings, role=self._role)


def log_to_terminal() -> None:
    """Warnings and worse, with the time; gunicorn has loggers of its own."""
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.WARNING, format=form)


def serve(host: str, port: int, workers: int, role: str) -> int:
    """Serve until SIGTERM; the database must have this program's shape already."""
    follow_parent()
    log_to_terminal()
    with database() as settings:
        if role == "public" and not settings.public_site:
            print(NO_PUBLIC_SITE, file=sys.stderr)
            return 2
        _require_ready(settings)
        if not is_free(host, port):
            print(f"caselane: 端口 {port} 已被占用 / port {port} is in use.", file=sys.stderr)
            return 2
        # Imported before the fork: web processes share the pages and start at once.
        import webapp.application  # noqa: F401

        os.environ["DATABASE_URL"] = settings.database_url
        Server(settings, role, gunicorn_options(host, port, workers)).run()
    return 0


def gunicorn_options(host: str, port: int, workers: int) -> dict[str, Any]:
    """gunicorn's settings, the same for ``serve`` and ``run``."""
    memory = Path("/dev/shm")
    return {
        "bind": f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": UPLOAD_SECONDS,
        "graceful_timeout": 5,
        "control_socket_disable": True,
        "worker_tmp_dir": str(memory) if os.access(memory, os.W_OK) else None,
        "loglevel": "warning",
        "proc_name": "caselane web",
    }


def work() -> int:
    """Run jobs and fire due clocks until SIGTERM."""
    follow_parent()
    log_to_terminal()
    with database() as settings:
        _require_ready(settings)
        from workflows.jobs import worker

        worker.run(settings)
    return 0


def _require_ready(settings: Settings) -> None:
    from workflows.database import connect, require_ready

    engine = connect(settings.database_url, pool_size=1)
    try:
        require_ready(engine)
    finally:
        engine.dispose()


def follow_parent() -> None:
    """End with ``caselane run``, also when that was killed and could tell nobody."""
    number = os.environ.pop(PARENT_PIPE, None)
    if number is None:
        return

    def wait() -> None:
        os.read(int(number), 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="follow-parent", daemon=True).start()


def is_free(host: str, port: int) -> bool:
    """Whether the port can be bound right now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
