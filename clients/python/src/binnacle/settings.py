"""Every setting in one place: argument before environment variable before default."""

from __future__ import annotations

import math
import os
import tempfile
from pathlib import Path
from typing import Any, NamedTuple, Optional, Union

from .lines import text_of

DEFAULT_URL = "http://localhost:9080"
DEFAULT_SPOOL_BYTES = 256 * 1024 * 1024

BATCH_LINES = 100
"""Lines that are sent at once without waiting for the timer."""

FLUSH_SECONDS = 0.25
"""How long after its first line a batch waits for more."""

SLOW_SECONDS = 5.0
"""The same while the server is away or asked to slow down."""

HEARTBEAT_SECONDS = 15.0

FINISH_SECONDS = 30.0
"""How long the end of a run may wait for the delivery."""

FLUSH_WAIT_SECONDS = 10.0
"""How long a flush waits that says nothing else."""

_LONGEST_WAIT = 7 * 24 * 3600.0

_CONSOLES = {
    "": "wrap",
    "auto": "wrap",
    "wrap": "wrap",
    "on": "wrap",
    "true": "wrap",
    "1": "wrap",
    "fd": "fd",
    "redirect": "fd",
    "off": "off",
    "false": "off",
    "0": "off",
}


class Settings(NamedTuple):
    """Where to send, as whom, and what to keep when that fails."""

    url: str
    api_key: str
    console: str
    spool_dir: Path
    spool_max_bytes: int
    disabled: bool
    finish_seconds: float

    @staticmethod
    def resolve(
        url: Optional[str] = None,
        api_key: Optional[str] = None,
        capture_logs: Union[bool, str, None] = None,
        mode: Optional[str] = None,
        finish_seconds: float = FINISH_SECONDS,
    ) -> "Settings":
        """Combine arguments and environment; a value that makes no sense falls to its default."""
        mode = _text(mode, "BINNACLE_MODE").lower()
        spool = os.environ.get("BINNACLE_SPOOL_DIR", "")
        return Settings(
            url=(_text(url, "BINNACLE_URL") or DEFAULT_URL).rstrip("/"),
            api_key=_text(api_key, "BINNACLE_API_KEY"),
            console=_console(capture_logs),
            spool_dir=Path(spool) if spool else _default_spool_dir(),
            spool_max_bytes=_size(os.environ.get("BINNACLE_SPOOL_MAX_BYTES", "")),
            disabled=mode == "disabled",
            finish_seconds=seconds_of(finish_seconds, FINISH_SECONDS),
        )


def _text(value: Optional[str], variable: str) -> str:
    return text_of(value or os.environ.get(variable, "")).strip()


def seconds_of(value: Any, usual: float) -> float:
    """Return a time to wait, within a week; the usual one for what is none."""
    try:
        seconds = float(value)
    except Exception:  # noqa: BLE001 - whatever the caller gave
        return usual
    return usual if math.isnan(seconds) else min(max(seconds, 0.0), _LONGEST_WAIT)


def _console(capture_logs: Union[bool, str, None]) -> str:
    """The environment chooses how to capture; only the argument ``False`` cannot be overruled."""
    if capture_logs is False:
        return "off"
    if isinstance(capture_logs, str):
        return _CONSOLES.get(capture_logs.strip().lower(), "wrap")
    return _CONSOLES.get(os.environ.get("BINNACLE_CONSOLE", "").strip().lower(), "wrap")


def _default_spool_dir() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME", "")
    home = os.path.expanduser("~")
    if cache:
        base = Path(cache)
    elif os.path.isabs(home):
        base = Path(home) / ".cache"
    else:  # A user without a home, as in a container: the folder must not be the script's own.
        user = os.getuid() if hasattr(os, "getuid") else 0
        base = Path(tempfile.gettempdir()) / ("cache-%d" % user)
    return base / "binnacle" / "spool"


def _size(text: str) -> int:
    try:
        return max(64 * 1024, int(text))
    except ValueError:
        return DEFAULT_SPOOL_BYTES
