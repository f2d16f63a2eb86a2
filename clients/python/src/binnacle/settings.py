"""Every setting in one place: argument before environment variable before default."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple, Optional, Union

DEFAULT_URL = "http://localhost:9080"
DEFAULT_SPOOL_BYTES = 256 * 1024 * 1024

BATCH_LINES = 100
"""Lines that are sent at once without waiting for the timer."""

FLUSH_SECONDS = 0.25
"""How long after its first line a batch waits for more."""

SLOW_SECONDS = 5.0
"""The same while the server is away or asked to slow down."""

HEARTBEAT_SECONDS = 15.0

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
        finish_seconds: float = 30.0,
    ) -> "Settings":
        """Combine arguments and environment; a value that makes no sense falls to its default."""
        mode = (mode or os.environ.get("BINNACLE_MODE", "")).strip().lower()
        spool = os.environ.get("BINNACLE_SPOOL_DIR", "")
        return Settings(
            url=(url or os.environ.get("BINNACLE_URL") or DEFAULT_URL).strip().rstrip("/"),
            api_key=(api_key or os.environ.get("BINNACLE_API_KEY") or "").strip(),
            console=_console(capture_logs),
            spool_dir=Path(spool) if spool else _default_spool_dir(),
            spool_max_bytes=_size(os.environ.get("BINNACLE_SPOOL_MAX_BYTES", "")),
            disabled=mode == "disabled",
            finish_seconds=finish_seconds,
        )


def _console(capture_logs: Union[bool, str, None]) -> str:
    """The environment chooses how to capture; only the argument ``False`` cannot be overruled."""
    if capture_logs is False:
        return "off"
    if isinstance(capture_logs, str):
        return _CONSOLES.get(capture_logs.strip().lower(), "wrap")
    return _CONSOLES.get(os.environ.get("BINNACLE_CONSOLE", "").strip().lower(), "wrap")


def _default_spool_dir() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(cache) if cache else Path(os.path.expanduser("~")) / ".cache"
    return base / "binnacle" / "spool"


def _size(text: str) -> int:
    try:
        return max(64 * 1024, int(text))
    except ValueError:
        return DEFAULT_SPOOL_BYTES
