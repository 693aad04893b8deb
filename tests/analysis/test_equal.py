"""The columns and the scalar engine say the same, to the microsecond, of every clock."""

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from ticketrules.analysis import CYCLES, frame_of_events, judge_log, service_times
from ticketrules.analysis.cases import InexpressibleError
from ticketrules.analysis.plan import unfollowed
from ticketrules.analysis.scalar import frame_of_readings
from ticketrules.calendar import ServiceHours
from ticketrules.desk import Desk
from ticketrules.errors import LogError
from ticketrules.rulebook import Policy
from ticketrules.sample import sample_events
from ticketrules.sla import ServiceTime, SlaPolicy, TargetSettings
from ticketrules.tickets import replay
from ticketrules.verification.strategies import policies

from ..sla.histories import RULES, histories
from ..sla.stories import events_of, instant_of
from ..sla.test_oracle import policy_of
from ..sla.test_peer_policies import request_tracker, zendesk

patient = settings(deadline=None)


def own(name, **parts):
    """A target of a host's own."""
    usual = {"clause": "8.3", "starts": ("submitted",), "stops": ("public_answer",)}
    return TargetSettings(id=name, budget=ServiceTime(timedelta(hours=2)), **{**usual, **parts})


DESK = Desk(Policy())
DESKS = {
    "Zendesk": Desk(Policy(), zendesk.POLICIES),
    "Request Tracker": Desk(Policy(), request_tracker.POLICIES),
    "New York": Desk(
        Policy(service_hours=ServiceHours(zone="America/New_York", days="mon-fri")),
    ),
    "nights": Desk(
        Policy(service_hours=ServiceHours(zone="America/New_York", hours=("21:30-05:30",)))
    ),
    "own targets": Desk(
        Policy(
            targets=(
                TargetSettings(id="next_reply", not_for=("business_stopping", "complained")),
                own("line", starts=("question",), only_for=("answered_once", "unanswered")),
                own("urgent", only_for=("business_stopping", "in_progress")),
                own("care", stops=("over",), pauses_while=("complained", "with_customer")),
            )
        )
    ),
    "round the clock": Desk(Policy(service_hours=ServiceHours(hours=("00:00-24:00",)))),
}
DESK_OF = {}

MOMENTS = st.integers(0, 59_999_999).map(lambda count: timedelta(microseconds=count))


@st.composite
def logs(draw, most=4):
    """Some tickets' histories, shifted by less than a minute each, and when they are looked at."""
    tickets, looks = [], []
    for number in range(draw(st.integers(1, most))):
        facts, now = draw(histories())
        shift = draw(MOMENTS)
        tickets.append(
            [evolve(one, ticket=f"T{number}", at=one.at + shift) for one in events_of(facts)]
        )
        looks.append(instant_of(now) + shift)
    return tickets, draw(st.sampled_from(looks))


def scalar(desk, tickets, now):
    """What the scalar engine says of every ticket."""
    readings = [one for events in tickets for one in desk.clocks.read(replay(events), now)]
    return frame_of_readings(readings)


def assert_equal(desk, tickets, now):
    """Both engines say the same; returns what the columns say."""
    found = judge_log(frame_of_events([one for events in tickets for one in events]), desk, now)
    assert_frame_equal(found.frame, scalar(desk, tickets, now))
    assert found.judged + found.not_yet == len(tickets)
    return found


class TestEveryClock:
    """Every clock of the default policy, whatever happens to the tickets."""

    @patient
    @given(log=logs())
    def test_of_the_marketplace(self, log):
        assert assert_equal(DESK, *log).fallbacks == ()

    @patient
    @given(log=logs(), rules=RULES)
    def test_under_other_numbers_and_hours(self, log, rules):
        desk = DESK_OF.setdefault(rules, Desk(policy_of(rules)))
        assert assert_equal(desk, *log).fallbacks == ()

    @settings(deadline=None, max_examples=30)
    @given(log=logs())
    @pytest.mark.parametrize("name", DESKS)
    def test_of_other_desks(self, name, log):
        assert_equal(DESKS[name], *log)


@pytest.mark.slow
@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(log=logs(2), policy=policies())
def test_of_any_policy(log, policy):
    assume(policy.service_hours.unannounced == "project")
    assert_equal(Desk(policy), *log)


@pytest.fixture(scope="module")
def sample():
    """The events of the sample's tickets."""
    tickets = {}
    for event in sample_events():
        tickets.setdefault(event.ticket, []).append(event)
    return list(tickets.values())


class TestThePackagedSample:
    """The sample in full, with all fields, at any time of its year."""

    @pytest.mark.parametrize("days", [0, 20, -200, -380])
    @pytest.mark.parametrize("name", [None, *DESKS])
    def test_all_fields(self, sample, name, days):
        end = max(events[-1].at for events in sample)
        found = assert_equal(DESK if name is None else DESKS[name], sample, end + timedelta(days))
        assert list(found.frame.columns) == list(CYCLES)

    def test_in_the_order_of_time(self, sample):
        """The tickets' events are mixed there, and the rows keep their numbers."""
        end = max(events[-1].at for events in sample)
        found = judge_log(frame_of_events(sample_events()), DESK, end)
        assert_frame_equal(found.frame, scalar(DESK, sample, end))


class TestFallback:
    """What columns cannot express is left to the scalar engine, and the result says so."""

    def test_it_says_which_clocks_and_why_and_for_how_many_tickets(self, sample):
        end = max(events[-1].at for events in sample)
        usual, versioned = DESKS["Zendesk"].clocks.policies[-1].targets[:2]
        versioned = evolve(versioned, applies=lambda ticket: ticket.version > 3)
        desk = Desk(Policy(), (SlaPolicy(name="versions", targets=(usual, versioned)),))
        (found,) = assert_equal(desk, sample, end).fallbacks
        assert (found.policy, found.clock) == ("versions", versioned.id)
        assert found.reason == "it looks at 'version' of the ticket"
        assert found.tickets == len(sample)

    def test_whole_tickets_where_columns_cannot_follow_the_lifecycle(self, sample, monkeypatch):
        def new_ways():
            raise InexpressibleError("there are two ways of reopening a ticket")

        monkeypatch.setattr("ticketrules.analysis.plan.transitions", new_ways)
        unfollowed.cache_clear()
        try:
            end = max(events[-1].at for events in sample)
            (found,) = assert_equal(DESK, sample, end).fallbacks
            log = frame_of_events(sample[0])
            with pytest.raises(LogError, match="cannot tell its service times: the lifecycle"):
                service_times(log, DESK.calendar, end)
        finally:
            unfollowed.cache_clear()
        assert (found.policy, found.clock, found.tickets) == ("", "", len(sample))
        assert found.reason == "the lifecycle: there are two ways of reopening a ticket"

    def test_a_budget_of_its_own(self, sample):
        end = max(events[-1].at for events in sample)
        (found,) = assert_equal(DESKS["Request Tracker"], sample, end).fallbacks
        assert (found.clock, found.reason) == ("respond", "a budget of its own, MoreOutOfHours")
