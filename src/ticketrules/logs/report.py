"""The report on a log: verdicts by clause and by agent, the worst, and what needs a hand."""

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from attrs import evolve, frozen

from ticketrules.assessment import Assessment, Need
from ticketrules.clauses import ClauseId, Finding, Severity, Text
from ticketrules.desk import Desk
from ticketrules.logs.intake import Intake
from ticketrules.logs.judging import Judgement, Unjudged
from ticketrules.replies import ReplyFinding
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


@frozen
class Place:
    """Where a log shows a finding.

    Attributes:
        ticket: The ticket's id.
        event: The event's id.
        span: In a reply, the half-open places of the words to blame; ``None`` where something is
            missing from it, and for what is no reply's.
    """

    ticket: str
    event: str
    span: tuple[int, int] | None = None


@frozen(kw_only=True)
class FindingLine:
    """One kind of departure from the rules, or of fault in replies; how often, and where first.

    Attributes:
        clause: The clause.
        text: The departure, in both languages.
        severity: Whether the rules forbid it or only advise against it.
        count: How often it was found.
        tickets: In how many tickets.
        examples: The first few places.
    """

    clause: ClauseId
    text: Text
    severity: Severity
    count: int
    tickets: int
    examples: tuple[Place, ...]


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
        replies: What is wrong with replies, by clause; ``None`` where nobody looked.
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
    replies: tuple[FindingLine, ...] | None = None


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


class _Kinds:
    """Findings added up by kind."""

    def __init__(self) -> None:
        self._counts: Counter[_Kind] = Counter()
        self._tickets: Counter[_Kind] = Counter()
        self._places: dict[_Kind, list[Place]] = {}

    def add(self, ticket: str, findings: Sequence[Finding]) -> None:
        """Take one ticket's findings into account."""
        kinds = [(finding.clause, finding.text, finding.severity) for finding in findings]
        self._counts.update(kinds)
        self._tickets.update(set(kinds))
        for kind, finding in zip(kinds, findings, strict=True):
            places = self._places.setdefault(kind, [])
            if len(places) < EXAMPLES:
                span = finding.span if isinstance(finding, ReplyFinding) else None
                places.append(Place(ticket, finding.event_id, span))

    def lines(self) -> tuple[FindingLine, ...]:
        """A line for each kind, by clause."""
        return tuple(
            FindingLine(
                clause=clause,
                text=text,
                severity=severity,
                count=count,
                tickets=self._tickets[clause, text, severity],
                examples=tuple(self._places[clause, text, severity]),
            )
            for (clause, text, severity), count in sorted(
                self._counts.items(), key=lambda item: (item[0][0], item[0][1].en, str(item[0][2]))
            )
        )


_Kind = tuple[ClauseId, Text, Severity]


class Tally:
    """Adds assessments up; memory grows with what the report shows, not with the log.

    Args:
        desk: The desk whose targets give the lines.
        worst: How many of the worst breaches to keep for each clause.
        replies: Whether the report tells what is wrong with replies.
    """

    def __init__(self, desk: Desk, worst: int = 3, *, replies: bool = False) -> None:
        self._desk = desk
        self._worst = worst
        self._counts: Counter[tuple[str, Verdict]] = Counter()
        self._open_breaches: Counter[str] = Counter()
        self._provisional: Counter[str] = Counter()
        self._agents: dict[str | None, tuple[Counter[ClauseId], Counter[ClauseId]]] = {}
        self._heaps: dict[str, list[tuple[float, int, Reading]]] = {}
        self._needs: list[tuple[tuple[object, ...], NeedLine]] = []
        self._findings = _Kinds()
        self._replies = _Kinds() if replies else None
        self._sequence = 0

    def add(self, assessment: Assessment, replies: Sequence[ReplyFinding] | None = None) -> None:
        """Take one ticket into account, with what is wrong with its replies."""
        for reading in assessment.readings:
            self._add_reading(reading)
        self._findings.add(assessment.ticket.id, assessment.findings)
        if self._replies is not None:
            self._replies.add(assessment.ticket.id, replies or ())
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
            findings=self._findings.lines(),
            replies=None if self._replies is None else self._replies.lines(),
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
