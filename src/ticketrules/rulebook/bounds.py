"""What a setting's own validator refuses, said in its JSON Schema by trying values on it."""

from datetime import timedelta
from typing import Any, Final

from attrs import NOTHING, Attribute

_HIGHS: Final = tuple(10**power for power in range(2, 10))
_SOME: Final = r"(?=.*[1-9])"
"""Before the pattern of an amount that is not nothing."""


def bounded(schema: dict[str, Any], attribute: "Attribute[Any]") -> dict[str, Any]:
    """The schema of a setting with the bounds that its validator has."""
    if attribute.validator is None:
        return schema
    kinds, default = schema.get("type"), attribute.default
    if kinds == "integer" or isinstance(kinds, list):
        return _number(schema, attribute)
    if isinstance(default, timedelta) and not _takes(attribute, timedelta(0)):
        return {**schema, "pattern": schema["pattern"].replace("^", f"^{_SOME}", 1)}
    if kinds == "array" and isinstance(default, tuple) and default:
        once = not _takes(attribute, default[:1] * 2)
        return {**schema, "uniqueItems": True} if once and "enum" in schema["items"] else schema
    return schema


def _number(schema: dict[str, Any], attribute: "Attribute[Any]") -> dict[str, Any]:
    if any(_takes(attribute, below) for below in (-1_000_000, -1)):
        return schema
    low = attribute.default
    if low is NOTHING or not isinstance(low, int):
        return {**schema, "minimum": 0 if _takes(attribute, 0) else 1}
    least = next((number for number in range(low) if _takes(attribute, number)), low)
    found = {**schema, "minimum": least}
    most = next((high for high in _HIGHS if not _takes(attribute, high)), None)
    if most is not None:
        while most - low > 1:
            middle = (low + most) // 2
            low, most = (middle, most) if _takes(attribute, middle) else (low, middle)
        found["maximum"] = low
    return found


def _takes(attribute: "Attribute[Any]", value: Any) -> bool:
    """Whether a setting's validator takes a value."""
    assert attribute.validator is not None  # noqa: S101 - looked at before
    try:
        attribute.validator(None, attribute, value)
    except ValueError:
        return False
    return True
