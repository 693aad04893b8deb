"""Rosters in TOML, and the key path of whatever is wrong in one."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from ticketrules.errors import RoutingError
from ticketrules.routing import (
    Agent,
    Leave,
    Recurrence,
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


LEAVE = '[agents.an]\n[[leave]]\nagent = "an"\n'
SHIFT = '[agents.an]\n[[shifts]]\nagent = "an"\nhours = "09:00-18:00"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("agents = 1 1", "r.toml:1: not TOML"),
        ("", "agents: missing; expected a table \\[agents.ID\\] for each agent"),
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
        (
            "[agents.an]\n[[rotas]]\n",
            "rotas\\[0\\].dates: missing; expected a list of dates$",
        ),
        ("[agents.an]\n[[rotas]]\ndates = []", "rotas\\[0\\]: rota '': it is for no date"),
        ('[agents.an]\n[[leave]]\nagent = "bo"', "leave\\[0\\].agent: there is no agent 'bo'"),
        (
            LEAVE + "first = 2026-03-02\nlast = 2026-03-01",
            "leave\\[0\\]: leave from .*: it ends before it lasts",
        ),
        (
            LEAVE + "start = 2026-03-02\nend = 2026-03-03",
            "leave\\[0\\].start: a local time is meant, such as 2026-03-02T09:00:00, not date$",
        ),
        (
            "[agents.an]\n[[leave]]\nfirst = 2026-03-02",
            "leave\\[0\\].agent: missing; expected an agent's id$",
        ),
        (
            LEAVE,
            "leave\\[0\\].first: missing; expected a date, or `start` and `end`",
        ),
        (
            LEAVE + "first = 2026-03-02T00:00:00",
            "leave\\[0\\].first: a date is meant, such as 2026-03-02 without quotes, not datetime",
        ),
        (
            LEAVE + "start = 2026-03-02T09:00:00",
            "leave\\[0\\].end: missing; expected a local time such as 2026-03-02T09:00:00",
        ),
        (
            LEAVE + "start = 2026-03-02T09:00:00Z\nend = 2026-03-03T00:00:00",
            "leave\\[0\\].start: a local time is meant, .*, without a zone",
        ),
        (
            LEAVE + "start = 2026-03-02T09:00:00\nend = 2026-03-02T09:00:00",
            "leave\\[0\\]: leave from .*: it ends before it lasts",
        ),
        (
            LEAVE + "from = 2026-03-02",
            "leave\\[0\\].from: unknown key",
        ),
        (SHIFT + "date = [2026-03-02]", "shifts\\[0\\].date: unknown key; did you mean 'dates'"),
        (SHIFT.replace("hours", "hour"), "shifts\\[0\\].hour: unknown key; did you mean 'hours'"),
        (
            '[agents.an]\n[[shifts]]\nagent = "an"\ndates = [2026-03-02]',
            "shifts\\[0\\].hours: missing; expected a window such as '09:00-18:00'",
        ),
        (
            SHIFT + 'rule = "FREQ=DAILY"\nsince = "2026-03-02"',
            "shifts\\[0\\].since: a date",
        ),
        (SHIFT + "dates = 2026-03-02", "shifts\\[0\\].dates: expected a list"),
        (SHIFT + "rule = 3", "shifts\\[0\\].rule: expected text"),
        (SHIFT + "name = 3\ndates = [2026-03-02]", "shifts\\[0\\].name: expected text"),
        ("[agents.an]\nname = 3", "agents.an.name: expected text"),
        ('agents = ["an"]', "agents: expected a table, not list"),
        ("zone = 8\n[agents]", "zone: expected text"),
        ("[agents.an]\n[[rotas]]\nday = []", "rotas\\[0\\].day: unknown key"),
        (
            '[agents.an]\n[[rotas]]\ndates = [2026-03-02]\n[[rotas.shifts]]\nagent = "an"',
            "rotas\\[0\\].shifts\\[0\\].hours: missing",
        ),
        (
            '[agents.an]\n[[swaps]]\ngiver = "an"\ntaker = "bo"',
            "swaps\\[0\\].on: missing; expected a date",
        ),
        (
            '[agents.an]\n[[swaps]]\non = 2026-03-02\ntaker = "bo"',
            "swaps\\[0\\].giver: missing; expected an agent's id",
        ),
        ("[agents.an]\n[[swaps]]\nto = 3", "swaps\\[0\\].to: unknown key"),
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


def test_dates_may_have_exceptions():
    text = SHIFT + "dates = [2026-03-02, 2026-03-03]\nexcept = [2026-03-03]"
    (shift,) = load_roster(text).shifts
    assert shift.on.between(date(2026, 3, 1), date(2026, 3, 9)) == {date(2026, 3, 2)}


def test_a_text_without_a_name_is_called_a_roster():
    with pytest.raises(RoutingError, match="<roster>: agents: missing"):
        load_roster("")


def test_what_is_left_out_is_the_usual():
    text = """
zone = "Europe/Berlin"
[agents.an]
[[shifts]]
agent = "an"
hours = "09:00-18:00"
rule = "DTSTART:20260302\\nRRULE:FREQ=DAILY\\nRDATE:20260228\\nEXDATE:20260304"
dates = [2026-03-01]
except = [2026-03-03]
[[leave]]
agent = "an"
first = 2026-03-09
[[leave]]
agent = "an"
start = 2026-03-16T13:00:00
end = 2026-03-16T15:00:00
why = "Arzt"
"""
    berlin = ZoneInfo("Europe/Berlin")
    hours = (datetime(2026, 3, 16, hour, tzinfo=berlin) for hour in (13, 15))
    day = date(2026, 3, 9)
    leave = [Leave.on(day, day, "Europe/Berlin"), Leave(*hours, "Arzt")]
    roster = load_roster(text)
    assert roster == Roster(
        agents=[Agent(id="an", leave=leave)],
        shifts=[
            Shift(
                agent="an",
                hours="09:00-18:00",
                on=Recurrence(
                    rules=("FREQ=DAILY",),
                    since=date(2026, 3, 2),
                    dates=[date(2026, 2, 28), date(2026, 3, 1)],
                    except_dates=[date(2026, 3, 3), date(2026, 3, 4)],
                ),
            )
        ],
        zone="Europe/Berlin",
    )
    assert load_roster("[agents]") == Roster(agents=[])
    assert load_roster("[agents]").zone == "Asia/Shanghai"
