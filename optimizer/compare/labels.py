"""Titles and units of the records in which two plans differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from models.diff import (
    AmountDifference,
    BurdenDifference,
    Differences,
    ParticipationDifference,
    RunDifference,
    Titles,
)
from models.ids import ContributorId, FrameworkId, ResourceId
from models.problem.problem import Problem
from optimizer.data.titles import Titled

Id = TypeVar("Id", bound=str)
Row = RunDifference | ParticipationDifference | AmountDifference


def titles_of(problem: Problem, differing: Sequence[Differences], burden: Sequence[BurdenDifference]) -> Titles:
    """The titles of all records that occur in the differences, by id; without records that have no title."""
    runs = [run for found in differing for run in found.runs]
    participation = [part for found in differing for part in found.participation]
    allocations = [amount for found in differing for amount in found.allocations]
    rows: tuple[Row, ...] = (*runs, *participation, *allocations)
    contributors = (
        *(row.contributor for row in participation),
        *(row.contributor for row in allocations),
        *_members(burden),
    )
    scenarios = {scenario.id: scenario for scenario in problem.scenarios}
    states = (state for run in runs for state in (run.here, run.there, run.closest) if state is not None)
    frameworks: Iterator[FrameworkId] = (state.framework for state in states)
    return Titles(
        contributors=_titled(problem.contributor, contributors),
        activities=_titled(problem.activity, (row.activity for row in rows)),
        frameworks=_titled(problem.framework, frameworks),
        resources=_titled(problem.resource, (amount.resource for amount in allocations)),
        scenarios=_titled(scenarios, (row.scenario for row in rows if row.scenario is not None)),
    )


def units_of(problem: Problem, differing: Sequence[Differences]) -> dict[ResourceId, str]:
    """The unit of every resource whose amounts differ, if the problem has the resource."""
    resources = dict.fromkeys(amount.resource for found in differing for amount in found.allocations)
    return {r: problem.resource[r].unit for r in resources if r in problem.resource}


def _members(burden: Sequence[BurdenDifference]) -> Iterator[ContributorId]:
    return (ContributorId(row.member) for row in burden)


def _titled(records: Mapping[Id, Titled], ids: Iterable[Id]) -> dict[Id, str]:
    return {id_: records[id_].title for id_ in dict.fromkeys(ids) if id_ in records and records[id_].title}
