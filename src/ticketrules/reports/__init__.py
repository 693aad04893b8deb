"""Reports: the overview of a desk (2.1), scorecards of a period and rankings (8.4)."""

from ticketrules.reports.estimates import Share, Timing
from ticketrules.reports.overview import Overview, WaitLine, overview, overview_by_provider
from ticketrules.reports.providers import group_of
from ticketrules.reports.ranking import Measure, Place, Ranking, ranking
from ticketrules.reports.scorecard import ClauseScore, Scorecard, Scorecards
from ticketrules.reports.scoring import scorecards, tendencies_by
from ticketrules.reports.settings import Reporting

__all__ = [
    "ClauseScore",
    "Measure",
    "Overview",
    "Place",
    "Ranking",
    "Reporting",
    "Scorecard",
    "Scorecards",
    "Share",
    "Timing",
    "WaitLine",
    "group_of",
    "overview",
    "overview_by_provider",
    "ranking",
    "scorecards",
    "tendencies_by",
]
