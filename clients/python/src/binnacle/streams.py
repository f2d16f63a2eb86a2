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


class WrappedStream:
    """Replaces the ``write`` method of one stream object, and nothing else of it.

    The object stays the same, so ``isatty``, ``encoding``, ``fileno``, ``buffer`` and whoever
    holds a reference to it are undisturbed. Text passes through first and at once; only who waits
    for hushed text is told before, since it may come back through a descriptor at any moment. What
    goes wrong in here is counted and never reaches the writer.
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
        self._assembler = assembler
        self._write = self._method(stream.write, hush, counters, hushed, heard)
        self._on = False

    def start(self) -> bool:
        """Begin to capture; False when the stream does not allow it."""
        try:
            self._stream.write = self._write  # type: ignore[method-assign]
        except (AttributeError, TypeError):
            return False
        self._on = True
        return True

    def stop(self) -> None:
        """End the capture. A wrapper that somebody put around ours keeps working: ours is inert."""
        if not self._on:
            return
        self._on = False
        if getattr(self._stream, "__dict__", {}).get("write") is self._write:
            try:
                del self._stream.write
            except AttributeError:
                pass

    def _method(
        self,
        original: Callable[[str], int],
        hush: Hush,
        counters: Counters,
        hushed: Optional[Callable[[str], None]],
        heard: bool,
    ) -> Callable[[str], Any]:
        feed = self._assembler.feed
        now = time.time_ns

        def write(text: str) -> Any:
            if hushed is not None and self._on and hush.depth > 0:
                try:
                    hushed(text)
                except Exception:  # noqa: BLE001 - a print must not fail because of us
                    counters.add("internal_errors")
            result = original(text)
            if heard and self._on and hush.depth == 0:
                try:
                    feed(text, now())
                except Exception:  # noqa: BLE001 - a print must not fail because of us
                    counters.add("internal_errors")
            return result

        return write
