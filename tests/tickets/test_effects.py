"""What a host has to carry out, by clause, and that nothing is ever carried out twice."""

import re
from operator import attrgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.clauses import CLAUSES
from ticketrules.tickets import (
    Actor,
    AskForRating,
    Channel,
    Check,
    Effect,
    MessageKind,
    NotifyCustomer,
    PhoneCustomer,
    ReportUp,
    Role,
    Status,
    Superior,
    Tell,
    effects,
    evolve,
)
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.tickets.effects import key_of
from ticketrules.verification.strategies import wild_histories

BO, AN = Actor(Role.AGENT, "bo"), Actor(Role.AGENT, "an")
KINDS = (NotifyCustomer, PhoneCustomer, Tell, ReportUp, AskForRating)
keys = attrgetter("key")


@pytest.fixture
def follows(desk):
    """What follows from a command on the desk's ticket, as (kind, clause, whom or how)."""

    def of(kind, /, **parts):
        outcome = desk.when(kind, **parts)
        assert outcome, str(outcome)
        return [
            (type(one), one.clause, getattr(one, "channel", None) or getattr(one, "to", None))
            for one in outcome.effects
        ]

    return of


class TestClause4_6:  # noqa: N801
    """4.6: what cannot be contained is reported to the supervisor or to operations."""

    @pytest.mark.parametrize("superior", Superior)
    def test_a_report(self, desk, follows, superior):
        desk.at(Status.IN_PROGRESS)
        assert follows(c.Report, to=superior) == [(ReportUp, "4.6", superior)]

    def test_a_call_that_was_made_asks_nothing_more(self, desk, follows):
        desk.at(Status.IN_PROGRESS)
        assert follows(c.RecordCall) == []


class TestClause5_4:  # noqa: N801
    """5.4: a proposed solution asks to confirm and to rate."""

    def test_the_reply_is_told_and_a_rating_is_asked_for(self, desk, follows):
        desk.at(Status.IN_PROGRESS)
        assert follows(c.ProposeSolution) == [
            (NotifyCustomer, "5.6", Channel.IN_APP),
            (AskForRating, "5.4", None),
        ]


class TestClause5_5:  # noqa: N801
    """5.5: 已解决 asks to close and rate."""

    def test_the_reply_is_told_and_a_rating_is_asked_for(self, desk, follows):
        desk.at(Status.IN_PROGRESS).given(c.Write, kind=MessageKind.SOLVED)
        assert follows(c.MarkResolved) == [
            (NotifyCustomer, "5.6", Channel.IN_APP),
            (AskForRating, "5.5", None),
        ]


class TestClause5_6:  # noqa: N801
    """5.6: each reply reaches the customer."""

    @pytest.mark.parametrize("kind", [c.Reply, c.RequestFeedback, c.PromiseResolution])
    def test_a_reply_is_told(self, desk, follows, kind):
        desk.at(Status.NEW)
        assert follows(kind) == [(NotifyCustomer, "5.6", Channel.IN_APP)]

    @pytest.mark.parametrize("kind", [c.Note, c.Verify, c.Clarify, c.Accept])
    def test_what_the_customer_does_not_see_is_not(self, desk, follows, kind):
        desk.at(Status.NEW)
        parts = {"checks": {Check.ORDER}} if kind is c.Verify else {}
        assert follows(kind, **parts) == []


class TestClause6:
    """6: whoever gets a ticket is told; so is the platform."""

    @pytest.mark.parametrize(
        ("kind", "clause"), [(c.Dispatch, "6.3"), (c.Transfer, "6.1"), (c.HandOver, "6.6")]
    )
    def test_the_receiver_is_told(self, desk, follows, kind, clause):
        desk.at(Status.IN_PROGRESS)
        assert follows(kind, to="bo") == [(Tell, clause, BO)]

    def test_the_platform_is_told_after_the_customer(self, desk, follows):
        desk.at(Status.IN_PROGRESS)
        assert follows(c.Escalate) == [
            (NotifyCustomer, "5.6", Channel.IN_APP),
            (Tell, "6.4", Actor(Role.PLATFORM)),
        ]

    def test_the_agent_is_told_that_it_is_back(self, desk, follows):
        desk.at(Status.IN_PROGRESS).given(c.Escalate)
        assert follows(c.ReturnFromPlatform) == [(Tell, "6.4", AN)]


class TestClause7:
    """7: a complaint is phoned about; a stopped business is told of."""

    def test_a_complaint(self, desk, follows):
        desk.at(Status.IN_PROGRESS)
        assert follows(c.Complain) == [(PhoneCustomer, "7.2", None), (Tell, "7.2", AN)]

    def test_a_complaint_on_what_nobody_has(self, desk, follows):
        desk.given(c.Submit)
        assert follows(c.Complain) == [(PhoneCustomer, "7.2", None)]

    def test_the_reason_of_a_call_is_told_in_both_languages(self, desk):
        (call, _) = desk.at(Status.IN_PROGRESS).when(c.Complain).effects
        assert (call.reason.en, call.reason.zh) == ("the customer complained", "用户已投诉")

    def test_a_withdrawn_one(self, desk, follows):
        desk.at(Status.IN_PROGRESS).given(c.Complain)
        assert follows(c.WithdrawComplaint) == []

    def test_a_stopped_business(self, desk, follows):
        desk.at(Status.IN_PROGRESS)
        assert follows(c.MarkBusinessStopping) == [(Tell, "7.1", AN)]


class TestClause8_3:  # noqa: N801
    """8.3: whoever has the ticket learns that the customer waits for an answer."""

    @pytest.mark.parametrize("kind", [MessageKind.MESSAGE, MessageKind.SOLVED])
    def test_a_question(self, desk, follows, kind):
        desk.at(Status.AWAITING_FEEDBACK)
        assert follows(c.Write, kind=kind) == [(Tell, "8.3", AN)]

    @pytest.mark.parametrize("kind", [MessageKind.THANKS, MessageKind.AUTOMATIC])
    def test_what_asks_nothing_disturbs_nobody(self, desk, follows, kind):
        desk.at(Status.AWAITING_FEEDBACK)
        assert follows(c.Write, kind=kind) == []

    def test_a_rejected_solution(self, desk, follows):
        desk.at(Status.AWAITING_CONFIRMATION)
        assert follows(c.Reject) == [(Tell, "8.3", AN)]

    def test_nobody_is_told_of_what_nobody_has(self, desk, follows):
        desk.given(c.Submit)
        assert follows(c.Write) == []


class TestClause9:
    """9: the reminder goes by e-mail and text message; of a lapse the customer is told."""

    def test_9_1_reminds_twice(self, desk, follows):
        desk.at(Status.AWAITING_FEEDBACK)
        assert follows(c.Remind) == [
            (NotifyCustomer, "9.1", Channel.EMAIL),
            (NotifyCustomer, "9.1", Channel.TEXT_MESSAGE),
        ]

    def test_9_2_tells_of_the_lapse(self, desk, follows):
        desk.at(Status.AWAITING_FEEDBACK)
        assert follows(c.LapseFeedback) == [(NotifyCustomer, "9.2", Channel.IN_APP)]

    def test_9_3_tells_of_the_confirmation(self, desk, follows):
        desk.at(Status.AWAITING_CONFIRMATION)
        assert follows(c.LapseConfirmation) == [(NotifyCustomer, "9.3", Channel.IN_APP)]


class TestWhatIsSaid:
    """Whoever is told anything reads it as words, in both languages."""

    ENGLISH = re.compile(r"[a-z]+(?: [a-z]+)*(?:; [a-z]+(?: [a-z]+)*)*")
    CHINESE = re.compile(r"[\u4e00-\u9fff]+(?:，[\u4e00-\u9fff]+)*")

    @pytest.mark.parametrize(
        ("status", "kind"),
        [
            (Status.IN_PROGRESS, c.Dispatch),
            (Status.IN_PROGRESS, c.Reply),
            (Status.IN_PROGRESS, c.Write),
            (Status.AWAITING_CONFIRMATION, c.Reject),
            (Status.IN_PROGRESS, c.Transfer),
            (Status.IN_PROGRESS, c.HandOver),
            (Status.IN_PROGRESS, c.Escalate),
            (Status.IN_PROGRESS, c.ReturnFromPlatform),
            (Status.IN_PROGRESS, c.Complain),
            (Status.IN_PROGRESS, c.MarkBusinessStopping),
            (Status.AWAITING_FEEDBACK, c.Remind),
            (Status.AWAITING_FEEDBACK, c.LapseFeedback),
            (Status.AWAITING_CONFIRMATION, c.LapseConfirmation),
        ],
    )
    def test_by_every_command_that_has_an_effect(self, desk, status, kind):
        desk.at(status)
        if kind is c.ReturnFromPlatform:
            desk.given(c.Escalate)
        told = desk.when(kind).effects
        assert told
        for one in told:
            text = one.reason if isinstance(one, PhoneCustomer) else one.about
            assert self.ENGLISH.fullmatch(text.en)
            assert self.CHINESE.fullmatch(text.zh)


class TestKeys:
    """A key is the same in every replay, and unlike every other."""

    def test_it_names_ticket_event_and_place(self, desk):
        desk.at(Status.AWAITING_FEEDBACK)
        outcome = desk.when(c.Remind, id="remind")
        assert [one.key for one in outcome.effects] == [
            "T1:remind/1:1:notify_customer",
            "T1:remind/1:2:notify_customer",
        ]

    PARTS = st.lists(st.text("%:a25", max_size=4), min_size=1, max_size=4)

    @settings(deadline=None)
    @given(PARTS, PARTS)
    def test_other_parts_never_make_the_same_one(self, parts, others):
        assert (key_of(*parts) == key_of(*others)) is (parts == others)
        assert len(key_of(*parts).split(":")) == len(parts)

    def test_a_colon_or_a_percent_sign_is_written_as_in_an_address(self):
        assert key_of("T:1", "50%", "3A") == "T%3A1:50%25:3A"

    def test_tickets_that_share_an_event_id_share_no_key(self, desk):
        ours = desk.when(c.Submit)
        desk.ticket = ours.ticket
        complaint = desk.when(c.Complain, id="x").effects
        desk.ticket = None
        desk.ticket = desk.when(c.Submit, ticket="T2").ticket
        other = desk.when(c.Complain, id="x").effects
        assert not {one.key for one in complaint} & {one.key for one in other}

    @given(wild_histories(ticket="T1"))
    @settings(deadline=None)
    def test_none_comes_twice_in_any_history(self, history):
        ticket, found = None, []
        for event in history:
            ticket = evolve(ticket, event)
            found += effects.effects_of(event, ticket)
        assert len({one.key for one in found}) == len(found)
        for one in found:
            assert one.ticket == "T1"
            assert one.clause in CLAUSES

    @given(wild_histories())
    @settings(deadline=None)
    def test_a_replay_gives_the_same(self, history):
        def told():
            ticket = None
            for event in history:
                ticket = evolve(ticket, event)
                yield effects.effects_of(event, ticket)

        assert list(told()) == list(told())


class TestARepeat:
    """The same command again: the same effects under the same keys, whatever happened since."""

    def test_tells_whoever_had_it_then(self, desk):
        desk.at(Status.IN_PROGRESS)
        first = desk.when(c.Write, id="ask")
        desk.ticket = first.ticket
        desk.given(c.Reply).given(c.Transfer, to="bo")
        again = desk.when(c.Write, id="ask")
        assert again.is_repeat
        assert again.effects == first.effects
        assert [one.to for one in again.effects] == [AN]

    def test_tells_nobody_of_what_nobody_had_then(self, desk):
        desk.given(c.Submit)
        first = desk.when(c.Write, id="ask")
        desk.ticket = first.ticket
        desk.given(c.Accept)
        assert desk.when(c.Write, id="ask").effects == first.effects == ()

    def test_a_refusal_has_none(self, desk):
        desk.given(c.Submit)
        assert not hasattr(desk.when(c.Transfer), "effects")


class TestKinds:
    """Each kind has a stable name and a Chinese label."""

    def test_they_are_all_known(self):
        assert {kind.__name__ for kind in Effect.__subclasses__()} == {k.__name__ for k in KINDS}

    def test_names(self):
        assert [kind.name for kind in KINDS] == [
            "notify_customer",
            "phone_customer",
            "tell",
            "report_up",
            "ask_for_rating",
        ]

    def test_an_effect_shows_no_words(self, desk):
        desk.at(Status.IN_PROGRESS)
        for kind in (c.Reply, c.Write):
            words = {"reply" if kind is c.Reply else "body": "密码 hunter2"}
            assert "hunter2" not in repr(desk.when(kind, **words).effects)

    def test_every_event_that_asks_something_is_in_the_table(self):
        assert set(effects._FOLLOWS) <= {
            kind
            for kind in vars(e).values()
            if isinstance(kind, type) and issubclass(kind, e.Event)
        }
