"""What does not run, who stood aside and why, and what was paid beside the activities themselves."""

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding

from models.plan import Plan
from models.problem.problem import Problem
from service.cli.show.figures import number
from service.cli.show.layout import Packed, heading, paragraph, table
from service.cli.show.names import Names, plain

MOST_NAMED = 5
"""Activities that are named one by one; of more, the number is told."""


def show_idle(console: Console, plan: Plan, problem: Problem) -> None:
    """What could be done and is not."""
    running = {run.id for run in plan.activities}
    idle = [Names(problem).activity(activity.id) for activity in problem.activities if activity.id not in running]
    if idle:
        heading(console, "What does not run")
        console.print(Padding(Packed(idle, between="; "), (0, 0, 0, 2)))


def show_stood_aside(console: Console, plan: Plan, names: Names) -> None:
    """Who does not take part: those with one reason together."""
    reasons = _reasons(plan, names)
    if not reasons:
        return
    heading(console, "Who stood aside, and why")
    running = len({run.id for run in plan.activities})
    rows = table("who", "from", "why", wide={"who": 2, "from": 3, "why": 4})
    for (who, why), activities in reasons.items():
        few = len(activities) <= MOST_NAMED
        rows.add_row(who, "; ".join(activities) if few else f"{len(activities)} of the {running} that run", why)
    console.print(rows)


def show_also_paid(console: Console, plan: Plan, problem: Problem) -> None:
    """Coordination of partners, concessions, investments: those that the plan holds."""
    paid = tuple(_paid(plan, problem))
    if paid:
        heading(console, "What else it takes")
        for sentence in paid:
            paragraph(console, sentence, bullet="·")


def _reasons(plan: Plan, names: Names) -> dict[tuple[str, str], tuple[str, ...]]:
    """Members and their reason, with the activities they stood aside from."""
    from_what: dict[tuple[str, str], dict[str, None]] = {}
    for run in plan.activities:
        whos: dict[str, list[str]] = {}
        for aside in run.stood_aside:
            whos.setdefault(plain(aside.why), []).append(aside.member)
        for why, members in whos.items():
            from_what.setdefault((names.contributors(members), why), {})[names.activity(run.id)] = None
    return {key: tuple(activities) for key, activities in from_what.items()}


def _paid(plan: Plan, problem: Problem) -> Iterable[str]:
    names, several = Names(problem), len(problem.periods) > 1
    for paid in plan.coordination:
        amount = names.amounts(paid.resource, [paid.amount])
        when = f" in {paid.period}" if several else ""
        future = "" if paid.scenario is None else f" in the future {paid.scenario}"
        who, partner = names.contributor(paid.member), names.contributor(paid.partner)
        yield f"{who} pays {amount} to work with {partner}{when}{future}"
    for won in plan.concessions:
        over = f"{names.contributor(won.member)} over for {names.activity(won.activity)}"
        yield f"political capital of {number(won.amount)} wins {over} under {names.framework(won.framework)}"
    for bought in plan.investments:
        when = f" in {bought.period}" if several else ""
        yield f"{number(bought.units)} x {names.investment(bought.id)} bought{when}"
