"""Proofs of stories told and of histories drawn, each with the calendar that it rests on."""

from datetime import timedelta

from attrs import evolve
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from ticketrules.clauses import ClauseId, Text
from ticketrules.rulebook import Policy
from ticketrules.sla import (
    CalendarTime,
    ClockSet,
    On,
    PromisedTime,
    SameServiceDay,
    ServiceTime,
    Target,
    Threshold,
    check_proof,
    explain,
)
from ticketrules.tickets import WAITING, events

from .histories import RULES, histories
from .stories import SHANGHAI, instant_of, ticket_of
from .test_oracle import clocks_of

MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
DESK = Policy().calendar()

patient = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
"""A busy machine is no failure."""


def proved(story, clock, when, cycle=1):
    """The proof of one cycle of a story, checked against the calendar."""
    (reading,) = (one for one in story.cycles(clock, when) if one.cycle == cycle)
    (target,) = (one for one in story.clocks.targets if one.id == clock)
    proof = explain(reading, story.clocks.calendar, target)
    check_proof(proof, story.clocks.calendar)
    return proof


def told(segments):
    """Segments as lines a person would write: from, to, mark, why, clause, event."""
    lines = []
    for one in segments:
        start, end = one.start.astimezone(SHANGHAI), one.end.astimezone(SHANGHAI)
        mark = "+" if one.counted else "-"
        unsure = " ?" if one.provisional else ""
        why = f"{one.why} [{one.clause}] {one.by}{unsure}"
        lines.append(f"{start:%m-%d %H:%M} {end:%m-%d %H:%M} {mark} {why}")
    return lines


HELD_OVER_SPRING_FESTIVAL = (
    "2026-02-13 17:00 customer submitted",
    "2026-02-13 17:05 an replied",
    "2026-02-14 16:00 customer customer_wrote",
    "2026-02-14 17:00 an escalated_to_platform",
    "2026-02-20 12:00 platform platform_returned",
)

TWO_REASONS = (
    "2026-03-02 09:00 customer submitted",
    "2026-03-02 09:10 an clarified",
    "2026-03-02 09:20 an escalated_to_platform",
    "2026-03-02 09:30 an feedback_requested",
    "2026-03-02 09:50 customer customer_wrote",
    "2026-03-02 10:00 platform platform_returned",
)


def answer(budget, **more):
    """A promise to answer, from submission on."""
    usual = {
        "id": "answer",
        "clause": ClauseId("8.3"),
        "label": Text("answer", "回复"),
        "starts": (On(events.Submitted), On(events.CustomerWrote)),
        "stops": (On(events.Replied),),
        "cancels": (On(events.Closed),),
    }
    return Target(budget=budget, **{**usual, **more})


def held(ticket):
    if ticket.with_platform_since is not None:
        return Text("held", "保留")
    return Text("waiting", "等待") if ticket.status in WAITING else None


def proofs_of(clocks, facts, now):
    """The proofs of every reading."""
    return [explain(one, clocks.calendar) for one in clocks.read(ticket_of(facts), now)]


HALF = Threshold(share=0.5, about=Text("half", "一半"))
LAST_HOUR = Threshold(lead=HOUR, about=Text("an hour is left", "还剩一小时"))
BUDGETS = {
    "hours": ServiceTime(HOUR),
    "day": ServiceTime(9 * HOUR),
    "plain": CalendarTime(30 * HOUR),
    "same_day": SameServiceDay(),
}
OWN = (
    *(
        evolve(answer(budget, paused=held, thresholds=(HALF, LAST_HOUR)), id=name)
        for name, budget in BUDGETS.items()
    ),
    evolve(answer(ServiceTime(timedelta(0)), paused=held, thresholds=(HALF,)), id="nothing"),
    evolve(answer(ServiceTime(4 * HOUR), paused=held, cumulative=True), id="together"),
    answer(PromisedTime(), id="promise", starts=(On(events.ResolutionPromised),)),
)
"""Promises of every kind that pause where the marketplace's do not."""

PARTS_OF_A_MINUTE = st.one_of(st.just(0), st.integers(0, 59_999_999))


@st.composite
def proofs(draw, most=12):
    """A proof of any reading of any history, under the marketplace's rules or others."""
    facts, now = draw(histories(most=most))
    clocks = clocks_of(draw(RULES))
    if draw(st.booleans()):
        clocks = ClockSet("own", OWN, clocks.calendar)
    now = instant_of(now) + timedelta(microseconds=draw(PARTS_OF_A_MINUTE))
    readings = clocks.read(ticket_of(facts), now)
    assume(readings)
    reading = draw(st.sampled_from(readings))
    return explain(reading, clocks.calendar), clocks.calendar
