"""Ranking (8.4) by what the evidence vouches for, so that few cases win nothing by luck."""

from collections.abc import Callable, Iterable
from typing import Final

from attrs import frozen

from ticketrules.errors import ReportError
from ticketrules.pages import Language
from ticketrules.reports.estimates import Share
from ticketrules.reports.rendering import ranking_page
from ticketrules.reports.scorecard import Scorecard
from ticketrules.routing.given import each
from ticketrules.tickets.values import Labelled


class Measure(Labelled):
    """What is ranked."""

    TIMELINESS = "timeliness", "时效"
    SATISFACTION = "satisfaction", "满意度"


@frozen
class Place:
    """A place in a ranking.

    Attributes:
        place: From 1; those whom nothing tells apart share one.
        subject: Who.
        share: What was ranked, with its interval; its ``lower`` end is the score.
    """

    place: int
    subject: str
    share: Share


@frozen
class Ranking:
    """Subjects from the best to the last.

    Attributes:
        measure: What was ranked.
        places: Everybody, in order.
    """

    measure: Measure
    places: tuple[Place, ...]

    def text(self, lang: Language = "en") -> str:
        """The ranking as plain text, in ``"en"`` or ``"zh"``."""
        return ranking_page(self, lang).text()

    def html(self, lang: Language = "en") -> str:
        """The ranking as a fragment of HTML, escaped."""
        return ranking_page(self, lang).html()

    def _repr_html_(self) -> str:
        return self.html()


_SHARES: Final[dict[Measure, Callable[[Scorecard], Share]]] = {
    Measure.TIMELINESS: lambda card: card.kept,
    Measure.SATISFACTION: lambda card: card.satisfaction,
}


def ranking(cards: Iterable[Scorecard], measure: Measure = Measure.TIMELINESS) -> Ranking:
    """Rank cards by the lower end of Wilson's interval around their share.

    That end is the share that the cases vouch for: one of one is at 21 %, 19 of 20 at 76 %, 950 of
    1,000 at 93 %. Equal ends are told apart by the upper end, which puts whoever has no cases
    before whoever failed in all; what is still equal shares its place, by name.

    Args:
        cards: The cards, one for each subject; nobody's are left out.
        measure: What is ranked.

    Raises:
        ReportError: A subject has two cards; the message names it.
        TypeError: Something else than cards, or than a ``Measure``.
    """
    (measure,) = each((measure,), Measure, "measure")
    share_of = _SHARES[measure]
    shares: dict[str, Share] = {}
    for one in each(cards, Scorecard, "cards"):
        if one.subject is None:
            continue
        if one.subject in shares:
            msg = f"ranking: {one.subject!r} has two cards; rank those of one period"
            raise ReportError(msg)
        shares[one.subject] = share_of(one)
    ranked = sorted(shares.items(), key=lambda pair: (-pair[1].lower, -pair[1].upper, pair[0]))
    places: list[Place] = []
    for number, (subject, share) in enumerate(ranked, 1):
        last = places[-1] if places else None
        if last is not None and (last.share.lower, last.share.upper) == (share.lower, share.upper):
            number = last.place  # noqa: PLW2901  # a shared place
        places.append(Place(number, subject, share))
    return Ranking(measure, tuple(places))
