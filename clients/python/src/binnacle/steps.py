"""A run's metrics, step by step."""

from __future__ import annotations

import threading
import time
from typing import Any, Callable, Dict, Mapping, Optional

from .counters import Counters
from .lines import MetricPoint
from .metrics import POINT_VALUES, Number, scalars
from .notices import Notices
from .values import Summary

_STEPS = 1 << 63


class Steps:
    """Gathers the values of a step until the call that completes it; used from any thread."""

    def __init__(
        self,
        put: Callable[[MetricPoint], None],
        summary: Summary,
        counters: Counters,
        notices: Notices,
    ) -> None:
        self.next = 0
        """The step that the next values without a step get."""
        self._put = put
        self._summary = summary
        self._counters = counters
        self._notices = notices
        self._pending: Dict[str, Any] = {}
        self._lock = threading.RLock()

    def after_fork(self) -> None:
        """Begin anew in a forked child; what waits for the end of a step is the parent's."""
        self._lock = threading.RLock()
        self._pending = {}

    def log(self, data: Mapping[str, Any], step: Optional[int], commit: bool) -> None:
        """Add values to a step.

        :raises ValueError: when the step is none.
        """
        with self._lock:
            if step is not None and int(step) != self.next:
                self.commit()
                if not 0 <= int(step) < _STEPS:
                    raise ValueError("no step: %d" % step)
                self.next = int(step)
            self._pending.update(data)
            if commit:
                self.commit()

    def commit(self) -> None:
        """Complete the step, if it has values."""
        with self._lock:
            if not self._pending:
                return
            data, self._pending = self._pending, {}
            step, self.next = self.next, self.next + 1
        numbers, others = scalars(data)
        if others:
            self._counters.add("values_not_numeric", len(others))
            self._notices.once(
                "numeric", "only numbers can be logged; left out: %s" % ", ".join(others[:5])
            )
        if numbers:
            self._summary.observe(numbers)
            self._put_numbers(step, numbers)

    def put_summary(self) -> None:
        """Make the summary's values that the script set by itself metrics of the last step."""
        numbers, _ = scalars(self._summary.own())
        if numbers:
            self._put_numbers(max(0, self.next - 1), numbers)

    def _put_numbers(self, step: int, numbers: Dict[str, Number]) -> None:
        """Put them as points of as many values as the server takes."""
        now, items = time.time_ns(), list(numbers.items())
        for start in range(0, len(items), POINT_VALUES):
            self._put(MetricPoint(step, now, dict(items[start : start + POINT_VALUES])))
