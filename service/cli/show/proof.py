"""Shows the proof: value, bound and gap of each objective, and the independent check."""

from rich.console import Console
from rich.text import Text

from models.outcome import CheckReport, Scope, Solved, Stopped
from service.cli.show.figures import NOTHING, metric_name, metric_value, number, percent
from service.cli.show.layout import paragraph, table

SCOPES: dict[Scope, str] = {"full": "all decisions", "integers_held": "amounts only, choices fixed"}
"""What an objective was optimised over."""


def show_proof(console: Console, outcome: Solved | Stopped) -> None:
    """Print the headline, a line for each objective and the result of the check."""
    console.print(_headline(outcome))
    console.print()
    proven = table(
        "objective",
        "in this plan",
        "best possible",
        "gap",
        "optimised over",
        right=("in this plan", "best possible", "gap"),
    )
    for objective in outcome.objectives:
        proven.add_row(
            metric_name(objective.metric),
            metric_value(objective.metric, objective.value),
            metric_value(objective.metric, objective.bound),
            percent(objective.gap),
            SCOPES[objective.scope],
        )
    console.print(proven)
    console.print()
    _show_check(console, outcome.check)


def _headline(outcome: Solved | Stopped) -> Text:
    first = outcome.objectives[0]
    value = f"{metric_name(first.metric)} {metric_value(first.metric, first.value)}"
    match outcome:
        case Solved() if first.gap < NOTHING:
            return Text(f"PROVEN OPTIMAL: {value}; no plan does better", style="bold green")
        case Solved():
            return Text(f"PROVEN WITHIN {percent(first.gap)} OF THE BEST: {value}", style="bold green")
        case Stopped():
            distance = f"within {percent(first.gap)} of the best possible"
            return Text(
                f"BEST PLAN FOUND, NOT PROVEN OPTIMAL: {value}, {distance} ({outcome.reason})", style="bold yellow"
            )


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
