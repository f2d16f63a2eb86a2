"""The script's own streams while they are captured, and after."""

import unittest

from support import COUNTED, SdkTest, stats_in


class StreamTest(SdkTest):
    def found(self):
        return [(line["source"], line["message"]) for line in self.server.lines()]

    def both(self, script, wrap, fd=None):
        """Run a script with both kinds of capture; check the lines and the counters."""
        for console, expected in (("wrap", wrap), ("fd", wrap if fd is None else fd)):
            with self.subTest(console):
                self.server.streams.clear()
                _, err = self.run_script(script, COUNTED, BINNACLE_CONSOLE=console)
                self.assertEqual(sorted(expected), sorted(self.found()))
                self.assertNotIn("internal_errors", stats_in(err))

    def test_streams_that_are_one_object_are_stored_once(self):
        for streams, source in (
            ("sys.stderr = sys.stdout", "stdout"),
            ("sys.stdout = sys.stderr", "stderr"),
        ):
            self.both(
                """
                import logging, sys
                %s
                import binnacle
                run = binnacle.init(project="p")
                print("out")
                print("err", file=sys.stderr)
                logging.warning("once")
                run.finish()
                sys.stderr = sys.__stderr__
                """
                % streams,
                [(source, "out"), (source, "err"), ("sdk", "once")],
            )

    def test_a_stream_that_writes_to_another_is_stored_once(self):
        self.both(
            """
            import io, sys
            class Tee(io.TextIOBase):
                def write(self, text):
                    for stream in (io.StringIO(), sys.stdout): stream.write(text)
                    return len(text)
            sys.stderr = Tee()
            import binnacle
            run = binnacle.init(project="p")
            print("out")
            print("err", file=sys.stderr)
            run.finish()
            sys.stderr = sys.__stderr__
            """,
            [("stdout", "out"), ("stderr", "err")],
            [("stdout", "out"), ("stdout", "err")],
        )

    def test_what_is_printed_in_the_middle_of_a_write_is_stored_too(self):
        self.both(
            """
            import io, sys
            class Warner(io.TextIOBase):
                def write(self, text):
                    if "err" in text: print("warned")
                    return sys.__stderr__.write(text)
            sys.stderr = Warner()
            import binnacle
            run = binnacle.init(project="p")
            print("err", file=sys.stderr)
            run.finish()
            """,
            [("stdout", "warned"), ("stderr", "err")],
        )

    def test_a_write_of_the_script_s_own_is_given_back(self):
        for console in ("wrap", "fd"):
            self.run_script(
                """
                import sys
                own = sys.stdout.write = lambda text, write=sys.stdout.write: write(text.upper())
                import binnacle
                run = binnacle.init(project="p")
                assert sys.stdout.write is not own
                run.finish()
                assert sys.stdout.write is own
                assert "write" not in vars(sys.stderr)
                """,
                BINNACLE_CONSOLE=console,
            )

    def test_a_stream_that_the_script_closes_costs_itself_only(self):
        self.both(
            """
            import os, sys, binnacle
            run = binnacle.init(project="p")
            print("before", flush=True)
            sys.stdout.close()
            try: print("after")
            except ValueError: pass
            else: raise AssertionError("as without it")
            print("err", file=sys.stderr)
            run.finish()
            """,
            [("stdout", "before"), ("stderr", "err")],
        )

    def test_text_that_only_moves_the_cursor_does_not_end_the_capture(self):
        self.both(
            """
            import sys, binnacle
            run = binnacle.init(project="p")
            sys.stdout.write("\\x1b]0;train\\x07"); sys.stdout.flush()
            print("seen")
            run.finish()
            """,
            [("stdout", "\x1b]0;train\x07seen")],
        )

    def test_a_bar_that_goes_on_is_seen_before_it_ends(self):
        for console in ("wrap", "fd"):
            with self.subTest(console):
                self.server.streams.clear()
                process = self.start(
                    """
                    import sys, binnacle, binnacle.assembler
                    binnacle.assembler._STATE_NS = 0
                    run = binnacle.init(project="p")
                    sys.stderr.write("\\r1%"); sys.stderr.write("\\r2%")
                    input()
                    sys.stderr.write("\\n")
                    """,
                    BINNACLE_CONSOLE=console,
                )
                self.server.wait(lambda: self.found() == [("stderr", "2%")])
                self.go(process)
                process.communicate()
                self.assertEqual([("stderr", "2%")], self.found())


if __name__ == "__main__":
    unittest.main()
