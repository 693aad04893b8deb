"""Rosters in TOML, and the key path of whatever is wrong in one."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from ticketrules.errors import RoutingError
from ticketrules.routing import (
    Agent,
    Leave,
    Roster,
    Rota,
    Shift,
    Swap,
    load_roster,
    recurrence,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")

TEXT = """
zone = "Asia/Shanghai"

[agents.an]
name = "安"
skills = ["db"]
capacity = 10
[agents.bo]

[[shifts]]
agents = ["an", "bo"]
hours = "09:00-18:00"
rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
since = 2026-03-02
dates = [2026-03-07]
except = [2026-03-04]

[[shifts]]
agent = "bo"
hours = "22:00-06:00"
name = "夜班"
dates = [2026-03-03]

[[rotas]]
name = "国庆"
dates = [2026-10-01, 2026-10-02]
[[rotas.shifts]]
agent = "bo"
hours = "10:00-16:00"
dates = [2026-10-01]

[[leave]]
agent = "an"
first = 2026-03-09
last = 2026-03-13
why = "年假"

[[leave]]
agent = "an"
start = 2026-03-16T13:00:00
end = 2026-03-16T15:00:00

[[swaps]]
on = 2026-03-03
giver = "an"
taker = "bo"
"""

WEEKDAYS = recurrence(
    "DTSTART:20260302\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\nRDATE:20260307\nEXDATE:20260304"
)


def test_it_says_what_the_values_say():
    hours = datetime(2026, 3, 16, 13, tzinfo=SHANGHAI), datetime(2026, 3, 16, 15, tzinfo=SHANGHAI)
    leave = [Leave.on(date(2026, 3, 9), date(2026, 3, 13), why="年假"), Leave(*hours, "")]
    assert load_roster(TEXT) == Roster(
        agents=[
            Agent(id="an", name="安", skills={"db"}, capacity=10, leave=leave),
            Agent(id="bo"),
        ],
        shifts=[
            Shift(agent="an", hours="09:00-18:00", on=WEEKDAYS),
            Shift(agent="bo", hours="09:00-18:00", on=WEEKDAYS),
            Shift(agent="bo", hours="22:00-06:00", on=date(2026, 3, 3), name="夜班"),
        ],
        rotas=[
            Rota(
                name="国庆",
                dates=[date(2026, 10, 1), date(2026, 10, 2)],
                shifts=[Shift(agent="bo", hours="10:00-16:00", on=date(2026, 10, 1))],
            )
        ],
        swaps=[Swap(on=date(2026, 3, 3), giver="an", taker="bo")],
    )


SHIFT = '[agents.an]\n[[shifts]]\nagent = "an"\nhours = "09:00-18:00"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("agents = 1 1", "r.toml:1: not TOML"),
        ("", "agents: missing; expected a table"),
        ("[agent.an]", "agent: unknown key; did you mean 'agents'?"),
        ('zone = "Asia/Beijing"\n[agents]', "zone: zone: 'Asia/Beijing' is no IANA time zone"),
        ("[agents.an]\ncapacity = -1", "agents.an: agent 'an': capacity must not be below zero"),
        ('[agents.an]\ncapacity = "3"', "agents.an: agent 'an': capacity must be a whole number"),
        ('[agents.an]\nskills = "db"', "agents.an.skills: expected a list"),
        ("[agents.an]\nskill = []", "agents.an.skill: unknown key; did you mean 'skills'?"),
        (SHIFT, "shifts\\[0\\]: give a `rule`, or `dates`"),
        (SHIFT + 'rule = "FREQ=HOURLY"\nsince = 2026-03-02', "shifts\\[0\\].rule: .*FREQ must be"),
        (SHIFT + 'rule = "FREQ=DAILY"', "shifts\\[0\\].rule: .* it needs a first date"),
        (SHIFT + 'dates = ["2026-03-02"]', "shifts\\[0\\].dates\\[0\\]: a date is meant"),
        (SHIFT.replace("18", "26") + "dates = [2026-03-02]", "shifts\\[0\\].hours: hours: window"),
        (SHIFT + 'agents = ["an"]', "shifts\\[0\\]: give `agent` or `agents`"),
        (SHIFT.replace('"an"', '"bo"') + "dates = [2026-03-02]", "of 'bo': there is no such agent"),
        ("[agents.an]\n[[rotas]]\n", "rotas\\[0\\].dates: missing"),
        ("[agents.an]\n[[rotas]]\ndates = []", "rotas\\[0\\]: rota '': it is for no date"),
        ('[agents.an]\n[[leave]]\nagent = "bo"', "leave\\[0\\].agent: there is no agent 'bo'"),
        (
            '[agents.an]\n[[leave]]\nagent = "an"\nfirst = 2026-03-02\nlast = 2026-03-01',
            "leave\\[0\\]: leave from .*: it ends before it lasts",
        ),
        (
            '[agents.an]\n[[leave]]\nagent = "an"\nstart = 2026-03-02\nend = 2026-03-03',
            "leave\\[0\\].start: a local time is meant",
        ),
        (
            '[agents.an]\n[[swaps]]\non = 2026-03-02\ngiver = "an"\ntaker = "an"',
            "swaps\\[0\\]: swap on 2026-03-02: 'an' cannot take over from themselves",
        ),
    ],
)
def test_what_is_wrong_is_told_by_its_key_path(text, says):
    with pytest.raises(RoutingError, match=says) as caught:
        load_roster(text, "r.toml")
    assert str(caught.value).startswith("r.toml")
    assert str(caught.value).count("r.toml") == 1
