"""One run, as the script sees it."""

from __future__ import annotations

import json
import os
import time
import traceback
from types import TracebackType
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Dict,
    Iterable,
    Mapping,
    Optional,
    Tuple,
    Type,
)

from . import process
from .aliases import WandbNames
from .batches import Redact
from .console import Console
from .counters import DROPPED_END, Counters
from .description import Description, given
from .exits import FAILED, FINISHED, KILLED, SIGNAL_SECONDS, ExitHooks, Watched, die_of
from .ids import new_client_id
from .lines import Entry, Line, RunPatch, fields_json, kind_of, label, nanos_of, text_of
from .loghook import set_active
from .notices import Notices
from .pipeline import Identity, Pipeline
from .settings import FLUSH_WAIT_SECONDS, Settings, seconds_of
from .steps import Steps
from .unstored import RUN_NAMES, RUN_VALUES, speak_through, stand_in
from .values import Config, Summary

_CAPTURE_SECONDS = 10.0
"""How long the end waits for a relay that is slow, as on a machine with too much to do."""


class Run(WandbNames, Watched):
    """Receives lines and metrics from any thread; made by :func:`binnacle.init`.

    No method raises because of the server, the disk or the network, and none but :meth:`finish`
    and :meth:`flush` waits for them.
    """

    def __init__(
        self,
        settings: Settings,
        project: Optional[str] = None,
        name: Optional[str] = None,
        config: Optional[Any] = None,
        tags: Optional[Iterable[str]] = None,
        notes: Optional[str] = None,
        run_id: Optional[str] = None,
        stream: Optional[str] = None,
        redact: Optional[Redact] = None,
        quiet: bool = False,
        about: Optional[Mapping[str, Optional[str]]] = None,
    ) -> None:
        self.disabled = settings.disabled
        self._settings = settings
        self._redact = redact
        self._notices = Notices(quiet)
        self._counters = Counters()
        self._about = Description(
            project, run_id, name, tags, notes, about or {}, redact, self._notices
        )
        self.project = self._about.project
        self.id = self._about.run_id
        self.config = Config(config, self._config_changed)
        self._about.config = self.config
        self.summary = Summary()
        self._steps = Steps(self._put, self.summary, self._counters, self._notices)
        self._rank = process.rank()
        self._stream = given(stream, 100, process.stream_name())
        self._owner = os.getpid()
        self._closing = False
        self._closed = self.disabled
        self._signal = 0
        self._hurry: Optional[float] = None
        self._pipeline = self._new_pipeline(self._stream, owner=True)
        self._console = Console(
            settings.console, self._put, self._hold, self._counters, self._notices
        )
        self._pipeline.settlers.append(self._console.settle)
        self._hooks = ExitHooks(self)

    @property
    def run_id(self) -> str:
        """The run's UUID, made by this client."""
        return self.id

    @property
    def name(self) -> str:
        """The run's name; what it is changed to is sent."""
        return self._about.name

    @name.setter
    def name(self, value: str) -> None:
        self._about.name = value
        self._change("name", self._about.name)

    @property
    def notes(self) -> Optional[str]:
        """The run's notes; what they are changed to is sent."""
        notes: Optional[str] = self._about.notes
        return notes

    @notes.setter
    def notes(self, value: Optional[str]) -> None:
        self._about.notes = value
        self._change("notes", self._about.notes)

    @property
    def tags(self) -> Tuple[str, ...]:
        """The run's tags; what they are changed to is sent."""
        return tuple(self._about.tags)

    @tags.setter
    def tags(self, values: Iterable[str]) -> None:
        self._about.tags = values
        self._change("tags", self._about.tags)

    @property
    def closed(self) -> bool:
        """Whether the run takes nothing any more."""
        return self._closed

    @property
    def url(self) -> str:
        """The run's page in the console."""
        return "%s/runs/%s" % (self._settings.url, self.id)

    @property
    def step(self) -> int:
        """The step that the next :meth:`log` without a step gets."""
        return self._steps.next

    def start(self) -> "Run":
        """Begin: print the run's address, start the threads, capture, watch the process's end."""
        if self.disabled:
            return self
        if self.project != self.project_name():
            self._notices.say("project %r is %s in addresses" % (self.project_name(), self.project))
        self._notices.say("run %s at %s" % (self.name, self.url))
        self._pipeline.start()
        set_active(self._put)
        speak_through(self._notices)
        self._hooks.install()
        self._console.start()
        return self

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Stand in for what a run of wandb has and this one not."""
            if name in RUN_NAMES:
                return stand_in("run." + name)
            if name in RUN_VALUES:
                return RUN_VALUES[name]
            if name == "settings":
                return stand_in("Settings")()
            raise AttributeError("'Run' object has no attribute %r" % name)

    def log(
        self,
        data: Mapping[str, Any],
        step: Optional[int] = None,
        commit: Optional[bool] = None,
        **ignored: Any,
    ) -> None:
        """Store metrics: numbers, also nested and NumPy's or PyTorch's of one element.

        Without ``step`` each call is the next step. With ``commit=False`` the values wait for the
        call that completes the step. wandb's other arguments have no effect.
        """
        try:
            self._steps.log(data, step, commit is None or bool(commit))
        except Exception:  # noqa: BLE001 - a training script must not fail because of us
            self._counters.add("internal_errors")

    def log_line(
        self,
        message: object,
        level: str = "INFO",
        source: str = "user",
        fields: Optional[Mapping[str, Any]] = None,
        timestamp: Optional[float] = None,
    ) -> None:
        """Store one log line, which may contain line breaks; nothing is shown on the screen.

        ``timestamp``: epoch seconds, now when absent. What is none (nanoseconds, NaN, beyond the
        years 1677 to 2262) is counted, and the line gets the time of its receipt by the server.
        """
        try:
            time_ns = time.time_ns() if timestamp is None else nanos_of(timestamp)
            if time_ns is None:
                self._counters.add("timestamps_invalid")
            source, level = label(source, 50, "user"), label(level, 32, "INFO")
            self._put(Line(source, level, text_of(message), time_ns, fields_json(fields)))
        except Exception:  # noqa: BLE001 - a training script must not fail because of us
            self._counters.add("internal_errors")

    def debug(self, message: object, **fields: Any) -> None:
        """Store a line of level DEBUG."""
        self.log_line(message, "DEBUG", fields=fields)

    def info(self, message: object, **fields: Any) -> None:
        """Store a line of level INFO."""
        self.log_line(message, "INFO", fields=fields)

    def warning(self, message: object, **fields: Any) -> None:
        """Store a line of level WARNING."""
        self.log_line(message, "WARNING", fields=fields)

    def error(self, message: object, **fields: Any) -> None:
        """Store a line of level ERROR."""
        self.log_line(message, "ERROR", fields=fields)

    def critical(self, message: object, **fields: Any) -> None:
        """Store a line of level CRITICAL."""
        self.log_line(message, "CRITICAL", fields=fields)

    def flush(self, seconds: float = FLUSH_WAIT_SECONDS) -> bool:
        """Wait until the server has all that was given so far; False when it does not get it."""
        if self._closed:
            return self.disabled or self._pipeline.delivered()
        return self._pipeline.flush(seconds_of(seconds, FLUSH_WAIT_SECONDS))

    def stats(self) -> Dict[str, int]:
        """Return what became of lines and metrics: sent, refused, dropped (by reason)."""
        return self._counters.snapshot()

    def finish(self, exit_code: Optional[int] = None, **ignored: Any) -> None:
        """End the run: FINISHED with exit code 0 or none, else FAILED.

        Waits for the delivery, but only for so long.
        What cannot be delivered stays on disk, and the next run on this machine delivers it.
        wandb's other arguments have no effect.
        """
        try:
            code = int(exit_code or 0)
        except (TypeError, ValueError):
            code = 1
        self.close(self._hooks.outcome(code), code)

    def __enter__(self) -> "Run":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        if kind is None:
            self.finish()
        elif issubclass(kind, SystemExit):
            code = getattr(error, "code", None)
            self.finish(code if isinstance(code, int) else int(code is not None))
        elif issubclass(kind, KeyboardInterrupt):
            self.close(KILLED, 130)
        else:
            self.uncaught(kind, error, trace)
            self.close(FAILED, 1)

    def close(self, status: str, exit_code: int, seconds: Optional[float] = None) -> None:
        """End the run with this status. In a forked child only its own lines are delivered."""
        if self._closing:
            return
        self._closing = True
        try:
            self._close(status, exit_code, seconds)
        except Exception:  # noqa: BLE001 - the script's own end must not fail because of us
            self._counters.add("internal_errors")
        finally:
            self._closed = True
        if self._signal:
            die_of(self._signal)

    def close_from_signal(self, signum: int) -> bool:
        """See :class:`Watched`."""
        if self._closing and not self._closed:
            # The interrupted code is ending the run: let it, but not for long.
            self._signal = signum
            self._hurry = time.monotonic() + SIGNAL_SECONDS
            return False
        self.close(KILLED, 128 + signum, SIGNAL_SECONDS)
        return True

    def nudge(self) -> None:
        """See :class:`Watched`."""
        self._pipeline.ask_flush(SIGNAL_SECONDS)

    def uncaught(
        self,
        kind: Type[BaseException],
        error: Optional[BaseException],
        trace: Any,
        thread: Optional[str] = None,
    ) -> None:
        """See :class:`Watched`."""
        try:
            text = "".join(traceback.format_exception(kind, error, trace)).rstrip()
            fields: Dict[str, Any] = {"exc_type": kind.__name__, "exc_message": error}
            if thread is not None:
                fields["thread"] = thread
            self._console.exception(text, fields_json(fields))
        except Exception:  # noqa: BLE001 - the script fails already, with its own exception
            self._counters.add("internal_errors")

    def show(self, action: Callable[[], Any]) -> None:
        """See :class:`Watched`."""
        with self._console.hush:
            action()

    def after_fork(self) -> None:
        """Speak as a process of its own: stream, client id, threads and files are new.

        What waited in the parent's buffers is the parent's and is forgotten here.
        """
        if self._closed:
            return
        self._counters.reset()
        self._notices.reset()
        self._steps.after_fork()
        self._pipeline.forget()
        suffix = "-child-%d" % os.getpid()
        stream = label(self._stream, 100 - len(suffix)) + suffix
        self._pipeline = self._new_pipeline(stream, owner=False)
        self._console.after_fork()
        self._pipeline.settlers.append(self._console.settle)

    def _close(self, status: str, exit_code: int, seconds: Optional[float]) -> None:
        """Within ``seconds`` if given, else within the patience for capture and for delivery."""
        if self.disabled:
            return
        begin = time.monotonic()
        self._steps.commit()
        self._stop_console(begin + (_CAPTURE_SECONDS if seconds is None else seconds / 2))
        self._hooks.remove()
        if os.getpid() == self._owner and (self._rank in (None, 0) or status != FINISHED):
            self._steps.put_summary()
            end = json.dumps(self._about.end(status, exit_code))
            self._pipeline.put(RunPatch("status", end))
        set_active(None)
        if seconds is None:
            self._pipeline.finish(self._settings.finish_seconds, self._hurried)
        else:
            self._pipeline.finish(max(0.0, begin + seconds - time.monotonic()), self._hurried)

    def _stop_console(self, deadline: float) -> None:
        """Leave half of a signal's time for the delivery, should it come now."""

        def waited() -> bool:
            hurry = deadline if self._hurry is None else self._hurry - SIGNAL_SECONDS / 2
            return time.monotonic() >= min(deadline, hurry)

        self._console.stop(waited)

    def _hurried(self) -> Optional[float]:
        return self._hurry

    def _put(self, entry: Entry) -> None:
        if not self._closed:
            self._pipeline.put(entry)
        elif not self.disabled:
            self._counters.count(kind_of(entry), DROPPED_END)

    def _hold(self) -> None:
        self._pipeline.wake()

    def _config_changed(self) -> None:
        if hasattr(self, "_pipeline"):
            self._about.config = self.config
            self._change("config", self._about.config)

    def _change(self, field: str, value: Any) -> None:
        self._put(RunPatch(field, json.dumps({field: value})))

    def _new_pipeline(self, stream: str, owner: bool) -> Pipeline:
        identity = Identity(
            self.project, self._about.body, stream, process.labels(), new_client_id()
        )
        return Pipeline(
            self._settings, identity, self._counters, self._notices, self._redact, owner
        )
