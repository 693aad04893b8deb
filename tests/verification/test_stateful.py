"""The state machine finds a host's bug and tells the shortest story of it."""

import pytest
from hypothesis import Phase, settings

from ticketrules.errors import LawError
from ticketrules.verification import TicketStateMachine

from .hosts import (
    CalendarDays,
    LastEventOnly,
    Late,
    LosesWords,
    NoNoteNeeded,
    OwnIds,
    Right,
    TwiceIfRetried,
    WithoutTimers,
)

fixed = settings(max_examples=150, stateful_step_count=12, derandomize=True, deadline=None)
brief = settings(fixed, max_examples=12)


@pytest.mark.parametrize("host", [Right, WithoutTimers, OwnIds])
def test_a_host_that_does_right_lives_through_everything(host):
    host.check(brief)


TestTheRightHost = Right.TestCase
TestTheRightHost.settings = brief


def story(host, steps=4):
    with pytest.raises(LawError) as caught:
        host.check(settings(fixed, stateful_step_count=steps))
    assert getattr(caught.value, "__notes__", []) == []
    return str(caught.value).splitlines()


class TestStories:
    """Each bug, and what is told of it in the end."""

    def test_the_last_event_only(self):
        first, *steps, should, has, differ = story(LastEventOnly)
        assert first == "the host departs from the rules:"
        assert len(steps) == 2
        assert steps[0] == "  1. Mon 2026-03-02 09:00 customer:zhang: submit (allowed)"
        assert should == "event 2 should be: Mon 2026-03-02 09:00 agent:an: accepted"
        assert has.startswith("the host has: Mon 2026-03-02 09:00 agent:an:")
        assert differ == "they differ in kind"

    def test_done_twice_if_it_comes_twice(self):
        lines = story(TwiceIfRetried)
        assert lines[-2:] == [
            "  2. Mon 2026-03-02 09:00 customer:zhang: submit (again)",
            "the host refused it",
        ]

    def test_words_that_are_lost_are_found_and_not_told(self):
        lines = story(LosesWords)
        assert lines[-1] == "they differ in body"
        assert not any("打不" in line for line in lines)

    def test_a_clock_that_is_behind(self):
        assert story(Late)[-3:] == [
            "event 1 should be: Mon 2026-03-02 09:00 customer:zhang: submitted",
            "the host has: Mon 2026-03-02 08:59:59 customer:zhang: submitted",
            "they differ in at",
        ]

    def test_waits_counted_on_the_wall_calendar(self):
        with pytest.raises(LawError, match=r"(?s)time passes\nevent . should be"):
            CalendarDays.check(settings(fixed, max_examples=400, phases=[Phase.generate]))

    def test_a_transfer_without_its_note(self):
        with pytest.raises(LawError, match=r"the host did it$|next_step$"):
            NoNoteNeeded.check(settings(fixed, max_examples=600, phases=[Phase.generate]))


class TestHooks:
    """What a subclass must say is asked for."""

    class Silent(TicketStateMachine):
        pass

    def test_they_are_not_implemented(self):
        machine = self.Silent()
        for hook in (
            lambda: machine.submit(None, machine.time),
            lambda: machine.handle("T-1", None, machine.time),
            lambda: machine.load("T-1"),
        ):
            with pytest.raises(NotImplementedError):
                hook()
        with pytest.raises(LookupError, match="has not begun"):
            machine._ticket  # noqa: B018 - the look-up is the test

    def test_without_a_desk_it_is_the_marketplaces(self):
        assert self.Silent.desk.policy.name == "marketplace"
