"""The English of the pages: the msgid is the Chinese sentence in the source.

    python webapp/translations/catalog.py update    collect sentences, merge them into the .po
    python webapp/translations/catalog.py compile   write the .mo that the program reads (committed)
    python webapp/translations/catalog.py check     exit 1 when a sentence has no English yet,
                                                    or the .mo is older than the .po says

Chinese needs no catalogue.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
WEBAPP = HERE.parent
PO = HERE / "en" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
SKIPPED = {"assets", "static", "translations"}
WIDTH = 100


def collect() -> Catalog:
    """Every sentence in the Python and Jinja sources; no line numbers, so merging is calm."""
    with (HERE / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)
    found = Catalog(charset="utf-8")
    wanted = extract_from_dir(
        str(WEBAPP),
        methods,
        options,
        KEYWORDS,
        directory_filter=lambda folder: Path(folder).name not in SKIPPED,
    )
    for name, _line, message, _comments, _context in sorted(wanted, key=lambda item: item[:2]):
        found.add(message, locations=[(name, None)])
    return found


def load() -> Catalog:
    """The English catalogue as it is."""
    if not PO.exists():
        return Catalog(locale="en", project="caselane", charset="utf-8")
    with PO.open("rb") as source:
        return read_po(source, locale="en")


def update() -> None:
    """Merge new sentences in, drop those that no source has any more; guesses are not kept."""
    english = load()
    made = english.creation_date
    english.update(collect(), no_fuzzy_matching=True)
    english.creation_date = made
    english.obsolete.clear()
    english.fuzzy = False
    with PO.open("wb") as target:
        write_po(
            target, english, width=WIDTH, omit_header=False, sort_output=True, no_location=True
        )


def compiled(english: Catalog) -> bytes:
    """The .mo of a catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, english)
    return buffer.getvalue()


def is_translated(message: Message) -> bool:
    """Whether every form of a sentence has its English."""
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(texts) and not message.fuzzy


def missing() -> list[str]:
    """Sentences of the sources that have no English."""
    english = load()
    lacking = []
    for message in collect():
        known = english.get(message.id)
        if message.id and (known is None or not is_translated(known)):
            lacking.append(message.id if isinstance(message.id, str) else message.id[0])
    return lacking


def mo_is_current() -> bool:
    """Whether the committed .mo says what the .po says."""
    if not MO.exists():
        return False
    with MO.open("rb") as source:
        old = _sentences(read_mo(source))
    return old == _sentences(read_mo(io.BytesIO(compiled(load()))))


def _sentences(catalog: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalog if message.id}


def check() -> None:
    """Report what is missing and exit accordingly."""
    lacking = missing()
    for sentence in lacking:
        print(sentence)
    if lacking or not mo_is_current():
        sys.exit(f"{len(lacking)} sentences without English; .mo current: {mo_is_current()}")


def main(arguments: list[str]) -> None:
    """Run one of the three commands."""
    command = arguments[0] if arguments else ""
    if command == "update":
        update()
    elif command == "compile":
        MO.write_bytes(compiled(load()))
    elif command == "check":
        check()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
