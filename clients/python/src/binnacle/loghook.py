"""Records of the ``logging`` module, with their true level, each stored once."""

from __future__ import annotations

import logging
import threading
import traceback
from typing import Any, Callable, Dict, Optional

from .counters import Counters
from .lines import Line, fields_json, label, nanos_of, text_of
from .streams import Hush

_MARK = "_binnacle_stored"
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "taskName",
    "exc_text",
    _MARK,
}

Put = Callable[[Line], None]


def line_of(record: logging.LogRecord) -> Line:
    """Return the record as a log line: extra, logger, place and exception become fields.

    The message is what handlers show below each other, so that all of it is found by a search.
    """
    fields: Dict[str, Any] = {
        key: value for key, value in record.__dict__.items() if key not in _STANDARD
    }
    fields["logger"] = record.name
    fields["caller"] = "%s:%s" % (record.pathname, record.lineno)
    if record.threadName and record.threadName != "MainThread":
        fields["thread"] = record.threadName
    message = _message(record)
    for text in (_add_exception(fields, record), record.stack_info):
        if text:
            message = "%s%s%s" % (message, "" if message.endswith("\n") else "\n", text)
    time_ns = nanos_of(record.created)
    return Line("sdk", _level(record), message, time_ns, fields_json(fields))


def _add_exception(fields: Dict[str, Any], record: logging.LogRecord) -> Optional[str]:
    """Add what identifies the exception; return its long text, which is part of the message."""
    kind, value, trace = record.exc_info or (None, None, None)
    if kind is not None:
        fields["exc_type"] = kind.__name__
        fields["exc_message"] = value
        fields["exc_info"] = "".join(traceback.format_exception_only(kind, value)).rstrip()
        return "".join(traceback.format_exception(kind, value, trace)).rstrip()
    if record.exc_text:  # A record from another process has the text alone, which ends so.
        fields["exc_info"] = record.exc_text.rstrip().rpartition("\n")[2]
    return record.exc_text


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - wrong arguments; logging itself reports them on screen
        return "%s %s" % (text_of(record.msg), text_of(record.args))


def _level(record: logging.LogRecord) -> str:
    """Return the level's name; one that was never named gets that of the step below."""
    name = label(record.levelname or "", 32)
    if name and not name.startswith("Level "):
        return name
    for level in (50, 40, 30, 20):
        if record.levelno >= level:
            return logging.getLevelName(level)
    return "DEBUG"


class BinnacleHandler(logging.Handler):
    """A handler for those who configure logging by themselves.

    ``logging.getLogger().addHandler(binnacle.BinnacleHandler())`` sends every record to the active
    run. With ``capture_logs`` on it is not needed, and does no harm.
    """

    def __init__(self, level: int = logging.NOTSET, put: Optional[Put] = None) -> None:
        super().__init__(level)
        self._put = put

    def emit(self, record: logging.LogRecord) -> None:
        """Send the record unless it has been sent already."""
        try:
            put = self._put or _active_put()
            if put is not None and not hasattr(record, _MARK):
                line = line_of(record)
                setattr(record, _MARK, True)
                put(line)
        except Exception:  # noqa: BLE001 - the contract of logging: handlers do not raise
            self.handleError(record)


_active: Optional[Put] = None


def set_active(put: Optional[Put]) -> None:
    """Name the run to which handlers without one of their own send."""
    global _active
    _active = put


def _active_put() -> Optional[Put]:
    return _active


class LoggingHook:
    """Sees every record that any logger lets through, without being a handler of any logger.

    A handler on the root logger would change what the script's user sees: ``basicConfig`` does
    nothing when the root logger has a handler, and warnings of an unconfigured script are shown
    only when it has none. So the hook sits where loggers call their handlers, and keeps the text
    that these write from being captured a second time.
    """

    def __init__(self, put: Put, hush: Hush, counters: Counters) -> None:
        self._put = put
        self._hush = hush
        self._counters = counters
        self._lock = threading.RLock()
        self._on = False
        self._call_handlers = logging.Logger.callHandlers
        self._handle = logging.Handler.handle

    def start(self) -> None:
        """Begin to see records."""
        with self._lock:
            if not self._on:
                self._on = True
                self._install()

    def stop(self) -> None:
        """See no more; hooks that were set over ours stay in place, and ours is inert."""
        with self._lock:
            if not self._on:
                return
            self._on = False
            if logging.Logger.callHandlers is self._our_call_handlers:
                logging.Logger.callHandlers = self._call_handlers  # type: ignore[method-assign]
            if logging.Handler.handle is self._our_handle:
                logging.Handler.handle = self._handle  # type: ignore[method-assign]

    def _install(self) -> None:
        hook = self
        call_handlers = self._call_handlers = logging.Logger.callHandlers
        handle = self._handle = logging.Handler.handle

        def our_call_handlers(logger: logging.Logger, record: logging.LogRecord) -> None:
            if hook._on and not hasattr(record, _MARK):
                hook._store(record)
            call_handlers(logger, record)

        def our_handle(handler: logging.Handler, record: logging.LogRecord) -> Any:
            if not (hook._on and hasattr(record, _MARK)):
                return handle(handler, record)
            with hook._hush:
                return handle(handler, record)

        self._our_call_handlers = our_call_handlers
        self._our_handle = our_handle
        logging.Logger.callHandlers = our_call_handlers  # type: ignore[method-assign, assignment]
        logging.Handler.handle = our_handle  # type: ignore[method-assign, assignment]

    def _store(self, record: logging.LogRecord) -> None:
        try:
            line = line_of(record)
            setattr(record, _MARK, True)
            self._put(line)
        except Exception:  # noqa: BLE001 - logging must not fail because of us
            self._counters.add("internal_errors")
