"""Foreign logs read as columns: what reading them row by row comes to."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from ticketrules.analysis import frame_of_log, read_log
from ticketrules.analysis import reading as module
from ticketrules.errors import LogError, MappingError
from ticketrules.logs import load_log, load_mapping

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "mappings"
UCI = load_mapping((EXAMPLES / "uci-incidents.toml").read_text(encoding="utf-8"), "uci")
ACTIVITIES = load_mapping(
    """
[log]
shape = "activities"
[columns]
ticket = "case"
at = "time"
activity = "what"
agent = "who"
[time]
format = "iso"
[activities]
opened = ["submitted"]
given = [{ event = "dispatched", to = "wang" }, { event = "noted", by = "system" }]
viewed = []
asked = [{ event = "customer_wrote", kind = "thanks" }]
machine = [{ event = "replied", automatic = true }]
done = ["replied", "solution_proposed"]
""",
    "activities",
)

HEADER = "number,incident_state,sys_updated_at,opened_at,assigned_to,caller_id"
STATES = [
    "New",
    "Active",
    "Resolved",
    "Closed",
    "Awaiting User Info",
    "Awaiting Vendor",
    " Active ",
]
TIMES = [f"{day}/3/2016 {hour:02}:16" for day in (1, 2, 3) for hour in (1, 9, 17)]
CELLS = st.tuples(
    st.sampled_from(["45", "45", "46", "47", " 45 ", "?", ""]),
    st.sampled_from([*STATES, *STATES, "-100", "?", ""]),
    st.sampled_from([*TIMES, *TIMES, "31/2/2016 09:00", "?", ""]),
    st.sampled_from([*TIMES, "?", ""]),
    st.sampled_from(["a 1", "a 2", "?", ""]),
    st.sampled_from(["c 1", "?"]),
)


def same(path, mapping):
    """Both readers say the same, whether that is a log or an error."""
    try:
        log = load_log(path, mapping)
    except (LogError, MappingError) as error:
        refusal = error
    else:
        refusal = None
    if refusal is not None:
        with pytest.raises(type(refusal)) as other:
            read_log(path, mapping)
        assert str(other.value) == str(refusal)
        return None
    found = read_log(path, mapping)
    wanted = frame_of_log(log)
    assert found.intake == log.intake
    assert found.name == log.name
    assert_frame_equal(found.frame.select(wanted.columns[:6]), wanted[:, :6])
    for column in ("to", "kind", "rating"):
        if column in wanted.columns:
            assert_frame_equal(found.frame.select(column), wanted.select(column))
    return found


@settings(deadline=None)
@given(rows=st.lists(CELLS, max_size=14))
def test_states(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("log") / "log.csv"
    path.write_text("\n".join([HEADER, *map(",".join, rows)]) + "\n", encoding="utf-8")
    same(path, UCI)


@settings(deadline=None, max_examples=40)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["x", "x", "y", ""]),
            st.sampled_from(
                ["2026-03-02T09:00:00+08:00", "2026-03-02T10:00:00Z", "2026-03-02T11:00", "?"]
            ),
            st.sampled_from(["opened", "given", "viewed", "asked", "machine", "done", "other"]),
            st.sampled_from(["li", ""]),
        ),
        max_size=10,
    )
)
def test_activities(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("log") / "log.csv"
    path.write_text("\n".join(["case,time,what,who", *map(",".join, rows)]), encoding="utf-8")
    same(path, ACTIVITIES)


ROW = "45,New,1/3/2016 01:16,1/3/2016 01:00,a,c"
ODD = {
    "a quoted cell": f'{HEADER}\n"45",New,1/3/2016 01:16,1/3/2016 01:00,a,c\n',
    "a row too short": f"{HEADER}\n{ROW}\n45,New\n",
    "a row too long": f"{HEADER}\n{ROW}\n{ROW},more\n",
    "one too short and one too long": f"{HEADER}\n{ROW}\n{ROW},more\n{ROW[:-2]}\n",
    "a blank line": f"{HEADER}\n{ROW}\n\n{ROW}\n",
    "a byte order mark": f"\ufeff{HEADER}\n{ROW}\n",
    "carriage returns": f"{HEADER}\r\n{ROW}\r\n",
    "a column twice": f"{HEADER},number\n{ROW},1\n",
    "a column that is missing": f"{HEADER.replace('number', 'no')}\n{ROW}\n",
    "no rows": f"{HEADER}\n",
    "nothing": "",
    "no row that can be used": f"{HEADER}\n{ROW.replace('New', 'Old')}\n",
    "an opening that is no time": f"{HEADER}\n{ROW.replace('1/3/2016 01:00', 'once')}\n{ROW}\n",
}


@pytest.mark.parametrize("what", ODD)
def test_what_is_not_plain_is_read_row_by_row(tmp_path, what):
    path = tmp_path / "log.csv"
    path.write_text(ODD[what], encoding="utf-8", newline="")
    same(path, UCI)


def test_columns_are_used_where_they_can_be(tmp_path, monkeypatch):
    path = tmp_path / "log.csv"
    path.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    monkeypatch.setattr(module, "load_log", None)
    assert read_log(path, UCI).intake.mapped == 1


@pytest.mark.parametrize("name", ["helpdesk-activities", "messages-gbk"])
def test_the_examples(name):
    mapping = load_mapping((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"), name)
    assert same(EXAMPLES / f"{name}.csv", mapping).intake.rejected == 0
