"""Whether the roster keeps enough agents through every minute of the service hours (3.3, 3.4)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import frozen

from ticketrules.calendar import Calendar
from ticketrules.calendar.windows import Span, merged, without
from ticketrules.calendar.working_time import instant_of, micros_of
from ticketrules.clauses import ClauseId, Finding, Text
from ticketrules.errors import RoutingError
from ticketrules.routing.agents import Agent, by_id
from ticketrules.routing.roster import Roster


@frozen(kw_only=True)
class Gap:
    """A stretch ``[start, end)`` of service time with fewer agents than needed (3.3).

    Attributes:
        start: When it begins, in the zone that was asked in.
        end: When it ends, not part of it.
        fewest: How many agents there are when there are fewest.
        needed: How many there should be.
        skill: The skill that they should have; ``None`` for any agent.
    """

    start: datetime
    end: datetime
    fewest: int
    needed: int
    skill: str | None = None

    @property
    def text(self) -> Text:
        """The gap as a sentence in both languages, in its own zone."""
        times = f"{self.start:%Y-%m-%d %H:%M}–{self.end:%Y-%m-%d %H:%M}"
        en = f" with {self.skill}" if self.skill else ""
        zh = f"具备{self.skill}的" if self.skill else ""
        return Text(
            f"{times}: {self.fewest} of {self.needed} agents{en} [3.3]",
            f"{times}：{zh}客服 {self.fewest} 人，需 {self.needed} 人 [3.3]",
        )

    def __str__(self) -> str:
        return self.text.en


def coverage_gaps(
    roster: Roster,
    calendar: Calendar,
    start: datetime,
    end: datetime,
    *,
    skill: str | None = None,
    minimum: int = 1,
) -> tuple[Gap, ...]:
    """Every maximal stretch of service time in ``[start, end)`` with too few agents (3.3).

    Args:
        roster: Who is to be there; only the stretch asked about is worked out.
        calendar: When the desk serves.
        start: Where to begin, aware.
        end: Where to stop; not part of it.
        skill: Count only agents who have this skill.
        minimum: How many there should be through every minute.

    Returns:
        The gaps in order, in the zone of ``start``; none where the roster keeps the rule.

    Raises:
        NaiveTimeError: An instant has no time zone.
        RoutingError: A minimum that is no whole number from one on.
        UnannouncedError: It touches a day that is not announced, and the calendar does not
            project.
    """
    _check(roster, minimum)
    first, last = micros_of(start), micros_of(end)
    if first >= last:
        return ()
    asked = [one.id for one in roster.agents if skill is None or skill in one.skills]
    levels = list(_levels(roster.spans(first, last, asked).values(), first, last))
    covered = merged(span for span, count in levels if count >= minimum)
    lacking = without(merged(calendar.spans(first, last)), covered)
    return tuple(
        Gap(
            start=instant_of(a, start.tzinfo),
            end=instant_of(b, start.tzinfo),
            fewest=fewest,
            needed=minimum,
            skill=skill,
        )
        for (a, b), fewest in _with_fewest(lacking, levels)
    )


def _check(roster: object, minimum: object) -> None:
    if not isinstance(roster, Roster):
        msg = f"a Roster is meant, not {type(roster).__name__}"
        raise TypeError(msg)
    if isinstance(minimum, bool) or not isinstance(minimum, int) or minimum < 1:
        msg = f"minimum must be at least 1, a whole number, not {minimum!r}"
        raise RoutingError(msg)


def _levels(presence: Iterable[list[Span]], first: int, last: int) -> Iterator[tuple[Span, int]]:
    """The stretches that make up ``[first, last)``, each with how many agents are there."""
    changes: dict[int, int] = {first: 0, last: 0}
    for spans in presence:
        for a, b in spans:
            changes[a] = changes.get(a, 0) + 1
            changes[b] = changes.get(b, 0) - 1
    count, since = 0, first
    for at in sorted(changes):
        if since < at:
            yield (since, at), count
        count, since = count + changes[at], at


def _with_fewest(gaps: list[Span], levels: list[tuple[Span, int]]) -> Iterator[tuple[Span, int]]:
    """Each gap with the lowest level within it; both are in order."""
    at = 0
    for start, end in gaps:
        while levels[at][0][1] <= start:
            at += 1
        fewest, place = levels[at][1], at
        while place < len(levels) and levels[place][0][0] < end:
            fewest = min(fewest, levels[place][1])
            place += 1
        yield (start, end), fewest


def duty_findings(
    roster: Roster,
    agents: Iterable[Agent],
    calendar: Calendar,
    now: datetime,
    *,
    minimum: int = 1,
) -> tuple[Finding, ...]:
    """Where what agents have set departs from the roster at an instant (3.3, 3.4, 3.5).

    - An agent who is to be there is not on duty (3.4).
    - The desk serves, and fewer agents than needed are on duty (3.3).
    - An agent who is neither on duty nor to be there still holds tickets (3.5).

    On duty without being on the roster is no departure: serving longer is encouraged (3.2).

    Args:
        roster: Who is to be there.
        agents: The agents as they are now; one of the roster's who is not among them counts as
            offline.
        calendar: When the desk serves.
        now: The instant, aware.
        minimum: How many should be on duty while the desk serves.

    Returns:
        The findings, by agent; ``event_id`` is ``duty:`` and the agent's id, alone where the
        whole desk is meant.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        RoutingError: An agent stands twice, or a minimum that is no whole number from one on.
    """
    _check(roster, minimum)
    known = by_id(agents)
    scheduled = {agent.id for agent in roster.who_is_on(now)}
    found = [*_about_agents(known, scheduled, now)]
    on_duty = sum(agent.is_on_duty for agent in known.values())
    if on_duty < minimum and calendar.is_open(now):
        text = Text(
            f"{on_duty} of {minimum} agents on duty in service hours",
            f"服务时间内在岗 {on_duty} 人，需 {minimum} 人",
        )
        found.append(Finding(ClauseId("3.3"), text, "duty:", now))
    return tuple(found)


def _about_agents(known: dict[str, Agent], scheduled: set[str], now: datetime) -> Iterator[Finding]:
    for name in sorted(known.keys() | scheduled):
        agent = known.get(name)
        if agent is not None and agent.is_on_duty:
            continue
        if agent is None:
            duty, called, since = Text("offline", "离线"), name, ""
        else:
            duty, called = agent.duty.text, agent.called
            since = "" if agent.duty_since is None else f"{agent.duty_since:%Y-%m-%d %H:%M} UTC"
        since_en, since_zh = (f" since {since}", f"（自 {since}）") if since else ("", "")
        if name in scheduled:
            text = Text(
                f"{called} is on the roster and not on duty: {duty.en}{since_en}",
                f"{called} 当班但未在岗：{duty.zh}{since_zh}",
            )
            yield Finding(ClauseId("3.4"), text, f"duty:{name}", now)
        elif agent is not None and agent.holds:
            count = len(agent.holds)
            text = Text(
                f"{called} is {duty.en}{since_en}, and holds {count} tickets to be handed over",
                f"{called} {duty.zh}{since_zh}，尚有 {count} 个工单待移交",
            )
            yield Finding(ClauseId("3.5"), text, f"duty:{name}", now)
