"""The line of batches that wait for the server."""

import tempfile
import unittest
from pathlib import Path

from support import COUNTED, IMPATIENT, SdkTest, stats_in  # first: it makes the package importable

from binnacle.counters import Counters
from binnacle.outbox import BODIES_WITHOUT_DISK, Outbox
from binnacle.spool import LOGS, Batch, Spool

META = {"url": "u", "project": "p", "client_id": "c", "run": {"run_id": "r"}}
SIZE = BODIES_WITHOUT_DISK // 4


class FillingSpool(Spool):
    """A disk that can be full."""

    full = False
    unreadable = 0

    def append(self, batch):
        if self.full:
            raise OSError(28, "No space left on device")
        return super().append(batch)

    def read(self, place):
        if self.unreadable > 0:
            self.unreadable -= 1
            raise OSError(24, "Too many open files")
        return super().read(place)


class OutboxTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.spool = FillingSpool(Path(holder.name) / "sender", 1 << 28)
        self.spool.create(META)
        self.addCleanup(self.spool.close)
        self.counters = Counters()
        self.outbox = Outbox(self.spool, self.counters)

    def append(self, seq, size=SIZE):
        self.outbox.append(Batch(seq, LOGS, seq, 10, False, b"x" * size))

    def sent(self):
        """Take everything out of line, as a server does that came back."""
        seqs = []
        while True:
            batch = self.outbox.head(0)
            if batch is None:
                return seqs
            seqs.append(batch.seq)
            self.outbox.done(batch.seq)

    def test_a_full_disk_costs_no_batch_that_is_on_it(self):
        for seq in (1, 2, 3):
            self.append(seq, 100)
        self.spool.full = True
        for seq in range(4, 10):
            self.append(seq)
        self.spool.full = False
        self.append(10, 100)
        self.assertEqual([1, 2, 3, 6, 7, 8, 9, 10], self.sent())
        self.assertEqual(20, self.counters.get("lines_dropped_spool"))

    def test_a_disk_that_cannot_be_read_for_a_moment_costs_nothing(self):
        for seq in (1, 2, 3):
            self.append(seq, 2 * SIZE // 3)
        self.spool.unreadable = 2
        self.assertEqual(1, self.outbox.head(0).seq)
        self.outbox.done(1)
        for _ in range(2):
            self.assertRaises(OSError, self.outbox.head, 0)
        self.assertEqual([2, 3], self.sent())
        self.assertEqual({}, self.counters.snapshot())

    def test_a_batch_that_is_gone_from_the_disk_is_counted(self):
        for seq in (1, 2):
            self.append(seq)
        for path in self.spool.directory.glob("*.seg"):
            path.unlink()
        self.assertEqual([1], self.sent())
        self.assertEqual(10, self.counters.get("lines_dropped_spool"))

    def test_the_batch_that_is_under_way_stays(self):
        self.spool.full = True
        self.append(1)
        self.assertEqual(1, self.outbox.head(0).seq)
        for seq in range(2, 7):
            self.append(seq)
        self.assertEqual([1, 4, 5, 6], self.sent())
        self.assertEqual(20, self.counters.get("lines_dropped_spool"))

    def test_memory_is_free_again_after_the_disk_was_full(self):
        self.spool.full = True
        for seq in range(1, 30):
            self.append(seq)
        self.assertEqual(4, len(self.sent()))
        for seq in range(30, 34):
            self.append(seq)
        self.assertEqual([30, 31, 32, 33], self.sent())


class EndWithoutDiskTest(SdkTest):
    def test_what_neither_server_nor_disk_took_is_said_and_counted(self):
        self.server.stop()
        (self.directory / "file").write_text("no directory")
        _, err = self.run_script(
            """
            import binnacle
            %s
            run = binnacle.init(project="p")
            for i in range(10): run.log_line(i)
            run.finish()
            """
            % IMPATIENT,
            COUNTED,
            BINNACLE_SPOOL_DIR=str(self.directory / "file"),
        )
        self.assertIn("10 log lines could not be written to disk and are lost", err)
        self.assertEqual(10, stats_in(err)["lines_dropped_end"])


if __name__ == "__main__":
    unittest.main()
