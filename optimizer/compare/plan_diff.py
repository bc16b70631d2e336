"""What differs between two plans, sorted by a third into forced and incidental. Plain documents, no solver.

A difference is forced where the third plan, as good as the first and as close as can be to the second, differs from the
second too.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from models.diff import (
    AmountDifference,
    BurdenDifference,
    Differences,
    ObjectiveDifference,
    ParticipationDifference,
    RunDifference,
    RunState,
)
from models.ids import ActivityId, ContributorId, PeriodId, ResourceId, ScenarioId
from models.outcome import ObjectiveResult
from models.plan import Plan

SAME = 1e-4
"""Relative, and absolute below 1: amounts closer than this are the same; a plan's are exact to about 1e-6."""

Key = TypeVar("Key", bound=Hashable)
State = TypeVar("State")

Runs = dict[tuple[ActivityId, PeriodId, ScenarioId | None], RunState]
Amounts = dict[tuple[ContributorId, ActivityId, ResourceId, PeriodId, ScenarioId | None], float]
Participants = dict[tuple[ContributorId, ActivityId, PeriodId, ScenarioId | None], bool]


@dataclass(frozen=True)
class Decisions:
    """What a plan decides, by what it is about."""

    plan: Plan

    @cached_property
    def runs(self) -> Runs:
        """What runs, but for levels that are only there because the solver may round."""
        return {
            (run.id, run.period, run.scenario): RunState(framework=run.framework, level=run.level)
            for run in self.plan.activities
            if run.level > SAME
        }

    @cached_property
    def participants(self) -> Participants:
        """Who takes part, with an amount that is worth telling."""
        return {(c, a, t, s): True for (c, a, _, t, s), amount in self.amounts.items() if amount > SAME}

    @cached_property
    def amounts(self) -> Amounts:
        """What is given."""
        found: Amounts = {}
        for given in self.plan.allocations:
            key = given.contributor, given.activity, given.resource, given.period, given.scenario
            found[key] = found.get(key, 0.0) + given.amount
        return found


@dataclass(frozen=True)
class Three:
    """Two plans, and the one as good as the first that is closest to the second."""

    here: Decisions
    there: Decisions
    closest: Decisions

    @property
    def forced(self) -> Differences:
        """What the closest plan does otherwise than the second."""
        return self._differences(is_forced=True)

    @property
    def incidental(self) -> Differences:
        """What the first does otherwise than the second, and the closest does not."""
        return self._differences(is_forced=False)

    def _differences(self, *, is_forced: bool) -> Differences:
        def asked(here: Mapping[Key, State], there: Mapping[Key, State], closest: Mapping[Key, State]) -> list[Key]:
            return [key for key, forced in _sorted(here, there, closest) if forced == is_forced]

        here, there, closest = self.here, self.there, self.closest
        return Differences(
            runs=tuple(
                RunDifference(
                    activity=key[0],
                    period=key[1],
                    scenario=key[2],
                    here=here.runs.get(key),
                    there=there.runs.get(key),
                    closest=closest.runs.get(key),
                )
                for key in asked(here.runs, there.runs, closest.runs)
            ),
            participation=tuple(
                ParticipationDifference(
                    contributor=key[0],
                    activity=key[1],
                    period=key[2],
                    scenario=key[3],
                    here=key in here.participants,
                    there=key in there.participants,
                    closest=key in closest.participants,
                )
                for key in asked(here.participants, there.participants, closest.participants)
            ),
            allocations=tuple(
                AmountDifference(
                    contributor=key[0],
                    activity=key[1],
                    resource=key[2],
                    period=key[3],
                    scenario=key[4],
                    here=here.amounts.get(key, 0.0),
                    there=there.amounts.get(key, 0.0),
                    closest=closest.amounts.get(key, 0.0),
                )
                for key in asked(here.amounts, there.amounts, closest.amounts)
            ),
        )


def objectives(here: tuple[ObjectiveResult, ...], there: tuple[ObjectiveResult, ...]) -> Iterator[ObjectiveDifference]:
    """What both plans are worth."""
    mine, other = ({one.metric: one.value for one in some} for some in (here, there))
    for metric in dict.fromkeys((*mine, *other)):
        yield ObjectiveDifference(metric=metric, here=mine.get(metric), there=other.get(metric))


def burdens(here: Plan, there: Plan) -> Iterator[BurdenDifference]:
    """Who pays more in one than in the other."""
    mine, other = ({one.member: one.cost for one in plan.burden} for plan in (here, there))
    for member in dict.fromkeys((*mine, *other)):
        if not _is_same(mine.get(member, 0.0), other.get(member, 0.0)):
            yield BurdenDifference(member=member, here=mine.get(member, 0.0), there=other.get(member, 0.0))


def _sorted(
    here: Mapping[Key, State], there: Mapping[Key, State], closest: Mapping[Key, State]
) -> Iterator[tuple[Key, bool]]:
    """Every key at which the first or the third differs from the second, and whether the third does."""
    for key in dict.fromkeys((*there, *here, *closest)):
        before = there.get(key)
        if not _is_same(closest.get(key), before):
            yield key, True
        elif not _is_same(here.get(key), before):
            yield key, False


def _is_same(one: object, other: object) -> bool:
    """Whether two states count as the same: an amount that is not there is 0, a level does not count."""
    match one, other:
        case RunState(), RunState():
            return one.framework == other.framework
        case (float() | None, float() | None) if not (one is None and other is None):
            first, second = one or 0.0, other or 0.0
            return abs(first - second) <= SAME * max(1.0, abs(first), abs(second))
        case _:
            return one == other
