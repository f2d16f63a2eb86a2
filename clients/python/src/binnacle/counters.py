"""What happened to every line: nothing is dropped without being counted here."""

from __future__ import annotations

import threading
from typing import Dict

LINES = "lines"
METRICS = "metrics"
CHANGES = "changes"

SENT = "sent"
TRUNCATED = "truncated"
REFUSED = "refused"
CONFLICT = "conflict"
DROPPED_MEMORY = "dropped_memory"
DROPPED_SPOOL = "dropped_spool"
DROPPED_CLOSED = "dropped_closed"
DROPPED_END = "dropped_end"
DROPPED_MALFORMED = "dropped_malformed"


def counter(kind: str, fate: str) -> str:
    """Return the name of the total of what met this fate; the README lists them."""
    return "%s_%s" % (kind, fate)


class Counters:
    """Named totals of one run in one process.

    The lock is re-entrant because a signal handler may print, and so count, while the interrupted
    code is counting. It is held for one addition only.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._values: Dict[str, int] = {}

    def reset(self) -> None:
        """Begin anew in a forked child, where another thread's hold on the lock never ends."""
        self._lock = threading.RLock()
        self._values = {}

    def add(self, name: str, amount: int = 1) -> None:
        """Add ``amount`` to the total called ``name``."""
        with self._lock:
            self._values[name] = self._values.get(name, 0) + amount

    def count(self, kind: str, fate: str, amount: int = 1) -> None:
        """Count what became of lines, metrics or changes."""
        self.add(counter(kind, fate), amount)

    def get(self, name: str) -> int:
        """Return one total; 0 when nothing was counted under that name."""
        return self._values.get(name, 0)

    def snapshot(self) -> Dict[str, int]:
        """Return a copy of all totals."""
        with self._lock:
            return dict(self._values)
