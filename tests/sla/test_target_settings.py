"""Targets as data: what a host changes of the marketplace's, and what it promises besides."""

import re
from datetime import datetime, timedelta

import pytest
from attrs import evolve, fields, fields_dict

from ticketrules import Actor, Desk, Policy, Role, Verdict, commands, load_policy, verify
from ticketrules.clauses import CLAUSES, Text
from ticketrules.sla import (
    Promises,
    ServiceTime,
    TargetSettings,
    ThresholdSettings,
    Waiting,
    marketplace_targets,
    with_settings,
)
from ticketrules.sla.targets import always, never
from ticketrules.sla.vocabulary import ALARMS, CONDITIONS, HAPPENINGS
from ticketrules.tickets import (
    COMMANDS,
    MessageKind,
    PhoneCustomer,
    ReportUp,
    Status,
    Tell,
    events,
)

from .stories import fact, ticket_of

CUSTOMER, AGENT = Actor(Role.CUSTOMER), Actor(Role.AGENT, "li")

POLICY = load_policy("""
    name = "host"
    [[targets]]
    id = "first_response"
    budget = "10m"
    on_breach = ["report_to_supervisor"]
    [[targets.thresholds]]
    at = "50%"
    alarms = ["phone_customer"]
    about_en = "half the time is gone"
    [[targets.thresholds]]
    at = "2m before"
    alarms = ["report_to_operations"]
    [[targets]]
    id = "keep_in_touch"
    clause = "8.3"
    label = "告知进展"
    label_en = "keep in touch"
    budget = "2h"
    starts = ["public_answer"]
    stops = ["public_answer"]
    cancels = ["over", "enters awaiting_confirmation"]
    pauses_while = ["with_platform"]
    only_for = ["group vip"]
""")
DESK = Desk(POLICY)
MONDAY = datetime(2026, 3, 2, 10, tzinfo=DESK.calendar.zone)


def submitted(group):
    submit = commands.Submit(id="1", by=CUSTOMER, ticket="T-1", body="…", group=group)
    return DESK.handle(None, submit, MONDAY).ticket


def reading(ticket, clock, now):
    return next((one for one in DESK.assess(ticket, now).readings if one.clock == clock), None)


class TestChanged:
    """Under an id of the marketplace's only what is set changes."""

    def test_the_budget(self):
        ticket = submitted(None)
        late = MONDAY + timedelta(minutes=11)
        assert reading(ticket, "first_response", late).verdict is Verdict.BREACHED
        assert reading(ticket, "next_reply", late).verdict is Verdict.RUNNING

    def test_the_rest_is_as_it_was(self):
        (usual,) = (
            one for one in marketplace_targets(Promises(), Waiting()) if one.id == "first_response"
        )
        (changed,) = (one for one in POLICY.sla_targets() if one.id == "first_response")
        assert changed.starts == usual.starts
        assert changed.label == usual.label
        assert (changed.budget, usual.budget) == (
            ServiceTime(timedelta(minutes=10)),
            ServiceTime(timedelta(minutes=15)),
        )

    def test_thresholds_and_breaches_have_their_effects(self):
        due = DESK.due(submitted(None), MONDAY + timedelta(minutes=20))
        found = [(type(one.effect), (one.at - MONDAY) // timedelta(minutes=1)) for one in due]
        assert found == [(PhoneCustomer, 5), (ReportUp, 8), (ReportUp, 10)]
        assert due[0].effect.reason.en == "half the time is gone"


class TestAdded:
    def replied(self, group):
        ticket = submitted(group)
        reply = commands.Reply(id="2", by=AGENT, reply="…")
        return DESK.handle(ticket, reply, MONDAY + timedelta(minutes=5)).ticket

    def test_it_is_for_its_own_tickets_only(self):
        now = MONDAY + timedelta(hours=1)
        assert reading(self.replied("vip"), "keep_in_touch", now).verdict is Verdict.RUNNING
        assert reading(self.replied("others"), "keep_in_touch", now) is None

    def test_it_runs_out(self):
        found = reading(self.replied("vip"), "keep_in_touch", MONDAY + timedelta(hours=3))
        assert found.breached_at == MONDAY + timedelta(hours=2, minutes=5)
        assert found.clause == "8.3"

    @pytest.mark.parametrize("lacking", ["clause", "budget", "starts", "stops"])
    def test_it_needs_its_parts(self, lacking):
        parts = {
            "clause": "8.3",
            "budget": ServiceTime(timedelta(hours=1)),
            "starts": ("question",),
            "stops": ("public_answer",),
        }
        del parts[lacking]
        with pytest.raises(ValueError, match=f"'mine' is none of .* needs {lacking}"):
            Policy(targets=(TargetSettings(id="mine", **parts),))

    def test_it_verifies(self):
        verification = verify(POLICY)
        assert verification.flaws == verification.undecided == ()


IDLE = {
    "with_platform": "start_and_pause_exclude",  # whose time does not count (6.4)
    **dict.fromkeys(
        # A customer waits for no reply there: the message brought the ticket back to work.
        ("with_customer", "awaiting_feedback", "awaiting_confirmation", "resolved", "closed"),
        "never_starts",
    ),
}
"""What is wrong with a ``next_reply`` (8.3) that is only for such tickets."""


class TestVocabulary:
    """Every word is a condition that verification can decide; all of them are verified at once."""

    def flaws(self, parts, **more):
        """What is wrong with a target of each word's own, by word."""
        own = (
            TargetSettings(
                id=word, clause="8.3", budget=ServiceTime(timedelta(hours=4)), **more, **its
            )
            for word, its in parts.items()
        )
        verification = verify(Policy(targets=tuple(own)))
        assert verification.undecided == ()
        found = {flaw.subject: flaw.kind.value for flaw in verification.flaws}
        assert len(found) == len(verification.flaws)
        return found

    def test_a_happening_starts_a_clock_or_never_can(self):
        parts = {f"own {word}": {"starts": (word,)} for word in HAPPENINGS}
        assert self.flaws(parts, stops=("question", "public_answer", "closed")) == {
            "own closed": "never_starts",  # nothing starts on a closed ticket (5)
            "own enters closed": "never_starts",
        }

    def test_a_condition_says_whom_a_target_is_for(self):
        parts = {word: {"only_for": (word,)} for word in (*CONDITIONS, "group vip")}
        reply = {"starts": ("question",), "stops": ("public_answer",), "cancels": ("over",)}
        assert self.flaws(parts, pauses_while=("with_platform",), **reply) == IDLE

    def test_alarms_are_effects(self):
        ticket = TestAdded().replied("vip")
        made = [alarm(ticket, "key", "8.3", "…") for alarm in ALARMS.values()]
        assert isinstance(made[0], Tell)
        assert len(made) == 7

    def test_words_name_events_of_the_table_alone(self):
        caused = {event for kind in COMMANDS for event in kind.causes}
        assert {on.event for several in HAPPENINGS.values() for on in several} <= caused


@pytest.mark.parametrize(
    ("parts", "error", "says"),
    [
        ({"starts": ("replyed",)}, ValueError, "did you mean 'replied'"),
        ({"starts": "replied"}, TypeError, "starts must be a tuple of words"),
        ({"budget": "15m"}, TypeError, "budget must be a budget"),
        ({"clause": "1.1"}, ValueError, "no clause of the rulebook"),
        (
            {"clause": "8.33"},
            ValueError,
            r"'8.33' is no clause of the rulebook; did you mean '8\.3'",
        ),
        ({"only_for": ("group ",)}, ValueError, "no word for a condition"),
        ({"thresholds": ("50%",)}, TypeError, "tuple of ThresholdSettings"),
        ({"id": " "}, ValueError, "id must not be blank"),
        ({"thresholds": (75,)}, TypeError, "tuple of ThresholdSettings"),
    ],
)
def test_what_cannot_be(parts, error, says):
    with pytest.raises(error, match=says):
        TargetSettings(**{"id": "mine", **parts})


@pytest.mark.parametrize("at", ["101%", "50", "before", "1d before", "", "%"])
def test_a_point_outside_the_budget(at):
    with pytest.raises(ValueError, match="of the budget or"):
        ThresholdSettings(at=at)


MINUTE = timedelta(minutes=1)
ANSWER = Text("answer", "回复")


@pytest.mark.parametrize(
    ("at", "share", "lead"),
    [
        ("0%", 0.0, None),
        ("75%", 0.75, None),
        ("100%", 1.0, None),
        ("30m before", None, 30 * MINUTE),
        ("2h before", None, 120 * MINUTE),
        ("1h05m before", None, 65 * MINUTE),
        ("0m before", None, 0 * MINUTE),
    ],
)
def test_a_point_is_a_share_of_the_budget_or_a_lead_before_its_end(at, share, lead):
    made = ThresholdSettings(at=at, alarms=("tell_agent",)).threshold(ANSWER)
    assert (made.share, made.lead, made.about) == (share, lead, ANSWER)
    assert made.alarms == (ALARMS["tell_agent"],)


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ({"about": "快到了", "about_en": "soon"}, Text("soon", "快到了")),
        ({"about": "快到了"}, Text("快到了", "快到了")),
        ({"about_en": "soon"}, Text("soon", "soon")),
        ({}, ANSWER),
    ],
)
@pytest.mark.parametrize("at", ["50%", "5m before"])
def test_what_is_told_in_one_language_is_told_in_both(at, words, about):
    assert ThresholdSettings(at=at, **words).threshold(ANSWER).about == about


class TestEachPart:
    """A target is made of what is set, and of nothing else."""

    PARTS = {  # noqa: RUF012
        "id": "mine",
        "clause": "4.6",
        "budget": ServiceTime(60 * MINUTE),
        "starts": ("submitted",),
        "stops": ("public_answer",),
    }

    def made(self, **more):
        return TargetSettings(**{**self.PARTS, **more}).target()

    def test_the_least(self):
        made = self.made(label="跟进")
        assert (made.id, made.clause, made.label) == ("mine", "4.6", Text("跟进", "跟进"))
        assert (made.starts, made.stops) == (HAPPENINGS["submitted"], HAPPENINGS["public_answer"])
        assert (made.budget, made.cancels, made.on_breach, made.once) == (
            ServiceTime(60 * MINUTE),
            (),
            (),
            False,
        )
        assert made.paused is never
        assert made.applies is always

    def test_its_label_in_either_language(self):
        assert self.made(label_en="follow up").label == Text("follow up", "follow up")
        assert self.made(label_en="follow up", label="跟进").label == Text("follow up", "跟进")

    def test_its_id_where_it_has_no_label(self):
        assert self.made().label == Text("mine", "mine")

    def test_whom_it_is_for_and_when_it_rests(self):
        vip, other = submitted("vip"), submitted("other")
        for parts in ({"only_for": ("group vip",)}, {"not_for": ("group other",)}):
            own = Desk(Policy(targets=(TargetSettings(**{**self.PARTS, **parts}),)))
            readings = (own.clocks.read(ticket, MONDAY) for ticket in (vip, other))
            assert ["mine" in {one.clock for one in read} for read in readings] == [True, False]
        paused = self.made(pauses_while=("group vip",)).paused
        assert (paused(vip), paused(other)) == (Text(*GROUP_VIP), None)

    def test_its_rest_is_looked_at_anew_only_where_status_and_holder_say_too_little(self):
        for word in ("new", "with_platform", "with_customer", "group vip"):
            assert not self.made(pauses_while=(word,)).paused_by_more
        assert self.made(pauses_while=("new", "complained")).paused_by_more

    def test_nothing_must_hold_and_must_not(self):
        both = ("complained", "group vip")
        told = "^target 'mine': 'group vip' stands in only_for and in not_for$"
        with pytest.raises(ValueError, match=told):
            self.made(only_for=both, not_for=("new", "group vip"))

    def test_what_follows_from_it(self):
        half = ThresholdSettings(at="50%")
        made = self.made(on_breach=("tell_agent",), thresholds=(half,), once=True, label="跟进")
        assert made.on_breach == (ALARMS["tell_agent"],)
        assert made.thresholds == (half.threshold(Text("跟进", "跟进")),)
        assert made.once

    @pytest.mark.parametrize(
        ("words", "label"),
        [
            ({"label": "首响"}, Text("first response", "首响")),
            ({"label_en": "hello"}, Text("hello", "首次响应")),
            ({}, Text("first response", "首次响应")),
        ],
    )
    def test_of_the_marketplaces_own_only_what_is_set_changes(self, words, label):
        usual = marketplace_targets(Promises(), Waiting())
        changed = with_settings(usual, [TargetSettings(id="first_response", **words)])
        (mine,) = (one for one in changed if one.id == "first_response")
        (its,) = (one for one in usual if one.id == "first_response")
        assert mine == evolve(its, label=label)


class TestOff:
    """What a desk does not promise is switched off."""

    def test_the_other_targets_stay(self):
        usual = marketplace_targets(Promises(), Waiting())
        left = with_settings(usual, [TargetSettings(id="next_reply", off=True)])
        assert left == tuple(one for one in usual if one.id != "next_reply")

    def test_a_ticket_has_no_such_clock(self):
        policy = load_policy('[[targets]]\nid = "first_response"\noff = true')
        readings = Desk(policy).clocks.read(submitted("vip"), MONDAY)
        assert [one.clock for one in readings] == ["next_reply"]
        assert verify(policy).is_clean

    @pytest.mark.parametrize(
        ("parts", "problem"),
        [
            ({"id": "nxt_reply"}, "'nxt_reply' is off, and there is no such target; did you mean"),
            ({"id": "next_reply", "once": False}, "target 'next_reply' is off and has once"),
        ],
    )
    def test_what_cannot_be(self, parts, problem):
        with pytest.raises(ValueError, match=problem):
            with_settings(
                marketplace_targets(Promises(), Waiting()), [TargetSettings(**parts, off=True)]
            )


GROUP_VIP = ("it went to the group vip", "属于“vip”组")


def test_a_point_that_is_no_text():
    with pytest.raises(TypeError, match="at must be a text such as '75%', not 75"):
        ThresholdSettings(at=75)


@pytest.mark.parametrize("kind", [TargetSettings, ThresholdSettings])
def test_each_setting_names_its_clause_says_what_it_is_and_which_words_it_takes(kind):
    for one in fields(kind):
        assert one.metadata["clause"] in CLAUSES
        assert re.fullmatch("[a-zA-Z',0-9% ]+", one.metadata["doc"])
        choices = {
            **dict.fromkeys(("starts", "stops", "cancels"), HAPPENINGS),
            **dict.fromkeys(("alarms", "on_breach"), ALARMS),
        }.get(one.name)
        assert one.metadata.get("choices") == (choices and tuple(choices))


@pytest.mark.parametrize("name", ["pauses_while", "only_for", "not_for"])
def test_conditions_are_offered_and_a_group_is_written_with_its_name(name):
    told = fields_dict(TargetSettings)[name].metadata
    assert told["offers"] == tuple(CONDITIONS)
    assert re.search(told["pattern"], "group vip")
    assert not re.search(told["pattern"], "group  ")
    assert not re.search(told["pattern"], "vip")


@pytest.mark.parametrize(
    "parts",
    [
        {"starts": ["question"], "stops": ["public_answer", "closed"], "cancels": []},
        {"only_for": ["group vip"], "not_for": ["new"], "on_breach": ["tell_agent"]},
    ],
)
def test_a_list_will_do_for_a_tuple(parts):
    own = TargetSettings(id="mine", **parts)
    assert {name: getattr(own, name) for name in parts} == {
        name: tuple(words) for name, words in parts.items()
    }


@pytest.mark.parametrize("name", ["starts", "only_for", "on_breach"])
@pytest.mark.parametrize("words", ["replied", ("replied", 3), {"replied"}, 3])
def test_words_are_a_tuple_of_texts(name, words):
    with pytest.raises(TypeError, match=f"^{name} must be a tuple of words for an? "):
        TargetSettings(id="mine", **{name: words})


def test_a_group_is_a_word_for_a_condition_alone():
    assert TargetSettings(id="mine", not_for=("group vip",)).not_for == ("group vip",)
    with pytest.raises(ValueError, match=r"^'group vip' is no word for an event"):
        TargetSettings(id="mine", starts=("group vip",))
    with pytest.raises(ValueError, match=r"^'group vip' is no word for an alarm"):
        ThresholdSettings(at="50%", alarms=("group vip",))
    with pytest.raises(ValueError, match=r"^'vip' is no word for a condition"):
        TargetSettings(id="mine", only_for=("vip",))


@pytest.mark.parametrize("word", ["group", "group ", "group   ", " vip"])
def test_a_group_has_a_name(word):
    with pytest.raises(ValueError, match=f"^'{word}' is no word for a condition"):
        TargetSettings(id="mine", only_for=(word,))


class TestWords:
    """What a word for an event or for a condition means."""

    @pytest.mark.parametrize("status", Status)
    def test_a_status_is_so_of_the_tickets_that_are_in_it(self, status):
        ticket = submitted("vip")
        condition = CONDITIONS[status.value]
        for other in Status:
            assert condition.holds(evolve(ticket, status=other)) is (other is status)
        in_words = status.value.replace("_", " ")
        assert condition.text == Text(f"it is {in_words}", f"工单处于“{status.label}”")

    def test_a_customers_question_leads_back_to_work_and_thanks_do_not(self):
        enters = HAPPENINGS["enters in_progress"]
        assert [on.event.name for on in enters] == [
            *("accepted", "rejected", "escalated_to_platform", "customer_wrote")
        ]
        ticket = evolve(submitted(None), status=Status.IN_PROGRESS)
        for kind in MessageKind:
            wrote = events.CustomerWrote(
                id="2", ticket="T-1", at=MONDAY, by=CUSTOMER, body="…", kind=kind
            )
            assert enters[-1].when(wrote, ticket) is wrote.asks
            assert not enters[-1].when(wrote, evolve(ticket, status=Status.AWAITING_FEEDBACK))

    def test_what_ends_a_status_is_what_leads_out_of_it(self):
        leaves = HAPPENINGS["leaves resolved"]
        assert [on.event.name for on in leaves] == [
            *("submitted", "accepted", "customer_wrote", "feedback_requested"),
            *("solution_proposed", "rejected", "closed", "escalated_to_platform"),
            "feedback_lapsed",
        ]
        for on in leaves:
            for status in Status:
                ticket = evolve(submitted(None), status=status)
                assert on.when(None, ticket) is (status is not Status.RESOLVED)


class TestWaitsEndWithTheirStatus:
    """Whatever leads out of a waiting status takes the ground of its clocks away (9)."""

    @pytest.mark.parametrize(
        ("clock", "status"),
        [
            ("feedback_reminder", "awaiting_feedback"),
            ("feedback_lapse", "awaiting_feedback"),
            ("confirmation_lapse", "awaiting_confirmation"),
        ],
    )
    def test_no_event_is_left_out(self, clock, status):
        (target,) = (one for one in POLICY.sla_targets() if one.id == clock)
        leaves = HAPPENINGS[f"leaves {status}"]
        assert [on.event for on in target.cancels] == [on.event for on in leaves]

    def test_a_lapse_ends_the_wait_even_where_a_host_lets_something_else_stop_its_clock(self):
        own = TargetSettings(id="feedback_lapse", stops=("called",))
        desk = Desk(Policy(targets=(own,)))
        asked = ("an replied", "an feedback_requested")
        ticket = ticket_of(
            [
                fact("2026-03-02 09:00 customer submitted"),
                *(fact(f"2026-03-02 09:10 {line}") for line in asked),
                fact("2026-03-11 09:10 system feedback_lapsed"),
            ]
        )
        now = datetime(2026, 3, 12, 9, tzinfo=DESK.calendar.zone)
        (lapse,) = (one for one in desk.assess(ticket, now).readings if one.clock == own.id)
        assert lapse.verdict is Verdict.CANCELLED


def test_an_id_stands_once():
    usual = marketplace_targets(Promises(), Waiting())
    with pytest.raises(ValueError, match="stands twice"):
        with_settings(usual, [TargetSettings(id="next_reply"), TargetSettings(id="next_reply")])
