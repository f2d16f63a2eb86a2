"""Records of the logging module: true level, fields, once, and the screen as ever."""

import json
import logging
import unittest

from support import SdkTest

from binnacle.loghook import line_of


class LoggingTest(SdkTest):
    def test_level_exception_and_extra_are_kept(self):
        self.run_script(
            """
            import logging, binnacle
            binnacle.init(project="p")
            logging.addLevelName(22, "MILESTONE")
            log = logging.getLogger("my.model")
            log.setLevel(1)
            log.debug("d"); log.log(22, "m"); log.log(35, "between"); log.critical("c")
            log.info("two\\nlines %d", 5, extra={"epoch": 3, "thing": object})
            try: {}["key"]
            except KeyError: log.exception("failed")
            """
        )
        lines = self.server.lines()
        self.assertEqual(
            ["DEBUG", "MILESTONE", "WARNING", "CRITICAL", "INFO", "ERROR"],
            [line["level"] for line in lines],
        )
        self.assertEqual({"sdk"}, {line["source"] for line in lines})
        self.assertEqual("two\nlines 5", lines[4]["message"])
        fields = lines[4]["fields"]
        self.assertEqual((3, "my.model"), (fields["epoch"], fields["logger"]))
        self.assertEqual("<class 'object'>", fields["thing"])
        failed = lines[5]
        self.assertRegex(failed["message"], r"\Afailed\nTraceback[^\0]*\nKeyError: 'key'\Z")
        exception = {name: failed["fields"][name] for name in ("exc_type", "exc_message")}
        self.assertEqual({"exc_type": "KeyError", "exc_message": "'key'"}, exception)
        self.assertEqual("KeyError: 'key'", failed["fields"]["exc_info"])

    def test_a_message_is_what_the_screen_shows_with_traceback_and_stack_once(self):
        for console in ("wrap", "fd"):
            with self.subTest(console):
                self.server.streams.clear()
                _, err = self.run_script(
                    """
                    import logging, binnacle
                    binnacle.init(project="p", quiet=True)
                    logging.basicConfig(format="%(message)s")
                    def fail():
                        try: {}["key"]
                        except KeyError as error: raise ValueError("no such") from error
                    try: fail()
                    except ValueError: logging.exception("caught", stack_info=True)
                    """,
                    BINNACLE_CONSOLE=console,
                )
                (line,) = self.server.lines()
                self.assertEqual(err, line["message"] + "\n")
                self.assertNotIn("Traceback", str(line["fields"]))
                self.assertNotIn("stack_info", line["fields"])

    def test_a_record_without_an_exception_has_none_in_its_message(self):
        self.run_script(
            """
            import logging, binnacle
            binnacle.init(project="p")
            logging.error("none", exc_info=None)
            logging.exception("nothing is being handled")
            """
        )
        self.assertEqual(["none", "nothing is being handled"], self.server.messages())
        self.assertFalse([n for l in self.server.lines() for n in l["fields"] if "exc_" in n])

    def test_the_text_of_an_exception_from_another_process_is_kept(self):
        sent = {"msg": "far", "levelno": 40, "exc_text": "Traceback …\nOSError: x"}
        line = line_of(logging.makeLogRecord(sent))
        self.assertEqual("far\nTraceback …\nOSError: x", line.message)
        self.assertEqual("OSError: x", json.loads(line.fields)["exc_info"])

    def test_the_screen_is_the_same_with_and_without(self):
        script = """
            import logging, sys
            import binnacle
            run = binnacle.init(project="p", quiet=True)
            logging.warning("before any configuration")
            logging.getLogger("lib").error("from a library")
            logging.basicConfig(level=logging.DEBUG, format="%%(levelname)s|%%(message)s", force=%s)
            logging.debug("after")
            logging.getLogger("lib").info("too")
            """
        for force in ("True", "False"):
            with self.subTest(force):
                plain = self.run_script(script % force, BINNACLE_MODE="disabled")
                self.assertEqual(plain, self.run_script(script % force))
                self.assertEqual(
                    plain, self.run_script(script % force, BINNACLE_CONSOLE="fd")
                )

    def test_a_record_of_several_handlers_and_queues_is_stored_once(self):
        for console in ("wrap", "fd"):
            with self.subTest(console):
                self.server.streams.clear()
                out, err = self.run_script(
                    """
                    import logging, logging.handlers, queue, sys, binnacle
                    binnacle.init(project="p")
                    waiting = queue.Queue()
                    log = logging.getLogger()
                    log.setLevel(logging.INFO)
                    log.addHandler(logging.StreamHandler(sys.stdout))
                    log.addHandler(logging.StreamHandler())
                    log.addHandler(binnacle.BinnacleHandler())
                    log.addHandler(logging.handlers.QueueHandler(waiting))
                    listener = logging.handlers.QueueListener(waiting, logging.StreamHandler())
                    listener.start()
                    logging.info("once")
                    listener.stop()
                    print("once")
                    """,
                    BINNACLE_CONSOLE=console,
                )
                self.assertEqual((2, 2), (out.count("once"), err.count("once\n")))
                found = sorted((l["source"], l["message"]) for l in self.server.lines())
                self.assertEqual([("sdk", "once"), ("stdout", "once")], found)

    def test_a_record_below_nested_bars_is_stored_once_and_in_its_place(self):
        for console in ("wrap", "fd"):
            with self.subTest(console):
                self.server.streams.clear()
                self.run_script(
                    """
                    import logging, sys, binnacle
                    binnacle.init(project="p")
                    logging.basicConfig(level=logging.INFO)
                    for epoch in range(2):
                        for text in ("\\router 0%", "\\n", "\\rinner 100%", "\\x1b[A", "\\n",
                                     "\\r" + " " * 44, "\\x1b[A", "\\router 100%", "\\n"):
                            sys.stderr.write(text)
                        logging.info("epoch %d done  ", epoch)
                        print("eval", epoch, file=sys.stderr)
                    """,
                    BINNACLE_CONSOLE=console,
                )
                found = [(l["source"], l["message"]) for l in self.server.lines()]
                expected = [
                    (source, text)
                    for epoch in (0, 1)
                    for source, text in (
                        ("stderr", "outer 100%"),
                        ("sdk", "epoch %d done  " % epoch),
                        ("stderr", "eval %d" % epoch),
                    )
                ]
                if console == "fd":  # What comes through the descriptors comes a little later.
                    found, expected = sorted(found), sorted(expected)
                self.assertEqual(expected, found)

    def test_a_record_behind_a_bar_is_stored_once(self):
        for console, bars in (("wrap", ["100%"]), ("fd", ["0%", "50%", "100%"])):
            with self.subTest(console):
                self.server.streams.clear()
                self.run_script(
                    """
                    import logging, sys, binnacle
                    binnacle.init(project="p")
                    logging.basicConfig(level=logging.INFO)
                    for percent in (0, 50):
                        sys.stderr.write("\\r%d%%" % percent)
                        logging.info("step")
                    sys.stderr.write("\\r100%\\n")
                    """,
                    BINNACLE_CONSOLE=console,
                )
                lines = self.server.lines()
                found = {"sdk": [], "stderr": []}
                for line in lines:
                    found[line["source"]].append(line["message"])
                self.assertEqual({"sdk": ["step"] * 2, "stderr": bars}, found)

    def test_a_record_is_stored_once_however_late_its_writer_goes_on(self):
        self.run_script(
            """
            import logging, sys
            write = sys.stderr.write
            def late(text):
                result = write(text)
                if "once" in text: seen.acquire()
                return result
            sys.stderr.write = late
            import threading, binnacle, binnacle.console
            seen = threading.Semaphore(0)
            class Console(binnacle.console.Console):
                def _emitter(self, source):
                    emit = super()._emitter(source)
                    def emit_and_tell(text, *more):
                        emit(text, *more)
                        if "once" in text: seen.release()
                    return emit_and_tell
            binnacle.runs.Console = Console
            binnacle.init(project="p", capture_logs="fd")
            logging.warning("once")
            """
        )
        self.assertEqual(["once"], self.server.messages())

    def test_the_handler_works_without_capture(self):
        self.run_script(
            """
            import logging, binnacle
            run = binnacle.init(project="p", capture_logs=False)
            log = logging.getLogger("a")
            handler = binnacle.BinnacleHandler(logging.ERROR)
            log.addHandler(handler)
            log.warning("not this"); log.error("this")
            run.finish()
            log.error("too late")
            """
        )
        self.assertEqual(["this"], self.server.messages())

    def test_wrong_arguments_do_not_raise(self):
        _, err = self.run_script(
            "import logging, binnacle; binnacle.init(project='p'); logging.error('%d', 'x')"
        )
        self.assertIn("Logging error", err)
        self.assertEqual(["%d ('x',)"], self.server.messages()[:1])


if __name__ == "__main__":
    unittest.main()
