"""Clauses 4.2 to 4.7 as a reply keeps them; the labelled replies try them widely."""

from datetime import UTC, datetime, timedelta

from ticketrules.clauses import Severity
from ticketrules.desk import marketplace
from ticketrules.replies import Fault, ReplyStandards, ReviewContext, context_of, review
from ticketrules.tickets import Actor, Role
from ticketrules.tickets import commands as c

DESK = marketplace()
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ZHANG, LI = Actor(Role.CUSTOMER, "zhang"), Actor(Role.AGENT, "li")
POLITE = "您好，问题已经查明，是缓存没有刷新，现已处理好，谢谢！"


def faults(reply, *asked, **settings):
    found = review(reply, ReviewContext(asked=asked), ReplyStandards(**settings))
    return {one.fault for one in found}


class TestTheWholeContext:
    """4.2: a problem is understood from all that the customer wrote, and not from the last line."""

    def test_all_that_was_written_since_the_last_answer_counts(self):
        # given a question, an answer, and then two more messages with a question each
        steps = (
            c.Submit(id="1", by=ZHANG, ticket="T1", body="网站打不开，怎么办？"),
            c.Reply(id="2", by=LI, reply=POLITE),
            c.Write(id="3", by=ZHANG, body="证书什么时候到期？"),
            c.Write(id="4", by=ZHANG, body="备案号放在哪里？"),
        )
        ticket = None
        for number, step in enumerate(steps):
            ticket = DESK.handle(ticket, step, NOW + timedelta(minutes=number)).ticket
        # when the next reply is written
        context = context_of(ticket, c.Reply(id="5", by=LI, reply=POLITE))
        # then both are before whoever answers, and the answered one is not
        assert context.asked == ("证书什么时候到期？", "备案号放在哪里？")


class TestBriefly:
    """4.3: an answer is to the point and brief."""

    def test_one_far_too_long_is_told(self):
        assert Fault.TOO_LONG in faults(POLITE * 30)
        assert Fault.TOO_LONG not in faults(POLITE)

    def test_how_long_is_a_setting_and_the_limit_itself_is_allowed(self):
        assert Fault.TOO_LONG not in faults(POLITE, longest_reply=len(POLITE))
        assert Fault.TOO_LONG in faults(POLITE, longest_reply=len(POLITE) - 1)


class TestEnumerated:
    """4.4: several questions get an answer in numbered points."""

    ASKED = ("证书什么时候到期？备案号放在哪里？",)

    def test_two_questions_and_one_run_of_words(self):
        reply = "您好，证书七月到期，备案号放在页面底部，谢谢！"
        assert Fault.NOT_ENUMERATED in faults(reply, *self.ASKED)

    def test_two_questions_and_two_points(self):
        reply = "您好！\n一、证书七月到期；\n二、备案号放在页面底部。\n谢谢！"
        assert Fault.NOT_ENUMERATED not in faults(reply, *self.ASKED)

    def test_one_question_needs_no_points(self):
        assert Fault.NOT_ENUMERATED not in faults("您好，七月到期，谢谢！", "证书什么时候到期？")


class TestCourteous:
    """4.5: courteous words in every reply, and no typing errors."""

    def test_a_reply_without_a_courteous_word(self):
        assert Fault.NO_COURTESY in faults("缓存没有刷新，已处理。")
        assert Fault.NO_COURTESY not in faults(POLITE)

    def test_a_typing_error_is_told_where_it_stands(self):
        reply = "您好，请重新登陆后台，谢谢！"
        (found,) = (
            one for one in review(reply, ReviewContext()) if one.fault is Fault.TYPING_ERROR
        )
        assert found.clause == "4.5"
        assert "登陆" in reply[found.span[0] : found.span[1]]


class TestForbidden:
    """4.7: no profanity, no insults, no quarrelling; this is no advice but an error."""

    def test_a_quarrel(self):
        found = review("您好，你自己不会看文档吗？", ReviewContext())
        errors = [one for one in found if one.clause == "4.7"]
        assert errors
        assert all(one.severity is Severity.ERROR for one in errors)

    def test_an_insult_is_found_by_the_desks_own_words(self):
        ticket = DESK.handle(
            None, c.Submit(id="1", by=ZHANG, ticket="T1", body="网站打不开"), NOW
        ).ticket
        found = DESK.review(ticket, c.Reply(id="2", by=LI, reply="您好，你是傻逼吗，谢谢！"), NOW)
        assert Fault.FORBIDDEN_WORDS in {one.fault for one in found}
