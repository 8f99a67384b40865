"""Released packs as the running program needs them, loaded once per process and version."""

import threading
import uuid
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from models.errors import NotFound, Text
from models.pack import PackVersion
from workflows import engine
from workflows.forms import Form
from workflows.packs.contents import form_at
from workflows.packs.files import PackFiles
from workflows.packs.manifest import Manifest, manifest_of
from workflows.rules import Table
from workflows.rules import parse as parse_table

NO_PACK = Text("没有可用的流程版本。", "There is no released version of this procedure.")


@dataclass(frozen=True)
class LoadedPack:
    """One immutable version, parsed. Everything here may be shared between threads."""

    version_id: uuid.UUID
    number: int
    files: PackFiles

    @cached_property
    def manifest(self) -> Manifest:
        """What `pack.yaml` says."""
        return manifest_of(self.files)

    @cached_property
    def source(self) -> engine.ProcessSource:
        """What the engine runs as the main process."""
        return source_of(self.files, self.manifest)

    @cached_property
    def side_sources(self) -> dict[str, engine.ProcessSource]:
        """The same for each side process that the pack takes."""
        return {name: side_source(self.files, self.manifest, name) for name in self.manifest.side}

    def source_for(self, side: str | None) -> engine.ProcessSource:
        """The source of the main process, or of a side process by its name."""
        return self.source if side is None else self.side_sources[side]

    @cached_property
    def lanes(self) -> dict[str, str]:
        """Element → lane code, side processes included."""
        codes = {lane.title.zh: code for code, lane in self.manifest.lanes.items()}
        return {
            e.id: codes.get(e.lane_name or "", e.lane or "")
            for source in (self.source, *self.side_sources.values())
            for e in engine.elements(source)
        }

    def lane_of(self, task: engine.OpenTask) -> str:
        """The lane code of a waiting task, the pack's binding first."""
        return self.manifest.tasks[task.element].lane or self.lanes[task.element]

    def form(self, name: str) -> Form:
        """A form of the pack, its own before the shared one."""
        cache: dict[str, Form] = self.__dict__.setdefault("_forms", {})
        if name not in cache:
            path = self.files.find(f"forms/{name}.yaml")
            if path is None:
                raise NotFound()
            cache[name] = form_at(self.files, path)
        return cache[name]

    def table(self, name: str) -> Table:
        """A decision table of the pack."""
        cache: dict[str, Table] = self.__dict__.setdefault("_tables", {})
        if name not in cache:
            path = self.files.find(f"rules/{name}.dmn")
            if path is None:
                raise NotFound()
            cache[name] = parse_table(self.files[path])
        return cache[name]

    def diagram(self, side: str | None = None) -> bytes:
        """The main diagram, or that of a side process, as XML."""
        return self.files[self.diagram_path(side)]

    def diagram_path(self, side: str | None = None) -> str:
        """Where the drawing stands in the pack."""
        named = self.manifest.process if side is None else self.manifest.side[side].diagram
        return self.files.find(named) or named


def source_of(files: PackFiles, manifest: Manifest) -> engine.ProcessSource:
    """The main process for the engine: it is named like the pack."""
    return engine.ProcessSource(files.hash, _diagrams(files, manifest.process), manifest.id)


def side_source(files: PackFiles, manifest: Manifest, name: str) -> engine.ProcessSource:
    """A side process for the engine: it is named like its files."""
    diagrams = _diagrams(files, manifest.side[name].diagram)
    return engine.ProcessSource(files.hash, diagrams, name)


def _diagrams(files: PackFiles, named: str) -> tuple[tuple[str, bytes], ...]:
    """One process with what it may call; the side processes stay out, and a broken one that the
    pack does not take hurts nobody."""
    path = files.find(named)
    return tuple((p, files[p]) for p in files.drawn(()) if p != path) + (
        ((path, files[path]),) if path else ()
    )


class Catalogue:
    """Versions by key. They never change, so a cache can never be wrong."""

    def __init__(self) -> None:
        self._loaded: dict[uuid.UUID, LoadedPack] = {}
        self._lock = threading.Lock()

    def version(self, session: Session, version_id: uuid.UUID) -> LoadedPack:
        """The pack version with this key."""
        pack = self._loaded.get(version_id)
        if pack is None:
            row = session.get(PackVersion, version_id, options=[undefer(PackVersion.archive)])
            if row is None:
                raise NotFound(text=NO_PACK)
            pack = LoadedPack(row.id, row.number, PackFiles.from_zip(row.archive))
            with self._lock:
                self._loaded[version_id] = pack
        return pack

    def current(self, session: Session, pack: str) -> LoadedPack:
        """The version that new cases run."""
        found = session.scalar(
            select(PackVersion.id).where(PackVersion.pack == pack, PackVersion.current.is_(True))
        )
        if found is None:
            raise NotFound(text=NO_PACK)
        return self.version(session, found)
