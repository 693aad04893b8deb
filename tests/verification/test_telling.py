"""What verification tells reads as it happens: why a clock never starts, whose it is, and when."""

from attrs import evolve

from ticketrules import Policy, load_policy
from ticketrules.sla import SlaPolicy, marketplace_targets
from ticketrules.tickets import TABLE, Channel, MessageKind, Status, events
from ticketrules.verification import FlawKind, verify

OTHER_GROUPS = """
name = "groups"
[[targets]]
id = "first_response"
only_for = ["group a", "group b"]
"""


def test_a_clock_for_no_ticket_is_not_said_to_start():
    (flaw,) = verify(load_policy(OTHER_GROUPS)).flaws
    assert flaw.kind is FlawKind.NEVER_STARTS
    assert flaw.text.en == "no ticket on which this clock would start is one that it is for"
    assert flaw.text.zh == "能使该计时开始的工单均不在其适用范围内"
    assert "starts" not in flaw.story.en.replace("never starts", "")
    assert "开始计时" not in flaw.story.zh


def test_of_several_policies_the_flawed_clocks_own_is_named():
    targets = marketplace_targets(Policy().promises, Policy().waiting)
    stopping = SlaPolicy(
        name="stopping",
        targets=targets,
        matches=lambda ticket: ticket.business_stopping_at is not None,
    )
    found = verify(Policy(), (stopping, SlaPolicy(name="others", targets=targets)))
    (flaw,) = found.flaws
    assert (flaw.policy, flaw.subject) == ("others", "same_day_resolution")
    assert str(flaw).startswith("never_starts: others: same_day_resolution: no ticket on which")
    assert "[7.1] never_starts: others: same_day_resolution" in found.text.en
    assert found.to_json()["flaws"][0]["policy"] == "others"
    assert all(one.policy is None for one in verify(load_policy(OTHER_GROUPS)).flaws)


def test_a_reminder_is_told_when_it_is_due():
    found = verify(Policy(), channels=frozenset(Channel) - {Channel.TEXT_MESSAGE})
    (flaw,) = found.flaws
    assert flaw.kind is FlawKind.UNDECLARED_CHANNEL
    assert "Mon 2026-03-02 09:20  agent: feedback requested" in flaw.story.en
    assert "Wed 2026-03-04 09:00  system: reminded" in flaw.story.en


def test_a_group_looked_up_in_a_set_is_told_how_to_be_asked():
    def matches(ticket):
        return ticket.group in {"vip", "gold"}

    odd = SlaPolicy(name="odd", targets=(), matches=matches)
    (one,) = verify(Policy(), (odd,)).undecided
    assert one.reads == "whether group is in a set; a tuple, or ==, can be decided"


def test_a_message_that_is_no_question_says_so():
    closed = evolve(TABLE[events.Closed], before=frozenset({Status.NEW}))
    found = verify(Policy(), table={**TABLE, events.Closed: closed})
    (story,) = (one.story for one in found.flaws if one.subject == "resolved")
    assert "customer: customer wrote (solved) -> new" in story.en
    assert f"（{MessageKind.SOLVED.label}）" in story.zh
