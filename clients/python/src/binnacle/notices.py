"""The SDK's own words on the terminal."""

from __future__ import annotations

import os
import threading
from typing import Set


class Notices:
    """Writes short messages for the user to the terminal's error stream, each kind once.

    It writes to a file descriptor and not to ``sys.stderr``: a background thread that holds the
    stream's lock while the interpreter ends would abort the process, and the SDK must not capture
    its own messages as the script's output.
    """

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._said: Set[str] = set()
        self._lock = threading.RLock()
        self.descriptor = 2

    def reset(self) -> None:
        """Begin anew in a forked child, where another thread's hold on the lock never ends."""
        self._lock = threading.RLock()

    def say(self, text: str) -> None:
        """Write one line; a closed or broken terminal is ignored."""
        if self._quiet:
            return
        try:
            os.write(self.descriptor, ("binnacle: " + text + "\n").encode("utf-8", "replace"))
        except OSError:
            pass

    def once(self, kind: str, text: str) -> None:
        """Write the line unless one of this kind was written since the last :meth:`forget`."""
        with self._lock:
            if kind in self._said:
                return
            self._said.add(kind)
        self.say(text)

    def forget(self, kind: str) -> None:
        """Let the next notice of this kind be written again (the server came back)."""
        with self._lock:
            self._said.discard(kind)
