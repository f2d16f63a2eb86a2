"""Bad days of server and network: every line once, in order, or counted."""

import time
import unittest

from support import COUNTED, IMPATIENT, SdkTest, stats_in  # first: it makes the package importable

from binnacle.api import _retry_after
from binnacle.buffer import Flush
from binnacle.counters import Counters
from binnacle.outbox import Outbox
from binnacle.pace import Pace
from binnacle.spool import LOGS, Batch

WITHOUT_THREADS = """
import threading, time, binnacle
start = threading.Thread.start
def no_more(thread):
    if thread.name.startswith("%s"): raise RuntimeError("can't start new thread")
    start(thread)
threading.Thread.start = no_more
begin = time.monotonic()
run = binnacle.init(project="p", finish_seconds=600)
print("shown")
run.log({"loss": 1})
run.flush(600)
run.finish()
assert time.monotonic() - begin < 300
"""


class DeliveryTest(SdkTest):
    def test_the_server_goes_away_and_comes_back(self):
        process = self.start(
            """
            import binnacle
            run = binnacle.init(project="p")
            for part in range(3):
                for i in range(250): print(part * 250 + i)
                input()
            """
        )
        self.server.wait(lambda: len(self.server.messages()) == 250)
        self.server.stop()
        self.go(process)
        self.until(lambda: self.spooled() > 0)
        self.go(process)
        self.server.start()
        self.go(process)
        process.communicate()
        self.assertEqual([str(i) for i in range(750)], self.server.messages())
        self.assertEqual([], self.left())

    def test_a_lost_answer_leads_to_a_retry_that_stores_nothing_twice(self):
        lost = []

        def lose(path):
            if path.endswith("/batch") and len(lost) < 2:
                lost.append(path)
                return True
            return False

        self.server.after_commit = lose
        self.run_script(
            """
            import binnacle
            binnacle.init(project="p")
            for i in range(300): print(i)
            """
        )
        self.assertEqual([str(i) for i in range(300)], self.server.messages())
        self.assertGreaterEqual(self.server.repeated, 1)

    def test_a_full_server_is_left_alone_as_long_as_it_asks(self):
        self.server.answers.append(("/batch", 429, {"Retry-After": "0.1"}, {"code": "busy"}))
        self.server.answers.append(("/batch", 503, {"Retry-After": "0"}, {}))
        self.run_script("import binnacle; binnacle.init(project='p'); print('hello')")
        self.assertEqual(["hello"], self.server.messages())
        tries = [path for _, path, _, _ in self.server.requests if path.endswith("/batch")]
        self.assertEqual(3, len(tries))

    def test_a_server_that_names_no_time_is_asked_ever_more_rarely(self):
        pace = Pace()
        for wait in (None, 0.0):
            waits = [pace.failed(wait) for _ in range(10)]
            self.assertTrue(all(wait >= 0.25 for wait in waits), waits)
            self.assertGreater(waits[-1], 10)
        self.assertGreaterEqual(pace.failed(0.001), 0.5)
        self.assertGreaterEqual(pace.failed(60.0), 60)
        pace.went_well(None)
        self.assertLess(pace.failed(None), 1)

    def test_a_retry_after_that_is_no_time_is_none(self):
        past = "Wed, 21 Oct 2015 07:28:00 GMT"
        given = ("nan", "inf", "-inf", "soon", "", None, past, "-5", "7", "1e9")
        self.assertEqual(
            [None] * 6 + [0, 0, 7, 3600], [_retry_after(value) for value in given]
        )

    def test_what_is_no_address_is_a_server_that_is_away(self):
        urls = ("http://[::1:9080", "http://localhost:99999", "http:///runs", "ftp://localhost")
        for number, url in enumerate(urls):
            with self.subTest(url=url):
                _, err = self.run_script(
                    IMPATIENT + "\nimport binnacle; binnacle.init(project='p'); print('kept')",
                    BINNACLE_URL=url,
                )
                self.assertIn("this is no address of a server", err)
                self.assertIn("(1 log lines) are not sent yet", err)
                self.assertNotIn("Traceback", err)
                self.assertEqual(number + 1, len(self.left()))

    def test_an_end_that_waits_for_nothing_leaves_everything_on_disk(self):
        self.server.stop()
        _, err = self.run_script(
            """
            import binnacle
            run = binnacle.init(project="p", finish_seconds=0)
            for i in range(1000): print(i)
            run.finish()
            """
        )
        self.assertIn("(1000 log lines) are not sent yet", err)
        self.server.start()
        self.assertEqual(0, self.sync().returncode)
        self.assertEqual([str(i) for i in range(1000)], self.server.messages())
        self.assertEqual("FINISHED", self.server.the_run()["status"])

    def test_a_script_that_ends_at_once_is_delivered(self):
        """From Python 3.12 on no thread can begin once the interpreter ends."""
        _, err = self.run_script(
            """
            import threading, binnacle
            run = binnacle.init(project="p")
            def no_more(thread): raise RuntimeError("can't create new thread")
            threading.Thread.start = no_more
            print("hello")
            """
        )
        self.assertEqual(["hello"], self.server.messages())
        self.assertNotIn("create new thread", err)
        self.assertEqual([], self.left())

    def test_a_system_without_positional_reads_has_a_spool_as_well(self):
        self.server.stop()
        process = self.start(
            """
            import os
            del os.pread, os.pwrite
            import binnacle.outbox, binnacle.pace, binnacle
            binnacle.outbox.BODIES_IN_MEMORY = 0
            binnacle.pace.SLOW_SECONDS = 0.01
            run = binnacle.init(project="p")
            for part in range(3):
                print(part); run.flush(0.01)
            input()
            """
        )
        self.until(lambda: self.spooled() > 0)
        self.server.start()
        self.go(process)
        _, err = process.communicate()
        self.assertEqual(["0", "1", "2"], self.server.messages())
        self.assertEqual([], self.left())
        self.assertNotIn("no spool", err)

    def test_whatever_is_wrong_with_the_spool_lines_are_sent(self):
        _, err = self.run_script(
            """
            import binnacle, binnacle.spool
            def broken(*_): raise AttributeError("no such call")
            binnacle.spool.lock_directory = broken
            binnacle.init(project="p"); print("hello")
            """
        )
        self.assertEqual(["hello"], self.server.messages())
        self.assertIn("no spool in", err)

    def test_a_flush_tells_what_became_of_what_it_waited_for(self):
        process = self.start(
            """
            import binnacle, binnacle.outbox
            run = binnacle.init(project="p")
            run.log_line("one")
            assert run.flush(None) and run.flush("600") and run.flush(float("nan"))
            input()
            run.log_line("two")
            binnacle.outbox.AWAY_PATIENCE = 0
            assert not run.flush(600)
            print("away", flush=True)
            input()
            binnacle.outbox.AWAY_PATIENCE = 600
            assert run.flush(600)
            input()
            run.log_line("three")
            assert not run.flush(600)
            assert not run.flush(600)
            run.finish()
            assert not run.flush()
            """
        )
        self.server.wait(lambda: self.server.messages() == ["one"])
        self.server.stop()
        self.go(process)
        self.assertEqual("away", process.stdout.readline().strip())
        self.server.start()
        self.go(process)
        self.server.wait(lambda: self.server.messages() == ["one", "two", "away"])
        self.server.deleted.add(self.server.the_run()["run_id"])
        self.go(process)
        _, err = process.communicate()
        self.assertEqual(0, process.returncode, err)

    def test_a_flush_does_not_wait_for_another_thread_s_later_lines(self):
        counters = Counters()
        outbox = Outbox(None, counters)
        outbox.append(Batch(1, LOGS, 1, 10, False, b"x"))
        wish = Flush(time.monotonic() + 600)
        outbox.flush(wish)
        outbox.append(Batch(2, LOGS, 2, 10, False, b"y"))
        outbox.done(1)
        self.assertTrue(wish.done.acquire(timeout=0))
        self.assertFalse(wish.missed)

    def test_an_ended_run_says_whether_all_was_delivered(self):
        self.run_script(
            """
            import binnacle
            run = binnacle.init(project="p"); run.log_line("x"); run.finish()
            assert run.flush()
            run = binnacle.init(project="p", mode="disabled"); run.finish()
            assert run.flush()
            """
        )

    def test_a_message_beyond_all_memory_is_cut(self):
        self.run_script(
            """
            import binnacle
            run = binnacle.init(project="p", capture_logs=False)
            run.log_line("y" * (65 << 20))
            """
        )
        (message,) = self.server.messages()
        self.assertTrue(message.endswith("… [%d more characters were cut]" % (64 << 20)))
        self.assertEqual(1 << 20, message.count("y"))

    def test_a_line_that_is_written_in_pieces_tells_its_true_length(self):
        self.run_script(
            """
            import sys, binnacle
            binnacle.init(project="p")
            for _ in range(40): sys.stdout.write("y" * 100_000)
            print()
            print("z" * (65 << 20))
            """
        )
        pieces, whole = self.server.messages()
        self.assertEqual(1 << 20, pieces.count("y"))
        cut = 4_000_000 - (1 << 20)
        self.assertTrue(pieces.endswith("… [%d more characters were cut]" % cut))
        self.assertTrue(whole.endswith("… [%d more characters were cut]" % (64 << 20)))

    def test_memory_is_bounded_and_the_log_says_what_is_missing(self):
        _, err = self.run_script(
            """
            import threading, binnacle, binnacle.pipeline
            disk = threading.Event()
            store = binnacle.pipeline.Pipeline._open_spool
            def hanging(pipeline):
                disk.wait()
                return store(pipeline)
            binnacle.pipeline.Pipeline._open_spool = hanging
            run = binnacle.init(project="p", capture_logs=False)
            for i in range(130): run.log_line("%d %s" % (i, "z" * (1 << 19)))
            disk.set()
            run.finish()
            """,
            COUNTED,
        )
        dropped = stats_in(err)["lines_dropped_memory"]
        self.assertGreater(dropped, 0)
        warning, *lines = self.server.lines()
        self.assertEqual(130 - dropped, len(lines))
        self.assertEqual("0", lines[0]["message"].split()[0])
        self.assertEqual("WARNING", warning["level"])
        self.assertEqual(dropped, warning["fields"]["dropped_lines"])

    def test_a_server_that_asks_to_slow_down_gets_larger_batches(self):
        self.server.answers.append(("/batch", 0, {"Retry-After": "0.2"}, {}))
        process = self.start(
            """
            import threading, binnacle, binnacle.pace
            binnacle.pace.SLOW_SECONDS = 1000
            run = binnacle.init(project="p")
            pace, slow = run._pipeline._pace, threading.Event()
            went_well = pace.went_well
            def note(wait):
                pause = went_well(wait)
                if pause: slow.set()
                return pause
            pace.went_well = note
            print("first")
            slow.wait()
            for i in range(3000): print(i)
            run.finish()
            """
        )
        process.communicate()
        self.assertEqual(3001, len(self.server.messages()))
        self.assertEqual([1, 1000, 1000, 1000], [lines for _, _, lines in self.server.batches])

    def test_a_deleted_run_is_left_alone_and_its_lines_are_counted(self):
        process = self.start(
            """
            import binnacle
            run = binnacle.init(project="p")
            print("before"); input(); print("after 1"); print("after 2"); run.flush()
            print("after 3"); run.finish()
            """,
            COUNTED,
        )
        self.server.wait(lambda: self.server.messages() == ["before"])
        self.server.deleted.add(self.server.the_run()["run_id"])
        self.go(process)
        _, err = process.communicate()
        self.assertEqual(0, process.returncode, err)
        self.assertIn("run_deleted", err)
        stats = stats_in(err)
        self.assertEqual((1, 3), (stats["lines_sent"], stats["lines_dropped_closed"]))
        self.assertEqual(["before"], self.server.messages())
        self.assertEqual([], self.left())

    def test_refused_batches_are_counted_and_do_not_stop_the_rest(self):
        self.server.answers.append(("/batch", 400, {}, {"code": "malformed"}))
        self.server.answers.append(("/batch", 409, {}, {"code": "batch_conflict"}))
        _, err = self.run_script(
            """
            import binnacle
            run = binnacle.init(project="p")
            for word in ("one", "two", "three"): print(word); run.flush()
            run.finish()
            """,
            COUNTED,
        )
        stats = stats_in(err)
        counted = tuple(stats["lines_" + what] for what in ("refused", "conflict", "sent"))
        self.assertEqual((1, 1, 1), counted)
        self.assertEqual(["three"], self.server.messages())

    def test_a_clock_that_is_set_back_changes_no_order(self):
        self.run_script(
            """
            import datetime, time, binnacle, binnacle.description
            run = binnacle.init(project="p", capture_logs=False)
            run.log_line("one"); run.flush()
            nanos = time.time_ns
            time.time_ns = lambda: nanos() - 3600 * 10**9
            class Earlier(datetime.datetime):
                @classmethod
                def now(cls, zone=None):
                    return datetime.datetime.now(zone) - datetime.timedelta(hours=1)
            binnacle.description.datetime = Earlier
            run.log_line("two"); run.log({"loss": 1}); run.flush()
            run.finish()
            """
        )
        one, two = self.server.lines()
        self.assertEqual(["one", "two"], [one["message"], two["message"]])
        self.assertEqual([1, 2], [one["line_number"], two["line_number"]])
        self.assertGreater(one["timestamp"], two["timestamp"])
        run = self.server.the_run()
        self.assertEqual(("FINISHED", run["started_at"]), (run["status"], run["ended_at"]))
        self.assertEqual(1, len(self.server.metrics))

    def test_a_living_process_says_so(self):
        process = self.start(
            """
            import binnacle, binnacle.pipeline
            binnacle.pipeline.HEARTBEAT_SECONDS = 0.01
            binnacle.init(project="p"); input()
            """
        )
        self.server.wait(lambda: self.server.heartbeats > 3)
        self.go(process)
        process.communicate()

    def test_a_server_that_never_answers_does_not_hold_the_script_up(self):
        import socket

        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen(5)
            self.run_script(
                """
                import time, binnacle
                begin = time.monotonic()
                run = binnacle.init(project="p", finish_seconds=0.5)
                for i in range(1000): print(i)
                run.finish()
                assert time.monotonic() - begin < 25  # An answer would be waited for for 30 s.
                """,
                BINNACLE_URL="http://127.0.0.1:%d" % silent.getsockname()[1],
            )
        self.assertEqual(1, len(self.left()))

    def test_a_proxy_s_answers_acknowledge_nothing(self):
        for status in (200, 302, 200, 404, 405):
            self.server.answers.append(("/projects/", status, {"Location": "/login"}, {}))
        self.server.answers.append(("/batch", 302, {"Location": "/login"}, {}))
        self.server.answers.append(("/batch", 200, {}, {}))
        _, err = self.run_script(
            """
            import binnacle, binnacle.pace
            binnacle.pace._FIRST_BACKOFF = binnacle.pace._LAST_BACKOFF = 0.01
            run = binnacle.init(project="p")
            print("hello"); run.flush(); run.finish()
            """,
            COUNTED,
        )
        self.assertEqual(["hello"], self.server.messages())
        self.assertEqual(1, stats_in(err)["lines_sent"])
        self.assertIn("does not answer as a Binnacle server", err)

    def test_what_comes_after_the_end_is_counted(self):
        _, err = self.run_script(
            """
            import binnacle
            run = binnacle.init(project="p")
            wait = run._pipeline.wait
            def then(*arguments):
                done = wait(*arguments)
                for text in ("late", "later"): run.log_line(text)
                return done
            run._pipeline.wait = then
            run.log_line("in time")
            run.finish()
            run.log_line("last")
            """,
            COUNTED,
        )
        self.assertEqual(["in time"], self.server.messages())
        self.assertEqual(3, stats_in(err)["lines_dropped_end"])

    def test_a_process_without_threads_to_spare_runs_on(self):
        _, err = self.run_script(WITHOUT_THREADS % "binnacle")
        self.assertIn("can't start new thread", err)
        self.assertEqual([], self.left())

    def test_what_no_thread_can_send_waits_on_disk(self):
        self.run_script(WITHOUT_THREADS % "binnacle-send")
        self.assertEqual(1, len(self.left()))
        self.assertEqual(0, self.sync().returncode)
        self.assertEqual(["shown"], self.server.messages())

    def test_a_heartbeat_without_a_thread_keeps_nothing_from_being_sent(self):
        self.run_script(WITHOUT_THREADS % "binnacle-heartbeat")
        self.assertEqual(["shown"], self.server.messages())
        self.assertEqual([], self.left())


if __name__ == "__main__":
    unittest.main()
