"""How risk changes without a plan: growth of violence, and spill-over between drivers.

- growth: violence continues its trend from 2015 to 2019, the least-squares slope of its points relative to their mean.
  Growth is limited to 5 % a year in both directions, because a steep fall does not continue for ever.
- spill-over: each point of grievance adds 0.02 points of violence a year, each point of weak governance adds 0.01
  points of grievance (assumptions). So better institutions reduce later violence.

Risk reduction persists by the share in `theatres`, and grows and spills over as risk does.
"""

from collections.abc import Mapping

from examples.flank.provenance import Record, ruled
from examples.flank.theatres import COUNTRIES, deaths_by_year, points_of_violence, risk

FASTEST = 0.05
SPILLOVER = (("grievance", "violence", 0.02), ("governance", "grievance", 0.01))


def growth(theatre: str) -> float:
    """Relative growth of violence per year, from -0.05 to 0.05."""
    points = [points_of_violence(deaths) for deaths in deaths_by_year(theatre)]
    middle, mean = (len(points) - 1) / 2, sum(points) / len(points)
    if mean == 0:
        return 0.0
    trend = sum((year - middle) * point for year, point in enumerate(points)) / sum(
        (year - middle) ** 2 for year in range(len(points))
    )
    return round(max(-FASTEST, min(FASTEST, trend / mean)), 3)


def dynamics() -> Mapping[str, Record]:
    """Fields `growth` and `spillover` by theatre; drivers with risk 0 are left out."""
    return {theatre: _moves(theatre) for theatre in COUNTRIES}


def _moves(theatre: str) -> Record:
    drivers = risk(theatre)
    record: Record = {
        "spillover": [
            {"from": source, "to": target, "rate": rate}
            for source, target, rate in SPILLOVER
            if source in drivers and target in drivers
        ]
    }
    if growth(theatre):
        record["growth"] = {"violence": growth(theatre)}
    why = "violence grows by the trend of conflict deaths, at most 5 % a year; spill-over is an assumption"
    return {**record, **ruled(why, confidence=0.3)}
