"""Batches that the server finds too large, cut into pieces that it takes."""

from __future__ import annotations

import gzip
import json
from typing import Any, Dict, List, Optional, Tuple

from .api import Response
from .progress import Part
from .spool import LOGS, METRICS, Batch

GZIP_FROM = 1024
"""Bytes of a body from which compression pays."""

_KEYS = {LOGS: "logs", METRICS: "metrics"}
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_json(value: Any) -> bytes:
    """Return the value as a request's body."""
    return _JSON.encode(value).encode("utf-8", "replace")


def squeeze(body: bytes) -> Tuple[bytes, bool]:
    """Compress what is long enough; the fixed time stamp makes equal input equal output."""
    if len(body) < GZIP_FROM:
        return body, False
    return gzip.compress(body, compresslevel=1, mtime=0), True


def plain_body(batch: Batch) -> bytes:
    """Return the body of a batch, inflated."""
    return gzip.decompress(batch.body) if batch.gzipped else batch.body


class Limits:
    """What the server was found to take at once; learnt from its refusals."""

    def __init__(self) -> None:
        self._lines: Optional[int] = None
        self._bytes: Optional[int] = None

    def asks_to_split(self, batch: Batch, answer: Response) -> bool:
        """Say whether a refusal can be mended by smaller pieces, and learn from it.

        A body that the server cannot read may have one bad item, which is alone in the end.
        """
        if batch.kind not in _KEYS or answer.status not in (400, 413):
            return False
        problem = answer.json()
        limit = problem.get("limit")
        known = isinstance(limit, int) and limit > 0
        if answer.status == 413:
            self._bytes = limit if known else self._bytes
            return True
        if problem.get("field") == "logs" and known:
            self._lines = limit
        return problem.get("code") == "malformed_body" or (
            known and problem.get("field") == _KEYS[batch.kind]
        )

    def exceeded_by(self, batch: Batch) -> bool:
        """Say whether the batch would be refused for its size."""
        if batch.kind == LOGS and self._lines is not None and batch.items > self._lines:
            return True
        return (
            batch.kind in _KEYS and self._bytes is not None and len(plain_body(batch)) > self._bytes
        )

    def lines(self, kind: int) -> Optional[int]:
        """Return how many items of this kind a request may have, if that is known."""
        return self._lines if kind == LOGS else None

    def bytes(self) -> Optional[int]:
        """Return how many bytes a request may have, if that is known."""
        return self._bytes


class Splitting:
    """The pieces of one batch, one after the other.

    Lines go under a client id derived from the batch, so that the numbers of the batches that
    follow stay as they are, with numbers that rise from 1: the server takes a number far below
    the newest for a repetition.
    """

    def __init__(self, batch: Batch, client_id: str, limits: Limits) -> None:
        self._batch = batch
        self._limits = limits
        self._key = _KEYS[batch.kind]
        self._body: Dict[str, Any] = json.loads(plain_body(batch))
        self._items: List[Any] = self._body.pop(self._key)
        self._client_id = "%s-%d" % (client_id, batch.number)

    def first(self) -> Part:
        """Return the first piece, as large as the known limits allow."""
        return self._part(1, 0, len(self._items))

    def smaller(self, part: Part) -> Optional[Part]:
        """Return a piece that begins like a refused one; None when that was of a single item."""
        length = part.end - part.start
        return None if length < 2 else self._part(part.number, part.start, length // 2)

    def after(self, part: Part) -> Optional[Part]:
        """Return the next piece, up to twice as long again; None when that was the last."""
        if part.end >= len(self._items):
            return None
        return self._part(part.number + 1, part.end, 2 * (part.end - part.start))

    def batch(self, part: Part) -> Batch:
        """Return a piece as a request: the same for the same piece."""
        body = dict(self._body)
        if self._batch.kind == LOGS:
            body["client_id"] = self._client_id
            body["batch_no"] = part.number
        items = self._items[part.start : part.end]
        body[self._key] = items
        data, gzipped = squeeze(to_json(body))
        return self._batch._replace(items=len(items), body=data, gzipped=gzipped)

    def _part(self, number: int, start: int, most: int) -> Part:
        """Cut at the limits; a piece has one item at least, so that every batch comes to an end."""
        end = min(start + most, len(self._items))
        lines, size = self._limits.lines(self._batch.kind), self._limits.bytes()
        if lines is not None:
            end = min(end, start + lines)
        if size is not None:
            end = self._within(start, end, size)
        return Part(self._batch.seq, number, start, end)

    def _within(self, start: int, end: int, size: int) -> int:
        left = size - len(to_json(self._body)) - len(self._client_id) - 50  # names and number
        for index in range(start, end):
            left -= len(to_json(self._items[index])) + 1
            if left < 0:
                return max(index, start + 1)
        return end
