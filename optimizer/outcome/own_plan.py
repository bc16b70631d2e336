"""A plan of one's own -> Plan: derives what it leaves out, recomputes its figures, and keeps what it states.

It is in the room of the extraction: both turn decisions into a plan, with the same figures. The independent
check cannot do this, since it must judge what was derived. It is asked which framework is the first that holds.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.config import Group
from models.errors import InvalidDocument
from models.ids import FrameworkId, PeriodId
from models.issues import issues
from models.outcome import Violation
from models.own_plan import OwnPlan, OwnRun, missing_periods, running, with_periods
from models.plan import Plan
from models.problem.activity import Activity
from models.problem.problem import Problem
from optimizer.check.check import check_apart, is_readable
from optimizer.data.scenarios import ScenarioData, scenarios_of
from optimizer.outcome.figures.plan import Bests, build_plan
from optimizer.outcome.figures.scenario_decisions import ActivityPeriod, ScenarioDecisions
from optimizer.outcome.stated_figures import with_stated

Frameworks = Mapping[ActivityPeriod, FrameworkId]


def complete(problem: Problem, plan: OwnPlan, relax: Collection[Group] = (), bests: Bests | None = None) -> Plan:
    """The whole plan: what is left out is derived, what is stated stays, right or wrong.

    Args:
        problem: The problem that the plan is for, overrides applied.
        plan: The plan of one's own.
        relax: The relaxed groups, for the choice of frameworks.
        bests: z* of each scenario, for regrets that are left out.

    Raises:
        InvalidDocument: If a record has no period, and the problem has several.
    """
    found = tuple(missing_periods(plan, problem.periods))
    if found:
        raise InvalidDocument(issues(OwnPlan, plan.model_dump(by_alias=True), found))
    dated = with_periods(plan, problem.periods)
    bare = with_stated(dated, None, problem)
    if not is_readable(problem, bare):
        return bare
    reading = _Reading(problem=problem, plan=dated, scenarios=scenarios_of(problem), relax=relax, bests=bests or {})
    return _with_chosen_frameworks(reading)


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """A plan of one's own and its problem. Every record has a period, and every id exists."""

    problem: Problem
    plan: OwnPlan
    scenarios: Sequence[ScenarioData]
    relax: Collection[Group]
    bests: Bests

    @property
    def stated(self) -> dict[ActivityPeriod, FrameworkId]:
        """The frameworks that the plan states."""
        return {(a, _known(t)): f for (a, t), f in running(self.plan).items() if f is not None}

    @property
    def open(self) -> dict[ActivityPeriod, tuple[FrameworkId, ...]]:
        """The frameworks to choose from, for each activity and period that runs without a stated one."""
        activity, stated = self.problem.activity, self.stated
        return {key: self.problem.frameworks_of(activity[key[0]]) for key in self.running if key not in stated}

    @property
    def running(self) -> tuple[ActivityPeriod, ...]:
        """Every activity and period that is listed or receives something."""
        return tuple((activity, _known(period)) for activity, period in running(self.plan))


def _with_chosen_frameworks(reading: _Reading) -> Plan:
    """The plan under the first frameworks under which it holds; a run that holds under none keeps its first.

    All runs whose framework is open are tried together: those that break a rule move on to their next framework. That
    takes one check for each framework of an activity, where one for each combination would never end.
    """
    options = {key: frameworks for key, frameworks in reading.open.items() if len(frameworks) > 1}
    first = plan = _whole(reading, {})
    place = dict.fromkeys(options, 0)
    while moving := [key for key in _at_fault(reading, plan, options) if place[key] + 1 < len(options[key])]:
        place.update((key, place[key] + 1) for key in moving)
        plan = _whole(reading, {key: options[key][number] for key, number in place.items()})
    hopeless = [key for key in _at_fault(reading, plan, options) if place[key]]
    if hopeless:
        place.update(dict.fromkeys(hopeless, 0))
        plan = _whole(reading, {key: options[key][number] for key, number in place.items()})
    if any(place.values()) and len(_decisions_broken(reading, plan)) < len(_decisions_broken(reading, first)):
        return plan
    return first


def _at_fault(reading: _Reading, plan: Plan, runs: Iterable[ActivityPeriod]) -> tuple[ActivityPeriod, ...]:
    """Those of the runs that the name of a broken row names; none without asking, if there is none to ask about."""
    asked = tuple(runs)
    faults = _decisions_broken(reading, plan) if asked else ()
    return tuple(key for key in asked if any(_names(fault, key, reading.problem) for fault in faults))


def _decisions_broken(reading: _Reading, plan: Plan) -> tuple[Violation, ...]:
    decisions, _ = check_apart(reading.problem, plan, relax=reading.relax)
    return decisions.violations


def _names(violation: Violation, key: ActivityPeriod, problem: Problem) -> bool:
    """Whether the name of a broken row has this activity, and this period or none."""
    parts = set(violation.row.partition("@")[0].split("/"))
    return key[0] in parts and (key[1] in parts or parts.isdisjoint(problem.periods))


def _whole(reading: _Reading, chosen: Frameworks) -> Plan:
    """The plan with every figure, under the stated frameworks, the chosen ones, and else the first of each activity."""
    first = {key: frameworks[0] for key, frameworks in reading.open.items()}
    frameworks = {**first, **chosen, **reading.stated}
    decisions = [_decisions(reading, scenario, frameworks) for scenario in reading.scenarios]
    return with_stated(reading.plan, build_plan(decisions, reading.bests), reading.problem)


def _decisions(reading: _Reading, scenario: ScenarioData, frameworks: Frameworks) -> ScenarioDecisions:
    """The decisions of one scenario, stated and derived."""
    plan, mine = reading.plan, (None, scenario.id)
    contributions = _summed(
        ((gift.contributor, gift.activity, gift.resource, gift.period), gift.amount)
        for gift in plan.allocations
        if gift.scenario in mine
    )
    own_last = sorted(plan.activities, key=lambda run: run.scenario is not None)
    stated = {_place(run): run for run in own_last if run.scenario in mine}
    runs = _runs(reading, scenario.problem, stated, contributions, frameworks)
    multiplier = {f: framework.effect_multiplier for f, framework in scenario.problem.framework.items()}
    most = {key: multiplier[f] * level for key, (f, level) in runs.items()}
    claimed = {key: run.effective_level for key, run in stated.items() if run.effective_level is not None}
    return ScenarioDecisions(
        problem=scenario.problem,
        scenario=scenario.id,
        is_only_scenario=len(reading.scenarios) == 1,
        has_recourse=scenario.has_recourse,
        probability=scenario.probability,
        effect_multiplier=scenario.effect_multiplier,
        risk_multiplier=scenario.risk_multiplier,
        relax=frozenset(reading.relax),
        frameworks=frameworks,
        present=frozenset(
            (gift.contributor, gift.activity, _known(gift.period)) for gift in plan.allocations if gift.amount > 0
        ),
        contributions=contributions,
        runs=runs,
        payments=_summed(
            ((payment.member, payment.partner, payment.resource, payment.period), payment.amount)
            for payment in plan.coordination
            if payment.scenario in mine
        ),
        concessions=_summed(
            ((concession.member, concession.activity, concession.framework), concession.amount)
            for concession in plan.concessions
        ),
        investments=_summed(((purchase.id, purchase.period), purchase.units) for purchase in plan.investments),
        committed_levels=most | claimed,
    )


def _runs(
    reading: _Reading,
    problem: Problem,
    stated: Mapping[ActivityPeriod, OwnRun],
    contributions: Mapping[Any, float],
    frameworks: Frameworks,
) -> dict[ActivityPeriod, tuple[FrameworkId, float]]:
    """The framework and level of each run; what is only derived does not run at level 0."""
    found = {}
    for a, t in reading.running:
        run = stated.get((a, t))
        f = frameworks[a, t] if run is None or run.framework is None else run.framework
        level = None if run is None else run.level
        if level is None:
            level = _level(problem, problem.activity[a], f, contributions, t)
        if run is not None or level > 0:
            found[a, t] = (f, level)
    return found


def _level(
    problem: Problem,
    activity: Activity,
    framework: FrameworkId,
    contributions: Mapping[Any, float],
    period: PeriodId,
) -> float:
    """The level that the contributions allow: the least over the need lines, which a plan meets exactly (C2)."""
    given = [(c, r, amount) for (c, a, r, t), amount in contributions.items() if (a, t) == (activity.id, period)]
    multiplier = problem.framework[framework].cost_multiplier
    return min(
        sum(line.from_.get(r, 0.0) * problem.contributor[c].productivity * amount for c, r, amount in given)
        / (line.amount * multiplier)
        for line in activity.need_lines
    )


def _summed(amounts: Iterable[tuple[Any, float]]) -> dict[Any, float]:
    """The sum of the amounts of each key; only sums above zero."""
    found: dict[Any, float] = {}
    for key, amount in amounts:
        if amount > 0:
            found[key] = found.get(key, 0.0) + amount
    return found


def _place(run: OwnRun) -> ActivityPeriod:
    return run.id, _known(run.period)


def _known(period: PeriodId | None) -> PeriodId:
    """The period of a record whose period has been filled in."""
    if period is None:
        raise AssertionError("every record has a period once the plan is dated")
    return period
