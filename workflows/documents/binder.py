"""The confined process that merges PDFs, some of them from the public, into one file."""

from __future__ import annotations

from typing import Any

from workflows.confined.serving import Answer, Job, Work, serve

A4 = (595.276, 841.89)
MOST_PAGES = 3_000
"""A longer PDF is not bound into a case file; it stays beside it under its digest."""

_ACTIONS = ("/A", "/AA", "/JS")
_SUBTYPES_KEPT = frozenset({"/Stamp", "/FreeText", "/Highlight", "/Ink", "/Square", "/Text"})


def prepare(_setup: Job) -> Work:
    """Nothing to load before the first job."""
    return work


def work(job: Job) -> Answer:
    """Count pages or bind volumes. A fault is an answer; nothing half-made is left."""
    try:
        return {"count": count, "bind": bind}[job["do"]](job)
    except MemoryError:
        raise
    except Exception as fault:
        return {"refused": f"{type(fault).__name__}: {fault}"[:300]}


def count(job: Job) -> Answer:
    """Pages of each PDF; one of the public that is encrypted, damaged or endless has none."""
    return {"pages": [_pages(path) for path in job["paths"]]}


def _pages(path: str) -> int:
    """Goes through the pages as binding will, so that binding meets no surprise."""
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            if len(document.pages) > MOST_PAGES:
                return 0
            for page in document.pages:
                _disarm(page)
                page.as_form_xobject()
            return len(document.pages)
    except MemoryError:
        raise
    except Exception:
        return 0


def bind(job: Job) -> Answer:
    """Cover, catalogue, numbered parts, notes of each volume, with bookmarks."""
    import pikepdf

    with pikepdf.new() as target:
        outline: list[tuple[str, int, list[tuple[str, int]]]] = []
        for volume in job["volumes"]:
            start = len(target.pages)
            for front in ("cover", "catalogue"):
                _append(target, volume[front])
            marks = _numbered(target, volume)
            _append(target, volume["notes"])
            outline.append((volume["name"], start, marks))
        with target.open_outline() as bookmarks:
            for name, start, marks in outline:
                item = pikepdf.OutlineItem(name, start)
                item.children.extend(pikepdf.OutlineItem(title, page) for title, page in marks)
                bookmarks.root.append(item)
        target.docinfo["/Title"] = job["title"]
        target.Root.PageMode = pikepdf.Name.UseOutlines
        target.save(job["target"], deterministic_id=True, compress_streams=True)
        return {"pages": len(target.pages)}


def _append(target: Any, path: str) -> int:
    """Add all pages of a PDF; returns how many. Actions and scripts stay behind."""
    import pikepdf

    with pikepdf.open(path) as source:
        for page in source.pages:
            _disarm(page)
        target.pages.extend(source.pages)
        return len(source.pages)


def _disarm(page: Any) -> None:
    """Drop what acts: page actions, links, forms, embedded files. Stamps and marks are kept."""
    import pikepdf

    for key in ("/AA", "/StructParents", "/Metadata", "/PieceInfo"):
        if key in page.obj:
            del page.obj[key]
    if "/Annots" not in page.obj:
        return
    kept = [one for one in page.obj.Annots if str(one.get("/Subtype")) in _SUBTYPES_KEPT]
    for annotation in kept:
        for key in _ACTIONS:
            if key in annotation:
                del annotation[key]
    page.obj.Annots = pikepdf.Array(kept)


def _numbered(target: Any, volume: Job) -> list[tuple[str, int]]:
    """Add the parts and stamp 1, 2, 3 … on their pages; returns the bookmarks."""
    import pikepdf

    marks = []
    first = len(target.pages)
    for title, paths in volume["parts"]:
        marks.append((title, len(target.pages)))
        for path in paths:
            _append(target, path)
    if volume["numbers"] is None:
        return marks
    with pikepdf.open(volume["numbers"]) as sheet:
        for page, number in zip(target.pages[first:], sheet.pages, strict=True):
            _stamp(target, page, number)
    return marks


def _stamp(target: Any, page: Any, number: Any) -> None:
    """Lay a number sheet over a page, upright whatever the page's rotation.

    pikepdf's own overlay draws a random resource name, and the bytes must not change.
    """
    import pikepdf

    form = target.copy_foreign(number.as_form_xobject())
    name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name("/CaseFilePage"))
    placed = page.calc_form_xobject_placement(
        form, name, _corner(page), invert_transformations=True, allow_shrink=True, allow_expand=True
    )
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + placed)


def _corner(page: Any) -> Any:
    """Where the number sheet lies: over the page, keeping its own shape, at the upper right."""
    import pikepdf

    box = [float(edge) for edge in page.trimbox]
    left, right = sorted((box[0], box[2]))
    low, high = sorted((box[1], box[3]))
    scale = min((right - left) / A4[0], (high - low) / A4[1])
    return pikepdf.Rectangle(right - A4[0] * scale, high - A4[1] * scale, right, high)


if __name__ == "__main__":
    serve(prepare)
