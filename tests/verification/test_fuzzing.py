"""Whatever a loader is fed, nothing but the library's own errors comes out of it.

Each loader is fed text that it takes, cut, doubled, swapped about and peppered with tokens that
have broken parsers before; and text that means nothing at all. Bounded, so that it ends.
"""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ticketrules.calendar import Notice
from ticketrules.calendar.windows import parse_windows
from ticketrules.complaints import read_lexicon
from ticketrules.errors import TicketRulesError
from ticketrules.logs import load_mapping, read_events, read_rows
from ticketrules.replies import load_templates
from ticketrules.routing import load_roster, read_icalendar
from ticketrules.rulebook import load_policy, parse_duration
from ticketrules.tickets import wire

MAPPINGS = sorted((Path(__file__).parents[2] / "docs" / "examples" / "mappings").glob("*.toml"))
EVENT = (
    '{"event": "replied", "schema": 1, "id": "e-1", "ticket": "t-1",'
    ' "at": "2026-02-13T09:05:00+08:00", "by": {"role": "agent", "id": "li"}, "body": "您好"}'
)
NOTICE = """
year = 2027
source = "announced"
[[holidays]]
name = "元旦"
name_en = "New Year's Day"
dates = ["2027-01-01/2027-01-02", 2027-01-03]
[[makeup_days]]
name = "元旦"
dates = ["2027-01-09"]
"""
ROSTER = """
zone = "Asia/Shanghai"
[agents.an]
capacity = 5
[[shifts]]
name = "early"
agent = "an"
dates = [2026-03-03]
hours = "09:00-13:00"
"""
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nX-WR-TIMEZONE:Asia/Shanghai\r\n"
    "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:an\r\nX-TICKETRULES-AGENT:an\r\nDTSTART;TZID=Asia/Shanghai:20260302T090000\r\n"
    "DTEND;TZID=Asia/Shanghai:20260302T130000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=9\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
MARKETPLACE = files("ticketrules.rulebook").joinpath("marketplace.toml").read_text("utf-8")
TEMPLATES = files("ticketrules.replies").joinpath("templates.toml").read_text("utf-8")
WORDS = files("ticketrules.complaints").joinpath("lexicon/phone_request.toml").read_text("utf-8")
ROWS = load_mapping(MAPPINGS[0].read_text("utf-8"))


def read_mapped(text):
    return read_rows(text.splitlines(keepends=True), ROWS)


LOADERS = {
    "an event": (wire.loads, EVENT),
    "a log of events": (lambda text: read_events(text.splitlines()), f"{EVENT}\n{EVENT}\n"),
    "a policy": (load_policy, MARKETPLACE),
    "a short policy": (load_policy, '[promises]\nnext_reply = "2h"\n'),
    "a notice": (Notice.from_toml, NOTICE),
    "a lexicon": (lambda text: read_lexicon(text, tried=False), WORDS),
    "templates": (load_templates, TEMPLATES),
    "a roster": (load_roster, ROSTER),
    "a calendar file": (read_icalendar, CALENDAR),
    "a mapped log": (read_mapped, "a,b,c\n1,2,3\n"),
    **{f"mapping {path.name}": (load_mapping, path.read_text("utf-8")) for path in MAPPINGS},
}
TOKENS = st.sampled_from(
    (
        "", "\x00", "\ufeff", "\u2028", "🙂", "\r", '"', "'", "=", "[", "]", "{", "}", "[[x]]",
        "nan", "inf", "-1", "0", "1e999", "9" * 400, "true", "1979-05-27", "00:00-00:00", "25:61",
        "24:00-24:00", "99999999999 working days", "-15m", "1.5h", "null", "[" * 200, "x = 1\n",
        '"""', "__class__", "(?:a+)+$", "\\u0000", "../..", "0001-01-01", "9999-12-31", "Ａ", "é",
    )
)  # fmt: skip


@st.composite
def damaged(draw, text):
    """A text that was fine, damaged in a few places."""
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(text)))
        last = draw(st.integers(first, min(len(text), first + 40)))
        match draw(st.sampled_from(("replace", "double", "cut", "lines"))):
            case "replace":
                text = text[:first] + draw(TOKENS) + text[last:]
            case "double":
                text = text[:last] + text[first:]
            case "cut":
                text = text[:first]
            case "lines":
                lines = text.split("\n")
                here, there = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
                lines[here], lines[there] = lines[there], lines[here]
                text = "\n".join(lines)
    return text


def taken(load, value, error=TicketRulesError):
    """Whether a value is taken; any other error than the library's own comes out of here."""
    try:
        load(value)
    except error:
        return False
    return True


@pytest.mark.parametrize("name", [name for name in LOADERS if name != "a mapped log"])
def test_what_is_damaged_here_was_fine(name):
    load, good = LOADERS[name]
    load(good)


@pytest.mark.parametrize("name", LOADERS)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_only_its_own_errors_come_out(name, data):
    load, good = LOADERS[name]
    taken(load, data.draw(damaged(good) | st.text(max_size=80)))


@pytest.mark.slow
@pytest.mark.parametrize("name", LOADERS)
@given(data=st.data())
@settings(max_examples=3_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_only_its_own_errors_come_out_of_thousands(name, data):
    load, good = LOADERS[name]
    taken(load, data.draw(damaged(good) | st.text(max_size=200)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*json.loads(EVENT), "x"]) | st.text(max_size=8), inner)
    ),
    max_leaves=8,
)


@given(JSON)
@settings(max_examples=200, deadline=None)
def test_no_json_value_breaks_the_wire(value):
    taken(wire.load_event, value)


@given(st.dictionaries(st.sampled_from(["year", "source", "holidays", "makeup_days", "x"]), JSON))
@settings(max_examples=200, deadline=None)
def test_no_mapping_breaks_a_notice(value):
    taken(Notice.from_mapping, value)


@pytest.mark.parametrize("read", [parse_duration, lambda text: parse_windows([text])])
@given(text=st.text(max_size=20) | st.from_regex(r"[0-9hmds:. -]{0,14}", fullmatch=True))
@settings(max_examples=150, deadline=None)
def test_notations_are_read_or_refused(read, text):
    taken(read, text, ValueError)
