"""How often one address may search. Counted in each process for itself: a brake on scripts, not
a promise; the reverse proxy has the last word (docs/public-site.md)."""

import threading
import time
from collections import OrderedDict

SEARCHES = 60
WINDOW = 60.0
"""So many searches in so many seconds."""
REMEMBERED = 10_000
"""Addresses kept in mind; the one not heard of for longest is forgotten first."""


class Brake:
    """Searches of each address within the running window."""

    def __init__(self, most: int = SEARCHES, window: float = WINDOW) -> None:
        self._most, self._window = most, window
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = threading.Lock()

    def too_often(self, address: str, at: float | None = None) -> int:
        """0 when the search may go on, else the seconds to wait."""
        now = time.monotonic() if at is None else at
        with self._lock:
            begun, count = self._seen.pop(address, (now, 0))
            if now - begun >= self._window:
                begun, count = now, 0
            self._seen[address] = (begun, count + 1)
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return 0 if count < self._most else max(1, round(self._window - (now - begun)))
