"""``capture_logs="fd"``: native writers, child processes, terminals, and the relay."""

import os
import signal
import sys
import time
import unittest

from support import COUNTED, PATIENT, SdkTest, stats_in  # first: it makes the package importable
from fake_server import DEADLINE


@unittest.skipUnless(os.name == "posix", "descriptors are redirected on POSIX only")
class DescriptorTest(SdkTest):
    def test_native_writers_and_child_processes_are_caught_and_shown(self):
        out, err = self.run_script(
            """
            import os, subprocess, sys, binnacle
            run = binnacle.init(project="p", capture_logs="fd")
            print("python", flush=True)
            os.write(1, b"native\\n")
            os.write(2, b"native error\\n")
            subprocess.run(["sh", "-c", "echo child; echo child error >&2"])
            os.write(1, "ünicode\\n".encode() + b"\\xff\\n")
            run.finish()
            print("after", flush=True)
            os.write(1, b"native after\\n")
            """
        )
        shown = "python\nnative\nchild\nünicode\n"
        self.assertTrue(out.startswith(shown), out)
        self.assertTrue(out.endswith("after\nnative after\n"), out)
        self.assertTrue(err.endswith("native error\nchild error\n"), err)
        by_source = {"stdout": [], "stderr": []}
        for line in self.server.lines():
            by_source[line["source"]].append(line["message"])
        self.assertEqual(["python", "native", "child", "ünicode", "\ufffd"], by_source["stdout"])
        self.assertEqual(["native error", "child error"], by_source["stderr"])

    def test_a_terminal_stays_a_terminal(self):
        import pty

        master, slave = pty.openpty()
        path = self.directory / "terminal.py"
        path.write_text(
            "import os, sys, binnacle\n"
            "run = binnacle.init(project='p', capture_logs='fd')\n"
            "print(sys.stdout.isatty(), os.isatty(1), os.isatty(2))\n"
            "run.finish()\n"
        )
        import subprocess

        process = subprocess.Popen(
            [sys.executable, str(path)], stdout=slave, stderr=slave, env=self.environment()
        )
        os.close(slave)
        shown = b""
        while True:
            try:
                data = os.read(master, 1000)
            except OSError:
                break
            if not data:
                break
            shown += data
        process.wait()
        os.close(master)
        self.assertIn(b"True True True\r\n", shown)
        self.assertEqual(["True True True"], self.server.messages())

    def test_a_child_that_outlives_the_script_can_still_write(self):
        process = self.start(
            """
            import subprocess, binnacle
            binnacle.init(project="p", capture_logs="fd")
            subprocess.Popen(["sh", "-c", "read go; echo still here; echo and here"])
            """
        )
        self.server.wait(lambda: self.server.runs and self.server.the_run()["status"] == "FINISHED")
        process.wait()
        self.go(process)
        self.assertEqual("still here\nand here\n", process.stdout.read())

    def test_exits_and_interrupts_are_as_without(self):
        for end, code, status in (
            ("sys.exit(3)", 3, ("FAILED", 3)),
            ("sys.exit('no such thing')", 1, ("FAILED", 1)),
            ("raise KeyboardInterrupt", -signal.SIGINT, ("KILLED", 130)),
        ):
            with self.subTest(end):
                self.server.runs.clear()
                self.server.streams.clear()
                out, err = self.run_script(
                    """
                    import sys, binnacle
                    binnacle.init(project="p", capture_logs="fd")
                    print("last words")
                    %s
                    """
                    % end,
                    code=code,
                )
                run = self.server.the_run()
                self.assertEqual(status, (run["status"], run["exit_code"]))
                self.assertEqual("last words\n", out)
                self.assertIn("last words", self.server.messages())
                self.assertEqual("no such thing" in end, err.endswith("no such thing\n"))

    def test_sigterm_delivers_and_kills(self):
        process = self.start(
            "%s\nimport binnacle; binnacle.init(project='p', capture_logs='fd')\n"
            "print('working', flush=True); input()" % PATIENT
        )
        self.server.wait(lambda: self.server.messages() == ["working"])
        process.send_signal(signal.SIGTERM)
        process.communicate()
        self.assertEqual(-signal.SIGTERM, process.returncode)
        self.assertEqual("KILLED", self.server.the_run()["status"])

    def test_sigterm_is_not_held_up_longer_by_a_terminal_that_does_not_read(self):
        process = self.start(
            """
            import os, binnacle, binnacle.runs
            binnacle.runs.SIGNAL_SECONDS = 1
            run = binnacle.init(project="p", capture_logs="fd")
            os.write(1, b"x\\n" * 60_000)  # What the pipe behind does not take, the one before.
            run.log_line("written")
            input()
            """
        )
        self.server.wait(lambda: "written" in self.server.messages())
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        self.assertEqual(-signal.SIGTERM, process.wait(DEADLINE))
        self.assertLess(time.monotonic() - began, 9)

    def test_a_relay_that_dies_takes_neither_the_script_nor_its_capture_along(self):
        process = self.start(
            """
            import os, signal, sys, binnacle
            run = binnacle.init(project="p", capture_logs="fd")
            print("before", flush=True)
            input()
            while "relays_lost" not in run.stats():
                capture = run._console._descriptors
                os.kill(capture._relay.pid, signal.SIGKILL)
                capture._reader.join()
            print("after", flush=True)
            print("error", file=sys.stderr)
            os.write(1, b"native\\n")
            assert os.system("echo child") == 0
            run.finish()
            print("at the end")
            """,
            COUNTED,
        )
        self.server.wait(lambda: self.server.messages() == ["before"])
        out, err = process.communicate("\n", timeout=DEADLINE)
        self.assertEqual(0, process.returncode, err)
        self.assertEqual("before\nafter\nnative\nchild\nat the end\n", out)
        self.assertEqual(1, err.count("binnacle: the relay process died"), err)
        found = sorted(self.server.messages())
        self.assertEqual(["after", "before", "error"], found)
        self.assertEqual(1, stats_in(err)["relays_lost"])

    def test_much_output_passes_whole(self):
        out, _ = self.run_script(
            """
            import os, binnacle
            run = binnacle.init(project="p", capture_logs="fd")
            for part in range(100):
                os.write(1, b"".join(b"line %d\\n" % (part * 100 + i) for i in range(100)))
            """
        )
        expected = ["line %d" % i for i in range(10000)]
        self.assertEqual(expected, out.splitlines())
        self.assertEqual(expected, self.server.messages())


if __name__ == "__main__":
    unittest.main()
