"""What ``log`` accepts, as numbers."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Mapping, Tuple, Union

from .lines import bounded, label, name_of, text_of

Number = Union[int, float, str]
"""A metric's value on the wire; NaN and infinities, which JSON lacks, go by name."""

POINT_VALUES = 1000
"""Values of one point; the server takes no more."""

_MAX_DEPTH = 8
_NAME_CHARS = 250
_SHOWN_CHARS = 60


def scalars(values: Mapping[str, Any]) -> Tuple[Dict[str, Number], List[str]]:
    """Return the numbers of a (nested) mapping under dotted names, and the names of the rest."""
    numbers: Dict[str, Number] = {}
    others: List[str] = []
    _collect(values, "", 0, numbers, others)
    return numbers, others


def _collect(
    values: Mapping[str, Any],
    prefix: str,
    depth: int,
    numbers: Dict[str, Number],
    others: List[str],
) -> None:
    for key, value in values.items():
        name = prefix + text_of(key)
        try:
            if isinstance(value, Mapping) and depth < _MAX_DEPTH:
                _collect(value, name + ".", depth + 1, numbers, others)
                continue
            number = _number(value)
        except Exception:  # noqa: BLE001 - the caller's objects may raise anything
            number = None
        if number is None or not name.strip() or bounded(name, _NAME_CHARS) != name:
            others.append(label(name, _SHOWN_CHARS))
        else:
            numbers[name] = number


def _number(value: Any) -> Union[Number, None]:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value if abs(value) < 1 << 63 else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else name_of(value)
    # NumPy's and PyTorch's scalars and arrays of one element, without importing either.
    item = getattr(value, "item", None)
    if item is None:
        return None
    try:
        plain = item()
    except Exception:  # noqa: BLE001 - an array of many elements, or anything else
        return None
    return _number(plain) if isinstance(plain, (bool, int, float)) else None
