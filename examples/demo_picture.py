"""The outcome of a plan over several years on two screens: a line for each activity, theatre and member."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.text import Text

from models.outcome import Outcome, Solved, Stopped
from models.plan import ActivityRun, Coverage, Plan
from models.problem.problem import Problem
from service.cli.show.balance import show_burden
from service.cli.show.figures import number, percent
from service.cli.show.layout import DIM, Bar, Packed, heading, table
from service.cli.show.names import Names
from service.cli.show.outcome import show_outcome
from service.cli.show.proof import show_proof

NAMED = 4


def show_picture(console: Console, outcome: Outcome, problem: Problem) -> None:
    """Who contributes what under which flag, what it achieves, who pays, and the proof."""
    if not isinstance(outcome, Solved | Stopped):
        show_outcome(console, outcome, problem)
        return
    names = Names(problem)
    console.print()
    console.print(Text(problem.title, style="bold"))
    _show_flags(console, outcome.plan, names, problem)
    _show_theatres(console, outcome.plan.coverage, names)
    show_burden(console, outcome.plan.burden, names)
    heading(console, "The proof")
    show_proof(console, outcome)
    console.print(Text(_measured(outcome), style=DIM))


def _measured(outcome: Solved | Stopped) -> str:
    size, spent = outcome.program, outcome.timing
    return (
        f"program: {size.columns:,} columns, {size.rows:,} rows, {size.nonzeros:,} non-zeros, {size.integers:,} binary"
        f" · formulate {spent.formulate_s:.1f} s, compile {spent.compile_s:.1f} s, solve {spent.solve_s:.1f} s,"
        f" check {spent.check_s:.1f} s"
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


def _show_theatres(console: Console, coverage: Iterable[Coverage], names: Names) -> None:
    heading(console, "What it achieves in each theatre, over all years")
    found: dict[str, dict[str, list[Coverage]]] = defaultdict(lambda: defaultdict(list))
    for one in coverage:
        found[one.theatre][one.driver].append(one)
    drivers = list(dict.fromkeys(driver for theatre in found.values() for driver in theatre))
    rows = table("theatre", "risk", "removed", "share", "", *drivers, right=("risk", "removed", "share", *drivers))
    shares = {theatre: _share(one for ones in found[theatre].values() for one in ones) for theatre in found}
    for theatre in sorted(found, key=lambda theatre: -shares[theatre]):
        every = [one for ones in found[theatre].values() for one in ones]
        rows.add_row(
            names.theatre(theatre),
            number(sum(one.baseline for one in every)),
            number(sum(one.reduction for one in every)),
            percent(round(shares[theatre], 3)),
            Bar(shares[theatre]),
            *(
                percent(round(_share(found[theatre][driver]), 2)) if driver in found[theatre] else ""
                for driver in drivers
            ),
        )
    console.print(rows)


def _share(coverage: Iterable[Coverage]) -> float:
    every = tuple(coverage)
    return sum(one.reduction for one in every) / sum(one.baseline for one in every)
