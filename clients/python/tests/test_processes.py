"""Ends, signals, forks and descriptors, each in real processes."""

import os
import signal
import sys
import time
import unittest

from support import COUNTED, SdkTest, stats_in  # first: it makes the package importable
from fake_server import DEADLINE

PATIENT = "import binnacle.runs; binnacle.runs.SIGNAL_SECONDS = 60"
"""In a script: a signal's end takes its time on a machine with too much to do."""


class EndsTest(SdkTest):
    def status(self):
        run = self.server.the_run()
        return run["status"], run.get("exit_code")

    def test_the_end_of_the_script_ends_the_run(self):
        self.run_script("import binnacle; binnacle.init(project='p'); print('no newline', end='')")
        self.assertEqual(("FINISHED", 0), self.status())
        self.assertEqual(["no newline"], self.server.messages())

    def test_an_uncaught_exception_fails_the_run_and_is_stored_once(self):
        for console in ("wrap", "fd"):
            with self.subTest(console):
                self.server.runs.clear()
                self.server.streams.clear()
                _, err = self.run_script(
                    """
                    import sys
                    def earlier(kind, error, trace):
                        sys.stderr.write("earlier hook\\n")
                        sys.__excepthook__(kind, error, trace)
                    sys.excepthook = earlier
                    import binnacle
                    binnacle.init(project="p")
                    raise ValueError("no such thing")
                    """,
                    code=1,
                    BINNACLE_CONSOLE=console,
                )
                self.assertIn("earlier hook\nTraceback (most recent call last):", err)
                self.assertTrue(err.endswith("ValueError: no such thing\n"), err)
                self.assertEqual(("FAILED", 1), self.status())
                (line,) = self.server.lines()
                self.assertEqual(("CRITICAL", "stderr"), (line["level"], line["source"]))
                self.assertIn("ValueError: no such thing", line["message"])
                self.assertEqual("ValueError", line["fields"]["exc_type"])

    def test_what_ends_a_thread_is_stored_once_and_the_run_goes_on(self):
        for console in ("wrap", "fd"):
            with self.subTest(console):
                self.server.runs.clear()
                self.server.streams.clear()
                _, err = self.run_script(
                    """
                    import sys, threading
                    before = threading.excepthook
                    def earlier(failure):
                        sys.stderr.write("earlier hook\\n")
                        before(failure)
                    threading.excepthook = earlier
                    import binnacle
                    run = binnacle.init(project="p")
                    def work(error): raise error
                    for error in (ValueError("no such thing"), SystemExit(3)):
                        thread = threading.Thread(target=work, args=(error,), name="loader")
                        thread.start()
                        thread.join()
                    run.finish()
                    assert threading.excepthook is earlier
                    """,
                    BINNACLE_CONSOLE=console,
                )
                self.assertIn("earlier hook\nException in thread loader:\nTraceback", err)
                self.assertEqual(("FINISHED", 0), self.status())
                first, *more = self.server.lines()
                self.assertEqual(["earlier hook"], [line["message"] for line in more])
                self.assertEqual(("CRITICAL", "stderr"), (first["level"], first["source"]))
                self.assertIn("ValueError: no such thing", first["message"])
                self.assertEqual(
                    ("ValueError", "loader"),
                    (first["fields"]["exc_type"], first["fields"]["thread"]),
                )

    def test_exit_codes_decide(self):
        failed, finished = ("3", 3, "FAILED"), ("0", 0, "FINISHED")
        for argument, code, status in (failed, finished, ("", 0, "FINISHED")):
            with self.subTest(argument):
                self.server.runs.clear()
                self.run_script(
                    "import sys, binnacle; binnacle.init(project='p'); sys.exit(%s)" % argument,
                    code=code,
                )
                self.assertEqual((status, code), self.status())

    def test_finish_with_a_code_fails_the_run(self):
        self.run_script("import binnacle; r = binnacle.init(project='p'); r.finish(7); r.finish()")
        self.assertEqual(("FAILED", 7), self.status())

    def test_the_context_manager_tells_failure_from_success(self):
        self.run_script(
            """
            import binnacle
            try:
                with binnacle.init(project="p"):
                    1 / 0
            except ZeroDivisionError:
                pass
            """
        )
        self.assertEqual(("FAILED", 1), self.status())
        self.assertEqual("ZeroDivisionError", self.server.lines()[0]["fields"]["exc_type"])

    def test_sigterm_delivers_and_kills(self):
        process = self.start(
            "%s\nimport binnacle; binnacle.init(project='p'); print('working', flush=True); input()"
            % PATIENT
        )
        self.server.wait(lambda: self.server.messages() == ["working"])
        process.send_signal(signal.SIGTERM)
        process.communicate()
        self.assertEqual(-signal.SIGTERM, process.returncode)
        self.assertEqual(("KILLED", 143), self.status())
        self.assertEqual([], self.left())

    def test_sigterm_calls_the_earlier_handler_which_may_save_its_state(self):
        process = self.start(
            """
            import signal, sys
            def save(signum, frame):
                print("saving")
                sys.exit(0)
            signal.signal(signal.SIGTERM, save)
            import binnacle
            binnacle.init(project="p"); print("working"); input()
            """
        )
        self.server.wait(lambda: self.server.messages() == ["working"])
        process.send_signal(signal.SIGTERM)
        process.communicate()
        self.assertEqual(0, process.returncode)
        self.assertEqual(["working", "saving"], self.server.messages())
        self.assertEqual("KILLED", self.server.the_run()["status"])

    def test_sigterm_in_the_middle_of_prints_never_hangs(self):
        for _ in range(5):
            self.server.runs.clear()
            self.server.streams.clear()
            process = self.start(
                """
                %s
                import binnacle, logging
                binnacle.init(project="p")
                while True:
                    print("x" * 50); logging.warning("y"); print("a\\rb")
                """
                % PATIENT
            )
            # Somebody must read what the script writes.
            first = process.stdout.read(2000)
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=DEADLINE)
            self.assertTrue(first)
            self.assertEqual(-signal.SIGTERM, process.returncode)
            self.assertEqual("KILLED", self.server.the_run()["status"])

    def test_a_handler_that_prints_during_prints_does_no_harm(self):
        self.run_script(
            """
            import signal, binnacle
            count = 0
            def tick(signum, frame):
                global count
                if count < 1000:  # A slow machine may interrupt the handler with the next tick.
                    count += 1
                    run.log_line("tick")
            signal.signal(signal.SIGALRM, tick)
            run = binnacle.init(project="p")
            signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
            for i in range(20000): run.log_line("line %d" % i)
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            """
        )
        messages = self.server.messages()
        lines = [text for text in messages if text.startswith("line")]
        self.assertEqual(["line %d" % i for i in range(20000)], lines)
        self.assertEqual({"tick"}, {text for text in messages if not text.startswith("line")})

    def test_an_interrupt_kills_the_run(self):
        # What a shell starts in the background ignores interrupts, and so would this script.
        process = self.start(
            """
            import binnacle, signal
            signal.signal(signal.SIGINT, signal.default_int_handler)
            binnacle.init(project="p")
            print("x")
            signal.pause()
            """
        )
        self.server.wait(lambda: self.server.messages() == ["x"])
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(("KILLED", 130), self.status())

    def test_hooks_are_given_back(self):
        self.run_script(
            """
            import sys, signal, logging, threading
            def state():
                return (sys.excepthook, threading.excepthook, sys.exit,
                        signal.getsignal(signal.SIGTERM),
                        logging.Logger.callHandlers, logging.Handler.handle)
            before = state()
            import binnacle
            run = binnacle.init(project="p")
            assert state() != before
            run.finish()
            assert state() == before
            second = binnacle.init(project="p")
            assert second is not run
            second.finish()
            assert state() == before
            """
        )
        self.assertEqual(2, len(self.server.runs))


@unittest.skipUnless(hasattr(os, "fork"), "this system does not fork")
class ForkTest(SdkTest):
    def environment(self, **more):
        # From 3.12 on Python warns of forks in processes with threads, on stderr.
        return super().environment(PYTHONWARNINGS="ignore::DeprecationWarning", **more)

    def test_a_forked_child_is_a_sender_of_its_own(self):
        self.run_script(
            """
            import os, sys, binnacle
            run = binnacle.init(project="p")
            print("begun by the parent", end="")
            child = os.fork()
            if child == 0:
                print("from the child")
                run.flush()
                sys.exit(5)
            _, status = os.waitpid(child, 0)
            assert os.WEXITSTATUS(status) == 5
            print(" and ended")
            """
        )
        (child,) = [name for name in self.server.labels if "-child-" in name]
        self.assertEqual(["begun by the parent and ended"], self.server.messages())
        self.assertEqual(["from the child"], self.server.messages(child))
        self.assertEqual("main-child-" + self.server.labels[child]["pid"], child)
        self.assertEqual(2, len(self.server.clients))
        self.assertEqual("FINISHED", self.server.the_run()["status"])
        self.assertEqual([], self.left())

    def test_children_of_multiprocessing_deliver_before_they_end(self):
        self.run_script(
            """
            import multiprocessing, logging, binnacle
            def work(number):
                print("work", number)
                logging.warning("warn %d", number)
            if __name__ == "__main__":
                context = multiprocessing.get_context("fork")
                run = binnacle.init(project="p")
                children = [context.Process(target=work, args=(i,)) for i in range(3)]
                for child in children: child.start()
                for child in children: child.join()
                silent = context.Process(target=int); silent.start(); silent.join()
                print("done")
            """
        )
        children = [name for name in self.server.labels if "-child-" in name]
        found = sorted(text for name in children for text in self.server.messages(name))
        self.assertEqual(
            ["warn 0", "warn 1", "warn 2", "work 0", "work 1", "work 2"], found
        )
        self.assertEqual(3, len(children))
        self.assertEqual(["done"], self.server.messages())

    def test_what_ends_a_child_of_multiprocessing_is_stored(self):
        for method in ("fork", "spawn", "forkserver"):
            with self.subTest(method):
                self.server.streams.clear()
                self.server.runs.clear()
                _, err = self.run_script(
                    """
                    import multiprocessing, sys, binnacle
                    def work(how):
                        binnacle.init(project="p", stream="worker")  # Of no effect where forked.
                        if how == "raise": raise ValueError("no such thing")
                        if how == "exit": sys.exit(3)
                        try: raise KeyError("caught")
                        except KeyError: print("caught")
                    if __name__ == "__main__":
                        context = multiprocessing.get_context("%s")
                        binnacle.init(project="p")
                        try: raise OSError("the parent's own")
                        except OSError:  # Which a forked child sees being handled, too.
                            for how in ("raise", "exit", "end"):
                                child = context.Process(target=work, args=(how,))
                                child.start(); child.join()
                    """
                    % method,
                )
                self.assertIn("ValueError: no such thing\n", err)
                streams = {name for _, name in self.server.streams}
                lines = [line for name in streams for line in self.server.lines(name)]
                critical = [line for line in lines if line["level"] == "CRITICAL"]
                self.assertEqual(["ValueError"], [l["fields"]["exc_type"] for l in critical])
                ordinary = [line["message"] for line in lines if line not in critical]
                self.assertEqual(["caught"], ordinary)

    def test_a_run_of_a_child_of_multiprocessing_ends_with_it(self):
        for body, expected in (
            ("print('x')", ("FINISHED", 0)),
            ("raise ValueError('x')", ("FAILED", 1)),
            ("sys.exit(3)", ("FAILED", 3)),
            ("raise SystemExit(4)", ("FAILED", 4)),
            ("raise KeyboardInterrupt", ("KILLED", 130)),
        ):
            with self.subTest(body):
                self.server.runs.clear()
                self.run_script(
                    """
                    import multiprocessing, sys, binnacle
                    def work():
                        run = binnacle.init(project="p")
                        print("last words")
                        %s
                    if __name__ == "__main__":
                        context = multiprocessing.get_context("fork")
                        child = context.Process(target=work)
                        child.start(); child.join()
                    """
                    % body,
                )
                run = self.server.the_run()
                self.assertEqual(expected, (run["status"], run["exit_code"]))
                self.assertIn("last words", self.server.messages())
                self.assertEqual([], self.left())

    def test_metrics_that_wait_are_the_parent_s(self):
        self.run_script(
            """
            import os, sys, binnacle
            run = binnacle.init(project="p")
            run.log({"a": 1}, commit=False)
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                os.read(reading, 1)
                sys.exit()
            run.log({"a": 2})
            run.flush()
            os.write(writing, b"x")
            os.waitpid(child, 0)
            """
        )
        self.assertEqual({("a", 0): 2}, {k[1:]: v for k, v in self.server.metrics.items()})

    def test_a_child_writes_notices_nowhere_but_on_its_stderr(self):
        self.run_script(
            """
            import os, sys, binnacle
            run = binnacle.init(project="p", capture_logs="fd")
            child = os.fork()
            if child == 0:
                files = [open("file%d" % number, "wb") for number in range(20)]
                run._notices.say("away")
                sys.exit()
            os.waitpid(child, 0)
            """
        )
        self.assertEqual({0}, {path.stat().st_size for path in self.directory.glob("file*")})

    def test_a_fork_while_threads_print_does_not_hang(self):
        self.run_script(
            """
            import os, threading, binnacle
            run = binnacle.init(project="p")
            def speak():
                for _ in range(10000): run.log_line("x")
            threads = [threading.Thread(target=speak) for _ in range(3)]
            for t in threads: t.start()
            for i in range(10):
                child = os.fork()
                if child == 0:
                    run.log_line("child"); run.flush(); os._exit(0)
                os.waitpid(child, 0)
            for t in threads: t.join()
            """
        )
        children = [name for name in self.server.labels if "-child-" in name]
        self.assertEqual(10, sum(len(self.server.messages(name)) for name in children))
        self.assertEqual(30000, len(self.server.messages()))


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
