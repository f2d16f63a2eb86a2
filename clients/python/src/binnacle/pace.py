"""How eagerly to send: the server's wishes, and our own patience while it is away."""

from __future__ import annotations

import random
from typing import Optional

from .settings import FLUSH_SECONDS, SLOW_SECONDS

_FIRST_BACKOFF = 0.5
_LAST_BACKOFF = 30.0


class Pace:
    """Written by the sending thread, read by the collecting one; plain values need no lock."""

    def __init__(self) -> None:
        self.slow = False
        self._failures = 0

    def batch_seconds(self) -> float:
        """Return how long a batch may wait for more lines after its first."""
        return SLOW_SECONDS if self.slow else FLUSH_SECONDS

    def went_well(self, wait: Optional[float]) -> float:
        """Note an accepted request; return how long the server asks us to wait."""
        self._failures = 0
        self.slow = bool(wait)
        return wait or 0.0

    def failed(self, wait: Optional[float]) -> float:
        """Note a failed request; return the wait before the next.

        As long as the server asks; when it names no time, or one that is over by our clock,
        doubling from 0.5 s to 30 s. With jitter, so that a thousand workers do not come back to
        a restarted server in one instant.
        """
        self.slow = True
        if wait:
            return max(wait, _FIRST_BACKOFF) * random.uniform(1.0, 1.1)
        backoff = min(_LAST_BACKOFF, _FIRST_BACKOFF * 2.0 ** min(self._failures, 10))
        self._failures += 1
        return backoff * random.uniform(0.5, 1.0)
