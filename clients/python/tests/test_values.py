"""Values that no server takes: they cost themselves, never anything else, and never raise."""

import copy
import json
import pickle
import threading
import unittest

from support import COUNTED, SdkTest, stats_in  # first: it makes the package importable
from fake_server import fault_of

from binnacle.batches import BatchMaker
from binnacle.counters import Counters
from binnacle.lines import FIELDS_LIMIT, Line, MetricPoint, fields_json, label, nanos_of, plain
from binnacle.metrics import scalars
from binnacle.values import Config, Summary


class Wicked:
    """Tells nothing of itself."""

    def __str__(self):
        raise RuntimeError("no text")

    __repr__ = __bool__ = __len__ = __hash__ = __str__

    @property
    def item(self):
        raise RuntimeError("no item")


class ValuesTest(unittest.TestCase):
    def test_times_beyond_the_server_s_are_none(self):
        self.assertEqual(1_500_000_000, nanos_of(1.5))
        self.assertEqual(-2_000_000_000, nanos_of(-2))
        for wrong in (1e18, 1e300, float("nan"), float("inf"), 10**400, "x", [1], Wicked()):
            self.assertIsNone(nanos_of(wrong))

    def test_fields_are_always_an_object_that_the_server_reads(self):
        endless = {}
        endless["again"] = [endless] * 10
        for fields in (
            {"a": 10**5000, "b": float("nan"), "c": {float("inf"): Wicked()}, 5: b"\xff"},
            {"surrogate \ud800": "\udfff"},
            {"x" * 20_000: 1},
            {"much": "é" * FIELDS_LIMIT},
            ["a", "list"],
            "a text",
            Wicked(),
            endless,
        ):
            text = fields_json(fields)
            read = json.loads(text, parse_constant=self.fail)
            self.assertIsInstance(read, dict)
            self.assertLessEqual(len(text.encode("utf-8", "replace")), FIELDS_LIMIT)
            self.assertIsNone(fault_of({"message": "", "fields": read}))
        self.assertIsNone(fields_json({}))
        self.assertIsNone(fields_json(None))

    def test_values_stay_what_they_are_where_json_has_them(self):
        value = {"a": [1, 2.5, None, True, "x"], "b": {"c": 1 << 62}}
        self.assertEqual(value, plain(value))

    def test_a_config_s_copies_are_the_script_s_own(self):
        told = []
        config = Config({"lr": 1, "layers": [1, 2]}, lambda: told.append(threading.RLock()))
        config.again = config
        for copied in (copy.deepcopy(config), pickle.loads(pickle.dumps(config))):
            self.assertEqual([1, 2], copied["layers"])
            self.assertIs(copied, copied["again"])
            copied["layers"].append(3)
            copied["lr"] = 2
        self.assertEqual((1, [1, 2]), (config.lr, config.layers))
        self.assertEqual(1, copy.copy(config).lr)
        self.assertEqual(1, copy.deepcopy(config).lr)
        self.assertIs(dict, type(pickle.loads(pickle.dumps(config))))
        self.assertEqual(1, len(told))

    def test_each_way_to_change_a_config_is_told(self):
        told = []
        config = Config({"a": 1}, lambda: told.append(dict(config)))
        self.assertEqual(1, config.setdefault("a", 2))
        self.assertEqual([], told)
        self.assertEqual(3, config.setdefault("c", 3))
        config |= {"b": 2}
        self.assertEqual(1, config.pop("a"))
        self.assertEqual(("b", 2), config.popitem())
        config.clear()
        afterwards = [{"a": 1, "c": 3}, {"a": 1, "c": 3, "b": 2}, {"c": 3, "b": 2}, {"c": 3}, {}]
        self.assertEqual(afterwards, told)
        self.assertEqual("none", config.pop("a", "none"))
        with self.assertRaises(KeyError):
            config.pop("a")

    def test_a_summary_s_own_values_are_what_was_set_and_not_removed(self):
        summary = Summary()
        summary.observe({"seen": 1})
        summary |= {"a": 1, "b": 2}
        summary.setdefault("c", 3)
        del summary["a"]
        self.assertEqual({"b": 2, "c": 3}, summary.own())
        self.assertEqual({"seen": 1, "b": 2, "c": 3}, pickle.loads(pickle.dumps(summary)))

    def test_labels_fit_the_server(self):
        self.assertEqual("a b", label("a\r\n\x85b\n", 32))
        self.assertEqual("😀" * 16, label("😀" * 20, 32))
        self.assertEqual("INFO", label("\n", 32, "INFO"))
        self.assertEqual("<Wicked>", label(Wicked(), 32))

    def test_one_bad_metric_costs_itself_only(self):
        endless = {"good": 2}
        endless["again"] = endless
        numbers, others = scalars(
            {"good": 1, "big": 10**400, "wicked": Wicked(), "": 1, "n" * 300: 1, "d": endless}
        )
        self.assertEqual((1, 2), (numbers["good"], numbers["d.good"]))
        self.assertTrue({"big", "wicked", ""} <= set(others))
        self.assertNotIn("big", numbers)

    def test_a_line_that_cannot_be_encoded_costs_itself_only(self):
        counters = Counters()
        maker = BatchMaker("c", "main", {}, counters)
        good = Line("user", "INFO", "good", 1)
        (batch,) = maker.batches([good, good._replace(time_ns=1 << 90), good])
        self.assertEqual(2, batch.items)
        self.assertEqual(1, counters.get("lines_dropped_malformed"))

    def test_a_point_that_cannot_be_encoded_costs_itself_only(self):
        counters = Counters()
        good = MetricPoint(1, 1, {"loss": 1})
        bad = good._replace(step=10**5000)
        (batch,) = BatchMaker("c", "main", {}, counters).batches([good, bad, good])
        self.assertEqual(2, batch.items)
        self.assertEqual(1, counters.get("metrics_dropped_malformed"))

    def test_a_hook_s_fields_are_an_object_or_a_text(self):
        for answer in ("5", "[1]", "nothing", '{"a":NaN}', "[" * 100_000):
            maker = BatchMaker("c", "main", {}, Counters(), lambda _, answer=answer: answer)
            text = maker._redacted_fields("{}")
            self.assertEqual({"redacted": answer}, json.loads(text))


class ScriptTest(SdkTest):
    def test_no_argument_of_a_line_takes_others_with_it(self):
        _, err = self.run_script(
            """
            import time, binnacle
            class Wicked:
                def __str__(self): raise RuntimeError("no text")
                __repr__ = __bool__ = __str__
            wicked = Wicked()
            run = binnacle.init(project="p")
            run.log_line("first")
            wrong = [time.time_ns(), float("nan"), float("inf"), -1e300, 1e18, 10**400, "x", wicked]
            for number, timestamp in enumerate(wrong):
                run.log_line("time %d" % number, timestamp=timestamp)
            run.log_line("year 1969", timestamp=-1.5)
            for level in ("a\\nb", "x" * 99, "\\U0001F600" * 30, "", None, 20, wicked, "\\ud800"):
                run.log_line("level", level, source=level)
            for fields in (wicked, [1], {"a": 10**5000}, {"a": float("nan")}, {"k" * 20000: 1},
                           {wicked: wicked}, {"\\ud800": "\\udc00"}, {"big": "\\u00e9" * 60000}):
                run.log_line("fields", fields=fields)
            run.log_line(wicked)
            run.log_line("\\ud800 alone")
            run.info("last", x=wicked)
            run.finish()
            """,
            COUNTED,
        )
        expected = ["first"] + ["time %d" % i for i in range(8)] + ["year 1969"] + ["level"] * 8
        expected += ["fields"] * 8 + ["<Wicked>", "? alone", "last"]
        self.assertEqual(expected, self.server.messages())
        stats = stats_in(err)
        self.assertEqual((len(expected), 8), (stats["lines_sent"], stats["timestamps_invalid"]))
        self.assertNotIn("internal_errors", stats)
        lines = self.server.lines()
        self.assertNotIn("timestamp", lines[1])
        self.assertEqual("1969-12-31T23:59:58.500000000Z", lines[9]["timestamp"])

    def test_no_metric_takes_others_with_it(self):
        self.run_script(
            """
            import binnacle
            class Wicked:
                def __str__(self): raise RuntimeError("no text")
                __repr__ = __bool__ = __float__ = __str__
                item = property(__str__)
            run = binnacle.init(project="p")
            run.log({"good": 1, "big": 10**400, "wicked": Wicked(), "n" * 300: 1, "": 2}, step=1)
            for step in (-1, 10**5000, float("nan"), "x", Wicked()): run.log({"bad": 1}, step=step)
            run.log({"many.%d" % i: i for i in range(2500)}, step=2)
            run.log({"good": float("nan")}, step=3)
            run.summary["wicked"] = Wicked()
            run.finish()
            """
        )
        stored = {key[1:]: value for key, value in self.server.metrics.items()}
        self.assertEqual({1: 1, 3: "NaN"}, {s: v for (n, s), v in stored.items() if n == "good"})
        self.assertEqual(2500, sum(name.startswith("many") for name, _ in stored))
        self.assertNotIn("bad", {name for name, _ in stored})

    def test_a_run_begins_whatever_describes_it(self):
        self.run_script(
            """
            import binnacle
            class Wicked:
                def __str__(self): raise RuntimeError("no text")
                __repr__ = __bool__ = __str__
            wicked = Wicked()
            run = binnacle.init(project=5, name="n\\n" * 300, config=[1], notes="a\\0b",
                                tags=["t" * 99, wicked, ""], stream="s\\n" * 200,
                                release=wicked, service=7)
            run.config["huge"] = 10**5000
            run.config.update(5)
            run.config.wicked = wicked
            print("hello")
            run.finish(10**20)
            """
        )
        run = self.server.the_run()
        self.assertEqual(("5", "FAILED"), (run["project"], run["status"]))
        self.assertEqual(200, len(run["name"]))
        self.assertEqual(["t" * 64, "<Wicked>"], run["tags"])
        self.assertEqual(1, run["exit_code"])
        (stream,) = {name for _, name in self.server.streams}
        self.assertEqual(["hello"], self.server.messages(stream))

    def test_a_run_that_is_refused_for_its_details_begins_without_them(self):
        self.server.answers.append(("/runs", 413, {}, {}))  # a proxy's
        for field in ({"field": "tags"}, {}):
            problem = dict(field, code="invalid_field")
            self.server.answers.append(("/runs", 400, {}, problem))
        _, err = self.run_script(
            "import binnacle; binnacle.init(project='p', config={'a': 1}); print('kept')"
        )
        self.assertEqual(["kept"], self.server.messages())
        for what in ("config: 413", "tags: invalid_field in tags", "details: invalid_field"):
            self.assertIn("created without its " + what, err)

    def test_records_of_any_make_are_stored(self):
        self.run_script(
            """
            import logging, binnacle
            class Wicked:
                def __str__(self): raise RuntimeError("no text")
                __repr__ = __str__
            run = binnacle.init(project="p")
            log = logging.getLogger("x")
            logging.raiseExceptions = False
            for change in ({"created": float("nan")}, {"created": None}, {"levelname": None},
                           {"levelname": "a\\nb"}, {"lineno": None}, {"extra": Wicked()},
                           {"msg": Wicked()}, {"args": (Wicked(),)}):
                record = logging.makeLogRecord(dict({"msg": "m", "levelno": 40}, **change))
                log.callHandlers(record)
            run.finish()
            """
        )
        lines = [line for line in self.server.lines() if line["source"] == "sdk"]
        self.assertEqual(8, len(lines))


if __name__ == "__main__":
    unittest.main()
