"""Tendencies by clause (7.2, 7.3), the laws of bursts, and what is no sign of anything."""

import importlib.util
import json
import runpy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketrules import Urgency, commands, marketplace
from ticketrules.complaints import (
    BurstDetector,
    LinearDetector,
    Message,
    RepeatDetector,
    Signal,
    SignalKind,
    TendencyRules,
    assess_tendency,
    combine,
    default_detector,
)
from ticketrules.errors import HistoryError
from ticketrules.text import normalise
from ticketrules.tickets import Actor, Role

_SPEC = importlib.util.spec_from_file_location("everyday", Path(__file__).with_name("everyday.py"))
_EVERYDAY = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_EVERYDAY)
everyday = _EVERYDAY.everyday

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def said(*texts, minutes=60):
    return [
        Message(text=text, at=NINE + number * minutes * MINUTE) for number, text in enumerate(texts)
    ]


def kinds(conversation, **options):
    return [str(kind) for kind in assess_tendency(conversation, **options).kinds]


class TestTheClick:
    """7.2: the customer clicked 投诉."""

    def test_it_is_a_complaint_and_goes_first(self):
        found = assess_tendency([], complained_at=NINE)
        assert found.is_complaint
        assert not found.has_tendency
        assert [reason.clause for reason in found.follows] == ["7.2"]
        assert found
        assert [one.source for one in found.signals] == ["click"]


class TestWhatFollows:
    """7.3, 4.6: the customer is phoned at once, and the call's outcome recorded."""

    def test_a_tendency_asks_for_a_call(self):
        found = assess_tendency(said("我要投诉你们"))
        assert found.phone_at_once
        assert [reason.clause for reason in found.follows] == ["7.3", "4.6", "7.3"]

    def test_without_a_signal_nothing_follows(self):
        found = assess_tendency(said("您好，请问备案多久"))
        assert not found
        assert found.follows == ()


class TestEvidence:
    """Each signal has its kind, clause, message and exact span; words only when asked for."""

    def test_signals_of_one_message_and_kind_come_by_where_they_are(self):
        def several(_conversation):
            for span in ((2, 3), None, (0, 1)):
                kind = SignalKind.ABUSIVE_LANGUAGE
                yield Signal(kind=kind, reading=kind.reading, message=0, span=span, source="own")

        found = assess_tendency(said("甲乙丙"), detector=several)
        assert [one.span for one in found.signals] == [None, (0, 1), (2, 3)]

    def test_the_span_is_in_the_original(self):
        conversation = [*said("你好"), Message(text="客服！請打電 話給我", at=NINE + 90 * MINUTE)]
        (signal,) = assess_tendency(conversation).signals
        assert (signal.kind, signal.clause, signal.message) == (
            SignalKind.PHONE_REQUEST,
            "7.3",
            1,
        )
        assert signal.evidence(conversation) in conversation[1].text
        assert "打电话" in normalise(signal.evidence(conversation)).text

    def test_no_words_are_in_a_repr(self):
        conversation = said("你们这群骗子，口令是 secret-word")
        assert "骗子" not in repr(assess_tendency(conversation)) + repr(conversation)
        assert "secret" not in repr(conversation)

    def test_an_agents_words_never_count(self):
        assert kinds([Message(text="您可以投诉", author=Role.AGENT)]) == []
        assert kinds([Message(text="我要投诉", automatic=True)]) == []


class TestRepeats:
    """7.3 c: the same question three times in a row, paraphrased, answered between or not."""

    @pytest.mark.parametrize(
        "questions",
        [
            ("证书什么时候能签下来", "证书到底几号能好", "还是没消息，证书呢"),
            ("网站为什么打不开", "为什么又打不开了", "打不开的原因到底是什么"),
            ("退款几天到账", "钱什么时候退回来", "都一周了，退款还没到，到底几号"),
            (
                "怎么把老域名跳转到新域名",
                "跳转怎么设置，文档没看懂",
                "我问的是老域名跳新域名怎么弄",
            ),
            (
                "when will my site be migrated",
                "any update on the migration?",
                "still waiting, when is the migration done",
            ),
            ("服务器多久能开通", "开通了没", "到底哪天能开通"),
            ("備案多久能過", "备案还要多久", "备案到底几号能过"),
        ],
    )
    def test_it_is_found(self, questions):
        assert "repeated_question" in kinds(said(*questions))
        answered = []
        for message in said(*questions):
            answered += [message, Message(text="请您稍等", author=Role.AGENT, at=message.at)]
        assert "repeated_question" in kinds(answered)

    @pytest.mark.parametrize(
        "questions",
        [
            ("发票怎么开", "发票抬头能改吗", "发票什么时候寄"),
            ("证书多少钱", "备案多少钱", "邮箱多少钱"),
            ("备案多久", "证书多久下来", "邮箱多久开通"),
            ("网站怎么绑定域名", "怎么加子账号", "怎么开发票"),
            ("小程序支持分销吗", "支持拼团吗", "支持秒杀吗"),
            ("第一步在哪", "第二步要填什么", "第三步点哪里"),
            ("好的", "好的", "好的"),
        ],
    )
    def test_other_questions_are_none(self, questions):
        assert kinds(said(*questions)) == []

    def test_what_puts_the_customer_off_is_no_answer(self):
        questions = said("发票抬头能改吗", "财务说抬头行不行", "抬头改好没有")
        apart = [Message(text="可以改，控制台开票信息里填", author=Role.AGENT)]
        stalled = [Message(text="正在核实，请稍等", author=Role.AGENT)]

        def with_answers(answer):
            timeless = [Message(text=one.text) for one in questions]
            return [each for one in timeless for each in (one, *answer)]

        detector = RepeatDetector(similarity=lambda _earlier, _later: 0.3)
        assert list(detector(with_answers(apart))) == []
        assert [one.messages for one in detector(with_answers(stalled))] == [(0, 2, 4)]

    def test_a_host_may_bring_its_own_similarity(self):
        detector = RepeatDetector(similarity=lambda _earlier, _later: 1.0)
        assert kinds(said("怎么开发票", "备案多久", "多少钱"), detector=detector) == [
            "repeated_question"
        ]

    def test_how_often_is_a_setting(self):
        questions = said("证书什么时候好", "证书到底几号好")
        assert kinds(questions) == []
        assert kinds(questions, rules=TendencyRules(repeats=2)) == ["repeated_question"]


TURNS = st.lists(
    st.tuples(st.integers(0, 6 * 60), st.sampled_from([Role.CUSTOMER, Role.CUSTOMER, Role.AGENT])),
    max_size=25,
)


class TestBursts:
    """7.3 d: four or more customer messages within ten minutes without an answer between."""

    @given(TURNS)
    def test_as_a_slow_look_at_every_four_finds_it(self, turns):
        at, conversation = NINE, []
        for seconds, author in turns:
            at += timedelta(seconds=seconds)
            conversation.append(Message(text="嗯", author=author, at=at))
        expected = set()
        for first in range(len(conversation)):
            for last in range(first, len(conversation)):
                part = conversation[first : last + 1]
                is_theirs = all(one.author is Role.CUSTOMER for one in part)
                is_quick = part[-1].at - part[0].at <= timedelta(minutes=10)
                if len(part) == 4 and is_theirs and is_quick:
                    expected.update(range(first, last + 1))
        found = list(BurstDetector()(conversation))
        numbers = [number for signal in found for number in signal.messages]
        assert set(numbers) == expected
        assert len(numbers) == len(expected)

    def test_a_calm_burst_is_one_and_a_machine_is_no_answer(self):
        conversation = said("一", "二", "三", "四", minutes=2)
        conversation.insert(2, Message(text="自动回复", author=Role.AGENT, automatic=True))
        assert kinds(conversation) == ["message_burst"]

    def test_both_numbers_are_settings(self):
        conversation = said("一", "二", "三", minutes=2)
        assert kinds(conversation) == []
        assert kinds(conversation, rules=TendencyRules(burst_messages=3)) == ["message_burst"]
        slow = TendencyRules(burst_messages=3, burst_within=timedelta(minutes=3))
        assert kinds(conversation, rules=slow) == []


class TestDetectors:
    """A host adds its own, and leaves signals out."""

    def test_several_are_combined_and_the_first_is_kept(self):
        def mine(conversation):
            for number, _ in enumerate(conversation):
                kind = SignalKind.ABUSIVE_LANGUAGE
                yield Signal(kind=kind, reading=kind.reading, message=number, source="mine")

        found = assess_tendency(
            said("你们这群骗子", "你好"), detector=combine(default_detector(), mine)
        )
        assert [(one.message, one.source) for one in found.signals][1] == (1, "mine")
        assert len(found.signals) == 2

    def test_signals_that_do_not_count_are_left_aside(self):
        rules = TendencyRules(signals=(SignalKind.MESSAGE_BURST,))
        assert kinds(said("我要投诉"), rules=rules) == []

    def test_a_conversation_out_of_order_is_refused(self):
        with pytest.raises(HistoryError, match="message 1 is earlier"):
            assess_tendency(said("一", "二")[::-1])

    def test_oblique_wording_has_evidence_too(self):
        text = "说了半天说不到一块去，要不咱们还是电话聊聊吧"
        for signal in LinearDetector()([Message(text=text)]):
            assert 0 <= signal.span[0] < signal.span[1] <= len(text)


class TestTheDesk:
    """A ticket's own history is read, and the order of work knows (7)."""

    def test_a_ticket_with_a_tendency(self):
        desk, customer = marketplace(), Actor(Role.CUSTOMER, "c")
        submit = commands.Submit(id="1", by=customer, ticket="T", body="再不处理我就投诉你们")
        ticket = desk.handle(None, submit, NINE).ticket
        tendency = desk.tendency(ticket, NINE)
        assert tendency.has_tendency
        plain, told = desk.assess(ticket, NINE), desk.assess(ticket, NINE, tendency=tendency)
        assert plain.standing.urgency is Urgency.CLOCK
        assert told.standing.urgency is Urgency.TENDENCY
        assert told.needs[0].clause == "7.3"
        assert told.needs[1:] == plain.needs


class TestEverydayQuestions:
    """At most 10 false alarms in 10,000 everyday messages."""

    def test_trigger_words_in_their_innocent_senses(self):
        messages = everyday()
        assert len(messages) >= 10_000
        detect = default_detector()
        alarms = [text for text in messages[::5] if list(detect([Message(text=text)]))]
        assert len(alarms) <= len(messages[::5]) // 1000, alarms

    @pytest.mark.slow
    def test_all_of_them(self):
        detect = default_detector()
        messages = everyday()
        alarms = [text for text in messages if list(detect([Message(text=text)]))]
        assert len(alarms) <= len(messages) // 1000, alarms


@pytest.mark.slow
def test_training_again_gives_the_same_weights():
    root = Path(__file__).parents[2]
    script = runpy.run_path(str(root / "training/tendency/train.py"))
    found = script["model"](*script["trained"](list(script["messages"]())))
    kept = json.loads(
        (root / "src/ticketrules/complaints/weights.json").read_text(encoding="utf-8")
    )
    assert found == kept
