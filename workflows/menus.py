"""Checklists of the legal review by cause (“菜单式”审查): files of the pack, read once a version.

`checklists/<name>.yaml` names the fields or matters that it is for, and its questions. A case's
menu is the general items of its matter, then the questions of every list that fits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.matter import Matter
from workflows.catalogue import LoadedPack
from workflows.labels import CHECKLIST, Labels, Option
from workflows.packs.files import PackFiles
from workflows.reference.strict_yaml import load_strict


@dataclass(frozen=True, slots=True)
class Menu:
    """One list: for which fields and matters, and the codes of its questions."""

    fields: frozenset[str]
    matters: frozenset[str]
    items: tuple[str, ...]

    def fits(self, matter: Matter) -> bool:
        """Whether the list is for this matter or its whole field."""
        return matter.field in self.fields or matter.key in self.matters


def menu_of(pack: LoadedPack | None, matter: Matter | None) -> tuple[Option, ...]:
    """The questions that a reviewer of this matter answers, each once, in order."""
    if pack is None or matter is None:
        return ()
    codes = [*matter.content.get("checklist", ())]
    for menu in _menus(pack):
        codes += menu.items if menu.fits(matter) else ()
    known = _texts(pack)
    return tuple(known[code] for code in dict.fromkeys(codes) if code in known)


def _menus(pack: LoadedPack) -> tuple[Menu, ...]:
    cache = pack.__dict__
    if "_menus" not in cache:
        cache["_menus"] = tuple(menus(pack.files))
    found: tuple[Menu, ...] = cache["_menus"]
    return found


def _texts(pack: LoadedPack) -> Mapping[str, Option]:
    cache = pack.__dict__
    if "_menu_texts" not in cache:
        tables = Labels.from_files(pack.files).tables
        cache["_menu_texts"] = {option.value: option for option in tables.get(CHECKLIST, ())}
    found: Mapping[str, Option] = cache["_menu_texts"]
    return found


def menus(files: PackFiles) -> Iterator[Menu]:
    """The lists of a pack, its own before the shared ones."""
    for path in files.under("checklists", ".yaml"):
        content = load_strict(files[path].decode("utf-8"))
        yield Menu(
            fields=frozenset(content.get("fields", ())),
            matters=frozenset(content.get("matters", ())),
            items=tuple(each["item"] for each in content["items"]),
        )
