"""Delivery of what processes left behind that died, or ended while the server was away."""

from __future__ import annotations

import os
from pathlib import Path
from typing import List, Optional

from .api import ApiClient
from .counters import DROPPED_CLOSED, Counters
from .delivery import CLOSED, DENIED, DONE, RETRY, Delivery, Outcome
from .notices import Notices
from .progress import Progress
from .settings import Settings
from .spool import (
    SpoolDamage,
    lock_directory,
    locks_work,
    read_meta,
    read_segments,
    remove_directory,
)


def leftovers(settings: Settings, run_id: Optional[str] = None) -> List[Path]:
    """Return the senders' directories meant for this server, oldest first, living or not."""
    try:
        names = sorted(settings.spool_dir.iterdir())
    except OSError:
        return []
    chosen = []
    for path in names:
        meta = read_meta(path)
        if meta is None or meta["url"] != settings.url:
            continue
        if run_id is None or meta["run"]["run_id"] == run_id:
            chosen.append(path)
    return chosen


def deliver_leftovers(
    settings: Settings,
    api: ApiClient,
    counters: Counters,
    notices: Notices,
    run_id: Optional[str] = None,
) -> bool:
    """Deliver every directory whose owner is dead; False when something stays undelivered."""
    if not locks_work():
        return True
    all_done = True
    for path in leftovers(settings, run_id):
        try:
            lock = lock_directory(path)
        except OSError:
            continue  # Delivered and removed by somebody else meanwhile.
        if lock < 0:
            continue
        try:
            kind = _deliver(path, api, counters, notices)
        except Exception as failure:  # noqa: BLE001 - one must not hold up the others
            notices.say("what is left in %s cannot be delivered (%s)" % (path, failure))
            kind = DENIED
        finally:
            os.close(lock)
        all_done = all_done and kind == DONE
        if kind == RETRY:
            break
    return all_done


def _deliver(path: Path, api: ApiClient, counters: Counters, notices: Notices) -> str:
    """Deliver one directory; RETRY when the server is away, DENIED when only this one must wait."""
    meta = read_meta(path)
    if meta is None:
        return DONE
    progress = Progress(path / "acked")
    delivery = Delivery(api, meta, counters, notices, progress)
    try:
        closed = False
        for batch in read_segments(path):
            if batch.seq <= progress.acked:
                continue
            outcome = Outcome(CLOSED) if closed else delivery.deliver(batch)
            if outcome.kind == CLOSED:
                closed = True
                counters.count(batch.counted(), DROPPED_CLOSED, batch.items)
                continue
            if outcome.kind != DONE:
                return outcome.kind
            progress.acknowledge(batch.seq)
    except SpoolDamage as damage:
        counters.add("spool_damaged")
        notices.say("what was left of a killed process is damaged: %s" % damage)
    finally:
        progress.close()
    remove_directory(path)
    return DONE
