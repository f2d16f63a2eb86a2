"""What travels from the script to the sender, and its form on the wire."""

from __future__ import annotations

import json
import math
import time
from typing import Any, Dict, Mapping, NamedTuple, Optional, Union

MESSAGE_LIMIT = 1 << 20
"""Characters of one message that are kept; the server has its own, smaller limit and marks it."""

FIELDS_LIMIT = 64 * 1024
"""Characters of one line's fields as JSON; larger fields are replaced by a note of their size."""

_ENTRY_OVERHEAD = 200
_MAX_DEPTH = 8


class Line(NamedTuple):
    """One log line. ``fields`` is JSON already: the caller's objects may change after the call."""

    source: str
    level: str
    message: str
    time_ns: int
    fields: Optional[str] = None


class MetricPoint(NamedTuple):
    """The values that one ``log`` call gave for one step."""

    step: int
    time_ns: int
    values: Dict[str, Union[int, float, str]]


class RunPatch(NamedTuple):
    """A change to the run itself (config, status), as JSON."""

    body: str


Entry = Union[Line, MetricPoint, RunPatch]


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
            self._text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
            self._second = second
        return "%s.%09dZ" % (self._text, nanos)


def cut(message: str) -> str:
    """Return the message within :data:`MESSAGE_LIMIT`, saying how much was cut."""
    if len(message) <= MESSAGE_LIMIT:
        return message
    return "%s… [%d more characters were cut]" % (
        message[:MESSAGE_LIMIT],
        len(message) - MESSAGE_LIMIT,
    )


def plain(value: Any, depth: int = 0) -> Any:
    """Return ``value`` as something JSON can carry; whatever is not becomes its text.

    Numbers that JSON lacks (NaN, infinities) become their names.
    """
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else name_of(value)
    if depth >= _MAX_DEPTH:
        return _text(value)
    if isinstance(value, Mapping):
        return {_text(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item, depth + 1) for item in value]
    return _text(value)


def name_of(value: float) -> str:
    """Return the name of a number that JSON has no digits for."""
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def fields_json(fields: Mapping[str, Any]) -> Optional[str]:
    """Return the fields as one JSON object, or None when there are none."""
    if not fields:
        return None
    text = json.dumps(plain(fields), ensure_ascii=False)
    if len(text) > FIELDS_LIMIT:
        return json.dumps({"fields_dropped": len(fields), "fields_characters": len(text)})
    return text


def _text(value: Any) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - the caller's __str__ may raise anything
        return "<%s>" % type(value).__name__
