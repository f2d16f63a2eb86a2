"""What the tests share: the package's path, a server on the loopback, scripts as processes."""

from __future__ import annotations

import gzip
import hashlib
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
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Tuple

binnacle_source = str(Path(__file__).resolve().parent.parent / "src")
if binnacle_source not in sys.path:
    sys.path.insert(0, binnacle_source)

DEADLINE = 20.0
"""Seconds after which a test stops waiting for something that should have come at once."""

_WINDOW = 256


class Server:
    """A Binnacle server as far as the SDK can tell: runs, log batches with a window, metrics.

    ``answers`` overrides what comes next: each entry is used once, for a request whose path
    contains its key.
    """

    def __init__(self, port: int = 0) -> None:
        self._condition = threading.Condition()
        self.runs: Dict[str, Dict[str, Any]] = {}
        self.deleted: set = set()
        self.streams: Dict[Tuple[str, str], List[Dict[str, Any]]] = {}
        self.labels: Dict[str, Dict[str, str]] = {}
        self.clients: Dict[str, str] = {}
        self.metrics: Dict[Tuple[str, str, int], Any] = {}
        self.requests: List[Tuple[str, str, Dict[str, str], int]] = []
        self.batches: List[Tuple[str, int, int]] = []
        self.repeated = 0
        self.heartbeats = 0
        self.max_lines = 5000
        self.answers: List[Tuple[str, int, Dict[str, str], Dict[str, Any]]] = []
        self.after_commit: Optional[Callable[[str], bool]] = None
        self._windows: Dict[str, Dict[int, Tuple[str, Dict[str, Any]]]] = {}
        self._through: Dict[str, int] = {}
        self._http: Optional[ThreadingHTTPServer] = None
        self._open: set = set()
        self.port = port
        self.start()

    @property
    def url(self) -> str:
        return "http://127.0.0.1:%d" % self.port

    def start(self) -> None:
        """Come up, on the same port as before."""
        owner = self

        class Handler(_Handler):
            server_side = owner

        class Http(ThreadingHTTPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._http = Http(("127.0.0.1", self.port), Handler)
        self.port = self._http.server_port
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Go down as a killed server does: connections break, what was stored stays."""
        if self._http is None:
            return
        self._http.shutdown()
        self._http.server_close()
        self._http = None
        with self._condition:
            connections = list(self._open)
        for connection in connections:
            try:
                connection.shutdown(2)
            except OSError:
                pass

    def wait(self, condition: Callable[[], Any], what: str = "") -> Any:
        """Wait until the condition holds; it is checked after each request."""
        end = time.monotonic() + DEADLINE
        with self._condition:
            while True:
                value = condition()
                if value:
                    return value
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError("waited in vain %s: %s" % (what, self.streams))
                self._condition.wait(left)

    def lines(self, stream: str = "main") -> List[Dict[str, Any]]:
        """Return all lines of the streams with this name."""
        found: List[Dict[str, Any]] = []
        for (_, name), lines in self.streams.items():
            if name == stream:
                found.extend(lines)
        return found

    def messages(self, stream: str = "main") -> List[str]:
        return [line["message"] for line in self.lines(stream)]

    def the_run(self) -> Dict[str, Any]:
        """Return the only run there is."""
        (run,) = self.runs.values()
        return run

    def handle(
        self, method: str, path: str, headers: Dict[str, str], raw: bytes
    ) -> Tuple[int, Dict[str, str], Dict[str, Any]]:
        with self._condition:
            try:
                return self._answer(method, path, headers, raw)
            finally:
                self._condition.notify_all()

    def _answer(
        self, method: str, path: str, headers: Dict[str, str], raw: bytes
    ) -> Tuple[int, Dict[str, str], Dict[str, Any]]:
        self.requests.append((method, path, headers, len(raw)))
        for index, (part, status, more, body) in enumerate(self.answers):
            if part in path:
                del self.answers[index]
                if status:
                    return status, more, body
                extra = more
                break
        else:
            extra = {}
        if headers.get("Content-Encoding") == "gzip":
            raw = gzip.decompress(raw)
        body = json.loads(raw.decode("utf-8")) if raw else {}
        status, answer = self._route(method, path[len("/api/v1") :].split("/")[1:], body)
        return status, extra, answer

    def _route(self, method: str, parts: List[str], body: Dict[str, Any]) -> Tuple[int, Any]:
        if method == "POST" and parts[0] == "projects" and parts[2:] == ["runs"]:
            return self._create(parts[1], body)
        run_id = parts[1]
        if run_id in self.deleted:
            return 410, {"code": "run_deleted"}
        if run_id not in self.runs:
            return 404, {"code": "not_found"}
        rest = parts[2:]
        if method == "PATCH" and not rest:
            self.runs[run_id].update(body)
            return 200, self.runs[run_id]
        if rest == ["heartbeat"]:
            self.heartbeats += 1
            return 200, {"status": "RUNNING"}
        if rest == ["metrics"]:
            return self._metrics(run_id, body)
        if rest == ["logs", "batch"]:
            return self._batch(run_id, body)
        return 404, {"code": "not_found"}

    def _create(self, project: str, body: Dict[str, Any]) -> Tuple[int, Any]:
        run_id = body["run_id"]
        if run_id in self.deleted:
            return 410, {"code": "run_deleted"}
        if run_id in self.runs:
            if self.runs[run_id]["project"] != project:
                return 409, {"code": "run_id_taken"}
            return 200, self.runs[run_id]
        self.runs[run_id] = dict(body, project=project, status="RUNNING")
        return 201, self.runs[run_id]

    def _metrics(self, run_id: str, body: Dict[str, Any]) -> Tuple[int, Any]:
        for point in body["metrics"]:
            for name, value in point["values"].items():
                self.metrics[run_id, name, point["step"]] = value
        return 200, {"accepted": len(body["metrics"]), "refused": []}

    def _batch(self, run_id: str, body: Dict[str, Any]) -> Tuple[int, Any]:
        if len(body["logs"]) > self.max_lines:
            return 413, {"code": "batch_too_large"}
        client, number = body["client_id"], body["batch_no"]
        content = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        window = self._windows.setdefault(client, {})
        if number in window:
            self.repeated += 1
            known, answer = window[number]
            return (200, answer) if known == content else (409, {"code": "batch_conflict"})
        if number <= self._through.get(client, 0) - _WINDOW:
            return 200, {"duplicate": True}
        stored = self.streams.setdefault((run_id, body["stream"]), [])
        first = len(stored) + 1
        stored.extend(body["logs"])
        self.labels[body["stream"]] = body["labels"]
        self.clients[client] = body["stream"]
        self.batches.append((client, number, len(body["logs"])))
        answer = {
            "stream": "1",
            "accepted": len(body["logs"]),
            "first_line": first,
            "last_line": len(stored),
            "truncated": 0,
            "refused": [],
            "refused_count": 0,
        }
        window[number] = (content, answer)
        self._through[client] = max(number, self._through.get(client, 0))
        return 200, answer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_side: Server

    def setup(self) -> None:
        super().setup()
        self.server_side._open.add(self.connection)

    def finish(self) -> None:
        self.server_side._open.discard(self.connection)
        super().finish()

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        owner = self.server_side
        status, more, body = owner.handle(self.command, self.path, dict(self.headers), raw)
        if owner.after_commit is not None and owner.after_commit(self.path):
            # Stored, but the answer is lost: what a retry must not store again.
            self.close_connection = True
            self.connection.shutdown(2)
            return
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_PATCH = do_POST
    do_GET = do_POST

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def log_message(self, *arguments: Any) -> None:
        """Say nothing: the tests' output is for their results."""


def free_port() -> int:
    """Return a port where nobody listens."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
            and name not in ("RANK", "LOCAL_RANK", "WORLD_SIZE")
        }
        kept.update(
            PYTHONPATH=binnacle_source,
            PYTHONDONTWRITEBYTECODE="1",
            BINNACLE_URL=self.server.url,
            BINNACLE_API_KEY="bnk_test",
            BINNACLE_SPOOL_DIR=str(self.spool),
        )
        kept.update(more)
        return kept

    def start(self, script: str, **environment: str) -> "subprocess.Popen[str]":
        """Start a script; it is ended with the test at the latest."""
        path = self.directory / "script.py"
        path.write_text(textwrap.dedent(script), encoding="utf-8")
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

    def run_script(self, script: str, code: int = 0, **environment: str) -> Tuple[str, str]:
        """Run a script to its end; return its stdout and stderr."""
        process = self.start(script, **environment)
        out, err = process.communicate(timeout=DEADLINE * 2)
        self.assertEqual(code, process.returncode, err)
        return out, err

    def go(self, process: "subprocess.Popen[str]") -> None:
        """Let a script go on that waits in ``input()``."""
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()

    def left(self) -> List[str]:
        """Return the senders that left something in the spool."""
        return sorted(os.listdir(str(self.spool))) if self.spool.exists() else []

    @staticmethod
    def _end(process: "subprocess.Popen[str]") -> None:
        if process.poll() is None:
            process.kill()
        process.communicate()
