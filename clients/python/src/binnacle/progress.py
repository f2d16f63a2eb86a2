"""How far one sender's delivery is, kept on disk so that a later process goes on from there."""

from __future__ import annotations

import os
import struct
import threading
import zlib
from pathlib import Path
from typing import NamedTuple, Optional

from .files import open_file, read_at, write_at

_ACKED = struct.Struct(">QI")  # seq, CRC-32 of it
_PART = struct.Struct(">QIIII")  # seq, number, start, end, CRC-32 of all before
_PART_AT = 16
_ROOM = 64


class Part(NamedTuple):
    """A piece of a batch that the server found too large: items ``start`` to ``end``.

    Its number counts the pieces of the batch, from 1. The server knows a piece by its number, so
    once it may have been sent, the same number must bring the same items again.
    """

    seq: int
    number: int
    start: int
    end: int


class Progress:
    """What the server acknowledged, and the piece under way of a batch that had to be split.

    Each note is one small write into room that was taken at the beginning: it neither fails on a
    full disk nor is it torn by a kill. A note that is lost with the disk costs nothing as long as
    the process lives.
    """

    def __init__(self, path: Optional[Path] = None) -> None:
        """Read what the file tells, if there is one; without a path it is kept in memory only.

        :raises OSError: when the disk does not allow it.
        """
        self._lock = threading.Lock()
        self._descriptor = -1
        data = b""
        if path is not None:
            self._descriptor = open_file(path, os.O_RDWR | os.O_CREAT)
            data = read_at(self._descriptor, _ROOM, 0)
            if len(data) < _ROOM:
                write_at(self._descriptor, b"\0" * (_ROOM - len(data)), len(data))
        self.acked = _read_acked(data)
        """The last acknowledged sequence number; 0 when there is none."""
        self._part = _read_part(data)

    def acknowledge(self, seq: int) -> None:
        """Note that everything up to ``seq`` is with the server, or was refused for good."""
        self.acked = seq
        number = struct.pack(">Q", seq)
        self._write(_ACKED.pack(seq, zlib.crc32(number)), 0)

    def part(self, seq: int) -> Optional[Part]:
        """Return the piece of this batch that was begun last; None when it was never split."""
        part = self._part
        return part if part is not None and part.seq == seq else None

    def begin(self, part: Part) -> None:
        """Note a piece, before it is sent."""
        self._part = part
        fields = _PART.pack(*part, 0)[:-4]
        self._write(_PART.pack(*part, zlib.crc32(fields)), _PART_AT)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self.abandon()

    def abandon(self) -> None:
        """Close a parent's file in a forked child, where other threads' locks stay locked."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _write(self, data: bytes, offset: int) -> None:
        with self._lock:
            if self._descriptor >= 0:
                try:
                    write_at(self._descriptor, data, offset)
                except OSError:
                    pass  # Sent again after a crash, and mostly the server knows it already.


def _read_acked(data: bytes) -> int:
    if len(data) < _ACKED.size:
        return 0
    seq, crc = _ACKED.unpack_from(data)
    return seq if crc == zlib.crc32(data[:8]) else 0


def _read_part(data: bytes) -> Optional[Part]:
    if len(data) < _PART_AT + _PART.size:
        return None
    *fields, crc = _PART.unpack_from(data, _PART_AT)
    part = Part(*fields)
    valid = crc == zlib.crc32(data[_PART_AT : _PART_AT + _PART.size - 4])
    return part if valid and part.seq > 0 and part.end > part.start else None
