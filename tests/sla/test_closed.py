"""5: nothing leaves 已关闭; what is written on a closed ticket is for a follow-up ticket."""

from .conftest import Teller

CLOSED = (
    "2026-02-10 09:00 customer submitted",
    "2026-02-10 09:05 an accepted",
    "2026-02-10 09:05 an replied",
    "2026-02-10 10:00 customer closed",
)


class TestClosedTickets:
    """Once the customer has closed it, no clock starts on it again."""

    def test_a_message_on_it_starts_no_wait(self, tell: Teller) -> None:
        story = tell(*CLOSED, "2026-02-11 09:00 customer customer_wrote")
        readings = story.readings("2026-02-12 09:00")
        assert {(one.clock, one.cycle) for one in readings} == {
            ("first_response", 1),
            ("next_reply", 1),
        }
        assert not any(one.is_open for one in readings)

    def test_the_message_is_a_departure_and_waits_for_no_answer(self, tell: Teller) -> None:
        story = tell(*CLOSED, "2026-02-11 09:00 customer customer_wrote")
        assert [finding.clause for finding in story.ticket.departures] == ["5.1"]
        assert story.ticket.unanswered_since is None
