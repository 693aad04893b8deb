"""Conformance: each departure with its event, its clause and what would have been legal."""

from datetime import timedelta
from itertools import chain

import pytest
from attrs import evolve
from hypothesis import given, settings

from ticketrules.desk import Desk
from ticketrules.errors import HistoryError
from ticketrules.rulebook import Policy
from ticketrules.tickets import SYSTEM, Actor, Role, replay
from ticketrules.tickets import events as e
from ticketrules.tickets.lifecycle import objections
from ticketrules.tickets.wire import EVENTS
from ticketrules.verification import Fitness, conformance, conformances, strategies
from ticketrules.verification.conforming import _specimen
from ticketrules.verification.strategies.histories import AN, CUSTOMER
from ticketrules.verification.strategies.instants import PLAIN

DESK = Desk(Policy())
some = settings(max_examples=60, deadline=None)


def history(*things, ticket="T-1"):
    """Events from (minutes after nine, who, kind, parts)."""
    return [
        kind(id=f"e{n}", ticket=ticket, at=PLAIN + timedelta(minutes=minutes), by=by, **parts)
        for n, (minutes, by, kind, parts) in enumerate(things, 1)
    ]


WELL = history(
    (0, CUSTOMER, e.Submitted, {}),
    (5, AN, e.Accepted, {}),
    (10, AN, e.Replied, {}),
    (20, CUSTOMER, e.Closed, {}),
)


class TestOneTicket:
    def test_a_history_that_obeys_has_no_departure(self):
        found = conformance(WELL, Policy())
        assert found.departures == ()
        assert found.fitness == Fitness(events=4, conforming=4, cycles=2, kept=2)
        assert (found.fitness.of_events, found.fitness.of_clocks) == (1.0, 1.0)

    def test_a_transfer_without_a_note_to_an_unanswered_customer(self):
        told = history(
            (0, CUSTOMER, e.Submitted, {}),
            (1, AN, e.Accepted, {}),
            (2, AN, e.Transferred, {"to": "bo"}),
        )
        found = conformance(told, Policy())
        assert [one.clause for one in found.departures] == ["6.1", "6.2"]
        assert {one.event.id for one in found.departures} == {"e3"}
        assert str(found.departures[0]) == (
            "transferred 'e3': transfer needs a note: a judgement and what comes next [6.1]"
        )
        assert "replied" in found.departures[0].legal
        assert "transferred" not in found.departures[0].legal  # the customer waits
        assert found.fitness == Fitness(3, 2, 0, 0)

    def test_where_only_a_part_was_missing_its_own_name_is_legal(self):
        told = [*WELL[:3], evolve(WELL[3], by=AN)]
        told[3] = e.EscalatedToPlatform(id="e4", ticket="T-1", at=WELL[3].at, by=AN)
        (departure,) = conformance(told, Policy()).departures
        assert departure.clause == "6.4"
        assert "escalated_to_platform" in departure.legal

    def test_before_its_submission_only_that_is_legal(self):
        (departure,) = conformance(history((0, AN, e.Accepted, {})), Policy()).departures
        assert (departure.clause, departure.legal) == ("5.1", ("submitted",))
        (departure,) = conformance(history((0, CUSTOMER, e.Closed, {})), Policy()).departures
        assert departure.legal == ("submitted",)

    def test_after_the_close_nothing_is_legal(self):
        late = evolve(WELL[2], id="e5", at=WELL[3].at)
        (departure,) = conformance([*WELL, late], Policy()).departures
        assert departure.event is late
        assert set(departure.legal) <= {"noted", "verified", "called", "reported"}

    def test_a_lapse_before_its_time_says_from_when_on_it_was_legal(self):
        told = history(
            (0, CUSTOMER, e.Submitted, {}),
            (0, AN, e.Accepted, {}),
            (0, AN, e.Replied, {}),
            (0, AN, e.SolutionProposed, {}),
            (60, SYSTEM, e.ConfirmationLapsed, {}),
        )
        found = conformance(told, Policy())
        (departure,) = found.departures
        assert (departure.clause, departure.event.id) == ("9.3", "e5")
        assert departure.not_before == PLAIN + timedelta(days=3)
        assert "confirmation_lapsed" not in departure.legal
        assert found.fitness == Fitness(5, 4, 2, 2)

    def test_a_broken_promise_is_no_departure_of_an_event(self):
        found = conformance(WELL[:1], Policy(), PLAIN + timedelta(hours=1))
        (ticket,) = found.tickets
        assert [one.clock for one in ticket.breaches] == ["first_response"]
        assert found.fitness == Fitness(1, 1, 1, 0)
        assert found.fitness.of_clocks == 0.0

    def test_nothing_is_dropped_where_the_order_is_not_that_of_time(self):
        with pytest.raises(HistoryError):
            conformance(WELL[::-1], Policy())

    def test_what_is_no_event_is_named(self):
        with pytest.raises(TypeError, match="events are meant, not dict"):
            conformance([{"event": "submitted"}], Policy())


class TestManyTickets:
    def test_mingled_tickets_are_told_apart(self):
        other = history((3, CUSTOMER, e.Submitted, {}), (4, AN, e.Resolved, {}), ticket="T-2")
        mingled = sorted(chain(WELL, other), key=lambda event: event.at)
        found = conformance(mingled, DESK)
        assert [one.ticket for one in found.tickets] == ["T-1", "T-2"]
        assert [len(one.departures) for one in found.tickets] == [0, 2]
        assert found.fitness == found.tickets[0].fitness + found.tickets[1].fitness
        assert found.fitness.of_events == 5 / 6

    def test_a_stream_is_read_one_history_at_a_time(self):
        taken = []

        def stream():
            for number in range(1_000_000):
                taken.append(number)
                yield [evolve(event, ticket=f"T-{number}") for event in WELL]

        found = conformances(stream(), DESK, WELL[-1].at)
        assert [next(found).ticket for _ in range(3)] == ["T-0", "T-1", "T-2"]
        assert len(taken) == 3

    def test_what_comes_after_the_look_is_left_aside(self):
        later = history((9_999, CUSTOMER, e.Submitted, {}), ticket="T-9")
        (only,) = conformances([WELL, later], DESK, WELL[2].at)
        assert (only.ticket, only.fitness.events) == ("T-1", 3)

    def test_no_events_conform_to_nothing(self):
        with pytest.raises(HistoryError, match="no events"):
            conformance([], Policy())
        assert (Fitness().of_events, Fitness().of_clocks) == (1.0, 1.0)


class TestLaws:
    @some
    @given(strategies.lives(DESK))
    def test_a_decided_life_conforms(self, ticket):
        found = conformance(ticket.history, DESK)
        assert found.departures == ()
        assert found.fitness.of_events == 1.0

    @some
    @given(strategies.histories(DESK.calendar))
    def test_departures_are_the_findings_of_the_assessment(self, history):
        at = history[-1].at
        ticket = replay(history)
        findings = DESK.assess(ticket, at).findings
        told = [
            (one.event.id, one.clause, one.text) for one in conformance(history, DESK).departures
        ]
        assert sorted(told, key=str) == sorted(
            ((one.event_id, one.clause, one.text) for one in findings), key=str
        )

    @some
    @given(strategies.histories(DESK.calendar))
    def test_what_would_have_been_legal_is_legal(self, history):
        places = {event.id: number for number, event in enumerate(history)}
        for one in conformance(history, DESK).departures:
            before = history[: places[one.event.id]]
            then = replay(before) if before else None
            for kind in EVENTS.values():
                against = list(objections(then, _specimen(kind, one.event)))
                if kind.name in one.legal:
                    assert against == []
                elif one.not_before is None:
                    assert against

    def test_a_specimen_is_complete_for_everybody(self):
        by = Actor(Role.AGENT, "an")
        for kind in EVENTS.values():
            made = _specimen(kind, e.Accepted(id="1", ticket="T-1", at=PLAIN, by=by))
            assert (made.id, made.ticket, made.at, made.by) == ("1", "T-1", PLAIN, by)
