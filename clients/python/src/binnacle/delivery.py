"""What one batch's journey to the server can end in, for the living run and for leftovers alike."""

from __future__ import annotations

import gzip
import json
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple, Union
from urllib.parse import quote

from .api import ApiClient, Response, Unreachable
from .counters import Counters
from .notices import Notices
from .spool import LOGS, METRICS, PATCH, Batch

GZIP_FROM = 1024
"""Bytes of a body from which compression pays."""

DONE = "done"
RETRY = "retry"
CLOSED = "closed"

_AWAY = "away"
_WANTS_ENV = "set BINNACLE_URL and BINNACLE_API_KEY"


class Outcome(NamedTuple):
    """``kind`` is DONE, RETRY or CLOSED.

    ``wait``: seconds that the server asked for, or None. ``away``: no usable answer came, so only
    our own patience counts.
    """

    kind: str
    wait: Optional[float] = None
    away: bool = False


def pack(value: Any) -> Tuple[bytes, bool]:
    """Return the value as a request's body, and whether it was compressed."""
    return squeeze(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def squeeze(body: bytes) -> Tuple[bytes, bool]:
    """Compress what is long enough; the fixed time stamp makes equal input equal output."""
    if len(body) < GZIP_FROM:
        return body, False
    return gzip.compress(body, compresslevel=1, mtime=0), True


class Delivery:
    """Delivers the batches of one run in order, creating the run first."""

    def __init__(
        self, api: ApiClient, meta: Dict[str, Any], counters: Counters, notices: Notices
    ) -> None:
        self._api = api
        self._project = quote(str(meta["project"]), safe="")
        self._run = dict(meta["run"])
        self._client_id = str(meta["client_id"])
        self._path = "/runs/" + quote(str(self._run["run_id"]), safe="")
        self._url = str(meta["url"])
        self._counters = counters
        self._notices = notices
        self._created = False
        self._split_seq = 0
        self._parts_done: Set[int] = set()

    def created(self) -> bool:
        """Say whether the server knows the run."""
        return self._created

    def create(self) -> Outcome:
        """Make the run known to the server; asking again for the same id changes nothing."""
        body, gzipped = pack(self._run)
        answer = self._request("POST", "/projects/%s/runs" % self._project, body, gzipped)
        if isinstance(answer, Outcome):
            return answer
        if answer.status in (200, 201):
            self._created = True
            return Outcome(DONE, answer.retry_after)
        if answer.status == 404:
            return self._not_allowed(answer)
        return self._gone(answer)

    def deliver(self, batch: Batch) -> Outcome:
        """Send one batch, creating the run when that has not been done."""
        if not self._created:
            outcome = self.create()
            if outcome.kind != DONE:
                return outcome
        answer = self._send(batch)
        if not isinstance(answer, Outcome) and answer.status == 404:
            # The server lost the run (restored from an older backup): make it once more.
            self._created = False
            outcome = self.create()
            if outcome.kind != DONE:
                return outcome
            answer = self._send(batch)
        return answer if isinstance(answer, Outcome) else self._judge(batch, answer)

    def heartbeat(self) -> bool:
        """Tell that the process lives; False when the run is gone."""
        try:
            answer = self._api.request("POST", self._path + "/heartbeat")
        except Unreachable:
            return True
        return answer.status not in (404, 410)

    def _send(self, batch: Batch) -> Union[Response, Outcome]:
        if batch.kind == PATCH:
            return self._request("PATCH", self._path, batch.body, batch.gzipped)
        path = "/logs/batch" if batch.kind == LOGS else "/metrics"
        return self._request("POST", self._path + path, batch.body, batch.gzipped)

    def _request(
        self, method: str, path: str, body: bytes, gzipped: bool
    ) -> Union[Response, Outcome]:
        """Return the server's answer, or at once the outcome of one that says "not now"."""
        try:
            answer = self._api.request(method, path, body, gzipped)
        except Unreachable as failure:
            self._notices.once(
                _AWAY, "%s cannot be reached (%s); everything is kept" % (self._url, failure)
            )
            self._counters.add("retries")
            return Outcome(RETRY, None, away=True)
        self._notices.forget(_AWAY)
        if answer.status in (401, 403):
            return self._not_allowed(answer)
        if answer.status in (408, 425, 429) or answer.status >= 500:
            self._counters.add("retries")
            return Outcome(RETRY, answer.retry_after, away=answer.status != 429)
        return answer

    def _judge(self, batch: Batch, answer: Response) -> Outcome:
        if 200 <= answer.status < 300:
            self._count_accepted(batch, answer.json())
            return Outcome(DONE, answer.retry_after)
        if answer.status in (404, 410):
            return self._gone(answer)
        if answer.status == 413 or (answer.status == 400 and batch.kind == METRICS):
            return self._split(batch)
        reason = "conflict" if answer.status == 409 else "refused"
        self._count(batch, reason)
        self._notices.once(
            reason, "%s refused a batch (%s)" % (self._url, answer.code() or answer.status)
        )
        return Outcome(DONE)

    def _split(self, batch: Batch) -> Outcome:
        """Send the halves, and theirs, until they fit; what is alone and does not is counted.

        The parts get batch numbers of their own under a client id derived from the batch: the
        following numbers are taken, and after a crash the same parts must get the same numbers.
        """
        if self._split_seq != batch.seq:
            self._split_seq = batch.seq
            self._parts_done.clear()
        plain = gzip.decompress(batch.body) if batch.gzipped else batch.body
        return self._send_part(batch, json.loads(plain), 1)

    def _send_part(self, batch: Batch, body: Dict[str, Any], node: int) -> Outcome:
        key = "logs" if batch.kind == LOGS else "metrics"
        items: List[Any] = body.get(key, [])
        if len(items) < 2:
            self._count(batch._replace(items=len(items)), "refused")
            self._parts_done.add(node)
            return Outcome(DONE)
        middle = len(items) // 2
        for child, part in ((2 * node, items[:middle]), (2 * node + 1, items[middle:])):
            if child in self._parts_done:
                continue
            half = dict(body)
            half[key] = part
            if batch.kind == LOGS:
                half["client_id"] = "%s-%d" % (self._client_id, batch.number)
                half["batch_no"] = child
            outcome = self._deliver_part(batch._replace(items=len(part)), half, child)
            if outcome.kind != DONE:
                return outcome
            self._parts_done.add(child)
        return Outcome(DONE)

    def _deliver_part(self, batch: Batch, body: Dict[str, Any], node: int) -> Outcome:
        data, gzipped = pack(body)
        part = batch._replace(body=data, gzipped=gzipped)
        answer = self._send(part)
        if isinstance(answer, Outcome):
            return answer
        if answer.status == 413 or (answer.status == 400 and batch.kind == METRICS):
            return self._send_part(part, body, node)
        return self._judge(part, answer)

    def _count_accepted(self, batch: Batch, answer: Dict[str, Any]) -> None:
        if batch.kind == PATCH:
            return
        kind = "lines" if batch.kind == LOGS else "metrics"
        refused = answer.get("refused_count")
        if not isinstance(refused, int):
            refused = len(answer.get("refused") or ())
        self._counters.add(kind + "_sent", max(0, batch.items - refused))
        if refused:
            self._counters.add(kind + "_refused", refused)
        truncated = answer.get("truncated")
        if isinstance(truncated, int) and truncated:
            self._counters.add("lines_truncated", truncated)

    def _not_allowed(self, answer: Response) -> Outcome:
        """Keep everything: rights can be given, and keys corrected, after the script has begun."""
        self._notices.once(
            "not_allowed",
            "%s does not let this key in (%s); everything is kept, %s"
            % (self._url, answer.code() or answer.status, _WANTS_ENV),
        )
        self._counters.add("retries")
        return Outcome(RETRY, None, away=True)

    def _gone(self, answer: Response) -> Outcome:
        self._notices.once(
            "gone",
            "%s does not take this run (%s); nothing more is sent"
            % (self._url, answer.code() or answer.status),
        )
        return Outcome(CLOSED)

    def _count(self, batch: Batch, reason: str) -> None:
        kind = {LOGS: "lines", METRICS: "metrics"}.get(batch.kind, "changes")
        self._counters.add("%s_%s" % (kind, reason), batch.items)
