"""Checks of the drivers of risk: each theatre names its drivers; a theatre with several requires the name."""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from models.errors import Finding, Location
from models.ids import DriverId, TheatreId
from models.problem.activity import Activity
from models.problem.common_findings import unknown
from models.problem.theatre import Theatre

if TYPE_CHECKING:
    from models.problem.problem import Problem

Drivers = Mapping[TheatreId, tuple[DriverId, ...]]


def findings(problem: "Problem") -> Iterator[Finding]:
    """Yield references to unknown drivers, and fields that must name a driver but do not."""
    drivers = {theatre.id: theatre.drivers(problem.periods) for theatre in problem.theatres}
    for number, theatre in enumerate(problem.theatres):
        yield from _of_theatre(("theatres", number), theatre, drivers[theatre.id])
    for number, activity in enumerate(problem.activities):
        yield from _reduced(("activities", number, "reduces"), activity, drivers)
    yield from _synergies(problem, drivers)
    for number, floor in enumerate(problem.policy.min_coverage):
        known = drivers.get(floor.theatre, ())
        if floor.driver is not None and known and floor.driver not in known:
            yield unknown(("policy", "min_coverage", number, "driver"), "driver", floor.driver, known)


def _of_theatre(loc: Location, theatre: Theatre, known: Sequence[DriverId]) -> Iterator[Finding]:
    named: list[tuple[Location, DriverId]] = [
        *(((*loc, "structural", number), driver) for number, driver in enumerate(theatre.structural)),
        *(((*loc, "growth", driver), driver) for driver in theatre.growth),
        *(((*loc, "spillover", number, "from"), flow.from_) for number, flow in enumerate(theatre.spillover)),
        *(((*loc, "spillover", number, "to"), flow.to) for number, flow in enumerate(theatre.spillover)),
    ]
    yield from (unknown(where, "driver", driver, known) for where, driver in named if driver not in known)
    sorter = TopologicalSorter[DriverId]()
    for flow in theatre.spillover:
        sorter.add(flow.to, flow.from_)
    try:
        sorter.prepare()
    except CycleError as error:
        circle = " feeds ".join(reversed(error.args[1]))
        yield Finding(loc=(*loc, "spillover"), code="cycle", message=f"drivers feed each other in a circle: {circle}")


def _reduced(loc: Location, activity: Activity, drivers: Drivers) -> Iterator[Finding]:
    served = {theatre: drivers[theatre] for theatre in activity.theatres_served if theatre in drivers}
    if activity.reduces is None:
        for theatre, known in served.items():
            if len(known) > 1:
                yield Finding(
                    loc=loc,
                    code="reduces_required",
                    message=f"{theatre} has several drivers of risk ({', '.join(known)}): state which ones the "
                    "activity reduces, and by how many risk points per point of effect",
                    allowed=known,
                    suggestion=f'"reduces": {{"{known[0]}": 1}}',
                )
        return
    known = tuple(dict.fromkeys(driver for names in served.values() for driver in names))
    both = tuple(f"{theatre}/{driver}" for theatre, names in served.items() for driver in names)
    if len(served) == len(set(activity.theatres_served)):
        yield from (
            unknown((*loc, key), "driver", key, (*known, *both))
            for key in activity.reduces
            if key not in {*known, *both}
        )


def _synergies(problem: "Problem", drivers: Drivers) -> Iterator[Finding]:
    for number, synergy in enumerate(problem.synergies):
        theatres = [problem.activity[a].theatre for a in synergy.activities if a in problem.activity]
        loc: Location = ("synergies", number)
        if len(set(theatres)) > 1:
            message = f"the activities are in different theatres, {' and '.join(theatres)}: choose two of one theatre"
            yield Finding(
                loc=(*loc, "activities"), code="theatre_not_shared", message=message, given=synergy.activities
            )
            continue
        known = drivers.get(theatres[0], ()) if theatres else ()
        if synergy.driver is not None and known and synergy.driver not in known:
            yield unknown((*loc, "driver"), "driver", synergy.driver, known)
        if synergy.driver is None and len(known) > 1:
            message = (
                f"{theatres[0]} has several drivers of risk ({', '.join(known)}): state which one the synergy reduces"
            )
            yield Finding(loc=(*loc, "driver"), code="driver_required", message=message, allowed=known)
