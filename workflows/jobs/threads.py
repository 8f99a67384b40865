"""Blocking work beside an event loop, in threads that do not keep the process alive."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress


async def in_thread(work: Callable[[], None]) -> None:
    """Run blocking work in a thread of its own.

    Cancelling gives up waiting, not the work: it ends by itself or with the process, and leaves
    nothing half-done, for every write of a job is one transaction or one rename.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(fault: BaseException | None) -> None:
        if done.done():
            return
        if fault is None:
            done.set_result(None)
        else:
            done.set_exception(fault)

    def target() -> None:
        fault: BaseException | None = None
        try:
            work()
        except BaseException as caught:
            fault = caught
        with suppress(RuntimeError):  # the loop is gone: nobody waits any more
            loop.call_soon_threadsafe(settle, fault)

    threading.Thread(target=target, name="job", daemon=True).start()
    await done
