"""Shows the outcome of a multi-year plan on two screens: a line per activity, theatre and member."""

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
"""Contributors named for each activity, largest first."""
WIDE = 100
"""Terminal width, in columns, from which bars are shown."""


def show_picture(console: Console, outcome: Outcome, problem: Problem) -> None:
    """Print who contributes what under which framework, the effect by theatre, the burdens and the proof."""
    if not isinstance(outcome, Solved | Stopped):
        show_outcome(console, outcome, problem)
        return
    names = Names(problem)
    console.print()
    console.print(Text(problem.title, style="bold"))
    console.print(Text("levels by year, effect in risk points, contributions in M EUR", style=DIM))
    _show_frameworks(console, outcome.plan, names, problem)
    _show_objections(console, outcome.plan, names, problem)
    _show_theatres(console, outcome.plan.coverage, names)
    show_burden(console, outcome.plan.burden, names)
    heading(console, "The proof")
    show_proof(console, outcome)
    console.print(Text(_measured(outcome), style=DIM))


def _measured(outcome: Solved | Stopped) -> str:
    size, spent = outcome.program, outcome.timing
    return (
        f"program: {size.columns:,} columns, {size.rows:,} rows, {size.nonzeros:,} non-zeros,"
        f" {size.integers:,} integers\n"
        f"seconds: formulate {spent.formulate_s:.1f}, compile {spent.compile_s:.1f}, solve {spent.solve_s:.1f},"
        f" check {spent.check_s:.1f}"
    )


def _show_frameworks(console: Console, plan: Plan, names: Names, problem: Problem) -> None:
    given = _given(plan, problem)
    for framework in problem.frameworks:
        runs = [run for run in plan.activities if run.framework == framework.id]
        if not runs:
            continue
        spent = sum(sum(given[run.id, run.period].values()) for run in runs)
        heading(console, f"{names.framework(framework.id)}: who contributes what, {number(spent)} M EUR in total")
        years = [str(period) for period in problem.periods]
        rows = table(
            "activity",
            *years,
            "points",
            "M EUR",
            "contributors",
            right=(*years, "points", "M EUR"),
            wide={"activity": 2, "contributors": 3},
        )
        for activity, of_activity in _by_activity(runs, given).items():
            gifts = _added(given[activity, run.period] for run in of_activity)
            levels = {run.period: number(round(run.level, 1)) for run in of_activity}
            rows.add_row(
                names.activity(activity),
                *(levels.get(period, "") for period in problem.periods),
                number(round(sum(run.effect for run in of_activity), 1)),
                number(round(sum(gifts.values()), 1)),
                Packed(_largest(gifts, names)),
            )
        console.print(rows)


def _show_objections(console: Console, plan: Plan, names: Names, problem: Problem) -> None:
    """Print the activities that an objection keeps from consensus, and the framework they run under instead."""
    rows = table("activity", "objects", "runs under", wide={"activity": 2, "objects": 1, "runs under": 1})
    for activity in problem.activities:
        for framework in problem.frameworks_of(activity):
            who = _objectors(problem, activity, framework)
            if who:
                frameworks = dict.fromkeys(run.framework for run in plan.activities if run.id == activity.id)
                instead = ", ".join(names.framework(used) for used in frameworks) or "does not run"
                rows.add_row(names.activity(activity.id), names.contributors(who), instead)
    if rows.row_count:
        heading(console, "Activities blocked by objections under consensus")
        console.print(rows)


def _objectors(problem: Problem, activity: Activity, framework: FrameworkId) -> tuple[MemberId, ...]:
    if problem.framework[framework].rule.type != "consensus":
        return ()
    return tuple(
        member.id
        for member in problem.members
        if problem.position(member.id, activity.id, framework) < member.objects_below
    )


def _given(plan: Plan, problem: Problem) -> dict[tuple[str, str], dict[str, float]]:
    """Contributions in M EUR by contributor, for each activity and period."""
    given: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for gift in plan.allocations:
        given[gift.activity, gift.period][gift.contributor] += gift.amount * problem.resource[gift.resource].unit_cost
    return given


def _by_activity(
    runs: Iterable[ActivityRun], given: Mapping[tuple[str, str], Mapping[str, float]]
) -> dict[str, list[ActivityRun]]:
    """Runs by activity, the most expensive activity first."""
    found: dict[str, list[ActivityRun]] = defaultdict(list)
    for run in runs:
        found[run.id].append(run)
    cost = {
        activity: sum(sum(given[run.id, run.period].values()) for run in of_one) for activity, of_one in found.items()
    }
    return {activity: found[activity] for activity in sorted(found, key=lambda activity: -cost[activity])}


def _added(gifts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for by_contributor in gifts:
        for contributor, amount in by_contributor.items():
            total[contributor] += amount
    return total


def _largest(gifts: Mapping[str, float], names: Names) -> list[str]:
    ordered = sorted(gifts, key=lambda contributor: -gifts[contributor])
    named = [f"{names.contributor(giver)} {number(round(gifts[giver], 1))}" for giver in ordered[:NAMED]]
    return [*named, f"{len(ordered) - NAMED} more"] if len(ordered) > NAMED else named


def _show_theatres(console: Console, coverage: Sequence[Coverage], names: Names) -> None:
    heading(console, "What the plan achieves in each theatre, over all years")
    found: dict[str, dict[str, list[Coverage]]] = defaultdict(lambda: defaultdict(list))
    for item in coverage:
        found[item.theatre][item.driver].append(item)
    every = {theatre: [item for items in drivers.values() for item in items] for theatre, drivers in found.items()}
    drivers = list(dict.fromkeys(item.driver for item in coverage))
    bar = ("",) if console.width >= WIDE else ()
    rows = table("theatre", "removed", "of", "share", *bar, *drivers, right=("removed", "of", "share", *drivers))
    for theatre in sorted(found, key=lambda theatre: -_share(every[theatre])):
        rows.add_row(
            names.theatre(theatre),
            number(round(sum(item.reduction for item in every[theatre]), 1)),
            number(round(sum(item.baseline for item in every[theatre]), 1)),
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
    return sum(item.reduction for item in every) / sum(item.baseline for item in every)
