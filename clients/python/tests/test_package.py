"""What is installed: sources for Python 3.8, typed, of one version, and complete."""

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from support import binnacle_source  # first: it makes the package importable

from binnacle import __version__, ids
import server_rules

PROJECT = Path(binnacle_source).parent
REPOSITORY = PROJECT.parent.parent
SOURCES = sorted(Path(binnacle_source).glob("binnacle/*.py"))


class PackageTest(unittest.TestCase):
    def test_the_sources_are_those_of_python_3_8(self):
        for path in SOURCES:
            ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=(3, 8))

    def test_every_function_has_types(self):
        self.assertEqual([], [name for path in SOURCES for name in _without_types(path)])

    def test_the_version_is_one(self):
        project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
        self.assertIn('\nversion = "%s"\n' % __version__, project)
        pom = (REPOSITORY / "pom.xml").read_text(encoding="utf-8")
        own = "<artifactId>binnacle</artifactId>\\s*<version>%s-SNAPSHOT<"
        self.assertRegex(pom, own % re.escape(__version__))

    def test_the_reserved_slugs_are_the_server_s(self):
        found = list(REPOSITORY.glob("*/src/main/java/io/binnacle/projects/entity/Slug.java"))
        self.assertEqual(1, len(found))
        words = re.search(r"RESERVED =\s*Set\.of\((.*?)\)", found[0].read_text("utf-8"), re.S)
        slugs = set(re.findall(r'"([a-z-]+)"', words.group(1)))
        self.assertEqual(slugs, ids._RESERVED)
        self.assertEqual(slugs, server_rules.RESERVED)

    def test_what_is_built_is_complete(self):
        if importlib.util.find_spec("setuptools") is None:
            self.skipTest("this Python has no setuptools")
        with tempfile.TemporaryDirectory(prefix="binnacle-build-") as holder:
            source, target = Path(holder) / "source", Path(holder) / "target"
            ignored = shutil.ignore_patterns("tests", "*.egg-info", "build", "__pycache__")
            shutil.copytree(str(PROJECT), str(source), ignore=ignored)
            setup = "import setuptools; setuptools.setup()"
            build = ("-c", setup, "--quiet", "build", "--build-lib", str(target))
            self._python(*build, cwd=str(source))
            built = {path.name for path in (target / "binnacle").iterdir()}
            self.assertEqual({path.name for path in SOURCES} | {"py.typed"}, built)
            use = "import sys; sys.path.insert(0, sys.argv[1]); import binnacle; binnacle.init"
            self._python("-I", "-c", use, str(target), cwd=holder)

    def _python(self, *arguments, cwd):
        result = subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.assertEqual(0, result.returncode, result.stdout)


def _without_types(path):
    """Yield the functions of a file that do not say what they take and return."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            given = node.args
            named = given.args + given.kwonlyargs + [given.vararg, given.kwarg]
            taken = [one for one in named if one is not None and one.arg not in ("self", "cls")]
            if node.returns is None or any(one.annotation is None for one in taken):
                yield "%s: %s" % (path.name, node.name)


if __name__ == "__main__":
    unittest.main()
