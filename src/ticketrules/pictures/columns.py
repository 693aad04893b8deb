"""What pictures read verdicts from: readings, or a table with the same names as columns."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, Protocol, cast, runtime_checkable

from ticketrules.errors import PictureError
from ticketrules.sla import Reading, Verdict


@runtime_checkable
class Table(Protocol):
    """A data frame: Polars', pandas' or any other whose columns are got by name."""

    @property
    def columns(self) -> Iterable[Any]:
        """The names of its columns."""
        ...

    def __getitem__(self, name: str, /) -> Iterable[Any]:
        """A column by name."""
        ...


Verdicts = Iterable[Reading] | Table
"""Readings, or a table of them with a row for each and the names of their fields as columns."""

_VERDICTS: Final = {str(verdict): verdict for verdict in Verdict}


def rows(verdicts: Verdicts, *names: str) -> list[tuple[Any, ...]]:
    """The named fields of every reading or row, in order; a verdict is always a ``Verdict``.

    Raises:
        PictureError: A column is missing, a verdict is none, or an instant has no time zone.
    """
    if not isinstance(verdicts, Table):
        return [tuple(getattr(one, name) for name in names) for one in verdicts]
    there = {str(name) for name in verdicts.columns}
    missing = [name for name in names if name not in there]
    if missing:
        msg = f"the table has no column {', '.join(map(repr, missing))}"
        raise PictureError(msg)
    columns: list[Sequence[Any]] = [list(verdicts[name]) for name in names]
    if "verdict" in names:
        place = names.index("verdict")
        columns[place] = [_verdict(value) for value in columns[place]]
    for name, column in zip(names, columns, strict=True):
        if any(_is_naive(value) for value in column):
            msg = f"the column {name!r} has instants with no time zone"
            raise PictureError(msg)
    return list(zip(*columns, strict=True))


def _verdict(value: object) -> Verdict:
    try:
        return _VERDICTS[str(value)]
    except KeyError:
        msg = f"{value!r} is no verdict: expected one of {', '.join(_VERDICTS)}"
        raise PictureError(msg) from None


def is_instant(value: object) -> bool:
    """Whether a cell has an instant in it; pandas' null is a ``datetime`` that is not itself."""
    return isinstance(value, datetime) and value == value  # noqa: PLR0124


def _is_naive(value: object) -> bool:
    return is_instant(value) and cast("datetime", value).utcoffset() is None
