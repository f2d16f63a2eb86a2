"""From written text to log lines, the way a terminal would show them in the end."""

from __future__ import annotations

import re
import threading
import time
from typing import Callable, Dict, List, Tuple

from .lines import MESSAGE_LIMIT

STATE_SECONDS = 10.0
"""How often a bar that goes on becomes a line: it is seen, and is 360 lines an hour, not 36,000."""

_STATE_NS = int(STATE_SECONDS * 1_000_000_000)
_CONTROL = re.compile(r"(\r\n|\n|\r|\x1b\[\d{0,4}A|\x1b\[\d?K)")
_HELD_SECONDS = 1.0
_MAX_ROWS = 64
_MAX_WRITERS = 64

Emit = Callable[[str, int, bool, int], None]
"""Receives a line's text, the time (epoch nanoseconds) at which it was written, whether it stands
in a row that was begun anew, as bars do, and how many characters of it were not kept."""

Shown = Tuple[str, int, bool, int]
"""The same of a row."""


class Assembler:
    """Collects the pieces of one output stream into lines, apart for each writing thread.

    Empty lines are left out. A carriage return begins the row anew, so that of a progress bar the
    last state is left; "cursor up", with which nested bars reach their rows, is followed too, and
    rows that it may still reach are held back until it was not there for a second, or until
    ordinary text follows below them.

    Of a bar that goes on the state at each :data:`STATE_SECONDS` is given out, too: the first that
    is drawn after them, and as soon as it is whole, which is when the next one is drawn or it has
    stood for a second.

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
        if not text:
            return
        writer = threading.get_ident()
        with self._lock:
            screen = self._screens.get(writer)
            if screen is None:
                screen = self._screens[writer] = _Screen()
            if not screen.anew and "\n" not in text and "\r" not in text and "\x1b" not in text:
                screen.write(text, time_ns)
                return
            self._give_out(screen.control(text, time_ns))
            if screen.holds_rows():
                self._hold()
            elif len(self._screens) > _MAX_WRITERS and screen.is_blank():
                del self._screens[writer]

    def reset(self) -> None:
        """Begin anew in a forked child: what the parent's threads have begun is the parent's."""
        self._lock = threading.RLock()
        self._screens = {}

    def pass_by(self) -> None:
        """Give out the calling thread's rows above an empty one: what it says next follows them."""
        screen = self._screens.get(threading.get_ident())
        if screen is None or not screen.holds_finished_rows():
            return
        with self._lock:
            if screen.is_below_all():
                self._give_out(screen.finished_rows())

    def settle(self, now: float) -> bool:
        """Give out rows and states that were held long enough; True while some are still held."""
        if not self._lock.acquire(timeout=0.1):
            return True
        try:
            holding = False
            for screen in list(self._screens.values()):
                self._give_out(screen.left_rows(now - _HELD_SECONDS))
                self._give_out(screen.due_states(now - _HELD_SECONDS))
                holding = holding or screen.holds_rows()
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

    def _give_out(self, rows: List[Shown]) -> None:
        for text, time_ns, bar, missing in rows:
            if text and not text.isspace():
                self._emit(text, time_ns, bar, missing)


class _Row:
    """One row: its text, when that was written, and when the cursor was last there.

    Of a bar also: whether its state is ``due`` to be given out, and what was given out last.
    """

    __slots__ = ("parts", "length", "time_ns", "left", "plain", "due", "_since_ns", "_told")

    def __init__(self) -> None:
        self.left = 0.0
        self.time_ns = 0
        self.clear(True)
        self.forget_bar()

    def forget_bar(self) -> None:
        """Begin anew as the row of another bar."""
        self.due = False
        self._since_ns = 0
        self._told = ""

    def redraw(self, time_ns: int) -> None:
        """Take note that a state is being drawn, and whether it is due."""
        if not 0 < self._since_ns <= time_ns:  # The first one, or the clock was set back.
            self._since_ns = time_ns
        elif time_ns - self._since_ns >= _STATE_NS:
            self.due = True
            self.left = time.monotonic()

    def due_state(self) -> List[Shown]:
        """Return the state that is due, if one stands there, as it is told by that."""
        if not self.due or not self.parts or self.is_covered():
            return []
        self.due = False
        news = self.news()
        if news:
            self._told = news[0][0]
            self._since_ns = self.time_ns
        return news

    def news(self) -> List[Shown]:
        """Return what stands there, unless it was given out already."""
        shown = self.shown()
        return [] if shown[0] == self._told else [shown]

    def clear(self, plain: bool) -> None:
        """Begin anew; ``plain``: not by a carriage return, as bars do."""
        self.parts: List[str] = []
        self.length = 0
        self.plain = plain

    def is_covered(self) -> bool:
        """Say whether blanks stand there, as a bar that is gone leaves them."""
        return bool(self.parts) and all(part.isspace() for part in self.parts)

    def shown(self) -> Shown:
        """Return what stands there; bars pad with blanks to cover what was there before."""
        return "".join(self.parts).rstrip(), self.time_ns, not self.plain, self.missing()

    def missing(self) -> int:
        """Return how many characters were not kept: the row is too long."""
        if self.length <= MESSAGE_LIMIT:
            return 0
        return self.length - sum(len(part) for part in self.parts)


class _Screen:
    """The rows of a terminal that are not final yet."""

    def __init__(self) -> None:
        self._rows: List[_Row] = [_Row()]
        self._row = 0
        self._progress = False
        self.anew = False
        """Whether the cursor's row begins anew with the text that comes next."""
        self._returned = False

    def write(self, text: str, time_ns: int) -> None:
        """Put text at the cursor."""
        row = self._rows[self._row]
        if row.length <= MESSAGE_LIMIT:
            row.parts.append(text)
        row.length += len(text)
        row.time_ns = time_ns

    def control(self, text: str, time_ns: int) -> List[Shown]:
        """Follow text with control characters; return the lines that became final."""
        if not self._progress and "\r" not in text and "\x1b[" not in text:
            return self._plain_lines(text, time_ns)
        final: List[Shown] = []
        for token in _CONTROL.split(text):
            if token in ("\n", "\r\n"):
                self._down(final)
            elif token == "\r":
                self._to_start(by_return=True)
                self._progress = True
            elif token.startswith("\x1b[") and token.endswith("A"):
                self._up(int(token[2:-1] or 1))
            elif token.startswith("\x1b[") and token.endswith("K"):
                self._erase(token, time_ns, final)
            elif token:
                if self.anew:
                    self._clear(not self._returned, time_ns, final)
                    self.anew = False
                self.write(token, time_ns)
        return final

    def holds_finished_rows(self) -> bool:
        return self._row > 0

    def holds_rows(self) -> bool:
        """Say whether there are finished rows or states that are due."""
        return self._row > 0 or (self._progress and any(row.due for row in self._rows))

    def is_blank(self) -> bool:
        return len(self._rows) == 1 and not self._rows[0].parts and not self._progress

    def is_below_all(self) -> bool:
        """Say whether the cursor is in an empty row below all others."""
        return self._row == len(self._rows) - 1 and not self._rows[self._row].parts

    def finished_rows(self) -> List[Shown]:
        """Remove and return the rows above the cursor."""
        return self._remove(self._row)

    def left_rows(self, since: float) -> List[Shown]:
        """Remove and return those of them, from the top, where the cursor was not ``since``."""
        count = 0
        while count < self._row and self._rows[count].left <= since:
            count += 1
        return self._remove(count)

    def due_states(self, since: float) -> List[Shown]:
        """Return the states that are due and were not redrawn ``since``; their rows stay."""
        rows = [row for row in self._rows if row.left <= since]
        return [state for row in rows for state in row.due_state()]

    def all_rows(self) -> List[Shown]:
        return [shown for row in self._rows for shown in row.news()]

    def _remove(self, count: int) -> List[Shown]:
        rows = [shown for row in self._rows[:count] for shown in row.news()]
        del self._rows[:count]
        self._row -= count
        if self.is_below_all() and self._row == 0:
            self._progress = self.anew = False
            self._rows[0].forget_bar()
        return rows

    def _plain_lines(self, text: str, time_ns: int) -> List[Shown]:
        first, *rest = text.split("\n")
        self.write(first, time_ns)
        if not rest:  # Escape sequences alone, as of a title or a link.
            return []
        row = self._rows[0]
        lines = [(_joined(row.parts), time_ns, False, row.missing())]
        lines.extend((line, time_ns, False, 0) for line in rest[:-1])
        row.parts = [rest[-1]] if rest[-1] else []
        row.length = len(rest[-1])
        return lines

    def _down(self, final: List[Shown]) -> None:
        """Go to the next row. Ordinary text that ends below all bars ends them too."""
        row = self._leave()
        self._row += 1
        self._to_start(by_return=False)
        below = self._row == len(self._rows)
        if below:
            self._rows.append(_Row())
        ordinary = below and row.plain and bool(row.parts)
        if ordinary or not self._progress or len(self._rows) > _MAX_ROWS:
            final.extend(self.finished_rows())

    def _up(self, rows: int) -> None:
        """Go up; what was covered with blanks at the bottom is no row any more.

        Rows above the first were given out already, and are there to be written again.
        """
        self._leave()
        above = min(max(0, rows - self._row), _MAX_ROWS - len(self._rows))
        self._rows[:0] = [_Row() for _ in range(above)]
        self._row = max(0, self._row + above - rows)
        self._to_start(by_return=True)
        self._progress = True
        while len(self._rows) > self._row + 1 and self._rows[-1].is_covered():
            self._rows.pop()

    def _leave(self) -> _Row:
        row = self._rows[self._row]
        row.left = time.monotonic()
        return row

    def _to_start(self, by_return: bool) -> None:
        self.anew = True
        self._returned = by_return

    def _erase(self, token: str, time_ns: int, final: List[Shown]) -> None:
        if token[2:-1] in ("1", "2") or self.anew:
            self._clear(False, time_ns, final)

    def _clear(self, plain: bool, time_ns: int, final: List[Shown]) -> None:
        """Begin the cursor's row anew: whatever stands on the screen by now is whole."""
        if self._progress:
            for each in self._rows:
                final.extend(each.due_state())
        row = self._rows[self._row]
        if row.parts or not plain:
            row.redraw(time_ns)
        row.clear(plain)


def _joined(parts: List[str]) -> str:
    return parts[0] if len(parts) == 1 else "".join(parts)
