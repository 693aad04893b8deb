"""The scorecard (8.4): how promises were kept over a period, by provider and by agent."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from attrs import field, frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.errors import ReportError
from ticketrules.pages import Language
from ticketrules.reports.estimates import Share, Timing
from ticketrules.reports.rendering import scorecards_page


@frozen(kw_only=True)
class ClauseScore:
    """How one promise was kept.

    Attributes:
        clause: The clause.
        clock: The target's id.
        label: What it is, in both languages.
        is_systems: Whether the system keeps it (9), and no agent.
        met: Cycles met in the period.
        breached: Cycles whose breach fell into the period, stopped since or not.
        cancelled: Cycles whose ground fell away in the period.
        open: Cycles without a verdict at the period's end.
        provisional: How many of all these rest on a day that no notice has announced.
        share: Met of met and breached, with its interval.
    """

    clause: ClauseId
    clock: str
    label: Text
    is_systems: bool
    met: int
    breached: int
    cancelled: int
    open: int
    provisional: int
    share: Share

    @property
    def cycles(self) -> int:
        """All of them: met, breached, cancelled and open."""
        return self.met + self.breached + self.cancelled + self.open


@frozen(kw_only=True)
class Scorecard:
    """One provider's or one agent's period.

    Attributes:
        subject: Who; ``None`` for what is nobody's, and on the card of all together.
        tickets: The tickets that the subject held open in the period, or has a credit on.
        clauses: How each promise was kept, in the desk's order.
        kept: Cycles met of met and breached, over all promises that people keep.
        response: Service time from a submission to its first answer, of those answered in the
            period, credited to the answer's author.
        solution: Service time in which the desk had the ball, from a submission or reopening to
            the solution that was told in the period, credited to its author.
        ratings: How many customers gave each rating, 1 to 5.
        satisfaction: Ratings of a satisfied customer of all ratings, with its interval.
        complaints: Complaints that were opened in the period.
        tendencies: Tendencies to complain that began in it; ``None`` where nobody looked.
        reopenings: Tickets that their customers brought back although thought solved.
        transfers_in: Transfers and handovers to the subject.
        transfers_out: Those away from it.
    """

    subject: str | None
    tickets: int
    clauses: tuple[ClauseScore, ...]
    kept: Share
    response: Timing
    solution: Timing
    ratings: Mapping[int, int] = field(hash=False)
    satisfaction: Share
    complaints: int
    tendencies: int | None
    reopenings: int
    transfers_in: int
    transfers_out: int

    @property
    def mean_rating(self) -> float | None:
        """The mean of the ratings; ``None`` without any."""
        count = sum(self.ratings.values())
        return sum(rating * n for rating, n in self.ratings.items()) / count if count else None

    @property
    def complaints_per_hundred(self) -> float | None:
        """Complaints for every hundred tickets; ``None`` without tickets."""
        return _per_hundred(self.complaints, self.tickets)

    @property
    def tendencies_per_hundred(self) -> float | None:
        """Tendencies for every hundred tickets; ``None`` without tickets or if nobody looked."""
        return _per_hundred(self.tendencies, self.tickets)


@frozen(kw_only=True)
class Scorecards:
    """Everybody's cards for a period ``[start, end)``.

    Every cycle that had no verdict before the period stands on one provider's card and on one
    agent's, nobody's among them; each set of cards adds up to ``total``.

    Attributes:
        start: When the period begins, in UTC.
        end: When it ends; what happens then or later is left aside.
        zone: The zone in which it is shown: the first desk's.
        total: All together.
        providers: By name, nobody last.
        agents: By name, nobody last.
        before: Cycles that had their verdict before the period.
        not_yet: Tickets that were submitted only after it.
    """

    start: datetime
    end: datetime
    zone: ZoneInfo
    total: Scorecard
    providers: tuple[Scorecard, ...]
    agents: tuple[Scorecard, ...]
    before: int
    not_yet: int

    def agent(self, agent: str | None) -> Scorecard:
        """One agent's card; nobody's for ``None``.

        Raises:
            ReportError: The agent has none.
        """
        return _find(self.agents, agent, "agent")

    def provider(self, provider: str | None) -> Scorecard:
        """One provider's card; nobody's for ``None``.

        Raises:
            ReportError: The provider has none.
        """
        return _find(self.providers, provider, "provider")

    def text(self, lang: Language = "en") -> str:
        """The cards as plain text, in ``"en"`` or ``"zh"``."""
        return scorecards_page(self, lang).text()

    def html(self, lang: Language = "en") -> str:
        """The cards as a fragment of HTML, escaped."""
        return scorecards_page(self, lang).html()

    def _repr_html_(self) -> str:
        return self.html()


def _find(cards: tuple[Scorecard, ...], subject: str | None, kind: str) -> Scorecard:
    for card in cards:
        if card.subject == subject:
            return card
    known = ", ".join(repr(card.subject) for card in cards) or "none at all"
    msg = f"no {kind} {subject!r} in this period; there is {known}"
    raise ReportError(msg)


def _per_hundred(count: int | None, tickets: int) -> float | None:
    return None if count is None or not tickets else 100 * count / tickets
