"""A simulated desk keeps the rules, and loses nothing."""

from datetime import UTC
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules import Desk, Policy, Status
from ticketrules.calendar import DayKind, ServiceHours
from ticketrules.simulation import Customers, Fixed, Handling, PoissonArrivals
from ticketrules.simulation.engine import Run
from ticketrules.simulation.scene import Scene
from ticketrules.simulation.staffing import _staffed
from ticketrules.tickets import Role, events
from ticketrules.tickets import events as e

from .desks import DAY, DESK, HOUR, LIVELY, MINUTE, QUICK, TUESDAY, USUAL, ZONE, at, chance


def ran(arrivals, staff, *, handling=QUICK, customers=None, start=TUESDAY, end=None, desk=DESK):
    start = start.astimezone(UTC)
    end = (start + DAY if end is None else end).astimezone(UTC)
    agents, presence = _staffed(staff, start, end)
    scene = Scene(
        desk=desk,
        agents=agents,
        presence=presence,
        handling=handling,
        customers=Customers() if customers is None else customers,
        start=start,
        end=end,
    )
    run = Run(scene, [one.astimezone(UTC) for one in arrivals], "s")
    run.finish()
    return run


def told(ticket):
    """What happened, as ``HH:MM who what``."""
    return [
        f"{one.at.astimezone(ZONE):%H:%M} {one.by.id or one.by.role} {one.name}"
        for one in ticket.history
    ]


NINE_TO_SIX = [(at(2026, 3, 3, 9), at(2026, 3, 3, 18))]


class TestOneTicket:
    def test_a_night_arrival_waits_for_the_morning(self):
        run = ran([at(2026, 3, 3, 2)], {"an": NINE_TO_SIX})
        (work,) = run.works.values()
        assert told(work.ticket) == [
            "02:00 customer submitted",
            "09:00 system dispatched",
            "09:10 an accepted",
            "09:10 an replied",
            "09:10 an solution_proposed",
        ]

    def test_work_in_pieces_with_a_promise(self):
        handling = Handling(answering=Fixed(5 * MINUTE), solving=Fixed(50 * MINUTE))
        run = ran([at(2026, 3, 3, 9)], {"an": NINE_TO_SIX}, handling=handling)
        (work,) = run.works.values()
        assert told(work.ticket)[2:] == [
            "09:05 an accepted",
            "09:05 an replied",
            "09:05 an clarified",
            "09:25 an replied",
            "09:25 an resolution_promised",
            "09:55 an replied",
            "09:55 an solution_proposed",
        ]
        assert work.ticket.promised_for == at(2026, 3, 3, 17, 25)  # eight service hours on

    def test_a_customer_who_is_asked_answers(self):
        customers = Customers(needs_feedback=1.0, replying=Fixed(2 * HOUR))
        run = ran([at(2026, 3, 3, 9)], {"an": NINE_TO_SIX}, customers=customers)
        (work,) = run.works.values()
        assert told(work.ticket)[2:] == [
            "09:10 an accepted",
            "09:10 an replied",
            "09:10 an feedback_requested",
            "11:10 customer customer_wrote",
            "11:20 an replied",
            "11:20 an solution_proposed",
        ]

    def test_a_customer_who_rejects_is_served_again(self):
        customers = Customers(rejects=1.0, replying=Fixed(4 * HOUR))
        run = ran([at(2026, 3, 3, 9)], {"an": NINE_TO_SIX}, customers=customers)
        (work,) = run.works.values()
        assert told(work.ticket)[5:] == [
            "13:10 customer rejected",
            "13:20 an replied",
            "13:20 an solution_proposed",
            "17:20 customer rejected",
            "17:30 an replied",
            "17:30 an solution_proposed",
            "21:30 customer rejected",
        ]
        assert not work.is_solved

    def test_one_who_is_too_late_has_been_confirmed(self):
        customers = Customers(rejects=1.0, replying=Fixed(7 * DAY))
        run = ran(
            [at(2026, 3, 3, 9)], {"an": NINE_TO_SIX}, customers=customers, end=TUESDAY + 9 * DAY
        )
        (work,) = run.works.values()
        assert work.ticket.status is Status.RESOLVED
        assert work.ticket.confirmed_by is Role.SYSTEM

    def test_business_stopping_goes_first(self):
        arrivals = [at(2026, 3, 3, 9)] * 3
        plain = ran(arrivals, {"an": NINE_TO_SIX})
        assert [work.taken_at for work in plain.works.values()] == [
            at(2026, 3, 3, 9, minutes) for minutes in (0, 10, 20)
        ]
        stopping = ran(arrivals, {"an": NINE_TO_SIX}, customers=Customers(stops_business=1.0))
        clocks = DESK.clocks.read(next(iter(stopping.works.values())).ticket, TUESDAY + DAY)
        assert "same_day_resolution" in {one.clock for one in clocks}


class TestShifts:
    EARLY, LATE = (at(2026, 3, 3, 9), at(2026, 3, 3, 13)), (at(2026, 3, 3, 12), at(2026, 3, 3, 18))

    def test_what_is_unfinished_goes_to_a_colleague(self):
        handling = Handling(answering=Fixed(5 * MINUTE), solving=Fixed(5 * HOUR))
        run = ran([at(2026, 3, 3, 9)], {"an": [self.EARLY], "bo": [self.LATE]}, handling=handling)
        (work,) = run.works.values()
        (over,) = [one for one in work.ticket.history if isinstance(one, events.HandedOver)]
        assert (over.by.id, over.to, over.at) == ("an", "bo", self.EARLY[1].astimezone(UTC))
        assert told(work.ticket)[-1] == "14:05 bo solution_proposed"
        assert work.ticket.departures == ()

    def test_at_closing_time_it_stays_where_it_is(self):
        handling = Handling(answering=Fixed(5 * MINUTE), solving=Fixed(3 * HOUR))
        day = at(2026, 3, 4)
        both = [*NINE_TO_SIX, (day + 9 * HOUR, day + 18 * HOUR)]
        run = ran(
            [at(2026, 3, 3, 17)] * 2,
            {"an": both, "bo": both},
            handling=handling,
            end=TUESDAY + 2 * DAY,
        )
        for work in run.works.values():
            assert not any(isinstance(one, events.HandedOver) for one in work.ticket.history)
            assert told(work.ticket)[-1].startswith("11:05")

    def test_whoever_is_early_gets_tickets_in_routing_hours_only(self):
        early = {"an": [(at(2026, 3, 3, 8), at(2026, 3, 3, 18))]}
        (work,) = ran([at(2026, 3, 3, 7)], early).works.values()
        assert told(work.ticket)[1] == "09:00 system dispatched"
        longer = Desk(Policy(service_hours=ServiceHours(extended_hours=("07:30-20:00",))))
        (work,) = ran([at(2026, 3, 3, 7)], early, desk=longer).works.values()
        assert told(work.ticket)[1] == "08:00 system dispatched"

    def test_who_comes_at_the_same_minute_shares_the_morning(self):
        run = ran([at(2026, 3, 3, 3)] * 4, dict.fromkeys(("an", "bo"), NINE_TO_SIX))
        agents = sorted(work.ticket.agent for work in run.works.values())
        assert agents == ["an", "an", "bo", "bo"]

    def test_who_does_not_come_back_leaves_it_to_the_others(self):
        handling = Handling(answering=Fixed(5 * MINUTE), solving=Fixed(3 * HOUR))
        tomorrow = (at(2026, 3, 4, 9), at(2026, 3, 4, 18))
        run = ran(
            [at(2026, 3, 3, 17)],
            {"an": NINE_TO_SIX, "bo": [tomorrow]},
            handling=handling,
            end=TUESDAY + 2 * DAY,
        )
        (work,) = run.works.values()
        assert work.ticket.agent == "bo"
        assert work.is_solved


@st.composite
def scenes(draw):
    """Some agents with shifts of any kind through two days, and random tickets."""
    staff = {}
    for name in ("an", "bo", "chen")[: draw(st.integers(1, 3))]:
        cuts = draw(
            st.lists(st.integers(0, 2 * 96), min_size=2, max_size=6, unique=True).map(sorted)
        )
        cuts = cuts[: len(cuts) // 2 * 2]
        staff[name] = [
            (TUESDAY + a * HOUR / 4, TUESDAY + b * HOUR / 4)
            for a, b in zip(cuts[::2], cuts[1::2], strict=True)
        ]
    arrivals = sorted(draw(st.lists(st.integers(0, 47 * 60), max_size=12)))
    return [TUESDAY + minutes * MINUTE for minutes in arrivals], staff


class TestLaws:
    """Whatever the shifts and the tickets."""

    @settings(max_examples=60, deadline=None)
    @given(scenes())
    def test_nothing_is_lost_and_no_rule_is_broken(self, scene):
        arrivals, staff = scene
        run = ran(arrivals, staff, handling=USUAL, customers=LIVELY, end=TUESDAY + 2 * DAY)
        assert len(run.works) == len(arrivals)
        assert [work.ticket.opened_at for work in run.works.values()] == arrivals
        placed = [*run._pool, *(name for server in run.servers.values() for name in server.pile)]
        assert len(placed) == len(set(placed))
        for work in run.works.values():
            assert work.ticket.departures == ()
            assert (work.id in placed) == work.is_ready
            assert work.is_solved == (
                work.ticket.status in {Status.AWAITING_CONFIRMATION, Status.RESOLVED}
            )

    @settings(max_examples=60, deadline=None)
    @given(scenes())
    def test_agents_work_on_duty_and_on_one_thing_at_a_time(self, scene):
        run = ran(*scene, handling=USUAL, customers=LIVELY, end=TUESDAY + 2 * DAY)
        for server in run.servers.values():
            for begun, end in server.busy:
                assert any(on <= begun < end <= off for on, off in server.spans)
            for (_begun, one), (two, _end) in pairwise(server.busy):
                assert one <= two
        for work in run.works.values():
            given = None
            for event in work.ticket.history:
                if isinstance(event, e.Dispatched | e.HandedOver):
                    given = event.to
                    spans = run.servers[given].spans
                    tick = (event.at - TUESDAY.astimezone(UTC)) // (MINUTE / 60_000_000)
                    assert any(on <= tick < off for on, off in spans)
                elif event.by.role is Role.AGENT:
                    assert event.by.id == given

    @settings(max_examples=30, deadline=None)
    @given(scenes())
    def test_work_is_conserved(self, scene):
        run = ran(*scene, handling=QUICK, end=TUESDAY + 2 * DAY)
        busy = sum(b - a for server in run.servers.values() for a, b in server.busy)
        ten = 10 * 60 * 10**6
        solved = sum(work.is_solved for work in run.works.values())
        begun = sum(work.taken_at is not None for work in run.works.values())
        assert solved * ten <= busy <= begun * ten
        assert (busy == solved * ten) or begun > solved

    @settings(max_examples=30, deadline=None)
    @given(scenes())
    def test_waits_do_not_overlap_and_end_when_somebody_works(self, scene):
        run = ran(*scene, handling=USUAL, customers=LIVELY, end=TUESDAY + 2 * DAY)
        for work in run.works.values():
            for (_a, one), (two, _b) in pairwise(work.waits):
                assert one <= two
            assert all(a < b for a, b in work.waits)


def test_nobody_idles_while_a_ticket_waits():
    arrivals = PoissonArrivals({kind: [0] * 9 + [20] * 9 + [0] * 6 for kind in DayKind})
    start = TUESDAY.astimezone(UTC)
    instants = arrivals.draw(chance(1), start, start + DAY, DESK.calendar)
    run = ran(instants, dict.fromkeys(("an", "bo"), NINE_TO_SIX))
    busy = sum(b - a for server in run.servers.values() for a, b in server.busy)
    on = sum(b - a for server in run.servers.values() for a, b in server.spans)
    assert busy / on == pytest.approx(1, abs=0.03)  # twice as much to do as two can
