"""A Binnacle server as far as the SDK can tell, on the loopback."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

from server_rules import Refusal, body_of, check_change, check_new_run, fault_of, invalid, read_json

DEADLINE = 60.0
"""Seconds after which a test stops waiting for something that should have come at once."""

_NUMBERS = 32
_PARTS = 9


class Stored(NamedTuple):
    """What is remembered of a batch."""

    content: str
    answer: Dict[str, Any]


class ClientWindow:
    """One of a sender's nine parts: 32 numbers that follow each other, and then later ones."""

    def __init__(self) -> None:
        self.block = -1
        self.stored: Dict[int, Stored] = {}

    @staticmethod
    def part_of(number: int) -> int:
        return (number - 1) // _NUMBERS % _PARTS

    def is_below(self, number: int) -> bool:
        return (number - 1) // _NUMBERS < self.block

    def add(self, number: int, stored: Stored) -> None:
        block = (number - 1) // _NUMBERS
        if block != self.block:
            self.block, self.stored = block, {}
        self.stored[number] = stored


class Binnacle:
    """Runs, log batches with windows, limits and refusals as the true ones, metrics; no network.

    ``answers`` overrides what comes next: each entry is used once, for a request whose path
    contains its key.
    """

    def __init__(self) -> None:
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
        self.max_bytes = 8 << 20
        self.tells_limit = True
        self.conflicts = 0
        self.below = 0
        self.answers: List[Tuple[str, int, Dict[str, str], Dict[str, Any]]] = []
        self._windows: Dict[Tuple[str, str, str, int], ClientWindow] = {}

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
        parts = path[len("/api/v1") :].split("/")[1:]
        try:
            status, answer = self._route(method, parts, body_of(parts, headers, raw))
        except Refusal as refusal:
            return refusal.status, extra, refusal.problem
        return status, extra, answer

    def _route(self, method: str, parts: List[str], raw: bytes) -> Tuple[int, Any]:
        if len(raw) > self.max_bytes:
            limit = {"limit": self.max_bytes} if self.tells_limit else {}
            raise Refusal(413, code="body_too_large", **limit)
        body = read_json(raw) if raw else {}
        if method == "POST" and parts[0] == "projects" and parts[2:] == ["runs"]:
            return self._create(parts[1], body)
        run_id, rest = parts[1].lower(), parts[2:]
        if run_id in self.deleted and rest:
            return 410, {"code": "run_deleted"}
        if run_id not in self.runs or run_id in self.deleted:
            return 404, {"code": "not_found"}
        if method == "PATCH" and not rest:
            check_change(body)
            self.runs[run_id].update(body)
            return 200, self.runs[run_id]
        if rest == ["heartbeat"]:
            self.heartbeats += 1
            return 200, {"status": "RUNNING"}
        if rest == ["metrics"]:
            return self._metrics(run_id, body)
        if rest == ["logs", "batch"]:
            return self._batch(run_id, body, hashlib.sha256(raw).hexdigest())
        return 404, {"code": "not_found"}

    def _create(self, project: str, body: Dict[str, Any]) -> Tuple[int, Any]:
        check_new_run(project, body)
        run_id = body["run_id"].lower()
        if run_id in self.deleted:
            return 410, {"code": "run_deleted"}
        if run_id in self.runs:
            if self.runs[run_id]["project"] != project:
                return 409, {"code": "run_id_taken"}
            return 200, self.runs[run_id]
        self.runs[run_id] = dict({"name": "run"}, **body, project=project, status="RUNNING")
        return 201, self.runs[run_id]

    def _metrics(self, run_id: str, body: Dict[str, Any]) -> Tuple[int, Any]:
        if len(body["metrics"]) > 1000:
            raise invalid("metrics", limit=1000)
        refused = []
        for index, point in enumerate(body["metrics"]):
            if not 0 <= point["step"] < 1 << 63 or any(
                not name.strip() or len(name) > 250 or "\0" in name for name in point["values"]
            ):
                refused.append({"index": index, "code": "invalid_point"})
                continue
            for name, value in point["values"].items():
                self.metrics[run_id, name, point["step"]] = value
        return 200, {
            "accepted": len(body["metrics"]) - len(refused),
            "refused": refused,
            "refused_count": len(refused),
        }

    def _batch(self, run_id: str, body: Dict[str, Any], content: str) -> Tuple[int, Any]:
        if len(body["logs"]) > self.max_lines:
            raise invalid("logs", limit=self.max_lines)
        client, number, stream = body["client_id"], body["batch_no"], body["stream"]
        if len(client) > 64 or number < 1 or len(stream) > 100:
            raise invalid("client_id")
        if any(ord(c) < 32 or 127 <= ord(c) < 160 for c in stream):
            raise invalid("stream")
        key = (run_id, stream, client, ClientWindow.part_of(number))
        window = self._windows.setdefault(key, ClientWindow())
        known = window.stored.get(number)
        if known is not None:
            if known.content != content:
                self.conflicts += 1
                raise Refusal(409, code="batch_conflict")
            self.repeated += 1
            return 200, known.answer
        if window.is_below(number):
            self.below += 1
            return 200, {"stream": "1", "duplicate": True}
        answer = self._store(run_id, body)
        window.add(number, Stored(content, answer))
        return 200, answer

    def _store(self, run_id: str, body: Dict[str, Any]) -> Dict[str, Any]:
        faults = [fault_of(line) for line in body["logs"]]
        good = [line for line, fault in zip(body["logs"], faults) if fault is None]
        stored = self.streams.setdefault((run_id, body["stream"]), [])
        first = len(stored) + 1
        stored.extend(good)
        self.labels[body["stream"]] = body["labels"]
        self.clients[body["client_id"]] = body["stream"]
        self.batches.append((body["client_id"], body["batch_no"], len(good)))
        return {
            "stream": "1",
            "accepted": len(good),
            "first_line": first,
            "last_line": len(stored),
            "truncated": 0,
            "refused": [{"index": i, "code": code} for i, code in enumerate(faults) if code],
            "refused_count": len(faults) - len(good),
        }


class Server(Binnacle):
    """The same behind a port."""

    def __init__(self) -> None:
        super().__init__()
        self.after_commit: Optional[Callable[[str], bool]] = None
        self._http: Optional[ThreadingHTTPServer] = None
        self._open: set = set()
        self.port = 0
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
