"""Shows activities that do not run, who stands aside and why, and what else the plan needs."""

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding

from models.plan import Plan
from models.problem.problem import Problem
from service.cli.show.figures import number
from service.cli.show.layout import Packed, heading, paragraph, table
from service.cli.show.names import Names, single_line

MOST_NAMED = 5
"""Activities that are listed by name; with more, only their number is shown."""


def show_idle(console: Console, plan: Plan, problem: Problem) -> None:
    """Print the activities that do not run."""
    running = {run.id for run in plan.activities}
    idle = [Names(problem).activity(activity.id) for activity in problem.activities if activity.id not in running]
    if idle:
        heading(console, "Activities that do not run")
        console.print(Padding(Packed(idle, between="; "), (0, 0, 0, 2)))


def show_stood_aside(console: Console, plan: Plan, names: Names) -> None:
    """Print who does not take part in running activities, grouped by reason."""
    reasons = _reasons(plan, names)
    if not reasons:
        return
    heading(console, "Who stands aside, and why")
    running = len({run.id for run in plan.activities})
    rows = table("who", "from", "why", wide={"who": 2, "from": 3, "why": 4})
    for (who, why), activities in reasons.items():
        few = len(activities) <= MOST_NAMED
        rows.add_row(
            who, "; ".join(activities) if few else f"{len(activities)} of the {running} running activities", why
        )
    console.print(rows)


def show_also_paid(console: Console, plan: Plan, problem: Problem) -> None:
    """Print the plan's coordination with partners, concessions and investments."""
    paid = tuple(_paid(plan, problem))
    if paid:
        heading(console, "What else the plan needs")
        for sentence in paid:
            paragraph(console, sentence, bullet="·")


def _reasons(plan: Plan, names: Names) -> dict[tuple[str, str], tuple[str, ...]]:
    """Activities by members and their common reason for standing aside."""
    from_what: dict[tuple[str, str], dict[str, None]] = {}
    for run in plan.activities:
        members_by_reason: dict[str, list[str]] = {}
        for aside in run.stood_aside:
            members_by_reason.setdefault(single_line(aside.why), []).append(aside.member)
        for why, members in members_by_reason.items():
            from_what.setdefault((names.contributors(members), why), {})[names.activity(run.id)] = None
    return {key: tuple(activities) for key, activities in from_what.items()}


def _paid(plan: Plan, problem: Problem) -> Iterable[str]:
    names, several = Names(problem), len(problem.periods) > 1
    for paid in plan.coordination:
        amount = names.amounts(paid.resource, [paid.amount])
        when = f" in {paid.period}" if several else ""
        scenario = "" if paid.scenario is None else f" in the scenario {names.scenario(paid.scenario)}"
        who, partner = names.contributor(paid.member), names.contributor(paid.partner)
        yield f"{who} gives {amount} to coordinate with {partner}{when}{scenario}"
    for won in plan.concessions:
        case = f"{names.activity(won.activity)} under {names.framework(won.framework)}"
        yield f"political capital of {number(won.amount)} wins {names.contributor(won.member)} over for {case}"
    for bought in plan.investments:
        when = f" in {bought.period}" if several else ""
        yield f"investment: {number(bought.units)} x {names.investment(bought.id)}{when}"
