"""The batches that wait for the server, in order; bodies in memory while that is cheap."""

from __future__ import annotations

import threading
import time
from collections import deque
from itertools import islice
from typing import Deque, List, Optional, Tuple

from .buffer import Flush
from .counters import DROPPED_CLOSED, DROPPED_END, DROPPED_SPOOL, Counters
from .spool import LOGS, Batch, Place, Spool, SpoolDamage

BODIES_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of bodies kept in memory although they are on disk as well."""

BODIES_WITHOUT_DISK = 32 * 1024 * 1024
"""Bytes of bodies kept when the disk cannot be written: older ones are dropped beyond that."""

AWAY_PATIENCE = 5.0
"""Seconds that a flush, mostly the script's end, is held up by a server that is away."""


class Waiting:
    """One batch in line. ``body`` is empty when it must be read back from its place on disk."""

    __slots__ = ("batch", "place", "in_memory")

    def __init__(self, batch: Batch, place: Optional[Place], in_memory: bool) -> None:
        self.batch = batch if in_memory else batch._replace(body=b"")
        self.place = place
        self.in_memory = in_memory


class Outbox:
    """The line between the collecting and the sending thread.

    The condition's lock guards the line only; disk and network are used outside of it. Neither
    the script's threads nor signal handlers ever touch it.
    """

    def __init__(self, spool: Optional[Spool], counters: Counters) -> None:
        self._spool = spool
        self._counters = counters
        self._line: Deque[Waiting] = deque()
        self._bytes = 0
        self._bytes_without_disk = 0
        self._changed = threading.Condition(threading.Lock())
        self._flushes: List[Tuple[int, Flush]] = []
        self._last_seq = 0
        self._acked = 0
        self._closed = False
        self._stopped = False

    def append(self, batch: Batch) -> None:
        """Write the batch to disk and put it in line (collecting thread)."""
        place = None if self._closed else self._store(batch)
        with self._changed:
            if self._closed:
                self._count(batch, DROPPED_CLOSED)
                return
            in_memory = place is None or self._bytes + len(batch.body) <= BODIES_IN_MEMORY
            self._line.append(Waiting(batch, place, in_memory))
            self._last_seq = batch.seq
            self._bytes += len(batch.body) if in_memory else 0
            if place is None:
                self._bytes_without_disk += len(batch.body)
                self._drop_without_disk()
            self._changed.notify_all()

    def head(self, timeout: Optional[float]) -> Optional[Batch]:
        """Return the first batch with its body, waiting for one (sending thread).

        :return: None when the time is over or the line was stopped.
        :raises OSError: when it cannot be read back now, as with too many open files; it stays.
        """
        with self._changed:
            if not self._line and not self._stopped:
                self._changed.wait(timeout)
        while True:
            with self._changed:
                if not self._line:
                    return None
                first = self._line[0]
            if first.in_memory:
                return first.batch
            batch = self._read(first)
            if batch is not None:
                return batch

    def done(self, seq: int) -> None:
        """Take the batch out of line: the server has it, or will never take it."""
        with self._changed:
            if self._line and self._line[0].batch.seq == seq:
                self._remove_first()
            self._acked = max(self._acked, seq)
        if self._spool is not None:
            self._spool.progress.acknowledge(seq)
        with self._changed:
            self._release()

    def close(self) -> None:
        """Take nothing any more: the server said that this run is gone. All is counted."""
        with self._changed:
            self._closed = True
            while self._line:
                self._count(self._line[0].batch, DROPPED_CLOSED)
                self._remove_first()
            self._acked = self._last_seq
            self._release()

    def closed(self) -> bool:
        """Say whether batches are still taken."""
        return self._closed

    def flush(self, wish: Flush) -> None:
        """Let ``wish`` be released as soon as all that is in line now is acknowledged."""
        with self._changed:
            wish.missed = self._closed
            self._flushes.append((self._last_seq, wish))
            self._release()
            self._changed.notify_all()

    def give_up(self) -> None:
        """Release every flush although batches are left: the server is away."""
        with self._changed:
            flushes, self._flushes = self._flushes, []
        for _, wish in flushes:
            wish.missed = True
            wish.done.release()

    def hopeless(self, wait: float, away: bool) -> bool:
        """Say whether those who wait for a flush would do so in vain if we pause for ``wait``.

        A server that answers gets until the deadline; one that is away only a few seconds.
        """
        resume = time.monotonic() + wait
        with self._changed:
            return any(
                resume >= wish.deadline or (away and resume >= wish.began + AWAY_PATIENCE)
                for _, wish in self._flushes
            )

    def stop(self) -> None:
        """Wake the sending thread for its end."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def pause(self, seconds: float) -> None:
        """Wait before the next attempt; a flush that is asked for meanwhile ends the wait."""
        end = time.monotonic() + seconds
        with self._changed:
            known = len(self._flushes)
            while len(self._flushes) <= known and not self._stopped:
                left = end - time.monotonic()
                if left <= 0:
                    return
                self._changed.wait(left)

    def left(self) -> Tuple[int, int]:
        """Return how many batches, and log lines in them, are not with the server yet."""
        with self._changed:
            lines = sum(w.batch.items for w in self._line if w.batch.kind == LOGS)
            return len(self._line), lines

    def drop_without_disk(self) -> int:
        """Count what was never written as dropped, at the end of the process; return the lines."""
        lost = 0
        with self._changed:
            for waiting in self._line:
                if waiting.place is None:
                    self._count(waiting.batch, DROPPED_END)
                    lost += waiting.batch.items if waiting.batch.kind == LOGS else 0
        return lost

    def _store(self, batch: Batch) -> Optional[Place]:
        if self._spool is None:
            return None
        try:
            self._spool.free(self._acked)
            place = self._spool.append(batch)
        except OSError:
            self._counters.add("spool_failures")
            return None
        dropped = self._spool.drop_oldest()
        if dropped:
            with self._changed:
                while self._line and self._line[0].batch.seq <= dropped:
                    self._count(self._line[0].batch, DROPPED_SPOOL)
                    self._remove_first()
                self._release()
        return place

    def _read(self, first: Waiting) -> Optional[Batch]:
        assert first.place is not None and self._spool is not None
        try:
            return self._spool.read(first.place)
        except (FileNotFoundError, SpoolDamage):
            with self._changed:
                # When it was dropped meanwhile for its age, it is counted already.
                if self._line and self._line[0] is first:
                    self._count(first.batch, DROPPED_SPOOL)
                    self._remove_first()
                    self._release()
            return None

    def _drop_without_disk(self) -> None:
        """Drop the oldest that no disk has, but never the first: it may be under way."""
        while self._bytes_without_disk > BODIES_WITHOUT_DISK:
            later = islice(self._line, 1, None)
            oldest = next((waiting for waiting in later if waiting.place is None), None)
            if oldest is None:
                return
            self._line.remove(oldest)
            self._count(oldest.batch, DROPPED_SPOOL)
            self._forget(oldest)

    def _remove_first(self) -> None:
        self._forget(self._line.popleft())

    def _forget(self, waiting: Waiting) -> None:
        size = len(waiting.batch.body)
        self._bytes -= size
        if waiting.place is None:
            self._bytes_without_disk -= size

    def _release(self) -> None:
        first = self._line[0].batch.seq if self._line else self._last_seq + 1
        waiting = []
        for seq, wish in self._flushes:
            if seq < first:
                wish.done.release()
            else:
                waiting.append((seq, wish))
        self._flushes = waiting

    def _count(self, batch: Batch, fate: str) -> None:
        """Count what the server will not get; whoever waits for it is told so."""
        self._counters.count(batch.counted(), fate, batch.items)
        for seq, wish in self._flushes:
            wish.missed = wish.missed or seq >= batch.seq
