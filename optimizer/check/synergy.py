"""C35: a tailored mixture is more than its parts."""

from models.ids import DriverId, TheatreId
from models.problem.activity import Synergy
from optimizer.check.reading import Reading


def shared_theatre(reading: Reading, synergy: Synergy) -> TheatreId:
    """Where a synergy counts: the theatre in which its activities are run (they share it)."""
    return reading.problem.activity[synergy.activities[0]].theatre


def bonus(reading: Reading, theatre: TheatreId, driver: DriverId, t: int) -> float:
    """C35: risk points added to what is removed from a driver, because both activities of a synergy run."""
    return sum(
        synergy.effect
        for synergy in reading.problem.synergies
        if synergy.driver in (None, driver)
        and shared_theatre(reading, synergy) == theatre
        and all((one, t) in reading.flag for one in synergy.activities)
    )
