"""Limits that a process sets on itself before it touches hostile input, and cannot lift again.

Templates come from process designers and evidence from the public: a loop may run for ever, an
image may unpack to gigabytes, a typst package may be fetched from the network.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import struct
import sys

_SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Per machine: the kernel's name of the architecture and the number of the `socket` call."""

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2


def confine(*, memory_bytes: int, file_bytes: int) -> None:
    """Limit address space, size of any written file and core dumps; refuse the network."""
    for kind, limit in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS knows the limit on address space but does not let a process set it.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        os.environ[name] = "http://127.0.0.1:9"
    _refuse_sockets()


def allow_processor(seconds: int) -> None:
    """Give this process `seconds` more of processor time; the kernel kills it after that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    budget = int(used.ru_utime + used.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (budget, hard))


def _refuse_sockets() -> bool:
    """A seccomp filter under which `socket` fails with EACCES; Linux only, needs no rights.

    Returns whether it stands. Elsewhere the dead proxy above is what is left.
    """
    known = _SOCKET_CALL.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    architecture, call = known
    program = [
        (0x20, 0, 0, 4),  # load the architecture
        (0x15, 0, 3, architecture),  # another one (32 bit): refuse everything it asks
        (0x20, 0, 0, 0),  # load the number of the call
        (0x15, 1, 0, call),  # socket: refuse
        (0x06, 0, 0, 0x7FFF0000),  # allow
        (0x06, 0, 0, 0x00050000 | 13),  # EACCES
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    text = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]

    steps = Program(len(program), ctypes.cast(text, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(steps), 0, 0) == 0)
