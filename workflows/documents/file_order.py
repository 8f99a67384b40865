"""The order of a case file (卷内顺序): a template that each legal subject chooses.

A template says which volumes a file has, which groups stand in them and what belongs where. A
group takes the kinds that it names, those that the catalogue of documents places there
(`catalogue: 3`), or what no other group takes (`rest`); evidence stands in one group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import yaml

from workflows.documents.catalogue import KINDS, MAIN_ORDER, SECONDARY_ORDER
from workflows.reference.strict_fields import ReferenceFileError, build
from workflows.reference.strict_yaml import load_strict

FOLDER = "file_orders"
DEFAULT = "msa78"
RECEIPT = "D47"
WITH_DOCUMENT, IN_PLACE = "with_document", "in_place"


@dataclass(frozen=True)
class Title:
    """A title in both languages."""

    zh: str
    en: str = ""


@dataclass(frozen=True)
class Group:
    """One group of a volume and what it takes."""

    title: Title
    kinds: tuple[str, ...] = ()
    catalogue: int | None = None
    """Takes what the catalogue of documents places in this group of the volume."""
    evidence: bool = False
    rest: bool = False


@dataclass(frozen=True)
class VolumeOrder:
    """One volume: 正卷 or 副卷."""

    code: str
    title: Title
    groups: tuple[Group, ...]


_Takes = Callable[["VolumeOrder", Group], bool]


@dataclass(frozen=True)
class Place:
    """Where a piece stands: the volume and its group, counted from 1."""

    volume: str
    group: int


@dataclass(frozen=True)
class FileOrder:
    """One template."""

    id: str
    title: Title
    source: str
    receipts: str
    volumes: tuple[VolumeOrder, ...]

    def __post_init__(self) -> None:
        if self.receipts not in (WITH_DOCUMENT, IN_PLACE):
            raise ValueError(f"receipts: {self.receipts}")
        codes = [volume.code for volume in self.volumes]
        if codes not in (["main"], ["main", "secondary"]):
            raise ValueError("a file has one main volume and at most one secondary")
        groups = [group for volume in self.volumes for group in volume.groups]
        named = [kind for group in groups for kind in group.kinds]
        if len(named) != len(set(named)):
            raise ValueError("a kind of document stands in two groups")
        if sum(group.evidence for group in groups) != 1 or sum(g.rest for g in groups) != 1:
            raise ValueError("one group takes the evidence, and one takes the rest")

    def place(self, kind: str) -> Place:
        """Where documents of a kind stand: named, placed by the catalogue, or the rest."""
        return (
            self._first(lambda _volume, group: kind in group.kinds)
            or self._first(lambda volume, group: self._listed(kind, volume, group))
            or self._sure(lambda _volume, group: group.rest)
        )

    @property
    def evidence(self) -> Place:
        """Where the evidence stands."""
        return self._sure(lambda _volume, group: group.evidence)

    def volume(self, code: str) -> VolumeOrder:
        """A volume by its code."""
        return next(volume for volume in self.volumes if volume.code == code)

    @staticmethod
    def _listed(kind: str, volume: VolumeOrder, group: Group) -> bool:
        known = KINDS.get(kind)
        return known is not None and (known.volume, known.group) == (volume.code, group.catalogue)

    def _first(self, takes: _Takes) -> Place | None:
        for volume in self.volumes:
            for number, group in enumerate(volume.groups, 1):
                if takes(volume, group):
                    return Place(volume.code, number)
        return None

    def _sure(self, takes: _Takes) -> Place:
        place = self._first(takes)
        assert place is not None
        return place


def order_of(files: Mapping[str, bytes], name: str) -> FileOrder:
    """The template of a pack version (its own, then the shared one); the order of MSA 78 where a
    version is older than the templates. A broken template is refused by name."""
    for path in (f"{FOLDER}/{name}.yaml", f"_shared/{FOLDER}/{name}.yaml"):
        if path in files:
            return read_order(path, files[path])
    return STANDARD


def read_order(path: str, content: bytes) -> FileOrder:
    """One template from its file; raises ReferenceFileError with every fault."""
    try:
        found = build(FileOrder, load_strict(content.decode("utf-8")), path)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise ReferenceFileError(f"{path}: {error}") from error
    if not path.endswith(f"/{found.id}.yaml"):
        raise ReferenceFileError(f"{path}: the template calls itself {found.id}")
    return found


def _standard(code: str, title: str, groups: Iterable[str]) -> VolumeOrder:
    return VolumeOrder(
        code,
        Title(title),
        tuple(
            Group(
                Title(name),
                catalogue=number,
                evidence=(code, number) == ("main", 4),
                rest=(code, number) == ("secondary", 6),
            )
            for number, name in enumerate(groups, 1)
        ),
    )


STANDARD = FileOrder(
    DEFAULT,
    Title("正卷、副卷分类排列"),
    "MSA 78",
    WITH_DOCUMENT,
    (_standard("main", "正卷", MAIN_ORDER), _standard("secondary", "副卷", SECONDARY_ORDER)),
)
"""The order of MSA 78, for versions of packs that carry no template."""
