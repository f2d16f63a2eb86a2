"""How a process ends or multiplies, and what the active run makes of it."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from multiprocessing.process import BaseProcess, parent_process
from types import FrameType, TracebackType
from typing import Any, Callable, Optional, Type

FINISHED = "FINISHED"
FAILED = "FAILED"
KILLED = "KILLED"

_TERM = signal.SIGTERM
SIGNAL_SECONDS = 5.0
"""How long SIGTERM is held up to deliver what is there."""


class Watched:
    """What the hooks need of a run."""

    def close(self, status: str, exit_code: int, seconds: Optional[float] = None) -> None:
        """End the run."""
        raise NotImplementedError

    def close_from_signal(self, signum: int) -> bool:
        """End the run within a signal handler; False when its end is under way already."""
        raise NotImplementedError

    def nudge(self) -> None:
        """Have everything sent soon, without waiting."""
        raise NotImplementedError

    def uncaught(
        self,
        kind: Type[BaseException],
        error: Optional[BaseException],
        trace: Any,
        thread: Optional[str] = None,
    ) -> None:
        """Store an uncaught exception; ``thread`` is the name of one that is not the main one."""
        raise NotImplementedError

    def show(self, action: Callable[[], Any]) -> None:
        """Do what writes to the screen without capturing it."""
        raise NotImplementedError

    def after_fork(self) -> None:
        """Become the run of a forked child."""
        raise NotImplementedError


class ExitHooks:
    """Watches one run's process; every hook that was there before is still called."""

    def __init__(self, run: Watched) -> None:
        self._run = run
        self._status = FINISHED
        self._exit_code = 0
        self._excepthook = sys.excepthook
        self._thread_hook: Callable[[Any], Any] = threading.excepthook
        self._exit = sys.exit
        self._handler: Any = None
        self._signal_set = False
        self._finalizer: Any = None
        self._active = False

    def install(self) -> None:
        """Set all hooks."""
        self._active = True
        atexit.register(self._at_exit)
        self._excepthook, sys.excepthook = sys.excepthook, self._on_exception
        self._thread_hook = threading.excepthook
        threading.excepthook = self._on_thread_exception
        self._exit = sys.exit
        sys.exit = self._on_exit
        self._install_signal()
        _watch_forks(self)
        if parent_process() is not None:
            self.watch_child()

    def remove(self) -> None:
        """Take all hooks away again, except where somebody has hooked in after us."""
        self._active = False
        atexit.unregister(self._at_exit)
        if sys.excepthook == self._on_exception:
            sys.excepthook = self._excepthook
        if threading.excepthook == self._on_thread_exception:
            threading.excepthook = self._thread_hook
        if sys.exit == self._on_exit:
            sys.exit = self._exit
        if self._signal_set and _in_main_thread() and signal.getsignal(_TERM) == self._on_signal:
            signal.signal(_TERM, self._handler)
        if self._finalizer is not None:
            self._finalizer.cancel()
        _watch_forks(None)

    def forked(self) -> None:
        """Have the run become that of a forked child."""
        self._run.after_fork()

    def watch_child(self) -> None:
        """Watch the end of a child of ``multiprocessing``: it skips ``atexit``."""
        from multiprocessing import util

        self._finalizer = util.Finalize(None, self._at_child_end, exitpriority=-100)

    def outcome(self, exit_code: int) -> str:
        """Return the status for an end with this code."""
        if self._status == KILLED:
            return KILLED
        return FINISHED if exit_code == 0 else FAILED

    def _install_signal(self) -> None:
        """Only the main thread may set handlers; an ignored or foreign (C) one is left alone."""
        if not _in_main_thread():
            return
        self._handler = signal.getsignal(_TERM)
        if self._handler is signal.SIG_IGN or self._handler is None:
            return
        signal.signal(_TERM, self._on_signal)
        self._signal_set = True

    def _at_exit(self) -> None:
        self._run.close(self._status, self._exit_code)

    def _at_child_end(self) -> None:
        """End the run; what ends the child is under way, and shown only after this."""
        kind, error, trace = sys.exc_info()
        if kind is not None and error is not None and _ends_child(trace):
            if isinstance(error, SystemExit):
                self._note_exit(error.code)
            else:
                self._note_failure(kind, error, trace)
        self._run.close(self._status, self._exit_code)

    def _note_failure(
        self, kind: Type[BaseException], error: BaseException, trace: Optional[TracebackType]
    ) -> None:
        interrupted = issubclass(kind, KeyboardInterrupt)
        self._status, self._exit_code = (KILLED, 130) if interrupted else (FAILED, 1)
        self._run.uncaught(kind, error, trace)

    def _note_exit(self, status: Any) -> None:
        self._exit_code = 0 if status is None else status if isinstance(status, int) else 1
        if self._status != KILLED:
            self._status = FAILED if self._exit_code else FINISHED

    def _on_exception(
        self, kind: Type[BaseException], error: BaseException, trace: Optional[TracebackType]
    ) -> None:
        if self._active:
            self._note_failure(kind, error, trace)
            self._run.show(lambda: self._excepthook(kind, error, trace))
        else:
            self._excepthook(kind, error, trace)

    def _on_thread_exception(self, failure: Any) -> None:
        """Store what ended a thread; the process goes on, and with it the run."""
        if self._active and not issubclass(failure.exc_type, SystemExit):
            name = "unknown" if failure.thread is None else failure.thread.name
            self._run.uncaught(failure.exc_type, failure.exc_value, failure.exc_traceback, name)
            self._run.show(lambda: self._thread_hook(failure))
        else:
            self._thread_hook(failure)

    def _on_exit(self, status: Any = None) -> Any:
        """``SystemExit`` never reaches the exception hook, so the code is noted where it starts."""
        if self._active and _in_main_thread():
            self._note_exit(status)
        self._exit(status)

    def _on_signal(self, signum: int, frame: Optional[FrameType]) -> None:
        """Note the end and deliver; then the earlier handler, or the default, does its work.

        With an earlier handler the script may live on (to save its state), so the run is not
        ended here but when the process ends.
        """
        self._status, self._exit_code = KILLED, 128 + signum
        if callable(self._handler):
            self._run.nudge()
            self._handler(signum, frame)
        elif self._run.close_from_signal(signum):
            die_of(signum)


def die_of(signum: int) -> None:
    """End the process by this signal, so that its parent sees the true reason."""
    signal.signal(signum, signal.SIG_DFL)
    os.kill(os.getpid(), signum)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _ends_child(trace: Optional[TracebackType]) -> bool:
    """Say whether an exception has left all of a child's own code.

    A child that was forked while its parent handled an exception sees that one, too.
    """
    bootstrap = BaseProcess._bootstrap  # type: ignore[attr-defined]
    return trace is not None and trace.tb_frame.f_code is bootstrap.__code__


_installed: Optional[ExitHooks] = None
_fork_hook_set = False


def _watch_forks(hooks: Optional[ExitHooks]) -> None:
    """Fork hooks cannot be removed: they are set once and ask what is installed."""
    global _installed, _fork_hook_set
    _installed = hooks
    if _fork_hook_set or hooks is None or not hasattr(os, "register_at_fork"):
        return
    _fork_hook_set = True
    os.register_at_fork(after_in_child=_in_child)
    from multiprocessing import util  # After atexit's registration: it has children waited for.

    util.register_after_fork(ExitHooks, _in_multiprocessing_child)


def _in_child() -> None:
    if _installed is not None:
        _installed.forked()


def _in_multiprocessing_child(_: object) -> None:
    if _installed is not None:
        _installed.watch_child()
