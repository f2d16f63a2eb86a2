"""Text that will come back through a redirected descriptor although it is stored already."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Deque, Dict

from .assembler import Assembler

_EXPIRE_NS = 30 * 1_000_000_000
_MAX_LINES = 20_000


class Echoes:
    """Remembers lines that handlers wrote, until the descriptor's capture has seen them.

    A descriptor carries no word about who wrote to it. But each line that a handler writes comes
    through exactly once, so the next equal line is that copy, and is left out. (Equal but for
    blanks at its end: below progress bars they are not kept.)
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._expected: Dict[str, Deque[int]] = {}
        self._count = 0
        self._assembler = Assembler(self._expect, lambda: None)

    def expect(self, text: str) -> None:
        """Take text as a handler wrote it."""
        self._assembler.feed(text, time.monotonic_ns())

    def without_echo(self, line: str, bar: bool) -> str:
        """Return the line without such a copy, which is forgotten then; empty when it is one.

        Behind a progress bar (``bar``) the copy is the end of the row.
        """
        if not self._count:
            return line
        if self._is_echo(line):
            return ""
        if bar:
            with self._lock:
                ends = [text for text in self._expected if text and line.endswith(text)]
            for text in sorted(ends, key=len, reverse=True):
                if self._is_echo(text):
                    return line[: -len(text)].rstrip()
        return line

    def _is_echo(self, line: str) -> bool:
        limit = time.monotonic_ns() - _EXPIRE_NS
        with self._lock:
            line = line.rstrip()
            times = self._expected.get(line)
            while times:
                self._count -= 1
                fresh = times.popleft() >= limit
                if not times:
                    del self._expected[line]
                if fresh:
                    return True
        return False

    def _expect(self, line: str, time_ns: int, *_: object) -> None:
        with self._lock:
            if self._count >= _MAX_LINES:
                self._expected.clear()
                self._count = 0
            self._expected.setdefault(line.rstrip(), deque()).append(time_ns)
            self._count += 1
