"""A part of the wrong type is refused where it is made, not a verdict later."""

from enum import StrEnum

import pytest

from ticketrules.tickets import Actor, Check, Role
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e

BY = Actor(Role.CUSTOMER, "c-7")


class TestCommands:
    @pytest.mark.parametrize(
        ("kind", "parts"),
        [
            (c.Accept, {"id": 2}),
            (c.Accept, {"by": "li"}),
            (c.Submit, {"body": "", "ticket": 7}),
            (c.Submit, {"ticket": "T-1", "body": "", "group": 3}),
            (c.Write, {"body": "", "kind": "message"}),
            (c.Verify, {"checks": "account"}),
            (c.Verify, {"checks": [Check.ACCOUNT, "order"]}),
            (c.Dispatch, {"to": None}),
            (c.Dispatch, {"to": "li", "online": "no"}),
            (c.Report, {"to": "supervisor"}),
            (c.Close, {"rating": True}),
            (c.Close, {"rating": "5"}),
        ],
    )
    def test_is_a_type_error_that_names_the_part(self, kind, parts):
        part = next(reversed(parts))
        with pytest.raises(TypeError, match=part):
            kind(**{"id": "1", "by": BY, **parts})

    @pytest.mark.parametrize("parts", [{"id": ""}, {"id": "  "}])
    def test_a_blank_id_is_none(self, parts):
        with pytest.raises(ValueError, match="id must not be blank"):
            c.Accept(**{"by": BY, **parts})

    def test_a_blank_ticket_is_none(self):
        with pytest.raises(ValueError, match="ticket must not be blank"):
            c.Submit(id="1", by=BY, ticket=" ", body="")

    def test_an_id_may_be_a_text_of_a_hosts_own_kind(self):
        class Key(StrEnum):
            FIRST = "c-1"
            NONE = " "

        assert c.Accept(id=Key.FIRST, by=BY).id == "c-1"
        with pytest.raises(ValueError, match="id must not be blank"):
            c.Accept(id=Key.NONE, by=BY)

    def test_a_rating_out_of_range(self):
        with pytest.raises(ValueError, match="rating"):
            c.Close(id="1", by=BY, rating=6)


class TestEvents:
    @pytest.mark.parametrize(
        ("kind", "parts"),
        [
            (e.CustomerWrote, {"kind": "message"}),
            (e.Verified, {"checks": "account"}),
            (e.Replied, {"automatic": "no"}),
            (e.Closed, {"rating": True}),
            (e.Reported, {"to": "supervisor"}),
            (e.HandedOver, {"to": 3}),
            (e.Accepted, {"id": 2}),
            (e.Accepted, {"ticket": None}),
            (e.Accepted, {"by": "li"}),
            (e.Accepted, {"at": "2026-03-02"}),
        ],
    )
    def test_is_a_type_error_that_names_the_part(self, desk, kind, parts):
        (part,) = parts
        with pytest.raises(TypeError, match=part):
            desk.event(kind, **parts)


class TestActors:
    @pytest.mark.parametrize("parts", [("agent", "li"), (Role.AGENT, 7)])
    def test_a_role_and_an_id(self, parts):
        with pytest.raises(TypeError):
            Actor(*parts)
