"""Rosters as iCalendar files: there and back, and what cannot be one (RFC 5545)."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, settings
from icalendar import Calendar

from ticketrules.clauses import Text
from ticketrules.errors import RoutingError
from ticketrules.routing import (
    Agent,
    Leave,
    Recurrence,
    Roster,
    Rota,
    Shift,
    Swap,
    flat_shifts,
    read_icalendar,
    recurrence,
    write_icalendar,
)

from .test_coverage import rosters

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
PEOPLE = (Agent(id="an", name="安", skills={"db"}), Agent(id="bo", capacity=3))

RULES = (
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA",
    "FREQ=DAILY;COUNT=10",
    "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231",
    "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1,2,3",
)
ROSTER = Roster(
    agents=[
        evolve(PEOPLE[0], leave=[Leave.on(date(2026, 3, 9), date(2026, 3, 13), why="年假")]),
        evolve(PEOPLE[1], leave=[Leave(NOW, NOW + timedelta(hours=3), Text("ill", "病假"))]),
    ],
    shifts=[
        *(
            Shift(agent="an", hours="22:00-06:00", on=recurrence(rule, date(2026, 3, 2)))
            for rule in RULES
        ),
        Shift(agent="bo", hours="09:00-18:00", on=date(2026, 3, 7), name="调休"),
        Shift(
            agent="bo",
            hours="09:00-12:30",
            on=recurrence(
                "DTSTART:20260302\nRRULE:FREQ=DAILY\nEXDATE:20260305\nRDATE:20260101,20260201"
            ),
        ),
    ],
)


def bare(roster):
    """The agents as a host has them, whose leave is in the file."""
    return [evolve(agent, leave=()) for agent in roster.agents]


def file(*lines, head=("X-WR-TIMEZONE:Asia/Shanghai",)):
    """A file with one entry of these lines."""
    return "\r\n".join(
        (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//x//",
            *head,
            "BEGIN:VEVENT",
            "UID:u1",
            *lines,
            "END:VEVENT",
            "END:VCALENDAR",
        )
    )


MINE = "X-TICKETRULES-AGENT:an"
NINE = ("DTSTART;TZID=Asia/Shanghai:20260302T090000", "DTEND;TZID=Asia/Shanghai:20260302T180000")


class TestThereAndBack:
    """What is written is read as it was."""

    def test_rules_dates_exceptions_and_leave_come_back(self):
        assert read_icalendar(write_icalendar(ROSTER, NOW), bare(ROSTER)) == ROSTER

    def test_the_text_is_the_same_every_time(self):
        text = write_icalendar(ROSTER, NOW)
        again = read_icalendar(text, bare(ROSTER))
        assert write_icalendar(again, NOW.astimezone(SHANGHAI)) == text

    def test_other_readers_take_it(self):
        read = Calendar.from_ical(write_icalendar(ROSTER, NOW))
        events = read.walk("VEVENT")
        assert len(events) == len(ROSTER.shifts) + 2
        assert [event.errors for event in events] == [[]] * len(events)
        assert len({str(event["UID"]) for event in events}) == len(events)
        assert read.get_missing_tzids() == set()

    def test_it_says_what_rfc_5545_asks_for(self):
        roster = Roster(
            agents=[evolve(PEOPLE[0], leave=[Leave(NOW, NOW + timedelta(hours=3), "ill")])],
            shifts=[
                Shift(agent="an", hours="22:00-06:00", on=recurrence(RULES[3], date(2026, 3, 2))),
                Shift(agent="an", hours="09:00-18:00", on=date(2026, 3, 7), name="调休"),
            ],
        )
        made = Calendar.from_ical(write_icalendar(roster, NOW))
        assert (made["PRODID"], made["VERSION"]) == ("-//ticketrules//roster//EN", "2.0")
        night, named, leave = made.walk("VEVENT")
        assert [event["UID"] for event in (night, named, leave)] == [
            "shift-1@ticketrules", "shift-2@ticketrules", "leave-1@ticketrules",
        ]  # fmt: skip
        assert [event["SUMMARY"] for event in (night, named, leave)] == ["安", "调休", "ill"]
        assert all(event["DTSTAMP"].dt == NOW for event in (night, named, leave))
        assert night["DTSTART"].params["TZID"] == night["DTEND"].params["TZID"] == "Asia/Shanghai"

    @pytest.mark.parametrize("machine", ["UTC", "America/New_York"])
    def test_where_a_rule_ends_is_an_instant_in_utc_whatever_the_machine_s_zone(
        self, machine, monkeypatch
    ):
        on = recurrence("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231", date(2026, 3, 2))
        roster = Roster(agents=PEOPLE, shifts=[Shift(agent="an", hours="22:00-06:00", on=on)])
        with monkeypatch.context() as patch:
            patch.setenv("TZ", machine)
            time.tzset()
            text = write_icalendar(roster, NOW)
        time.tzset()
        assert "UNTIL=20261231T140000Z" in text

    def test_a_rule_s_first_date_may_be_one_that_is_taken_out(self):
        on = recurrence("DTSTART:20260302\nRRULE:FREQ=DAILY\nEXDATE:20260302")
        roster = Roster(agents=PEOPLE, shifts=[Shift(agent="an", hours="09:00-18:00", on=on)])
        assert read_icalendar(write_icalendar(roster, NOW), PEOPLE) == roster

    def test_rotas_and_swaps_are_written_as_the_dates_they_come_to(self):
        every_day = recurrence("FREQ=DAILY", date(2026, 3, 2))
        roster = Roster(
            agents=PEOPLE,
            shifts=[Shift(agent="an", hours="09:00-18:00", on=every_day)],
            rotas=[
                Rota(
                    dates=[date(2026, 3, 4)],
                    shifts=[Shift(agent="bo", hours="10:00-12:00", on=every_day)],
                )
            ],
            swaps=[Swap(on=date(2026, 3, 3), giver="an", taker="bo")],
        )
        assert [(shift.agent, shift.on.dates) for shift in flat_shifts(roster)] == [
            ("an", ()),
            ("bo", (date(2026, 3, 3),)),
            ("bo", (date(2026, 3, 4),)),
        ]
        again = read_icalendar(write_icalendar(roster, NOW), PEOPLE)
        start = datetime(2026, 3, 1, tzinfo=SHANGHAI)
        end = start + timedelta(days=9)
        assert again.presence(start, end) == roster.presence(start, end)

    def test_of_a_shift_that_is_given_away_whole_only_the_taker_s_is_written(self):
        once = Shift(agent="an", hours="09:00-18:00", on=Recurrence(dates=[date(2026, 3, 3)]))
        swap = Swap(on=date(2026, 3, 3), giver="an", taker="bo")
        roster = Roster(agents=PEOPLE, shifts=[once], swaps=[swap])
        assert flat_shifts(roster) == (evolve(once, agent="bo"),)

    @settings(deadline=None, max_examples=40)
    @given(rosters=rosters())
    def test_any_roster_says_the_same_afterwards(self, rosters):
        roster, _plain, start = rosters
        again = read_icalendar(write_icalendar(roster, NOW), bare(roster))
        first = start.astimezone(UTC) - timedelta(days=3)
        last = first + timedelta(days=40)
        assert again.presence(first, last) == roster.presence(first, last)
        assert again == evolve(roster, shifts=flat_shifts(roster), rotas=(), swaps=())

    def test_agents_are_made_where_none_are_given(self):
        read = read_icalendar(write_icalendar(ROSTER, NOW))
        assert [agent.id for agent in read.agents] == ["an", "bo"]


class TestFromElsewhere:
    """Files that other programs wrote."""

    def on(self, *lines, **parts):
        roster = read_icalendar(file(*lines), **parts)
        start = datetime(2026, 3, 1, tzinfo=SHANGHAI)
        (stretches,) = roster.presence(start, start + timedelta(days=14)).values()
        return [f"{a:%d %H:%M}-{b:%d %H:%M}" for a, b in stretches]

    def test_an_instant_in_utc_and_one_of_another_zone(self):
        assert self.on(MINE, "DTSTART:20260302T010000Z", "DTEND:20260302T100000Z") == [
            "02 09:00-02 18:00"
        ]
        berlin = ("DTSTART;TZID=Europe/Berlin:20260302T090000", "DURATION:PT2H")
        assert self.on(MINE, *berlin) == ["02 16:00-02 18:00"]

    OWN = (
        "BEGIN:VTIMEZONE",
        "TZID:Own",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0700",
        "TZOFFSETTO:+0700",
        "TZNAME:OWN",
        "END:STANDARD",
        "END:VTIMEZONE",
    )
    IN_OWN = ("DTSTART;TZID=Own:20260302T090000", "DURATION:PT2H")

    def test_a_zone_of_the_file_s_own_tells_instants_and_no_rule(self):
        head = ("X-WR-TIMEZONE:Asia/Shanghai", *self.OWN)
        (shift,) = read_icalendar(file(MINE, *self.IN_OWN, head=head)).shifts
        assert str(shift.hours) == "10:00-12:00"
        says = "DTSTART: a rule in .*Own.* cannot be one in Asia/Shanghai"
        with pytest.raises(RoutingError, match=says):
            read_icalendar(file(MINE, *self.IN_OWN, "RRULE:FREQ=DAILY", head=head))

    def test_an_hour_that_a_clock_change_skips_stays_what_the_wall_says(self):
        skipped = (
            "DTSTART;TZID=Europe/Berlin:20260329T023000",
            "DTEND;TZID=Europe/Berlin:20260329T060000",
        )
        head = ("X-WR-TIMEZONE:Europe/Berlin",)
        (shift,) = read_icalendar(file(MINE, *skipped, head=head)).shifts
        assert str(shift.hours) == "02:30-06:00"

    def test_a_time_without_a_zone_is_the_desk_s(self):
        assert self.on(MINE, "DTSTART:20260302T090000", "DTEND:20260302T100000") == [
            "02 09:00-02 10:00"
        ]

    @pytest.mark.parametrize(
        ("until", "days"), [("20260304T010000Z", 3), ("20260304T005959Z", 2), ("20260304", 3)]
    )
    def test_until_is_an_instant(self, until, days):
        assert len(self.on(MINE, *NINE, f"RRULE:FREQ=DAILY;UNTIL={until}")) == days

    def test_until_the_end_of_the_calendar_is_for_ever(self):
        rule = "RRULE:FREQ=DAILY;UNTIL=99991231T235959Z"
        assert self.on(MINE, *NINE, rule) == self.on(MINE, *NINE, "RRULE:FREQ=DAILY")

    def test_an_exception_in_utc(self):
        rule = "RRULE:FREQ=DAILY;COUNT=3"
        assert self.on(MINE, *NINE, rule, "EXDATE:20260303T010000Z") == [
            "02 09:00-02 18:00",
            "04 09:00-04 18:00",
        ]

    def test_a_moved_date_and_a_cancelled_one(self):
        moved = (
            "END:VEVENT",
            "BEGIN:VEVENT",
            "UID:u1",
            MINE,
            "RECURRENCE-ID;TZID=Asia/Shanghai:20260303T090000",
            "DTSTART;TZID=Asia/Shanghai:20260303T100000",
            "DTEND;TZID=Asia/Shanghai:20260303T120000",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "UID:u1",
            MINE,
            "STATUS:CANCELLED",
            "RECURRENCE-ID;TZID=Asia/Shanghai:20260304T090000",
            *(line.replace("0302", "0304") for line in NINE),
        )
        assert self.on(MINE, *NINE, "RRULE:FREQ=DAILY;COUNT=4", *moved) == [
            "02 09:00-02 18:00",
            "03 10:00-03 12:00",
            "05 09:00-05 18:00",
        ]

    def test_a_date_that_is_taken_out_and_one_put_in(self):
        rule = (
            "RRULE:FREQ=DAILY;COUNT=2",
            "EXDATE;VALUE=DATE:20260303",
            "RDATE;VALUE=DATE:20260306",
        )
        assert self.on(MINE, *NINE, *rule) == ["02 09:00-02 18:00", "06 09:00-06 18:00"]
        put_in = "RDATE;TZID=Asia/Shanghai:20260304T090000,20260305T090000"
        assert self.on(MINE, *NINE, put_in, "EXDATE;VALUE=DATE:20260302") == [
            "04 09:00-04 18:00",
            "05 09:00-05 18:00",
        ]

    def test_an_entry_whose_only_date_went_elsewhere_says_nothing(self):
        moved = (
            "END:VEVENT",
            "BEGIN:VEVENT",
            "UID:u1",
            MINE,
            "RECURRENCE-ID;VALUE=DATE:20260302",
            "DTSTART;TZID=Asia/Shanghai:20260304T220000",
            "DTEND;TZID=Asia/Shanghai:20260305T060000",
        )
        assert self.on(MINE, *NINE, *moved) == ["04 22:00-05 06:00"]
        (shift,) = read_icalendar(file(MINE, *NINE, *moved)).shifts
        assert shift.on == recurrence(date(2026, 3, 4))

    @pytest.mark.parametrize(
        "line",
        ["SUMMARY:小安 早班", "ATTENDEE:mailto:an@example.org", "ATTENDEE:MAILTO:an@example.org"],
    )
    def test_whose_it_is_may_be_told_by_the_host(self, line):
        people = {"小安 早班": "an", "an@example.org": "an"}
        assert self.on(line, *NINE, people=people) == ["02 09:00-02 18:00"]

    @pytest.mark.parametrize(
        "line",
        [
            "CATEGORIES:Ferien,leave",
            "CATEGORIES:LEAVE\r\nCATEGORIES:x",
        ],
    )
    def test_leave_is_told_by_one_of_the_categories(self, line):
        roster = read_icalendar(file(MINE, line, *NINE, "SUMMARY:ill"))
        assert roster.agents[0].leave == (
            Leave(NOW.replace(day=2, hour=1), NOW.replace(day=2, hour=10), "ill"),
        )

    def test_what_is_no_leave_is_a_shift(self):
        assert self.on(MINE, "CATEGORIES:x", *NINE) == ["02 09:00-02 18:00"]

    def test_days_of_leave(self):
        day = ("CATEGORIES:LEAVE", "DTSTART;VALUE=DATE:20260303")
        roster = read_icalendar(file(MINE, *day))
        assert roster.agents[0].leave == (Leave.on(date(2026, 3, 3), date(2026, 3, 3)),)


class TestBadFiles:
    """Refused by the component and what was expected of it."""

    @pytest.mark.parametrize(
        ("lines", "says"),
        [
            ((*NINE,), "^VEVENT u1: whose it is"),
            ((MINE,), "VEVENT u1: DTSTART is missing"),
            ((MINE, NINE[0]), "VEVENT u1: DTEND or DURATION is missing"),
            (
                (MINE, NINE[0], "DTEND;TZID=Asia/Shanghai:20260302T080000"),
                "VEVENT u1: shift of 'an' from 2026-03-02T09:00:00: it ends before it starts",
            ),
            (
                (MINE, NINE[0], "DTEND;TZID=Asia/Shanghai:20260304T080000"),
                "VEVENT u1: shift of 'an' from .*: it lasts more than a day",
            ),
            (
                (MINE, NINE[0], "DTEND;VALUE=DATE:20260304"),
                "VEVENT u1: DTEND: a date and a time are mixed",
            ),
            ((MINE, *NINE, NINE[1]), "VEVENT u1: DTEND: it stands twice"),
            ((MINE, f"DTSTART;TZID={'9' * 400}:20260302T080000"), "no iCalendar file"),
            (
                (MINE, *NINE, "RRULE:20260302", "RRULE:FREQ=DAILY"),
                "u1: RRULE: .* is no part of a rule",
            ),
            (
                (MINE, "DTSTART;VALUE=DATE:20260302"),
                "VEVENT u1: an all-day entry is no shift; leave has CATEGORIES:LEAVE$",
            ),
            ((MINE, "DTSTART:nonsense", NINE[1]), "VEVENT u1: DTSTART: "),
            (
                (MINE, "DTSTART;TZID=No/Where:20260302T090000", "DURATION:PT1H"),
                "VEVENT u1: DTSTART: 'No/Where' is no time zone",
            ),
            ((MINE, *NINE, "RRULE:FREQ=XX"), "VEVENT u1: RRULE: "),
            ((MINE, *NINE, "CATEGORIES;VALUE=TEXT:LEAVE"), "u1: CATEGORIES: names are meant"),
            ((MINE, *NINE, "RRULE:FREQ=HOURLY"), "VEVENT u1: RRULE: rule .* FREQ must be one of"),
            (
                (MINE, *NINE, "RRULE:FREQ=WEEKLY;BYDAY=TU"),
                "VEVENT u1: DTSTART: it is no date of its RRULE",
            ),
            (
                (
                    MINE,
                    "DTSTART;TZID=Europe/Berlin:20260302T090000",
                    "DURATION:PT1H",
                    "RRULE:FREQ=DAILY",
                ),
                "VEVENT u1: DTSTART: a rule in Europe/Berlin cannot be one in Asia/Shanghai",
            ),
            (
                (MINE, *NINE, "RRULE:FREQ=DAILY", "EXDATE;TZID=Asia/Shanghai:20260303T100000"),
                "VEVENT u1: EXDATE: 2026-03-03T10:00:00 is no start of this shift",
            ),
            (
                (MINE, *NINE, "RDATE;VALUE=PERIOD:20260303T010000Z/PT1H"),
                "VEVENT u1: RDATE: a period is no date",
            ),
            (
                (MINE, *NINE, "CATEGORIES:LEAVE", "RRULE:FREQ=DAILY"),
                "VEVENT u1: RRULE: a leave is one stretch",
            ),
            (
                (MINE, *NINE, "CATEGORIES:LEAVE", "RDATE;VALUE=DATE:20260304"),
                "VEVENT u1: RDATE: a leave is one stretch",
            ),
            (
                (MINE, NINE[0], "DTEND;TZID=Asia/Shanghai:20260302T080000", "CATEGORIES:LEAVE"),
                "VEVENT u1: leave from .* ends before it lasts",
            ),
            (("X-TICKETRULES-AGENT:gone", *NINE), "VEVENT u1: there is no agent 'gone'"),
            ((MINE, "X-TICKETRULES-AGENT:bo", *NINE), "u1: X-TICKETRULES-AGENT: it stands twice"),
            ((MINE, *NINE, "UID:u2"), "VEVENT u1: UID: it stands twice"),
            ((MINE, *NINE, "STATUS:X", "STATUS:CANCELLED"), "u1: STATUS: it stands twice"),
            ((MINE, *NINE, "SUMMARY:a", "SUMMARY:b"), "u1: SUMMARY: it stands twice"),
            ((MINE, NINE[0], "DURATION:PT1H", "DURATION:PT2H"), "u1: DURATION: it stands twice"),
            ((MINE, "DTSTART:090000", "DURATION:PT1H"), "u1: DTSTART: a date or a time is meant"),
            ((MINE, "DTSTART:P1D", "DTEND:P2D"), "u1: DTSTART: a date or a time is meant"),
            ((MINE, NINE[0], "DTEND:100000"), "u1: DTEND: a date or a time is meant"),
            ((MINE, NINE[0], "DTEND;TZID=No/Where:20260302T100000"), "u1: DTEND: 'No/Where' is no"),
            ((MINE, NINE[0], "DURATION:20260303"), "u1: DURATION: a length such as PT9H is meant"),
            ((MINE, NINE[0], "DURATION;VALUE=TEXT:PT1H"), "u1: DURATION: a length such as PT9H"),
            ((MINE, "DTSTART;VALUE=TEXT:20260302", NINE[1]), "u1: DTSTART: a date or a time"),
            (
                (MINE, "CATEGORIES:LEAVE", "DTSTART:090000"),
                "u1: DTSTART: a date or a time is meant",
            ),
            (
                (
                    MINE,
                    "CATEGORIES:LEAVE",
                    "DTSTART;TZID=No/Where:20260302T090000",
                    "DURATION:PT1H",
                ),
                "u1: DTSTART: 'No/Where' is no time zone",
            ),
            ((MINE, "CATEGORIES:LEAVE", "DTSTART:00010101T000000", "DURATION:PT1H"), "u1: DTSTART"),
            ((MINE, "CATEGORIES:LEAVE", "DTSTART;VALUE=DATE:99991231"), "u1: DTSTART"),
            (
                (MINE, NINE[0], "DURATION:P3000000D"),
                "VEVENT u1: DURATION: the calendar ends before it does",
            ),
            (
                (MINE, NINE[0], "DURATION:P2912200D"),
                "VEVENT u1: DURATION: a year from 2 to 9998 is meant, not 9999",
            ),
            ((MINE, *NINE, "RECURRENCE-ID:P1D"), "u1: RECURRENCE-ID: a date or a time is meant"),
            (
                (MINE, *NINE, "RECURRENCE-ID;RANGE=THISANDFUTURE:20260302T090000"),
                "u1: RECURRENCE-ID: it moves one date; RANGE is not read",
            ),
            ((MINE, *NINE, "EXDATE;VALUE=TIME:090000"), "u1: EXDATE: a date or a time is meant"),
            (
                (MINE, *NINE, "EXDATE;TZID=No/Where:20260302T090000"),
                "u1: EXDATE: 'No/Where' is no time zone",
            ),
            (
                (MINE, *NINE, "RRULE:FREQ=DAILY;UNTIL=20260304T010000Z,20260305T010000Z"),
                "VEVENT u1: RRULE: ",
            ),
        ],
    )
    def test_an_entry(self, lines, says):
        with pytest.raises(RoutingError, match=says):
            read_icalendar(file(*lines), PEOPLE)

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "no iCalendar file"),
            ("nonsense", "no iCalendar file"),
            ("BEGIN:VCALENDAR", "no iCalendar file"),
            ("BEGIN:VEVENT\r\nEND:VEVENT", "VCALENDAR is meant, not VEVENT"),
            (file(*NINE).replace("UID:u1\r\n", ""), "^VEVENT without a UID: whose it is"),
            (file(MINE, *NINE, head=()), "^VCALENDAR: X-WR-TIMEZONE is missing"),
            (file(MINE, *NINE, head=("X-WR-TIMEZONE:Asia/Beijing",)), "'Asia/Beijing' is no IANA"),
            (
                file(MINE, *NINE, "END:VEVENT", "BEGIN:VTODO", "END:VTODO", "BEGIN:VEVENT"),
                "VTODO: only a VEVENT is a shift or a leave",
            ),
        ],
    )
    def test_a_file(self, text, says):
        with pytest.raises(RoutingError, match=says):
            read_icalendar(text)

    @pytest.mark.parametrize(
        ("error", "says"),
        [
            (ValueError("bad line: secret: and more"), "bad line"),
            (ValueError("bad line\nsecret\nand more"), "bad line"),
            (KeyError(), "KeyError"),
        ],
    )
    def test_why_it_cannot_be_parsed_is_told_without_what_stands_in_it(
        self, error, says, monkeypatch
    ):
        def parse(_data):
            raise error

        monkeypatch.setattr(Calendar, "from_ical", parse)
        with pytest.raises(RoutingError, match=f"^no iCalendar file: {says}$"):
            read_icalendar("")

    def test_what_such_a_file_cannot_say(self):
        odd = Shift(agent="an", hours="09:00:00.5-18:00", on=date(2026, 3, 2))
        with pytest.raises(RoutingError, match="no fractions of a second"):
            write_icalendar(Roster(agents=PEOPLE, shifts=[odd]), NOW)
        two = recurrence("DTSTART:20260302\nRRULE:FREQ=WEEKLY;BYDAY=TU\nRRULE:FREQ=WEEKLY;BYDAY=FR")
        with pytest.raises(RoutingError, match="2026-03-02 is a date of none of its rules"):
            write_icalendar(
                Roster(agents=PEOPLE, shifts=[Shift(agent="an", hours="09:00-18:00", on=two)]), NOW
            )
        also = recurrence(
            "RDATE:20260302\nDTSTART:20260302\nRRULE:FREQ=WEEKLY;BYDAY=TU\nRRULE:"
            "FREQ=WEEKLY;BYDAY=FR"
        )
        with pytest.raises(RoutingError, match="2026-03-02 is a date of none of its rules"):
            write_icalendar(
                Roster(agents=PEOPLE, shifts=[Shift(agent="an", hours="09:00-18:00", on=also)]), NOW
            )
