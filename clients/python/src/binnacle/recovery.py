"""Delivery of what processes left behind that died, or ended while the server was away."""

from __future__ import annotations

import os
from pathlib import Path
from typing import List, Optional

from .api import ApiClient
from .counters import Counters
from .delivery import CLOSED, DONE, Delivery, Outcome
from .notices import Notices
from .settings import Settings
from .spool import (
    LOGS,
    SpoolDamage,
    lock_directory,
    locks_work,
    read_acked,
    read_meta,
    read_segments,
    remove_directory,
    write_acked,
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
        if meta is None or meta.get("url") != settings.url:
            continue
        if run_id is None or meta.get("run", {}).get("run_id") == run_id:
            chosen.append(path)
    return chosen


def deliver_leftovers(
    settings: Settings,
    api: ApiClient,
    counters: Counters,
    notices: Notices,
    run_id: Optional[str] = None,
) -> bool:
    """Deliver every directory whose owner is dead; False when the server stopped taking them."""
    if not locks_work():
        return True
    for path in leftovers(settings, run_id):
        try:
            lock = lock_directory(path)
        except OSError:
            continue  # Delivered and removed by somebody else meanwhile.
        if lock < 0:
            continue
        try:
            if not _deliver(path, api, counters, notices):
                return False
        finally:
            os.close(lock)
    return True


def _deliver(path: Path, api: ApiClient, counters: Counters, notices: Notices) -> bool:
    meta = read_meta(path)
    if meta is None:
        return True
    delivery = Delivery(api, meta, counters, notices)
    descriptor = os.open(str(path / "acked"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        acked = read_acked(descriptor)
        closed = False
        for batch in read_segments(path):
            if batch.seq <= acked:
                continue
            outcome = Outcome(CLOSED) if closed else delivery.deliver(batch)
            if outcome.kind == CLOSED:
                closed = True
                kind = "lines" if batch.kind == LOGS else "others"
                counters.add(kind + "_dropped_closed", batch.items)
                continue
            if outcome.kind != DONE:
                return False
            write_acked(descriptor, batch.seq)
    except SpoolDamage as damage:
        counters.add("spool_damaged")
        notices.say("what was left of a killed process is damaged: %s" % damage)
    finally:
        os.close(descriptor)
    remove_directory(path)
    return True
