"""Which key of a table, or which item of a list of tables, is to blame for what cannot be."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from attrs import has


def blamed(
    make: Callable[..., Any], given: Mapping[str, Any], needed: Collection[str]
) -> tuple[str | int, ...]:
    """The key whose value cannot be even by itself; none if only several together.

    Of a list of tables it is the first that cannot be after those before it.
    """
    least = {key: value for key, value in given.items() if key in needed}
    for key, value in given.items():
        if not _makes(make, {**least, key: value}):
            return _blamed_item(make, least, key, value)
    for key, value in given.items():
        others = {name: one for name, one in given.items() if name != key}
        if _are_tables(value) and _makes(make, others):
            return _blamed_item(make, others, key, value)
    return ()


def _blamed_item(
    make: Callable[..., Any], others: Mapping[str, Any], key: str, value: Any
) -> tuple[str | int, ...]:
    if _are_tables(value):
        for number in range(len(value)):
            if not _makes(make, {**others, key: value[: number + 1]}):
                return key, number
    return (key,)


def _are_tables(value: Any) -> bool:
    return isinstance(value, tuple) and all(has(type(one)) for one in value)


def _makes(make: Callable[..., Any], given: Mapping[str, Any]) -> bool:
    try:
        make(**given)
    except (ValueError, TypeError):
        return False
    return True
