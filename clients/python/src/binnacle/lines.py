"""What travels from the script to the sender, and its form on the wire."""

from __future__ import annotations

import json
import math
import re
from datetime import datetime, timedelta
from typing import Any, Dict, Mapping, NamedTuple, Optional, Union

from .counters import CHANGES, LINES, METRICS

MESSAGE_LIMIT = 1 << 20
"""Characters of one message that are kept; the server has its own, smaller limit and marks it."""

FIELDS_LIMIT = 64 * 1024
"""Bytes of one line's fields as JSON; larger fields are replaced by a note of their size."""

_ENTRY_OVERHEAD = 200
_MAX_DEPTH = 8
_MAX_ITEMS = 20_000
_NAME_CHARS = 200
_LAST_SECOND = 9_223_372_035  # What fits nanoseconds in 64 bits, as the server has them.
_EPOCH = datetime(1970, 1, 1)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]+")


class Line(NamedTuple):
    """One log line. ``fields`` is JSON already: the caller's objects may change after the call.

    ``time_ns``: epoch nanoseconds within :func:`nanos_of`'s range, or None for the time of receipt.
    ``missing``: characters of the message that were cut already.
    """

    source: str
    level: str
    message: str
    time_ns: Optional[int]
    fields: Optional[str] = None
    missing: int = 0

    def shortened(self) -> "Line":
        """Return the line without what nobody will see of its message."""
        missing = len(self.message) - MESSAGE_LIMIT
        if missing <= 0:
            return self
        return self._replace(message=self.message[:MESSAGE_LIMIT], missing=self.missing + missing)


class MetricPoint(NamedTuple):
    """The values that one ``log`` call gave for one step."""

    step: int
    time_ns: int
    values: Dict[str, Union[int, float, str]]


class RunPatch(NamedTuple):
    """A change to the run itself, as JSON; the later one of a field stands for those before."""

    field: str
    body: str


Entry = Union[Line, MetricPoint, RunPatch]


def kind_of(entry: Entry) -> str:
    """Return how the entry is counted."""
    if isinstance(entry, Line):
        return LINES
    return METRICS if isinstance(entry, MetricPoint) else CHANGES


def size_of(entry: Entry) -> int:
    """Return roughly how many bytes the entry holds in memory."""
    if isinstance(entry, Line):
        return _ENTRY_OVERHEAD + len(entry.message) + len(entry.fields or "")
    if isinstance(entry, MetricPoint):
        return _ENTRY_OVERHEAD + 100 * len(entry.values)
    return _ENTRY_OVERHEAD + len(entry.body)


class TimeFormat:
    """RFC 3339 in UTC with nine decimals; the text of the last second is kept, as it repeats."""

    def __init__(self) -> None:
        self._second = -1
        self._text = ""

    def of(self, time_ns: int) -> str:
        second, nanos = divmod(time_ns, 1_000_000_000)
        if second != self._second:
            self._text = (_EPOCH + timedelta(seconds=second)).isoformat()
            self._second = second
        return "%s.%09dZ" % (self._text, nanos)


def nanos_of(seconds: Any) -> Optional[int]:
    """Return epoch seconds as nanoseconds; None for what is no time from 1677 to 2262."""
    try:
        number = float(seconds)
        if abs(number) <= _LAST_SECOND:
            return int(number * 1_000_000) * 1000
    except Exception:  # noqa: BLE001 - whatever the caller gave
        pass
    return None


def cut(message: str, missing: int = 0) -> str:
    """Return the message within :data:`MESSAGE_LIMIT`, saying how much was cut by now."""
    missing += max(0, len(message) - MESSAGE_LIMIT)
    if not missing:
        return message
    return "%s… [%d more characters were cut]" % (message[:MESSAGE_LIMIT], missing)


def plain(value: Any) -> Any:
    """Return ``value`` as something JSON can carry; whatever is not becomes its text.

    Numbers that JSON lacks (NaN, infinities) become their names, and what is nested without end
    is cut.
    """
    return _Plain().of(value, 0)


class _Plain:
    """One conversion, bounded: a structure may contain itself many times over."""

    def __init__(self) -> None:
        self._left = _MAX_ITEMS

    def of(self, value: Any, depth: int) -> Any:
        try:
            return self._of(value, depth)
        except Exception:  # noqa: BLE001 - the caller's objects may raise anything
            return text_of(value)

    def _of(self, value: Any, depth: int) -> Any:
        self._left -= 1
        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, int):
            return int(value) if abs(value) < 1 << 63 else text_of(value)
        if isinstance(value, float):
            return float(value) if math.isfinite(value) else name_of(value)
        if self._left <= 0:
            return "…"
        if depth >= _MAX_DEPTH:
            return text_of(value)
        if isinstance(value, Mapping):
            return self._mapping(value, depth)
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.of(item, depth + 1) for item in value if self._left > 0]
        return text_of(value)

    def _mapping(self, value: Mapping[Any, Any], depth: int) -> Dict[str, Any]:
        return {
            text_of(key)[:_NAME_CHARS]: self.of(item, depth + 1)
            for key, item in value.items()
            if self._left > 0
        }


def name_of(value: float) -> str:
    """Return the name of a number that JSON has no digits for."""
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def fields_json(fields: Any) -> Optional[str]:
    """Return the fields as one JSON object, or None when there are none."""
    if fields is None:
        return None
    values = plain(fields)
    if not isinstance(values, dict):
        values = {"fields": values}
    if not values:
        return None
    text = json.dumps(values, ensure_ascii=False)
    size = len(text.encode("utf-8", "replace"))
    if size > FIELDS_LIMIT:
        return json.dumps({"fields_dropped": len(values), "fields_bytes": size})
    return text


def text_of(value: Any) -> str:
    """Return the value's text, or its type's name when it cannot even tell its text."""
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - the caller's __str__ may raise anything
        return "<%s>" % type(value).__name__


def bounded(value: Any, characters: int) -> str:
    """Return the value's text without NUL, as long as the server takes it (UTF-16, as Java)."""
    text = text_of(value).replace("\0", "")
    if 2 * len(text) <= characters:
        return text
    return text.encode("utf-16-le", "replace")[: 2 * characters].decode("utf-16-le", "ignore")


def label(value: Any, characters: int, otherwise: str = "") -> str:
    """Return a name as the server takes it: on one line, and not blank."""
    return bounded(_CONTROLS.sub(" ", text_of(value)).strip(), characters) or otherwise
