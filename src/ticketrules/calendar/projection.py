"""Projection: the statutory days that the law of mainland China gives, before any notice.

A notice moves days around the statutory ones; the statutory ones themselves follow from the law,
the lunar calendar and a solar term. They are what can be known of a year that no notice covers.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ticketrules.clauses import Text
from ticketrules.errors import UnannouncedError

NEW_YEAR: Final = Text("New Year's Day", "元旦")
SPRING_FESTIVAL: Final = Text("Spring Festival", "春节")
QINGMING: Final = Text("Qingming Festival", "清明节")
LABOUR_DAY: Final = Text("Labour Day", "劳动节")
DRAGON_BOAT: Final = Text("Dragon Boat Festival", "端午节")
MID_AUTUMN: Final = Text("Mid-Autumn Festival", "中秋节")
NATIONAL_DAY: Final = Text("National Day", "国庆节")
VICTORY_DAY: Final = Text("70th anniversary of the victory", "抗战胜利70周年纪念日")

FIRST_LUNAR_YEAR: Final = 1901
LAST_LUNAR_YEAR: Final = 2099


def lunar(year: int, month: int, day: int) -> date:
    """The solar date of a day of the Chinese lunar year that begins in ``year``.

    Raises:
        UnannouncedError: The lunar tables do not reach that far.
    """
    if not FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        msg = (
            f"{year} cannot be projected: lunar dates are known for "
            f"{FIRST_LUNAR_YEAR} to {LAST_LUNAR_YEAR}"
        )
        raise UnannouncedError(msg)
    from lunardate import LunarDate  # noqa: PLC0415 - nine milliseconds that few callers need

    found = LunarDate(year, month, day)
    # Releases before 0.3 have only the second name, which later ones warn about.
    solar = (getattr(found, "to_solar_date", None) or found.toSolarDate)()
    return date(solar.year, solar.month, solar.day)


def qingming(year: int) -> date:
    """The day of the solar term Qingming, 4 to 6 April.

    Raises:
        UnannouncedError: The formula does not reach that far.
    """
    from chinese_calendar import get_solar_terms  # noqa: PLC0415 - see lunar()

    if not FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        msg = f"{year} cannot be projected: its solar terms are unknown"
        raise UnannouncedError(msg)
    ((found, _name),) = get_solar_terms(date(year, 4, 4), date(year, 4, 6))
    return date(found.year, found.month, found.day)


def statutory_days(year: int) -> dict[date, Text]:
    """The statutory holidays of mainland China in ``year``, by the law in force that year.

    Thirteen days since 2025, eleven from 2008, ten from 2000, seven before. Where two festivals
    meet on a day, the earlier in the year's usual order names it.

    Raises:
        UnannouncedError: The year lies beyond the lunar tables.
    """
    named: dict[date, Text] = {}
    for first, length, name in _statutory_runs(year):
        for offset in range(length):
            named.setdefault(first + timedelta(days=offset), name)
    return named


def _statutory_runs(year: int) -> Iterator[tuple[date, int, Text]]:
    spring = lunar(year, 1, 1)
    eve = spring - timedelta(days=1)
    yield date(year, 1, 1), 1, NEW_YEAR
    if year >= 2025:
        yield eve, 4, SPRING_FESTIVAL
    elif 2008 <= year <= 2013:
        yield eve, 3, SPRING_FESTIVAL
    else:
        yield spring, 3, SPRING_FESTIVAL
    if year >= 2008:
        yield qingming(year), 1, QINGMING
    yield date(year, 5, 1), 2 if year >= 2025 else 3 if 2000 <= year <= 2007 else 1, LABOUR_DAY
    if year >= 2008:
        yield lunar(year, 5, 5), 1, DRAGON_BOAT
        yield lunar(year, 8, 15), 1, MID_AUTUMN
    yield date(year, 10, 1), 3 if year >= 2000 else 2, NATIONAL_DAY
