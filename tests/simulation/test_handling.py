"""What a history shows of the work and of its customers."""

from datetime import timedelta

import pytest

from ticketrules import Role, TicketRulesError
from ticketrules.simulation import Customers, Fixed, Handling
from ticketrules.tickets import Actor, events, replay

from .desks import DESK, HOUR, MINUTE, at

CUSTOMER, AN = Actor(Role.CUSTOMER), Actor(Role.AGENT, "an")
FIVE = Fixed(5 * MINUTE)


def ticket(name, *lines):
    return replay(
        kind(id=f"e{n}", ticket=name, at=when, by=by) for n, (when, by, kind) in enumerate(lines)
    )


HISTORY = [
    ticket(
        "T1",
        (at(2026, 3, 2, 9), CUSTOMER, events.Submitted),
        (at(2026, 3, 2, 9, 10), AN, events.Accepted),
        (at(2026, 3, 2, 9, 10), AN, events.Replied),
        (at(2026, 3, 2, 10, 10), AN, events.FeedbackRequested),
        (at(2026, 3, 2, 15, 10), CUSTOMER, events.CustomerWrote),
        (at(2026, 3, 2, 15, 20), AN, events.Replied),
        (at(2026, 3, 2, 17, 10), AN, events.SolutionProposed),
        (at(2026, 3, 2, 20, 10), CUSTOMER, events.Rejected),
        (at(2026, 3, 3, 9, 10), AN, events.Replied),
        (at(2026, 3, 3, 9, 20), AN, events.SolutionProposed),
        (at(2026, 3, 3, 10, 20), CUSTOMER, events.Confirmed),
    ),
    ticket("T2", (at(2026, 3, 2, 9), CUSTOMER, events.Submitted)),
]


class TestHandling:
    def test_solving_is_a_share_of_the_time_that_the_desk_had_the_ball(self):
        # 09:10 to 10:10 and 15:10 to 17:10; the customer's five hours are not the desk's.
        found = Handling.from_history(HISTORY, DESK, answering=FIVE, worked=0.25)
        assert found.solving.amounts == (45 * MINUTE,)
        assert found.answering is FIVE

    @pytest.mark.parametrize("worked", [0, -1, 1.5])
    def test_a_share_that_is_none(self, worked):
        with pytest.raises(TicketRulesError, match="worked must be a share above 0, up to 1"):
            Handling.from_history(HISTORY, DESK, answering=FIVE, worked=worked)

    def test_a_history_without_solutions(self):
        with pytest.raises(TicketRulesError, match="the history shows no solution"):
            Handling.from_history(HISTORY[1:], DESK, answering=FIVE, worked=1.0)

    def test_values_that_cannot_be(self):
        with pytest.raises(TicketRulesError, match="answering must be a Fixed, Exponential"):
            Handling(answering=5)
        with pytest.raises(TicketRulesError, match="look_again must be an amount of time above"):
            Handling(answering=FIVE, look_again=timedelta(0))


class TestCustomers:
    def test_by_hand(self):
        found = Customers.from_history(HISTORY)
        assert (found.needs_feedback, found.stops_business) == (0.5, 0.0)
        assert (found.rejects, found.confirms) == (0.5, 0.5)
        assert found.replying.amounts == (HOUR, 3 * HOUR, 5 * HOUR)

    def test_an_empty_history(self):
        with pytest.raises(TicketRulesError, match="no tickets to go by"):
            Customers.from_history([])
        with pytest.raises(TicketRulesError, match="no reply of a customer"):
            Customers.from_history(HISTORY[1:])

    def test_shares_that_cannot_be(self):
        with pytest.raises(TicketRulesError, match="rejects must be a share from 0 to 1"):
            Customers(rejects=1.5)
        with pytest.raises(TicketRulesError, match="must not make more than all solutions"):
            Customers(rejects=0.6, confirms=0.6)
