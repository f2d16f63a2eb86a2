"""The batches of one sender on disk, in order, until the server has acknowledged them.

Every batch is written here before it is sent, with plain ``write`` calls and no ``fsync``: what is
written survives the death of the process, kill -9 included, but not a power cut. One directory
belongs to one sender (client id) and holds

``meta.json``   the run, so that any later process on this machine can finish the delivery,
``lock``        locked while the owner lives; whoever gets the lock may deliver what is left,
``acked``       how far the delivery is (see ``progress``),
``*.seg``       segments of records, each record with a CRC.

No credentials are stored.
"""

from __future__ import annotations

import json
import os
import struct
import threading
import zlib
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from . import counters
from .files import open_file, read_at, write_at
from .progress import Progress

try:
    import fcntl
except ImportError:  # Windows: no advisory locks, so directories left behind are not adopted.
    fcntl = None  # type: ignore[assignment]

LOGS = 1
METRICS = 2
PATCH = 3
_COUNTED = {LOGS: counters.LINES, METRICS: counters.METRICS, PATCH: counters.CHANGES}

_MAGIC = b"BNS1"
_HEAD = struct.Struct(">4sI")  # magic, CRC-32 of all that follows
_REST = struct.Struct(">QQIIBB")  # seq, number, items, length, kind, gzipped
_SEGMENT_BYTES = 4 * 1024 * 1024
_LENGTH_LIMIT = 64 * 1024 * 1024


class Batch(NamedTuple):
    """One request to the server, with the body exactly as it is sent (again)."""

    seq: int
    kind: int
    number: int
    items: int
    gzipped: bool
    body: bytes

    def counted(self) -> str:
        """Return how its items are counted."""
        return _COUNTED[self.kind]


class Place(NamedTuple):
    """Where a batch lies on disk."""

    segment: int
    offset: int
    length: int


class SpoolDamage(Exception):
    """A record is not what was written: torn by a crash, or changed."""


class Spool:
    """The writing side, used by the one thread that makes batches (reading is safe from others)."""

    def __init__(self, directory: Path, max_bytes: int) -> None:
        self.directory = directory
        self._max_bytes = max_bytes
        self._segment_bytes = max(4096, min(_SEGMENT_BYTES, max_bytes // 8))
        self._segments: List[_Segment] = []
        self._total = 0
        self._file = -1
        self._lock = -1
        self.progress = Progress()
        self._closing = threading.Lock()

    def create(self, meta: Dict[str, Any]) -> None:
        """Make the directory, lock it and write ``meta``.

        :raises OSError: when the disk does not allow it.
        """
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = lock_directory(self.directory)
        if self._lock < 0:
            raise OSError("another process owns " + str(self.directory))
        temporary = self.directory / "meta.tmp"
        temporary.write_text(json.dumps(meta), encoding="utf-8")
        temporary.replace(self.directory / "meta.json")
        self.progress = Progress(self.directory / "acked")

    def append(self, batch: Batch) -> Place:
        """Write one batch at the end.

        :raises OSError: when the disk is full or gone; nothing readable is left behind then.
        """
        rest = _REST.pack(
            batch.seq, batch.number, batch.items, len(batch.body), batch.kind, batch.gzipped
        )
        crc = zlib.crc32(batch.body, zlib.crc32(rest))
        record = b"".join((_HEAD.pack(_MAGIC, crc), rest, batch.body))
        if not self._segments or self._segments[-1].length >= self._segment_bytes:
            self._open_segment(batch.seq)
        segment = self._segments[-1]
        place = Place(segment.number, segment.length, len(record))
        self._write(segment, record)
        segment.length += len(record)
        segment.last_seq = batch.seq
        self._total += len(record)
        return place

    def read(self, place: Place) -> Batch:
        """Read one batch back.

        :raises FileNotFoundError: when the segment is gone.
        :raises OSError: when it cannot be read now.
        :raises SpoolDamage: when it is damaged.
        """
        path = self.directory / _segment_name(place.segment)
        descriptor = open_file(path, os.O_RDONLY)
        try:
            data = read_at(descriptor, place.length, place.offset)
        finally:
            os.close(descriptor)
        return _decode(data, 0)[0]

    def drop_oldest(self) -> int:
        """Delete the oldest segments while the spool is over its size.

        :return: the highest sequence number deleted, 0 when there was room. The segment that is
            being written is never deleted.
        """
        dropped = 0
        while self._total > self._max_bytes and len(self._segments) > 1:
            dropped = self._delete_first()
        return dropped

    def free(self, seq: int) -> None:
        """Delete finished segments whose batches are all acknowledged."""
        while len(self._segments) > 1 and self._segments[0].last_seq <= seq:
            self._delete_first()

    def close(self) -> None:
        """Close the files and give up the lock; another process can deliver what is left."""
        with self._closing:
            self.progress.close()
            self._close_files()

    def abandon(self) -> None:
        """Close a parent's files in a forked child, where other threads' locks stay locked."""
        self.progress.abandon()
        self._close_files()

    def remove(self) -> None:
        """Delete the whole directory: everything was delivered."""
        if not locks_work():
            self.close()  # Windows: an open file cannot be deleted.
        remove_directory(self.directory)
        self.close()

    def _close_files(self) -> None:
        for descriptor in (self._file, self._lock):
            if descriptor >= 0:
                os.close(descriptor)
        self._file = self._lock = -1

    def _open_segment(self, seq: int) -> None:
        number = self._segments[-1].number + 1 if self._segments else 1
        path = self.directory / _segment_name(number)
        descriptor = open_file(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        if self._file >= 0:
            os.close(self._file)
        self._file = descriptor
        self._segments.append(_Segment(number, seq))

    def _write(self, segment: "_Segment", record: bytes) -> None:
        written = 0
        try:
            while written < len(record):
                offset = segment.length + written
                written += write_at(self._file, record[written:], offset)
        except OSError:
            os.ftruncate(self._file, segment.length)
            raise

    def _delete_first(self) -> int:
        segment = self._segments.pop(0)
        self._total -= segment.length
        try:
            os.unlink(str(self.directory / _segment_name(segment.number)))
        except OSError:
            pass  # Somebody cleaned up before us; the space is free either way.
        return segment.last_seq


class _Segment:
    def __init__(self, number: int, seq: int) -> None:
        self.number = number
        self.length = 0
        self.last_seq = seq


def lock_directory(directory: Path) -> int:
    """Take a directory's lock; return its descriptor, or -1 when its owner lives.

    ``flock`` belongs to the open file: it ends with the process, however that ends.
    """
    descriptor = open_file(directory / "lock", os.O_RDWR | os.O_CREAT)
    if fcntl is None:
        return descriptor
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return -1
    return descriptor


def locks_work() -> bool:
    """Say whether this system can tell a living owner from a dead one."""
    return fcntl is not None


def read_meta(directory: Path) -> Optional[Dict[str, Any]]:
    """Return what the owner wrote about the run; None when it did not get that far."""
    try:
        value = json.loads((directory / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return value if _is_meta(value) else None


def _is_meta(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("run"), dict):
        return False
    texts = (value.get("url"), value.get("project"), value.get("client_id"))
    return all(isinstance(text, str) for text in (*texts, value["run"].get("run_id")))


def read_segments(directory: Path) -> Iterator[Batch]:
    """Yield all batches of a directory in order.

    A damaged record ends its segment: in the last one it is where the crash tore the write.

    :raises SpoolDamage: after the last readable batch, when anything was not readable.
    """
    damaged = 0
    for path in sorted(directory.glob("*.seg")):
        data = path.read_bytes()
        offset = 0
        while offset < len(data):
            try:
                batch, offset = _decode(data, offset)
            except SpoolDamage:
                damaged += len(data) - offset
                break
            yield batch
    if damaged:
        raise SpoolDamage("%d bytes in %s are not readable" % (damaged, directory))


def remove_directory(directory: Path) -> None:
    """Delete a sender's directory; the lock goes last, so that nobody adopts half of it."""
    paths = sorted(directory.glob("*"), key=lambda path: path.name == "lock")
    for path in paths:
        try:
            path.unlink()
        except OSError:
            pass
    try:
        directory.rmdir()
    except OSError:
        pass


def _decode(data: bytes, offset: int) -> Tuple[Batch, int]:
    start = offset + _HEAD.size
    body = start + _REST.size
    if body > len(data):
        raise SpoolDamage("cut off")
    magic, crc = _HEAD.unpack_from(data, offset)
    seq, number, items, length, kind, gzipped = _REST.unpack_from(data, start)
    end = body + length
    if magic != _MAGIC or length > _LENGTH_LIMIT or end > len(data):
        raise SpoolDamage("cut off")
    if zlib.crc32(data[start:end]) != crc:
        raise SpoolDamage("wrong checksum")
    return Batch(seq, kind, number, items, bool(gzipped), data[body:end]), end


def _segment_name(number: int) -> str:
    return "%08d.seg" % number
