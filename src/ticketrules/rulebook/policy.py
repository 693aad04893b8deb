"""The policy: one value composed of the settings of every part."""

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
        service_hours: When the desk serves (3).
        promises: What the customer is promised, in service time (7.1, 8).
        waiting: The ladder of a waiting ticket, in working days (9).
        notices: Holiday notices newer than the packaged ones.
    """

    name: str = "marketplace"
    service_hours: ServiceHours = field(factory=ServiceHours)
    promises: Promises = field(factory=Promises)
    waiting: Waiting = field(factory=Waiting)
    notices: tuple[Notice, ...] = ()

    def calendar(self) -> ServiceCalendar:
        """The service calendar of this policy.

        Raises:
            CalendarError: The days are unknown, or take no notices.
        """
        return self.service_hours.calendar(self.notices)
