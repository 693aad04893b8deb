"""Grouping: the rows of each ticket together, and logs that were read as tables."""

from typing import Any

import numpy as np
import polars as pl

from ticketrules.analysis.columns import COLUMNS, INSTANT, check_columns
from ticketrules.logs import Log
from ticketrules.tickets.events import Event


def grouped(frame: pl.DataFrame, name: str = "<log>") -> pl.DataFrame:
    """A table with each ticket's rows together, tickets by first appearance.

    A table that is so already comes back as it is; any other gets a column ``row`` that keeps
    its rows' numbers.

    Raises:
        LogError: A column is missing, or of a type that cannot be read.
        NaiveTimeError: A column of instants has no time zone.
    """
    check_columns(frame, name)
    if not len(frame) or is_grouped(frame["ticket"]):
        return frame
    numbered = frame if "row" in frame.columns else frame.with_row_index("row", offset=1)
    places = numbered.with_row_index("place")
    first = pl.col("place").min().over("ticket").alias("first")
    order = np.argsort(places.select(first)["first"].to_numpy(), kind="stable")
    return numbered[order]


def is_grouped(ticket: pl.Series) -> bool:
    """Whether each ticket's rows stand together; rows without a ticket stand nowhere."""
    ticket = ticket.drop_nulls()
    if ticket.is_sorted():
        return True
    starts = ticket.filter((ticket != ticket.shift(1)).fill_null(value=True))
    return bool(starts.n_unique() == len(starts))


def frame_of_log(log: Log) -> pl.DataFrame:
    """A log that was read, as a table of its events."""
    return frame_of_events([event for events in log.tickets.values() for event in events])


def frame_of_events(events: list[Event]) -> pl.DataFrame:
    """Events as a table, one a row, in their order."""
    made: dict[str, Any] = {
        "ticket": [one.ticket for one in events],
        "at": _instants([one.at for one in events]),
        "event": [one.name for one in events],
        "by_role": [one.by.role.value for one in events],
        "by_id": [one.by.id for one in events],
        "id": [one.id for one in events],
    }
    for column in COLUMNS:
        if column not in made:
            values = [getattr(one, column, None) for one in events]
            if column == "promised_for":
                made[column] = pl.Series(values, dtype=INSTANT)
            elif any(value is not None for value in values):
                made[column] = [getattr(value, "value", value) for value in values]
    return pl.DataFrame(made)


def _instants(values: list[Any]) -> pl.Series:
    return pl.Series(values, dtype=INSTANT)
