"""From entries to requests: numbering, encoding and cutting into batches."""

from __future__ import annotations

import json
from typing import Callable, Dict, List, Optional

from .counters import DROPPED_MALFORMED, Counters
from .lines import Entry, Line, MetricPoint, RunPatch, TimeFormat, cut, kind_of
from .splitting import squeeze
from .spool import LOGS, METRICS, PATCH, Batch

MAX_LINES = 1000
MAX_BYTES = 1024 * 1024
"""Limits of one batch, well inside the server's 5,000 lines and 8 MiB."""

Redact = Callable[[str], str]
_quote = json.JSONEncoder(ensure_ascii=False).encode


class BatchMaker:
    """Makes batches in one thread.

    Batch numbers count log batches only: the server compares them without gaps per client id.
    """

    def __init__(
        self,
        client_id: str,
        stream: str,
        labels: Dict[str, str],
        counters: Counters,
        redact: Optional[Redact] = None,
    ) -> None:
        self._client_id = client_id
        self._head = '{"stream":%s,"labels":%s,"client_id":%s' % (
            _quote(stream),
            _quote(labels),
            _quote(client_id),
        )
        self._counters = counters
        self._redact = redact
        self._times = TimeFormat()
        self._seq = 0
        self._batch_no = 0
        self._line_number = 0

    def batches(self, entries: List[Entry]) -> List[Batch]:
        """Return the entries as batches: lines, then metrics, then changes to the run."""
        made = self._log_batches([e for e in entries if isinstance(e, Line)])
        made += self._metric_batches([e for e in entries if isinstance(e, MetricPoint)])
        made += self._changes([e for e in entries if isinstance(e, RunPatch)])
        return made

    def _log_batches(self, lines: List[Line]) -> List[Batch]:
        made: List[Batch] = []
        encoded: List[str] = []
        size = 0
        for line in lines:
            try:
                text = self._encode(line)
            except Exception:  # noqa: BLE001 - one line must not take others with it
                self._counters.count(kind_of(line), DROPPED_MALFORMED)
                continue
            if encoded and (len(encoded) >= MAX_LINES or size + len(text) > MAX_BYTES):
                made.append(self._log_batch(encoded))
                encoded, size = [], 0
            encoded.append(text)
            size += len(text)
        if encoded:
            made.append(self._log_batch(encoded))
        return made

    def _log_batch(self, encoded: List[str]) -> Batch:
        self._batch_no += 1
        text = '%s,"batch_no":%d,"logs":[%s]}' % (self._head, self._batch_no, ",".join(encoded))
        return self._batch(LOGS, self._batch_no, len(encoded), text.encode("utf-8", "replace"))

    def _metric_batches(self, points: List[MetricPoint]) -> List[Batch]:
        made: List[Batch] = []
        encoded: List[str] = []
        for point in points:
            try:
                encoded.append(self._encode_point(point))
            except Exception:  # noqa: BLE001 - one point must not take others with it
                self._counters.count(kind_of(point), DROPPED_MALFORMED)
        for start in range(0, len(encoded), MAX_LINES):
            chosen = encoded[start : start + MAX_LINES]
            data = '{"metrics":[%s]}' % ",".join(chosen)
            made.append(self._batch(METRICS, 0, len(chosen), data.encode("utf-8", "replace")))
        return made

    def _changes(self, changes: List[RunPatch]) -> List[Batch]:
        newest: Dict[str, RunPatch] = {}
        for change in changes:
            newest.pop(change.field, None)
            newest[change.field] = change
        return [
            self._batch(PATCH, 0, 1, change.body.encode("utf-8", "replace"))
            for change in newest.values()
        ]

    def _encode_point(self, point: MetricPoint) -> str:
        timestamp = self._times.of(point.time_ns)
        return _quote({"step": point.step, "timestamp": timestamp, "values": point.values})

    def _batch(self, kind: int, number: int, items: int, data: bytes) -> Batch:
        self._seq += 1
        body, gzipped = squeeze(data)
        return Batch(self._seq, kind, number, items, gzipped, body)

    def _encode(self, line: Line) -> str:
        self._line_number += 1
        message = line.message if self._redact is None else self._redacted(line.message)
        fields = "" if line.fields is None else ',"fields":' + self._redacted_fields(line.fields)
        when = "" if line.time_ns is None else ',"timestamp":"%s"' % self._times.of(line.time_ns)
        return '{"level":%s,"message":%s%s,"source":%s,"line_number":%d%s}' % (
            _quote(line.level),
            _quote(cut(message, line.missing)),
            when,
            _quote(line.source),
            self._line_number,
            fields,
        )

    def _redacted(self, text: str) -> str:
        """A hook that fails must not let the secret through that it was meant to hide."""
        assert self._redact is not None
        try:
            return str(self._redact(text))
        except Exception:  # noqa: BLE001 - the user's code may raise anything
            self._counters.add("redaction_failures")
            return "[not shown: the redaction hook failed]"

    def _redacted_fields(self, fields: str) -> str:
        if self._redact is None:
            return fields
        text = self._redacted(fields)
        try:
            valid = isinstance(json.loads(text, parse_constant=_refuse), dict)
        except (ValueError, RecursionError):
            valid = False
        return text if valid else _quote({"redacted": text})


def _refuse(name: str) -> None:
    """NaN and infinities are Python's JSON, and nobody else's."""
    raise ValueError(name)
