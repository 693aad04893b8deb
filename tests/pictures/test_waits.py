"""The curve of waits is the calendar's own arithmetic, drawn."""

from datetime import timedelta

import pytest

from ticketrules.errors import NaiveTimeError, PictureError
from ticketrules.pictures import wait_curve

from .conftest import at
from .test_timeline import drawn

HOUR = timedelta(hours=1)


def test_each_point_is_how_long_the_amount_takes(desk, lang):
    figure = wait_curve(desk.calendar, 4 * HOUR, at(2, 9), at(4, 9), lang=lang)
    heights = figure.axes[0].lines[0].get_ydata()
    assert len(heights) == 48
    assert heights[0] == 4  # 09:00, done at 13:00
    assert heights[6] == 19  # 15:00: three hours are left, the fourth is the next morning's
    assert drawn(figure)


def test_a_notebook_shows_it(desk):
    assert wait_curve(desk.calendar, HOUR, at(2, 9), at(3, 9))._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("end", "step"), [(at(2, 9), HOUR), (at(3, 9), -HOUR), (at(3, 9), HOUR / 9000)]
)
def test_no_start_or_too_many(desk, end, step):
    with pytest.raises(PictureError, match="expected from 1 to 20000 starts"):
        wait_curve(desk.calendar, HOUR, at(2, 9), end, step=step)


def test_a_naive_instant(desk):
    with pytest.raises(NaiveTimeError):
        wait_curve(desk.calendar, HOUR, at(2, 9).replace(tzinfo=None), at(3, 9))
