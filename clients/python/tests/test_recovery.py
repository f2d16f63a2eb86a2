"""What a process leaves in the spool, and who delivers it: every line once, or counted."""

import json
from unittest import main

from support import COUNTED, IMPATIENT, SdkTest, stats_in

RUN_ID = "018f2f3e-0000-7000-8000-00000000000e"


class RecoveryTest(SdkTest):
    def test_a_run_begins_and_ends_without_a_server_and_is_delivered_by_the_next_one(self):
        self.server.stop()
        out, err = self.run_script(
            """
            %s
            import binnacle
            run = binnacle.init(project="p", name="first")
            for i in range(1500): print(i)
            run.log({"loss": 1}, step=3)
            run.finish()
            """
            % IMPATIENT
        )
        self.assertIn("cannot be reached", err)
        self.assertIn("1500 log lines", err)
        self.assertEqual(1, len(self.left()))
        self.server.start()
        next_run = self.start("import binnacle; binnacle.init(project='p', name='next'); input()")
        self.server.wait(
            lambda: any(
                r["name"] == "first" and r["status"] == "FINISHED"
                for r in self.server.runs.values()
            )
        )
        self.until(lambda: len(self.left()) == 1)
        self.go(next_run)
        next_run.communicate()
        first = [r for r in self.server.runs.values() if r["name"] == "first"][0]
        self.assertEqual([str(i) for i in range(1500)], self.server.messages())
        self.assertEqual(1, self.server.metrics[first["run_id"], "loss", 3])
        self.assertEqual([], self.left())

    def test_a_wrong_key_keeps_everything_until_there_is_a_right_one(self):
        for _ in range(20):
            self.server.answers.append(("/runs", 401, {}, {"code": "unauthenticated"}))
        _, err = self.run_script(
            IMPATIENT + "\nimport binnacle; binnacle.init(project='p'); print('kept')"
        )
        self.assertIn("does not let this key in (unauthenticated)", err)
        self.assertEqual(1, len(self.left()))
        for path in self.spool.glob("*/*"):
            self.assertNotIn(b"bnk_test", path.read_bytes())
        self.server.answers.clear()
        result = self.sync()
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertIn("lines_sent: 1", result.stdout)
        self.assertEqual(["kept"], self.server.messages())
        self.assertEqual([], self.left())

    def test_what_is_on_disk_survives_kill_9_and_comes_once_in_order(self):
        run_id = "018f2f3e-0000-7000-8000-00000000000d"
        committed = []

        def lose_second(path):
            if path.endswith("/batch"):
                committed.append(path)
                return len(committed) > 1
            return False

        self.server.after_commit = lose_second
        process = self.start(
            """
            import binnacle, sys
            run = binnacle.init(project="p")
            print("0"); run.flush()
            for i in range(1, 700): print(i)
            sys.stdout.flush()
            input()
            """,
            BINNACLE_RUN_ID=run_id,
        )
        # The server has stored more than it could acknowledge; the rest is on disk.
        self.server.wait(lambda: len(committed) > 1)
        self.until(lambda: self.lines_on_disk() >= 699)
        process.kill()
        process.communicate()
        self.server.after_commit = None
        self.assertEqual(1, len(self.left()))
        self.run_script(
            "import binnacle; binnacle.init(project='p'); print('resumed')",
            BINNACLE_RUN_ID=run_id,
        )
        self.assertEqual([str(i) for i in range(700)] + ["resumed"], self.server.messages())
        self.assertGreaterEqual(self.server.repeated, 1)
        self.assertEqual([], self.left())

    def test_leftovers_of_a_deleted_run_are_counted_and_removed(self):
        self.server.stop()
        self.run_script(IMPATIENT + "\nimport binnacle; binnacle.init(project='p'); print(1)")
        self.server.start()
        (name,) = self.left()
        self.server.deleted.add(name.split(".")[0])
        result = self.sync()
        self.assertEqual(0, result.returncode)
        self.assertIn("lines_dropped_closed: 1", result.stdout)
        self.assertEqual([], self.left())

    def test_a_living_process_s_spool_is_not_touched_by_others(self):
        self.server.stop()
        process = self.start(
            "import binnacle, binnacle.pace; binnacle.pace.SLOW_SECONDS = 0.01\n"
            "binnacle.init(project='p'); print('mine'); input()"
        )
        self.until(lambda: self.spooled() > 0)
        self.server.start()
        self.assertIn("1 senders are still running", self.sync().stdout)
        self.go(process)
        process.communicate()
        self.assertEqual(["mine"], self.server.messages())

    def test_a_full_spool_drops_the_oldest_and_says_so_in_the_log(self):
        self.server.stop()
        _, err = self.run_script(
            """
            import binnacle, os
            %s
            run = binnacle.init(project="p")
            for part in range(60):
                # Hardly compressible, so that the small spool fills up.
                for i in range(part * 20, part * 20 + 20):
                    run.log_line(i, fields={"x": os.urandom(1500).hex()})
                run.flush()
            run.finish()
            """
            % IMPATIENT,
            COUNTED,
            BINNACLE_SPOOL_MAX_BYTES="400000",
        )
        dropped = stats_in(err)["lines_dropped_spool"]
        self.assertGreater(dropped, 100)
        self.server.start()
        self.assertEqual(0, self.sync().returncode)
        lines = self.server.lines()
        kept = [int(line["message"]) for line in lines if line["source"] == "user"]
        self.assertEqual(sorted(kept), kept)
        # Client line numbers count every line, also those that say where others are missing.
        self.assertEqual(lines[-1]["line_number"], len(lines) + dropped)
        gaps = [line for line in lines if line["source"] == "sdk"]
        self.assertTrue(gaps)
        self.assertEqual("WARNING", gaps[-1]["level"])
        self.assertEqual("spool", gaps[-1]["fields"]["reason"])
        self.assertEqual(dropped, gaps[-1]["fields"]["dropped_total"])

    def test_a_damaged_spool_delivers_what_can_be_read(self):
        self.server.stop()
        self.run_script(
            """
            import binnacle
            %s
            run = binnacle.init(project="p")
            print("good"); run.flush()
            """
            % IMPATIENT
        )
        (segment,) = self.spool.glob("*/*.seg")
        with open(str(segment), "ab") as file:
            file.write(b"BNS1 torn")
        self.server.start()
        result = self.sync()
        self.assertEqual(0, result.returncode)
        self.assertIn("damaged", result.stderr)
        self.assertEqual(["good"], self.server.messages())

    def lines_on_disk(self):
        from binnacle.spool import LOGS, SpoolDamage, read_segments

        lines = 0
        for path in self.spool.iterdir():
            try:
                for batch in read_segments(path):
                    lines += batch.items if batch.kind == LOGS else 0
            except SpoolDamage:
                pass  # The writer is in the middle of a record.
        return lines

    def test_nonsense_in_the_spool_holds_nobody_up(self):
        for name, text in (
            ("a", "no json"),
            ("b", "[]"),
            ("c", json.dumps({"url": self.server.url, "run": []})),
            ("d", json.dumps({"url": self.server.url, "run": {"run_id": 5}})),
            ("e", json.dumps({"url": self.server.url, "run": {"run_id": RUN_ID}})),
        ):
            (self.spool / name).mkdir(parents=True)
            (self.spool / name / "meta.json").write_text(text)
        whole = {
            "url": self.server.url,
            "project": "p",
            "client_id": "c",
            "run": {"run_id": RUN_ID, "name": "n"},
        }
        (self.spool / "f" / "00000001.seg").mkdir(parents=True)  # cannot be read
        (self.spool / "g" / "acked").mkdir(parents=True)  # neither
        (self.spool / "g" / "meta.json").write_text(json.dumps(whole))
        (self.spool / "f" / "meta.json").write_text(json.dumps(whole))
        self.run_script(
            "import binnacle; binnacle.init(project='p'); print('hello')", BINNACLE_RUN_ID=RUN_ID
        )
        self.assertEqual(["hello"], self.server.messages())

    def test_a_sender_without_rights_does_not_hold_up_the_others(self):
        self.server.stop()
        for project in ("a", "b"):
            script = "\nimport binnacle; binnacle.init(project='%s'); print('%s')"
            self.run_script(IMPATIENT + script % (project, project))
        self.server.start()
        self.server.answers.append(("/projects/", 403, {}, {"code": "forbidden"}))
        self.assertEqual(1, self.sync().returncode)
        self.assertEqual(1, len(self.left()))
        self.assertEqual(0, self.sync().returncode)
        self.assertEqual(["a", "b"], sorted(self.server.messages()))

    def test_the_next_run_of_the_same_process_delivers_what_the_last_one_could_not(self):
        self.server.stop()
        process = self.start(
            """
            import binnacle
            %s
            run = binnacle.init(project="p")
            print("first"); run.finish(); input()
            run = binnacle.init(project="p"); print("second"); input()
            """
            % IMPATIENT
        )
        self.until(lambda: self.spooled() > 0)
        self.go(process)
        self.server.start()
        self.server.wait(lambda: sorted(self.server.messages()) == ["first", "second"])
        self.until(lambda: len(self.left()) == 1)
        self.go(process)
        process.communicate()
        self.assertEqual([], self.left())

    def test_a_disk_that_is_full_for_a_while_costs_nothing(self):
        self.server.stop()
        process = self.start(
            """
            import binnacle, os, resource
            %s
            run = binnacle.init(project="p")
            def give(numbers):
                for i in numbers: run.log_line(i, fields={"x": os.urandom(500).hex()})
                run.flush()
            give(range(10))
            resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, resource.RLIM_INFINITY))
            for part in range(10): give(range(10 + 20 * part, 30 + 20 * part))
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
            give(range(210, 300))
            print("ready", flush=True)
            input()
            run.finish()
            """
            % IMPATIENT,
            COUNTED,
        )
        self.assertEqual("ready", process.stdout.readline().strip())
        self.server.start()
        self.go(process)
        _, err = process.communicate()
        stats = stats_in(err)
        self.assertGreater(stats["spool_failures"], 0)
        numbers = [line["message"] for line in self.server.lines()]
        self.assertEqual([str(i) for i in range(300)] + ["ready"], numbers)
        self.assertEqual([], self.left())


if __name__ == "__main__":
    main()
