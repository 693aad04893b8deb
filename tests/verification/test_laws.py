"""Every law can be broken, and whoever breaks one is told the smallest story in which it is."""

import json
from datetime import UTC, timedelta
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st

from ticketrules.calendar import ServiceCalendar
from ticketrules.clauses import CLAUSES, Refusal
from ticketrules.desk import Desk
from ticketrules.errors import HistoryError, LawError, TicketRulesError
from ticketrules.rulebook import Policy, dump_policy, load_policy
from ticketrules.sla import Verdict, Wake
from ticketrules.tickets import Superior, instant, wire
from ticketrules.tickets import events as e
from ticketrules.verification import laws, strategies
from ticketrules.verification.laws import lifecycle_laws
from ticketrules.verification.narration import story, told
from ticketrules.verification.strategies.histories import AN, CUSTOMER
from ticketrules.verification.strategies.instants import PLAIN

DESK = Desk(Policy())
MOMENT = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
fixed = settings(max_examples=300, derandomize=True, deadline=None)
found = settings(fixed, phases=[Phase.generate])
"""Enough to see that a law is broken; what is told in the end takes its time to be made small."""

brief = settings(max_examples=15, derandomize=True, deadline=None)


def broken(law, subject, how=found):
    """The story of a law that does not hold."""
    with pytest.raises(LawError) as caught:
        law.check(subject, how)
    return str(caught.value)


def by_name(group):
    return {law.name: law for law in group}


class Calendar(ServiceCalendar):
    """A calendar in which one thing is wrong."""

    def __init__(self, **wrong):
        super().__init__()
        self.wrong = wrong

    def __getattribute__(self, name):
        wrong = object.__getattribute__(self, "__dict__").get("wrong", {})
        right = object.__getattribute__(self, name)
        return (lambda *args: wrong[name](right, *args)) if name in wrong else right


def a_minute_long(right, a, b):
    """Counts the minute of every midnight twice."""
    days = (b.astimezone(UTC).date() - a.astimezone(UTC).date()).days
    return right(a, b) + abs(days) * MINUTE


CALENDAR_BUGS = {
    "elapsed_adds_up": {"elapsed": a_minute_long},
    "elapsed_turns_round": {"elapsed": a_minute_long},
    "elapsed_is_no_more_than_the_time": {"elapsed": lambda right, a, b: right(a, b) * 8},
    "elapsed_forgets_the_zone": {
        "elapsed": lambda right, a, b: right(a, b) + (a.utcoffset() or timedelta(0))
    },
    "advance_elapses_exactly": {
        "advance": lambda right, a, amount: right(a, max(amount - MOMENT, timedelta(0)))
    },
    "retreat_elapses_exactly": {"retreat": lambda right, a, amount: right(a, amount) - MINUTE},
    "nothing_moves_nowhere": {
        "advance": lambda right, a, amount: right(a, amount) + timedelta(0)
    },
    "advance_in_two_steps": {"advance": lambda right, a, amount: right(a, amount) + MINUTE},
    "advance_keeps_order": {
        "advance": lambda right, a, amount: right(a, amount) + timedelta(9 * (a < PLAIN))
    },
    "advance_forgets_the_zone": {
        "advance": lambda right, a, amount: (a + amount)
    },
    "there_and_back": {"retreat": lambda right, a, amount: right(a, amount) + MINUTE},
    "the_next_opening_is_open": {"next_opening": lambda right, a: right(a) - MOMENT},
    "closing_goes_from_open_to_closed": {"previous_closing": lambda right, a: right(a) - MOMENT},
    "open_is_what_elapses": {"is_open": lambda right, a: right(a - MINUTE)},
    "windows_add_up": {"windows": lambda right, a, b: list(right(a, b))[1:]},
    "explanations_add_up": {
        "explain": lambda right, a, b: [one for one in right(a, b) if one.counted]
    },
    "working_days_are_counted": {
        "nth_working_day": lambda right, day, n: right(day, n) + timedelta(days=n > 5)
    },
}  # fmt: skip


class TestCalendarLaws:
    def test_every_law_has_a_bug_that_breaks_it(self):
        assert set(CALENDAR_BUGS) == set(by_name(laws.CALENDAR))

    @pytest.mark.parametrize("law", laws.CALENDAR, ids=str)
    def test_it_is_broken_by_its_bug(self, law):
        assert broken(law, Calendar(**CALENDAR_BUGS[law.name])).startswith(law.says)

    def test_the_story_tells_law_clause_instants_and_what_is_wrong(self):
        law = by_name(laws.CALENDAR)["advance_elapses_exactly"]
        assert broken(law, Calendar(**CALENDAR_BUGS[law.name]), fixed) == (
            "advance(a, amount) is the earliest instant not before a by which so much has elapsed."
            " [3.1] That does not hold:\n"
            "  a = Mon 2026-03-02 09:00 Asia/Shanghai\n"
            "  amount = 0:01:00\n"
            "  elapsed(a, advance(a, amount)): 0:00:59.999999 is not 0:01:00"
        )

    def test_a_subject_that_a_strategy_drew_is_told(self):
        law = by_name(laws.CALENDAR)["open_is_what_elapses"]
        always = Calendar(is_open=lambda _right, _a: True)
        with pytest.raises(LawError, match=r"calendar = ServiceCalendar\("):
            law.check(st.sampled_from([DESK.calendar, always]), found)


class Desks(SimpleNamespace):
    """A desk in which one thing is wrong: its readings, its proofs, or what it does by itself."""

    calendar = DESK.calendar
    promises = ()

    def __init__(self, **wrong):
        read = wrong.pop("read", lambda readings, *_: readings)
        super().__init__(**wrong)
        self.clocks = SimpleNamespace(
            read=lambda ticket, at: tuple(read(DESK.clocks.read(ticket, at), ticket, at))
        )

    def __getattr__(self, name):
        return getattr(DESK, name)

    def assess(self, ticket, at):
        right = DESK.assess(ticket, at)
        return attrs.evolve(right, readings=self.clocks.read(right.ticket, at))


def each(**changes):
    """Every reading changed; a change may be made of the reading, its ticket and the instant."""

    def read(readings, ticket, at):
        for one in readings:
            yield attrs.evolve(
                one, **{name: change(one, ticket, at) for name, change in changes.items()}
            )

    return read


def later_stop(readings, ticket, at):
    """As if a clock could be stopped before it started."""
    return [attrs.evolve(one, cycle=one.cycle + 1) if one.stopped_at else one for one in readings]


def early_deadline(one, _ticket, _at):
    return one.deadline and one.deadline - MOMENT


def noticed(one, _ticket, at):
    """As if a breach were at the instant at which somebody looks."""
    return one.breached_at and at


def forgiven(one, ticket, _at):
    """As if an answer made good what was late."""
    return None if ticket.unanswered_since is None else one.breached_at


def local(readings, _ticket, at):
    return readings if at.tzinfo is UTC else readings[1:]


def shortened(one, ticket, _at):
    """As if the pauses were taken from the start and not from the budget."""
    held = any(isinstance(event, e.EscalatedToPlatform) for event in ticket.history)
    return one.deadline and one.deadline - held * timedelta(hours=1)


def noted(one, ticket, _at):
    """As if a note were an answer."""
    met = any(isinstance(event, e.Noted) for event in ticket.history)
    return Verdict.MET if met else one.verdict


def last_pause(one, _ticket, _at):
    return one.elapsed + len(one.pauses) * MINUTE


CLOCK_BUGS = {
    "what_comes_later_changes_nothing_earlier": {
        "read": each(agent=lambda one, ticket, at: ticket.agent or str(ticket.version)),
        "assess": lambda ticket, at: len(ticket.history),
    },
    "stepping_finds_what_jumping_finds": {"read": each(breached_at=noticed)},
    "a_finished_cycle_is_history": {"read": each(read_at=lambda _one, _ticket, at: at)},
    "a_deadline_is_the_last_instant_in_time": {"read": each(deadline=early_deadline)},
    "before_its_submission_there_is_nothing": {"assess": lambda *_: None},
    "the_parts_of_a_reading_fit": {"read": each(overrun=lambda *_: MOMENT)},
    "cycles_follow_each_other": {"read": later_stop},
    "every_event_named_is_in_the_history": {"read": each(started_by=lambda *_: "e0")},
    "without_a_pause_the_deadline_is_the_budget_away": {"read": each(deadline=early_deadline)},
    "a_later_answer_never_unbreaks": {"read": each(breached_at=forgiven)},
    "what_is_no_answer_changes_no_clock_of_8": {"read": each(verdict=noted)},
    "a_hold_never_brings_a_deadline_forward": {"read": each(deadline=shortened)},
    "a_hold_cut_in_two_is_the_same_hold": {"read": each(elapsed=last_pause)},
    "the_zone_of_the_datetimes_makes_none": {"read": local},
    "every_reading_is_proved": {"read": each(elapsed=lambda one, *_: one.elapsed + MOMENT)},
    "an_outage_neither_loses_nor_repeats_anything": {
        "wake": lambda ticket, at, since=None: DESK.wake(ticket, at)
        if since is None
        else Wake((), ticket, None)
    },
    "no_step_of_the_system_departs_from_the_rules": {
        "wake": lambda ticket, at: Wake((), attrs.evolve(ticket, history=ticket.history[1:]), None)
    },
    "until_the_next_wake_up_nothing_but_the_count_changes": {
        "next_wakeup": lambda ticket, at: at + timedelta(days=30)
    },
}  # fmt: skip


class TestClockLaws:
    def test_every_law_has_a_bug_that_breaks_it(self):
        assert set(CLOCK_BUGS) == set(by_name(laws.CLOCKS))

    @pytest.mark.parametrize("law", laws.CLOCKS, ids=str)
    def test_it_is_broken_by_its_bug(self, law):
        assert broken(law, Desks(**CLOCK_BUGS[law.name])).startswith(law.says)

    def test_the_story_tells_the_history_on_the_desks_clock(self):
        law = by_name(laws.CLOCKS)["a_later_answer_never_unbreaks"]
        assert broken(law, Desks(**CLOCK_BUGS[law.name]), fixed).splitlines()[:4] == [
            (
                "What is breached stays breached, at the same instant, whoever answers afterwards."
                " [8.3] That does not hold:"
            ),
            "  history = ",
            "    Mon 2026-03-02 09:00 customer: submitted",
            "  at = Mon 2026-03-02 01:16 UTC",
        ]

    def test_the_laws_of_8_are_not_asked_of_promises_of_its_own(self):
        law = by_name(laws.CLOCKS)["what_is_no_answer_changes_no_clock_of_8"]
        own = Desks(**CLOCK_BUGS[law.name])
        own.promises = ("its own",)
        law.check(own, brief)


def patched(**names):
    """The lifecycle's laws over a library in which some functions are wrong."""
    return lambda monkeypatch: [
        monkeypatch.setattr(lifecycle_laws, name, wrong) for name, wrong in names.items()
    ]


right_replay, right_evolve = lifecycle_laws.replay, lifecycle_laws.evolve
right_extend = lifecycle_laws.extend


def unanswering(history):
    return attrs.evolve(right_replay(history), unanswered_since=None)


def forgetful(ticket, events):
    after = right_extend(ticket, events)
    return attrs.evolve(after, history=tuple(events))


def handling(change):
    """A desk whose decisions are changed."""
    return SimpleNamespace(
        calendar=DESK.calendar, policy=DESK.policy, wake=DESK.wake, permitted=DESK.permitted,
        handle=lambda ticket, *args, **more: change(ticket, DESK.handle(ticket, *args, **more)),
    )  # fmt: skip


def silent(_ticket, outcome):
    return attrs.evolve(outcome, reasons=()) if isinstance(outcome, Refusal) else outcome


def anew(_ticket, outcome):
    return outcome if isinstance(outcome, Refusal) else attrs.evolve(outcome, is_repeat=False)


def never_permitted(ticket, at):
    return [one for one in DESK.permitted(ticket, at) if not one.is_allowed]


LIFECYCLE_BUGS = {
    "one_by_one_is_all_at_once": patched(
        evolve=lambda ticket, event: attrs.evolve(right_evolve(ticket, event), version=1)
    ),
    "it_does_not_matter_where_a_history_is_cut": patched(extend=forgetful),
    "departures_are_the_tables_objections": patched(objections=lambda *_: ()),
    "the_zone_in_which_it_is_told_changes_nothing": patched(
        changed=lambda event, at: attrs.evolve(event, at=at.replace(tzinfo=UTC))
    ),
    "a_status_is_entered_by_an_event": patched(
        replay=lambda history: attrs.evolve(
            right_replay(history), status_since=history[0].at
        )
    ),
    "the_oldest_unanswered_message_is_known": patched(replay=unanswering),
    "a_command_departs_no_further": handling(silent),
    "a_decided_life_departs_from_nothing": patched(replay=unanswering),
    "a_repeated_command_changes_nothing": handling(anew),
    "what_is_permitted_is_decided": SimpleNamespace(
        calendar=DESK.calendar, wake=DESK.wake, handle=DESK.handle, permitted=DESK.permitted
    ),
    "a_command_belongs_to_one_ticket": None,
}  # fmt: skip


class TestLifecycleLaws:
    def test_every_law_has_a_bug_that_breaks_it(self):
        assert set(LIFECYCLE_BUGS) == set(by_name(laws.LIFECYCLE))

    @pytest.mark.parametrize(
        "law",
        [one for one in laws.LIFECYCLE if callable(LIFECYCLE_BUGS[one.name])],
        ids=str,
    )
    def test_it_is_broken_by_its_bug(self, law, monkeypatch):
        LIFECYCLE_BUGS[law.name](monkeypatch)
        assert broken(law, DESK).startswith(law.says)

    @pytest.mark.parametrize(
        "law",
        [by_name(laws.LIFECYCLE)[name] for name in (
            "a_command_departs_no_further", "a_repeated_command_changes_nothing"
        )],
        ids=str,
    )  # fmt: skip
    def test_it_is_broken_by_a_desk_that_decides_otherwise(self, law):
        assert broken(law, LIFECYCLE_BUGS[law.name]).startswith(law.says)

    def test_a_desk_that_permits_less_than_it_decides(self, monkeypatch):
        law = by_name(laws.LIFECYCLE)["what_is_permitted_is_decided"]
        wrong = SimpleNamespace(calendar=DESK.calendar, wake=DESK.wake, handle=DESK.handle)
        monkeypatch.setattr(wrong, "permitted", never_permitted, raising=False)
        monkeypatch.setattr(lifecycle_laws, "lives", lambda _desk, **_: strategies.lives())
        monkeypatch.setattr(
            lifecycle_laws, "commands", lambda ticket, at, desk: strategies.commands(ticket, at)
        )
        assert "is allowed and not permitted" in broken(law, wrong)

    def test_a_desk_that_decides_on_the_past(self, monkeypatch):
        law = by_name(laws.LIFECYCLE)["a_command_belongs_to_one_ticket"]

        def handle(ticket, command, at, **more):
            try:
                return DESK.handle(ticket, command, at, **more)
            except HistoryError:
                return DESK.handle(ticket, attrs.evolve(command, at=None), at, **more)

        wrong = SimpleNamespace(
            calendar=DESK.calendar, wake=DESK.wake, handle=handle, permitted=DESK.permitted
        )
        assert "it was decided" in broken(law, wrong)


class TestKeepingLaws:
    """A host's own form of events and policies."""

    def test_the_librarys_own_forms_keep_everything(self):
        laws.keeping(wire.dumps, wire.loads, settings=brief)
        laws.keeping(dump_policy, load_policy, "policies", settings=brief)

    def test_a_column_of_whole_seconds_loses_the_rest(self):
        def load(line):
            event = wire.loads(line)
            return attrs.evolve(event, at=event.at.replace(microsecond=0))

        with pytest.raises(LawError, match="is read back as an equal one"):
            laws.keeping(wire.dumps, load, settings=found)

    def test_a_form_that_wanders_is_seen(self):
        kept = iter(range(1_000_000))
        law = by_name(laws.KEEPING)["it_is_written_down_in_one_way"]

        def dump(event):
            return json.dumps({**wire.dump_event(event), "n": next(kept)})

        def load(line):
            return wire.load_event({k: v for k, v in json.loads(line).items() if k != "n"})

        with pytest.raises(Exception, match=r"written down again|Flaky"):
            law.check(laws.Keeping(dump, load), found)


class TestTheGroups:
    """One call tries every law of a part."""

    @pytest.mark.parametrize(
        ("check", "subject"),
        [(laws.calendar, DESK.calendar), (laws.clocks, DESK), (laws.lifecycle, DESK)],
    )
    def test_the_marketplace_keeps_them_all(self, check, subject):
        check(subject, settings(max_examples=3, derandomize=True))

    def test_a_broken_law_is_an_assertion_and_an_error_of_the_library(self):
        with pytest.raises(AssertionError) as caught:
            laws.calendar(Calendar(elapsed=a_minute_long), found)
        assert isinstance(caught.value, TicketRulesError)
        assert getattr(caught.value, "__notes__", []) == []

    @pytest.mark.parametrize(
        "law", [*laws.CALENDAR, *laws.CLOCKS, *laws.LIFECYCLE, *laws.KEEPING], ids=str
    )
    def test_each_says_what_it_says_and_cites_a_clause_that_exists(self, law):
        assert law.says.endswith(".")
        assert law.clause is None or law.clause in CLAUSES
        assert str(law) == law.name

    def test_names_are_told_apart(self):
        every = (*laws.CALENDAR, *laws.CLOCKS, *laws.LIFECYCLE, *laws.KEEPING)
        assert len({law.name for law in every}) == len(every)


class TestNarration:
    """A history as a person tells it, and nobody's words in it."""

    def test_a_line_has_when_who_what_and_what_is_not_as_usual(self):
        zone = DESK.calendar.zone
        parts = {"ticket": "T-1", "at": PLAIN, "by": AN}
        lines = story(
            (
                e.Submitted(id="1", ticket="T-1", at=PLAIN, by=CUSTOMER, body="密码 hunter2"),
                e.Dispatched(id="2", **parts, to="bo", online=False),
                e.ResolutionPromised(id="3", **parts, promised_for=PLAIN + MINUTE + MOMENT),
                e.Verified(id="4", **parts, checks=()),
                e.Reported(id="5", **parts, to=Superior.SUPERVISOR),
            ),
            zone,
        )
        assert lines.splitlines() == [
            "Mon 2026-03-02 09:00 customer: submitted",
            "Mon 2026-03-02 09:00 agent:an: dispatched to='bo' online=False",
            (
                "Mon 2026-03-02 09:00 agent:an: resolution_promised"
                " promised_for=Mon 2026-03-02 09:01:00.000001"
            ),
            "Mon 2026-03-02 09:00 agent:an: verified checks=nothing",
            "Mon 2026-03-02 09:00 agent:an: reported to=supervisor",
        ]
        assert "hunter2" not in lines

    def test_in_utc_unless_told_otherwise(self):
        event = e.Submitted(id="1", ticket="T-1", at=instant(PLAIN), by=CUSTOMER)
        assert told(event) == "Mon 2026-03-02 01:00 customer: submitted"
