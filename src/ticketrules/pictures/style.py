"""How every picture looks: fonts that are there, colours that all can tell apart, plain frames.

The colours are Okabe and Ito's, which stay apart under the usual kinds of colour blindness; what
matters is told by shape, hatching or words as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from functools import cache
from io import BytesIO
from typing import Any, Final, cast

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font

from ticketrules.clauses import Text
from ticketrules.errors import PictureError
from ticketrules.pages import Language
from ticketrules.sla import Verdict
from ticketrules.tickets import Status

INK: Final = "#333333"
FAINT: Final = "#BBBBBB"
OPEN_HOURS: Final = "#F0EBDD"
"""The ground on which service hours stand."""

LATE: Final = "#D55E00"
VERDICTS: Final = {
    Verdict.MET: "#009E73",
    Verdict.BREACHED: LATE,
    Verdict.RUNNING: "#0072B2",
    Verdict.PAUSED: "#E69F00",
    Verdict.CANCELLED: "#888888",
}
STATUSES: Final = {
    Status.NEW: "#F0E442",
    Status.IN_PROGRESS: "#56B4E9",
    Status.AWAITING_FEEDBACK: "#E69F00",
    Status.AWAITING_CONFIRMATION: "#CC79A7",
    Status.RESOLVED: "#009E73",
    Status.CLOSED: "#999999",
}
SERIES: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#444444")
"""Colours for lines that have no meaning of their own."""

WEEKDAYS: Final = tuple(
    Text(en, f"周{zh}")
    for en, zh in zip(
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "一二三四五六日", strict=True
    )
)

_DOTS: Final = 100
"""To the inch, where a notebook shows a picture."""

_LONGEST: Final = 48
"""Of longer words from outside only so many letters are shown."""

_CHINESE: Final = "工单时限投诉处理节假日"
"""Letters that a font must have to label a picture in Chinese."""

FONTS: Final = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "SimHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "Arial Unicode MS",
)
"""Fonts with Chinese, the plainest first; any other that is installed comes after them."""


def say(text: Text, lang: Language) -> str:
    """A text in the language of the picture."""
    return text.zh if lang == "zh" else text.en


def check_language(lang: str) -> None:
    """Refuse a language that pictures are not labelled in.

    Raises:
        PictureError: It is neither ``"en"`` nor ``"zh"``.
    """
    if lang not in {"en", "zh"}:
        msg = f"no labels in {lang!r}: expected en or zh"
        raise PictureError(msg)


@cache
def chinese_font() -> str | None:
    """The family of an installed font that has Chinese; ``None`` where there is none."""
    installed = {entry.name: entry.fname for entry in reversed(fontManager.ttflist)}
    rest = sorted(name for name in installed if name not in FONTS)
    for name in (*FONTS, *rest):
        if name in installed and _has(installed[name], _CHINESE):
            return name
    return None


def _has(path: str, letters: str) -> bool:
    try:
        known = get_font(path).get_charmap()
    except (OSError, RuntimeError):  # a font that Matplotlib lists and cannot read
        return False
    return all(ord(letter) in known for letter in letters)


@contextmanager
def drawing(lang: Language) -> Iterator[None]:
    """Draw in the house style; nothing of it outlasts the block.

    Raises:
        PictureError: Another language than ``"en"`` and ``"zh"``, or no installed font has Chinese
            where Chinese is asked for.
    """
    check_language(lang)
    chinese = chinese_font()
    if lang == "zh" and chinese is None:
        msg = "no installed font has Chinese: install one, such as Noto Sans CJK, or ask for en"
        raise PictureError(msg)
    families = ["DejaVu Sans", *([chinese] if chinese else [])]
    settings: dict[Any, object] = {
        "font.family": families,
        "font.size": 9,
        "axes.edgecolor": FAINT,
        "axes.labelcolor": INK,
        "axes.titlesize": 11,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "text.color": INK,
        "text.parse_math": False,  # an id may have dollar signs
        "xtick.color": INK,
        "ytick.color": INK,
        "hatch.linewidth": 0.6,
        "legend.frameon": False,
        "figure.constrained_layout.use": True,
    }
    with mpl.rc_context(settings):
        yield


class Picture(Figure):
    """A figure that a notebook shows by itself, whether or not it has loaded ``pyplot``."""

    def _repr_png_(self) -> bytes:
        self.savefig(file := BytesIO(), format="png", dpi=_DOTS)
        return file.getvalue()


def figure(width: float, height: float) -> tuple[Picture, Axes]:
    """A figure of its own, in inches, that no global state knows of."""
    made = Picture(figsize=(width, height), layout="constrained", facecolor="white")
    return made, made.subplots()


def dates(axes: Axes, zone: tzinfo) -> None:
    """Let the horizontal axis tell times on a zone's wall clock."""
    locator = AutoDateLocator(tz=zone, minticks=4, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    formats = ["%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M", "%H:%M:%S"]
    axes.xaxis.set_major_formatter(
        ConciseDateFormatter(
            locator,
            tz=zone,
            formats=formats,
            zero_formats=["", "%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M"],
            offset_formats=["", "%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d %H:%M"],
        )
    )


def number(at: datetime) -> float:
    """Where an instant stands on an axis of dates."""
    return float(cast("float", date2num(at)))


def printable(words: str) -> str:
    """Words from outside as a picture can show them: short, on one line, no box for a letter."""
    known = _letters()
    shown = "".join(
        letter
        if letter.isprintable() and ord(letter) in known
        else letter.encode("unicode_escape").decode("ascii")
        for letter in words[:_LONGEST]
    )
    return shown if len(words) <= _LONGEST else f"{shown}…"


@cache
def _letters() -> frozenset[int]:
    """All that the picture's fonts can draw."""
    families = ["DejaVu Sans", *([found] if (found := chinese_font()) else [])]
    found_letters: set[int] = set()
    for family in families:
        path = fontManager.findfont(FontProperties(family=[family]))
        found_letters |= get_font(path).get_charmap().keys()
    return frozenset(found_letters)
