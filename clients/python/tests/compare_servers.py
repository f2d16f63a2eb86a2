"""Asks a true server and the tests' own the same, and tells where they answer differently.

``BINNACLE_URL`` and ``BINNACLE_API_KEY`` name the true one; its projects ``compared`` and
``compared-too`` are used. The exit code is 1 when the answers differ.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import sys
import uuid
from typing import Any, Dict, Iterator, NamedTuple, Tuple
from urllib.parse import urlsplit

from fake_server import Binnacle

RUNS = "/projects/compared/runs"
KNOWN = str(uuid.uuid4())
DELETED = str(uuid.uuid4())


class Question(NamedTuple):
    """One request, and what is asked with it."""

    what: str
    method: str
    path: str
    body: bytes
    gzipped: bool = False


def main() -> int:
    """Ask both; return the exit code."""
    fake = Binnacle()
    differences = 0
    for question in questions():
        true, own = _ask_true(question), _ask_fake(fake, question)
        if question.method == "DELETE":
            fake.deleted.add(DELETED)
        elif true != own:
            differences += 1
            print("%s: the server answers %s, the tests' own %s" % (question.what, true, own))
    return 1 if differences else 0


def questions() -> Iterator[Question]:
    """Return what is asked, in order: later questions are about earlier runs."""
    yield Question("a run", "POST", RUNS, _json(run_id=KNOWN, config={"a": "x" * 4096}))
    yield Question("the same run", "POST", RUNS, _json(run_id=KNOWN))
    yield Question("another project's id", "POST", RUNS[:-5] + "-too/runs", _json(run_id=KNOWN))
    yield Question("a compressed run", "POST", RUNS, gzip.compress(_json(run_id=new())), True)
    yield Question("no JSON", "POST", RUNS, b"{")
    for project in ("models", "Upper", "-", "x" * 65):
        path = "/projects/%s/runs" % project
        yield Question("project " + project[:9], "POST", path, _json(run_id=new()))
    some = new()
    for run_id in (some.replace("-", ""), "{%s}" % some, "urn:uuid:" + some, "1-1-1-1-1", some):
        yield Question("run id " + run_id, "POST", RUNS, _json(run_id=run_id))
    yield Question("run id in capitals", "POST", RUNS, _json(run_id=new().upper()))
    for what, fields in details():
        yield Question("new run with " + what, "POST", RUNS, _json(run_id=new(), **fields))
        yield Question("changed " + what, "PATCH", "/runs/" + KNOWN, _json(**fields))
    yield from changes()
    yield from batches()
    yield Question("a run to delete", "POST", RUNS, _json(run_id=DELETED))
    yield Question("its deletion", "DELETE", "/runs/" + DELETED, b"")
    yield Question("a deleted run", "POST", RUNS, _json(run_id=DELETED))
    yield from addresses("deleted", DELETED)


def details() -> Iterator[Tuple[str, Dict[str, Any]]]:
    """Return what a run may say of itself, good and bad."""
    yield "an unknown field", {"colour": "blue"}
    yield "a blank name", {"name": " "}
    yield "a control character in the name", {"name": "a\tb"}
    for field, limit in (("name", 200), ("notes", 65_536), ("host", 255), ("git_commit", 64)):
        yield field + " of the limit", {field: "x" * limit}
        yield field + " beyond the limit", {field: "x" * (limit + 1)}
    for field, limit in (("command", 4000), ("release", 200), ("environment", 200)):
        yield field + " of the limit", {field: "x" * limit}
        yield field + " beyond the limit", {field: "x" * (limit + 1)}
    yield "NUL in the notes", {"notes": "\0"}
    yield "a number as notes", {"notes": 1}
    yield "a list as config", {"config": []}
    yield "a large config", {"config": {"a": "é" * 262_136}}
    yield "a config beyond the limit", {"config": {"a": "é" * 262_137}}
    yield "a config beyond any body", {"config": {"a": "x" * (1 << 20)}}
    yield "50 tags", {"tags": ["t%d" % i for i in range(50)]}
    yield "51 tags", {"tags": ["t%d" % i for i in range(51)]}
    yield "a long tag", {"tags": ["t" * 65]}
    yield "a blank tag", {"tags": [" "]}
    yield "a number as a tag", {"tags": [1]}


def changes() -> Iterator[Question]:
    """Return changes of a run."""
    path = "/runs/" + KNOWN
    yield Question("a compressed change", "PATCH", path, gzip.compress(_json(notes="n")), True)
    for fields in (
        {"status": "DONE"},
        {"exit_code": 1 << 31},
        {"exit_code": "0"},
        {"run_id": KNOWN},
        {"started_at": "2026-01-01T00:00:00Z"},
        {"status": "FINISHED", "exit_code": -15, "ended_at": "2100-01-01T00:00:00Z"},
    ):
        yield Question("change %s" % fields, "PATCH", path, _json(**fields))


def batches() -> Iterator[Question]:
    """Return what comes with lines and metrics."""
    path = "/runs/" + KNOWN
    good = _json(stream="main", labels={}, client_id="c", batch_no=1, logs=[{"message": "m"}])
    yield Question("a batch", "POST", path + "/logs/batch", good)
    yield Question("the same batch", "POST", path + "/logs/batch", good)
    other = good.replace(b'"m"', b'"n"')
    yield Question("a conflict", "POST", path + "/logs/batch", other)
    packed = gzip.compress(good.replace(b'"batch_no": 1', b'"batch_no": 2'))
    yield Question("a compressed batch", "POST", path + "/logs/batch", packed, True)
    points = [{"step": 1, "timestamp": "2026-01-01T00:00:00Z", "values": {"loss": 1}}]
    yield Question("metrics", "POST", path + "/metrics", _json(metrics=points))
    packed = gzip.compress(_json(metrics=points))
    yield Question("compressed metrics", "POST", path + "/metrics", packed, True)
    yield Question("1,001 points", "POST", path + "/metrics", _json(metrics=points * 1001))
    lines = [{"message": "m"}] * 5001
    many = _json(stream="main", labels={}, client_id="c", batch_no=3, logs=lines)
    yield Question("5,001 lines", "POST", path + "/logs/batch", many)
    for number, line in enumerate(lines_of_all_kinds(), 10):
        one = _json(stream="main", labels={}, client_id="c", batch_no=number, logs=[line])
        what = "line %s" % {name: str(value)[:40] for name, value in line.items()}
        yield Question(what, "POST", path + "/logs/batch", one)
    yield from addresses("unknown", new())
    yield from addresses("short", KNOWN.replace("-", ""))


def lines_of_all_kinds() -> Iterator[Dict[str, Any]]:
    """Return lines, good and bad."""
    yield {"level": "INFO"}
    yield {"message": "m", "level": "L" * 32, "source": "s" * 50}
    yield {"message": "m", "level": "L" * 33}
    yield {"message": "m", "source": "s" * 51}
    yield {"message": "m", "level": "a\tb"}
    yield {"message": "m", "source": "a\nb"}
    for time in ("1677-09-22T00:00:00Z", "1677-09-20T00:00:00Z", "2262-04-11T00:00:00.123456789Z"):
        yield {"message": "m", "timestamp": time}
    yield {"message": "m", "timestamp": "2262-04-13T00:00:00Z"}
    yield {"message": "m", "fields": []}
    yield {"message": "m", "fields": {"a": "x" * 65_000}}
    yield {"message": "m", "fields": {"a": "x" * 66_000}}
    yield {"message": "x" * 70_000}


def addresses(what: str, run_id: str) -> Iterator[Question]:
    """Return requests to a run that is not there."""
    path = "/runs/" + run_id
    lines = _json(stream="main", labels={}, client_id="c", batch_no=1, logs=[{"message": "m"}])
    yield Question("lines of one that is " + what, "POST", path + "/logs/batch", lines)
    yield Question("metrics of one that is " + what, "POST", path + "/metrics", b'{"metrics":[]}')
    yield Question("heartbeat of one that is " + what, "POST", path + "/heartbeat", b"")
    yield Question("change of one that is " + what, "PATCH", path, _json(notes="n"))


def new() -> str:
    """Return a run id that is not in use."""
    return str(uuid.uuid4())


def _json(**fields: Any) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def _ask_true(question: Question) -> Tuple[Any, ...]:
    address = urlsplit(os.environ["BINNACLE_URL"])
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    headers = dict(_headers(question), **{"X-API-Key": os.environ["BINNACLE_API_KEY"]})
    try:
        path = "/api/v1" + question.path
        connection.request(question.method, path, question.body or None, headers)
        answer = connection.getresponse()
        text = answer.read()
        return _told(answer.status, json.loads(text) if text else {})
    finally:
        connection.close()


def _ask_fake(fake: Binnacle, question: Question) -> Tuple[Any, ...]:
    path = "/api/v1" + question.path
    status, _, body = fake.handle(question.method, path, _headers(question), question.body)
    return _told(status, body)


def _headers(question: Question) -> Dict[str, str]:
    headers = {"Content-Type": "application/json"}
    if question.gzipped:
        headers["Content-Encoding"] = "gzip"
    return headers


def _told(status: int, body: Dict[str, Any]) -> Tuple[Any, ...]:
    """Return what the SDK goes by; of good answers how much was taken."""
    if status < 400:
        return status, body.get("accepted"), body.get("refused_count")
    return status, body.get("code"), body.get("field"), body.get("limit")


if __name__ == "__main__":
    sys.exit(main())
