"""What a script can do, each in a real process against a real server."""

import os
import unittest

from support import SdkTest

MANUAL_TEST = """
import binnacle as wandb

# Initialize run with log capture
run = wandb.init(project="test-logs", name="log-test", capture_logs=True)

# Test stdout capture
print("This is an info message")
print("Line 1")
print("Line 2")
print("Line 3")

# Test stderr capture
import sys
print("This is an error", file=sys.stderr)

# Test logging module
import logging
logging.basicConfig(level=logging.INFO)
logging.info("Info via logging module")
logging.warning("Warning via logging module")
logging.error("Error via logging module")

# Finish run
wandb.finish()
"""


class SurfaceTest(SdkTest):
    def check_manual_test(self, **environment):
        out, err = self.run_script(MANUAL_TEST, **environment)
        self.assertEqual("This is an info message\nLine 1\nLine 2\nLine 3\n", out)
        run = self.server.the_run()
        first, *shown = err.splitlines()
        self.assertEqual(
            "binnacle: run log-test at %s/runs/%s" % (self.server.url, run["run_id"]), first
        )
        self.assertEqual(
            [
                "This is an error",
                "INFO:root:Info via logging module",
                "WARNING:root:Warning via logging module",
                "ERROR:root:Error via logging module",
            ],
            shown,
        )
        stored = sorted(
            (line["source"], line["level"], line["message"]) for line in self.server.lines()
        )
        self.assertEqual(
            [
                ("sdk", "ERROR", "Error via logging module"),
                ("sdk", "INFO", "Info via logging module"),
                ("sdk", "WARNING", "Warning via logging module"),
                ("stderr", "INFO", "This is an error"),
                ("stdout", "INFO", "Line 1"),
                ("stdout", "INFO", "Line 2"),
                ("stdout", "INFO", "Line 3"),
                ("stdout", "INFO", "This is an info message"),
            ],
            stored,
        )
        self.assertEqual(list(range(1, 9)), [line["line_number"] for line in self.server.lines()])
        self.assertEqual(("FINISHED", 0), (run["status"], run["exit_code"]))
        self.assertEqual([], self.left())

    def test_the_manual_test_script_runs_but_for_its_import(self):
        self.check_manual_test()

    def test_it_runs_as_well_with_redirected_descriptors(self):
        self.check_manual_test(BINNACLE_CONSOLE="fd")

    def test_a_run_says_what_it_is(self):
        self.run_script(
            """
            import sys
            sys.argv = ["train.py", "--lr", "0.1"]
            import binnacle
            run = binnacle.init(project="My Project", name="n", config={"lr": 0.1, "x": {1: [2]}},
                                tags=["a", "b"], notes="why", release="1.2", environment="lab",
                                service="trainer")
            assert (run.name, run.notes, run.tags) == ("n", "why", ("a", "b"))
            run.name, run.notes, run.tags = "renamed", "because", run.tags + ("c",)
            run.config.lr = 0.2
            run.config.update({"depth": 3})
            binnacle.config["width"] = float("inf")
            assert binnacle.run is run and binnacle.init() is run
            run.finish()
            assert binnacle.run is None
            """
        )
        run = self.server.the_run()
        self.assertEqual("my-project", run["project"])
        self.assertEqual("My Project", run["project_name"])
        self.assertEqual(
            {"lr": 0.2, "x": {"1": [2]}, "depth": 3, "width": "Infinity"}, run["config"]
        )
        self.assertEqual((["a", "b", "c"], "because"), (run["tags"], run["notes"]))
        self.assertEqual("renamed", run["name"])
        self.assertEqual("train.py --lr 0.1", run["command"])
        self.assertEqual(
            ("1.2", "lab", "trainer"), (run["release"], run["environment"], run["service"])
        )
        self.assertRegex(run["started_at"], r"^\d{4}-\d\d-\d\dT.*Z$")

    def test_metrics_are_stored_by_step(self):
        self.run_script(
            """
            import binnacle as wandb
            class Tensor:
                def item(self): return 0.25
            with wandb.init(project="p") as run:
                wandb.log({"loss": 1.0, "ok": True, "word": "no number"})
                wandb.log({"loss": 0.5, "val": {"acc": Tensor()}})
                run.log({"a": 1}, step=10, commit=False)
                run.log({"b": 2}, step=10)
                run.log({"bad": float("nan")})
                assert run.step == 12, run.step
                assert run.summary["loss"] == 0.5
                run.summary["best"] = 0.9
            """
        )
        self.assertEqual(
            {
                ("loss", 0): 1.0,
                ("ok", 0): 1,
                ("loss", 1): 0.5,
                ("val.acc", 1): 0.25,
                ("a", 10): 1,
                ("b", 10): 2,
                ("bad", 11): "NaN",
                ("best", 11): 0.9,
            },
            {(name, step): value for (_, name, step), value in self.server.metrics.items()},
        )

    def test_lines_can_be_given_with_level_source_and_fields(self):
        self.run_script(
            """
            import binnacle
            run = binnacle.init(project="p", capture_logs=False)
            print("not captured")
            run.log_line("two\\nlines", level="NOTICE", source="tool", timestamp=1700000000.5,
                         fields={"k": [1, {"x": None}]})
            run.error("bad", code=7)
            binnacle.log_line("lone \\ud800 surrogate and \\0")
            run.finish()
            run.log_line("too late")
            """
        )
        one, two, three = self.server.lines()
        self.assertEqual(
            ("two\nlines", "NOTICE", "tool", {"k": [1, {"x": None}]}, 1),
            tuple(one[k] for k in ("message", "level", "source", "fields", "line_number")),
        )
        self.assertEqual("2023-11-14T22:13:20.500000000Z", one["timestamp"])
        self.assertEqual(
            ("bad", "ERROR", {"code": 7}), (two["message"], two["level"], two["fields"])
        )
        self.assertEqual("lone ? surrogate and \0", three["message"])

    def test_streams_stay_what_they_were(self):
        out, _ = self.run_script(
            """
            import sys, io
            def state():
                return [(s, s.encoding, s.errors, s.fileno(), s.isatty())
                        for s in (sys.stdout, sys.stderr)]
            before = state()
            import binnacle
            run = binnacle.init(project="p")
            assert before == state()
            assert isinstance(sys.stdout, io.TextIOWrapper)
            assert print("x", end="") is None and sys.stdout.write("yz\\n") == 3
            sys.stdout.writelines(["a\\n", "b\\n"])
            try:
                sys.stdout.write(5)
            except TypeError:
                print("TypeError")
            run.finish()
            assert "write" not in vars(sys.stdout)
            print("after")
            """
        )
        self.assertEqual("xyz\na\nb\nTypeError\nafter\n", out)
        self.assertEqual(["xyz", "a", "b", "TypeError"], self.server.messages())

    def test_nothing_happens_when_disabled(self):
        _, err = self.run_script(
            """
            import binnacle
            run = binnacle.init(project="p")
            print("x")
            run.log({"a": 1}); run.log_line("y"); run.config.z = 1; run.flush()
            run.finish()
            """,
            BINNACLE_MODE="disabled",
        )
        self.assertEqual("", err)
        self.assertEqual([], self.server.requests)
        self.assertEqual([], self.left())

    def test_the_environment_is_taken_where_arguments_are_missing(self):
        run_id = "018f2f3e-0000-7000-8000-00000000000a"
        self.run_script(
            "import binnacle; binnacle.init(entity='x', group='y'); print('hello')",
            BINNACLE_PROJECT="env-project",
            BINNACLE_RUN_ID=run_id,
            BINNACLE_API_KEY="bnk_secret",
            RANK="3",
            WORLD_SIZE="8",
        )
        self.assertEqual("env-project", self.server.runs[run_id]["project"])
        self.assertEqual(["hello"], self.server.messages("rank-3"))
        labels = self.server.labels["rank-3"]
        self.assertEqual(("3", "8"), (labels["rank"], labels["world_size"]))
        self.assertTrue(labels["host"] and labels["pid"])
        self.assertTrue(all(h["X-API-Key"] == "bnk_secret" for _, _, h, _ in self.server.requests))
        # A worker's end is not the run's.
        self.assertEqual("RUNNING", self.server.runs[run_id]["status"])

    def test_two_processes_of_a_run_are_two_senders(self):
        run_id = "018f2f3e-0000-7000-8000-00000000000b"
        script = "import binnacle; binnacle.init(); print('hello')"
        first = self.start(script, BINNACLE_RUN_ID=run_id, RANK="0")
        second = self.start(script, BINNACLE_RUN_ID=run_id, RANK="1")
        first.communicate()
        second.communicate()
        self.assertEqual(2, len(self.server.clients))
        self.assertEqual(["hello"], self.server.messages("rank-0"))
        self.assertEqual(["hello"], self.server.messages("rank-1"))

    def test_a_redaction_hook_sees_everything_and_fails_safely(self):
        self.run_script(
            """
            import binnacle, logging
            def hide(text):
                if "boom" in text: raise ValueError(text)
                return text.replace("sk-123", "***")
            run = binnacle.init(project="p", redact=hide)
            print("key sk-123"); print("boom sk-123")
            logging.warning("w %s", "sk-123", extra={"token": "sk-123"})
            """
        )
        messages = self.server.messages()
        self.assertEqual(
            ["key ***", "[not shown: the redaction hook failed]", "w ***"], messages
        )
        self.assertEqual("***", self.server.lines()[2]["fields"]["token"])

    def test_long_bodies_are_compressed_and_short_ones_are_not(self):
        self.run_script("import binnacle; binnacle.init(project='p'); print('x' * 5000)")
        sizes = {
            headers.get("Content-Encoding"): size
            for _, path, headers, size in self.server.requests
            if path.endswith("/batch")
        }
        self.assertEqual(["gzip"], list(sizes))
        self.assertLess(sizes["gzip"], 1000)
        plain = [s for _, _, h, s in self.server.requests if "Content-Encoding" not in h]
        self.assertTrue(plain and max(plain) < 1024)

    def test_without_a_writable_spool_everything_still_arrives(self):
        blocked = self.directory / "file"
        blocked.write_text("")
        _, err = self.run_script(
            "import binnacle; binnacle.init(project='p'); print('hello')",
            BINNACLE_SPOOL_DIR=str(blocked / "spool"),
        )
        self.assertIn("no spool", err)
        self.assertEqual(["hello"], self.server.messages())

    def test_git_commit_is_read_without_git(self):
        git = self.directory / ".git"
        os.makedirs(str(git / "refs" / "heads"))
        (git / "HEAD").write_text("ref: refs/heads/main\n")
        (git / "refs" / "heads" / "main").write_text("a" * 40 + "\n")
        self.run_script("import binnacle; binnacle.init(project='p')")
        self.assertEqual("a" * 40, self.server.the_run()["git_commit"])


if __name__ == "__main__":
    unittest.main()
