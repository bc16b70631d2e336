"""Shows an evaluation: whether the plan keeps all rules, which rules it breaks, and how good it is."""

from rich.console import Console
from rich.text import Text

from models.evaluation import Evaluation, Score
from models.outcome import CheckReport, OutcomeStatus
from models.problem.problem import Problem
from service.cli.show.figures import BOUND_COLUMNS, gap_percent, metric_bound, metric_name, metric_value, number
from service.cli.show.layout import DIM, heading, paragraph, table
from service.cli.show.names import single_line

MOST_FIGURES = 10
"""Differing figures that are listed; the document has them all."""
WITHOUT_BOUND: dict[OutcomeStatus | None, str] = {
    None: "The best possible value is not known yet: the solve has not ended.",
    "no_plan_in_limit": "The best possible value was not found in the time limit. A longer --time-limit may find it.",
    "unbounded": "The problem is unbounded, so there is no best plan to compare with.",
    "solver_error": "The solver failed, so the best possible value is not known.",
}


def show_evaluation(console: Console, evaluation: Evaluation, problem: Problem) -> None:
    """Print the verdict, the broken rules, the metrics with their best possible values, and warnings."""
    if problem.title:
        console.print(Text(single_line(problem.title), style=DIM))
    _show_verdict(console, evaluation.check)
    if evaluation.scores:
        _show_scores(console, evaluation)
    _show_figures(console, evaluation.figures)
    if evaluation.warnings:
        heading(console, "Warnings")
        for warning in evaluation.warnings:
            paragraph(console, warning, bullet="!", style="yellow")


def _show_verdict(console: Console, check: CheckReport) -> None:
    checked = f"{check.checked_rows:,} condition{'' if check.checked_rows == 1 else 's'} checked"
    if check.passed:
        console.print(Text(f"THE PLAN KEEPS ALL RULES: {checked}", style="bold green"))
        return
    console.print(Text(f"THE PLAN BREAKS RULES: {len(check.violations):,} of {checked}", style="bold red"))
    console.print()
    listed = table("rule", "where", "by", "explanation", right=("by",), wide={"where": 2, "explanation": 5})
    for violation in check.violations:
        words = violation.constraint.replace("_", " ")
        listed.add_row(words, single_line(violation.row), number(violation.amount), single_line(violation.sentence))
    console.print(listed)


def _show_figures(console: Console, figures: CheckReport) -> None:
    if figures.passed:
        return
    heading(console, "Figures stated in the plan that differ from the recalculated ones (no rule is broken)")
    for violation in figures.violations[:MOST_FIGURES]:
        paragraph(console, single_line(violation.sentence), bullet="·")
    rest = len(figures.violations) - MOST_FIGURES
    if rest > 0:
        paragraph(console, f"and {rest:,} more; use --json to list them all", bullet="·")


def _show_scores(console: Console, evaluation: Evaluation) -> None:
    heading(console, "How good the plan is")
    console.print()
    columns = ("in this plan", *BOUND_COLUMNS)
    scores = table("metric", *columns, right=columns)
    for score in evaluation.scores:
        scores.add_row(metric_name(score.metric), metric_value(score.metric, score.value), *_bounds(score))
    console.print(scores)
    console.print()
    if all(score.bound is None for score in evaluation.scores):
        paragraph(console, _without_bound(evaluation))
    elif not evaluation.check.passed:
        paragraph(console, "The best possible value is for plans that keep all rules. This plan does not.")


def _without_bound(evaluation: Evaluation) -> str:
    """Why no metric has a bound."""
    if evaluation.infeasibility is None:
        return WITHOUT_BOUND.get(evaluation.outcome_status, "The best possible value of a single metric is not known.")
    whose = "proven" if evaluation.infeasibility.proven else "by the solver's search"
    return f"No plan can keep all rules ({whose}), so there is no best plan to compare with."


def _bounds(score: Score) -> tuple[str, ...]:
    """Both bounds, each with its gap."""
    return (
        metric_bound(score.metric, score.bound),
        gap_percent(score.gap),
        metric_bound(score.metric, score.proven),
        gap_percent(score.proven_gap),
    )
