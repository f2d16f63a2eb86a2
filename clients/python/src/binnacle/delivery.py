"""What one batch's journey to the server can end in, for the living run and for leftovers alike."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Union
from urllib.parse import quote

from .api import ApiClient, Response, Unreachable
from .counters import CONFLICT, REFUSED, SENT, TRUNCATED, Counters
from .lines import label
from .notices import Notices
from .progress import Part, Progress
from .splitting import Limits, Splitting, plain_body, to_json
from .spool import LOGS, PATCH, Batch

DONE = "done"
RETRY = "retry"
DENIED = "denied"
CLOSED = "closed"

_DESCRIBED = (400, 415, 422)
"""Answers by which a server refuses what describes a run."""

_NEEDED = ("run_id", "started_at")
_AWAY = "away"
_WANTS_ENV = ", set BINNACLE_URL and BINNACLE_API_KEY"


class Outcome(NamedTuple):
    """``kind`` is DONE, RETRY, DENIED (a retry for which somebody must do something) or CLOSED.

    ``wait``: seconds that the server asked for, or None. ``away``: no usable answer came, so only
    our own patience counts.
    """

    kind: str
    wait: Optional[float] = None
    away: bool = False


class Delivery:
    """Delivers the batches of one run in order, creating the run first."""

    def __init__(
        self,
        api: ApiClient,
        meta: Dict[str, Any],
        counters: Counters,
        notices: Notices,
        progress: Optional[Progress] = None,
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
        self._progress = progress or Progress()
        self._limits = Limits()

    def created(self) -> bool:
        """Say whether the server knows the run."""
        return self._created

    def create(self) -> Outcome:
        """Make the run known to the server; asking again for the same id changes nothing."""
        run = self._run
        answer = self._ask_to_create(run)
        while not isinstance(answer, Outcome) and _is_refusal(answer):
            # Something that describes the run is not to the server's liking: lines matter more.
            refused = _refused(run, answer)
            if not refused:
                return self._denied("does not take this run", answer)
            what = refused[0] if len(refused) == 1 else "details"
            self._notices.once(what, "the run is created without its %s: %s" % (what, _why(answer)))
            run = {key: value for key, value in run.items() if key not in refused}
            answer = self._ask_to_create(run)
        return answer if isinstance(answer, Outcome) else self._judge_run(answer)

    def deliver(self, batch: Batch) -> Outcome:
        """Send one batch, creating the run when that has not been done."""
        if not self._created:
            outcome = self.create()
            if outcome.kind != DONE:
                return outcome
        if self._progress.part(batch.seq) is None and not self._limits.exceeded_by(batch):
            answer = self._exchange(batch)
            if isinstance(answer, Outcome):
                return answer
            if not self._limits.asks_to_split(batch, answer):
                return self._judge(batch, answer)
        return self._deliver_parts(batch)

    def heartbeat(self) -> bool:
        """Tell that the process lives; False when the run is gone for good."""
        try:
            answer = self._api.request("POST", self._path + "/heartbeat")
        except Unreachable:
            return True
        return answer.status != 410

    def _ask_to_create(self, run: Dict[str, Any]) -> Union[Response, Outcome]:
        """Ask in plain JSON: the server inflates nothing but batches and metrics."""
        return self._request("POST", "/projects/%s/runs" % self._project, to_json(run), False)

    def _judge_run(self, answer: Response) -> Outcome:
        if answer.status in (200, 201):
            self._created = True
            return Outcome(DONE, answer.retry_after)
        if not answer.code():
            return self._stranger(answer)
        if answer.status in (409, 410):
            return self._gone(answer)
        if answer.status == 404:
            return self._not_allowed(answer)
        return self._denied("does not take this run", answer)

    def _exchange(self, batch: Batch) -> Union[Response, Outcome]:
        answer = self._send(batch)
        if isinstance(answer, Outcome) or answer.status != 404:
            return answer
        # The server lost the run (restored from an older backup): make it once more.
        self._created = False
        outcome = self.create()
        return self._send(batch) if outcome.kind == DONE else outcome

    def _send(self, batch: Batch) -> Union[Response, Outcome]:
        if batch.kind == PATCH:
            return self._request("PATCH", self._path, plain_body(batch), False)
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
        if answer.status < 400 and (answer.status >= 300 or not answer.json()):
            return self._stranger(answer)
        return answer

    def _judge(self, batch: Batch, answer: Response) -> Outcome:
        if 200 <= answer.status < 300:
            self._count_accepted(batch, answer.json())
            return Outcome(DONE, answer.retry_after)
        if answer.status in (404, 410):
            return self._gone(answer)
        fate = CONFLICT if answer.status == 409 else REFUSED
        self._counters.count(batch.counted(), fate, batch.items)
        what = "a change of the run" if batch.kind == PATCH else "a batch"
        self._notices.once(
            fate + what, "%s refused %s (%s)" % (self._url, what, _why(answer))
        )
        return Outcome(DONE)

    def _deliver_parts(self, batch: Batch) -> Outcome:
        """Send the batch in pieces, going on with the one that was under way when it was left."""
        splitting = Splitting(batch, self._client_id, self._limits)
        part: Optional[Part] = self._progress.part(batch.seq) or splitting.first()
        outcome = Outcome(DONE)
        while part is not None:
            self._progress.begin(part)
            piece = splitting.batch(part)
            answer = self._exchange(piece)
            if isinstance(answer, Outcome):
                return answer
            if self._limits.asks_to_split(piece, answer):
                smaller = splitting.smaller(part)
                if smaller is not None:
                    part = smaller
                    continue
            outcome = self._judge(piece, answer)
            if outcome.kind != DONE:
                return outcome
            part = splitting.after(part)
        return outcome

    def _count_accepted(self, batch: Batch, answer: Dict[str, Any]) -> None:
        if batch.kind == PATCH:
            return
        kind = batch.counted()
        refused = answer.get("refused_count")
        if not isinstance(refused, int):
            refused = len(answer.get("refused") or ())
        self._counters.count(kind, SENT, max(0, batch.items - refused))
        if refused:
            self._counters.count(kind, REFUSED, refused)
        truncated = answer.get("truncated")
        if isinstance(truncated, int) and truncated:
            self._counters.count(kind, TRUNCATED, truncated)

    def _not_allowed(self, answer: Response) -> Outcome:
        """Keep everything: rights can be given, and keys corrected, after the script has begun."""
        return self._denied("does not let this key in", answer, _WANTS_ENV)

    def _stranger(self, answer: Response) -> Outcome:
        """Keep everything: a proxy or another server answered, and has stored nothing."""
        return self._denied("does not answer as a Binnacle server", answer, _WANTS_ENV)

    def _denied(self, what: str, answer: Response, todo: str = "") -> Outcome:
        self._notices.once(
            what, "%s %s (%s); everything is kept%s" % (self._url, what, _why(answer), todo)
        )
        self._counters.add("retries")
        return Outcome(DENIED, None, away=True)

    def _gone(self, answer: Response) -> Outcome:
        self._notices.once(
            "gone",
            "%s does not take this run (%s); nothing more is sent"
            % (self._url, _why(answer)),
        )
        return Outcome(CLOSED)


def _is_refusal(answer: Response) -> bool:
    """Say whether the server, or a proxy with a limit, does not take what describes a run."""
    return answer.status == 413 or (answer.status in _DESCRIBED and bool(answer.code()))


def _refused(run: Dict[str, Any], answer: Response) -> List[str]:
    """Return what to leave out of a run that the server does not take; empty when that is all."""
    field = "config" if answer.status == 413 else answer.json().get("field")
    details = [key for key in run if key not in _NEEDED]
    return [field] if field in details else details


def _why(answer: Response) -> str:
    """Return the problem's code, with field and detail where the server tells them."""
    problem = answer.json()
    why = answer.code() or str(answer.status)
    field, detail = label(problem.get("field") or "", 100), label(problem.get("detail") or "", 500)
    if field:
        why += " in " + field
    return "%s: %s" % (why, detail) if detail else why
