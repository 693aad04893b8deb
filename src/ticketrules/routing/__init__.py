"""Routing: the order in which tickets need a hand."""

from ticketrules.routing.priority import Standing, Urgency, order

__all__ = ["Standing", "Urgency", "order"]
