"""Frames: the arithmetic of service time as Polars expressions.

Imported when an expression is first asked for, because it needs Polars and NumPy. Columns are read
and written through the buffers that Arrow and NumPy share.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from ticketrules.errors import CalendarError, NaiveTimeError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ticketrules.calendar.arrays import ArrayArithmetic

Column = str | pl.Expr
"""A column by name, or an expression."""

_MISSING: Final = np.iinfo(np.int64).min


def elapsed_expression(arithmetic: "ArrayArithmetic", start: Column, end: Column) -> pl.Expr:
    """See ``WorkingTime.elapsed_expr``."""

    def compute(pair: Sequence[pl.Series]) -> pl.Series:
        return _series(arithmetic.elapsed(_instants(pair[0]), _instants(pair[1])), pair[0].name)

    return _mapped(compute, start, end)


def advance_expression(
    arithmetic: "ArrayArithmetic", start: Column, amount: Column | timedelta
) -> pl.Expr:
    """See ``WorkingTime.advance_expr``."""

    def compute(pair: Sequence[pl.Series]) -> pl.Series:
        begin = _instants(pair[0])
        return _series(arithmetic.advance(begin, _amounts(pair[1])) - begin, pair[0].name)

    wanted = pl.lit(amount) if isinstance(amount, timedelta) else amount
    begin = _expression(start).dt.cast_time_unit("us")
    # The way is computed and not the end, so that the zone of the column stays Polars's affair.
    return begin + _mapped(compute, begin, wanted)


def _mapped(
    compute: Callable[[Sequence[pl.Series]], pl.Series], left: Column, right: Column
) -> pl.Expr:
    columns = [_expression(left), _expression(right)]
    return pl.map_batches(columns, compute, return_dtype=pl.Duration("us"))


def _expression(column: Column) -> pl.Expr:
    return pl.col(column) if isinstance(column, str) else column


def _instants(series: pl.Series) -> "NDArray[np.datetime64]":
    if not isinstance(series.dtype, pl.Datetime):
        msg = f"column {series.name!r}: instants are meant, not {series.dtype}"
        raise CalendarError(msg)
    if series.dtype.time_zone is None:
        msg = f"column {series.name!r} has no time zone"
        raise NaiveTimeError(msg)
    return _buffer(series).view(f"M8[{series.dtype.time_unit}]")


def _amounts(series: pl.Series) -> "NDArray[np.timedelta64]":
    if not isinstance(series.dtype, pl.Duration):
        msg = f"column {series.name!r}: durations are meant, not {series.dtype}"
        raise CalendarError(msg)
    return _buffer(series).view(f"m8[{series.dtype.time_unit}]")


def _buffer(series: pl.Series) -> "NDArray[Any]":
    """The column's own numbers, nulls as NumPy's NaT; copied only where there are nulls."""
    numbers = series.to_physical()
    if numbers.null_count():
        numbers = numbers.fill_null(_MISSING)
    return numbers.rechunk().to_numpy()


def _series(amounts: "NDArray[np.timedelta64]", name: str) -> pl.Series:
    found = pl.Series(name, amounts.view(np.int64))
    if (amounts.view(np.int64) == _MISSING).any():
        found = found.replace(_MISSING, None)
    return found.cast(pl.Duration("us"))
