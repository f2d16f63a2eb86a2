"""Names and numbers that the client makes by itself, so that a run can begin without the server."""

from __future__ import annotations

import hashlib
import os
import re
import time
import unicodedata
import uuid
from typing import Optional

_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}\Z")
_RESERVED = frozenset(
    "admin all api api-keys login logout me members models new projects refusals runs search "
    "services settings users".split()
)
"""Slugs that the server does not give to projects, because its own addresses have them."""

_NOT_IN_SLUG = re.compile(r"[^a-z0-9._-]+")


def new_run_id() -> str:
    """Return a UUID version 7 (RFC 9562): time-ordered, so the server's index grows at one end."""
    millis = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (millis & (1 << 48) - 1) << 80
    value |= 0x7 << 76
    value |= (random >> 68) << 64
    value |= 0b10 << 62
    value |= random & (1 << 62) - 1
    return str(uuid.UUID(int=value))


def run_id_of(text: str) -> Optional[str]:
    """Return a UUID in the one form that the server takes; None for what is no UUID.

    Python's own ``hex``, in braces or as a URN, is one as well.
    """
    try:
        return str(uuid.UUID(text))
    except (ValueError, AttributeError, TypeError):
        return None


def new_client_id() -> str:
    """Return a sender's identity (32 characters).

    It is random, never derived from run, rank or pid: two processes of one run must not share a
    sequence of batch numbers, or the server would take one's lines for a repetition of the other's.
    """
    return os.urandom(16).hex()


def slug_of(project: str) -> str:
    """Return the slug for a project's name.

    A name that already is a slug comes back unchanged, unless the server keeps it for itself:
    ``models`` becomes ``project-models``.
    """
    slug = project if _SLUG.match(project) else _slug_from(project)
    return "project-" + slug if slug in _RESERVED else slug


def _slug_from(project: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", project).encode("ascii", "ignore").decode("ascii")
    slug = _NOT_IN_SLUG.sub("-", ascii_text.lower()).strip("-._")[:64].rstrip("-._")
    if slug:
        return slug
    # Names in scripts without an ASCII form (漢字) still need a stable slug of their own.
    return "project-" + hashlib.sha256(project.encode("utf-8", "replace")).hexdigest()[:8]
