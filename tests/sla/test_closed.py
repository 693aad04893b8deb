"""5: nothing leaves 已关闭; what is written on a closed ticket is for a follow-up ticket."""

from attrs import evolve

from .conftest import Teller
from .stories import at

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

    def test_a_log_in_which_work_goes_on_all_the_same_is_read_on(self, tell: Teller) -> None:
        story = tell(
            *CLOSED,
            "2026-02-11 09:00 an accepted",
            "2026-02-11 10:00 customer customer_wrote",
        )
        (_first, again) = story.cycles("next_reply", "2026-02-11 11:00")
        assert (again.started_at, again.is_open) == (at("2026-02-11 10:00"), True)


def test_a_note_in_between_changes_nothing(tell: Teller) -> None:
    lines = ("2026-02-10 09:00 customer submitted", "2026-02-10 09:10 an replied")
    plain = tell(*lines)
    noted = tell(lines[0], "2026-02-10 09:05 an noted", lines[1])
    for one, other in zip(plain.readings("2026-02-11"), noted.readings("2026-02-11"), strict=True):
        assert evolve(one, stopped_by="e3") == other
