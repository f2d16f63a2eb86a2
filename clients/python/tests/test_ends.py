"""Ends of scripts: exits, exceptions and signals, in real processes."""

import signal
import unittest

from support import PATIENT, SdkTest  # first: it makes the package importable
from fake_server import DEADLINE


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


if __name__ == "__main__":
    unittest.main()
