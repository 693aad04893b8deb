"""The policy: one value composed of the settings of every part."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from attrs import field, frozen

from ticketrules.calendar import Notice, ServiceCalendar, ServiceHours
from ticketrules.sla import Promises, Waiting


@frozen(kw_only=True)
class Policy:
    """All that a desk's rules leave to a host to decide.

    ``Policy()`` is the marketplace's. The settings live beside the code that reads them, each with
    its clause; they are only composed here.

    Attributes:
        name: What reports call it.
        effective_from: The first date, in its own zone, on which it is in force; ``None`` where
            nothing came before it.
        retroactive: Whether it also rules the tickets that were open when it came; otherwise a
            ticket keeps the policy under which it was submitted.
        service_hours: When the desk serves (3).
        promises: What the customer is promised, in service time (7.1, 8).
        waiting: The ladder of a waiting ticket, in working days (9).
        notices: Holiday notices newer than the packaged ones.
    """

    name: str = "marketplace"
    effective_from: date | None = None
    retroactive: bool = False
    service_hours: ServiceHours = field(factory=ServiceHours)
    promises: Promises = field(factory=Promises)
    waiting: Waiting = field(factory=Waiting)
    notices: tuple[Notice, ...] = ()

    @property
    def effective_at(self) -> datetime:
        """The instant from which it is in force, in UTC; the earliest there is without a date."""
        if self.effective_from is None:
            return datetime.min.replace(tzinfo=UTC)
        zone = ZoneInfo(self.service_hours.zone)
        return datetime.combine(self.effective_from, time.min, zone).astimezone(UTC)

    def calendar(self) -> ServiceCalendar:
        """The service calendar of this policy.

        Raises:
            CalendarError: The days are unknown, or take no notices.
        """
        return self.service_hours.calendar(self.notices)
