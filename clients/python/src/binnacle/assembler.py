"""From written text to log lines, the way a terminal would show them in the end."""

from __future__ import annotations

import re
import threading
import time
from typing import Callable, Dict, List

from .lines import MESSAGE_LIMIT

_CONTROL = re.compile(r"(\r\n|\n|\r|\x1b\[\d*A|\x1b\[\d*K)")
_HELD_SECONDS = 1.0
_MAX_ROWS = 64
_MAX_WRITERS = 64

Emit = Callable[[str, int], None]
"""Receives a line's text and the time (epoch nanoseconds) of its end."""


class Assembler:
    """Collects the pieces of one output stream into lines, apart for each writing thread.

    Empty lines are left out. A carriage return begins the row anew, so that of a progress bar the
    last state is left; "cursor up", with which nested bars reach their rows, is followed too, and
    rows that it may still reach are held back for a second.

    The lock is re-entrant (a signal handler may print in the middle of a print) and held only
    while text is put together, never across input or output.
    """

    def __init__(self, emit: Emit, hold: Callable[[], None]) -> None:
        self._emit = emit
        self._hold = hold
        self._screens: Dict[int, _Screen] = {}
        self._lock = threading.RLock()

    def feed(self, text: str, time_ns: int) -> None:
        """Take a piece of text as it was written."""
        writer = threading.get_ident()
        with self._lock:
            screen = self._screens.get(writer)
            if screen is None:
                screen = self._screens[writer] = _Screen()
            if "\n" not in text and "\r" not in text and "\x1b" not in text:
                screen.write(text)
                return
            for line in screen.control(text):
                if line and not line.isspace():
                    self._emit(line, time_ns)
            if screen.holds_finished_rows():
                self._hold()
            elif len(self._screens) > _MAX_WRITERS and screen.is_blank():
                del self._screens[writer]

    def reset(self) -> None:
        """Begin anew in a forked child: what the parent's threads have begun is the parent's."""
        self._lock = threading.RLock()
        self._screens = {}

    def settle(self, now: float) -> bool:
        """Give out rows that were held long enough; True while some are still held."""
        if not self._lock.acquire(timeout=0.1):
            return True
        try:
            holding = False
            for screen in list(self._screens.values()):
                if not screen.holds_finished_rows():
                    continue
                if now - screen.touched < _HELD_SECONDS:
                    holding = True
                    continue
                self._give_out(screen.finished_rows())
            return holding
        finally:
            self._lock.release()

    def end(self) -> None:
        """Give out everything, also a last line without an end."""
        if not self._lock.acquire(timeout=0.5):
            return
        try:
            screens = list(self._screens.values())
            self._screens.clear()
            for screen in screens:
                self._give_out(screen.all_rows())
        finally:
            self._lock.release()

    def _give_out(self, rows: List[str]) -> None:
        now = time.time_ns()
        for row in rows:
            if row and not row.isspace():
                self._emit(row, now)


class _Screen:
    """The rows of a terminal that are not final yet."""

    def __init__(self) -> None:
        self._rows: List[List[str]] = [[]]
        self._row = 0
        self._progress = False
        self._anew = False
        self._length = 0
        self.touched = 0.0

    def write(self, text: str) -> None:
        """Put text at the cursor; a row that was returned to begins anew."""
        row = self._rows[self._row]
        if self._anew:
            row.clear()
            self._length = 0
            self._anew = False
        if self._length <= MESSAGE_LIMIT:
            row.append(text)
        self._length += len(text)

    def control(self, text: str) -> List[str]:
        """Follow text with control characters; return the lines that became final."""
        if not self._progress and "\r" not in text and "\x1b[" not in text:
            return self._plain_lines(text)
        final: List[str] = []
        for token in _CONTROL.split(text):
            if token in ("\n", "\r\n"):
                self._down(final)
            elif token == "\r":
                self._anew = True
                self._progress = True
            elif token.startswith("\x1b[") and token.endswith("A"):
                self._up(int(token[2:-1] or 1))
            elif token.startswith("\x1b[") and token.endswith("K"):
                self._erase(token)
            elif token:
                self._text(token, final)
        self.touched = time.monotonic()
        return final

    def holds_finished_rows(self) -> bool:
        return self._row > 0

    def is_blank(self) -> bool:
        return len(self._rows) == 1 and not self._rows[0] and not self._progress

    def finished_rows(self) -> List[str]:
        """Remove and return the rows above the cursor."""
        rows = [_shown(row) for row in self._rows[: self._row]]
        del self._rows[: self._row]
        self._row = 0
        if len(self._rows) == 1 and not self._rows[0]:
            self._progress = self._anew = False
        return rows

    def all_rows(self) -> List[str]:
        return [_shown(row) for row in self._rows]

    def _plain_lines(self, text: str) -> List[str]:
        first, *rest = text.split("\n")
        self.write(first)
        lines = [_joined(self._rows[0])]
        lines.extend(rest[:-1])
        self._rows[0] = [rest[-1]] if rest[-1] else []
        self._length = len(rest[-1])
        return lines

    def _text(self, text: str, final: List[str]) -> None:
        if self._row > 0 and not self._anew and not self._rows[self._row]:
            # Ordinary text below the bars: they are done.
            final.extend(self.finished_rows())
            self._progress = False
        self.write(text)

    def _down(self, final: List[str]) -> None:
        self._anew = False
        self._row += 1
        if self._row == len(self._rows):
            self._rows.append([])
        self._length = sum(map(len, self._rows[self._row]))
        if not self._progress or len(self._rows) > _MAX_ROWS:
            final.extend(self.finished_rows())

    def _up(self, rows: int) -> None:
        self._row = max(0, self._row - rows)
        self._length = sum(map(len, self._rows[self._row]))
        self._progress = True

    def _erase(self, token: str) -> None:
        if token[2:-1] in ("1", "2"):
            self._rows[self._row].clear()
            self._length = 0


def _joined(row: List[str]) -> str:
    return row[0] if len(row) == 1 else "".join(row)


def _shown(row: List[str]) -> str:
    """Progress bars pad with blanks to cover what was there before."""
    return "".join(row).rstrip()
