"""Credits against an oracle that replays the ticket anew for every question it asks."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules import Role, Verdict, marketplace
from ticketrules.reports import scorecards
from ticketrules.tickets import replay

from .lives import MINUTES, desks_of_tickets

DESK = marketplace()
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
NOBODY = (None, None)


def holder(ticket, until):
    """Who holds the ticket after the events that ``until`` lets pass."""
    past = [event for event in ticket.history if until(event)]
    then = replay(past)
    return NOBODY if then.with_platform_since is not None else (ticket.group, then.agent)


def whose(ticket, reading):
    """Whose a cycle is: (provider, agent)."""
    if reading.due_at is not None:
        return NOBODY
    if reading.breached_at is not None:
        return holder(ticket, lambda event: event.at <= reading.breached_at)
    if reading.stopped_by is None:
        return holder(ticket, lambda event: event.at < reading.read_at)
    (stop,) = [event for event in ticket.history if event.id == reading.stopped_by]
    if stop.by.role is Role.PLATFORM:
        return NOBODY
    if stop.by.role is Role.AGENT:
        return ticket.group, stop.by.id
    # A customer or the system ended it: it is of whoever has the ticket then.
    then = replay(ticket.history[: ticket.history.index(stop) + 1])
    return ticket.group, None if then.with_platform_since is not None else then.agent


def expected(tickets, start, end):
    """Every cycle of the period, by provider, agent, clock and verdict."""
    found = Counter()
    for ticket in tickets:
        past = [event for event in ticket.history if event.at < end]
        if not past:
            continue
        then = replay(past)
        for reading in DESK.clocks.read(then, end):
            settled_at = reading.breached_at or reading.stopped_at
            if settled_at is not None and settled_at < start:
                continue
            verdict = reading.verdict
            if verdict in {Verdict.RUNNING, Verdict.PAUSED}:
                verdict = None
            found[(*whose(then, reading), reading.clock, verdict)] += 1
    return found


def told(cards, place):
    """What some cards say, by subject, clock and verdict; and where the subject stands."""
    found = Counter()
    for card in cards:
        for score in card.clauses:
            for verdict, count in (
                (Verdict.MET, score.met),
                (Verdict.BREACHED, score.breached),
                (Verdict.CANCELLED, score.cancelled),
                (None, score.open),
            ):
                found[card.subject, score.clock, verdict] += count
    return +found, place


@settings(max_examples=40, deadline=None)
@given(desks_of_tickets(), MINUTES)
def test_readings_and_cards_name_the_same_agent(tickets, minute):
    """One reading of whose a cycle is: an agent's card counts what the readings say of them."""
    end = minute + timedelta(minutes=1)
    named = Counter()
    for ticket in tickets:
        if past := [event for event in ticket.history if event.at < end]:
            named.update(reading.agent for reading in DESK.clocks.read(replay(past), end))
    found = Counter()
    for card in scorecards(tickets, EPOCH, end, DESK).agents:
        found[card.subject] += sum(
            score.met + score.breached + score.cancelled + score.open for score in card.clauses
        )
    assert +found == named


@settings(max_examples=80, deadline=None)
@given(desks_of_tickets(), MINUTES, st.integers(1, 20 * 1440))
def test_every_cycle_is_credited_as_the_oracle_has_it(tickets, start, minutes):
    end = start + timedelta(minutes=minutes)
    cards = scorecards(tickets, start, end, DESK)
    every = expected(tickets, start, end)
    for found, place in (told(cards.providers, 0), told(cards.agents, 1)):
        wanted = Counter()
        for (provider, agent, clock, verdict), count in every.items():
            wanted[(provider, agent)[place], clock, verdict] += count
        assert found == wanted
