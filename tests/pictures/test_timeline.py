"""The timeline shows what the readings say, and nothing else."""

from datetime import timedelta
from io import BytesIO

import matplotlib as mpl
import pytest
from matplotlib.colors import to_hex
from matplotlib.dates import date2num

from ticketrules import Verdict, events, replay
from ticketrules.errors import NaiveTimeError, PictureError
from ticketrules.pictures import style, timeline
from ticketrules.pictures.style import LATE, VERDICTS

from .conftest import CUSTOMER, at

SECOND = 1 / 86_400


def drawn(figure):
    """The figure as a picture: what does not draw, or has no letter for a box, is a warning."""
    figure.savefig(file := BytesIO(), format="png", dpi=60)
    return file.getvalue()


def bars(figure, row):
    return [
        patch
        for patch in figure.axes[0].patches
        if patch.get_height() < 1 and abs(patch.get_y() + patch.get_height() / 2 - row) < 0.01
    ]


def rows(figure):
    axes = figure.axes[0]
    names = [label.get_text() for label in axes.get_yticklabels()]
    return dict(zip(names, axes.get_yticks(), strict=True))


class TestWhatItShows:
    def test_bars_are_as_long_as_what_they_stand_for(self, ticket, desk):
        now = at(2, 14)
        figure = timeline(ticket, desk, now)
        places = rows(figure)
        readings = desk.clocks.read(ticket, now)
        assert len(places) == 2 + len({reading.clock for reading in readings})
        for clock in {reading.clock for reading in readings}:
            several = [reading for reading in readings if reading.clock == clock]
            label = desk.clocks.target(several[0]).label.en
            row = places[f"{label}  [{several[0].clause}]"]
            lengths = {True: 0.0, False: 0.0}
            for patch in bars(figure, row):
                lengths[bool(patch.get_hatch())] += patch.get_width()
            elapsed = sum((one.elapsed for one in several), timedelta(0))
            paused = sum((one.paused for one in several), timedelta(0))
            assert lengths[False] == pytest.approx(elapsed / timedelta(days=1), abs=SECOND)
            assert lengths[True] == pytest.approx(paused / timedelta(days=1), abs=SECOND)

    def test_a_breach_is_marked_where_it_happened_and_late_from_there_on(self, ticket, desk):
        figure = timeline(ticket, desk, at(2, 14))
        row = rows(figure)["first response  [8.1]"]
        crosses = [
            tuple(one.get_offsets()[0])
            for one in figure.axes[0].collections
            if one.get_zorder() == 5 and len(one.get_offsets())
        ]
        assert (date2num(at(2, 9, 15)), row) in [(x, y) for x, y in crosses]
        late = [
            patch for patch in bars(figure, row) if to_hex(patch.get_facecolor()) == LATE.lower()
        ]
        assert sum(patch.get_width() for patch in late) == pytest.approx(25 / 1440, abs=SECOND)
        assert min(patch.get_x() for patch in late) == pytest.approx(date2num(at(2, 9, 15)))

    def test_the_band_of_statuses_covers_the_life(self, ticket, desk):
        figure = timeline(ticket, desk, at(2, 14))
        band = bars(figure, rows(figure)["status"])
        assert sum(patch.get_width() for patch in band) == pytest.approx(5 / 24, abs=SECOND)

    def test_every_event_has_a_mark(self, ticket, desk):
        figure = timeline(ticket, desk, at(2, 14))
        marks = [one for one in figure.axes[0].collections if one.get_zorder() == 3]
        assert sum(len(one.get_offsets()) for one in marks) == len(ticket.history)

    def test_what_happened_later_is_not_in_it(self, ticket, desk):
        figure = timeline(ticket, desk, at(2, 9, 10))
        assert "answer to every message  [8.3]" in rows(figure)
        marks = [one for one in figure.axes[0].collections if one.get_zorder() == 3]
        assert sum(len(one.get_offsets()) for one in marks) == 2


class TestHowItLooks:
    def test_no_letter_is_a_box(self, ticket, desk, lang):
        assert drawn(timeline(ticket, desk, at(2, 14), lang=lang)).startswith(b"\x89PNG")

    def test_labels_are_in_the_language_asked_for(self, ticket, desk, lang):
        names = rows(timeline(ticket, desk, at(2, 14), lang=lang))
        assert {"en": "first response  [8.1]", "zh": "首次响应  [8.1]"}[lang] in names

    @pytest.mark.parametrize(
        "name", ["$x_1$", "工单\n1", "a\u202eb", "\U0001f600", "\x00", "x" * 300]
    )
    def test_odd_ids_are_shown_and_do_no_harm(self, desk, name):
        odd = replay([events.Submitted(id="e1", ticket=name, at=at(2, 9), by=CUSTOMER)])
        assert drawn(timeline(odd, desk, at(2, 10)))

    def test_nothing_outlasts_the_drawing(self, ticket, desk):
        before = dict(mpl.rcParams)
        timeline(ticket, desk, at(2, 14))
        assert dict(mpl.rcParams) == before

    def test_the_same_picture_twice(self, ticket, desk):
        assert drawn(timeline(ticket, desk, at(2, 14))) == drawn(timeline(ticket, desk, at(2, 14)))

    def test_verdicts_differ_in_colour(self):
        assert len(set(VERDICTS.values())) == len(Verdict)

    def test_the_whole_sample_can_be_drawn(self, desk, sample):
        tickets, now = sample
        for one in tickets[::27]:
            assert timeline(one, desk, now).axes[0].patches


class TestBadInput:
    def test_before_the_ticket(self, ticket, desk):
        with pytest.raises(PictureError, match="'T1' does not exist yet at 2026-03-01"):
            timeline(ticket, desk, at(1, 9))

    def test_a_naive_instant(self, ticket, desk):
        with pytest.raises(NaiveTimeError):
            timeline(ticket, desk, at(2, 9).replace(tzinfo=None))

    def test_another_language(self, ticket, desk):
        with pytest.raises(PictureError, match="'fr': expected en or zh"):
            timeline(ticket, desk, at(2, 14), lang="fr")

    def test_no_font_with_chinese(self, ticket, desk, monkeypatch):
        monkeypatch.setattr(style, "chinese_font", lambda: None)
        with pytest.raises(PictureError, match="no installed font has Chinese"):
            timeline(ticket, desk, at(2, 14), lang="zh")
