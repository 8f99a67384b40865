"""The console program ``caselane``. Exit codes: 0 fine, 1 findings, 2 could not run.

Every subcommand imports what it needs when it runs, so that ``--help`` is instant and a
broken part stops only its own command.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

FINE, FINDINGS, COULD_NOT_RUN = 0, 1, 2

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry of the console script."""
    os.umask(0o077)  # uploads, keys and logs are the agency's alone
    options = parser().parse_args(arguments)
    command: Command = options.command
    try:
        return command(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except Exception as error:
        return _explain(error)


def _explain(error: Exception) -> int:
    """Say what an operator can act on; everything else keeps its traceback."""
    from sqlalchemy.exc import OperationalError

    from workflows.database import DatabaseUnready
    from workflows.postgres import PlaceError
    from workflows.settings import SettingsError

    if isinstance(error, OperationalError):
        print(
            f"caselane: 无法连接数据库 / cannot reach the database: {error.orig}", file=sys.stderr
        )
        return COULD_NOT_RUN
    if isinstance(error, (DatabaseUnready, PlaceError, SettingsError, FileNotFoundError)):
        print(f"caselane: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    if os.environ.get("CASELANE_TRACEBACK"):
        raise error
    import traceback

    traceback.print_exc()
    return COULD_NOT_RUN


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="caselane", description="案程：行政处罚案件办理 · administrative-penalty cases on BPMN"
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add_running(commands)
    _add_packs(commands)
    _add_proving(commands)
    return top


def _add_running(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    run = commands.add_parser("run", help="database, web and worker in one; Ctrl-C stops all")
    _add_address(run)
    run.add_argument("--cases", type=int, default=200, help="how many demo cases (default 200)")
    run.set_defaults(command=_run)

    serve = commands.add_parser("serve", help="the web role")
    _add_address(serve)
    serve.add_argument("--role", choices=["web", "public"], default="web")
    serve.set_defaults(command=_serve)

    worker = commands.add_parser("worker", help="jobs and due clocks")
    worker.set_defaults(command=_worker)

    migrate = commands.add_parser(
        "migrate", help="bring the database to this program's shape, law and packs"
    )
    migrate.add_argument(
        "--bureau", type=Path, help="the first time: folder with the bureau's own people and law"
    )
    migrate.set_defaults(command=_migrate)

    demo = commands.add_parser("demo", help="fill an empty database with the demo bureau")
    demo.add_argument("--cases", type=int, default=200)
    demo.set_defaults(command=_demo)

    forget = commands.add_parser("forget", help="delete the embedded database for good")
    forget.set_defaults(command=_forget)


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--workers", type=int, default=2, help="web processes (default 2)")


def _add_packs(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser("check", help="whether a pack may be released")
    check.add_argument("path", type=Path, help="a folder, a .zip or a .bpmn")
    check.add_argument("--json", action="store_true")
    check.set_defaults(command=_check)

    scenario = commands.add_parser("scenario", help="run scenarios on a throw-away database")
    scenario.add_argument("paths", type=Path, nargs="*", metavar="PATH")
    scenario.add_argument("--describe", action="store_true", help="print the format, do not run")
    scenario.add_argument("--json", action="store_true")
    scenario.set_defaults(command=_scenario)


def _add_proving(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    audit = commands.add_parser("audit", help="the audit trail")
    verbs = audit.add_subparsers(required=True, metavar="VERB")
    verify = verbs.add_parser("verify", help="recompute every hash chain")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(command=_audit_verify)

    archive = commands.add_parser("archive", help="packages of archived cases")
    packing = archive.add_subparsers(required=True, metavar="VERB")
    export = packing.add_parser("export", help="write the self-verifying package of a case")
    export.add_argument("case", help="case number, archive number or key")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.zip")
    export.set_defaults(command=_archive_export)
    key = packing.add_parser("key", help="fingerprint of the key that signs packages")
    key.set_defaults(command=_archive_key)

    bench = commands.add_parser("bench", help="measure on this machine")
    bench.add_argument("what", choices=["tasks", "inbox"])
    bench.add_argument("--json", action="store_true", help="JSON on the last line")
    bench.set_defaults(command=_bench)


def _run(options: argparse.Namespace) -> int:
    from webapp.cli.running import run

    return run(options.host, options.port, options.workers, options.cases)


def _serve(options: argparse.Namespace) -> int:
    from webapp.cli.serving import serve

    return serve(options.host, options.port, options.workers, options.role)


def _worker(_: argparse.Namespace) -> int:
    from webapp.cli.serving import work

    return work()


def _migrate(options: argparse.Namespace) -> int:
    from webapp.cli.databases import database
    from webapp.cli.demo import take_over
    from workflows.database import migrate

    with database() as settings:
        print(migrate(settings.database_url))
        take_over(settings, options.bureau)
    return FINE


def _demo(options: argparse.Namespace) -> int:
    from webapp.cli.demo import fill

    return fill(options.cases)


def _forget(_: argparse.Namespace) -> int:
    from webapp.cli.databases import forget

    return forget()


def _check(options: argparse.Namespace) -> int:
    from webapp.cli.packs import check

    return check(options.path, as_json=options.json)


def _scenario(options: argparse.Namespace) -> int:
    from webapp.cli.packs import describe, scenarios

    return describe() if options.describe else scenarios(options.paths, as_json=options.json)


def _audit_verify(options: argparse.Namespace) -> int:
    from webapp.cli.proving import verify

    return verify(as_json=options.json)


def _archive_export(options: argparse.Namespace) -> int:
    from webapp.cli.archives import export

    return export(options.case, options.output)


def _archive_key(_: argparse.Namespace) -> int:
    from webapp.cli.archives import key

    return key()


def _bench(options: argparse.Namespace) -> int:
    from webapp.cli.proving import bench

    return bench(options.what, as_json=options.json)
