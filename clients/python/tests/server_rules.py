"""What the server takes and what it refuses, rule for rule."""

from __future__ import annotations

import gzip
import json
import re
import uuid
from typing import Any, Dict, List, Optional, Tuple

_LONGEST_NAME = 10_000
_LONGEST_NUMBER = 100
_EARLIEST = "1677-09-21T00:12:44"
_LATEST = "2262-04-11T23:47:15"
_PLAIN_BODY = 1 << 20
"""Bytes of a body that is neither a batch nor metrics."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}\Z")
RESERVED = frozenset(
    "admin all api api-keys login logout me members models new projects refusals runs search "
    "services settings users".split()
)
_TEXTS = {
    "name": 200,
    "notes": 64 << 10,
    "host": 255,
    "git_commit": 64,
    "command": 4000,
    "release": 200,
    "environment": 200,
    "service": 200,
}
_DETAILS = frozenset(_TEXTS) | {"config", "tags"}
_NEW = _DETAILS | {"run_id", "project_name", "started_at"}
_CHANGE = _DETAILS | {"status", "exit_code", "ended_at"}
_STATUSES = ("RUNNING", "FINISHED", "FAILED", "KILLED", "CRASHED")
_CONFIG_CHARS = 256 << 10


class Refusal(Exception):
    """What the server answers instead of taking a request."""

    def __init__(self, status: int, **problem: Any) -> None:
        super().__init__(status, problem)
        self.status = status
        self.problem = problem


def invalid(field: str, **more: Any) -> Refusal:
    """Return the refusal of one field."""
    return Refusal(400, code="invalid_field", field=field, **more)


def body_of(parts: List[str], headers: Dict[str, str], raw: bytes) -> bytes:
    """Return a request's body; only batches and metrics may come compressed, or be large."""
    encoding = headers.get("Content-Encoding", "identity")
    if parts[2:] in (["logs"], ["logs", "batch"], ["metrics"]) and parts[0] == "runs":
        return gzip.decompress(raw) if encoding == "gzip" else raw
    if encoding != "identity":
        raise Refusal(415, code="unsupported_media_type")
    if len(raw) > _PLAIN_BODY:
        raise Refusal(413, code="body_too_large", limit=_PLAIN_BODY)
    return raw


def read_json(raw: bytes) -> Any:
    """Read as strictly as the server: no NaN, no endless number or name, no broken UTF-8."""

    def no_constant(name: str) -> Any:
        raise ValueError(name)

    def whole(digits: str) -> Any:
        if len(digits) > _LONGEST_NUMBER:
            raise ValueError("a number is too long")
        return int(digits)

    def members(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
        if any(len(name) > _LONGEST_NAME for name, _ in pairs):
            raise ValueError("a name is too long")
        return dict(pairs)

    try:
        return json.loads(
            raw.decode("utf-8"),
            parse_constant=no_constant,
            parse_int=whole,
            object_pairs_hook=members,
        )
    except ValueError:
        raise Refusal(400, code="malformed_body") from None


def fault_of(line: Dict[str, Any]) -> Optional[str]:
    """Return why the server refuses this one line; None when it takes it."""
    if line.get("message") is None:
        return "no_message"
    for field, limit in (("level", 32), ("source", 50)):
        text = line.get(field) or ""
        if not isinstance(text, str) or _length(text) > limit or _has_controls(text):
            return "invalid_" + field
    time_text = line.get("timestamp")
    if time_text is not None and not _EARLIEST < time_text < _LATEST:
        return "invalid_timestamp"
    fields = line.get("fields")
    if fields is not None and not isinstance(fields, dict):
        return "invalid_fields"
    size = len(json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace"))
    if size > 64 * 1024:
        return "fields_too_large"
    return None


def is_run_id(text: str) -> bool:
    """Say whether it is a UUID in its full form, which is the only one."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def check_new_run(project: str, body: Dict[str, Any]) -> None:
    """Refuse a run that cannot be created."""
    _only(_NEW, body)
    if not is_run_id(body.get("run_id", "")):
        raise invalid("run_id")
    _check_details(body)
    _text("project_name", body, 200)
    _text("started_at", body, 40)
    if project in RESERVED:
        raise invalid("slug")
    if not _SLUG.match(project):
        raise invalid("slug", limit=64)


def check_change(body: Dict[str, Any]) -> None:
    """Refuse a change to a run that cannot be made."""
    _only(_CHANGE, body)
    _check_details(body)
    if body.get("status", "RUNNING") not in _STATUSES:
        raise invalid("status")
    code = body.get("exit_code", 0)
    if not isinstance(code, int) or abs(code) >= 1 << 31:
        raise invalid("exit_code")
    _text("ended_at", body, 40)


def _only(taken: "frozenset[str]", body: Dict[str, Any]) -> None:
    for field in body:
        if field not in taken:
            raise invalid(field)


def _check_details(body: Dict[str, Any]) -> None:
    for field, limit in _TEXTS.items():
        _text(field, body, limit)
    if not body.get("name", "n").strip() or _has_controls(body.get("name", "")):
        raise invalid("name")
    config = body.get("config", {})
    if not isinstance(config, dict):
        raise invalid("config")
    if _length(json.dumps(config, ensure_ascii=False, separators=(",", ":"))) > _CONFIG_CHARS:
        raise invalid("config", limit=_CONFIG_CHARS)
    tags = body.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise invalid("tags")
    if len(tags) > 50:
        raise invalid("tags", limit=50)
    for tag in tags:
        if not tag.strip() or _length(tag) > 64 or _has_controls(tag):
            raise invalid("tags", limit=64)


def _text(field: str, body: Dict[str, Any], limit: int) -> None:
    text = body.get(field, "")
    if not isinstance(text, str) or "\0" in text:
        raise invalid(field)
    if _length(text) > limit:
        raise invalid(field, limit=limit)


def _length(text: str) -> int:
    """Return how long a text is to Java."""
    return len(text.encode("utf-16-le", "replace")) // 2


def _has_controls(text: str) -> bool:
    return any(ord(c) < 32 or 127 <= ord(c) < 160 for c in text)
