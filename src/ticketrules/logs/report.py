"""The report on a log: verdicts by clause and by agent, the worst, and what needs a hand."""

import heapq
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from attrs import evolve, frozen

from ticketrules.assessment import Assessment, Need
from ticketrules.clauses import ClauseId, Text
from ticketrules.desk import Desk
from ticketrules.logs.intake import Intake
from ticketrules.logs.judging import Judgement, Unjudged
from ticketrules.routing import Urgency
from ticketrules.sla import Reading, Verdict
from ticketrules.tickets import Status

EXAMPLES: Final = 3
"""How many places a line of findings names."""


@frozen(kw_only=True)
class ClauseLine:
    """How one promise was kept over the whole log.

    Attributes:
        clause: The clause.
        clock: The target's id.
        label: What it is, in both languages.
        counts: Cycles by verdict; every verdict has its number.
        open_breaches: How many of the breached ones still wait for their stop.
        provisional: How many readings rest on a day that no notice has announced.
        worst: The breached cycles with the greatest overrun, greatest first.
    """

    clause: ClauseId
    clock: str
    label: Text
    counts: dict[Verdict, int]
    open_breaches: int
    provisional: int
    worst: tuple[Reading, ...]

    @property
    def share_met(self) -> float | None:
        """Met of met and breached, from 0 to 1; ``None`` where neither happened."""
        return _share(self.counts[Verdict.MET], self.counts[Verdict.BREACHED])


@frozen(kw_only=True)
class AgentLine:
    """How one agent kept the promises that agents keep (7.1, 8).

    Attributes:
        agent: The agent's id; ``None`` gathers what nobody held.
        met: Cycles met, by clause.
        breached: Cycles breached, by clause, credited to who held the ticket at the breach.
    """

    agent: str | None
    met: dict[ClauseId, int]
    breached: dict[ClauseId, int]

    @property
    def share_met(self) -> float | None:
        """Met of met and breached over all clauses, from 0 to 1."""
        return _share(sum(self.met.values()), sum(self.breached.values()))


@frozen(kw_only=True)
class NeedLine:
    """One ticket that needs a hand.

    Attributes:
        ticket: The ticket's id.
        status: Where it stands.
        agent: Who holds it, if anybody.
        urgency: Why it has its place in the order (7).
        needs: What has to happen, most urgent first: clause, text, by when, late or not.
    """

    ticket: str
    status: Status
    agent: str | None
    urgency: Urgency
    needs: tuple[Need, ...]


@frozen(kw_only=True)
class FindingLine:
    """One kind of departure from the rules, how often, and where first.

    Attributes:
        clause: The clause.
        text: The departure, in both languages.
        count: How many events show it.
        tickets: How many tickets.
        examples: The first few, as (ticket, event id).
    """

    clause: ClauseId
    text: Text
    count: int
    tickets: int
    examples: tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class Report:
    """What a log comes to under a policy at an instant.

    Attributes:
        log: The log's name.
        policy: The policy's name.
        as_of: The instant of every verdict, in UTC.
        zone: The desk's zone, in which people read its times.
        intake: The account of the log's rows.
        judged: Tickets judged.
        not_yet: Tickets that do not exist yet at ``as_of``.
        unjudged: Tickets that could not be judged, and why; with the two numbers before they make
            all the tickets.
        later_events: Events after ``as_of``, left aside.
        clauses: One line for each promise, by clause.
        agents: One line for each agent, the lowest share first.
        needs: The tickets that need a hand, in the order of work (7).
        findings: The departures, by clause.
    """

    log: str
    policy: str
    as_of: datetime
    zone: str
    intake: Intake
    judged: int
    not_yet: int
    unjudged: tuple[Unjudged, ...]
    later_events: int
    clauses: tuple[ClauseLine, ...]
    agents: tuple[AgentLine, ...]
    needs: tuple[NeedLine, ...]
    findings: tuple[FindingLine, ...]


def needs_of(assessment: Assessment) -> tuple[Need, ...]:
    """A ticket's needs, every late one with the instant at which it became late.

    What the system keeps (9) is due from one instant on and late from another; once it is late,
    the second is told, which is the deadline of its reading.
    """
    ends = {(one.clause, one.due_at): one.breached_at for one in assessment.readings if one.is_open}
    return tuple(
        evolve(need, due_at=ends.get((need.clause, need.due_at)) or need.due_at)
        if need.is_late
        else need
        for need in assessment.needs
    )


class Tally:
    """Adds assessments up; memory grows with what the report shows, not with the log.

    Args:
        desk: The desk whose targets give the lines.
        worst: How many of the worst breaches to keep for each clause.
    """

    def __init__(self, desk: Desk, worst: int = 3) -> None:
        self._desk = desk
        self._worst = worst
        self._counts: Counter[tuple[str, Verdict]] = Counter()
        self._open_breaches: Counter[str] = Counter()
        self._provisional: Counter[str] = Counter()
        self._agents: dict[str | None, tuple[Counter[ClauseId], Counter[ClauseId]]] = {}
        self._heaps: dict[str, list[tuple[float, int, Reading]]] = {}
        self._needs: list[tuple[tuple[object, ...], NeedLine]] = []
        self._findings: dict[tuple[ClauseId, Text], list[tuple[str, str]]] = {}
        self._finding_counts: Counter[tuple[ClauseId, Text]] = Counter()
        self._finding_tickets: Counter[tuple[ClauseId, Text]] = Counter()
        self._sequence = 0

    def add(self, assessment: Assessment) -> None:
        """Take one ticket into account."""
        for reading in assessment.readings:
            self._add_reading(reading)
        if assessment.findings:
            self._add_findings(assessment)
        if assessment.needs:
            self._add_needs(assessment)

    def _add_reading(self, reading: Reading) -> None:
        verdict = reading.verdict
        self._counts[reading.clock, verdict] += 1
        if reading.provisional:
            self._provisional[reading.clock] += 1
        if verdict is Verdict.BREACHED:
            if reading.is_open:
                self._open_breaches[reading.clock] += 1
            self._sequence += 1
            heap = self._heaps.setdefault(reading.clock, [])
            entry = (reading.overrun.total_seconds(), -self._sequence, reading)
            if len(heap) < self._worst:
                heapq.heappush(heap, entry)
            elif self._worst:
                heapq.heappushpop(heap, entry)
        elif verdict is not Verdict.MET:
            return
        if reading.due_at is None:  # the system keeps clause 9, not an agent
            lines = self._agents.get(reading.agent)
            if lines is None:
                lines = self._agents[reading.agent] = (Counter(), Counter())
            lines[verdict is Verdict.BREACHED][reading.clause] += 1

    def _add_findings(self, assessment: Assessment) -> None:
        for finding in assessment.findings:
            key = (finding.clause, finding.text)
            self._finding_counts[key] += 1
            examples = self._findings.setdefault(key, [])
            if len(examples) < EXAMPLES:
                examples.append((assessment.ticket.id, finding.event_id))
        for key in {(finding.clause, finding.text) for finding in assessment.findings}:
            self._finding_tickets[key] += 1

    def _add_needs(self, assessment: Assessment) -> None:
        line = NeedLine(
            ticket=assessment.ticket.id,
            status=assessment.ticket.status,
            agent=assessment.ticket.agent,
            urgency=assessment.standing.urgency,
            needs=needs_of(assessment),
        )
        self._needs.append((assessment.standing.rank, line))

    def report(self, log: str, intake: Intake, judgement: Judgement) -> Report:
        """The report on what has been added, with the account of where it came from."""
        policy = self._desk.policy
        return Report(
            log=log,
            policy=policy.name,
            as_of=judgement.as_of,
            zone=str(self._desk.calendar.zone),
            intake=intake,
            judged=judgement.judged,
            not_yet=judgement.not_yet,
            unjudged=tuple(judgement.unjudged),
            later_events=judgement.later_events,
            clauses=tuple(self._clause_lines()),
            agents=tuple(self._agent_lines()),
            needs=tuple(line for _rank, line in sorted(self._needs, key=lambda pair: pair[0])),
            findings=tuple(
                FindingLine(
                    clause=clause,
                    text=text,
                    count=count,
                    tickets=self._finding_tickets[clause, text],
                    examples=tuple(self._findings[clause, text]),
                )
                for (clause, text), count in sorted(
                    self._finding_counts.items(), key=lambda item: (item[0][0], item[0][1].en)
                )
            ),
        )

    def _clause_lines(self) -> Iterable[ClauseLine]:
        for target in self._desk.clocks.targets:
            heap = self._heaps.get(target.id, [])
            yield ClauseLine(
                clause=target.clause,
                clock=target.id,
                label=target.label,
                counts={verdict: self._counts[target.id, verdict] for verdict in Verdict},
                open_breaches=self._open_breaches[target.id],
                provisional=self._provisional[target.id],
                worst=tuple(entry[2] for entry in sorted(heap, reverse=True)),
            )

    def _agent_lines(self) -> Iterable[AgentLine]:
        lines = [
            AgentLine(agent=agent, met=dict(met), breached=dict(breached))
            for agent, (met, breached) in self._agents.items()
        ]

        def lowest_first(line: AgentLine) -> tuple[float, int, bool, str]:
            share = line.share_met
            return (
                1.0 if share is None else share,
                -sum(line.breached.values()),
                line.agent is not None,
                line.agent or "",
            )

        return sorted(lines, key=lowest_first)


def _share(met: int, breached: int) -> float | None:
    return met / (met + breached) if met or breached else None
