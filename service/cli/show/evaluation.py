"""An evaluation as a planner reads it: whether the plan holds, which rows it breaks, what it is worth."""

from rich.console import Console
from rich.text import Text

from models.evaluation import Evaluation, Score
from models.outcome import CheckReport, OutcomeStatus
from models.problem.problem import Problem
from service.cli.show.figures import number, percent, reading, words_of
from service.cli.show.layout import DIM, heading, paragraph, table
from service.cli.show.names import plain

NONE = "–"
MOST_FIGURES = 10
WITHOUT_BOUND: dict[OutcomeStatus | None, str] = {
    None: "The solve for the bound has not ended: nothing is proven yet of how good the plan is.",
    "infeasible": "No plan at all can meet all that is asked (proven), so there is no best to compare with.",
    "no_plan_in_limit": "No bound was proven in the time given. A longer --time-limit may prove one.",
    "unbounded": "The problem has no limit, so there is no best to compare with.",
    "solver_error": "The solver failed, so nothing is proven of how good the plan is.",
}


def show_evaluation(console: Console, evaluation: Evaluation, problem: Problem) -> None:
    """Print the verdict, the broken rows, the metrics and the bound."""
    if problem.title:
        console.print(Text(plain(problem.title), style=DIM))
    _show_verdict(console, evaluation.check)
    if evaluation.scores:
        _show_scores(console, evaluation)
    _show_figures(console, evaluation.figures)
    if evaluation.warnings:
        heading(console, "Warnings")
        for warning in evaluation.warnings:
            paragraph(console, warning, bullet="!", style="yellow")


def _show_verdict(console: Console, check: CheckReport) -> None:
    rows = f"{check.checked_rows:,} row{'' if check.checked_rows == 1 else 's'} checked"
    if check.passed:
        console.print(Text(f"THE PLAN HOLDS: {rows}, none is broken", style="bold green"))
        return
    broken = "1 is broken" if len(check.violations) == 1 else f"{len(check.violations):,} are broken"
    console.print(Text(f"THE PLAN BREAKS ROWS: {rows}, {broken}", style="bold red"))
    console.print()
    listed = table("rule", "row", "broken by", "which means", right=("broken by",), wide={"row": 2, "which means": 5})
    for violation in check.violations:
        words = violation.constraint.replace("_", " ")
        listed.add_row(words, plain(violation.row), number(violation.amount), plain(violation.sentence))
    console.print(listed)


def _show_figures(console: Console, figures: CheckReport) -> None:
    if figures.passed:
        return
    heading(console, "What the plan says of itself and does not come to (no rule is broken by that)")
    for violation in figures.violations[:MOST_FIGURES]:
        paragraph(console, plain(violation.sentence), bullet="·")
    rest = len(figures.violations) - MOST_FIGURES
    if rest > 0:
        paragraph(console, f"and {rest:,} more: --json lists them all", bullet="·")


def _show_scores(console: Console, evaluation: Evaluation) -> None:
    heading(console, "What the plan is worth")
    console.print()
    columns = ("in this plan", "best possible", "short of it by")
    scores = table("metric", *columns, right=columns)
    for score in evaluation.scores:
        scores.add_row(words_of(score.metric), reading(score.metric, score.value), _bound(score), _gap(score))
    console.print(scores)
    console.print()
    if all(score.bound is None for score in evaluation.scores):
        paragraph(console, WITHOUT_BOUND.get(evaluation.outcome_status, "Nothing is proven of any one metric alone."))
    elif not evaluation.check.passed:
        paragraph(console, "The best possible is that of plans that keep to every row; this one does not.")


def _bound(score: Score) -> str:
    return NONE if score.bound is None else reading(score.metric, score.bound)


def _gap(score: Score) -> str:
    return NONE if score.gap is None else percent(score.gap)
