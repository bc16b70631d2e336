"""What was proven: value, bound, gap, and the second opinion."""

from rich.console import Console
from rich.text import Text

from models.outcome import CheckReport, Scope, Solved, Stopped
from service.cli.show.figures import NOTHING, number, percent, reading, words_of
from service.cli.show.layout import paragraph, table

FREE: dict[Scope, str] = {"full": "everything free", "integers_held": "choices held, amounts free"}


def show_proof(console: Console, outcome: Solved | Stopped) -> None:
    """The headline, a line for each objective, the check."""
    console.print(_headline(outcome))
    console.print()
    proven = table(
        "objective",
        "in this plan",
        "best possible",
        "gap",
        "optimised with",
        right=("in this plan", "best possible", "gap"),
    )
    for one in outcome.objectives:
        proven.add_row(
            words_of(one.metric),
            reading(one.metric, one.value),
            reading(one.metric, one.bound),
            percent(one.gap),
            FREE[one.scope],
        )
    console.print(proven)
    console.print()
    _show_check(console, outcome.check)


def _headline(outcome: Solved | Stopped) -> Text:
    first = outcome.objectives[0]
    value = f"{words_of(first.metric)} {reading(first.metric, first.value)}"
    match outcome:
        case Solved() if first.gap < NOTHING:
            return Text(f"PROVEN OPTIMAL: {value}, and no plan does better", style="bold green")
        case Solved():
            return Text(f"PROVEN WITHIN {percent(first.gap)} OF THE BEST: {value}", style="bold green")
        case Stopped():
            return Text(
                f"A PLAN, NOT PROVEN BEST: {value}, at most {percent(first.gap)} from the best ({outcome.reason})",
                style="bold yellow",
            )


def _show_check(console: Console, check: CheckReport) -> None:
    rows = f"{check.checked_rows:,} rows recomputed from the document"
    if check.passed:
        paragraph(console, f"Independent check passed: {rows}, largest violation {number(check.largest_violation)}.")
        return
    paragraph(
        console,
        f"INDEPENDENT CHECK FAILED: {rows}, largest violation {number(check.largest_violation)}.",
        style="bold red",
    )
    for violation in check.violations:
        paragraph(console, violation.sentence, bullet="!", style="red")
