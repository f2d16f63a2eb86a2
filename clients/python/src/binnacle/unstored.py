"""What a script for wandb may name and Binnacle does not have: it does nothing, and says so.

The names are listed, so that a misspelt one is an error as ever.
"""

from __future__ import annotations

from typing import Any, Dict, Iterator

from .notices import Notices

MODULE_NAMES = frozenset(
    (
        # What may be logged besides numbers
        "Audio Bokeh Classes Graph Histogram Html Image JoinedTable Molecule Object3D Plotly Table "
        "Video box3d "
        # Files
        "Artifact log_artifact log_model link_model restore save use_artifact use_model "
        # About runs
        "alert define_metric mark_preempting unwatch watch AlertLevel "
        # The service
        "Api Settings agent controller ensure_configured join login require setup sweep teardown "
        "termerror termlog termwarn "
        # Modules
        "apis beta catboost data_types env errors fastai integration jupyter keras lightgbm plot "
        "plots sacred sdk sklearn tensorboard util wandb_sdk xgboost "
        # Exceptions
        "CommError Error UsageError"
    ).split()
)

RUN_NAMES = frozenset(
    "alert define_metric detach display finish_artifact link_artifact link_model log_artifact "
    "log_code log_model mark_preempting plot_table restore save status to_html unwatch "
    "upsert_artifact use_artifact use_model watch write_logs".split()
)

RUN_VALUES: Dict[str, Any] = {
    "dir": ".",
    "entity": "",
    "group": "",
    "job_type": "",
    "offline": False,
    "resumed": False,
    "sweep_id": None,
}
"""What a run of wandb tells of itself, and this one does not know."""

_stand_ins: Dict[str, type] = {}
_notices = Notices()


def speak_through(notices: Notices) -> None:
    """Say what is not stored in this run's name from now on."""
    global _notices
    _notices = notices


class _Named(type):
    """The type of stand-ins, whose unknown attributes are stand-ins as well (wandb.plot.line)."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return stand_in("%s.%s" % (cls.__name__, name))


class Unstored(metaclass=_Named):
    """Takes every call, attribute and item, and keeps nothing but attributes that are set."""

    def __init__(self, *_: Any, **__: Any) -> None:
        name = type(self).__name__
        _notices.once("wandb." + name, "wandb.%s is not supported: it does nothing" % name)

    def __getattr__(self, name: str) -> "Unstored":
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> "Unstored":
        return self

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, key: Any) -> "Unstored":
        return self

    def __setitem__(self, key: Any, value: Any) -> None:
        """Forget it."""

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __enter__(self) -> "Unstored":
        return self

    def __exit__(self, *_: Any) -> None:
        """End nothing."""

    def __str__(self) -> str:
        return "<wandb.%s, not stored>" % type(self).__name__

    __repr__ = __str__


def stand_in(name: str) -> type:
    """Return the class that stands for one of wandb's names; an exception's is an exception.

    It is a class in any case, so that ``isinstance`` and ``except`` accept it. The first call of
    one is said on the terminal.
    """
    known = _stand_ins.get(name)
    if known is None:
        known = _stand_ins[name] = _new_class(name)
    return known


def _new_class(name: str) -> type:
    if name.endswith("Error"):
        return type(name, (Exception,), {"__module__": __name__})
    return _Named(name, (Unstored,), {"__module__": __name__})
