"""How long a promise takes on the wall: nights, weekends and holidays included."""

from datetime import datetime, timedelta
from typing import Final

from matplotlib.figure import Figure

from ticketrules.calendar import Calendar
from ticketrules.clauses import Text
from ticketrules.errors import PictureError
from ticketrules.pages import Language
from ticketrules.pictures.style import (
    OPEN_HOURS,
    SERIES,
    dates,
    drawing,
    figure,
    number,
    say,
)
from ticketrules.tickets import instant

_HOUR: Final = timedelta(hours=1)
_MOST: Final = 20_000
_TITLE: Final = Text(
    "from a start until {} of service time are over", "起始后经过 {} 服务时间所需的实际时长"
)
_HOURS: Final = Text("hours on the wall", "实际小时数")


def wait_curve(
    calendar: Calendar,
    amount: timedelta,
    start: datetime,
    end: datetime,
    *,
    step: timedelta = _HOUR,
    lang: Language = "en",
) -> Figure:
    """Draw how long an amount of service time takes, for a start at each step of a stretch.

    Service hours are shaded. The line falls through them and jumps at each closing by the night,
    the weekend or the holiday that follows.

    Args:
        calendar: The calendar that counts.
        amount: The service time promised.
        start: The first start.
        end: Where the starts end; not part of them.
        step: From one start to the next.
        lang: The language of the labels.

    Raises:
        PictureError: No start, too many of them, another language, or no font for it.
        NaiveTimeError: An instant has no time zone.
        UnannouncedError: A day that is not announced, and the calendar does not project.
    """
    first, last = instant(start), instant(end)
    if step <= timedelta(0) or not first < last or (last - first) / step > _MOST:
        msg = f"expected from 1 to {_MOST} starts, from {start} to {end} in steps of {step}"
        raise PictureError(msg)
    starts = [first + step_number * step for step_number in range(-((first - last) // step))]
    waits = [(calendar.advance(at, amount) - at) / _HOUR for at in starts]
    with drawing(lang):
        drawn, axes = figure(10, 3.2)
        for opens, closes in calendar.windows(first, last):
            axes.axvspan(number(opens), number(closes), color=OPEN_HOURS, linewidth=0)
        axes.plot([number(at) for at in starts], waits, color=SERIES[0], linewidth=1.3)
        axes.set_xlim(number(first), number(last))
        axes.set_ylim(bottom=0)
        axes.set_ylabel(say(_HOURS, lang))
        axes.set_title(say(_TITLE, lang).format(f"{amount / _HOUR:g} h"))
        dates(axes, calendar.zone)
    return drawn
