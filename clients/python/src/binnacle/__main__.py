"""``python -m binnacle sync`` and ``python -m binnacle run-id``."""

from __future__ import annotations

import argparse
import sys
from typing import List, Optional

from .api import ApiClient
from .counters import Counters
from .ids import new_run_id
from .notices import Notices
from .recovery import deliver_leftovers, leftovers
from .settings import Settings


def main(arguments: Optional[List[str]] = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m binnacle")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("sync", help="deliver what ended processes left in the spool")
    commands.add_parser("run-id", help="print a new id, to share as BINNACLE_RUN_ID")
    if parser.parse_args(arguments).command == "run-id":
        print(new_run_id())
        return 0
    return _sync()


def _sync() -> int:
    settings = Settings.resolve()
    counters = Counters()
    api = ApiClient(settings.url, settings.api_key)
    delivered = deliver_leftovers(settings, api, counters, Notices())
    api.close()
    for name, value in sorted(counters.snapshot().items()):
        print("%s: %d" % (name, value))
    left = len(leftovers(settings))
    if left:
        print("%d senders are still running or not delivered yet" % left)
    return 0 if delivered else 1


if __name__ == "__main__":
    sys.exit(main())
