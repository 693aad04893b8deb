# ruff: noqa: E501
"""The packaged templates: each in its situation keeps the rules that its review knows."""

import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ticketrules.clauses import CLAUSES
from ticketrules.errors import TemplateError
from ticketrules.replies import (
    Audience,
    ReplyStandards,
    ReviewContext,
    SlotKind,
    Templates,
    compose,
    load_templates,
    packaged_templates,
    review,
    template_for,
)
from ticketrules.text import find_secrets
from ticketrules.tickets import Actor, Role, Status, commands
from ticketrules.tickets import effects as fx

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
TEMPLATES = packaged_templates()
CUSTOMERS = sorted(one for one in TEMPLATES if TEMPLATES[one].audience is Audience.CUSTOMER)
BOTH = pytest.mark.parametrize("language", ["zh", "en"])

WORDS = {
    "zh": {"problem": "网站打不开的问题", "ticket": "T-1001", "account": "服务器后台", "cause": "磁盘写满"},
    "en": {"problem": "the unreachable site", "ticket": "T-1001", "account": "the console", "cause": "a full disk"},
}  # fmt: skip
OTHER = {"zh": "清理日志并重启服务", "en": "we clear the logs and restart the service"}


def usual(template, language):
    """A plain value for every slot of a template."""
    made = {
        SlotKind.ITEMS: (OTHER[language], OTHER[language]),
        SlotKind.INSTANT: AT,
        SlotKind.DURATION: timedelta(hours=2, minutes=5),
        SlotKind.COUNT: 2,
    }
    return {
        name: made.get(kind) or WORDS[language].get(name) or OTHER[language]
        for name, kind in TEMPLATES[template].slots.items()
    }


def of(command, after=Status.IN_PROGRESS, **more):
    return ReviewContext(command=command, after=after, **more)


TAKING_UP = ReviewContext(before=Status.NEW, asked=("网站打不开",))
SITUATIONS = {
    "first_response": TAKING_UP,
    "working": TAKING_UP,
    "answers": ReviewContext(asked=("怎么续费？证书在哪里下载？能不能开发票？",)),
    "resolution_announced": of(commands.PromiseResolution),
    "resolution_renewed": of(commands.PromiseResolution),
    "same_day_unsolved": of(commands.PromiseResolution),
    "feedback_needed": of(commands.RequestFeedback, Status.AWAITING_FEEDBACK),
    "feedback_lapsed": ReviewContext(),
    "solved": of(commands.ProposeSolution, Status.AWAITING_CONFIRMATION),
    "solved_with_password": of(
        commands.ProposeSolution, Status.AWAITING_CONFIRMATION, password_used=True
    ),
    "customer_says_solved": of(commands.MarkResolved, Status.RESOLVED),
    "rating_invitation": of(commands.ProposeSolution, Status.AWAITING_CONFIRMATION),
    "closing_invitation": of(commands.MarkResolved, Status.RESOLVED),
    "auto_confirmed": ReviewContext(),
    "transferred": of(commands.Transfer, transferred_to="wang"),
    "with_platform": of(commands.Escalate),
    "password_needed": of(commands.RequestFeedback, Status.AWAITING_FEEDBACK),
    "password_reminder": ReviewContext(password_used=True),
}
"""What each template is for; the others are answers alone."""

NOTES = {"call_outcome", "call_unreached"}


class TestEveryTemplate:
    """4 to 9: the words for every situation keep the house rules."""

    def test_every_situation_of_the_rulebook_has_words(self):
        clauses = {str(one.clause) for one in TEMPLATES.values()}
        wanted = {"4.4", "4.6", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "6.1", "6.2", "6.3"}
        wanted |= {"6.4", "6.5", "6.6", "7.1", "7.2", "7.3", "8.1", "8.2", "8.3"}
        assert clauses >= wanted | {"9.1", "9.2", "9.3"}
        assert clauses <= set(CLAUSES)
        assert set(SITUATIONS) <= set(CUSTOMERS)

    @BOTH
    @pytest.mark.parametrize("template", CUSTOMERS)
    def test_it_passes_the_review_of_its_situation(self, template, language):
        words = compose(template, language, usual(template, language), zone=SHANGHAI)
        assert review(words, SITUATIONS.get(template, ReviewContext())) == ()

    @BOTH
    @pytest.mark.parametrize("template", sorted(NOTES))
    def test_a_call_is_noted_with_its_outcome(self, template, language):
        words = compose(template, language, usual(template, language), zone=SHANGHAI)
        assert review(None, of(commands.RecordCall, call_outcome=words)) == ()

    @BOTH
    @pytest.mark.parametrize("template", sorted(TEMPLATES))
    def test_every_value_stands_in_it(self, template, language):
        values = usual(template, language)
        words = compose(template, language, values, zone=SHANGHAI)
        for name, value in values.items():
            if TEMPLATES[template].slots[name] is SlotKind.TEXT:
                assert value in words
        assert "{" not in words
        assert "}" not in words
        assert ("2026年3月2日 14:30" in words or "14:30 on 2 March 2026" in words) == any(
            kind is SlotKind.INSTANT for kind in TEMPLATES[template].slots.values()
        )

    @BOTH
    def test_out_of_hours_it_promises_nothing(self, language):
        words = compose(
            "out_of_hours_receipt", language, {"ticket": "T1", "opens_at": AT}, zone=SHANGHAI
        )
        assert not any(
            one in words.lower() for one in ("尽快", "马上", "处理完", "解决", "soon", "will")
        )

    @BOTH
    @given(data=st.data())
    def test_odd_values_change_nothing(self, language, data):
        template = data.draw(st.sampled_from(CUSTOMERS))
        odd = st.text(
            st.characters(exclude_categories=["C", "Z"], exclude_characters="<>[](){}&【】"),
            min_size=1,
            max_size=40,
        ).filter(lambda one: any(unicodedata.category(letter)[0] in "LN" for letter in one))
        values = {
            name: (
                data.draw(odd)
                if kind is SlotKind.TEXT
                else tuple(data.draw(st.lists(odd, min_size=2, max_size=4)))
                if kind is SlotKind.ITEMS
                else value
            )
            for (name, kind), value in zip(
                TEMPLATES[template].slots.items(),
                usual(template, language).values(),
                strict=True,
            )
        }
        try:
            words = compose(template, language, values, zone=SHANGHAI)
        except TemplateError as refused:
            assume("secret" not in str(refused))
            raise
        found = review(words, SITUATIONS.get(template, ReviewContext()))
        assert [str(one.fault) for one in found] == []


class TestCompose:
    """A missing, unknown or unusable value is refused, and never shown."""

    def refused(self, template="password_reminder", language="zh", zone=SHANGHAI, **slots):
        with pytest.raises(TemplateError) as caught:
            compose(template, language, slots, zone=zone)
        return str(caught.value)

    def test_a_missing_slot(self):
        assert self.refused() == "template password_reminder: slot account is missing"

    def test_an_unknown_slot(self):
        assert self.refused(account="后台", acount="x") == (
            "template password_reminder: no slot 'acount'; did you mean 'account'?"
        )

    def test_an_unknown_template_and_language(self):
        assert self.refused("solvd") == ("no template is called 'solvd'; did you mean 'solved'?")
        with pytest.raises(ValueError, match="'zh' or 'en', not in 'fr'"):
            compose("closed", "fr", {"ticket": "T1"})

    @pytest.mark.parametrize("value", ["", " ", "\u3000", "\u00a0\t", "\ufe0f"])
    def test_an_empty_value(self, value):
        assert "expected words, not an empty value" in self.refused(account=value)

    def test_a_value_too_long_to_be_meant(self):
        assert "expected at most 2000 characters, not 2001" in self.refused(account="x" * 2001)

    @pytest.mark.parametrize(
        "value", ["a\nb", "a\x00b", "a\x1b[31mb", "a\u202eb", "a\u2028b", "a\ud800b", "a\u200bb"]
    )
    def test_control_characters(self, value):
        assert "without control characters" in self.refused(account=value)

    @pytest.mark.parametrize(
        "value",
        [
            "<script>alert(1)</script>", "<b>x</b>", "< img src=x onerror=alert(1)>", "<!-- x", "[点我](http://x.cn)",
            "&lt;script&gt;", "javascript:alert(1)",
        ],
    )  # fmt: skip
    def test_markup(self, value):
        assert "not markup" in self.refused(account=value)

    @pytest.mark.parametrize(
        "value", ["a < b", "5 > 3", "R&D 部门", "文件[1]", "{account}", "100%", "👨‍👩‍👧"]
    )
    def test_what_only_looks_like_it(self, value):
        assert value in compose("password_reminder", "zh", {"account": value})

    @pytest.mark.parametrize(
        "value",
        [
            "后台，密码：hunter2",
            "LTAI5tKx9d8ZQw2mY7aBcDeF",
            "身份证 110101199003074514",
            "验证码 482913",
        ],
    )
    def test_a_secret_to_a_customer(self, value):
        problem = self.refused(account=value)
        assert "it holds a secret" in problem
        for secret in find_secrets(value):
            assert value[secret.start : secret.end] not in problem

    def test_a_secret_that_only_the_whole_makes(self):
        own = load_templates(
            '[x]\nclause = "6.5"\nslots = { word = "text" }\nzh = "您好，密码：{word}"\nen = "Hello, password: {word}"'
        )
        with pytest.raises(
            TemplateError, match=r"^template x: the whole would show a secret \[6.5\]$"
        ):
            compose("x", "zh", {"word": "hunter2"}, templates=own)

    def test_a_secret_to_a_colleague_is_masked(self):
        note = {"judgement": "root 密码 Abc@123 有误", "next_step": "联系客户"}
        assert "Abc@123" not in compose("transfer_note", "zh", note)

    def test_a_template_of_ones_own_needs_no_id(self):
        own = packaged_templates()["closed"]
        assert compose(own, "zh", {"ticket": "T1"}) == compose("closed", "zh", {"ticket": "T1"})

    def test_a_hotline_is_no_secret(self):
        assert "13812345678" in compose(
            "password_reminder", "zh", {"account": "13812345678 的邮箱"}
        )

    def test_values_of_another_kind(self):
        assert "expected a text, not int" in self.refused(account=5)
        assert "expected an aware datetime, not str" in self.refused("call_missed", called_at="x")
        assert "needs the desk's zone" in self.refused("call_missed", zone=None, called_at=AT)
        assert "expected a tuple of texts" in self.refused("answers", answers="x")
        assert "expected a tuple of texts" in self.refused("answers", answers=())
        note = {"last_at": AT, "next_step": "再打"}
        for wrong in (0, True, "2"):
            assert "whole number above zero" in self.refused(
                "call_unreached", attempts=wrong, **note
            )

    @pytest.mark.parametrize(
        ("amount", "zh", "en"),
        [
            (timedelta(minutes=1), "1 分钟", "1 minute"),
            (timedelta(hours=2), "2 小时", "2 hours"),
            (timedelta(hours=1, minutes=5), "1 小时 5 分钟", "1 hour and 5 minutes"),
        ],
    )
    def test_an_amount_of_time(self, amount, zh, en):
        own = load_templates(
            '[x]\nclause = "8.2"\nslots = { t = "duration" }\nzh = "您好，{t}"\nen = "Hello, {t}"'
        )
        assert compose("x", "zh", {"t": amount}, templates=own) == f"您好，{zh}"
        assert compose("x", "en", {"t": amount}, templates=own) == f"Hello, {en}"
        with pytest.raises(TemplateError, match="a minute at least"):
            compose("x", "en", {"t": timedelta(0)}, templates=own)


OWN = '[closed]\nclause = "5.1"\nslots = { ticket = "text" }\nzh = "您好，{ticket} 已关闭。"\nen = "Hello, {ticket} is closed."\n'


class TestOwnTemplates:
    """A host adds or replaces; a bad one is refused by name."""

    def test_a_host_replaces_one_and_keeps_the_rest(self):
        templates = packaged_templates().extended(load_templates(OWN))
        assert compose("closed", "zh", {"ticket": "9"}, templates=templates) == "您好，9 已关闭。"
        assert set(templates) == set(TEMPLATES)
        assert (
            len(templates.extended(load_templates(OWN.replace("[closed]", "[ours]"))))
            == len(TEMPLATES) + 1
        )
        assert Templates() == {}

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ("[closed]", "[Closed]", "Closed: a template's id is of small letters, figures and '_', such as 'first_response'"),
            ('clause = "5.1"', 'clause = "5.9"', "closed.clause: no clause of the rulebook; did you mean"),
            ('clause = "5.1"\n', "", "closed.clause: missing; expected a clause such as '8.1'"),
            ('zh = "您好，{ticket} 已关闭。"\n', "", "closed.zh: missing; expected the words"),
            ("{ticket} is closed", "it is closed", "closed.en: slot 'ticket' does not stand in it"),
            ("{ticket} is", "{tiket} is", "closed.en: expected a slot's name in braces, not '{tiket}'; did you mean 'ticket'?"),
            ("is closed.", "is closed}", "closed.en: expected a slot's name in braces, not '}'"),
            ('"text"', '"word"', "closed.slots.ticket: expected one of text, items, instant, duration, count"),
            ("{ ticket", "{ Ticket", "closed.slots.Ticket: a slot's name is of small letters, figures and '_'"),
            ("slots =", "slot =", "closed.slot: unknown key; did you mean 'slots'?"),
            ('clause = "5.1"', 'clause = "5.1"\naudience = "all"', "closed.audience: expected one of customer, staff"),
            ("已关闭", "\\u0007", "closed.zh: control characters, which no message may hold"),
            ("[closed]", "closed", "not TOML"),
        ],
    )  # fmt: skip
    def test_a_bad_one_is_refused_by_name(self, old, new, problem):
        assert old in OWN
        with pytest.raises(TemplateError) as caught:
            load_templates(OWN.replace(old, new), "ours.toml")
        assert "ours.toml" in str(caught.value)
        assert problem in str(caught.value)


ACTOR = Actor(Role.AGENT, "li")
EFFECTS = [
    fx.NotifyCustomer(key="k", ticket="T1", clause="5.6", channel=fx.Channel.IN_APP, about=CLAUSES["5.6"]),
    fx.NotifyCustomer(key="k", ticket="T1", clause="9.1", channel=fx.Channel.EMAIL, about=CLAUSES["9.1"]),
    fx.NotifyCustomer(key="k", ticket="T1", clause="9.1", channel=fx.Channel.TEXT_MESSAGE, about=CLAUSES["9.1"]),
    fx.NotifyCustomer(key="k", ticket="T1", clause="9.2", channel=fx.Channel.IN_APP, about=CLAUSES["9.2"]),
    fx.NotifyCustomer(key="k", ticket="T1", clause="9.3", channel=fx.Channel.IN_APP, about=CLAUSES["9.3"]),
    fx.AskForRating(key="k", ticket="T1", clause="5.4"),
    fx.AskForRating(key="k", ticket="T1", clause="5.5"),
    fx.PhoneCustomer(key="k", ticket="T1", clause="7.2", reason=CLAUSES["7.2"]),
    fx.ReportUp(key="k", ticket="T1", clause="4.6", to=fx.Superior.SUPERVISOR),
    fx.Tell(key="k", ticket="T1", clause="6.4", to=Actor(Role.PLATFORM), about=CLAUSES["6.4"]),
    *(
        fx.Tell(key="k", ticket="T1", clause=clause, to=ACTOR, about=CLAUSES[clause])
        for clause in ("6.1", "6.3", "6.4", "6.6", "7.1", "7.2", "8.3")
    ),
]  # fmt: skip


class TestSituations:
    """From an effect, a host sends the message straight away."""

    @BOTH
    @pytest.mark.parametrize("effect", EFFECTS, ids=lambda one: f"{one.name} {one.clause}")
    def test_an_effect_has_words_that_need_its_ticket_alone(self, effect, language):
        template = template_for(effect)
        words = compose(template, language, {"ticket": effect.ticket})
        assert "T1" in words
        is_for_customer = isinstance(effect, fx.NotifyCustomer | fx.AskForRating)
        assert (TEMPLATES[template].audience is Audience.CUSTOMER) is is_for_customer

    def test_each_channel_of_a_reminder_has_its_own_words(self):
        assert template_for(EFFECTS[1]) != template_for(EFFECTS[2])

    def test_every_command_that_carries_a_reply_has_words(self):
        for name in dir(commands):
            kind = getattr(commands, name)
            if isinstance(kind, type) and hasattr(kind, "reply"):
                assert template_for(kind) in TEMPLATES, name

    def test_what_the_library_has_no_words_for(self):
        assert template_for(commands.Note) is None
        assert template_for(fx.Effect(key="k", ticket="T1", clause="5.1")) is None

    def test_standards_are_checked(self):
        with pytest.raises(TypeError, match="longest_reply must be a whole number, not True"):
            ReplyStandards(longest_reply=True)
        with pytest.raises(ValueError, match="enumerate_from must be from 2 to"):
            ReplyStandards(enumerate_from=1)
        with pytest.raises(TypeError, match="check_spelling must be True or False"):
            ReplyStandards(check_spelling=1)
