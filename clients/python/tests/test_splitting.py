"""Batches that are too large for the server: each line once, whatever happens on the way."""

import random
import tempfile
import unittest
from pathlib import Path

from support import COUNTED, SdkTest, stats_in  # first: it makes the package importable
from fake_server import Binnacle

from binnacle.api import Response, Unreachable
from binnacle.batches import BatchMaker
from binnacle.counters import Counters
from binnacle.delivery import DONE, Delivery
from binnacle.lines import Line, MetricPoint
from binnacle.notices import Notices
from binnacle.recovery import deliver_leftovers
from binnacle.settings import Settings
from binnacle.spool import Spool, read_segments

RUN_ID = "018f2f3e-0000-7000-8000-00000000000d"
META = {
    "url": "http://localhost:9080",
    "project": "p",
    "run": {"run_id": RUN_ID, "name": "n"},
    "client_id": "c" * 32,
}


class Killed(BaseException):
    """The process is no more: nothing of it runs after this."""


class Road:
    """Between sender and server: now and then a request, an answer or the sender is lost.

    ``in_doubt``: the sender cannot know whether its last batch was stored.
    """

    def __init__(self, server, dice, trouble):
        self.server = server
        self.dice = dice
        self.trouble = trouble
        self.in_doubt = False

    def request(self, method, path, body=b"", gzipped=False):
        fate = self.dice.random()
        if fate < self.trouble:
            raise Killed() if fate < self.trouble / 2 else Unreachable("no way there")
        headers = {"Content-Encoding": "gzip"} if gzipped else {}
        status, _, answer = self.server.handle(method, "/api/v1" + path, headers, body)
        fate = self.dice.random()
        if path.endswith("/batch"):
            self.in_doubt = fate < self.trouble
        if fate < self.trouble:
            raise Killed() if fate < self.trouble / 2 else Unreachable("no way back")
        return Response(status, b"" if answer is None else _json(answer), None)


def _json(value):
    import json

    return json.dumps(value).encode()


class Story:
    """One sender with a spool, its deaths, and those who deliver what it left."""

    def __init__(self, directory, seed, trouble=0.0):
        self.dice = random.Random(seed)
        self.server = Binnacle()
        self.road = Road(self.server, self.dice, trouble)
        self.counters = Counters()
        self.spool = Spool(directory / (RUN_ID + ".c"), 1 << 28)
        self.spool.create(META)
        self.settings = Settings.resolve(url=META["url"])._replace(spool_dir=directory)
        self.maker = BatchMaker(META["client_id"], "main", {}, self.counters)
        self.alive = True
        self.between = lambda: None

    def write(self, entries):
        for batch in self.maker.batches(entries):
            self.spool.append(batch)

    def deliver(self):
        """Deliver all, as the living sender first, and after its death as another process."""
        while True:
            try:
                if self.alive and self._as_sender():
                    return
                if not self.alive and deliver_leftovers(
                    self.settings, self.road, self.counters, Notices(quiet=True)
                ):
                    return
            except Killed:
                if self.alive:
                    self.alive = False
                    self.spool.abandon()
            if not self.road.in_doubt:
                self.between()

    def _as_sender(self):
        progress = self.spool.progress
        delivery = Delivery(self.road, META, self.counters, Notices(quiet=True), progress)
        for batch in read_segments(self.spool.directory):
            if batch.seq > progress.acked:
                while delivery.deliver(batch).kind != DONE:
                    if not self.road.in_doubt:
                        self.between()
                progress.acknowledge(batch.seq)
        return True


def line(text):
    return Line("stdout", "INFO", text, 1_700_000_000_000_000_000)


class SplittingTest(unittest.TestCase):
    def story(self, seed=1, trouble=0.0):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        story = Story(Path(holder.name), seed, trouble)
        self.addCleanup(story.spool.abandon)
        return story

    def test_one_oversized_line_costs_itself_only_wherever_it_is(self):
        for place in (0, 1, 333, 500, 818, 999):
            for tells_limit in (True, False):
                with self.subTest(place=place, tells_limit=tells_limit):
                    story = self.story()
                    story.server.max_bytes = 200_000
                    story.server.tells_limit = tells_limit
                    texts = ["line %d" % i for i in range(1000)]
                    texts[place] = "x" * 300_000
                    story.write([line(text) for text in texts])
                    story.deliver()
                    del texts[place]
                    self.assertEqual(texts, story.server.messages())
                    self.assertEqual(0, story.server.below)
                    self.assertEqual(999, story.counters.get("lines_sent"))
                    self.assertEqual(1, story.counters.get("lines_refused"))

    def test_any_depth_of_splitting_stores_all_lines_in_order(self):
        for most in (1, 2, 3, 7, 100, 999):
            for tells_limit in (True, False):
                with self.subTest(most=most, tells_limit=tells_limit):
                    story = self.story()
                    story.server.max_lines = most
                    story.server.tells_limit = tells_limit
                    story.write([line(str(i)) for i in range(1500)])
                    if not tells_limit:
                        story.server.max_lines, story.server.max_bytes = 5000, 300 + 130 * most
                    story.deliver()
                    self.assertEqual([str(i) for i in range(1500)], story.server.messages())
                    self.assertEqual(0, story.server.below)

    def test_a_learnt_limit_is_kept(self):
        story = self.story()
        story.server.max_lines = 300
        story.write([line(str(i)) for i in range(10_000)])
        story.deliver()
        self.assertEqual(10_000, len(story.server.messages()))
        tries = [path for _, path, _, _ in story.server.requests if path.endswith("/batch")]
        self.assertEqual(1 + len(story.server.batches), len(tries))

    def test_a_learnt_size_is_kept(self):
        story = self.story()
        story.server.max_bytes = 40_000
        story.write([line("%d %s" % (i, "é" * 50)) for i in range(10_000)])
        story.deliver()
        self.assertEqual(10_000, len(story.server.messages()))
        tries = [path for _, path, _, _ in story.server.requests if path.endswith("/batch")]
        self.assertEqual(1 + len(story.server.batches), len(tries))

    def test_what_the_server_cannot_read_is_found_and_costs_itself_only(self):
        story = self.story()
        lines = [line(str(i)) for i in range(500)]
        lines[77] = lines[77]._replace(fields='{"a":%s}' % ("9" * 200))
        story.write(lines)
        story.deliver()
        del lines[77]
        self.assertEqual([one.message for one in lines], story.server.messages())
        self.assertEqual(1, story.counters.get("lines_refused"))

    def test_another_refusal_is_not_split(self):
        story = self.story()
        story.server.answers.append(("/batch", 400, {}, {"code": "invalid_field", "field": "x"}))
        story.write([line(str(i)) for i in range(500)])
        story.deliver()
        self.assertEqual([], story.server.messages())
        self.assertEqual(500, story.counters.get("lines_refused"))

    def test_metrics_are_split_as_well(self):
        story = self.story()
        story.server.max_bytes = 2_000
        story.write([MetricPoint(i, 0, {"loss": i}) for i in range(900)])
        story.deliver()
        self.assertEqual(900, len(story.server.metrics))

    def test_whatever_is_lost_and_whoever_dies_every_line_is_stored_once(self):
        for seed in range(60):
            with self.subTest(seed=seed):
                self._one_bad_day(seed)

    def _one_bad_day(self, seed):
        story = self.story(seed, trouble=random.Random(seed).choice([0.05, 0.2, 0.4]))
        dice = story.dice
        smallest = 2_000

        def change_limits():
            story.server.max_lines = dice.choice([1, 3, 40, 500, 5000])
            story.server.max_bytes = dice.choice([smallest, 20_000, 8 << 20])
            story.server.tells_limit = dice.random() < 0.7

        story.between = change_limits
        change_limits()
        texts = []
        for _ in range(dice.randint(1, 12)):
            size = dice.choice([1, 20, 100, 300])
            texts += ["%d " % (len(texts) + i) for i in range(size)]
            if dice.random() < 0.5:
                texts[-1] += "x" * dice.choice([smallest, 30_000])
            story.write([line(text) for text in texts[-size:]])
        story.deliver()
        stored = story.server.messages()
        expected = [text for text in texts if len(text) < smallest or text in set(stored)]
        self.assertEqual(expected, stored)
        self.assertEqual((0, 0), (story.server.below, story.server.conflicts))


class SplittingProcessTest(SdkTest):
    def test_a_batch_that_is_too_large_is_split(self):
        self.server.max_lines = 30
        _, err = self.run_script(
            """
            import binnacle
            run = binnacle.init(project="p")
            for i in range(900): print(i)
            run.finish()
            """,
            COUNTED,
        )
        self.assertEqual([str(i) for i in range(900)], self.server.messages())
        self.assertEqual(900, stats_in(err)["lines_sent"])
        self.assertTrue(all(len(client) <= 64 for client in self.server.clients))

    def test_a_single_line_that_never_fits_is_counted(self):
        self.server.max_lines = 0
        _, err = self.run_script(
            "import binnacle; run = binnacle.init(project='p'); print('x'); run.finish()", COUNTED
        )
        self.assertEqual(1, stats_in(err)["lines_refused"])

    def test_lines_of_a_server_with_a_low_limit_all_arrive(self):
        self.server.max_lines = 70
        _, err = self.run_script(
            """
            import binnacle
            run = binnacle.init(project="p")
            for i in range(5000): run.log_line(i)
            run.finish()
            """,
            COUNTED,
        )
        self.assertEqual([str(i) for i in range(5000)], self.server.messages())
        self.assertEqual(5000, stats_in(err)["lines_sent"])

    def test_one_oversized_line_costs_no_other_of_its_batch(self):
        self.server.max_bytes = 100_000
        _, err = self.run_script(
            """
            import binnacle
            run = binnacle.init(project="p")
            for i in range(1000): run.log_line("x" * 200_000 if i == 700 else i)
            run.finish()
            """,
            COUNTED,
        )
        expected = [str(i) for i in range(1000) if i != 700]
        self.assertEqual(expected, self.server.messages())
        stats = stats_in(err)
        self.assertEqual((999, 1), (stats["lines_sent"], stats["lines_refused"]))

    def test_a_kill_in_the_middle_of_a_split_loses_and_doubles_nothing(self):
        self.server.max_lines = 30
        committed = []

        def after_commit(path):
            if path.endswith("/batch") and self.server.batches:
                committed.append(path)
                if len(committed) == 20:
                    process.kill()
                    return True
            return False

        self.server.after_commit = after_commit
        process = self.start(
            """
            import binnacle
            run = binnacle.init(project="p")
            for i in range(1000): run.log_line(i)
            run.flush(); input()
            """
        )
        self.server.wait(lambda: len(committed) >= 20)
        process.communicate()
        self.server.after_commit = None
        self.server.max_lines = 45
        self.assertEqual(0, self.sync().returncode)
        stored = self.server.messages()
        self.assertEqual([str(i) for i in range(len(stored))], stored)
        self.assertEqual(1000, len(stored))
        self.assertEqual([], self.left())


if __name__ == "__main__":
    unittest.main()
