"""A desk whose agent an leaves at noon, with tickets of every kind."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ticketrules import Actor, Role, commands, marketplace
from ticketrules.routing import (
    Agent,
    Duty,
    HandoverNote,
    Roster,
    Shift,
    recurrence,
)

DESK = marketplace()
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CUSTOMER = Actor(Role.CUSTOMER, "zhang")
NOTE = HandoverNote(cause="证书过期", handler="小安", progress="已申请", next_step="更换")

DAILY = recurrence("FREQ=DAILY", date(2026, 1, 1))
SHIFTS = (
    Shift(agent="an", hours="09:00-12:00", on=DAILY),
    Shift(agent="bo", hours="11:00-18:00", on=DAILY),
    Shift(agent="chen", hours="12:00-18:00", on=DAILY),
)
PEOPLE = tuple(Agent(id=name) for name in ("an", "bo", "chen", "ding"))
ROSTER = Roster(agents=PEOPLE, shifts=SHIFTS)
NOON = NINE.replace(hour=12)


def agents(*on_duty, **parts):
    """The team, those named on duty; parts by agent replace the rest."""
    return [
        Agent(
            id=name,
            **{"duty": Duty.ON_DUTY if name in on_duty else Duty.OFFLINE, **parts.get(name, {})},
        )
        for name in ("an", "bo", "chen", "ding")
    ]


def made(name, *steps, agent="an", at=NINE):
    """A ticket that an agent took through some commands, a minute each."""
    by = Actor(Role.AGENT, agent)
    told = {
        "reply": ("reply", commands.Reply, by, {"reply": "您好"}),
        "wait": ("wait", commands.RequestFeedback, by, {"reply": "请提供日志"}),
        "solve": ("solve", commands.ProposeSolution, by, {"reply": "已处理，请确认"}),
        "write": ("write", commands.Write, CUSTOMER, {"body": "还是不行"}),
        "confirm": ("confirm", commands.Confirm, CUSTOMER, {}),
        "close": ("close", commands.Close, CUSTOMER, {}),
        "complain": ("complain", commands.Complain, CUSTOMER, {}),
        "dispatch": ("dispatch", commands.Dispatch, Actor(Role.SYSTEM), {"to": agent}),
        "escalate": ("escalate", commands.Escalate, by, {"note": "…", "reply": "…"}),
    }
    submit = commands.Submit(id=f"{name}-0", by=CUSTOMER, ticket=name, body="打不开")
    ticket = DESK.handle(None, submit, at).ticket
    for number, step in enumerate(steps, 1):
        _name, kind, who, parts = told[step]
        now = at + number * timedelta(minutes=1)
        outcome = DESK.handle(ticket, kind(id=f"{name}-{number}", by=who, **parts), now)
        if outcome:
            ticket = outcome.ticket
    return ticket


def plan(*tickets, team=None, now=NOON, **parts):
    team = agents("an", "bo") if team is None else team
    return DESK.plan_handover("an", tickets, ROSTER, team, now, **parts)
