"""The threads behind a run: one collects and stores, one sends, one says that we live."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Tuple

from .api import ApiClient
from .batches import BatchMaker, Redact
from .buffer import EntryBuffer, Flush
from .counters import DROPPED_END, DROPPED_MEMORY, DROPPED_SPOOL, LINES, Counters, counter
from .delivery import CLOSED, DONE, RETRY, Delivery, Outcome
from .lines import Entry, Line, kind_of
from .notices import Notices
from .outbox import Outbox
from .pace import Pace
from .process import git_commit
from .progress import Progress
from .recovery import deliver_leftovers
from .settings import BATCH_LINES, HEARTBEAT_SECONDS, Settings
from .spool import Spool

_SLOW_LINES = 5000
_MIN_GAP = 0.1
"""Seconds between full batches of a fast writer: larger batches cost the script less."""

_SETTLE_SECONDS = 0.5
_SLICE = 0.1

_LOSSES = (
    ("memory", DROPPED_MEMORY, "the sender was behind"),
    ("spool", DROPPED_SPOOL, "the spool was full"),
)

_STORE_SECONDS = 1.0
"""How long the end waits at least until all is on disk."""


class Identity:
    """Who sends: a run, and within it one process with a stream and client id of its own."""

    def __init__(
        self,
        project: str,
        run: Dict[str, Any],
        stream: str,
        labels: Dict[str, str],
        client_id: str,
    ) -> None:
        self.project = project
        self.run = run
        self.stream = stream
        self.labels = labels
        self.client_id = client_id


class Pipeline:
    """Takes entries from anywhere without waiting, and delivers them.

    The threads begin with the first entry, so that a forked child that never speaks starts none.
    """

    def __init__(
        self,
        settings: Settings,
        identity: Identity,
        counters: Counters,
        notices: Notices,
        redact: Optional[Redact] = None,
        owner: bool = True,
    ) -> None:
        self._settings = settings
        self._identity = identity
        self._counters = counters
        self._notices = notices
        self._owner = owner
        self._pace = Pace()
        self._buffer = EntryBuffer(counters)
        self._maker = BatchMaker(
            identity.client_id, identity.stream, identity.labels, counters, redact
        )
        self._directory: Path = settings.spool_dir / (
            "%s.%s" % (identity.run["run_id"], identity.client_id)
        )
        self._meta: Dict[str, Any] = {
            "url": settings.url,
            "project": identity.project,
            "run": dict(identity.run),
            "client_id": identity.client_id,
        }
        self._spool: Optional[Spool] = None
        self._outbox: Optional[Outbox] = None
        self._delivery: Optional[Delivery] = None
        self._started = False
        self._collecting = False
        self._sending = False
        self._delivered = False
        self._start_lock = threading.RLock()
        self._opened = threading.Event()
        self._finished = threading.Event()
        self._collected = threading.Event()
        self._reported: Dict[str, int] = {}
        self.settlers: List[Callable[[float], bool]] = []
        """Asked now and then for text that was held back; True while they hold some."""

    def put(self, entry: Entry) -> None:
        """Take one entry; never waits and never raises."""
        self._buffer.put(entry)
        if not self._started:
            self.start()

    def wake(self) -> None:
        """Have the settlers asked soon."""
        self._buffer.wake()

    def start(self) -> None:
        """Start the threads, once, and all at once: from 3.12 on none can begin at the end."""
        with self._start_lock:
            if self._started:
                return
            self._started = True
            try:
                _begin_thread("collect", self._collect)
                self._collecting = True
                _begin_thread("send", self._send)
                self._sending = True
                if self._owner:
                    _begin_thread("heartbeat", self._beat)
            except RuntimeError as failure:
                self._notices.once("threads", "not all can be recorded or sent (%s)" % failure)

    def ask_flush(self, seconds: float, last: bool = False) -> Optional[Flush]:
        """Wish that all be sent; wait for the result with :meth:`wait`. None if nothing began."""
        if not self._started or not self._collecting:
            return None
        wish = Flush(time.monotonic() + seconds, last)
        self._buffer.ask(wish)
        return wish

    @staticmethod
    def wait(wish: Optional[Flush], hurried: Callable[[], Optional[float]] = lambda: None) -> bool:
        """Wait until the wish came true or was given up (True), or its time is over.

        ``hurried`` is asked for an earlier deadline, which a signal handler may have set.
        """
        if wish is None:
            return True
        while True:
            deadline = min(wish.deadline, hurried() or wish.deadline)
            left = deadline - time.monotonic()
            if wish.done.acquire(timeout=max(0.0, min(left, _SLICE))):
                return True
            if left <= 0:
                return False

    def left(self) -> Tuple[int, int]:
        """Return how many batches, and lines in them, are not with the server."""
        return (0, 0) if self._outbox is None else self._outbox.left()

    def directory(self) -> Path:
        """Return where undelivered batches lie."""
        return self._directory

    def flush(self, seconds: float) -> bool:
        """Wait until the server has all that was put so far; False when it does not get it."""
        wish = self.ask_flush(seconds)
        if wish is None:
            return not self._started
        return self.wait(wish) and not wish.missed

    def delivered(self) -> bool:
        """Say whether the server had everything when the run ended."""
        return self._delivered

    def forget(self) -> None:
        """Close the files of a parent's pipeline in a forked child; the parent keeps its own.

        The lock's descriptor in particular: left open here, it would outlive the parent.
        """
        if self._spool is not None:
            self._spool.abandon()

    def finish(self, seconds: float, hurried: Callable[[], Optional[float]]) -> None:
        """Send what is left within ``seconds``, end the threads, and tidy or keep the spool."""
        wish = self.ask_flush(seconds, last=True)
        in_time = self.wait(wish, hurried)
        if wish is not None and not in_time:
            # However short the time was, what is on disk is not lost.
            wish.stored.acquire(timeout=max(0.0, wish.began + _STORE_SECONDS - time.monotonic()))
        self._finished.set()
        if self._outbox is not None:
            self._outbox.stop()
        if in_time:
            self._count_late()
        if wish is None:
            self._delivered = not self._started
            return
        batches, lines = self.left()
        self._delivered = batches == 0 and in_time and not wish.missed
        if batches == 0 and in_time:
            if self._spool is not None:
                self._spool.remove()
            return
        lost = 0 if self._outbox is None else self._outbox.drop_without_disk()
        if lost:
            self._notices.say("%d log lines could not be written to disk and are lost" % lost)
        if self._spool is not None:
            self._notices.say(
                "%d batches (%d log lines) are not sent yet and wait in %s; "
                "the next run on this machine sends them, or `python -m binnacle sync`"
                % (batches, lines - lost, self._directory)
            )

    def _count_late(self) -> None:
        """Count what other threads gave when all was collected already."""
        for entry in self._buffer.take():
            self._counters.count(kind_of(entry), DROPPED_END)

    def _collect(self) -> None:
        """Body of the collecting thread."""
        outbox = Outbox(self._open_spool(), self._counters)
        self._outbox = outbox
        self._opened.set()
        last = 0.0
        holding = False
        while True:
            wish = self._buffer.next_wish(_SETTLE_SECONDS if holding else None)
            if wish is not None and not isinstance(wish, Flush):
                wish = self._wait_for_more(last)
            holding = self._store(outbox)
            last = time.monotonic()
            if isinstance(wish, Flush):
                self._pass_on(wish, outbox)
                if wish.last:
                    return

    def _store(self, outbox: Outbox) -> bool:
        """Make batches of what is there and put them in line; True while text is held back."""
        holding = self._settle()
        try:
            entries = self._buffer.take()
            self._report_losses(entries)
            for batch in self._maker.batches(entries):
                outbox.append(batch)
        except Exception:  # noqa: BLE001 - whatever it is, the thread must live on
            self._counters.add("internal_errors")
        return holding

    def _pass_on(self, wish: Flush, outbox: Outbox) -> None:
        """Hand a wish on to the sending thread, now that all is in line."""
        wish.stored.release()
        outbox.flush(wish)
        if not self._sending:
            outbox.give_up()
        if wish.last:
            self._collected.set()

    def _wait_for_more(self, last: float) -> Optional[object]:
        """Wait for a full batch, the batch's time or a flush, whichever is first."""
        begin = time.monotonic()
        end = begin + self._pace.batch_seconds()
        self._buffer.full_at = _SLOW_LINES if self._pace.slow else BATCH_LINES
        while True:
            left = end - time.monotonic()
            if left <= 0:
                return None
            wish = self._buffer.next_wish(left)
            if wish is None or isinstance(wish, Flush):
                return wish
            if self._buffer.is_full(wish):
                end = min(end, max(time.monotonic(), last + _MIN_GAP))

    def _settle(self) -> bool:
        now = time.monotonic()
        try:
            return any([settle(now) for settle in self.settlers])
        except Exception:  # noqa: BLE001 - what was given out so far is collected nevertheless
            self._counters.add("internal_errors")
            return False

    def _report_losses(self, entries: List[Entry]) -> None:
        """Leave a line where lines are missing, so that nobody takes the log for complete."""
        for reason, fate, why in _LOSSES:
            total = self._counters.get(counter(LINES, fate))
            lost = total - self._reported.get(reason, 0)
            if lost > 0:
                self._reported[reason] = total
                text = "%d lines were dropped here: %s" % (lost, why)
                fields = '{"dropped_lines":%d,"dropped_total":%d,"reason":"%s"}' % (
                    lost,
                    total,
                    reason,
                )
                entries.insert(0, Line("sdk", "WARNING", text, time.time_ns(), fields))

    def _open_spool(self) -> Optional[Spool]:
        """Open the spool; without one, all is kept in memory."""
        try:
            commit = git_commit()
            if commit is not None:
                self._meta["run"]["git_commit"] = commit
            spool = Spool(self._directory, self._settings.spool_max_bytes)
            spool.create(self._meta)
        except Exception as failure:  # noqa: BLE001 - a system that lacks what the spool needs
            self._notices.once("spool", "no spool in %s (%s)" % (self._directory, failure))
            self._counters.add("spool_failures")
            return None
        self._spool = spool
        return spool

    def _send(self) -> None:
        """Body of the sending thread."""
        self._opened.wait()
        outbox, spool = self._outbox, self._spool
        assert outbox is not None
        api = ApiClient(self._settings.url, self._settings.api_key)
        progress = Progress() if spool is None else spool.progress
        delivery = Delivery(api, self._meta, self._counters, self._notices, progress)
        self._delivery = delivery
        first = True
        while not self._finished.is_set():
            try:
                if first:
                    first = not self._introduce(api, delivery, outbox)
                else:
                    self._send_next(delivery, outbox)
            except Exception:  # noqa: BLE001 - whatever it is, the thread must live on
                self._counters.add("internal_errors")
                outbox.pause(1.0)
        api.close()
        self._collected.wait()
        if spool is not None:
            # From here on any process may deliver what is left, this one's next run included.
            spool.close()

    def _introduce(self, api: ApiClient, delivery: Delivery, outbox: Outbox) -> bool:
        """Create the run, and deliver first what an earlier process of this run left behind."""
        outcome = delivery.create()
        if outcome.kind != DONE:
            self._after(outcome, outbox)
            return outbox.closed()
        if self._owner:
            self._deliver_own(api)
            try:
                _begin_thread("leftovers", self._deliver_others)
            except RuntimeError:
                pass  # The script ends already: the next run delivers them.
        return True

    def _deliver_own(self, api: ApiClient) -> None:
        """Deliver what dead processes of this run left behind, before its new lines."""
        run_id = str(self._identity.run["run_id"])
        try:
            deliver_leftovers(self._settings, api, self._counters, self._notices, run_id)
        except Exception:  # noqa: BLE001 - what is damaged must not hold up the living
            self._counters.add("internal_errors")

    def _deliver_others(self) -> None:
        """Body of the thread that delivers what dead processes of other runs left behind."""
        api = ApiClient(self._settings.url, self._settings.api_key)
        try:
            deliver_leftovers(self._settings, api, Counters(), self._notices)
        except Exception:  # noqa: BLE001 - other runs' leftovers must not disturb this one
            self._counters.add("internal_errors")
        finally:
            api.close()

    def _send_next(self, delivery: Delivery, outbox: Outbox) -> None:
        try:
            batch = outbox.head(None)
        except OSError:
            self._counters.add("spool_failures")
            self._after(Outcome(RETRY, None, away=True), outbox)
            return
        if batch is None:
            return
        outcome = delivery.deliver(batch)
        if outcome.kind == DONE:
            outbox.done(batch.seq)
        self._after(outcome, outbox)

    def _after(self, outcome: Outcome, outbox: Outbox) -> None:
        if outcome.kind == CLOSED:
            outbox.close()
            return
        if outcome.kind == DONE:
            wait = self._pace.went_well(outcome.wait)
        else:
            wait = self._pace.failed(outcome.wait)
            if outbox.hopeless(wait, outcome.away):
                outbox.give_up()
        if wait > 0:
            outbox.pause(wait)

    def _beat(self) -> None:
        """Body of the heartbeat thread, with a connection of its own: a slow batch is no death."""
        api = ApiClient(self._settings.url, self._settings.api_key)
        heart = Delivery(api, self._meta, self._counters, self._notices)
        while not self._finished.wait(HEARTBEAT_SECONDS):
            delivery = self._delivery
            if delivery is not None and delivery.created() and not heart.heartbeat():
                break
        api.close()


def _begin_thread(name: str, body: Callable[[], None]) -> None:
    """Begin a thread.

    :raises RuntimeError: when there are none left, or the interpreter ends.
    """
    threading.Thread(target=body, name="binnacle-" + name, daemon=True).start()
