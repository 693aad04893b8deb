"""Staffing what-ifs: a desk simulated under its own rules; needs the ``simulation`` extra."""

from ticketrules.simulation.amounts import Amount, Empirical, Exponential, Fixed, LogNormal
from ticketrules.simulation.arrivals import (
    Arrivals,
    PoissonArrivals,
    ReplayedArrivals,
    ResampledDays,
)
from ticketrules.simulation.estimates import Estimate
from ticketrules.simulation.handling import Customers, Handling
from ticketrules.simulation.outcome import ClauseForecast, Simulation
from ticketrules.simulation.staffing import (
    Headcount,
    agents_needed,
    simulate,
    through_service_hours,
)

__all__ = [
    "Amount",
    "Arrivals",
    "ClauseForecast",
    "Customers",
    "Empirical",
    "Estimate",
    "Exponential",
    "Fixed",
    "Handling",
    "Headcount",
    "LogNormal",
    "PoissonArrivals",
    "ReplayedArrivals",
    "ResampledDays",
    "Simulation",
    "agents_needed",
    "simulate",
    "through_service_hours",
]
