"""Binnacle's Python SDK: a training script's console, log records and metrics, live.

    import binnacle
    run = binnacle.init(project="my-project", config={"lr": 0.001})
    run.log({"loss": 0.5})

The surface follows wandb's, so ``import binnacle as wandb`` is a start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Iterable, Mapping, Optional, Union

from .api import VERSION as __version__
from .ids import new_run_id
from .loghook import BinnacleHandler
from .notices import Notices
from .runs import Run
from .settings import FINISH_SECONDS
from .settings import Settings as _Settings
from .unstored import MODULE_NAMES, stand_in

__all__ = [
    "BinnacleHandler",
    "Run",
    "__version__",
    "finish",
    "init",
    "log",
    "log_line",
    "new_run_id",
]

_run: Optional[Run] = None


def init(
    project: Optional[str] = None,
    name: Optional[str] = None,
    config: Optional[Any] = None,
    tags: Optional[Iterable[str]] = None,
    notes: Optional[str] = None,
    capture_logs: Union[bool, str] = True,
    *,
    id: Optional[str] = None,  # noqa: A002 - wandb's name for it
    run_id: Optional[str] = None,
    url: Optional[str] = None,
    api_key: Optional[str] = None,
    mode: Optional[str] = None,
    reinit: bool = False,
    stream: Optional[str] = None,
    release: Optional[str] = None,
    environment: Optional[str] = None,
    service: Optional[str] = None,
    redact: Optional[Callable[[str], str]] = None,
    finish_seconds: float = FINISH_SECONDS,
    quiet: bool = False,
    **ignored: Any,
) -> Run:
    """Begin a run and return it; it is also the one that the module's functions mean.

    Returns at once, whether or not the server can be reached. While a run is active it is
    returned again, unless ``reinit`` is true. wandb's other arguments have no effect.

    No argument costs more than itself: one that makes no sense becomes its text or its default.

    :param config: a mapping, pairs, or an object with attributes such as argparse's namespace;
        anything else is kept under the key ``config``.
    :param capture_logs: ``True`` as BINNACLE_CONSOLE says, ``False``, ``"wrap"`` or ``"fd"``.
    :param redact: called with every message before it is stored or sent; returns what may be.
    :param finish_seconds: how long the end of the run may wait for the delivery.
    """
    if _run is not None and not _run.closed and not reinit:
        return _run
    finish()
    settings = _Settings.resolve(url, api_key, capture_logs, mode, finish_seconds)
    run_id = run_id or id
    about = {"release": release, "environment": environment, "service": service}
    described = (project, name, config, tags, notes, run_id)
    return _begin(settings, *described, stream, redact, quiet, about)


def _begin(settings: _Settings, *arguments: Any) -> Run:
    """Start a run and make it the active one; when that is not possible, one that does nothing."""
    global _run
    try:
        _run = _described(settings, *arguments).start()
    except Exception as failure:  # noqa: BLE001 - the training matters more than its record
        Notices().say("no run could be started (%r); nothing is recorded" % failure)
        _run = Run(settings._replace(disabled=True))
    return _run


def _described(settings: _Settings, *arguments: Any) -> Run:
    """Return a run with these arguments, or without, when they are more than it can bear."""
    try:
        return Run(settings, *arguments)
    except Exception as failure:  # noqa: BLE001 - the caller's objects may raise anything
        Notices().say("the run begins without what describes it (%r)" % failure)
        return Run(settings)


def log(
    data: Mapping[str, Any],
    step: Optional[int] = None,
    commit: Optional[bool] = None,
    **ignored: Any,
) -> None:
    """Store metrics of the active run; see :meth:`Run.log`."""
    if _run is not None:
        _run.log(data, step, commit)
    else:
        Notices().say("log() before init(): nothing is recorded")


def log_line(message: object, level: str = "INFO", **more: Any) -> None:
    """Store one log line of the active run; see :meth:`Run.log_line`."""
    if _run is not None:
        _run.log_line(message, level, **more)


def finish(exit_code: Optional[int] = None, **ignored: Any) -> None:
    """End the active run; see :meth:`Run.finish`."""
    if _run is not None:
        _run.finish(exit_code)


if TYPE_CHECKING:
    run: Optional[Run]
    config: Any
    summary: Any
else:

    def __getattr__(name: str) -> Any:
        """``run``, ``config`` and ``summary`` of the active run, and what wandb has and we not.

        Type checkers do not see this: to them a name that is not there is an error.
        """
        if name == "run":
            return None if _run is None or _run.closed else _run
        if name == "config" or name == "summary":
            return None if _run is None else getattr(_run, name)
        if name in MODULE_NAMES:
            return stand_in(name)
        raise AttributeError("module 'binnacle' has no attribute %r" % name)
