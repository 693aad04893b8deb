"""Policies that cannot be used: the message names the file, the key path and the trouble."""

import re

import pytest

from ticketrules.errors import PolicyError, TicketRulesError
from ticketrules.rulebook import load_policy

NOTICE = (
    '[[notices]]\nyear = 2027\nsource = "s"\nholidays = [{name = "元旦", dates = [2027-01-01]}]\n'
)

BAD = {
    # unknown keys, with the key that may be meant
    "promises.first_respons: unknown key; did you mean 'first_response'?": (
        '[promises]\nfirst_respons = "15m"'
    ),
    "promise: unknown key; did you mean 'promises'?": '[promise]\nfirst_response = "15m"',
    "zzz: unknown key": "zzz = 1",
    "waiting.reminder_after: unknown key; did you mean 'reminder_after_days'?": (
        "[waiting]\nreminder_after = 2"
    ),
    # amounts of time
    "promises.first_response: an amount of time with its unit is meant": (
        "[promises]\nfirst_response = 15"
    ),
    "promises.next_reply: an amount of time with its unit is meant": (
        '[promises]\nnext_reply = "240"'
    ),
    "promises.next_reply: an amount of time with its unit is meant, such as '15m' or '4h', "
    "not 4.5": ("[promises]\nnext_reply = 4.5"),
    "promises.first_response: an amount of time with its unit is meant, such as": (
        "[promises]\nfirst_response = true"
    ),
    "promises.resolution_commitment: an amount of time": (
        '[promises]\nresolution_commitment = "-5m"'
    ),
    "promises.first_response: first_response must be more than nothing": (
        '[promises]\nfirst_response = "0m"'
    ),
    "promises.first_response: first_response must be at most 1000 days": (
        '[promises]\nfirst_response = "1001d"'
    ),
    "promises.first_response: that is more time than can be counted": (
        '[promises]\nfirst_response = "99999999999999d"'
    ),
    # numbers and booleans
    "promises.same_day_resolution: true or false is meant, not int": (
        "[promises]\nsame_day_resolution = 1"
    ),
    "promises.platform_time_counts: true or false is meant, not str": (
        '[promises]\nplatform_time_counts = "no"'
    ),
    "waiting.reminder_after_days: a whole number is meant, not a boolean": (
        "[waiting]\nreminder_after_days = true"
    ),
    "waiting.reminder_after_days: a whole number is meant, not float": (
        "[waiting]\nreminder_after_days = 2.0"
    ),
    "waiting.reminder_after_days: a number of working days is meant, such as '2 working days'; "
    "did you mean '2 working days'?": '[waiting]\nreminder_after_days = "2d"',
    "waiting.reminder_after_days: a number of working days is meant": (
        '[waiting]\nreminder_after_days = "two"'
    ),
    "waiting.feedback_lapses_after_days: feedback_lapses_after_days must be more than nothing": (
        "[waiting]\nreminder_after_days = 2\nfeedback_lapses_after_days = 0"
    ),
    "waiting.confirmation_lapses_after_days: confirmation_lapses_after_days must be at most": (
        "[waiting]\nconfirmation_lapses_after_days = 1001"
    ),
    "waiting.reminder_after_days: reminder_after_days (9) must not come after feedback_lapses": (
        "[waiting]\nreminder_after_days = 9"
    ),
    "waiting.feedback_lapses_after_days: reminder_after_days (2) must not come after": (
        "[waiting]\nfeedback_lapses_after_days = 1"
    ),
    "waiting: reminder_after_days (6) must not come after feedback_lapses_after_days (5)": (
        "[waiting]\nreminder_after_days = 6\nfeedback_lapses_after_days = 5"
    ),
    # service hours
    "service_hours.zone: zone: 'Asia/Peking' is no IANA time zone": (
        '[service_hours]\nzone = "Asia/Peking"'
    ),
    "service_hours.zone: zone: '../zone' is no IANA time zone": '[service_hours]\nzone = "../zone"',
    "service_hours.zone: a string is meant, not int": "[service_hours]\nzone = 8",
    "service_hours.days: no calendar has the registry code 'XX'": '[service_hours]\ndays = "XX"',
    "service_hours.days: no calendar has the registry code 'mon-fry'; 'CN', weekdays such as "
    "'mon-fri' or a code of workalendar's such as 'US' is meant; did you mean 'mon-fri'?": (
        '[service_hours]\ndays = "mon-fry"'
    ),
    "service_hours.hours: hours: the desk never opens [3.1]": (
        '[service_hours]\ndays = "mon-fri"\nhours = []\nmakeup_hours = ["09:00-12:00"]'
    ),
    "service_hours: weekdays: sat has hours and is none of the days 'mon-fri'": (
        '[service_hours]\ndays = "mon-fri"\nweekdays.sat = ["09:00-12:00"]'
    ),
    "service_hours.exceptions[1]: exceptions: 2026-05-04 is opened and closed for the same hours": (
        "[[service_hours.exceptions]]\non = 2026-05-04\nis_open = false\n"
        "[[service_hours.exceptions]]\non = 2026-05-04\nis_open = true\nhours = ['10:00-14:00']"
    ),
    "service_hours.days: days: '' is no name": '[service_hours]\ndays = ""',
    "service_hours.hours: hours: the desk never opens": "[service_hours]\nhours = []",
    "service_hours.hours: a list of values is meant": '[service_hours]\nhours = "09:00-18:00"',
    "service_hours.hours: hours: window '9-18' must read like": '[service_hours]\nhours = ["9-18"]',
    "service_hours.hours: hours: windows 09:00-12:00 and 11:00-13:00 overlap": (
        '[service_hours]\nhours = ["09:00-12:00", "11:00-13:00"]'
    ),
    "service_hours.makeup_hours: makeup_hours: window": (
        '[service_hours]\nmakeup_hours = ["25:00-26:00"]'
    ),
    "service_hours.extended_hours: extended_hours: window": (
        '[service_hours]\nextended_hours = ["now"]'
    ),
    "service_hours.unannounced: 'project' or 'raise' is meant": (
        '[service_hours]\nunannounced = "guess"'
    ),
    # tables and notices
    "promises: expected a table, not int": "promises = 5",
    "waiting: expected a table, not list": "waiting = []",
    "name: a string is meant, not int": "name = 5",
    "name: name must not be blank": 'name = " "',
    "notices: a list of tables is meant": "notices = 5",
    "notices[0]: expected a table, not str": 'notices = ["2027.toml"]',
    "notices[0]: notice: year must be a whole number": "[[notices]]\nsource = 's'",
    "notices[0]: notice: unknown key 'yaer'": "[[notices]]\nyaer = 2027",
    "notices[0]: notice 2027: source must say": "[[notices]]\nyear = 2027",
    "notices[1]: notice 2028: holidays must be a list": (
        NOTICE + '[[notices]]\nyear = 2028\nsource = "s"'
    ),
    "notices[0]: notice 2027: holidays[0] 元旦: '2027-02-30' is no date": NOTICE.replace(
        "2027-01-01", '"2027-02-30"'
    ),
    "notices: two notices for 2027": NOTICE + NOTICE,
    "service_hours.days: days 'mon-fri' take no notices": (
        '[service_hours]\ndays = "mon-fri"\n' + NOTICE
    ),
    # targets
    "targets[0].id: missing; expected the clock's name": "[[targets]]\nbudget = '2h'",
    "targets[0].budget: a budget is meant, such as '4h' of service time": (
        "[[targets]]\nid = 'next_reply'\nbudget = 'soon'"
    ),
    "targets[0].starts[0]: one of": "[[targets]]\nid = 'a'\nstarts = ['public_anwser']",
    "targets[0].clause: clause: '8.9' is no clause": "[[targets]]\nid = 'a'\nclause = '8.9'",
    "targets[0].only_for: 'complaned' is no word for a condition; did you mean 'complained'?": (
        "[[targets]]\nid = 'next_reply'\nonly_for = ['complaned']"
    ),
    "targets[0]: target 'a' is none of the marketplace's and needs clause": "[[targets]]\nid = 'a'",
    "targets[1]: target 'first_respons' is none of the marketplace's and needs clause; "
    "did you mean 'first_response'?": (
        "[[targets]]\nid = 'next_reply'\n[[targets]]\nid = 'first_respons'\nbudget = '5m'"
    ),
    "targets[0]: target 'same_day_resolution' is none of the marketplace's and needs": (
        "promises.same_day_resolution = false\n"
        "[[targets]]\nid = 'same_day_resolution'\non_breach = ['tell_agent']"
    ),
    "targets[0].budget: budget must be more than nothing": (
        "[[targets]]\nid = 'next_reply'\nbudget = '0m'"
    ),
    "targets[0].budget: budget must be at most 1000 days": (
        "[[targets]]\nid = 'next_reply'\nbudget = '1001d around the clock'"
    ),
    "targets[0].budget: budget must be at most 1000 working days": (
        "[[targets]]\nid = 'promised_time'\nbudget = '1001 working days'"
    ),
    "targets[0]: target 'next_reply': 'complained' stands in only_for and in not_for": (
        "[[targets]]\nid = 'next_reply'\nonly_for = ['complained']\nnot_for = ['complained']"
    ),
    "targets[0]: target 'first_response': a threshold 0:20:00 before the end of 0:15:00 lies": (
        "[[targets]]\nid = 'first_response'\nthresholds = [{ at = '20m before' }]"
    ),
    "targets[1]: target 'next_reply' stands twice": (
        "[[targets]]\nid = 'next_reply'\n[[targets]]\nid = 'next_reply'"
    ),
    "targets[0]: target 'next_reply': WorkingDays names an instant": (
        "[[targets]]\nid = 'next_reply'\nbudget = '2 working days'"
    ),
    # no TOML
    "not TOML: ": "[promises",
    "not TOML:": 'name = "a"\nname = "b"',
    "not TOML that can be read: a number too long": "a = " + "9" * 5000,
    "not TOML that can be read: ": "a = " + "[" * 5000,
    "the text itself is meant, not the path of a file": "policies/silver.toml",
    "promises.next_reply: that is more time than can be counted": (
        f'promises.next_reply = "{"9" * 5000}h"'
    ),
    "notices[0]: ": f"[[notices]]\nyear = {10**30}\nsource = 's'\nholidays = []",
    "notices[0]: notice: year must be a whole number from": NOTICE.replace(
        "year = 2027", "year = 0"
    ),
    'promises."a b": unknown key': "promises.'a b' = 1",
}


@pytest.mark.parametrize(("says", "text"), BAD.items(), ids=[says[:60] for says in BAD])
def test_the_message_names_file_and_key(says, text):
    with pytest.raises(PolicyError) as caught:
        load_policy(text, "desk.toml")
    told = re.fullmatch(r"desk\.toml(?::(\d+))?: (.*)", str(caught.value), re.DOTALL)
    assert told is not None
    assert told[2].startswith(says)
    named = says.partition(":")[0]
    assert (told[1] is not None) == ("can be read" not in named and "text itself" not in named)
    assert isinstance(caught.value, TicketRulesError)


AMOUNT_MEANT = (
    "promises.next_reply: an amount of time with its unit is meant, such as '15m' or '4h', not "
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "promises.next_reply = 15",
            AMOUNT_MEANT + "15; did you mean '15m'?",
        ),
        (
            "promises.next_reply = true",
            AMOUNT_MEANT + "true",
        ),
        (
            "promises.next_reply = 4.5",
            AMOUNT_MEANT + "4.5",
        ),
        (
            "targets = [{ id = 'next_reply', budget = 4 }]",
            (
                "targets[0].budget: a budget with its unit is meant, such as '4h', not int;"
                " did you mean '4m'?"
            ),
        ),
        (
            "targets = [{ id = 'next_reply', budget = true }]",
            "targets[0].budget: a budget with its unit is meant, such as '4h', not a boolean",
        ),
        ("effective_from = 5", "effective_from: a date is meant, such as 2026-07-01, not int"),
        (
            "effective_from = 'July'",
            "effective_from: a date is meant, such as 2026-07-01, not 'July'",
        ),
        ("name = 5", "name: a string is meant, not int"),
        ("retroactive = 5", "retroactive: true or false is meant, not int"),
        ("routing.capacity = 'x'", "routing.capacity: a whole number is meant, not str"),
        ("notices = 5", "notices: a list of tables is meant, not int"),
        ("targets = 5", "targets: a list of tables is meant, not int"),
        ("service_hours.hours = 5", "service_hours.hours: a list of values is meant, not int"),
        (
            "service_hours.unannounced = 'rais'",
            "service_hours.unannounced: 'project' or 'raise' is meant; did you mean 'raise'?",
        ),
        (
            "service_hours.unannounced = 5",
            "service_hours.unannounced: 'project' or 'raise' is meant",
        ),
    ],
)
def test_what_is_meant_is_told_to_the_letter(text, told):
    with pytest.raises(PolicyError) as caught:
        load_policy(text, "p")
    assert str(caught.value) == f"p:1: {told}"


def test_of_many_words_only_the_close_one_is_told():
    """Where a list of all would bury it; and all where none is close."""
    with pytest.raises(PolicyError) as caught:
        load_policy("targets = [{ id = 'a', starts = ['public_anwser'] }]", "p")
    assert re.fullmatch(
        r"p:1: targets\[0\].starts\[0\]: one of \d+ words is meant; did you mean 'public_answer'\?",
        str(caught.value),
    )
    with pytest.raises(PolicyError) as caught:
        load_policy("targets = [{ id = 'a', starts = ['xyz'] }]", "p")
    assert str(caught.value).count("'") > 2 * 8
    assert "did you mean" not in str(caught.value)


def test_a_text_without_a_name_is_called_a_policy():
    with pytest.raises(PolicyError, match=r"^<policy>:1: zzz: unknown key$"):
        load_policy("zzz = 1")


def test_a_byte_order_mark_is_skipped():
    assert load_policy('\ufeffname = "n"').name == "n"


def test_no_make_up_hours_at_all_may_stand_beside_hours():
    policy = load_policy("[service_hours]\nmakeup_hours = []")
    assert policy.service_hours.makeup_hours == ()
    assert policy.service_hours.hours == ("09:00-18:00",)
