"""How a run is made and described on the server, also when it is away, strict, or forgetful."""

import unittest

from support import COUNTED, IMPATIENT, SdkTest, stats_in  # first: it makes the package importable


class RegistrationTest(SdkTest):
    def test_many_changes_of_the_config_are_few_requests(self):
        self.run_script(
            """
            import binnacle
            run = binnacle.init(project="p")
            run.flush()
            for i in range(500): run.config["key %d" % i] = i
            run.notes = "later"
            """
        )
        self.assertEqual(500, len(self.server.the_run()["config"]))
        self.assertEqual("later", self.server.the_run()["notes"])
        changes = [method for method, *_ in self.server.requests if method == "PATCH"]
        self.assertLess(len(changes), 50)

    def test_a_server_restored_from_an_older_backup_gets_the_run_again(self):
        process = self.start(
            """
            import binnacle
            run = binnacle.init(project="p", name="n")
            print("one"); run.flush(); input(); print("two")
            """
        )
        self.server.wait(lambda: self.server.messages() == ["one"])
        self.server.runs.clear()
        self.go(process)
        process.communicate()
        self.assertEqual(["one", "two"], self.server.messages())
        self.assertEqual("FINISHED", self.server.the_run()["status"])

    def test_a_run_id_of_another_project_is_refused_and_counted(self):
        run_id = "018f2f3e-0000-7000-8000-00000000000c"
        self.server.runs[run_id] = {"run_id": run_id, "project": "other", "status": "RUNNING"}
        _, err = self.run_script(
            "import binnacle; run = binnacle.init(project='p'); print('x'); run.finish()",
            COUNTED,
            BINNACLE_RUN_ID=run_id,
        )
        self.assertIn("run_id_taken", err)
        self.assertEqual(1, stats_in(err)["lines_dropped_closed"])
        self.assertEqual("RUNNING", self.server.runs[run_id]["status"])

    def test_a_run_with_a_long_description_arrives_whole(self):
        self.run_script(
            """
            import binnacle
            config = {"key %d" % i: "é" * 50 for i in range(100)}
            run = binnacle.init(project="p", config=config, notes="n" * 5000)
            run.log_line("hello"); run.flush()
            run.config.update({"more": "x" * 4096})
            """
        )
        self.assertEqual(["hello"], self.server.messages())
        self.assertEqual(101, len(self.server.the_run()["config"]))
        self.assertEqual("x" * 4096, self.server.the_run()["config"]["more"])
        self.assertEqual("n" * 5000, self.server.the_run()["notes"])

    def test_a_config_beyond_the_server_s_limit_costs_itself_only(self):
        for size in (300_000, 2 << 20):
            with self.subTest(size=size):
                self.server.runs.clear()
                _, err = self.run_script(
                    """
                    import binnacle
                    run = binnacle.init(project="p", name="n", config={"text": "x" * %d})
                    run.log_line("hello"); run.flush()
                    run.config.lr = 1
                    run.finish()
                    """
                    % size,
                    COUNTED,
                )
                self.assertIn("created without its config", err)
                self.assertIn("refused a change of the run", err)
                self.assertEqual(1, stats_in(err)["lines_sent"])
                self.assertEqual(1, stats_in(err)["changes_refused"])
                self.assertEqual("n", self.server.the_run()["name"])
                self.assertEqual("FINISHED", self.server.the_run()["status"])

    def test_a_run_that_the_server_does_not_take_is_kept(self):
        for _ in range(20):
            self.server.answers.append(
                ("/runs", 400, {}, {"code": "invalid_field", "field": "slug"})
            )
        _, err = self.run_script(IMPATIENT + "\nimport binnacle; binnacle.init(); print('kept')")
        self.assertIn("does not take this run (invalid_field in slug); everything is kept", err)
        self.assertEqual(1, len(self.left()))
        self.server.answers.clear()
        self.assertEqual(0, self.sync().returncode)
        self.assertEqual(["kept"], self.server.messages())

    def test_a_run_id_without_dashes_is_one(self):
        run_id = "018f2f3e-0000-7000-8000-00000000000c"
        self.run_script(
            "import binnacle; binnacle.init(id='%s'); print('hello')" % run_id.replace("-", "")
        )
        self.assertEqual(["hello"], self.server.messages())
        self.assertEqual([run_id], list(self.server.runs))

    def test_a_run_that_was_lost_and_made_again_goes_on_living(self):
        process = self.start(
            """
            import binnacle, binnacle.pipeline
            binnacle.pipeline.HEARTBEAT_SECONDS = 0.01
            binnacle.init(project="p"); input(); print("again"); input()
            """
        )
        self.server.wait(lambda: self.server.heartbeats > 3)
        self.server.runs.clear()
        lost = len(self.server.requests)
        self.server.wait(lambda: len(self.server.requests) > lost + 3)
        self.go(process)
        self.server.wait(lambda: self.server.messages() == ["again"])
        self.server.heartbeats = 0
        self.server.wait(lambda: self.server.heartbeats > 3)
        self.go(process)
        process.communicate()


if __name__ == "__main__":
    unittest.main()
