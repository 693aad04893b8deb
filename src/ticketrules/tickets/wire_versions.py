"""The versions of the events' form on the wire, and the steps from each to the next.

What was written once is read for ever. A change that an older reader or line could not follow is a
new version: its step is added below, and a golden file of every event in it to the tests. A new
optional field is no such change.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from ticketrules.errors import WireError

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
"""From the object in one version to the object in the next, both without their ``schema``.

It sees the object before any field was checked: what it does not understand it leaves as it is, so
that the check names the field.
"""

UPGRADES: Final[tuple[Upgrade, ...]] = ()
"""The step from version 1 to 2, from 2 to 3, and so on; so far there is one version."""

SCHEMA: Final = 1 + len(UPGRADES)
"""The version that is written."""


class FieldError(WireError):
    """A JSON value that is not an event, field by field.

    Attributes:
        problems: The path of each wrong field and what was expected there; never its value.
    """

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__("; ".join(f"{path}: {expected}" for path, expected in problems))
        self.problems = problems


def upgraded(mapping: Mapping[str, Any], upgrades: tuple[Upgrade, ...]) -> dict[str, Any]:
    """An event's object of any version in the newest one, without its ``schema``.

    Args:
        mapping: The object as it was written.
        upgrades: The steps; there is one version more than there are steps.

    Raises:
        FieldError: It has no version, or one that these steps do not know.
    """
    schema = mapping.get("schema")
    newest = 1 + len(upgrades)
    if type(schema) is not int or not 1 <= schema <= newest:
        known = "1" if newest == 1 else f"a whole number from 1 to {newest}"
        raise FieldError(("schema", f"expected {known}"))
    value = {key: one for key, one in mapping.items() if key != "schema"}
    for upgrade in upgrades[schema - 1 :]:
        value = upgrade(value)
    return value
