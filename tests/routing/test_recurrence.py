"""On which dates a shift begins: rules and dates, and what is neither."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import DAILY, FR, MO, TU, WEEKLY, rrule, rruleset
from hypothesis import assume, given
from hypothesis import strategies as st

from ticketrules.errors import RoutingError
from ticketrules.routing import (
    Recurrence,
    recurrence,
)

FIRST = date(2026, 3, 2)
"""A Monday."""


def at(text, zone="Asia/Shanghai"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def dates(value, first=FIRST, last=FIRST + timedelta(days=20), **parts):
    return [day.day for day in sorted(recurrence(value, **parts).between(first, last))]


class TestRecurrence:
    """RFC 5545's rules, as coarse as a day."""

    def test_text_objects_and_dates_say_the_same(self):
        wanted = [2, 9, 16]
        assert dates("FREQ=WEEKLY;BYDAY=MO", since=FIRST) == wanted
        assert dates("RRULE:FREQ=WEEKLY;BYDAY=MO", since=FIRST) == wanted
        assert dates("DTSTART:20260302T090000\nRRULE:FREQ=WEEKLY") == wanted
        start = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - the desk's wall clock
        assert dates(rrule(WEEKLY, dtstart=start, byweekday=MO)) == wanted
        assert dates([date(2026, 3, day) for day in (16, 2, 9, 2)]) == wanted
        assert dates(FIRST) == [2]

    def test_a_set_has_more_and_fewer_dates(self):
        several = rruleset()
        start = datetime(2026, 3, 2, 9)  # noqa: DTZ001
        several.rrule(rrule(DAILY, dtstart=start, count=4))
        several.rdate(start + timedelta(days=8))
        several.exdate(start + timedelta(days=1))
        assert dates(several) == [2, 4, 5, 10]
        text = "DTSTART:20260302\nRRULE:FREQ=DAILY;COUNT=4\nRDATE:20260310\nEXDATE:20260303"
        assert recurrence(several) == recurrence(text)

    def test_dates_alone_may_be_lines_too(self):
        text = "RDATE:20260309,20260302T090000\n\nEXDATE:20260309\n"
        assert recurrence(text) == Recurrence(
            dates=[FIRST, FIRST.replace(day=9)], except_dates=[FIRST.replace(day=9)]
        )
        assert dates(text) == [2]
        assert dates("RDATE:20260302,20260303,20260304\nEXDATE:20260303,20260304") == [2]
        several = (
            "RDATE:20260302\nRDATE:20260303,20260304,20260305\nEXDATE:20260304\nEXDATE:20260305"
        )
        assert dates(several) == [2, 3]

    def test_a_set_whose_rules_begin_apart_is_several_shifts(self):
        several = rruleset()
        for day in (2, 3):
            several.rrule(rrule(DAILY, dtstart=datetime(2026, 3, day)))  # noqa: DTZ001
        with pytest.raises(
            RoutingError, match=r"^rules of one set begin on different dates; make a shift of each"
        ):
            recurrence(several)

    def test_a_set_of_dates_alone_has_no_first_date(self):
        several = rruleset()
        several.rdate(datetime(2026, 3, 9, 9))  # noqa: DTZ001
        assert recurrence(several) == Recurrence(dates=[FIRST.replace(day=9)])

    def test_a_set_with_an_excluding_rule_is_refused(self):
        several = rruleset()
        several.exrule(rrule(DAILY, dtstart=datetime(2026, 3, 2)))  # noqa: DTZ001
        with pytest.raises(RoutingError, match=r"^EXRULE has left the standard"):
            recurrence(several)

    def test_a_set_says_what_its_lines_say(self):
        start = datetime(2026, 3, 2, 9)  # noqa: DTZ001
        several = rruleset()
        for day in (TU, FR):
            several.rrule(rrule(WEEKLY, dtstart=start, byweekday=day))
        text = "DTSTART:20260302\nRRULE:FREQ=WEEKLY;BYDAY=TU\nRRULE:FREQ=WEEKLY;BYDAY=FR"
        assert recurrence(several) == recurrence(text)

    @pytest.mark.parametrize(
        ("name", "make"),
        [
            ("DTSTART", lambda several, at: several.rrule(rrule(DAILY, dtstart=at, count=2))),
            ("RDATE", lambda several, at: several.rdate(at)),
            ("EXDATE", lambda several, at: several.exdate(at)),
        ],
    )
    def test_a_time_with_a_zone_is_refused_wherever_it_stands(self, name, make):
        several = rruleset()
        several.rdate(datetime(2026, 3, 2))  # noqa: DTZ001
        make(several, at("2026-03-02 09:00", "Europe/Berlin"))
        with pytest.raises(RoutingError, match=f"^rule '{name}:.*without a time zone"):
            recurrence(several)
        for rule in several._rrule:
            with pytest.raises(RoutingError, match="without a time zone"):
                recurrence(rule)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("DTSTART:99991230\nRRULE:FREQ=DAILY", [30, 31]),
            ("DTSTART:00010101\nRRULE:FREQ=DAILY;UNTIL=00010103", [1, 2, 3]),
        ],
    )
    def test_the_ends_of_the_calendar(self, text, found):
        assert dates(text, first=date.min, last=date.max) == found

    def test_rules_need_a_date_to_count_from(self):
        with pytest.raises(RoutingError, match="'FREQ=DAILY': it needs a first date"):
            Recurrence(rules=("FREQ=DAILY",))

    def test_equal_rules_are_equal_values(self):
        one = recurrence("freq=weekly;byday=MO", date(2026, 2, 25))
        assert one == recurrence("FREQ=WEEKLY;BYDAY=MO;", FIRST)
        assert hash(one) == hash(recurrence("FREQ=WEEKLY;BYDAY=MO", FIRST))
        assert recurrence(one) is one
        weekly = recurrence("FREQ=WEEKLY", FIRST)
        assert recurrence("INTERVAL=1;FREQ=WEEKLY", FIRST) == weekly
        assert recurrence("INTERVAL=01;FREQ=WEEKLY", FIRST) == weekly
        assert weekly.rules == ("FREQ=WEEKLY",)
        assert recurrence("COUNT=2;BYDAY=MO;FREQ=WEEKLY", FIRST).rules == (
            "FREQ=WEEKLY;BYDAY=MO;COUNT=2",
        )

    def test_what_is_counted_is_counted_from_the_first_date_whatever_is_asked_about(self):
        assert dates("FREQ=DAILY;COUNT=12", since=FIRST, first=FIRST.replace(day=10)) == [
            10, 11, 12, 13,
        ]  # fmt: skip
        assert dates("FREQ=WEEKLY;COUNT=2", since=FIRST, first=FIRST.replace(day=9)) == [9]

    def test_some_dates_may_be_taken_away(self):
        daily, gone = recurrence("FREQ=DAILY", FIRST), FIRST.replace(day=4)
        assert daily.without([gone]).except_dates == (gone,)
        assert daily.without([date(2026, 3, 1)]) == daily
        assert recurrence([FIRST, gone]).without([gone]) == recurrence(FIRST)

    def test_every_third_day(self):
        assert dates("FREQ=DAILY;INTERVAL=3", since=FIRST) == [2, 5, 8, 11, 14, 17, 20]

    def test_until_is_the_last_date_or_the_one_before(self):
        assert dates("FREQ=DAILY;UNTIL=20260304", since=FIRST) == [2, 3, 4]
        assert dates("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;UNTIL=20260304T090000") == [2, 3, 4]
        assert dates("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;UNTIL=20260304T085959") == [2, 3]

    def test_several_rules_count_from_one_date(self):
        text = "DTSTART:20260302\nRRULE:FREQ=WEEKLY;BYDAY=TU\nRRULE:FREQ=WEEKLY;BYDAY=FR"
        assert dates(text) == [3, 6, 10, 13, 17, 20]

    @given(
        freq=st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
        interval=st.integers(1, 5),
        extra=st.sampled_from(
            ("", ";BYDAY=MO,WE", ";BYDAY=SU;WKST=SU", ";COUNT=40", ";BYMONTH=3,4", ";BYMONTHDAY=1")
        ),
        since=st.integers(0, 2000).map(lambda days: FIRST - timedelta(days=days)),
        ahead=st.integers(0, 400),
    )
    def test_a_window_has_what_the_whole_has(self, freq, interval, extra, since, ahead):
        assume(not (freq == "MONTHLY" and "BYMONTH=" in extra))  # some of these never come
        rule = recurrence(f"FREQ={freq};INTERVAL={interval}{extra}", since)
        first = FIRST + timedelta(days=ahead)
        last = first + timedelta(days=30)
        whole = rule.between(rule.since, last)
        assert rule.between(first, last) == {day for day in whole if first <= day}

    @pytest.mark.parametrize(
        ("value", "says"),
        [
            ("FREQ=WEEKLY", "it needs a first date"),
            (
                "DTSTART:20260302\nRRULE:FREQ=HOURLY",
                "one of YEARLY, MONTHLY, WEEKLY, DAILY",
            ),
            ("DTSTART:20260302\nRRULE:BYDAY=MO", "FREQ must be one of"),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY;BYHOUR=9", "BYHOUR has no meaning here"),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY;FREQ=DAILY", "stands twice"),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY;COUNT", "'COUNT' is no part of a rule"),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY;COUNT=", "'COUNT=' is no part of a rule"),
            ("DTSTART:20260302\nRRULE:nonsense", "'NONSENSE' is no part of a rule"),
            ("", "a rule or dates are meant"),
            ("DTSTART:20260302\nRRULE:FREQ=WEEKLY;BYDAY=XX", "no recurrence rule of RFC 5545"),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY;COUNT=0", "COUNT is a whole number from 1 to"),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY;COUNT=x", "COUNT is a whole number from 1 to"),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY;COUNT=３", "COUNT is a whole number from 1 to"),
            (f"DTSTART:20260302\nRRULE:FREQ=DAILY;COUNT={'9' * 5000}", "COUNT is a whole number"),
            (f"DTSTART:20260302\nRRULE:FREQ=DAILY;INTERVAL={'9' * 5000}", "INTERVAL is a whole"),
            (
                "DTSTART:20260302\nRRULE:FREQ=DAILY;COUNT=3;UNTIL=20260310",
                ": it ends with UNTIL or with COUNT, not with both",
            ),
            (
                "DTSTART:20260302\nRRULE:FREQ=DAILY;INTERVAL=1=2",
                "INTERVAL is a whole number from 1 to 999999999, not 1=2",
            ),
            (
                "DTSTART:2026-03-02T09:00:00\nRRULE:FREQ=DAILY",
                "'2026-03-02T09:00:00' is no date such as 20260302",
            ),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY;UNTIL=20260301", "it never comes"),
            ("DTSTART:00010101T090000\nRRULE:FREQ=DAILY;UNTIL=00010101T080000", "it never comes"),
            (
                "DTSTART:20260302\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                "it never comes",
            ),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY;UNTIL=20260305T010000Z", "without a time zone"),
            ("DTSTART:2026-03-02\nRRULE:FREQ=DAILY", "is no date such as 20260302"),
            ("DTSTART:20260230\nRRULE:FREQ=DAILY", "is no date such as 20260302"),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY", "^EXRULE has left"),
            ("SUMMARY:x", "^rule 'SUMMARY:x': a line of DTSTART, RRULE, RDATE or EXDATE"),
            (
                "DTSTART:20260302\nRRULE:FREQ=MONTHLY;INTERVAL=0",
                "INTERVAL is a whole number from 1",
            ),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY;INTERVAL=-1", "INTERVAL is a whole number from 1"),
            ("DTSTART:20260302\nRRULE:FREQ=DAILY;INTERVAL=x", "INTERVAL is a whole number from 1"),
            ("DTSTART:20260302\nDTSTART:20260303\nRRULE:FREQ=DAILY", ": DTSTART stands twice"),
            ("DTSTART;TZID=Asia/Shanghai:20260302\nRRULE:FREQ=DAILY", "without a time zone"),
            ("EXDATE;TZID=Asia/Shanghai:20260302", "without a time zone"),
            ("EXDATE:20260302", "a rule or dates are meant"),
            (rruleset(), "a rule or dates are meant"),
            (["2026-03-02"], "^dates: '2026-03-02' is no date"),
            ([datetime(2026, 3, 2)], "is no date"),  # noqa: DTZ001
        ],
    )
    def test_what_is_none_is_refused_by_name(self, value, says):
        with pytest.raises(RoutingError, match=says):
            recurrence(value)
