"""Logs with something wrong, as rows; the same rows go to every engine."""

import json
from datetime import UTC, datetime, timedelta

import polars as pl

from ticketrules.analysis.columns import content_of

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)


def row(ticket, minutes, event, role="agent", **more):
    """A row of a log; ``minutes`` after nine, or a value to stand for the time."""
    at = NINE + timedelta(minutes=minutes) if isinstance(minutes, int) else minutes
    return {"ticket": ticket, "at": at, "event": event, "by_role": role, "id": None} | more


def life(ticket, start=0):
    return [
        row(ticket, start, "submitted", "customer"),
        row(ticket, start + 10, "replied", by_id="li"),
        row(ticket, start + 20, "solution_proposed", by_id="li"),
    ]


def numbered(rows):
    return [one | {"id": one["id"] or f"e{number}"} for number, one in enumerate(rows, 1)]


BAD = {
    "a good one": life("A"),
    "mixed tickets": [one for pair in zip(life("A"), life("B"), strict=True) for one in pair],
    "out of order": [*life("A"), row("A", 5, "noted"), row("A", 30, "noted")],
    "one after another out of order": [row("A", 30, "submitted", "customer"), *life("A")[1:]],
    "no ticket": [row(None, 0, "submitted", "customer"), *life("A")],
    "a ticket of blanks": [*life("A"), row("  ", 0, "submitted", "customer"), *life("B")],
    "no ticket in the midst": [*life("A")[:2], row(None, 1, "noted"), *life("A")[2:], *life("B")],
    "no time": [*life("A"), row("A", None, "noted")],
    "no event": [*life("A"), row("A", 40, None)],
    "an unknown event": [*life("A"), row("A", 40, "replyed")],
    "no role": [*life("A"), row("A", 40, "noted", None)],
    "an unknown role": [*life("A"), row("A", 40, "noted", "boss")],
    "the same event twice": [*life("A"), *[row("A", 30, "noted", id="x")] * 2],
    "the same id in two tickets": [
        *life("A"),
        row("A", 30, "noted", id="x"),
        *life("B"),
        row("B", 30, "noted", id="x"),
    ],
    "a dispatch to nobody": [*life("A"), row("A", 30, "dispatched", to=None)],
    "a dispatch": [*life("A"), row("A", 30, "dispatched", to="wang")],
    "a report to a stranger": [*life("A"), row("A", 30, "reported", to="the press")],
    "a report": [*life("A"), row("A", 30, "reported", to="supervisor")],
    "a promise of nothing": [*life("A"), row("A", 30, "resolution_promised", promised_for=None)],
    "an unknown kind of message": [
        *life("A"),
        row("A", 30, "customer_wrote", "customer", kind="shouting"),
    ],
    "a rating of seven": [*life("A"), row("A", 30, "closed", "customer", rating=7)],
    "the year 1900": [
        row("A", datetime(1900, 1, 1, tzinfo=UTC), "submitted", "customer"),
        *life("B"),
    ],
    "the year 1 and 9999": [
        row("A", datetime(1, 1, 1, tzinfo=UTC), "submitted", "customer"),
        row("A", datetime(9999, 12, 31, tzinfo=UTC), "submitted", "customer"),
        *life("B"),
    ],
    "a promise for 9999": [
        *life("A"),
        row("A", 30, "resolution_promised", promised_for=datetime(9999, 12, 31, tzinfo=UTC)),
    ],
    "before the lunar tables": [
        row("A", datetime(1850, 1, 1, tzinfo=UTC), "submitted", "customer"),
        *life("B"),
    ],
}
"""By what is wrong with it."""


def frame_of(rows):
    """The rows as a table; every column is there, and typed."""
    schema = {
        "ticket": pl.String,
        "at": pl.Datetime("us", "UTC"),
        "event": pl.String,
        "by_role": pl.String,
        "by_id": pl.String,
        "id": pl.String,
        "to": pl.String,
        "kind": pl.String,
        "promised_for": pl.Datetime("us", "UTC"),
        "rating": pl.Int64,
    }
    return pl.DataFrame(
        [{column: one.get(column) for column in schema} for one in rows], schema=schema
    )


def lines_of(frame):
    """The same rows as the library's own lines of JSON."""
    return [
        json.dumps(content_of(one, number), ensure_ascii=False)
        for number, one in enumerate(frame.iter_rows(named=True), 1)
    ]
