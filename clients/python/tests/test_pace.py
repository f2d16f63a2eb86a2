"""When lines go out: 100 of them, or 250 ms after the first; 5 s while the server is away."""

import unittest
from queue import Empty
from unittest import mock

from support import binnacle_source  # noqa: F401 - puts the package on the path

from binnacle.buffer import EntryBuffer
from binnacle.counters import Counters
from binnacle.lines import Line
from binnacle.notices import Notices
from binnacle.pipeline import Identity, Pipeline
from binnacle.settings import Settings


class Clock:
    """A clock that stands still unless somebody waits."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now


class Script(EntryBuffer):
    """A buffer and the script that fills it; who waits moves the clock."""

    def __init__(self, clock):
        super().__init__(Counters())
        self.clock = clock
        self.planned = []

    def print_lines(self, count):
        for _ in range(count):
            self.put(Line("stdout", "INFO", "text", 0))

    def next_wish(self, timeout):
        end = self.clock.now + timeout
        while True:
            try:
                return self._wishes.get_nowait()
            except Empty:
                if not self.planned or self.planned[0][0] > end:
                    self.clock.now = end
                    return None
            self.clock.now, count = self.planned.pop(0)
            self.print_lines(count)


class PaceTest(unittest.TestCase):
    def setUp(self):
        self.clock = Clock()
        identity = Identity("p", {"run_id": "r"}, "main", {}, "c")
        settings = Settings.resolve(mode="disabled")
        self.pipeline = Pipeline(settings, identity, Counters(), Notices(quiet=True))
        self.buffer = self.pipeline._buffer = Script(self.clock)

    def waited(self, *planned, first=1, last=0.0):
        """Return how long a batch waits after its first lines, with more to come at these times."""
        begin = self.clock.now
        self.buffer.planned = [(begin + after, lines) for after, lines in planned]
        self.buffer.print_lines(first)
        self.buffer.next_wish(0)
        with mock.patch("binnacle.pipeline.time", self.clock):
            self.assertIsNone(self.pipeline._wait_for_more(last))
        return round(self.clock.now - begin, 6), len(self.buffer.take())

    def test_a_single_line_waits_for_others_for_250_ms(self):
        self.assertEqual((0.25, 1), self.waited())

    def test_99_lines_wait_and_the_hundredth_sends_them(self):
        self.assertEqual((0.25, 99), self.waited((0.1, 98)))
        self.assertEqual((0.2, 100), self.waited((0.1, 98), (0.2, 1), (0.21, 1)))

    def test_a_fast_writer_s_batches_are_a_tenth_of_a_second_apart(self):
        begin = self.clock.now
        self.assertEqual((0.09, 1200), self.waited((0.05, 1000), first=200, last=begin - 0.01))

    def test_while_the_server_is_away_lines_wait_for_5_seconds(self):
        self.pipeline._pace.failed(None)
        self.assertEqual((5.0, 100), self.waited((0.1, 99)))
        self.assertEqual((0.1, 5000), self.waited((0.1, 4999)))
        self.pipeline._pace.went_well(None)
        self.assertEqual((0.25, 1), self.waited())

    def test_a_server_that_asks_for_time_gets_larger_batches(self):
        self.assertEqual(3.0, self.pipeline._pace.went_well(3.0))
        self.assertEqual((5.0, 1), self.waited())


if __name__ == "__main__":
    unittest.main()
