"""What a host may get wrong: each mistake is an error that names it, and none goes unseen."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ticketrules import Actor, Role, Urgency, commands, marketplace
from ticketrules.errors import NaiveTimeError, RoutingError
from ticketrules.routing import (
    Agent,
    Duty,
    HandoverNote,
    Held,
    LeastLoaded,
    Leave,
    Queued,
    Recurrence,
    Roster,
    Rota,
    RoundRobin,
    Shift,
    Standing,
    Swap,
    acquaintances,
    coverage_gaps,
    duty_findings,
    load_roster,
    order,
    recurrence,
    route,
    route_many,
    write_icalendar,
)

DESK = marketplace()
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
NAIVE = NOW.replace(tzinfo=None)
DAY = date(2026, 3, 2)
MONDAYS = recurrence("FREQ=WEEKLY;BYDAY=MO", since=date(2026, 1, 1))
AN, BO = (Agent(id=name, duty=Duty.ON_DUTY) for name in ("an", "bo"))
ROSTER = Roster(agents=[AN, BO], shifts=[Shift(agent="an", hours="09:00-18:00", on=MONDAYS)])


def ticket(name, *further):
    submit = commands.Submit(id="0", by=Actor(Role.CUSTOMER), ticket=name, body="…")
    made = DESK.handle(None, submit, NOW).ticket
    for one in further:
        made = DESK.handle(made, one, NOW).ticket
    return made


FRESH = ticket("T-1")
HELD = ticket("T-2", commands.Reply(id="1", by=Actor(Role.AGENT, "an"), reply="您好"))
CLOSED = ticket("T-3", commands.Close(id="1", by=Actor(Role.CUSTOMER)))
QUEUED = DESK.queued(FRESH, NOW)


class TestTextIsNoCollection:
    """A string would come apart into letters, and nobody would notice."""

    @pytest.mark.parametrize(
        "make",
        [
            lambda: DESK.queued(FRESH, NOW, skills="db"),
            lambda: DESK.queued(FRESH, NOW, known_by="an"),
            lambda: Queued(standing=QUEUED.standing, known_by="an"),
            lambda: Queued(standing=QUEUED.standing, known_by=None),
            lambda: Queued(standing=QUEUED.standing, known_by=(one for one in ("an", 1))),
            lambda: DESK.plan_handover("an", [HELD], ROSTER, [AN, BO], NOW, skills={"T-2": "db"}),
            lambda: DESK.plan_handover("an", [], ROSTER, [AN], NOW).commands("h", told="bob"),
            lambda: Rota(dates="2026-03-02"),
        ],
    )
    def test_it_is_refused(self, make):
        with pytest.raises(RoutingError, match="not"):
            make()


class TestOneIsNotSeveral:
    """One value where several are meant, or several of something else."""

    @pytest.mark.parametrize(
        ("make", "told"),
        [
            (lambda: route(QUEUED, "an", NOW), "agents: several Agent"),
            (lambda: route(QUEUED, {"an": AN}, NOW), "agents: several Agent"),
            (lambda: route(QUEUED, AN, NOW), "agents: several Agent"),
            (lambda: route(QUEUED, ["an"], NOW), "agents must be of Agent, not of str"),
            (lambda: route(FRESH, [AN], NOW), "ticket must be of Queued, not of Ticket"),
            (lambda: route_many(QUEUED, [AN], NOW), "queue: several Queued"),
            (lambda: route_many([FRESH], [AN], NOW), "queue must be of Queued, not of Ticket"),
            (lambda: DESK.order(HELD, NOW), "tickets: several Ticket"),
            (lambda: DESK.order("T-2", NOW), "tickets: several Ticket"),
            (lambda: DESK.phone_now(["T-2"], NOW), "tickets must be of Ticket, not of str"),
            (lambda: DESK.order([HELD], NOW, tendencies=[]), "tendencies: a mapping"),
            (lambda: DESK.order([HELD], NOW, tendencies={"T-2": True}), "'T-2', not bool"),
            (lambda: DESK.plan_handover("an", HELD, ROSTER, [AN], NOW), "tickets: several"),
            (
                lambda: DESK.plan_handover("an", [HELD], ROSTER, [AN], NOW, notes=["x"]),
                "notes: a mapping",
            ),
            (lambda: order([HELD]), "standings must be of Standing, not of Ticket"),
            (lambda: acquaintances("an"), "tickets: several Ticket"),
            (lambda: Agent(id="an", holds=Held("T-1")), "holds: several Held"),
            (lambda: Roster(agents=AN), "agents: several Agent"),
            (lambda: Rota(dates=[DAY], shifts=["x"]), "shifts must be of Shift, not of str"),
            (lambda: coverage_gaps([AN], DESK.calendar, NOW, NOW), "a Roster is meant, not list"),
            (lambda: duty_findings(ROSTER, "an", DESK.calendar, NOW), "agents: several Agent"),
            (lambda: load_roster(b""), "text is meant, not bytes"),
            (lambda: Agent(id=3), "id must be a str, not int"),
            (lambda: Agent(id="an", name=None), "name must be a str, not NoneType"),
        ],
    )
    def test_it_is_named(self, make, told):
        with pytest.raises(TypeError, match=told):
            make()


class TestAnAgentIsNamed:
    """Wherever an agent is meant, an id is given, and no blank."""

    @pytest.mark.parametrize("agent", ["", "  ", 3, None])
    def test_by_whom_a_shift_or_a_swap_is(self, agent):
        with pytest.raises(RoutingError, match="agent: the id of an agent is meant, not"):
            Shift(agent=agent, hours="09:00-18:00", on=DAY)
        with pytest.raises(RoutingError, match="giver: the id of an agent is meant, not"):
            Swap(on=DAY, giver=agent, taker="bo")
        with pytest.raises(RoutingError, match="taker: the id of an agent is meant, not"):
            Swap(on=DAY, giver="an", taker=agent)

    def test_what_they_can_do_reads_the_same_in_every_run(self):
        skilled = Agent(id="an", skills=["site", "db", "net"])
        assert "skills=frozenset({'db', 'net', 'site'})" in repr(skilled)


class TestTimesAndDates:
    """Instants are aware, dates are dates."""

    @pytest.mark.parametrize(
        "make",
        [
            lambda: DESK.order([], NAIVE),
            lambda: DESK.phone_now([], NAIVE),
            lambda: write_icalendar(ROSTER, NAIVE),
            lambda: Standing(
                ticket="T", is_complaint=False, is_business_stopping=False,
                deadline=NAIVE, opened_at=NOW,
            ),
        ],
    )  # fmt: skip
    def test_an_instant_without_a_zone_is_refused(self, make):
        with pytest.raises(NaiveTimeError):
            make()

    @pytest.mark.parametrize(
        "make",
        [
            lambda: Leave.on("2026-03-02", "2026-03-03"),
            lambda: Leave.on(NOW, NOW),
            lambda: Rota(dates=[NAIVE]),
            lambda: Rota(dates=DAY),
            lambda: Swap(on="2026-03-02", giver="an", taker="bo"),
            lambda: Swap(on=NAIVE, giver="an", taker="bo"),
            lambda: Recurrence(dates=["2026-03-02"]),
            lambda: recurrence("FREQ=DAILY", since="2026-03-02"),
            lambda: recurrence("FREQ=DAILY", since=NAIVE),
            lambda: Shift.between("an", DAY, DAY + timedelta(days=1)),
        ],
    )
    def test_what_is_no_date_is_refused(self, make):
        with pytest.raises(RoutingError, match=r"is no date|meant"):
            make()

    @pytest.mark.parametrize(
        ("make", "says"),
        [
            (lambda: Leave.on("2026-03-02", DAY), "leave: '2026-03-02' is no date"),
            (lambda: recurrence("FREQ=DAILY", since=NAIVE), "since: datetime.* is no date"),
            (lambda: Swap(on=NAIVE, giver="an", taker="bo"), "swap, on: datetime.* is no date"),
            (
                lambda: Shift.between("an", DAY, DAY),
                "shift of 'an': a local time is meant, not datetime.date",
            ),
            (lambda: Rota(dates="2026"), "dates: several dates are meant, not '2026'"),
        ],
    )
    def test_the_error_says_of_what(self, make, says):
        with pytest.raises(RoutingError, match=f"^{says}"):
            make()

    def test_a_shift_on_no_date_never_comes(self):
        with pytest.raises(RoutingError, match="there are neither"):
            Shift(agent="an", hours="09:00-18:00", on=[])


class TestNumbers:
    """Whole numbers where one counts."""

    @pytest.mark.parametrize("minimum", ["2", 1.5, 0, True])
    def test_a_minimum_is_a_whole_number_from_one(self, minimum):
        with pytest.raises(RoutingError, match="minimum must be at least 1, a whole number"):
            coverage_gaps(ROSTER, DESK.calendar, NOW, NOW, minimum=minimum)
        with pytest.raises(RoutingError, match="minimum must be at least 1, a whole number"):
            duty_findings(ROSTER, [AN], DESK.calendar, NOW, minimum=minimum)

    @pytest.mark.parametrize("weights", [(1,), None, {"complaint": 2}, (1, 1, 1, -1)])
    def test_weights_are_told_by_urgency(self, weights):
        with pytest.raises(RoutingError, match="weight"):
            LeastLoaded(weights)

    def test_they_may_be_nothing(self):
        assert LeastLoaded((0, 0, 0, 0)).weight_of[Urgency.COMPLAINT] == 0

    def test_by_urgency_they_are(self):
        assert LeastLoaded({Urgency.COMPLAINT: 2}).weights == (2, 1, 1, 1)

    def test_a_cursor_is_an_id(self):
        with pytest.raises(TypeError, match="after"):
            RoundRobin(3)

    def test_a_held_ticket_is_an_id(self):
        with pytest.raises(TypeError, match="ticket"):
            Held(3)


class TestWhatCannotBe:
    """Nothing is done by halves, and nothing is overlooked."""

    def test_a_closed_ticket_wants_no_agent(self):
        with pytest.raises(RoutingError, match="'T-3' is closed"):
            DESK.queued(CLOSED, NOW)

    @pytest.mark.parametrize("ask", [DESK.order, DESK.phone_now])
    def test_a_ticket_stands_once(self, ask):
        with pytest.raises(RoutingError, match="'T-2' stands twice"):
            ask([HELD, HELD], NOW)

    @pytest.mark.parametrize(
        "parts", [{"notes": {"T-9": HandoverNote(cause="…")}}, {"skills": {"T-9": ["db"]}}]
    )
    def test_what_is_said_of_another_ticket_is_not_lost(self, parts):
        with pytest.raises(RoutingError, match="'T-9', which is none of the tickets"):
            DESK.plan_handover("an", [HELD], ROSTER, [AN, BO], NOW, **parts)

    def test_the_next_shift_is_told_to_its_end_wherever_the_search_ended(self):
        # The search first looks a week ahead, into the middle of the shift.
        start, end = ROSTER.next_shift("an", NOW)
        assert (start, end - start) == (NOW.replace(day=9, hour=9), timedelta(hours=9))
