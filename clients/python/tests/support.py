"""What the tests share: the package's path, a server on the loopback, scripts as processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import unittest
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

from fake_server import DEADLINE, Server

binnacle_source = str(Path(__file__).resolve().parent.parent / "src")
if binnacle_source not in sys.path:
    sys.path.insert(0, binnacle_source)

_compiled = tempfile.TemporaryDirectory(prefix="binnacle-compiled-")
"""What a hundred scripts would each compile again."""

IMPATIENT = "import binnacle.outbox; binnacle.outbox.AWAY_PATIENCE = 0"
"""In a script: nobody waits for a server that is away, but what is there is stored first."""

PATIENT = "import binnacle.runs; binnacle.runs.SIGNAL_SECONDS = 60"
"""In a script: a signal's end takes its time on a machine with too much to do."""

COUNTED = """
import json, sys
sys.stderr.write("STATS " + json.dumps(run.stats()) + "\\n")
"""
"""The end of a script that tells its run's counters."""


def stats_in(err: str) -> Dict[str, int]:
    """Return what a script with :data:`COUNTED` at its end wrote of its run's counters."""
    (line,) = [line for line in err.splitlines() if line.startswith("STATS ")]
    stats: Dict[str, int] = json.loads(line[6:])
    return stats


class SdkTest(unittest.TestCase):
    """A server, a spool directory of its own, and scripts in real processes."""

    def setUp(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="binnacle-test-"))
        self.addCleanup(shutil.rmtree, str(self.directory), True)
        self.spool = self.directory / "spool"
        self.server = Server()
        self.addCleanup(self.server.stop)

    def environment(self, **more: str) -> Dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("BINNACLE_", "SLURM_"))
            and name not in ("RANK", "LOCAL_RANK", "WORLD_SIZE", "PYTHONDONTWRITEBYTECODE")
        }
        kept.update(
            PYTHONPATH=binnacle_source,
            PYTHONPYCACHEPREFIX=_compiled.name,
            BINNACLE_URL=self.server.url,
            BINNACLE_API_KEY="bnk_test",
            BINNACLE_SPOOL_DIR=str(self.spool),
        )
        kept.update(more)
        return kept

    def start(self, script: str, end: str = "", **environment: str) -> "subprocess.Popen[str]":
        """Start a script; it is ended with the test at the latest."""
        path = self.directory / "script.py"
        path.write_text(textwrap.dedent(script) + end, encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment(**environment),
            encoding="utf-8",
            errors="replace",
            cwd=str(self.directory),
        )
        self.addCleanup(self._end, process)
        return process

    def run_script(
        self, script: str, end: str = "", code: int = 0, **environment: str
    ) -> Tuple[str, str]:
        """Run a script to its end; return its stdout and stderr."""
        process = self.start(script, end, **environment)
        out, err = process.communicate(timeout=DEADLINE * 2)
        self.assertEqual(code, process.returncode, err)
        return out, err

    def go(self, process: "subprocess.Popen[str]") -> None:
        """Let a script go on that waits in ``input()``."""
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()

    def sync(self, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Deliver what was left behind."""
        return subprocess.run(
            [sys.executable, "-m", "binnacle", "sync"],
            env=self.environment(**environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def until(self, condition: Callable[[], Any]) -> None:
        """Wait for something outside the server, by looking."""
        end = time.monotonic() + DEADLINE
        pause = threading.Event()
        while not condition():
            self.assertLess(time.monotonic(), end, "waited in vain")
            pause.wait(0.01)

    def left(self) -> List[str]:
        """Return the senders that left something in the spool."""
        return sorted(os.listdir(str(self.spool))) if self.spool.exists() else []

    def spooled(self) -> int:
        """Return how many bytes of batches lie in the spool."""
        return sum(path.stat().st_size for path in self.spool.glob("*/*.seg"))

    @staticmethod
    def _end(process: "subprocess.Popen[str]") -> None:
        if process.poll() is None:
            process.kill()
        process.communicate()
