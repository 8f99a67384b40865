"""Puts the program together from its settings, once a process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from workflows.actors import SYSTEM
from workflows.blobs import BlobStore
from workflows.catalogue import Catalogue
from workflows.clock import FileClock, system_clock
from workflows.commands.pack import DeployShippedPack
from workflows.commands.reference import LoadBureau, LoadLaw
from workflows.database import connect
from workflows.dispatch import Dispatcher
from workflows.later import Later
from workflows.notes import Notes
from workflows.packs.files import MANIFEST, PackFiles
from workflows.queue import Queue
from workflows.settings import Settings
from workflows.signing import LocalKey
from workflows.table import registry
from workflows.transaction import Transactions

PACKS = Path(__file__).resolve().parents[1] / "bpmn"


@dataclass(frozen=True)
class Application:
    """Everything that web, worker and console share."""

    settings: Settings
    engine: Engine
    transactions: Transactions
    notes: Notes
    dispatcher: Dispatcher
    catalogue: Catalogue
    blobs: BlobStore
    clock: Callable[[], datetime]

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def build(
    settings: Settings,
    *,
    clock: Callable[[], datetime] | None = None,
    later: Later | None = None,
    engine: Engine | None = None,
) -> Application:
    """The program; tests and scenarios bring their own clock, queue and engine."""
    engine = engine or connect(settings.database_url, settings.pool_size)
    transactions = Transactions(engine)
    notes = Notes(transactions)
    catalogue = Catalogue()
    blobs = BlobStore(Path(settings.blobs), limit_bytes=settings.max_upload)
    now = clock or _clock(settings)
    dispatcher = Dispatcher(
        transactions=transactions,
        registry=registry(),
        catalogue=catalogue,
        notes=notes,
        later=later or Queue(),
        blobs=blobs,
        signer=LocalKey(settings.secret_key),
        clock=now,
    )
    return Application(settings, engine, transactions, notes, dispatcher, catalogue, blobs, now)


def _clock(settings: Settings) -> Callable[[], datetime]:
    if settings.demo and settings.clock_file is not None:
        return FileClock(settings.clock_file)
    return system_clock


def shipped_packs() -> dict[str, PackFiles]:
    """The packs that come with the program, by name."""
    return {
        folder.name: PackFiles.from_folder(folder)
        for folder in sorted(PACKS.iterdir())
        if (folder / MANIFEST).is_file()
    }


def prepare(application: Application) -> list[str]:
    """Law and shipped packs into the database; what is already there stays. Returns news."""
    execute = application.dispatcher.execute
    news = [event["zh"] for event in execute(LoadLaw(), actor=SYSTEM).events]
    return news + deploy_packs(application)


def deploy_packs(application: Application) -> list[str]:
    """Shipped packs whose hash is new become the current version. Returns news."""
    execute = application.dispatcher.execute
    news: list[str] = []
    for name, files in shipped_packs().items():
        result = execute(DeployShippedPack(pack=name, archive=files.to_zip()), actor=SYSTEM)
        news += [event["zh"] for event in result.events]
    return news


def load_bureau(application: Application, password: str, folder: Path | None = None) -> None:
    """The made-up district of demo and scenarios, all with one password."""
    where = str(folder) if folder else None
    # Holdings tie matters to subjects; parameters of one subject need it to be there: law first,
    # and once more after the people.
    law = LoadLaw(folder=where)
    for command in (law, LoadBureau(password=password, folder=where), law):
        application.dispatcher.execute(command, actor=SYSTEM)
