"""Laws that every history obeys, whatever happened in it."""

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ticketrules.calendar import ServiceHours
from ticketrules.desk import Desk
from ticketrules.rulebook import Policy
from ticketrules.sla import Promises, Waiting
from ticketrules.verification import laws, strategies
from ticketrules.verification.minutes import DAY

from .histories import histories
from .stories import MINUTE, Fact, instant_of, minute_of, ticket_of

DESK = Desk(Policy())

patient = settings(deadline=None)
"""A busy machine is no failure."""

PLAIN = ("plain weeks",)


def read(facts, now):
    return DESK.clocks.read(ticket_of(facts), now)


OTHERS = {
    "the marketplace": DESK,
    "by night in New York": Desk(
        Policy(
            service_hours=ServiceHours(
                zone="America/New_York", days="mon-sat", hours=("22:00-06:00",)
            ),
            promises=Promises(next_reply=timedelta(hours=9), platform_time_counts=True),
            waiting=Waiting(reminder_after_days=1, feedback_lapses_after_days=1),
        )
    ),
}


@pytest.mark.parametrize("law", laws.CLOCKS, ids=str)
@pytest.mark.parametrize("desk", OTHERS.values(), ids=OTHERS)
def test_the_public_laws_hold(desk, law):
    law.check(desk, settings(max_examples=60 if desk is DESK else 15))


@pytest.mark.slow
@pytest.mark.parametrize("law", laws.CLOCKS, ids=str)
def test_they_hold_of_any_policy(law):
    projecting = (
        strategies.policies()
        .filter(lambda policy: policy.service_hours.unannounced == "project")
        .map(Desk)
    )
    law.check(projecting, settings(max_examples=60, deadline=None))


class TestPauses:
    """Pauses belong to the history and are counted in service time (6.4)."""

    HOLDS = st.lists(st.integers(0, 6 * DAY), min_size=3, max_size=3).map(sorted)
    START = st.integers(*map(minute_of, ("2026-02-09 00:00", "2026-03-05 00:00")))

    @patient
    @given(start=START, holds=HOLDS)
    def test_a_pause_outside_service_hours_changes_no_deadline(self, start, holds):
        facts = [Fact(start, "customer", "submitted")]
        deadline = read(facts, instant_of(start))[1].deadline
        day = (start + holds[0]) // DAY * DAY
        night = [
            Fact(max(start, day + 1080), "an", "escalated_to_platform"),
            Fact(max(start, day + DAY + 540), "platform", "platform_returned"),
        ]
        assume(
            DESK.calendar.elapsed(instant_of(night[0].minute), instant_of(night[1].minute))
            == timedelta(0)
        )
        assume(instant_of(night[0].minute) < deadline)
        after = read([*facts, *night], instant_of(night[1].minute))
        assert after[1].deadline == deadline


class TestShifts:
    """Where and when a history lies makes no difference that it should not make."""

    @patient
    @given(history=histories(most=8, periods=PLAIN), weeks=st.integers(1, 5))
    def test_weeks_without_holidays_move_every_reading_with_them(self, history, weeks):
        facts, now = history
        # From 6 July to 10 September 2026 no holiday and no make-up day falls.
        base = minute_of("2026-07-06 00:00") - minute_of("2026-03-09 00:00")
        readings = []
        for shift in (base, base + weeks * 7 * DAY):
            moved = [
                fact._replace(
                    minute=fact.minute + shift,
                    parts={
                        key: value + shift if key == "promised_for" else value
                        for key, value in fact.parts.items()
                    },
                )
                for fact in facts
            ]
            readings.append((shift * MINUTE, read(moved, instant_of(now + shift))))
        (first, here), (second, there) = readings
        by = second - first
        assert [
            evolve(
                one,
                read_at=one.read_at + by,
                started_at=one.started_at + by,
                pauses=tuple(
                    evolve(pause, start=pause.start + by, end=pause.end + by)
                    for pause in one.pauses
                ),
                **{
                    name: value + by
                    for name in ("stopped_at", "deadline", "due_at", "breached_at", "changes_at")
                    if (value := getattr(one, name)) is not None
                },
            )
            for one in here
        ] == list(there)

    @patient
    @given(
        minute=st.integers(*map(minute_of, ("2026-01-05 00:00", "2026-11-01 00:00"))),
        earlier=st.integers(0, 9),
        later=st.integers(0, 6),
    )
    def test_more_service_hours_never_put_a_deadline_off(self, minute, earlier, later):
        longer = Policy(service_hours=ServiceHours(hours=(f"{9 - earlier:02}:00-{18 + later}:00",)))
        facts = [Fact(minute, "customer", "submitted")]
        wide = Desk(longer).clocks.read(ticket_of(facts), instant_of(minute))
        for ours, theirs in zip(read(facts, instant_of(minute)), wide, strict=True):
            assert theirs.deadline <= ours.deadline
