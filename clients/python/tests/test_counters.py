"""What is counted has a name that its reader finds."""

import re
import unittest
from pathlib import Path

from support import binnacle_source  # noqa: F401 - puts the package on the path

from binnacle import counters

PACKAGE = Path(binnacle_source) / "binnacle"


class CountersTest(unittest.TestCase):
    def test_every_total_stands_in_the_readme(self):
        readme = Path(binnacle_source).parent.joinpath("README.md").read_text(encoding="utf-8")
        fates = [name for name in vars(counters) if name.isupper()]
        totals = ["_" + getattr(counters, name) for name in fates if name not in KINDS]
        for path in PACKAGE.glob("*.py"):
            totals += re.findall(r'counters\.add\("([a-z_]+)"', path.read_text(encoding="utf-8"))
        self.assertGreater(len(totals), 15)
        self.assertEqual([], [total for total in totals if "`%s`" % total not in readme])


KINDS = ("LINES", "METRICS", "CHANGES")


if __name__ == "__main__":
    unittest.main()
