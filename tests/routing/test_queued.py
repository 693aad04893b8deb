"""What routing sees of a ticket, and who knows its customer (6.1)."""

from datetime import timedelta

from ticketrules import Actor, Role, commands, marketplace
from ticketrules.routing import (
    Queued,
    acquaintances,
)
from ticketrules.tickets import events, replay

from .desks import TEN


class TestQueued:
    """What routing sees of a ticket."""

    def life(self, *wishes):
        desk, made = marketplace(), None
        for number, wish in enumerate(wishes):
            outcome = desk.handle(made, wish, TEN + timedelta(minutes=number))
            made = outcome.ticket
        return made

    AN, BO = Actor(Role.AGENT, "an"), Actor(Role.AGENT, "bo")
    SUBMIT = commands.Submit(id="1", by=Actor(Role.CUSTOMER), ticket="T1", body="打不开")

    def test_who_transferred_it_does_not_get_it_again(self):
        made = self.life(
            self.SUBMIT,
            commands.Reply(id="2", by=self.AN, reply="您好"),
            commands.Transfer(id="3", by=self.AN, to="bo", judgement="…", next_step="…"),
            commands.HandOver(
                id="4", by=self.BO, to="an", cause="…", handler="…", progress="…", next_step="…"
            ),
        )
        seen = Queued.of(made)
        assert seen.handed_away_by == {"an"}
        assert (seen.ticket, seen.held_by) == ("T1", "an")
        assert not seen.for_platform

    def test_the_latest_acquaintance_comes_first(self):
        first = self.life(self.SUBMIT, commands.Reply(id="2", by=self.AN, reply="您好"))
        second = self.life(
            self.SUBMIT,
            commands.Complain(id="c", by=Actor(Role.CUSTOMER)),
            commands.Reply(id="2", by=self.BO, reply="您好"),
        )
        assert acquaintances([first, second]) == ("bo", "an")
        assert acquaintances([]) == ()

    def test_acquainted_is_an_agent_who_answered_and_nobody_else(self):
        platform, system = Actor(Role.PLATFORM, "pl"), Actor(Role.SYSTEM, "robot")
        replies = [
            (platform, {}),
            (system, {"automatic": True}),
            (self.BO, {"automatic": True}),
            (Actor(Role.AGENT), {}),
            (self.AN, {}),
        ]
        history = [
            events.Submitted(id="0", at=TEN, by=Actor(Role.CUSTOMER), ticket="T1", body="打不开"),
            *(
                events.Replied(id=f"r{n}", ticket="T1", at=TEN, by=by, body="您好", **parts)
                for n, (by, parts) in enumerate(replies)
            ),
        ]
        assert acquaintances([replay(history)]) == ("an",)

    def test_an_agent_s_last_answer_counts_in_whatever_order_tickets_come(self):
        # an at 10:01, bo at 10:02, an again at 10:03.
        one = self.life(self.SUBMIT, commands.Reply(id="2", by=self.AN, reply="您好"))
        two = self.life(
            self.SUBMIT,
            commands.Complain(id="c", by=Actor(Role.CUSTOMER)),
            commands.Reply(id="2", by=self.BO, reply="您好"),
            commands.Reply(id="3", by=self.AN, reply="您好"),
        )
        assert acquaintances([one, two]) == acquaintances([two, one]) == ("an", "bo")

    def test_of_two_who_answered_at_once_the_id_decides(self):
        both = [
            self.life(self.SUBMIT, commands.Reply(id="2", by=by, reply="您好"))
            for by in (self.BO, self.AN)
        ]
        assert acquaintances(both) == ("an", "bo")
