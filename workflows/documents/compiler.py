"""The confined process that runs typst: reads one job's files from its own folder, no others."""

from __future__ import annotations

import base64
import io
import json
import os
from typing import Any

from workflows.confined.serving import Answer, Job, Work, serve


def prepare(setup: Job) -> Work:
    """Load the fonts once."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=setup["fonts"]
    )
    return lambda job: compile_job(job, fonts)


def compile_job(job: Job, fonts: Any) -> Answer:
    """One document: `root` folder, `main` path in it, `inputs`, `timestamp` (Unix seconds)."""
    import typst

    os.chdir(job["root"])  # messages then name a template as the pack does
    compiler = typst.Compiler(
        input=job["main"],
        root=".",
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={**job["inputs"], "families": json.dumps(fonts.families())},
        package_path=".packages",
        package_cache_path=".packages",
    )
    if job.get("words"):
        return _words(compiler)
    try:
        pdf = compiler.compile(
            format="pdf", pdf_standards=job["standard"], timestamp=job["timestamp"]
        )
    except typst.TypstError as fault:
        shown = (fault.message, fault.diagnostic)
        message, where = (text.replace(job["root"], "") for text in shown)
        return {"refused": message, "where": where}
    if not isinstance(pdf, bytes):
        return {"refused": "no document", "where": job["main"]}
    return {"pdf": base64.b64encode(pdf).decode("ascii"), "pages": _pages(pdf)}


def _words(compiler: Any) -> Answer:
    """The words of the document as HTML, for formats that lay them out themselves."""
    import typst

    try:
        html = compiler.compile(format="html")
    except typst.TypstError as fault:
        return {"refused": fault.message, "where": fault.diagnostic}
    return {"html": html.decode("utf-8")}


def _pages(pdf: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


if __name__ == "__main__":
    serve(prepare)
