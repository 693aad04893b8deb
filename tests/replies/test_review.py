# ruff: noqa: E501
"""The review in its situations: from a ticket and a command, from a record, from a host's parts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketrules.clauses import Severity
from ticketrules.desk import Desk, marketplace
from ticketrules.errors import HistoryError, NaiveTimeError
from ticketrules.replies import (
    Fault,
    FrequentConfusions,
    Misspelling,
    ReplyStandards,
    ReviewContext,
    context_of,
    reply_of,
    review,
    review_ticket,
)
from ticketrules.replies.questions import count_questions, is_enumerated
from ticketrules.rulebook import Policy
from ticketrules.text import normalise
from ticketrules.tickets import Actor, Role, Status, events, evolve
from ticketrules.tickets import commands as c

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ZHANG, LI = Actor(Role.CUSTOMER, "zhang"), Actor(Role.AGENT, "li")
DESK = marketplace()
POLITE = "您好，问题已收到，正在排查，谢谢！"


def ticket_of(*steps):
    ticket = None
    for number, step in enumerate(steps):
        decision = DESK.handle(ticket, step, NOW + timedelta(minutes=number))
        assert decision, decision
        ticket = decision.ticket
    return ticket


def submit(body="网站打不开"):
    return c.Submit(id="s", by=ZHANG, ticket="T1", body=body)


def faults(findings):
    return [str(one.fault) for one in findings]


class TestContextOf:
    """The situation is the ticket's, before the command."""

    def test_a_reply_takes_a_new_ticket_up(self):
        context = context_of(ticket_of(submit()), c.Reply(id="1", by=LI, reply=POLITE))
        assert (context.before, context.after) == (Status.NEW, Status.IN_PROGRESS)
        assert context.asked == ("网站打不开",)
        assert context.command_id == "1"

    def test_only_what_came_after_the_last_answer_is_open(self):
        ticket = ticket_of(
            submit("一？"),
            c.Reply(id="1", by=LI, reply=POLITE),
            c.Write(id="2", by=ZHANG, body="二？"),
            c.Note(id="3", by=LI, body="备注"),
            c.Write(id="4", by=ZHANG, body="三？"),
        )
        assert context_of(ticket, c.Reply(id="5", by=LI, reply="")).asked == ("二？", "三？")

    @pytest.mark.parametrize(
        ("kind", "after"),
        [
            (c.RequestFeedback, Status.AWAITING_FEEDBACK),
            (c.ProposeSolution, Status.AWAITING_CONFIRMATION),
            (c.MarkResolved, Status.RESOLVED),
        ],
    )
    def test_a_command_says_where_it_leads(self, kind, after):
        context = context_of(ticket_of(submit()), kind(id="1", by=LI, reply=POLITE))
        assert (context.command, context.after) == (kind, after)

    def test_a_transfer_is_told_in_the_answer_before_it(self):
        transfer = c.Transfer(id="9", by=LI, to="wang", judgement="a", next_step="b")
        answered = ticket_of(submit(), c.Reply(id="1", by=LI, reply=POLITE))
        assert context_of(answered, transfer).transferred_to == "wang"
        assert reply_of(answered, transfer) == POLITE
        assert faults(DESK.review(answered, transfer, NOW + timedelta(hours=1))) == [
            "transfer_untold"
        ]
        assert reply_of(ticket_of(submit()), transfer) == ""

    def test_what_colleagues_and_machines_write_is_no_answer(self):
        ticket = ticket_of(submit(), c.Reply(id="1", by=LI, reply=POLITE))
        receipt = events.Replied(
            id="2", ticket="T1", at=NOW + timedelta(hours=1), by=LI, body="自动回复", automatic=True
        )
        transfer = c.Transfer(id="9", by=LI, to="wang", judgement="a", next_step="b")
        assert reply_of(evolve(ticket, receipt), transfer) == POLITE
        noted = ticket_of(submit(), c.Note(id="1", by=LI, body="内部"))
        assert reply_of(noted, transfer) == ""
        assert context_of(evolve(noted, receipt), transfer).asked == ("网站打不开",)

    def test_a_phone_number_in_a_reply_is_no_credential(self):
        assert review("您好，请拨 138-1234-5678 找我，谢谢！", ReviewContext()) == ()

    def test_a_call_is_looked_at_by_its_outcome_alone(self):
        ticket = ticket_of(submit())
        for outcome, expected in (("已电话", ["call_without_outcome"]), ("客户同意等到周五", [])):
            call = c.RecordCall(id="1", by=LI, outcome=outcome)
            assert faults(DESK.review(ticket, call, NOW)) == expected

    def test_commands_without_words_have_no_findings(self):
        ticket = ticket_of(submit())
        for step in (c.Accept(id="1", by=LI), c.Note(id="1", by=LI, body="x")):
            assert DESK.review(ticket, step, NOW) == ()

    @pytest.mark.parametrize(
        ("request_", "reply", "reminder", "expected"),
        [
            ("您好，请把密码放进加密文件上传，谢谢！", "已上传", None, True),
            ("您好，请提供域名，谢谢！", "a.cn", None, False),
            ("您好，请提供域名，谢谢！", "密码：Abc@123", None, True),
            ("您好，请把密码放进加密文件上传，谢谢！", "已上传", "您好，请及时修改密码，谢谢", False),
        ],
    )  # fmt: skip
    def test_a_password_is_in_use_until_the_reminder(self, request_, reply, reminder, expected):
        steps = [
            submit(),
            c.RequestFeedback(id="1", by=LI, reply=request_),
            c.Write(id="2", by=ZHANG, body=reply),
        ]
        if reminder:
            steps.append(c.Reply(id="3", by=LI, reply=reminder))
        context = context_of(ticket_of(*steps), c.Reply(id="9", by=LI, reply=""))
        assert context.password_used is expected

    @pytest.mark.parametrize(
        ("more", "problem"),
        [
            ({"command": "reply"}, "command must be a kind of command"),
            ({"command": Status}, "command must be a kind of command"),
            ({"asked": ["x"]}, "'asked' must be"),
            ({"asked": (1,)}, "asked must hold texts, not int"),
            ({"after": "closed"}, "'after' must be"),
            ({"password_used": 1}, "'password_used' must be"),
        ],
    )
    def test_a_context_of_wrong_parts_is_refused(self, more, problem):
        with pytest.raises(TypeError, match=problem):
            ReviewContext(**more)


class TestTheDesk:
    """``Desk.review`` puts policy, lexicon and ticket together."""

    def test_one_list_of_abuse_for_both_sides(self):
        ticket = ticket_of(submit())
        for words, expected in (("傻 逼", ["forbidden_words"]), ("垃圾邮件", []), ("死锁", [])):
            reply = c.Reply(id="1", by=LI, reply=f"您好，正在处理{words}，谢谢")
            found = DESK.review(ticket, reply, NOW)
            assert faults(found) == expected
            for one in found:
                assert one.severity is Severity.ERROR
                assert reply.reply[slice(*one.span)] == words
                assert one.event_id == "1"
                assert one.at is None

    def test_a_host_brings_its_own_words(self):
        class Ours:
            def hits(self, text):
                place = text.find("随便")
                return [Misspelling(place, place + 2)] if place >= 0 else []

        reply = c.Reply(id="1", by=LI, reply="您好，正在处理，随便看看，谢谢")
        assert faults(DESK.review(ticket_of(submit()), reply, NOW, forbidden=Ours())) == [
            "forbidden_words"
        ]

    def test_the_policy_sets_the_standards(self):
        desk = Desk(Policy(replies=ReplyStandards(longest_reply=5, check_spelling=False)))
        reply = c.Reply(id="1", by=LI, reply="您好，正在处理，请稍侯，谢谢")
        found = desk.review(ticket_of(submit()), reply, NOW)
        assert [(str(one.fault), one.span) for one in found] == [("too_long", (5, 14))]
        assert faults(DESK.review(ticket_of(submit()), reply, NOW)) == ["typing_error"]

    def test_the_ticket_as_it_stood(self):
        ticket = ticket_of(submit(), c.Reply(id="1", by=LI, reply=POLITE))
        hello = c.Reply(id="2", by=LI, reply="您好，谢谢")
        assert faults(DESK.review(ticket, hello, NOW)) == ["state_unsaid"]
        assert DESK.review(ticket, hello, NOW + timedelta(hours=1)) == ()
        with pytest.raises(HistoryError, match="does not exist yet"):
            DESK.review(ticket, hello, NOW - timedelta(hours=1))
        with pytest.raises(NaiveTimeError):
            DESK.review(ticket, hello, NOW.replace(tzinfo=None))


class TestTheRecord:
    """``review_ticket`` finds in a record what ``Desk.review`` would have found before."""

    STEPS = (
        submit("解析多久生效？证书要另外买吗？"),
        c.Reply(id="1", by=LI, reply="十分钟，单独买。"),
        c.RequestFeedback(id="2", by=LI, reply="您好，请尽快反馈，谢谢！"),
        c.Write(id="3", by=ZHANG, body="什么意思？"),
        c.RecordCall(id="4", by=LI, outcome="打过了"),
        c.Escalate(id="5", by=LI, note="n", reply="您好，已转平台，谢谢！"),
        c.ProposeSolution(id="6", by=LI, reply="您好，已修复，谢谢！"),
    )

    def test_both_say_the_same(self):
        before, ticket = [], None
        for number, step in enumerate(self.STEPS):
            at = NOW + timedelta(minutes=number)
            if ticket is not None:
                before += [(one.fault, one.span) for one in DESK.review(ticket, step, at)]
            ticket = DESK.handle(ticket, step, at).ticket
        found = review_ticket(ticket)
        assert [(one.fault, one.span) for one in found] == before
        assert len(before) >= 7
        events = {event.id: event for event in ticket.history}
        for one in found:
            assert one.at == events[one.event_id].at

    @pytest.mark.parametrize("follows", [[], [c.Write(id="2", by=ZHANG, body="好的")]])
    def test_a_reply_that_nothing_of_its_author_follows_is_an_answer(self, follows):
        reply = c.Reply(id="1", by=LI, reply="您好，端口已经放行了，谢谢！")
        assert review_ticket(ticket_of(submit(), reply, *follows)) == ()

    def test_the_desk_takes_a_hosts_words_and_checker_here_too(self):
        class Words:
            def hits(self, text):
                place = text.find("排查")
                return [Misspelling(place, place + 2)]

        class Checker:
            def check(self, text):
                return [Misspelling(text.find("谢谢"), len(text) - 1)]

        ticket = ticket_of(submit(), c.Reply(id="1", by=LI, reply=POLITE))
        later = NOW + timedelta(hours=1)
        assert DESK.reviews(ticket, later) == ()
        found = DESK.reviews(ticket, later, forbidden=Words(), spelling=Checker())
        assert found == review_ticket(ticket, forbidden=Words(), spelling=Checker())
        assert {(str(one.fault), POLITE[slice(*one.span)]) for one in found} == {
            ("forbidden_words", "排查"),
            ("typing_error", "谢谢"),
        }

    def test_the_desk_looks_for_abuse_unless_a_host_brings_words(self):
        class Nothing:
            def hits(self, text):
                return []

        abusive = c.Reply(id="1", by=LI, reply="您好，正在处理傻逼，谢谢")
        ticket, later = ticket_of(submit(), abusive), NOW + timedelta(hours=1)
        assert faults(DESK.reviews(ticket, later)) == ["forbidden_words"]
        assert DESK.reviews(ticket, later, forbidden=Nothing()) == ()

    def test_automatic_and_unrecorded_words_are_passed_over(self):
        ticket = ticket_of(submit())
        assert review_ticket(ticket) == ()


class TestParts:
    """The parts that a host may replace or ask by themselves."""

    @pytest.mark.parametrize(
        ("asked", "count"),
        [
            ("网站打不开", 0),
            ("在吗？网站怎么打不开了？", 1),
            ("什么时候能好？怎么还没好？", 1),
            ("怎么续费？怎么续费？", 1),
            ("怎么解析域名，证书怎么装，多久生效", 3),
            ("1. 域名解析\n2. 证书安装", 2),
            ("How do I install it, and when does it expire?", 2),
            ("Hello? Is anybody there?", 1),
        ],
    )
    def test_questions_are_counted_sensibly(self, asked, count):
        assert count_questions([asked]) == count

    def test_a_checker_of_ones_own(self):
        class Ours:
            def check(self, text):
                yield Misspelling(0, 2, ("你们",))

        found = review("您好，谢谢", ReviewContext(), spelling=Ours())
        assert [(one.span, one.suggestions) for one in found] == [((0, 2), ("你们",))]

    def test_what_was_meant(self):
        found = list(FrequentConfusions().check("请重新登陆邮箱，Sorry for the INCONVIENCE，稍侯"))
        assert [one.suggestions for one in found] == [("登录",), ("inconvenience",), ("稍候",)]

    @given(
        st.text(max_size=60),
        st.sampled_from(
            [
                None,
                *(
                    kind
                    for kind in vars(c).values()
                    if isinstance(kind, type) and hasattr(kind, "reply")
                ),
            ]
        ),
    )
    def test_any_text_is_reviewed(self, reply, kind):
        context = ReviewContext(command=kind or c.Reply, asked=(reply,), password_used=True)
        found = review(reply, context)
        assert found == review(reply, context)
        places = [tuple(map(int, one.clause.split("."))) for one in found]
        assert places == sorted(places)
        for one in found:
            if one.span is not None:
                start, end = one.span
                assert 0 <= start < end <= len(reply)
        assert isinstance(is_enumerated(reply), bool)

    @given(st.text(alphabet="看能请吗？?一下您好 a\n1.", max_size=80))
    def test_nothing_runs_away(self, text):
        count_questions([text])
        review(text, ReviewContext(asked=(text,), call_outcome=text))
        assert len(normalise(text).text) <= len(text)

    def test_every_fault_can_be_told(self):
        for fault in Fault:
            assert str(fault) == fault.value
