"""The hand-over from the script's threads to the sender: the only thing a ``print`` waits for."""

from __future__ import annotations

import threading
import time
from collections import deque
from queue import Empty, SimpleQueue
from typing import Deque, List, Optional

from .counters import DROPPED_MEMORY, Counters
from .lines import Entry, Line, kind_of, size_of
from .settings import BATCH_LINES

MEMORY_LIMIT = 64 * 1024 * 1024
"""Bytes that may wait for the collecting thread (which is behind only if the disk hangs)."""


class Flush:
    """A wish that everything put so far be sent by ``deadline`` (monotonic seconds).

    ``stored`` and ``done`` are bare locks, made for this one wish and released once, when all is in
    line and on disk, and when the server has it: a signal handler may wait for them, because no
    code it can have interrupted holds them. ``missed``: something of it will never be there, or not
    in time.
    """

    def __init__(self, deadline: float, last: bool = False) -> None:
        self.began = time.monotonic()
        self.deadline = deadline
        self.last = last
        self.missed = False
        self.stored = threading.Lock()
        self.stored.acquire()
        self.done = threading.Lock()
        self.done.acquire()


class Tick:
    """What wakes the collecting thread: the first entry of a batch, or a full batch."""


_FIRST = Tick()
_FULL = Tick()


class EntryBuffer:
    """A queue without locks of its own.

    ``deque`` and ``SimpleQueue`` do each step atomically, and ``SimpleQueue.put`` may be called
    again by a signal handler or a finaliser in the middle of itself. So putting an entry never
    waits, from wherever it comes.
    """

    def __init__(self, counters: Counters, max_bytes: int = MEMORY_LIMIT) -> None:
        self._counters = counters
        self._max_bytes = max_bytes
        self._entries: Deque[Entry] = deque()
        self._wishes: "SimpleQueue[object]" = SimpleQueue()
        self._bytes = 0
        self._armed = False
        self._full = False
        self.full_at = BATCH_LINES

    def put(self, entry: Entry) -> None:
        """Add an entry, or count it as dropped when memory is at its limit.

        The byte count may miss a few entries when threads collide; it starts anew with each
        :meth:`take`, so the error does not grow.
        """
        if isinstance(entry, Line):
            entry = entry.shortened()
        size = size_of(entry)
        if self._bytes + size > self._max_bytes:
            self._counters.count(kind_of(entry), DROPPED_MEMORY)
            return
        self._bytes += size
        self._entries.append(entry)
        # The flag is lowered before the queue is emptied, so an entry that finds it raised is
        # certain to be taken.
        if not self._armed:
            self._armed = True
            self._wishes.put(_FIRST)
        elif not self._full and len(self._entries) >= self.full_at:
            self._full = True
            self._wishes.put(_FULL)

    def ask(self, wish: Flush) -> None:
        """Wake the collecting thread with a wish."""
        self._wishes.put(wish)

    def wake(self) -> None:
        """Wake the collecting thread without an entry (text is held back that time may free)."""
        self._wishes.put(_FIRST)

    def next_wish(self, timeout: Optional[float]) -> Optional[object]:
        """Wait for a reason to work; None when the time is over."""
        try:
            return self._wishes.get(timeout=timeout)
        except Empty:
            return None

    def is_full(self, wish: Optional[object]) -> bool:
        """Say whether the wish means that a whole batch is there, by the size it has by now."""
        if wish is not _FULL:
            return False
        self._full = len(self._entries) >= self.full_at
        return self._full

    def take(self) -> List[Entry]:
        """Remove and return everything that is there."""
        self._armed = False
        self._full = False
        entries = self._entries
        taken = [entries.popleft() for _ in range(len(entries))]
        self._bytes = 0
        return taken
