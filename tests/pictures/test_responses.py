"""The curves: the share done by each amount of time, open cycles neither done nor forgotten."""

from datetime import timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketrules.errors import PictureError
from ticketrules.pictures import response_curves
from ticketrules.pictures.responses import survival

from .test_timeline import drawn

MINUTES = st.integers(0, 600).map(lambda n: timedelta(minutes=n))


class TestSurvival:
    @given(st.lists(MINUTES, min_size=1))
    def test_with_none_open_it_is_the_share_done(self, times):
        for at, share in survival([(time, True) for time in times]):
            assert share == pytest.approx(sum(time <= at for time in times) / len(times))

    @given(st.lists(st.tuples(MINUTES, st.booleans()), min_size=1))
    def test_it_never_falls_and_stays_a_share(self, cycles):
        shares = [share for _at, share in survival(cycles)]
        assert shares == sorted(shares)
        assert shares[0] >= 0
        assert shares[-1] <= 1 + 1e-9

    @given(st.lists(st.tuples(MINUTES, st.booleans()), min_size=1), MINUTES)
    def test_one_more_that_is_open_never_makes_it_better_than_leaving_it_out(self, cycles, ran):
        def by(several, at):
            return [share for when, share in survival(several) if when <= at][-1]

        for at, _share in survival(cycles):
            assert by([*cycles, (ran, False)], at) <= by(cycles, at) + 1e-9

    def test_by_hand(self):
        # Of 5 one is done at 10; of the 3 beyond the one open at 15, one at 20; the last two open.
        minutes = [(10, True), (15, False), (20, True), (30, False), (30, False)]
        steps = survival([(timedelta(minutes=at), done) for at, done in minutes])
        assert [(at // timedelta(minutes=1), round(share, 6)) for at, share in steps] == [
            (0, 0.0),
            (10, 0.2),
            (20, round(1 - 0.8 * 2 / 3, 6)),
            (30, round(1 - 0.8 * 2 / 3, 6)),
        ]


class TestCurves:
    def test_the_sample(self, desk, sample, lang):
        tickets, now = sample
        readings = [reading for ticket in tickets for reading in desk.clocks.read(ticket, now)]
        figure = response_curves(readings, lang=lang)
        labels = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
        assert any("first_response" in label and "15 min" in label for label in labels)
        assert not any("same_day_resolution" in label for label in labels)  # no one amount
        assert drawn(figure)

    def test_the_label_tells_the_share_that_kept_the_promise(self, desk, sample):
        tickets, now = sample
        readings = [reading for ticket in tickets for reading in desk.clocks.read(ticket, now)]
        mine = [one for one in readings if one.clock == "resolution_commitment"]
        closed = [one for one in mine if one.stopped_at is not None]
        figure = response_curves(closed, clocks=["resolution_commitment"])
        (label,) = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
        counted = [one for one in closed if str(one.verdict) != "cancelled"]
        kept = sum(one.elapsed <= one.budget for one in counted) / len(counted)
        assert label.endswith(f"30 min: {kept:.0%}")

    def test_a_table_gives_the_same(self, desk, sample):
        tickets, now = sample
        readings = [reading for ticket in tickets for reading in desk.clocks.read(ticket, now)]
        names = ("clock", "elapsed", "stopped_at", "budget")
        columns = {name: [getattr(one, name) for one in readings] for name in names}
        table = pl.DataFrame(columns | {"verdict": [str(one.verdict) for one in readings]})

        def lines(figure):
            return [line.get_xydata().tolist() for line in figure.axes[0].lines]

        expected = lines(response_curves(readings))
        assert lines(response_curves(table)) == expected
        assert lines(response_curves(table.to_pandas())) == expected

    def test_no_cycle(self):
        with pytest.raises(PictureError, match="no cycle of any clock"):
            response_curves([])

    def test_a_clock_without_cycles(self, desk, ticket):
        with pytest.raises(PictureError, match="no cycle of 'x'"):
            response_curves(desk.clocks.read(ticket, ticket.last_event_at), clocks=["x"])

    def test_a_verdict_that_is_none(self):
        table = pl.DataFrame(
            {
                "clock": ["c"],
                "verdict": ["late"],
                "elapsed": [None],
                "stopped_at": [None],
                "budget": [None],
            }
        )
        with pytest.raises(PictureError, match="'late' is no verdict"):
            response_curves(table)
