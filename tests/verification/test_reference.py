"""The reference as a host calls it: equal to the engine where it reads, and plain where not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ticketrules.calendar import Holiday, Notice, ServiceHours
from ticketrules.calendar.service_hours import DatedHours, WeekdayHours
from ticketrules.clauses import Text
from ticketrules.desk import Desk
from ticketrules.errors import CalendarError, HistoryError
from ticketrules.rulebook import Policy
from ticketrules.sla import Promises, TargetSettings
from ticketrules.tickets import events as e
from ticketrules.tickets import replay
from ticketrules.verification import reference, strategies
from ticketrules.verification.strategies.histories import CUSTOMER
from ticketrules.verification.strategies.instants import PLAIN

FIRST, LAST = datetime(2025, 12, 1, tzinfo=UTC), datetime(2026, 12, 20, tzinfo=UTC)
DESKS = {
    "the marketplace": Desk(Policy()),
    "nights in Kathmandu": Desk(
        Policy(
            service_hours=ServiceHours(
                zone="Asia/Kathmandu", days="sun-thu", hours=("22:00-06:00",)
            ),
            promises=Promises(next_reply=timedelta(hours=9), same_day_resolution=False),
        )
    ),
    "mornings, platform time counts": Desk(
        Policy(
            service_hours=ServiceHours(days="fri-wed", hours=("07:00-09:30", "10:00-12:00")),
            promises=Promises(platform_time_counts=True),
        )
    ),
}


def engine(desk, history, at):
    return sorted(
        (
            reading.clock,
            reading.cycle,
            str(reading.verdict),
            reading.started_at,
            reading.stopped_at,
            reading.breached_at,
            reading.elapsed,
            reading.agent,
        )
        for reading in desk.clocks.read(replay(history), at)
    )


@pytest.mark.parametrize("desk", DESKS.values(), ids=DESKS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_it_agrees_with_the_engine(desk, data):
    history = data.draw(strategies.histories(desk.calendar, first=FIRST, last=LAST))
    at = data.draw(strategies.moments(history, last=LAST))
    assert sorted(reference.evaluate(history, desk.policy, at)) == engine(desk, history, at)


def submitted(at):
    return [e.Submitted(id="e1", ticket="T-1", at=at, by=CUSTOMER)]


class TestInstants:
    def test_cycles_are_told_in_utc(self):
        cycles = reference.evaluate(submitted(PLAIN), Policy(), PLAIN + timedelta(minutes=16))
        assert cycles == (
            reference.Cycle(
                "first_response", 1, "breached", PLAIN, None, PLAIN + timedelta(minutes=15),
                timedelta(minutes=16), None,
            ),
            reference.Cycle(
                "next_reply", 1, "running", PLAIN, None, None, timedelta(minutes=16), None
            ),
        )  # fmt: skip

    def test_days_may_be_said(self):
        start = datetime(2030, 5, 6, 1, tzinfo=UTC)
        history, later = submitted(start), start + timedelta(days=1)
        always = reference.evaluate(history, Policy(), later, works=lambda _: True)
        never_tomorrow = reference.evaluate(
            history, Policy(), later, works=lambda day: day != date(2030, 5, 7)
        )
        assert [one.elapsed for one in always] == [timedelta(hours=9)] * 2
        assert [one.elapsed for one in never_tomorrow] == [timedelta(hours=9)] * 2
        with pytest.raises(CalendarError, match="nobody has announced 2030"):
            reference.evaluate(history, Policy(), later)


class TestWhatItDoesNotRead:
    """It refuses what it would get wrong, and says what."""

    @pytest.mark.parametrize(
        ("hours", "problem"),
        [
            ({"zone": "America/New_York"}, "the clocks of America/New_York change"),
            ({"makeup_hours": ("10:00-16:00",)}, "make-up days have hours of their own"),
            ({"days": "US"}, "does not know the days 'US'"),
            ({"hours": ("09:00:30-18:00",)}, "are not on whole minutes"),
            ({"weekdays": WeekdayHours(fri=("09:00-12:00",))}, "hours of single weekdays"),
            (
                {"exceptions": (DatedHours(on=date(2026, 3, 9), is_open=False),)},
                "hours of single dates",
            ),
        ],
    )
    def test_a_desk(self, hours, problem):
        policy = Policy(service_hours=evolve(ServiceHours(), **hours))
        at = datetime(2026, 3, 7, 12, tzinfo=UTC)  # the day before New York's clocks go forward
        with pytest.raises(CalendarError, match=problem):
            reference.evaluate(submitted(at), policy, at)

    def test_a_target_of_a_hosts_own(self):
        policy = Policy(targets=(TargetSettings(id="next_reply", once=True),))
        with pytest.raises(CalendarError, match="targets of its own, which the reference"):
            reference.evaluate(submitted(PLAIN), policy, PLAIN)

    def test_a_notice(self):
        made = Notice(2027, "", (Holiday(Text("a", "一"), (date(2027, 1, 1),)),))
        with pytest.raises(CalendarError, match="notices of its own"):
            reference.evaluate(submitted(PLAIN), Policy(notices=(made,)), PLAIN)

    def test_seconds(self):
        odd = PLAIN + timedelta(seconds=1)
        with pytest.raises(HistoryError, match="not on a whole minute"):
            reference.evaluate(submitted(odd), Policy(), odd)
        promises = Promises(next_reply=timedelta(seconds=90))
        with pytest.raises(HistoryError, match="no whole number of minutes"):
            reference.evaluate(submitted(PLAIN), Policy(promises=promises), PLAIN)

    def test_nothing(self):
        with pytest.raises(HistoryError, match="no events"):
            reference.evaluate(submitted(PLAIN), Policy(), PLAIN - timedelta(days=1))
