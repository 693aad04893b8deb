"""Policies of every kind that can be written down."""

from datetime import date, timedelta
from zoneinfo import available_timezones

from hypothesis import strategies as st

from ticketrules.calendar import DatedHours, Holiday, Notice, ServiceHours, WeekdayHours
from ticketrules.clauses import Text
from ticketrules.replies import ReplyStandards
from ticketrules.replies.settings import LONGEST
from ticketrules.routing import Routing
from ticketrules.routing.settings import MOST, TIES, URGENCIES
from ticketrules.rulebook import Policy
from ticketrules.sla import (
    CalendarTime,
    PromisedTime,
    Promises,
    SameServiceDay,
    ServiceTime,
    TargetSettings,
    ThresholdSettings,
    Waiting,
    WorkingDays,
)
from ticketrules.sla.settings import LONGEST_PROMISE, LONGEST_WAIT_DAYS
from ticketrules.sla.vocabulary import ALARMS, CONDITIONS, HAPPENINGS
from ticketrules.text import Redaction

AMOUNTS = st.integers(1, int(LONGEST_PROMISE.total_seconds())).map(
    lambda seconds: timedelta(seconds=seconds)
)
STANDARDS = st.builds(
    ReplyStandards,
    longest_reply=st.integers(1, LONGEST),
    enumerate_from=st.integers(2, LONGEST),
    check_spelling=st.booleans(),
)
REDACTIONS = st.builds(
    Redaction,
    id_numbers=st.booleans(),
    phone_numbers=st.booleans(),
    bank_cards=st.booleans(),
    email_addresses=st.booleans(),
)
WORKING_DAYS = st.integers(1, LONGEST_WAIT_DAYS)
ZONES = st.sampled_from(sorted(name for name in available_timezones() if "/" in name))
NAMES = st.text(min_size=1).filter(str.strip)


@st.composite
def windows(draw):
    """Windows of one day that do not overlap."""
    ends = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=6)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return tuple(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in pairs)


DATED_HOURS = st.builds(
    DatedHours,
    on=st.dates(),
    is_open=st.booleans(),
    hours=st.just(()) | windows(),
    name=st.text(),
)
SERVICE_HOURS = st.builds(
    ServiceHours,
    zone=ZONES,
    days=st.sampled_from(("CN", "mon-fri", "mon-sun", "sun-thu", "US", "DE-BY")),
    hours=windows(),
    makeup_hours=st.none() | windows(),
    extended_hours=st.just(()) | windows(),
    extended_days_off=st.just(()) | windows(),
    unannounced=st.sampled_from(("project", "raise")),
    exceptions=st.lists(DATED_HOURS, max_size=2, unique_by=lambda one: one.on).map(tuple),
    weekdays=st.just(WeekdayHours()) | st.builds(WeekdayHours, sat=st.none() | windows()),
)


@st.composite
def notices(draw, year):
    """A notice that the calendar takes."""
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    off = draw(st.lists(st.sampled_from(days), min_size=1, max_size=6, unique=True))
    weekend = [day for day in days if day.weekday() >= 5 and day not in off]
    made_up = draw(st.lists(st.sampled_from(weekend), max_size=3, unique=True))

    def entries(dates):
        cut = draw(st.integers(0, len(dates)))
        return tuple(
            Holiday(Text(draw(NAMES), draw(NAMES)), tuple(part))
            for part in (dates[:cut], dates[cut:])
            if part
        )

    return Notice(year, draw(NAMES), entries(off), entries(made_up))


@st.composite
def waits(draw):
    """A ladder whose reminder comes before the lapse, or on its day."""
    reminder, lapse = sorted((draw(WORKING_DAYS), draw(WORKING_DAYS)))
    return Waiting(
        reminder_after_days=reminder,
        feedback_lapses_after_days=lapse,
        confirmation_lapses_after_days=draw(WORKING_DAYS),
    )


NUMBERS = st.integers(0, MOST)

ROUTINGS = st.builds(
    Routing,
    minimum_on_duty=st.integers(1, MOST),
    outside_hours=st.booleans(),
    capacity=NUMBERS,
    strategy=st.lists(
        st.sampled_from(("least_loaded", "skill_first", "known_customer")), unique=True, max_size=3
    ).map(lambda names: (*names, "round_robin")),
    load_complaint=NUMBERS,
    load_tendency=NUMBERS,
    load_business_stopping=NUMBERS,
    load_clock=NUMBERS,
    first=st.lists(st.sampled_from(URGENCIES), unique=True).map(tuple),
    then=st.sampled_from(TIES),
)


AMOUNT_BUDGETS = st.builds(ServiceTime, AMOUNTS) | st.builds(CalendarTime, AMOUNTS)
BUDGETS = (
    AMOUNT_BUDGETS
    | st.builds(
        WorkingDays, WORKING_DAYS, at_opening=st.booleans(), closed_days_count=st.booleans()
    )
    | st.just(SameServiceDay())
    | st.just(PromisedTime())
)


def some_of(words):
    """A few of a vocabulary's words."""
    return st.lists(st.sampled_from(sorted(words)), min_size=1, max_size=3, unique=True).map(tuple)


THRESHOLDS = st.lists(
    st.builds(
        ThresholdSettings,
        at=st.integers(0, 100).map("{}%".format) | st.sampled_from(("30m before", "1h before")),
        alarms=st.just(()) | some_of(ALARMS),
        about=st.text(),
        about_en=st.text(),
    ),
    max_size=2,
    unique_by=lambda one: one.at,
).map(tuple)


@st.composite
def targets(draw):
    """Targets of a host's own, and what it changes of the marketplace's."""
    conditions = st.none() | some_of((*CONDITIONS, "group vip", "group 云"))
    own = [
        TargetSettings(
            id=name,
            clause="8.3",
            label=draw(st.none() | st.text()),
            label_en=draw(st.none() | st.text()),
            budget=draw(AMOUNT_BUDGETS),
            starts=draw(some_of(HAPPENINGS)),
            stops=draw(some_of(HAPPENINGS)),
            cancels=draw(st.none() | some_of(HAPPENINGS)),
            pauses_while=draw(conditions),
            only_for=draw(conditions),
            not_for=draw(conditions),
            once=draw(st.none() | st.booleans()),
            on_breach=draw(st.none() | some_of(ALARMS)),
            thresholds=draw(st.none() | THRESHOLDS),
        )
        for name in draw(st.lists(NAMES, max_size=2, unique=True))
        if name not in {"first_response", "next_reply"}
    ]
    changed = [
        TargetSettings(id=name, budget=draw(st.none() | BUDGETS), only_for=draw(conditions))
        for name in draw(st.sampled_from(((), ("promised_time",), ("feedback_reminder",))))
    ]
    return tuple(own + changed)


@st.composite
def policies(draw):
    """A policy, with notices where its days take some."""
    hours = draw(SERVICE_HOURS)
    years = st.lists(st.sampled_from((2026, 2027, 2028)), max_size=2, unique=True)
    told = draw(years) if hours.days == "CN" else ()
    return Policy(
        name=draw(NAMES),
        effective_from=draw(st.none() | st.dates()),
        retroactive=draw(st.booleans()),
        service_hours=hours,
        promises=draw(
            st.builds(
                Promises,
                first_response=AMOUNTS,
                resolution_commitment=AMOUNTS,
                next_reply=AMOUNTS,
                same_day_resolution=st.booleans(),
                platform_time_counts=st.booleans(),
            )
        ),
        waiting=draw(waits()),
        routing=draw(ROUTINGS),
        targets=draw(st.just(()) | targets()),
        replies=draw(STANDARDS),
        redaction=draw(REDACTIONS),
        notices=tuple(draw(notices(year)) for year in told),
    )
