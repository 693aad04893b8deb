"""Columns: a log as a table, one event a row, and what becomes of each row.

The columns bear the names of the wire format, with ``by`` in two. A row is suspected by looking
at whole columns; what is wrong with it is then said by the code that reads a single event, so
that both engines reject the same rows with the same words.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import polars as pl
from attrs import fields_dict

from ticketrules.analysis.sorts import KINDS
from ticketrules.errors import LogError, NaiveTimeError
from ticketrules.tickets.events import (
    Closed,
    CustomerWrote,
    Dispatched,
    HandedOver,
    Reported,
    ResolutionPromised,
    Transferred,
)
from ticketrules.tickets.values import MessageKind, Role, Superior
from ticketrules.toml_reader import did_you_mean

REQUIRED: Final = ("ticket", "at", "event", "by_role")
"""The columns that every log has."""

INSTANT: Final = pl.Datetime("us", "UTC")
"""How instants are kept."""

COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ticket": "the ticket's id: text, or whole numbers, which are read as text",
        "at": "when it happened: instants with a zone, or text in ISO 8601 with an offset",
        "event": "the stable name of the kind of event, such as replied",
        "by_role": "who did it: customer, agent, platform or system",
        "by_id": "the id of whoever did it",
        "id": "the event's own id, unique within its ticket; the row's number if there is none",
        "kind": "what a customer's message is; message if it does not say",
        "automatic": "whether a reply is automatic; false if it does not say",
        "to": "to whom a ticket is given, or reported",
        "promised_for": "the promised time of a resolution_promised, written as at is",
        "rating": "the rating of a closed, from 1 to 5",
        "follows": "the ticket that a submitted one follows up",
        "group": "the group that a submitted ticket went to",
    }
)
"""The columns that are read, and what stands in them; a log may have others besides."""

NAMES: Final = tuple(kind.name for kind in KINDS)
_CODE: Final = {kind: code for code, kind in enumerate(KINDS)}
_IDS: Final = frozenset({"ticket", "id", "by_id", "to", "follows", "group"})
_NAMED: Final = tuple(_CODE[kind] for kind in (Dispatched, Transferred, HandedOver, Reported))
_NAMES_OF: Final = MappingProxyType(
    {
        "event": pl.Enum(NAMES),
        "by_role": pl.Enum([role.value for role in Role]),
        "kind": pl.Enum([kind.value for kind in MessageKind]),
    }
)
_ASKED_ABOUT: Final = frozenset({*_NAMED, *(_CODE[kind] for kind in (Closed, ResolutionPromised))})
_EARLIEST: Final = np.datetime64("0002-01-01", "us").astype(np.int64).item()
_LATEST: Final = np.datetime64("9999-01-01", "us").astype(np.int64).item()


def as_frame(log: Any, name: str = "<log>") -> pl.DataFrame:
    """A table as a Polars frame, without a copy where its memory can be shared.

    Args:
        log: A Polars frame, or anything that offers Arrow's stream of record batches: a table or
            a reader of PyArrow, a frame of pandas, DuckDB's relations.
        name: What errors call it.

    Raises:
        LogError: It is no table, or has a column whose values are of several types.
    """
    if isinstance(log, pl.DataFrame):
        return log
    if isinstance(log, pl.LazyFrame):
        return log.collect()
    if not hasattr(log, "__arrow_c_stream__"):
        msg = f"{name}: a frame or an Arrow stream is meant, not {type(log).__name__}"
        raise LogError(msg)
    try:
        return pl.DataFrame(log)
    except Exception as error:  # whatever the library that made it raises
        reason = "a column cannot be told as one type"
        for column in getattr(log, "columns", ()):
            try:
                pl.DataFrame(log[[column]])
            except Exception:  # noqa: BLE001 - that is the one
                reason = f"column {str(column)!r} has values of several types"
                break
            continue
        msg = f"{name}: {reason}; expected one"
        raise LogError(msg) from error


def check_columns(frame: pl.DataFrame | pl.LazyFrame, name: str = "<log>") -> None:
    """Refuse a table that lacks a column, or has one of a type that cannot be read.

    Raises:
        LogError: It does; the message names the column.
        NaiveTimeError: A column of instants has no time zone.
    """
    schema = frame.collect_schema()
    for column in REQUIRED:
        if column not in schema:
            others = [other for other in schema if other not in COLUMNS]
            msg = f"{name}: there is no column {column!r}{did_you_mean(column, others)}"
            raise LogError(msg)
    for column, dtype in schema.items():
        if column in COLUMNS:
            _check_type(name, column, dtype)


def _check_type(name: str, column: str, dtype: pl.DataType) -> None:
    is_text = isinstance(dtype, pl.String | pl.Categorical | pl.Enum | pl.Null)
    if column in {"at", "promised_for"}:
        if isinstance(dtype, pl.Datetime) and dtype.time_zone is None:
            msg = f"{name}: column {column!r} has no time zone"
            raise NaiveTimeError(msg)
        fits = is_text or isinstance(dtype, pl.Datetime)
        expected = "instants with a time zone, or text with an offset"
    elif column == "automatic":
        fits, expected = dtype in {pl.Boolean, pl.Null}, "true or false"
    elif column == "rating":
        fits = dtype.is_integer() or dtype.is_float() or dtype == pl.Null
        expected = "whole numbers"
    elif column in {"event", "by_role", "kind"}:
        fits, expected = is_text, "text"
    else:
        fits, expected = is_text or dtype.is_integer(), "text or whole numbers"
    if not fits:
        msg = f"{name}: column {column!r}: {expected} expected, not {dtype}"
        raise LogError(msg)


def prepared(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of a checked table in the types that they are kept in, others left out.

    What cannot be read is null then, also where the text was not; ``suspects`` finds it.
    """
    schema = frame.schema
    wanted = [column for column in COLUMNS if column in schema]
    made = []
    for column in wanted:
        one, dtype = pl.col(column), schema[column]
        if column in {"at", "promised_for"}:
            made.append(one if dtype == INSTANT else _instants(one, dtype))
        elif column in _NAMES_OF:
            kept = _NAMES_OF[column]
            made.append(one if dtype == kept else one.cast(pl.String).cast(kept, strict=False))
            if column == "kind":  # only what is told and no kind of message is suspect
                made.append((one.is_not_null() & made[-1].is_null()).alias("kind?"))
        elif column == "automatic":
            made.append(one if dtype == pl.Boolean else one.cast(pl.Boolean))
        elif column == "rating":
            made.append(one.cast(pl.Int64))
        elif column == "ticket" and dtype.is_integer():
            made.append(one)  # made text where it is shown
        else:
            made.append(one if dtype == pl.String else one.cast(pl.String))
    if "row" in schema:
        made.append(pl.col("row").cast(pl.Int64))
    return frame.select(made)


def is_beyond_doubt(table: pl.DataFrame) -> bool:
    """Whether a glance at whole columns shows that every row of a prepared table is an event."""
    if any(table[column].null_count() for column in REQUIRED if column in table.columns):
        return False
    at, ticket, event = table["at"].to_physical(), table["ticket"], table["event"]
    if not len(table) or at.min() < _EARLIEST or at.max() >= _LATEST:  # type: ignore[operator]
        return False
    if not ticket.dtype.is_integer() and not ticket.str.len_bytes().min():
        return False
    if "kind?" in table.columns and table["kind?"].any():
        return False
    if "id" in table.columns and table["id"].null_count():
        return False
    seen = np.bincount(event.to_physical().to_numpy(), minlength=len(NAMES))
    return not _ASKED_ABOUT.intersection(np.flatnonzero(seen).tolist())


def _instants(one: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.Datetime):
        return one.dt.cast_time_unit("us").dt.convert_time_zone("UTC")
    text = one.cast(pl.String)
    return text.str.to_datetime(time_unit="us", time_zone="UTC", strict=False, exact=True)


def with_whole_ratings(frame: pl.DataFrame, name: str = "<log>") -> pl.DataFrame:
    """A table whose ratings are whole numbers; pandas keeps those with gaps as fractions.

    Raises:
        LogError: One of them is no whole number.
    """
    if "rating" not in frame.columns or not frame["rating"].dtype.is_float():
        return frame
    rating = frame["rating"].fill_nan(None)
    is_odd = (rating != rating.floor()) | rating.is_infinite()
    odd = rating.filter(is_odd.fill_null(value=False))
    if len(odd):
        msg = f"{name}: column 'rating': whole numbers expected, not {odd[0]}"
        raise LogError(msg)
    return frame.with_columns(rating.cast(pl.Int64, strict=False))


def suspicion(columns: Collection[str]) -> pl.Expr:
    """Which rows of a prepared table with these columns may be no event."""
    event = pl.col("event").to_physical()

    def missing(column: str) -> pl.Expr:
        return pl.col(column).is_null() if column in columns else pl.lit(value=True)

    def out_of_reach(column: str) -> pl.Expr:
        if column not in columns:
            return pl.lit(value=True)
        at = pl.col(column).to_physical()
        return at.is_null() | (at < _EARLIEST) | (at >= _LATEST)

    needs_name = event.is_in(list(_NAMED))
    promises = event == _CODE[ResolutionPromised]
    found = pl.any_horizontal(
        pl.col("ticket").cast(pl.String).str.strip_chars().str.len_bytes().fill_null(0) == 0,
        out_of_reach("at"),
        event.is_null(),
        pl.col("by_role").is_null(),
        (needs_name & missing("to")).fill_null(value=False),
        (promises & out_of_reach("promised_for")).fill_null(value=False),
    )
    if "to" in columns:
        superiors = [one.value for one in Superior]
        found |= ((event == _CODE[Reported]) & ~pl.col("to").is_in(superiors)).fill_null(
            value=False
        )
    if "kind" in columns:
        found |= (event == _CODE[CustomerWrote]).fill_null(value=False) & pl.col("kind?")
    if "id" in columns:
        found |= pl.col("id").is_null()
    if "rating" in columns:
        found |= ((event == _CODE[Closed]) & ~pl.col("rating").is_between(1, 5)).fill_null(
            value=False
        )
    return found


def content_of(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    """A row as the object of JSON that the wire format has for it.

    Args:
        row: The row as it came, by column.
        number: Its number, which is its event's id where no column tells one.
    """
    name = row["event"]
    kind = next((one for one in KINDS if one.name == name), None)
    told: dict[str, Any] = {"event": name, "schema": 1}
    if "id" not in row:
        told["id"] = str(number)
    known = None if kind is None else fields_dict(kind).keys()
    for column, value in row.items():
        if value is None or column not in COLUMNS or column == "event":
            continue
        if known is not None and column not in known:
            continue
        if isinstance(value, datetime):
            told[column] = value.isoformat()
        else:
            told[column] = str(value) if column in _IDS else value
    if row["by_role"] is not None:
        who = row.get("by_id")
        told["by"] = {"role": row["by_role"], "id": "" if who is None else str(who)}
    if known is not None and "checks" in known:
        told["checks"] = []
    return {key: value for key, value in told.items() if not key.startswith("by_")}
