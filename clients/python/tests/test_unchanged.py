"""Scripts as they are: what wandb has and Binnacle not, wrong arguments, other ways to start."""

import os
import subprocess
import sys
import unittest

from support import COUNTED, SdkTest, stats_in


class WandbTest(SdkTest):
    def test_what_wandb_has_and_we_not_does_nothing_and_says_so_once(self):
        _, err = self.run_script(
            """
            import os
            import binnacle as wandb
            wandb.login(key="x")
            run = wandb.init(project="p", entity="me", settings=wandb.Settings(start_method="fork"))
            wandb.define_metric("loss", step_metric="epoch")
            run.watch(object(), log="all")
            for step in range(2):
                image = wandb.Image([[1]], caption="c")
                assert isinstance(image, wandb.Image) and not isinstance(5, wandb.Image)
                wandb.log({"loss": 0.5, "image": image}, sync=True)
            run.log({"curve": wandb.plot.line(wandb.Table(columns=["a"]), "x", "y")}, sync=False)
            table = wandb.Table(columns=["a"])
            table.add_data(1)
            for row in table.data: raise AssertionError(row)
            artifact = wandb.Artifact("model", type="model")
            with artifact.new_file("x") as file: file.write("y")
            run.log_artifact(artifact).wait()
            wandb.save(os.path.join(run.dir, "*.h5"))
            wandb.alert(title="t", text="u", level=wandb.AlertLevel.WARN)
            try: raise ValueError("ours")
            except (wandb.Error, wandb.errors.CommError): raise
            except ValueError: pass
            class Callback(wandb.keras.WandbCallback): pass
            Callback(monitor="loss")
            wandb.agent(wandb.sweep({"method": "grid"}), function=int)
            wandb.config.extra = wandb.Html("<p>")
            run.finish(quiet=True)
            wandb.finish(quiet=True)
            """,
            COUNTED,
        )
        for name in ("login", "Image", "Table", "plot.line", "Artifact", "run.watch", "agent"):
            said = "binnacle: wandb.%s is not supported: it does nothing\n" % name
            self.assertEqual(1, err.count(said), err)
        self.assertIn("only numbers can be logged; left out: image", err)
        self.assertEqual(3, stats_in(err)["values_not_numeric"])
        self.assertEqual({("loss", 0), ("loss", 1)}, {k[1:] for k in self.server.metrics})
        self.assertEqual(("FINISHED", 0), self.status())

    def test_what_a_run_of_wandb_tells_is_told(self):
        self.run_script(
            """
            import time
            import binnacle as wandb
            begin = time.time()
            run = wandb.init(project="My Project", config={"lr": 1})
            assert run.project_name() == "My Project" and run.project == "my-project"
            assert run.get_url() == run.url and run.url.endswith("/runs/" + run.id)
            assert run.path == "my-project/" + run.id
            assert run.project_url == run.get_project_url() == run.url.replace(
                "/runs/" + run.id, "/projects/my-project")
            assert begin - 1 < run.start_time < time.time() + 1
            assert (run.starting_step, run.mode) == (0, "online")
            assert run.sweep_url is None and run.get_sweep_url() is None
            assert run.config.as_dict() == {"lr": 1} and type(run.config.as_dict()) is dict
            run.settings.anything
            wandb.Classes([{"id": 0, "name": "cat"}]), wandb.box3d(center=(0, 0, 0))
            run.join(3)
            assert wandb.init(mode="disabled").mode == "disabled"
            """
        )
        self.assertEqual(("FAILED", 3), self.status())

    def status(self):
        run = self.server.the_run()
        return run["status"], run["exit_code"]

    def test_a_name_that_nobody_has_is_an_error(self):
        self.run_script(
            """
            import binnacle
            run = binnacle.init(mode="disabled")
            for thing, name in ((binnacle, "intt"), (run, "wach"), (run, "_config")):
                try: getattr(thing, name)
                except AttributeError: pass
                else: raise AssertionError(name)
            try: from binnacle import Imagee
            except ImportError: pass
            else: raise AssertionError("Imagee")
            """
        )

    def test_functions_take_what_wandb_s_take(self):
        self.run_script(
            """
            import binnacle as wandb
            run = wandb.init(project="p")
            wandb.log({"a": 1}, 3, None, sync=True)
            run.log({"a": 2}, step=4, commit=None, sync=None)
            wandb.finish(exit_code=None, quiet=None)
            run.finish(None, quiet=True)
            """
        )
        self.assertEqual({("a", 3), ("a", 4)}, {k[1:] for k in self.server.metrics})
        self.assertEqual(("FINISHED", 0), self.status())


class ArgumentTest(SdkTest):
    def begin(self, arguments, **environment):
        """Run a script that prints a line; return what it said on stderr, and its run."""
        self.server.runs.clear()
        self.server.streams.clear()
        _, err = self.run_script(
            """
            import binnacle
            class Wicked(dict):
                def __str__(self): raise RuntimeError("no text")
                __repr__ = keys = __iter__ = items = __bool__ = __str__
            binnacle.init(%s)
            print("hello")
            """
            % arguments,
            **environment
        )
        self.assertEqual(["hello"], self.server.messages(), err)
        return err, self.server.the_run()

    def test_a_config_that_is_none_is_kept_under_a_key(self):
        for given, config in (
            ("[1, 2]", {"config": [1, 2]}),
            ("'file.yaml'", {"config": "file.yaml"}),
            ("Wicked()", {"config": "<Wicked>"}),
            ("[('lr', 1)]", {"lr": 1}),
        ):
            with self.subTest(given):
                _, run = self.begin("project='p', config=%s" % given)
                self.assertEqual(config, run["config"])

    def test_other_arguments_of_any_make_cost_themselves_only(self):
        for arguments in (
            "mode=5, finish_seconds='soon', capture_logs=7, project='p', api_key=5",
            "project=Wicked(), name=Wicked(), config=Wicked(), tags=Wicked(), notes=Wicked()",
            "project='p', id=5, service=[], release=Wicked()",
        ):
            with self.subTest(arguments):
                self.begin(arguments)

    def test_a_project_s_name_becomes_a_slug_and_that_is_said(self):
        err, run = self.begin("project='models'")
        self.assertEqual(("project-models", "models"), (run["project"], run["project_name"]))
        self.assertIn("project 'models' is project-models in addresses", err)
        err, run = self.begin("", BINNACLE_PROJECT="My Project")
        self.assertEqual(("my-project", "My Project"), (run["project"], run["project_name"]))
        self.assertIn("project 'My Project' is my-project in addresses", err)

    def test_a_refusal_says_field_and_detail(self):
        problem = {"code": "invalid_field", "field": "slug", "detail": '"p" is reserved.'}
        for _ in range(2):
            self.server.answers.append(("/projects/p/runs", 400, {}, problem))
        _, err = self.run_script("import binnacle; binnacle.init(project='p'); print('lost')")
        self.assertIn('does not take this run (invalid_field in slug: "p" is reserved.)', err)


class NameTest(SdkTest):
    def name_of(self, *command):
        self.server.runs.clear()
        subprocess.run(
            [sys.executable, *command],
            env=self.environment(),
            cwd=str(self.directory),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        name = self.server.the_run()["name"]
        self.assertRegex(name, r"-\d{8}-\d{6}\Z")
        return name[:-16]

    def test_a_run_without_a_name_is_called_like_what_runs(self):
        script = "import binnacle; binnacle.init(project='p')"
        package = self.directory / "pkg"
        os.mkdir(str(package))
        for path in ("pkg/__init__.py", "train.py", "ipykernel_launcher.py"):
            (self.directory / path).write_text(script if "/" not in path else "")
        for path in ("pkg/mod.py", "pkg/__main__.py"):
            (self.directory / path).write_text(script)
        self.assertEqual("python", self.name_of("-c", script))
        self.assertEqual("train", self.name_of("train.py"))
        self.assertEqual("pkg.mod", self.name_of("-m", "pkg.mod"))
        self.assertEqual("pkg", self.name_of("-m", "pkg"))
        self.assertEqual("notebook", self.name_of("-m", "ipykernel_launcher"))
        self.assertEqual("notebook", self.name_of("ipykernel_launcher.py"))


if __name__ == "__main__":
    unittest.main()
