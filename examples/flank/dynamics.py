"""How risk moves if nothing is done: the trend of violence, and what feeds it.

- growth: violence goes on as it went from 2015 to 2019, by the least-squares trend of its points, relative to their
  mean, but by no more than 5 % a year: what fell by half in two years does not fall for ever;
- spill-over: each point of grievance feeds 0.02 points of violence a year, each point of weak governance 0.01 points of
  grievance (assumptions). So what institutions win today is violence that does not come tomorrow.

What is won persists by the share of `theatres`, and moves as the risk itself does.
"""

from collections.abc import Mapping

from examples.flank.provenance import Record, ruled
from examples.flank.theatres import COUNTRIES, deaths_by_year, points_of_violence, risk

FASTEST = 0.05
SPILLOVER = (("grievance", "violence", 0.02), ("governance", "grievance", 0.01))


def growth(theatre: str) -> float:
    """Relative growth of violence in a year."""
    points = [points_of_violence(deaths) for deaths in deaths_by_year(theatre)]
    middle, mean = (len(points) - 1) / 2, sum(points) / len(points)
    if mean == 0:
        return 0.0
    trend = sum((year - middle) * point for year, point in enumerate(points)) / sum(
        (year - middle) ** 2 for year in range(len(points))
    )
    return round(max(-FASTEST, min(FASTEST, trend / mean)), 3)


def dynamics() -> Mapping[str, Record]:
    """Growth and spill-over, by theatre; a driver that stands at 0 neither grows nor is fed."""
    return {theatre: _moves(theatre) for theatre in COUNTRIES}


def _moves(theatre: str) -> Record:
    drivers = risk(theatre)
    record: Record = {
        "spillover": [
            {"from": source, "to": fed, "rate": rate}
            for source, fed, rate in SPILLOVER
            if source in drivers and fed in drivers
        ]
    }
    if growth(theatre):
        record["growth"] = {"violence": growth(theatre)}
    why = "violence grows by the trend of deaths in conflict, at most 5 % a year; spill-over is an assumption"
    return {**record, **ruled(why, confidence=0.3)}
