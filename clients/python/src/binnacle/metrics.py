"""What ``log`` accepts, as numbers."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Mapping, Tuple, Union

from .lines import name_of

Number = Union[int, float, str]
"""A metric's value on the wire; NaN and infinities, which JSON lacks, go by name."""


def scalars(values: Mapping[str, Any], prefix: str = "") -> Tuple[Dict[str, Number], List[str]]:
    """Return the numbers of a (nested) mapping under dotted names, and the names of the rest."""
    numbers: Dict[str, Number] = {}
    others: List[str] = []
    for key, value in values.items():
        name = prefix + str(key)
        if isinstance(value, Mapping):
            inner, rest = scalars(value, name + ".")
            numbers.update(inner)
            others.extend(rest)
            continue
        number = _number(value)
        if number is None:
            others.append(name)
        else:
            numbers[name] = number
    return numbers, others


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
