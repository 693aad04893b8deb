"""The fast clocks against the oracle that counts minutes."""

import pytest
from hypothesis import HealthCheck, given, settings

from ticketrules.calendar import ServiceCalendar, ServiceHours
from ticketrules.rulebook import Policy
from ticketrules.sla import ClockSet, Promises, Waiting, marketplace_targets
from ticketrules.verification.minutes import DAY, Outcome, Rules, judge

from .histories import RULES, histories
from .stories import MINUTE, instant_of, ticket_of


def policy_of(rules: Rules) -> Policy:
    """The library's policy with the oracle's numbers."""

    def clock(minute: int) -> str:
        minute = minute if minute <= DAY else minute - DAY
        return f"{minute // 60:02}:{minute % 60:02}"

    return Policy(
        service_hours=ServiceHours(
            hours=tuple(f"{clock(opens)}-{clock(closes)}" for opens, closes in rules.hours)
        ),
        promises=Promises(
            first_response=rules.first_response * MINUTE,
            resolution_commitment=rules.resolution_commitment * MINUTE,
            next_reply=rules.next_reply * MINUTE,
            platform_time_counts=rules.platform_time_counts,
        ),
        waiting=Waiting(
            reminder_after_days=rules.reminder_days,
            feedback_lapses_after_days=rules.feedback_days,
            confirmation_lapses_after_days=rules.confirmation_days,
        ),
    )


CALENDARS: dict[tuple[tuple[int, int], ...], ServiceCalendar] = {}


def clocks_of(rules: Rules) -> ClockSet:
    """The clocks of those numbers; a calendar is worth keeping."""
    policy = policy_of(rules)
    calendar = CALENDARS.setdefault(rules.hours, policy.calendar())
    return ClockSet(policy.name, marketplace_targets(policy.promises, policy.waiting), calendar)


def library_says(facts, now, rules):
    """The library's readings in the oracle's words."""
    origin = instant_of(0)

    def minutes(instant):
        return None if instant is None else (instant - origin) / MINUTE

    return [
        Outcome(
            clock=reading.clock,
            cycle=reading.cycle,
            verdict=str(reading.verdict),
            started=minutes(reading.started_at),
            stopped=minutes(reading.stopped_at),
            broken=minutes(reading.breached_at),
            elapsed=reading.elapsed / MINUTE,
            agent=reading.agent,
        )
        for reading in clocks_of(rules).read(ticket_of(facts), instant_of(now))
    ]


def agree(history, rules):
    facts, now = history
    oracle = sorted(judge(facts, now, rules))
    assert sorted(library_says(facts, now, rules)) == oracle


@given(history=histories(), rules=RULES)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_clocks_agree_with_the_oracle(history, rules):
    agree(history, rules)


@pytest.mark.slow
@given(history=histories(most=20), rules=RULES)
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_clocks_agree_with_the_oracle_on_thousands(history, rules):
    agree(history, rules)
