"""Tables: the cycles of a log as one table, a row a cycle, with the nouns of a reading."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ticketrules.analysis.block import NEVER, Ints
from ticketrules.analysis.columns import INSTANT
from ticketrules.sla import Verdict

AMOUNT: Final = pl.Duration("us")
"""How amounts of time are kept."""

VERDICT: Final = pl.Enum([verdict.value for verdict in Verdict])

CYCLES: Final[Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "ticket": pl.String(),
        "policy": pl.String(),
        "clock": pl.String(),
        "clause": pl.String(),
        "cycle": pl.Int64(),
        "verdict": VERDICT,
        "read_at": INSTANT,
        "started_at": INSTANT,
        "started_by": pl.String(),
        "stopped_at": INSTANT,
        "stopped_by": pl.String(),
        "budget": AMOUNT,
        "elapsed": AMOUNT,
        "paused": AMOUNT,
        "deadline": INSTANT,
        "due_at": INSTANT,
        "breached_at": INSTANT,
        "overrun": AMOUNT,
        "remaining": AMOUNT,
        "agent": pl.String(),
        "provisional": pl.Boolean(),
        "around_the_clock": pl.Boolean(),
        "changes_at": INSTANT,
    }
)
"""The columns of verdicts; each is what ``Reading`` calls by the same name."""


def instants(numbers: Ints) -> pl.Series:
    """Microseconds since the epoch as instants, ``NEVER`` as null."""
    return _nulled(numbers).cast(INSTANT)


def amounts(numbers: Ints) -> pl.Series:
    """Microseconds as amounts of time, ``NEVER`` as null."""
    return _nulled(numbers).cast(AMOUNT)


def _nulled(numbers: Ints) -> pl.Series:
    found = pl.Series(numbers)
    missing = numbers == NEVER
    if missing.any():
        found = found.set(pl.Series(missing), None)
    return found


def words(codes: NDArray[np.uint8] | Ints, known: pl.Series) -> pl.Series:
    """Codes as the words that they stand for."""
    return known.gather(pl.Series(codes.astype(np.uint32)))


def texts(column: pl.Series, places: Ints) -> pl.Series:
    """The texts of a column at some places; null where the place is negative."""
    wanted = pl.Series(places)
    missing = places < 0
    if missing.any():
        wanted = wanted.set(pl.Series(missing), None)
    return column.gather(wanted)
