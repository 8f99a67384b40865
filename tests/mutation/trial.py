"""One mutant before its judges: in a fork of a process that has everything loaded already."""

from __future__ import annotations

import contextlib
import importlib
import os
import select
import signal
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.targets import ROOT, Mutant

PASSED, KILLED, UNBREAKABLE = 0, 10, 11


def put_in(mutant: Mutant) -> bool:
    """Replace the code of the module's functions where they stand, so that every table that
    holds them holds the broken ones. False where nothing changed."""
    source = mutant.source()
    if source is None:
        return False
    name = mutant.module.removesuffix(".py").replace("/", ".")
    module = importlib.import_module(name)
    broken = types.ModuleType(name)
    broken.__file__ = module.__file__
    exec(compile(source, str(ROOT / mutant.module), "exec"), broken.__dict__)
    _graft(vars(module), vars(broken))
    return True


def _graft(whole: dict[str, Any], broken: dict[str, Any]) -> None:
    for name, new in broken.items():
        old = whole.get(name)
        if getattr(new, "__module__", None) != broken.get("__name__", whole.get("__name__")):
            if not name.startswith("__") and not callable(new):
                _replace_plain(whole, name, old, new)
            continue
        if isinstance(new, type) and isinstance(old, type):
            for attribute, value in vars(new).items():
                _graft_function(vars(old).get(attribute), value)
        else:
            _graft_function(old, new)


def _replace_plain(whole: dict[str, Any], name: str, old: object, new: object) -> None:
    """Values of the module: containers are filled anew in place, others are set."""
    if isinstance(old, dict) and isinstance(new, dict):
        old.clear()
        old.update(new)
    elif not isinstance(new, types.ModuleType):
        whole[name] = new


def _graft_function(old: object, new: object) -> None:
    old, new = _function(old), _function(new)
    if (
        old is not None
        and new is not None
        and len(old.__code__.co_freevars) == len(new.__code__.co_freevars)
    ):
        old.__code__ = new.__code__
        old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__


def _function(value: object) -> types.FunctionType | None:
    """The plain function below decorators, properties and class methods."""
    for inner in ("fget", "func", "__func__", "__wrapped__"):
        value = getattr(value, inner, None) or value
    return value if isinstance(value, types.FunctionType) else None


def judge(mutant: Mutant, tests: list[str], seconds: float) -> str:
    """killed, timeout, survived or same (nothing could be broken)."""
    child = _fork(lambda: _run(mutant, tests))
    code = _wait(child, seconds)
    if code is None:
        return "timeout"
    return {PASSED: "survived", UNBREAKABLE: "same"}.get(code, "killed")


def _run(mutant: Mutant, tests: list[str]) -> int:
    try:
        if not put_in(mutant):
            return UNBREAKABLE
    except Exception:  # A module that cannot be read is noticed by the first import of it.
        return KILLED
    if not tests:
        return PASSED
    options = ["-x", "-q", "-p", "no:cacheprovider", "--no-header", "--rootdir", str(ROOT)]
    return PASSED if pytest.main([*options, *tests]) == 0 else KILLED


def _fork(work: Callable[[], int]) -> int:
    child = os.fork()
    if child:
        return child
    os.setpgid(0, 0)
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    code = KILLED
    with contextlib.suppress(BaseException):
        code = work()
    os._exit(code)


def _wait(child: int, seconds: float) -> int | None:
    """The exit code; None when the time was up, and then the child and all of its own is gone."""
    handle = os.pidfd_open(child)
    ready, _, _ = select.select([handle], [], [], seconds)
    os.close(handle)
    if not ready:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if ready else None


def load_everything(paths: list[Path]) -> None:
    """Import what the trials will need, once, before the first fork."""
    for path in paths:
        importlib.import_module(str(path).removesuffix(".py").replace("/", "."))
    for name in ("workflows.bootstrap", "workflows.trials.player", "webapp", "hypothesis"):
        importlib.import_module(name)
