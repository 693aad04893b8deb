"""What if: one log under two policies, or under many values of a setting."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import polars as pl
from attrs import evolve, field, fields_dict, frozen

from ticketrules.analysis.columns import prepared
from ticketrules.analysis.grouping import grouped
from ticketrules.analysis.judging import Verdicts, judge_log
from ticketrules.analysis.reading import table_of
from ticketrules.analysis.scalar import events_of
from ticketrules.analysis.table import VERDICT
from ticketrules.desk import Desk
from ticketrules.errors import PolicyError
from ticketrules.reports import Share
from ticketrules.rulebook import Policy
from ticketrules.sla import Proof, ProofSegment, Reading, Verdict
from ticketrules.tickets import instant, replay
from ticketrules.toml_reader import did_you_mean

MOST_EXPLAINED: Final = 1_000
"""So many flips are explained, unless another number is asked for."""

_KEY: Final = ["ticket", "clock", "cycle"]
_WORDS: Final = tuple(verdict.value for verdict in Verdict)
_DAYS: Final = pl.Enum(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
_DECIDED: Final = (Verdict.MET.value, Verdict.BREACHED.value)

TOTALS: Final[Mapping[str, pl.DataType]] = {
    "clause": pl.String(),
    "clock": pl.String(),
    "cycles": pl.Int64(),
    **{word: pl.Int64() for word in _WORDS},
    "share_met": pl.Float64(),
    "lower": pl.Float64(),
    "upper": pl.Float64(),
}
"""The columns of totals; the last three are the share of what was met among what was met or
breached, with Wilson's interval of 95 %."""


@frozen(eq=False)
class Comparison:
    """One log under two policies.

    Attributes:
        flips: The cycles on which they differ, in the log's order: ``ticket``, ``clause``,
            ``clock``, ``cycle``, the verdicts ``before`` and ``after`` (null where there is no
            such cycle), ``agent``, ``started_at``, its ``weekday`` and ``hour`` on the first
            desk's clock, and the first stretch of time that only one of them counts:
            ``differs_at``, with the reasons ``because_before`` and ``because_after``. Where both
            count the same time and only promise another, these three are null; so too past the
            flips that are explained.
        totals: The verdicts by clause under both, ``policy`` being ``before`` or ``after``; see
            ``TOTALS``.
        before: All verdicts under the first.
        after: All verdicts under the second.
        explained: How many flips, from the first on, were explained.
    """

    flips: pl.DataFrame = field(repr=False)
    totals: pl.DataFrame = field(repr=False)
    before: Verdicts = field(repr=False)
    after: Verdicts = field(repr=False)
    explained: int

    def by(self, *columns: str) -> pl.DataFrame:
        """How many cycles flip, and of how many tickets, by columns of ``flips``.

        Args:
            columns: Such as ``"clause"``, ``"agent"``, ``"weekday"`` or ``"hour"``.
        """
        counts = pl.len().alias("flips"), pl.col("ticket").n_unique().alias("tickets")
        return self.flips.group_by(*columns, "before", "after").agg(*counts).sort(*columns)


def compare(
    log: Any,
    before: Desk | Policy,
    after: Desk | Policy,
    now: datetime,
    *,
    explained: int = MOST_EXPLAINED,
) -> Comparison:
    """Judge one log under two policies, and tell where and from when on they differ.

    Args:
        log: As for ``judge_log``.
        before: The one policy, or a desk.
        after: The other.
        now: The instant of both, aware.
        explained: How many flips to explain; each takes two proofs of the scalar engine.

    Raises:
        LogError: See ``judge_log``.
        NaiveTimeError: A column of instants, or ``now``, has no time zone.
    """
    one, other = (two if isinstance(two, Desk) else Desk(two) for two in (before, after))
    frame = grouped(table_of(log))
    first, second = judge_log(frame, one, now), judge_log(frame, other, now)
    flips = _flips(first.frame, second.frame, one)
    some = flips[:explained]
    reasons = list(_reasons(frame, some, (one, other), instant(now)))
    told = pl.DataFrame(
        reasons + [(None, None, None)] * (len(flips) - len(some)),
        schema={
            "differs_at": pl.Datetime("us", "UTC"),
            "because_before": pl.String,
            "because_after": pl.String,
        },
        orient="row",
    )
    both = [
        _totals(verdicts.frame).select(pl.lit(name).alias("policy"), pl.all())
        for name, verdicts in (("before", first), ("after", second))
    ]
    return Comparison(
        pl.concat([flips, told], how="horizontal"), pl.concat(both), first, second, len(some)
    )


def sweep(
    log: Any,
    policy: Policy,
    setting: str,
    values: Sequence[Any] | Mapping[str, Any],
    now: datetime,
) -> pl.DataFrame:
    """Judge one log under each of several values of a setting.

    Args:
        log: As for ``judge_log``.
        policy: The policy whose setting it is.
        setting: Its path, such as ``"promises.first_response"`` or ``"service_hours"``.
        values: The values, or the values by the names under which the table shows them.
        now: The instant of the verdicts, aware.

    Returns:
        A row for each value and clock: ``value``, as it is written or named, and ``TOTALS``.

    Raises:
        PolicyError: There is no such setting.
        LogError: See ``judge_log``.
    """
    frame = grouped(table_of(log))
    named = values if isinstance(values, Mapping) else {str(value): value for value in values}
    parts = []
    for name, value in named.items():
        desk = Desk(with_setting(policy, setting, value))
        totals = _totals(judge_log(frame, desk, now).frame)
        parts.append(totals.select(pl.lit(name).alias("value"), pl.all()))
    return pl.concat(parts)


def with_setting(policy: Policy, setting: str, value: Any) -> Policy:
    """A policy with another value of one setting.

    Args:
        policy: The policy.
        setting: The setting's path, its parts joined by dots.
        value: The value.

    Raises:
        PolicyError: There is no such setting.
    """
    return _evolved(policy, setting.split("."), setting, value)  # type: ignore[no-any-return]


def _evolved(settings: Any, path: list[str], whole: str, value: Any) -> Any:
    name, *rest = path
    known = fields_dict(type(settings)) if hasattr(settings, "__attrs_attrs__") else {}
    if name not in known:
        msg = f"there is no setting {whole!r}{did_you_mean(name, known)}"
        raise PolicyError(msg)
    if rest:
        value = _evolved(getattr(settings, name), rest, whole, value)
    return evolve(settings, **{name: value})


def _totals(frame: pl.DataFrame) -> pl.DataFrame:
    counts = frame.group_by("clause", "clock", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("cycles"),
        *((pl.col("verdict") == word).sum().cast(pl.Int64).alias(word) for word in _WORDS),
    )
    rows = []
    for row in counts.sort("clause", "clock").iter_rows(named=True):
        met, breached = (row[word] for word in _DECIDED)
        share = Share(met, met + breached)
        rows.append(row | {"share_met": share.value, "lower": share.lower, "upper": share.upper})
    return pl.DataFrame(rows, schema=dict(TOTALS))


def _flips(before: pl.DataFrame, after: pl.DataFrame, desk: Desk) -> pl.DataFrame:
    wanted = [*_KEY, "clause", "verdict", "agent", "started_at"]
    zone = desk.calendar.zone.key
    both = before.select(wanted).join(
        after.select(wanted),
        on=_KEY,
        how="full",
        coalesce=True,
        suffix="_after",
        maintain_order="left_right",
    )
    local = pl.col("started_at").dt.convert_time_zone(zone)
    breached = pl.col("after") == Verdict.BREACHED.value
    return (
        both.rename({"verdict": "before", "verdict_after": "after"})
        .filter(pl.col("before").ne_missing(pl.col("after")))
        .with_columns(
            pl.coalesce("clause", "clause_after"),
            pl.coalesce("started_at", "started_at_after"),
            pl.when(breached.fill_null(value=False))
            .then(pl.coalesce("agent_after", "agent"))
            .otherwise(pl.coalesce("agent", "agent_after"))
            .alias("agent"),
        )
        .select(
            "ticket",
            "clause",
            "clock",
            "cycle",
            pl.col("before").cast(VERDICT),
            pl.col("after").cast(VERDICT),
            "agent",
            "started_at",
            (local.dt.weekday() - 1)
            .replace_strict(list(range(7)), _DAYS.categories.to_list(), return_dtype=_DAYS)
            .alias("weekday"),
            local.dt.hour().alias("hour"),
        )
    )


Reason = tuple[datetime | None, str | None, str | None]
_SAME: Final[Reason] = (None, None, None)


def _reasons(
    frame: pl.DataFrame, flips: pl.DataFrame, desks: tuple[Desk, Desk], now: datetime
) -> Iterator[Reason]:
    """For each flip the first stretch that differs, from proofs of the scalar engine."""
    if not len(flips):
        return
    wanted = flips["ticket"].unique()
    rows = prepared(frame.with_row_index("row", offset=1) if "row" not in frame.columns else frame)
    rows = rows.drop("kind?", strict=False).with_columns(pl.col("ticket").cast(pl.String))
    some = rows.filter(pl.col("ticket").is_in(wanted.to_list()))
    parts = {key[0]: part for key, part in some.group_by("ticket", maintain_order=True)}
    readings: dict[str, list[dict[tuple[str, int], Reading]]] = {}
    for ticket, clock, cycle in flips.select(_KEY).iter_rows():
        if ticket not in readings:
            events = replay(events_of(parts[ticket]))
            readings[ticket] = [
                {(one.clock, one.cycle): one for one in desk.clocks.read(events, now)}
                for desk in desks
            ]
        pair = [several.get((clock, cycle)) for several in readings[ticket]]
        if pair[0] is None or pair[1] is None:
            yield _SAME
            continue
        proofs = [desk.explain(one) for desk, one in zip(desks, pair, strict=True) if one]
        yield _difference(*(list(_all_of(proof)) for proof in proofs))


def _all_of(proof: Proof) -> Iterator[ProofSegment]:
    yield from proof.segments
    yield from proof.ahead


def _difference(one: list[ProofSegment], other: list[ProofSegment]) -> Reason:
    """From when on one of two runs of segments counts and the other does not, and why."""
    left, right = iter(one), iter(other)
    here, there = next(left, None), next(right, None)
    while here is not None and there is not None:
        if here.counted is not there.counted:
            return max(here.start, there.start), here.why.en, there.why.en
        # Whichever ends first makes room for its next; both where they end together.
        end = min(here.end, there.end)
        here, there = (
            next(left, None) if here.end == end else here,
            next(right, None) if there.end == end else there,
        )
    return _SAME
