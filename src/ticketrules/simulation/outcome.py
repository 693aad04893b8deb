"""What a simulation comes to: each run as numbers, and all of them with intervals."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from math import inf
from typing import Final

from attrs import define, field, frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.desk import Desk
from ticketrules.errors import SimulationError
from ticketrules.pages import Language, Page, Table
from ticketrules.reports import Timing
from ticketrules.reports.estimates import timing
from ticketrules.simulation.engine import Run
from ticketrules.simulation.estimates import Estimate, estimate, ratio
from ticketrules.simulation.scene import Scene
from ticketrules.sla import Target, Verdict

_ZERO: Final = timedelta(0)
_MINUTE: Final = timedelta(minutes=1)
_PERCENTILES: Final = (50, 90, 95)


@frozen(kw_only=True)
class ClauseForecast:
    """What is expected of one promise in the measured window, for one run of it.

    Attributes:
        clause: The clause.
        clock: The target's id.
        label: What it is, in both languages.
        breaches: Cycles whose breach falls into the window.
        by_hour: The same by the hour of the desk's wall clock in which they breach, 0 to 23; they
            add up to it.
        cycles: Cycles that get a verdict in the window: met or breached.
        share: Breaches of these.
    """

    clause: ClauseId
    clock: str
    label: Text
    breaches: Estimate
    by_hour: tuple[Estimate, ...]
    cycles: Estimate
    share: Estimate


@frozen(kw_only=True)
class Simulation:
    """What is expected of a desk, from independent runs.

    Every arrival of every run ends solved or is still open: ``arrivals`` is ``solved`` and
    ``open`` together.

    Attributes:
        start: When each run began, in UTC.
        end: When it ended.
        measured_from: From when on breaches, work and waiting are counted.
        agents: How many agents there were.
        seed: Where chance started from.
        runs: How many runs.
        arrivals: Tickets submitted in a run, from ``start`` on.
        solved: Those that were told a solution by the end.
        open: Those that were not: waiting for a hand, in work or waiting for their customers.
        clauses: Each promise that people keep, in the desk's order.
        utilisation: Time at work over time on duty, from 0 to 1.
        queue: How many tickets wait for a hand, on average over service time.
        peak: How many at most.
        waiting_minutes: Service time from submission until somebody takes it up, of those taken up
            in the window, in minutes.
        waiting: Percentiles of the same over all runs together.
    """

    start: datetime
    end: datetime
    measured_from: datetime
    agents: int
    seed: int
    runs: int
    arrivals: Estimate
    solved: Estimate
    open: Estimate
    clauses: tuple[ClauseForecast, ...]
    utilisation: Estimate
    queue: Estimate
    peak: Estimate
    waiting_minutes: Estimate
    waiting: Timing

    def clock(self, clock: str) -> ClauseForecast:
        """What is expected of one clock.

        Raises:
            SimulationError: The desk's people keep no such clock.
        """
        for one in self.clauses:
            if one.clock == clock:
                return one
        known = ", ".join(one.clock for one in self.clauses)
        msg = f"no clock {clock!r} that people keep; there is {known}"
        raise SimulationError(msg)

    def text(self, lang: Language = "en") -> str:
        """The simulation as plain text, in ``"en"`` or ``"zh"``."""
        return _page(self, lang).text()

    def html(self, lang: Language = "en") -> str:
        """The simulation as a fragment of HTML, escaped."""
        return _page(self, lang).html()

    def _repr_html_(self) -> str:
        return self.html()


@define
class Figures:
    """What one run came to, as numbers."""

    arrivals: int = 0
    solved: int = 0
    breaches: Counter[tuple[str, int]] = field(factory=Counter)
    breached: Counter[str] = field(factory=Counter)
    met: Counter[str] = field(factory=Counter)
    busy: float = 0.0
    on_duty: float = 0.0
    queue: float = 0.0
    peak: int = 0
    waits: list[timedelta] = field(factory=list)


def figures(run: Run, scene: Scene, measured_from: datetime) -> Figures:
    """The numbers of a finished run, of what happened in ``[measured_from, end)``."""
    found = Figures(arrivals=len(run.works))
    desk, end = scene.desk, scene.end
    elapsed, zone = desk.calendar.elapsed, desk.calendar.zone
    peoples = {target.id for target in peoples_targets(desk)}
    waits: list[tuple[datetime, datetime]] = []
    for work in run.works.values():
        found.solved += work.is_solved
        waits += work.waits
        if work.ready_since is not None:
            waits.append((work.ready_since, end))
        if work.taken_at is not None and work.taken_at >= measured_from:
            found.waits.append(elapsed(work.ticket.opened_at, work.taken_at))
        for reading in desk.clocks.read(work.ticket, end):
            settled_at = reading.breached_at or reading.stopped_at
            if reading.clock not in peoples or settled_at is None or settled_at < measured_from:
                continue
            if reading.breached_at is not None:
                found.breached[reading.clock] += 1
                hour = reading.breached_at.astimezone(zone).hour
                found.breaches[reading.clock, hour] += 1
            elif reading.verdict is Verdict.MET:
                found.met[reading.clock] += 1
    clipped = [(max(a, measured_from), b) for a, b in waits if b > measured_from]
    served = elapsed(measured_from, end)
    if served:
        found.queue = sum((elapsed(a, b) for a, b in clipped), _ZERO) / served
    found.peak = _peak(clipped)
    first = (measured_from - scene.start) // timedelta(microseconds=1)
    for server in run.servers.values():
        found.busy += sum(b - max(a, first) for a, b in server.busy if b > first)
        found.on_duty += sum(b - max(a, first) for a, b in server.spans if b > first)
    return found


def peoples_targets(desk: Desk) -> Iterator[Target]:
    """The promises that people keep; those of clause 9 are the system's."""
    return (target for target in desk.clocks.targets if target.command is None)


def _peak(stretches: Iterable[tuple[datetime, datetime]]) -> int:
    """How many half-open stretches overlap at most."""
    steps = sorted(step for a, b in stretches for step in ((a, 1), (b, -1)))
    most = count = 0
    for _at, change in steps:
        count += change
        most = max(most, count)
    return most


def summary(
    several: Sequence[Figures], scene: Scene, measured_from: datetime, seed: int
) -> Simulation:
    """All runs together."""

    def of(value: Callable[[Figures], float]) -> Estimate:
        return estimate([value(one) for one in several])

    clauses = []
    for target in peoples_targets(scene.desk):
        clock = target.id
        breached = [float(one.breached[clock]) for one in several]
        cycles = [float(one.breached[clock] + one.met[clock]) for one in several]
        clauses.append(
            ClauseForecast(
                clause=target.clause,
                clock=clock,
                label=target.label,
                breaches=estimate(breached),
                by_hour=tuple(
                    estimate([float(one.breaches[clock, hour]) for one in several])
                    for hour in range(24)
                ),
                cycles=estimate(cycles),
                share=ratio(breached, cycles),
            )
        )
    return Simulation(
        start=scene.start,
        end=scene.end,
        measured_from=measured_from,
        agents=len(scene.agents),
        seed=seed,
        runs=len(several),
        arrivals=of(lambda one: one.arrivals),
        solved=of(lambda one: one.solved),
        open=of(lambda one: one.arrivals - one.solved),
        clauses=tuple(clauses),
        utilisation=ratio([one.busy for one in several], [one.on_duty for one in several]),
        queue=of(lambda one: one.queue),
        peak=of(lambda one: one.peak),
        waiting_minutes=ratio(
            [sum(one.waits, _ZERO) / _MINUTE for one in several],
            [len(one.waits) for one in several],
            inf,
        ),
        waiting=timing([wait for one in several for wait in one.waits], _PERCENTILES),
    )


def _page(found: Simulation, lang: Language) -> Page:
    def says(en: str, zh: str) -> str:
        return zh if lang == "zh" else en

    def told(one: Estimate, digits: int = 1) -> tuple[str, str]:
        return f"{one.mean:.{digits}f}", f"[{one.lower:.{digits}f}, {one.upper:.{digits}f}]"

    def percent(one: Estimate) -> tuple[str, str]:
        return f"{one.mean:.1%}", f"[{one.lower:.1%}, {one.upper:.1%}]"

    whole = (
        (says("tickets submitted", "提交工单"), *told(found.arrivals)),
        (says("solved", "已解决"), *told(found.solved)),
        (says("still open", "未解决"), *told(found.open)),
        (says("utilisation", "客服利用率"), *percent(found.utilisation)),
        (says("waiting for a hand", "平均排队数"), *told(found.queue)),
        (says("at most", "最多排队数"), *told(found.peak)),
        (says("minutes until taken up", "受理等待（分钟）"), *told(found.waiting_minutes)),
    )
    clauses = tuple(
        (
            f"{one.clause} {says(one.label.en, one.label.zh)}",
            *told(one.cycles),
            *told(one.breaches, 2),
            *percent(one.share),
        )
        for one in found.clauses
    )
    heads = (
        says("promise", "承诺"),
        says("verdicts", "判定数"),
        "",
        says("breaches", "超时数"),
        "",
        says("share", "超时率"),
        "",
    )
    headline = says(
        f"{found.agents} agents, {found.runs} runs, seed {found.seed}",
        f"客服 {found.agents} 人，模拟 {found.runs} 次，种子 {found.seed}",
    )
    return Page(
        lang,
        headline,
        (
            Table(says("A run", "每次模拟"), ("", "", ""), whole),
            Table(says("Promises", "承诺"), heads, clauses),
        ),
    )
