"""The outcome of a plan over several years on two screens: a line for each activity, theatre and member."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from models.ids import FrameworkId, MemberId
from models.outcome import Outcome, Solved, Stopped
from models.plan import ActivityRun, Coverage, Plan
from models.problem.activity import Activity
from models.problem.problem import Problem
from service.cli.show.balance import show_burden
from service.cli.show.figures import number, percent
from service.cli.show.layout import DIM, Bar, Packed, heading, table
from service.cli.show.names import Names
from service.cli.show.outcome import show_outcome
from service.cli.show.proof import show_proof

NAMED = 3
"""Contributors named for each activity, the largest first."""
WIDE = 100
"""Columns of the terminal from which on there is room for a bar."""


def show_picture(console: Console, outcome: Outcome, problem: Problem) -> None:
    """Who contributes what under which flag, what it achieves, who pays, and the proof."""
    if not isinstance(outcome, Solved | Stopped):
        show_outcome(console, outcome, problem)
        return
    names = Names(problem)
    console.print()
    console.print(Text(problem.title, style="bold"))
    console.print(Text("levels by year, effect in risk points, gifts valued in M EUR", style=DIM))
    _show_flags(console, outcome.plan, names, problem)
    _show_objections(console, outcome.plan, names, problem)
    _show_theatres(console, outcome.plan.coverage, names)
    show_burden(console, outcome.plan.burden, names)
    heading(console, "The proof")
    show_proof(console, outcome)
    console.print(Text(_measured(outcome), style=DIM))


def _measured(outcome: Solved | Stopped) -> str:
    size, spent = outcome.program, outcome.timing
    return (
        f"program: {size.columns:,} columns × {size.rows:,} rows, {size.nonzeros:,} non-zero, {size.integers:,} whole\n"
        f"seconds: formulate {spent.formulate_s:.1f}, compile {spent.compile_s:.1f}, solve {spent.solve_s:.1f},"
        f" check {spent.check_s:.1f}"
    )


def _show_flags(console: Console, plan: Plan, names: Names, problem: Problem) -> None:
    given = _given(plan, problem)
    for framework in problem.frameworks:
        runs = [run for run in plan.activities if run.framework == framework.id]
        if not runs:
            continue
        spent = sum(sum(given[run.id, run.period].values()) for run in runs)
        heading(console, f"{names.framework(framework.id)}: who contributes what, {number(spent)} M EUR in all")
        years = [str(period) for period in problem.periods]
        rows = table(
            "activity",
            *years,
            "points",
            "M EUR",
            "from whom",
            right=(*years, "points", "M EUR"),
            wide={"activity": 2, "from whom": 3},
        )
        for activity, here in _by_activity(runs, given).items():
            gifts = _added(given[activity, run.period] for run in here)
            levels = {run.period: number(round(run.level, 1)) for run in here}
            rows.add_row(
                names.activity(activity),
                *(levels.get(period, "") for period in problem.periods),
                number(round(sum(run.effect for run in here), 1)),
                number(round(sum(gifts.values()), 1)),
                Packed(_largest(gifts, names)),
            )
        console.print(rows)


def _show_objections(console: Console, plan: Plan, names: Names, problem: Problem) -> None:
    """What one objection keeps from the flag of all, and what became of it."""
    rows = table("what", "who objects", "instead", wide={"what": 2, "who objects": 1, "instead": 1})
    for activity in problem.activities:
        for framework in problem.frameworks_of(activity):
            who = _objectors(problem, activity, framework)
            if who:
                flags = dict.fromkeys(run.framework for run in plan.activities if run.id == activity.id)
                instead = ", ".join(names.framework(flag) for flag in flags) or "not done"
                rows.add_row(names.activity(activity.id), names.contributors(who), instead)
    if rows.row_count:
        heading(console, "What objections keep from being decided by all")
        console.print(rows)


def _objectors(problem: Problem, activity: Activity, framework: FrameworkId) -> tuple[MemberId, ...]:
    if problem.framework[framework].rule.type != "consensus":
        return ()
    return tuple(
        one.id for one in problem.members if problem.position(one.id, activity.id, framework) < one.objects_below
    )


def _given(plan: Plan, problem: Problem) -> dict[tuple[str, str], dict[str, float]]:
    """M EUR by contributor, for each activity and period."""
    given: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in plan.allocations:
        given[one.activity, one.period][one.contributor] += one.amount * problem.resource[one.resource].unit_cost
    return given


def _by_activity(
    runs: Iterable[ActivityRun], given: Mapping[tuple[str, str], Mapping[str, float]]
) -> dict[str, list[ActivityRun]]:
    """The runs of each activity, the dearest activity first."""
    found: dict[str, list[ActivityRun]] = defaultdict(list)
    for run in runs:
        found[run.id].append(run)
    cost = {activity: sum(sum(given[run.id, run.period].values()) for run in here) for activity, here in found.items()}
    return {activity: found[activity] for activity in sorted(found, key=lambda activity: -cost[activity])}


def _added(gifts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for one in gifts:
        for contributor, amount in one.items():
            total[contributor] += amount
    return total


def _largest(gifts: Mapping[str, float], names: Names) -> list[str]:
    ordered = sorted(gifts, key=lambda contributor: -gifts[contributor])
    named = [f"{names.contributor(one)} {number(round(gifts[one], 1))}" for one in ordered[:NAMED]]
    return [*named, f"{len(ordered) - NAMED} more"] if len(ordered) > NAMED else named


def _show_theatres(console: Console, coverage: Sequence[Coverage], names: Names) -> None:
    heading(console, "What it achieves in each theatre, over all years")
    found: dict[str, dict[str, list[Coverage]]] = defaultdict(lambda: defaultdict(list))
    for one in coverage:
        found[one.theatre][one.driver].append(one)
    every = {theatre: [one for ones in drivers.values() for one in ones] for theatre, drivers in found.items()}
    drivers = list(dict.fromkeys(one.driver for one in coverage))
    bar = ("",) if console.width >= WIDE else ()
    rows = table("theatre", "removed", "of", "share", *bar, *drivers, right=("removed", "of", "share", *drivers))
    for theatre in sorted(found, key=lambda theatre: -_share(every[theatre])):
        rows.add_row(
            names.theatre(theatre),
            number(round(sum(one.reduction for one in every[theatre]), 1)),
            number(round(sum(one.baseline for one in every[theatre]), 1)),
            percent(round(_share(every[theatre]), 2)),
            *((Bar(_share(every[theatre])),) if bar else ()),
            *(
                percent(round(_share(found[theatre][driver]), 2)) if driver in found[theatre] else ""
                for driver in drivers
            ),
        )
    console.print(rows)


def _share(coverage: Iterable[Coverage]) -> float:
    every = tuple(coverage)
    return sum(one.reduction for one in every) / sum(one.baseline for one in every)
