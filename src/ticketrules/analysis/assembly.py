"""Assembly: the cycles of several clocks as one table of verdicts."""

from typing import Any, Final

import numpy as np
import polars as pl
from attrs import frozen

from ticketrules.analysis.block import Ints
from ticketrules.analysis.cycles import VERDICTS, Cycles
from ticketrules.analysis.intake import Tickets
from ticketrules.analysis.plan import ClockPlan, PolicyPlan
from ticketrules.analysis.table import CYCLES, VERDICT, amounts, instants, texts, words
from ticketrules.sla import CalendarTime

_VERDICTS: Final = pl.Series([verdict.value for verdict in VERDICTS], dtype=VERDICT)


@frozen(eq=False)
class Part:
    """The cycles of one clock, and which of them are its policy's."""

    policy: PolicyPlan
    clock: ClockPlan
    cycles: Cycles
    keep: Any

    def column(self, name: str) -> Any:
        """One of their columns."""
        found = getattr(self.cycles, name)
        return found if self.keep is None else found[self.keep]


_NUMBERS: Final = [
    "ticket",
    "cycle",
    "verdict",
    "read_at",
    "started_at",
    "started_by",
    "stopped_by",
    "budget",
    "elapsed",
    "paused",
    "deadline",
    "due_at",
    "breached_at",
    "overrun",
    "remaining",
    "agent",
    "provisional",
    "changes_at",
]


def assembled(tickets: Tickets, parts: list[Part]) -> pl.DataFrame:
    """The cycles of several clocks as one table, ordered by ticket, clock and cycle."""
    parts = [part for part in parts if len(part.column("ticket"))]
    if not parts:
        return pl.DataFrame(schema=dict(CYCLES))
    clock = np.repeat(np.arange(len(parts)), [len(part.column("ticket")) for part in parts])
    ticket = np.concatenate([part.column("ticket") for part in parts])
    order = np.argsort(ticket * len(parts) + clock, kind="stable")
    found = {
        name: np.concatenate([part.column(name) for part in parts]).take(order) for name in _NUMBERS
    }
    clock = clock[order]
    frame, started_by, stopped_by = tickets.frame, found["started_by"], found["stopped_by"]
    targets = [part.clock.target for part in parts]
    stopped_at = np.where(stopped_by < 0, np.iinfo(np.int64).min, found["read_at"])
    around = np.array([isinstance(target.budget, CalendarTime) for target in targets])
    made = {
        "ticket": tickets.ids().gather(found["ticket"]),
        "policy": words(clock, pl.Series([part.policy.name for part in parts])),
        "clock": words(clock, pl.Series([target.id for target in targets])),
        "clause": words(clock, pl.Series([str(target.clause) for target in targets])),
        "cycle": pl.Series(found["cycle"]),
        "verdict": words(found["verdict"], _VERDICTS),
        "read_at": instants(found["read_at"]),
        "started_at": instants(found["started_at"]),
        "started_by": _ids(frame, started_by),
        "stopped_at": instants(stopped_at),
        "stopped_by": _ids(frame, stopped_by),
        "agent": _agents(frame, found["agent"]),
        "provisional": pl.Series(found["provisional"]),
        "around_the_clock": pl.Series(around[clock]),
    }
    for name, dtype in CYCLES.items():
        if name not in made:
            make = amounts if isinstance(dtype, pl.Duration) else instants
            made[name] = make(found[name])
    return pl.DataFrame({name: made[name] for name in CYCLES})


def _ids(frame: pl.DataFrame, places: Ints) -> pl.Series:
    """The ids of events: their rows' numbers where no column tells them."""
    if "id" in frame.columns:
        return texts(frame["id"], places)
    return texts(frame["row"], places).cast(pl.String)


def _agents(frame: pl.DataFrame, coded: Ints) -> pl.Series:
    """The agents that events tell: who did them, or, with an odd code, whom they name."""
    empty = pl.Series([None], dtype=pl.String)
    did = frame["by_id"] if "by_id" in frame.columns else empty
    named = frame["to"] if "to" in frame.columns else empty
    places = np.where(coded < 0, -1, coded // 2)
    is_named = (coded >= 0) & (coded % 2 == 1)
    if not is_named.any():
        return texts(did, places)
    both = pl.concat([did, named])
    return texts(both, np.where(is_named, places + len(did), places))
