"""Shows the proof: value, bounds and gaps of each objective, and the independent check."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from models.outcome import CheckReport, ObjectiveResult, Result, Solved, Stopped, WeightedSum, results_by_priority
from service.cli.show.figures import (
    BOUND_COLUMNS,
    NOTHING,
    gap_percent,
    metric_name,
    metric_value,
    number,
    priority_bound,
    priority_name,
    priority_value,
)
from service.cli.show.layout import paragraph, table


def show_proof(console: Console, outcome: Solved | Stopped) -> None:
    """Print the headline, a line for each objective and weighted sum, and the result of the check."""
    console.print(plan_headline(outcome))
    console.print()
    figures = ("in this plan", *BOUND_COLUMNS)
    listed = table("objective", *figures, right=figures)
    for result, parts in results_by_priority(outcome):
        listed.add_row(_name(result), _value(result, result.value), *_bounds(result))
        for name, part in _parts(result, parts):
            listed.add_row(name, metric_value(part.metric, part.value))
    console.print(listed)
    console.print()
    _show_check(console, outcome.check)


def plan_headline(outcome: Solved | Stopped) -> Text:
    """The value of the plan and how good it is, in one line."""
    first, _ = next(results_by_priority(outcome))
    plan = f"{priority_name(first.metrics)} {_value(first, first.value)}"
    match outcome:
        case Solved():
            return Text(_solved(first, plan, outcome.config.solver.mip_gap), style="bold green")
        case Stopped():
            words = f"BEST PLAN FOUND, NOT PROVEN OPTIMAL: {plan}; {_distances(first)} ({outcome.reason})"
            return Text(words, style="bold yellow")


def _solved(first: Result, plan: str, mip_gap: float) -> str:
    """The headline of a closed gap: what is proven, and what only the solver's search claims."""
    if first.gap is None:
        return f"BEST PLAN FOUND: {plan}; {_distances(first)}"
    if _is_nothing(first.gap) and _is_nothing(first.proven_gap):
        return f"PROVEN OPTIMAL: {plan}; no plan does better"
    if _is_nothing(first.gap):
        return f"OPTIMAL BY THE SOLVER'S SEARCH: {plan}; {_proven(first)}"
    if first.proven_gap is not None and first.proven_gap <= mip_gap:
        return f"PROVEN WITHIN {gap_percent(first.proven_gap)} OF THE BEST: {plan}"
    return f"WITHIN {gap_percent(first.gap)} OF THE BEST by the solver's search; {_proven(first)}: {plan}"


def _distances(first: Result) -> str:
    """How far the plan may be from the best possible: by the solver's search, and proven."""
    if first.gap is None:
        return "how far it is from the best possible is not known"
    return f"within {gap_percent(first.gap)} of the best possible by the solver's search; {_proven(first)}"


def _proven(result: Result) -> str:
    return "nothing is proven" if result.proven_gap is None else f"proven within {gap_percent(result.proven_gap)}"


def _is_nothing(gap: float | None) -> bool:
    """Whether a gap is shown as 0 %."""
    return gap is not None and gap < NOTHING


def _name(result: Result) -> str:
    """Name of an objective or sum; says so if the choices were fixed while it was optimised."""
    name = priority_name(result.metrics)
    return name if result.scope == "full" else f"{name} (amounts only, choices fixed)"


def _parts(result: Result, parts: Sequence[ObjectiveResult]) -> Iterator[tuple[str, ObjectiveResult]]:
    """The parts of a weighted sum, each named with its weight; only their sum has bounds."""
    if isinstance(result, WeightedSum):
        for part, weight in zip(parts, result.weights, strict=True):
            yield f"  {metric_name(part.metric)} × {number(weight)}", part


def _bounds(result: Result) -> tuple[str, ...]:
    """Both bounds, each with its gap."""
    return (
        priority_bound(result.metrics, result.bound),
        gap_percent(result.gap),
        priority_bound(result.metrics, result.proven),
        gap_percent(result.proven_gap),
    )


def _value(result: Result, value: float) -> str:
    return priority_value(result.metrics, value)


def _show_check(console: Console, check: CheckReport) -> None:
    conditions = f"{check.checked_rows:,} conditions recalculated from the document"
    if check.passed:
        paragraph(
            console, f"Independent check passed: {conditions}, largest violation {number(check.largest_violation)}."
        )
        return
    paragraph(
        console,
        f"INDEPENDENT CHECK FAILED: {conditions}, largest violation {number(check.largest_violation)}.",
        style="bold red",
    )
    for violation in check.violations:
        paragraph(console, violation.sentence, bullet="!", style="red")
