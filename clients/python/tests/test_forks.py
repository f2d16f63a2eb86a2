"""Forked and started children: each is a sender of its own."""

import os
import unittest

from support import SdkTest  # first: it makes the package importable


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


if __name__ == "__main__":
    unittest.main()
