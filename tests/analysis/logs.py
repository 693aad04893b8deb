"""Logs of a usual desk as columns: eight events a ticket, sorted by ticket, a window of 90 days."""

from datetime import UTC, datetime

import numpy as np
import polars as pl

from ticketrules.analysis.sorts import KINDS

NAMES = [kind.name for kind in KINDS]
ROLES = ["customer", "agent", "platform", "system"]
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 6, 20, 1, 0, tzinfo=UTC)
WINDOW_US = 90 * 86_400_000_000

THINGS = {
    ("noted", "agent"): 22,
    ("noted", "system"): 6,
    ("replied", "agent"): 24,
    ("replied", "system"): 4,
    ("customer_wrote", "customer"): 18,
    ("accepted", "agent"): 8,
    ("clarified", "agent"): 4,
    ("verified", "agent"): 4,
    ("feedback_requested", "agent"): 6,
    ("called", "agent"): 2,
    ("complained", "customer"): 1,
    ("marked_business_stopping", "system"): 1,
}
"""What happens on a ticket between its submission and its end, and how often."""

ENDS = {
    ("solution_proposed", "agent"): 60,
    ("replied", "agent"): 20,
    ("customer_wrote", "customer"): 10,
    ("noted", "agent"): 10,
}
"""The last of its eight events."""


def usual_log(tickets, seed=20261122, *, agents=40):
    """A log of so many tickets in compact columns; ``automatic`` where the system replies."""
    random = np.random.default_rng(seed)
    kinds, roles = np.zeros((2, tickets, 8), np.uint8)
    kinds[:, 0], roles[:, 0] = NAMES.index("submitted"), ROLES.index("customer")
    for places, things in ((slice(1, 7), THINGS), (slice(7, 8), ENDS)):
        weights = np.array(list(things.values()), float)
        shape = kinds[:, places].shape
        drawn = random.choice(len(things), shape, p=weights / weights.sum())
        kinds[:, places] = np.array([NAMES.index(kind) for kind, _ in things])[drawn]
        roles[:, places] = np.array([ROLES.index(role) for _, role in things])[drawn]
    kinds, roles = kinds.reshape(-1), roles.reshape(-1)
    gaps = random.integers(0, 20 * 3_600_000_000, (tickets, 8))
    gaps[:, 0] = random.integers(0, WINDOW_US - 8 * 20 * 3_600_000_000, tickets)
    first = np.datetime64(START.replace(tzinfo=None), "us").astype(np.int64)
    at = (first + np.cumsum(gaps, axis=1)).reshape(-1)
    who = random.integers(0, agents, tickets).astype(np.uint32)
    agent = pl.Series([f"agent-{number:02}" for number in range(agents)])
    by_id = agent.gather(np.repeat(who, 8))
    names = pl.Series(NAMES, dtype=pl.Enum(NAMES))
    words = pl.Series(ROLES, dtype=pl.Enum(ROLES))
    is_agent = roles == ROLES.index("agent")
    return pl.DataFrame(
        {
            "ticket": np.repeat(np.arange(1, tickets + 1), 8),
            "at": pl.Series(at).cast(pl.Datetime("us", "UTC")),
            "event": names.gather(kinds.astype(np.uint32)),
            "by_role": words.gather(roles.astype(np.uint32)),
            "by_id": pl.select(pl.when(pl.Series(is_agent)).then(by_id)).to_series(),
            "automatic": pl.Series(roles == ROLES.index("system")),
        }
    )
