"""The child's side: one request is a JSON object, one answer another, each after its length."""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from workflows.confined.limits import allow_processor, confine

LENGTH = struct.Struct(">I")

Job = dict[str, Any]
Answer = dict[str, Any]
Work = Callable[[Job], Answer]


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


def serve(prepare: Callable[[Job], Work]) -> None:
    """Confine this process, prepare once with the set-up, then answer until the pipe closes.

    Libraries are imported inside `prepare`, after the limits stand: threads that they start
    inherit the refusal of the network.
    """
    pipe_in, pipe_out = sys.stdin.buffer, sys.stdout.buffer
    setup = receive(pipe_in)
    if setup is None:
        return
    confine(memory_bytes=setup["memory_bytes"], file_bytes=setup["file_bytes"])
    work = prepare(setup)
    send(pipe_out, {"ready": True})
    while (job := receive(pipe_in)) is not None:
        allow_processor(setup["processor_seconds"])
        send(pipe_out, work(job))
