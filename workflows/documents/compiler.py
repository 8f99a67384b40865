"""The confined process that runs typst. Started by `render`, spoken to over its own pipes.

One request is a JSON object, one answer a JSON object, each after its length in four bytes. The
process reads one job's files from a folder of its own and nothing outside that folder.
"""

from __future__ import annotations

import base64
import json
import os
import struct
import sys
from typing import Any, BinaryIO

from workflows.documents.confinement import allow_processor, confine

LENGTH = struct.Struct(">I")


def send(pipe: BinaryIO, message: dict[str, Any]) -> None:
    body = json.dumps(message).encode()
    pipe.write(LENGTH.pack(len(body)) + body)
    pipe.flush()


def receive(pipe: BinaryIO) -> dict[str, Any] | None:
    """The next message, or None when the other side is gone."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = pipe.read(length)
    if len(body) < length:
        return None
    message: dict[str, Any] = json.loads(body)
    return message


def compile_job(job: dict[str, Any], fonts: Any) -> dict[str, Any]:
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
    return {"pdf": base64.b64encode(pdf).decode("ascii")}


def main() -> None:
    """Confine, load the fonts once, then serve jobs until the pipe closes."""
    pipe_in, pipe_out = sys.stdin.buffer, sys.stdout.buffer
    setup = receive(pipe_in)
    if setup is None:
        return
    # Before typst starts a thread: the network filter holds for later threads only.
    confine(memory_bytes=setup["memory_bytes"], file_bytes=setup["file_bytes"])
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=setup["fonts"]
    )
    send(pipe_out, {"ready": True})
    while (job := receive(pipe_in)) is not None:
        allow_processor(setup["processor_seconds"])
        send(pipe_out, compile_job(job, fonts))


if __name__ == "__main__":
    main()
