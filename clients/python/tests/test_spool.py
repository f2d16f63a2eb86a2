"""Batches on disk."""

import os
import tempfile
import unittest
from pathlib import Path

from support import binnacle_source  # noqa: F401

from binnacle.spool import (
    LOGS,
    Batch,
    Spool,
    SpoolDamage,
    lock_directory,
    read_meta,
    read_segments,
)

META = {"url": "u", "project": "p", "client_id": "c", "run": {"run_id": "r"}}


def batch(seq, size=100):
    return Batch(seq, LOGS, seq, 3, False, bytes([seq % 256]) * size)


class SpoolTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.path = Path(holder.name) / "sender"

    def spool(self, max_bytes=1 << 20):
        spool = Spool(self.path, max_bytes)
        spool.create(META)
        self.addCleanup(spool.close)
        return spool

    def test_what_is_written_is_read_in_order(self):
        spool = self.spool()
        places = [spool.append(batch(seq)) for seq in range(1, 200)]
        self.assertEqual(batch(7), spool.read(places[6]))
        self.assertEqual([batch(seq) for seq in range(1, 200)], list(read_segments(self.path)))
        self.assertEqual(META, read_meta(self.path))

    def test_only_the_owner_can_read_it(self):
        self.spool().append(batch(1))
        self.assertEqual(0o700, self.path.stat().st_mode & 0o777)
        (segment,) = self.path.glob("*.seg")
        self.assertEqual(0o600, segment.stat().st_mode & 0o777)

    def test_a_torn_write_ends_the_reading_and_is_reported(self):
        spool = self.spool()
        for seq in (1, 2, 3):
            spool.append(batch(seq))
        (segment,) = self.path.glob("*.seg")
        os.truncate(str(segment), segment.stat().st_size - 10)
        read = []
        with self.assertRaises(SpoolDamage):
            for one in read_segments(self.path):
                read.append(one)
        self.assertEqual([batch(1), batch(2)], read)

    def test_a_changed_byte_is_noticed(self):
        spool = self.spool()
        place = spool.append(batch(1))
        (segment,) = self.path.glob("*.seg")
        data = bytearray(segment.read_bytes())
        data[-1] ^= 1
        segment.write_bytes(bytes(data))
        with self.assertRaises(SpoolDamage):
            spool.read(place)

    def test_over_its_size_the_oldest_goes_first(self):
        spool = self.spool(64 * 1024)
        dropped = 0
        for seq in range(1, 201):
            spool.append(batch(seq, 1000))
            dropped = spool.drop_oldest() or dropped
        self.assertGreater(dropped, 100)
        left = [one.seq for one in read_segments(self.path)]
        self.assertEqual(list(range(dropped + 1, 201)), left)
        size = sum(path.stat().st_size for path in self.path.glob("*.seg"))
        self.assertLessEqual(size, 64 * 1024)

    def test_acknowledged_segments_are_freed(self):
        spool = self.spool(64 * 1024)
        for seq in range(1, 51):
            spool.append(batch(seq, 1000))
        spool.progress.acknowledge(40)
        spool.free(40)
        left = [one.seq for one in read_segments(self.path)]
        self.assertLessEqual(left[0], 41)
        self.assertGreater(left[0], 20)

    def test_only_one_owner_at_a_time(self):
        spool = self.spool()
        self.assertEqual(-1, lock_directory(self.path))
        spool.close()
        lock = lock_directory(self.path)
        self.assertGreaterEqual(lock, 0)
        os.close(lock)

    def test_nothing_is_left_after_removal(self):
        spool = self.spool()
        spool.append(batch(1))
        spool.remove()
        self.assertFalse(self.path.exists())


if __name__ == "__main__":
    unittest.main()
