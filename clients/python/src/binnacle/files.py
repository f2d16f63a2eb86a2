"""Files by descriptor, also where the system reads and writes at the descriptor's place only."""

from __future__ import annotations

import os
from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)  # Windows: line ends would be changed otherwise.


def open_file(path: Path, flags: int) -> int:
    """Return the descriptor of a file that is its owner's only."""
    return os.open(str(path), flags | _BINARY, 0o600)


if hasattr(os, "pread"):
    read_at = os.pread
    write_at = os.pwrite
else:

    def read_at(descriptor: int, length: int, offset: int) -> bytes:
        """Read; only one thread may use the descriptor at a time."""
        os.lseek(descriptor, offset, os.SEEK_SET)
        return os.read(descriptor, length)

    def write_at(descriptor: int, data: bytes, offset: int) -> int:
        """Write; only one thread may use the descriptor at a time."""
        os.lseek(descriptor, offset, os.SEEK_SET)
        return os.write(descriptor, data)
