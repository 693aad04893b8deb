"""A desk's policies over time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ticketrules import Policy, PolicyHistory, load_policy
from ticketrules.calendar import ServiceHours
from ticketrules.errors import PolicyError

FIRST = Policy(name="first")
JULY = Policy(name="july", effective_from=date(2026, 7, 1))
AUGUST = Policy(name="august", effective_from=date(2026, 8, 1), retroactive=True)
HISTORY = PolicyHistory((FIRST, JULY, AUGUST))
TURN = datetime(2026, 6, 30, 16, 0, tzinfo=UTC)  # midnight of 1 July in Shanghai


class TestInForce:
    def test_from_midnight_of_its_date_in_its_own_zone(self):
        assert HISTORY.in_force(TURN - timedelta(microseconds=1)) is FIRST
        assert HISTORY.in_force(TURN) is JULY

    def test_another_zone_has_another_midnight(self):
        london = Policy(
            name="london",
            effective_from=date(2026, 7, 1),
            service_hours=ServiceHours(zone="Europe/London", days="mon-fri"),
        )
        assert london.effective_at == datetime(2026, 6, 30, 23, 0, tzinfo=UTC)

    def test_before_the_first_there_is_none(self):
        told = r"^no policy was in force at 2026-06-29T16:00:00\+00:00; the first is 'july'$"
        with pytest.raises(PolicyError, match=told):
            PolicyHistory((JULY, AUGUST)).in_force(TURN - timedelta(days=1))
        assert FIRST.effective_at < datetime(1, 1, 1, 1, tzinfo=UTC)


class TestRuling:
    """A ticket keeps the policy under which it was submitted, unless a later one is retroactive."""

    OPENED = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)

    def test_a_ticket_keeps_its_policy(self):
        assert HISTORY.ruling(self.OPENED, datetime(2026, 7, 20, tzinfo=UTC)) is FIRST

    def test_until_a_retroactive_one_comes(self):
        assert HISTORY.ruling(self.OPENED, datetime(2026, 8, 20, tzinfo=UTC)) is AUGUST

    def test_a_ticket_that_was_closed_before_it_came_keeps_its_own(self):
        now, came = datetime(2026, 9, 1, tzinfo=UTC), AUGUST.effective_at
        moment = timedelta(microseconds=1)
        assert HISTORY.ruling(self.OPENED, now, came) is FIRST
        assert HISTORY.ruling(self.OPENED, now, came + moment) is AUGUST
        assert HISTORY.ruling(self.OPENED, now, now) is AUGUST

    def test_a_ticket_opened_as_it_comes_has_it_anyway(self):
        came = AUGUST.effective_at
        assert HISTORY.ruling(came, came) is AUGUST

    def test_the_latest_retroactive_one_rules(self):
        later = Policy(name="later", effective_from=date(2026, 9, 1), retroactive=True)
        plain = Policy(name="plain", effective_from=date(2026, 10, 1))
        history = PolicyHistory([FIRST, JULY, AUGUST, later, plain])
        assert history.ruling(self.OPENED, datetime(2026, 11, 1, tzinfo=UTC)) is later
        assert history.ruling(self.OPENED, datetime(2026, 8, 20, tzinfo=UTC)) is AUGUST

    def test_which_is_not_yet_known_before_it_comes(self):
        assert HISTORY.ruling(TURN, AUGUST.effective_at - timedelta(seconds=1)) is JULY
        assert HISTORY.ruling(TURN, AUGUST.effective_at) is AUGUST


class TestMaking:
    @pytest.mark.parametrize("policies", [(JULY, FIRST), (JULY, JULY), (AUGUST, JULY)])
    def test_each_comes_after_the_one_before(self, policies):
        before, after = policies
        told = (
            f"^policy '{after.name}': effective_from: does not come after that of '{before.name}'$"
        )
        with pytest.raises(PolicyError, match=told):
            PolicyHistory(policies)

    def test_at_least_one(self):
        with pytest.raises(PolicyError, match="at least one"):
            PolicyHistory(())

    def test_from_toml(self):
        policy = load_policy('name = "july"\neffective_from = 2026-07-01\nretroactive = true')
        assert (policy.effective_from, policy.retroactive) == (date(2026, 7, 1), True)

    @pytest.mark.parametrize("value", ['"July"', "2026-07-01T00:00:00Z", "2026", "true"])
    def test_a_date_and_nothing_else(self, value):
        with pytest.raises(PolicyError, match=r"p.toml:1: effective_from: a date is meant"):
            load_policy(f"effective_from = {value}", "p.toml")
