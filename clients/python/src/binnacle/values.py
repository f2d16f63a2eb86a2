"""``run.config`` and ``run.summary``: dictionaries whose keys are attributes as well."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Callable, Dict, Mapping, Optional, Tuple

from .lines import text_of


class _Attributes(Dict[str, Any]):
    """A dictionary whose keys are attributes as well."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __copy__(self) -> "_Attributes":
        """Return the values alone: changes of a copy are the script's own."""
        return _Attributes(self)

    def __deepcopy__(self, memo: Dict[int, Any]) -> "_Attributes":
        copied = memo[id(self)] = _Attributes()
        for key, value in self.items():
            copied[key] = deepcopy(value, memo)
        return copied

    def __reduce__(self) -> Tuple[Any, ...]:
        """Pickle as a plain dictionary, which is read also where Binnacle is not."""
        return dict, (), None, None, iter(self.items())

    def __ior__(self, values: Any) -> "_Attributes":  # type: ignore[override, misc]
        self.update(values)
        return self

    def setdefault(self, key: str, default: Any = None) -> Any:
        """Return the key's value, which is the default where there was none."""
        if key in self:
            return self[key]
        self[key] = default
        return default


class Config(_Attributes):
    """The run's settings; each change is sent to the server."""

    def __init__(self, values: Any, changed: Callable[[], None]) -> None:
        super().__init__(_mapping(values))
        object.__setattr__(self, "_changed", changed)

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(str(key), value)
        self._tell()

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key)
        self._tell()

    def update(  # type: ignore[override]
        self, values: Any = None, allow_val_change: Optional[bool] = None, **more: Any
    ) -> None:
        """Take over all values (a mapping, pairs, or an object such as argparse's namespace)."""
        super().update(_mapping(values), **more)
        self._tell()

    def pop(self, key: str, *default: Any) -> Any:
        """Remove a name and return its value, or the default where there is none."""
        value = super().pop(key, *default)
        self._tell()
        return value

    def popitem(self) -> Tuple[str, Any]:
        """Remove and return the newest item."""
        item = super().popitem()
        self._tell()
        return item

    def clear(self) -> None:
        """Remove all."""
        super().clear()
        self._tell()

    def as_dict(self) -> Dict[str, Any]:
        """Return the values as a plain dictionary."""
        return dict(self)

    def setdefaults(self, values: Mapping[str, Any]) -> None:
        """Take over the values whose names are not there yet."""
        self.update({key: value for key, value in values.items() if key not in self})

    def _tell(self) -> None:
        object.__getattribute__(self, "_changed")()


class Summary(_Attributes):
    """The last value of each metric, and what the script adds (sent as metrics at the end)."""

    def __init__(self) -> None:
        super().__init__()
        object.__setattr__(self, "_own", {})

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(str(key), value)
        object.__getattribute__(self, "_own")[str(key)] = value

    def update(self, *values: Any, **more: Any) -> None:
        """Add several values."""
        for key, value in dict(*values, **more).items():
            self[key] = value

    def observe(self, numbers: Mapping[str, Any]) -> None:
        """Note logged values, without counting them as the script's own."""
        super().update(numbers)

    def own(self) -> Dict[str, Any]:
        """Return what the script set by itself, and did not remove."""
        own: Dict[str, Any] = object.__getattribute__(self, "_own")
        return {key: value for key, value in own.items() if key in self}


def _mapping(values: Any) -> Dict[str, Any]:
    """Return settings as a dictionary; what cannot be one is kept under the key ``config``."""
    if values is None:
        return {}
    try:
        if hasattr(values, "__dict__") and not isinstance(values, Mapping):
            values = vars(values)
        return {text_of(key): value for key, value in dict(values).items()}
    except Exception:  # noqa: BLE001 - the caller's objects may raise anything
        return {"config": values}
