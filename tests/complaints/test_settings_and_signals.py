"""What counts (7.3) is a setting with bounds; messages and signals are values that keep silent."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from ticketrules.clauses import Text
from ticketrules.complaints import (
    BurstDetector,
    LexiconDetector,
    Message,
    Signal,
    SignalKind,
    TendencyRules,
    assess_tendency,
    combine,
)
from ticketrules.complaints.settings import LONGEST_BURST, MOST
from ticketrules.errors import HistoryError, NaiveTimeError
from ticketrules.tickets import Role

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=8)))
MINUTE = timedelta(minutes=1)


class TestSettings:
    """7.3: each number is a setting; one out of bounds is refused by name."""

    def test_the_marketplaces(self):
        rules = TendencyRules()
        assert rules.signals == tuple(SignalKind)
        assert (rules.repeats, rules.burst_messages) == (3, 4)
        assert rules.burst_within == timedelta(minutes=10)

    @pytest.mark.parametrize("name", ["repeats", "burst_messages"])
    def test_how_often_is_a_whole_number_from_2_on(self, name):
        for allowed in (2, MOST):
            assert getattr(TendencyRules(**{name: allowed}), name) == allowed
        for wrong in (1, MOST + 1):
            with pytest.raises(ValueError, match=f"{name} must be 2 to {MOST}, got {wrong}"):
                TendencyRules(**{name: wrong})
        for wrong in (True, 3.0, "3"):
            with pytest.raises(TypeError, match=f"{name} must be a whole number, not {wrong!r}"):
                TendencyRules(**{name: wrong})

    def test_how_quick_is_more_than_nothing_and_at_most_a_day(self):
        for allowed in (timedelta(microseconds=1), LONGEST_BURST):
            assert TendencyRules(burst_within=allowed).burst_within == allowed
        for wrong in (timedelta(0), -MINUTE, LONGEST_BURST + timedelta(microseconds=1)):
            expected = f"burst_within must be more than nothing and at most a day, got {wrong}"
            with pytest.raises(ValueError, match=re.escape(expected)):
                TendencyRules(burst_within=wrong)
        with pytest.raises(TypeError, match="burst_within must be a timedelta, not 10"):
            TendencyRules(burst_within=10)

    @pytest.mark.parametrize("wrong", [["phone_request"], ("phone_request",), "phone_request"])
    def test_signals_are_kinds_of_signals(self, wrong):
        with pytest.raises(TypeError, match="signals must be a tuple of SignalKind"):
            TendencyRules(signals=wrong)

    def test_each_has_its_clause_and_a_word_of_explanation(self):
        for one in TendencyRules.__attrs_attrs__:
            assert one.metadata["clause"] == "7.3"
            assert one.metadata["doc"]


class TestKinds:
    """7.2, 7.3: a kind has its clause, its item and its reading in both languages."""

    def test_in_the_rulebooks_order(self):
        assert [(str(kind), kind.clause, kind.item) for kind in SignalKind] == [
            ("complaint_filed", "7.2", ""),
            ("phone_request", "7.3", "a"),
            ("abusive_language", "7.3", "b"),
            ("repeated_question", "7.3", "c"),
            ("message_burst", "7.3", "d"),
            ("escalation_cue", "7.3", "e"),
        ]

    @pytest.mark.parametrize("kind", SignalKind)
    def test_each_reads_in_both_languages(self, kind):
        assert kind.reading.en.isascii()
        assert kind.label == kind.reading.zh
        assert not kind.label.isascii()

    def test_one_is_found_by_its_value(self):
        assert SignalKind("message_burst") is SignalKind.MESSAGE_BURST


class TestMessages:
    """A message keeps its instant in UTC, its words out of any repr, nothing of a wrong type."""

    def test_it_is_a_customers_unless_told(self):
        message = Message(text="在吗")
        assert (message.author, message.at, message.automatic) == (Role.CUSTOMER, None, False)

    def test_its_instant_is_kept_in_utc(self):
        assert Message(text="", at=NINE).at == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
        assert Message(text="", at=NINE).at.tzinfo is UTC
        with pytest.raises(NaiveTimeError):
            Message(text="", at=datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001 - what is refused

    def test_a_wrong_type_is_refused_by_name_without_the_words(self):
        with pytest.raises(TypeError, match=r"^text must be a str, not bytes$"):
            Message(text=b"secret")
        with pytest.raises(TypeError, match="author"):
            Message(text="", author="customer")
        with pytest.raises(TypeError, match="automatic"):
            Message(text="", automatic=1)

    @pytest.mark.parametrize(
        ("author", "automatic", "is_asked", "is_answer"),
        [
            (Role.CUSTOMER, False, True, False),
            (Role.CUSTOMER, True, False, False),
            (Role.AGENT, False, False, True),
            (Role.AGENT, True, False, False),
            (Role.PLATFORM, False, False, True),
            (Role.SYSTEM, False, False, False),
        ],
    )
    def test_who_asks_and_who_answers(self, author, automatic, is_asked, is_answer):
        message = Message(text="嗯", author=author, automatic=automatic)
        assert (message.is_asked, message.is_answer) == (is_asked, is_answer)


class TestSignals:
    """A signal tells its kind, its clause and its evidence, and no words of its own accord."""

    def test_it_reads_as_its_kind_clause_and_reading(self):
        signal = Signal(kind=SignalKind.PHONE_REQUEST, reading=Text("asks", "要"))
        assert str(signal) == "phone_request [7.3]: asks"
        with pytest.raises(TypeError, match="kind"):
            Signal(kind="phone_request", reading=Text("asks", "要"))

    def test_evidence_is_one_stretch_of_the_customers_words(self):
        conversation = [Message(text="在吗"), Message(text="请来电")]
        kind = SignalKind.PHONE_REQUEST
        one = Signal(kind=kind, reading=kind.reading, message=1, span=(1, 3))
        assert one.evidence(conversation) == "来电"
        together = Signal(kind=kind, reading=kind.reading, message=1, messages=(0, 1))
        click = Signal(kind=kind, reading=kind.reading)
        assert together.evidence(conversation) == click.evidence(conversation) == ""


def kinds(found):
    return [str(kind) for kind in found.kinds]


class TestVerdict:
    """7.2, 7.3, 4.6: signals in order, since when, and what follows."""

    def test_signals_are_told_by_message_then_in_the_rulebooks_order(self):
        said = [
            Message(text="我要投诉，给我打电话"),
            Message(text="骗子，给我打电话"),
        ]
        found = assess_tendency(said, complained_at=NINE)
        assert [(one.message, str(one.kind)) for one in found.signals] == [
            (None, "complaint_filed"),
            (0, "phone_request"),
            (0, "escalation_cue"),
            (1, "phone_request"),
            (1, "abusive_language"),
        ]
        assert kinds(found) == [
            "complaint_filed",
            "phone_request",
            "abusive_language",
            "escalation_cue",
        ]

    def test_a_complaint_goes_before_a_tendency(self):
        found = assess_tendency([Message(text="我要投诉")], complained_at=NINE)
        assert found.is_complaint
        assert found.has_tendency
        assert [reason.clause for reason in found.follows] == ["7.3", "4.6", "7.2"]
        assert [str(reason) for reason in found.follows] == [
            "phone the customer at once [7.3]",
            "write the outcome of the call into the ticket [4.6]",
            "goes before every other ticket [7.2]",
        ]
        assert all(reason.text.zh for reason in found.follows)

    def test_a_tendency_alone_goes_after_complaints(self):
        found = assess_tendency([Message(text="我要投诉")])
        assert not found.is_complaint
        assert str(found.follows[-1]) == (
            "goes before business-stopping tickets, after complaints [7.3]"
        )

    def test_it_is_known_since_the_latest_message_that_shows_one(self):
        said = [
            Message(text="我要投诉", at=NINE),
            Message(text="给我打电话", at=NINE + MINUTE),
            Message(text="好的", at=NINE + 2 * MINUTE),
        ]
        assert assess_tendency(said).since == NINE + MINUTE
        assert assess_tendency(said, complained_at=NINE + 3 * MINUTE).since == NINE + 3 * MINUTE
        assert assess_tendency([Message(text="我要投诉")]).since is None
        assert assess_tendency([Message(text="您好", at=NINE)]).since is None

    def test_a_click_that_does_not_count_leaves_nothing(self):
        rules = TendencyRules(signals=(SignalKind.PHONE_REQUEST,))
        found = assess_tendency([], rules=rules, complained_at=NINE)
        assert not found
        assert (found.signals, found.since, found.follows) == ((), None, ())

    def test_a_click_without_a_time_zone_is_refused(self):
        with pytest.raises(NaiveTimeError):
            assess_tendency([], complained_at=datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001

    def test_messages_without_a_time_are_in_any_order(self):
        said = [
            Message(text="一", at=NINE),
            Message(text="二"),
            Message(text="三", at=NINE),
        ]
        assert not assess_tendency(said)
        late = [*said, Message(text="四"), Message(text="五", at=NINE - MINUTE)]
        with pytest.raises(HistoryError, match=r"^message 4 is earlier than the one before it$"):
            assess_tendency(late)


def burst(*minutes, rules=None, **options):
    said = [Message(text="嗯", at=NINE + at * MINUTE, **options) for at in minutes]
    detect = BurstDetector() if rules is None else BurstDetector(rules)
    return [(one.message, one.messages) for one in detect(said)]


class TestBurstsInARow:
    """7.3 d: a burst lasts as long as each message has its four within ten minutes."""

    @pytest.mark.parametrize(
        ("minutes", "expected"),
        [
            ((0, 3, 6, 10), [(3, (0, 1, 2, 3))]),
            ((0, 3, 6, 10.01), []),
            ((0, 3, 6), []),
            ((0, 1, 2, 3, 4), [(4, (0, 1, 2, 3, 4))]),
            ((0, 1, 2, 3, 60, 61, 62, 63), [(3, (0, 1, 2, 3)), (7, (4, 5, 6, 7))]),
            ((0, 4, 8, 9, 13, 17), [(5, (0, 1, 2, 3, 4, 5))]),
            ((0, 5, 8, 10, 16, 19.5, 20), [(6, (0, 1, 2, 3, 4, 5, 6))]),  # two share a message
            ((0, 9, 10, 10, 19, 20), [(5, (0, 1, 2, 3, 4, 5))]),
        ],
    )
    def test_each_is_one_signal(self, minutes, expected):
        assert burst(*minutes) == expected

    def test_a_message_without_a_time_is_in_none(self):
        said = [Message(text="嗯", at=at) for at in (NINE, NINE, None, NINE, NINE)]
        assert [one.messages for one in BurstDetector()(said)] == [(0, 1, 3, 4)]
        assert list(BurstDetector()([Message(text="嗯")] * 9)) == []

    def test_an_answer_ends_it_and_a_machines_does_not(self):
        asked = [Message(text="嗯", at=NINE)] * 2
        for author, automatic, several in (
            (Role.AGENT, False, 0),
            (Role.PLATFORM, False, 0),
            (Role.AGENT, True, 1),
            (Role.SYSTEM, False, 1),
        ):
            between = Message(text="您好", author=author, automatic=automatic, at=NINE)
            assert len(list(BurstDetector()([*asked, between, *asked]))) == several

    def test_one_before_an_answer_is_told_as_well(self):
        asked = [Message(text="嗯", at=NINE)] * 4
        answer = Message(text="您好", author=Role.AGENT, at=NINE)
        found = list(BurstDetector()([*asked, answer, *asked]))
        assert [one.messages for one in found] == [(0, 1, 2, 3), (5, 6, 7, 8)]

    def test_it_is_told_with_its_kind_and_where_it_comes_from(self):
        (signal,) = BurstDetector()([Message(text="嗯", at=NINE)] * 4)
        assert (signal.kind, signal.source) == (SignalKind.MESSAGE_BURST, "burst")
        assert signal.reading == SignalKind.MESSAGE_BURST.reading
        assert signal.span is None


class TestSeveralDetectors:
    """Of signals of one kind on one message the first is kept."""

    def test_another_message_and_another_kind_are_other_signals(self):
        def mine(conversation):
            for number, _ in enumerate(conversation):
                for kind in (SignalKind.PHONE_REQUEST, SignalKind.ABUSIVE_LANGUAGE):
                    yield Signal(kind=kind, reading=kind.reading, message=number, source="mine")

        said = [Message(text="给我打电话"), Message(text="在吗")]
        found = list(combine(LexiconDetector(), mine, mine)(said))
        assert [(one.message, str(one.kind), one.source) for one in found] == [
            (0, "phone_request", "phone_me"),
            (0, "abusive_language", "mine"),
            (1, "phone_request", "mine"),
            (1, "abusive_language", "mine"),
        ]
