"""Capture by wrapping: the script's own streams, seen while they write."""

from __future__ import annotations

import threading
import time
from typing import Any, Callable, Optional, TextIO

from .assembler import Assembler
from .counters import Counters


class Hush(threading.local):
    """While ``depth`` is above zero, what this thread writes is shown but not captured.

    Log records pass through here twice, as records and as a handler's text; so do the tracebacks
    of uncaught exceptions. The text is the copy that is left out.
    """

    depth = 0

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *_: object) -> None:
        self.depth -= 1


class _Writing(threading.local):
    """The text that this thread is writing through a wrapped stream just now."""

    text = ""


_writing = _Writing()


class WrappedStream:
    """Replaces the ``write`` method of one stream object, and nothing else of it.

    The object stays the same, so ``isatty``, ``encoding``, ``fileno``, ``buffer`` and whoever
    holds a reference to it are undisturbed. Text passes through first and at once; only who waits
    for hushed text is told before, since it may come back through a descriptor at any moment. What
    goes wrong in here is counted and never reaches the writer.

    A stream may write to another that is wrapped, too: the text belongs to the first.
    """

    def __init__(
        self,
        stream: TextIO,
        assembler: Assembler,
        hush: Hush,
        counters: Counters,
        hushed: Optional[Callable[[str], None]] = None,
        heard: bool = True,
    ) -> None:
        self._stream = stream
        self._hushed = hushed
        self._heard = heard
        self._earlier = getattr(stream, "__dict__", {}).get("write")
        self._write = self._method(stream.write, assembler.feed, hush, counters)
        self._on = False

    def start(self) -> bool:
        """Begin to capture; False when the stream does not allow it."""
        try:
            self._stream.write = self._write  # type: ignore[method-assign]
        except (AttributeError, TypeError):
            return False
        self._on = True
        return True

    def hear(self) -> None:
        """Capture here from now on what somebody else captured until now."""
        self._hushed = None
        self._heard = True

    def stop(self) -> None:
        """End the capture. A wrapper that somebody put around ours keeps working: ours is inert."""
        if not self._on:
            return
        self._on = False
        if getattr(self._stream, "__dict__", {}).get("write") is not self._write:
            return
        try:
            if self._earlier is None:
                del self._stream.write
            else:
                self._stream.write = self._earlier  # type: ignore[method-assign]
        except AttributeError:
            pass

    def _method(
        self,
        original: Callable[[str], int],
        feed: Callable[[str, int], None],
        hush: Hush,
        counters: Counters,
    ) -> Callable[[str], Any]:
        now = time.time_ns

        def write(text: str) -> Any:
            if not self._on:
                return original(text)
            if self._hushed is not None and hush.depth > 0:
                try:
                    self._hushed(text)
                except Exception:  # noqa: BLE001 - a print must not fail because of us
                    counters.add("internal_errors")
            outer = _writing.text
            _writing.text = text
            try:
                result = original(text)
            finally:
                _writing.text = outer
            if self._heard and self._on and hush.depth == 0:
                try:
                    # Not all that is written meanwhile is it: a signal's handler may print.
                    if text not in outer:
                        feed(text, now())
                except Exception:  # noqa: BLE001 - a print must not fail because of us
                    counters.add("internal_errors")
            return result

        return write
