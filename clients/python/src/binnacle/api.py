"""One keep-alive connection to the server."""

from __future__ import annotations

import encodings.idna  # noqa: F401 - see below
import http.client
import json
import math
import socket
import time
from email.utils import parsedate_to_datetime
from typing import Any, Dict, NamedTuple, Optional
from urllib.parse import urlsplit

# Resolving a name imports the IDNA codec on its first use, in the sending thread: a fork in that
# instant would leave the child with a module that is locked for ever. So it is imported above.

VERSION = "0.1.0"
_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 30.0
_MAX_ANSWER = 1 << 20


class Unreachable(Exception):
    """No answer came: the server is away, or the address is wrong."""


class Response(NamedTuple):
    """A server's answer; ``retry_after`` in seconds, when the server gave one."""

    status: int
    body: bytes
    retry_after: Optional[float]

    def json(self) -> Dict[str, Any]:
        """Return the body as an object; anything else, such as a proxy's page, is empty."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def code(self) -> str:
        """Return the problem's stable code, or an empty text."""
        return str(self.json().get("code", ""))


class ApiClient:
    """Sends requests one after the other over one connection; used by one thread only."""

    def __init__(self, url: str, api_key: str) -> None:
        self._address = _address_of(url)
        self._headers = {"User-Agent": "binnacle-python/" + VERSION, "Accept": "application/json"}
        if api_key:
            self._headers["X-API-Key"] = api_key
        self._connection: Optional[http.client.HTTPConnection] = None

    def request(
        self, method: str, path: str, body: bytes = b"", gzipped: bool = False
    ) -> Response:
        """Send and wait for the answer.

        A connection that was idle may have been closed by the server meanwhile; that one case is
        tried again at once, on a new connection. All our requests can be repeated.

        :raises Unreachable: when there is no answer.
        """
        if self._address is None:
            raise Unreachable("this is no address of a server")
        reused = self._connection is not None
        try:
            return self._exchange(self._address, method, path, body, gzipped)
        except (http.client.HTTPException, OSError, ValueError) as failure:
            self.close()
            if not reused or isinstance(failure, socket.timeout):
                raise Unreachable(_reason(failure)) from failure
        try:
            return self._exchange(self._address, method, path, body, gzipped)
        except (http.client.HTTPException, OSError, ValueError) as failure:
            self.close()
            raise Unreachable(_reason(failure)) from failure

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _exchange(
        self, address: "_Address", method: str, path: str, body: bytes, gzipped: bool
    ) -> Response:
        connection = self._connect(address)
        headers = dict(self._headers)
        if body or method in ("POST", "PATCH"):
            headers["Content-Type"] = "application/json"
        if gzipped:
            headers["Content-Encoding"] = "gzip"
        connection.request(method, address.prefix + path, body=body or None, headers=headers)
        answer = connection.getresponse()
        content = answer.read(_MAX_ANSWER)
        if not answer.isclosed() or answer.will_close:
            self.close()
        return Response(answer.status, content, _retry_after(answer.getheader("Retry-After")))

    def _connect(self, address: "_Address") -> http.client.HTTPConnection:
        if self._connection is None:
            kind = http.client.HTTPSConnection if address.secure else http.client.HTTPConnection
            connection = kind(address.host, address.port, timeout=_CONNECT_SECONDS)
            connection.connect()
            connection.sock.settimeout(_ANSWER_SECONDS)
            self._connection = connection
        return self._connection


class _Address(NamedTuple):
    """Where the server is."""

    secure: bool
    host: str
    port: int
    prefix: str


def _address_of(url: str) -> Optional[_Address]:
    """Return what a URL says; None when it is none: the key must not go to a guessed server."""
    try:
        parts = urlsplit(url if "://" in url else "http://" + url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        return _Address(secure, parts.hostname, port, parts.path.rstrip("/") + "/api/v1")
    except ValueError:
        return None


def _reason(failure: BaseException) -> str:
    return str(failure) or type(failure).__name__


def _retry_after(value: Optional[str]) -> Optional[float]:
    """Return the header's seconds, whether given as a number or as a date; 0 to one hour."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (TypeError, ValueError):
            return None
    return min(max(seconds, 0.0), 3600.0) if math.isfinite(seconds) else None
