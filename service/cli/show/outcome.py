"""Shows an outcome: first the proof, then the plan, then warnings, assumptions and versions."""

from rich.console import Console
from rich.text import Text

from models.explanation import Infeasibility
from models.outcome import Infeasible, NoPlanInLimit, Outcome, Solved, SolverError, Stopped, Unbounded
from models.problem.problem import Problem
from service.cli.show.activities import show_activities
from service.cli.show.balance import show_burden, show_coverage, show_scenarios
from service.cli.show.layout import DIM, heading, paragraph
from service.cli.show.names import Names, single_line
from service.cli.show.not_running import show_also_paid, show_idle, show_stood_aside
from service.cli.show.proof import plan_headline, show_proof

DIGEST_SHOWN = 19
"""Characters of the problem digest that are shown: `sha256:` and twelve more."""
NO_REASON = (
    "The rules in the way are not listed. To find them, set groups of rules aside, for example with --relax policy."
)


def show_outcome(console: Console, outcome: Outcome, problem: Problem) -> None:
    """Print an outcome on one or two pages."""
    if problem.title:
        console.print(Text(single_line(problem.title), style=DIM))
    if not isinstance(outcome, Solved | Stopped):
        console.print(headline(outcome))
    match outcome:
        case Solved() | Stopped():
            show_proof(console, outcome)
            _show_plan(console, outcome, Names(problem), problem)
        case Infeasible():
            _show_infeasibility(console, outcome.infeasibility)
        case NoPlanInLimit():
            paragraph(console, f"{outcome.reason}. A longer --time-limit may find one.")
        case Unbounded():
            if outcome.ray:
                paragraph(console, f"These can grow without limit: {', '.join(outcome.ray)}")
        case SolverError():
            paragraph(console, outcome.reason)
    _show_remarks(console, outcome)


def headline(outcome: Outcome) -> Text:
    """What was found and what is proven, in one line."""
    match outcome:
        case Solved() | Stopped():
            return plan_headline(outcome)
        case Infeasible():
            whose = "proven" if outcome.infeasibility.proven else "by the solver's search"
            return _no_plan(f"NO PLAN CAN KEEP ALL RULES ({whose})")
        case NoPlanInLimit():
            return _no_plan("NO PLAN FOUND WITHIN THE TIME LIMIT; one may still exist")
        case Unbounded():
            return _no_plan("THE PROBLEM IS UNBOUNDED: an objective can improve without limit")
        case SolverError():
            return _no_plan("THE SOLVER FAILED: the problem itself may be fine")


def _no_plan(text: str) -> Text:
    return Text(text, style="bold red")


def _show_plan(console: Console, outcome: Solved | Stopped, names: Names, problem: Problem) -> None:
    show_activities(console, outcome.plan, problem)
    show_also_paid(console, outcome.plan, problem)
    show_idle(console, outcome.plan, problem)
    show_stood_aside(console, outcome.plan, names)
    show_coverage(console, outcome.plan.coverage, names)
    show_scenarios(console, outcome.plan.scenarios, names)
    show_burden(console, outcome.plan.burden, names)
    limits = [limit.sentence for limit in outcome.explanation.binding]
    blocks = [blocker.sentence for blocker in outcome.explanation.blockers]
    if limits or blocks:
        heading(console, "What limits the plan")
        for sentence in (*limits, *blocks):
            paragraph(console, sentence, bullet="·")


def _show_infeasibility(console: Console, infeasibility: Infeasibility) -> None:
    if not infeasibility.conflict and not infeasibility.relaxations:
        paragraph(console, NO_REASON)
    if infeasibility.conflict:
        heading(console, "These rules cannot all be kept")
        for row in infeasibility.conflict:
            paragraph(console, row, bullet="·")
    for place, relaxation in enumerate(infeasibility.relaxations, start=1):
        heading(console, f"Way out {place} (tested by solving again)")
        for change in relaxation.changes:
            paragraph(console, change.sentence, bullet="·")


def _show_remarks(console: Console, outcome: Outcome) -> None:
    if outcome.warnings:
        heading(console, "Warnings")
        for warning in outcome.warnings:
            paragraph(console, warning, bullet="!", style="yellow")
    if outcome.assumptions:
        heading(console, "Assumptions")
        for assumption in outcome.assumptions:
            paragraph(console, assumption, bullet="·")
    size, spent, versions = outcome.program, outcome.timing, outcome.versions
    console.print()
    console.print(
        Text(
            f"program: {size.columns:,} columns, {size.rows:,} rows, {size.nonzeros:,} non-zeros, "
            f"{size.integers:,} integers\n"
            f"formulated in {spent.formulate_s:.2f} s, compiled in {spent.compile_s:.2f} s, "
            f"solved in {spent.solve_s:.2f} s, checked in {spent.check_s:.2f} s\n"
            f"concord {versions.concord}, model {versions.model}, HiGHS {versions.highs}, "
            f"seed {outcome.config.solver.seed}, problem {outcome.problem_digest[:DIGEST_SHOWN]}",
            style=DIM,
        )
    )
