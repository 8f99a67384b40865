"""What an installation decides for itself, read once from the environment.

Every role (web, worker, public) and every console command gets the same frozen object.
Names in the environment are listed with each field; ``docs/operations.md`` repeats them.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

GIGABYTE = 1024**3
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})


class SettingsError(ValueError):
    """A variable in the environment cannot be understood; the message names it."""


@dataclass(frozen=True)
class Settings:
    """One installation. Sizes are bytes, times seconds."""

    database_url: str
    """``DATABASE_URL``; empty means that the embedded PostgreSQL is used."""
    var: Path
    """``CASELANE_VAR``: everything this machine keeps outside the database (``var``)."""
    secret_key: str = field(repr=False)
    """``SECRET_KEY``: signs sessions. Made once and kept in ``var/secret_key`` if unset.
    Several web machines need the same one."""
    blobs: str
    """``CASELANE_BLOBS``: the folder of evidence and documents; shared by all machines
    where there are several."""
    max_upload: int = 2 * GIGABYTE
    """``MAX_UPLOAD``: the largest evidence file, in bytes."""
    smtp_url: str | None = field(default=None, repr=False)
    """``SMTP_URL``: ``smtp[s]://user:password@host:port``; no e-mail is sent without it."""
    mail_from: str = "caselane@localhost"
    """``MAIL_FROM``: the sender of those e-mails."""
    base_url: str | None = None
    """``BASE_URL``: the address people type, for links in e-mails and behind proxies."""
    report_to: Mapping[str, str] = field(default_factory=dict)
    """``REPORT_TO``: where reports go, ``destination=folder-or-address;…``; without it into
    ``var/reports/<destination>/``."""
    demo: bool = False
    """``DEMO``: made-up bureau, role switcher, movable clock. Never on real data."""
    clock_file: Path | None = None
    """``CLOCK_FILE``: holds an ISO time that all roles take for now; demo and tests only."""
    secure_cookies: bool = True
    """``SECURE_COOKIES``: off only where pages are served over plain HTTP on loopback."""
    trusted_proxies: int = 0
    """``TRUSTED_PROXIES``: how many proxies in front set X-Forwarded-* headers."""
    pool_size: int = 8
    """``POOL_SIZE``: database connections a process may hold open."""
    public_site: bool = True
    """``PUBLIC_SITE``: whether published decisions can be read without signing in (`/public`)."""

    def __post_init__(self) -> None:
        if "://" in self.blobs:
            raise SettingsError("CASELANE_BLOBS names a folder; addresses are not supported.")
        if self.clock_file is not None and not self.demo:
            raise SettingsError("CLOCK_FILE moves the legal clock: it needs DEMO=1.")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the environment; creates ``var/`` and its secret key when they are missing."""
        var = Path(environ.get("CASELANE_VAR") or "var").absolute()
        clock_file = environ.get("CLOCK_FILE")
        return cls(
            database_url=environ.get("DATABASE_URL", ""),
            var=var,
            secret_key=environ.get("SECRET_KEY") or _kept_secret(var / "secret_key"),
            blobs=environ.get("CASELANE_BLOBS") or str(var / "blobs"),
            max_upload=_number(environ, "MAX_UPLOAD", 2 * GIGABYTE),
            smtp_url=environ.get("SMTP_URL") or None,
            mail_from=environ.get("MAIL_FROM") or cls.mail_from,
            base_url=environ.get("BASE_URL") or None,
            report_to=_targets(environ.get("REPORT_TO", "")),
            demo=_flag(environ, "DEMO", False),
            clock_file=Path(clock_file).absolute() if clock_file else None,
            secure_cookies=_flag(environ, "SECURE_COOKIES", True),
            trusted_proxies=_number(environ, "TRUSTED_PROXIES", 0),
            pool_size=_number(environ, "POOL_SIZE", 8),
            public_site=_flag(environ, "PUBLIC_SITE", True),
        )


def _targets(text: str) -> dict[str, str]:
    """``double_publicity=/data/out;supervision=https://platform/records``."""
    found: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        name, joined, target = part.partition("=")
        web = target.startswith(("http://", "https://"))
        if not joined or not (web or Path(target).is_absolute()):
            raise SettingsError(f"REPORT_TO names a folder (absolute) or an address: {part!r}.")
        found[name.strip()] = target.strip()
    return found


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal():
        raise SettingsError(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def _flag(environ: Mapping[str, str], name: str, default: bool) -> bool:
    text = environ.get(name, "").strip().lower()
    return text in TRUE_WORDS if text else default


def _kept_secret(path: Path) -> str:
    """The key of an earlier start, so that a restart signs nobody out.

    Web and worker may start at once: the file appears whole or not at all, and the first one
    to put it there wins.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(48))
        try:
            os.link(made, path)
        except FileExistsError:
            pass  # another role was faster: its key counts
        finally:
            os.unlink(made)
    secret = path.read_text().strip()
    if not secret:
        raise SettingsError(f"{path} is empty: remove it, and a new key is made.")
    return secret
