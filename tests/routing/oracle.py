"""A roster that is asked minute by minute, written without a line of the library's.

A plain roster is made of plain things: shifts as (agent, opening and closing minute, test of a
date), leave as stretches, rotas and swaps by date. Whether an agent is there is asked of each
minute anew, on the wall clock that the zone shows then.
"""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def weekly(weekdays, every, since):
    """Some weekdays of every so many weeks, weeks beginning on Monday."""
    monday = since - since.weekday() * DAY
    return lambda day: (
        day >= since and day.weekday() in weekdays and (day - monday).days // 7 % every == 0
    )


def daily(every, since):
    """Every so many days."""
    return lambda day: day >= since and (day - since).days % every == 0


def monthly(number, since):
    """One day of each month that has it."""
    return lambda day: day >= since and day.day == number


class PlainRoster:
    """Asked of one minute at a time."""

    def __init__(self, zone):
        self.zone = ZoneInfo(zone)
        self.skills = {}
        self.shifts = []
        self.rotas = {}
        self.swaps = []
        self.leave = []

    def holder(self, day, agent):
        """Who works an agent's shifts of a date."""
        for on, giver, taker in self.swaps:
            if on == day and giver == agent:
                return taker
        return agent

    def begun(self, day):
        """The shifts that begin on a date, each with whoever works it."""
        shifts = self.rotas.get(day, self.shifts)
        return [
            (self.holder(day, agent), opens, closes)
            for agent, opens, closes, comes in shifts
            if comes(day)
        ]

    def there(self, at):
        """The agents who are there at an instant."""
        wall = at.astimezone(self.zone)
        minute = wall.hour * 60 + wall.minute
        found = {
            agent
            for back in (0, 1)
            for agent, opens, closes in self.begun(wall.date() - back * DAY)
            if opens <= minute + back * 1440 < closes
        }
        return {
            agent
            for agent in found
            if not any(a <= at < b for name, a, b in self.leave if name == agent)
        }

    def count(self, at, skill):
        """How many of them have a skill."""
        return sum(skill is None or skill in self.skills[agent] for agent in self.there(at))

    def gaps(self, serves, start, end, skill, minimum):
        """The stretches of service with too few, each with the fewest in it."""
        found = []
        at = start.astimezone(UTC)
        while at < end:
            count = self.count(at, skill) if serves(at.astimezone(self.zone)) else minimum
            if count < minimum:
                if found and found[-1][1] == at:
                    found[-1] = (found[-1][0], at + MINUTE, min(found[-1][2], count))
                else:
                    found.append((at, at + MINUTE, count))
            at += MINUTE
        return found
