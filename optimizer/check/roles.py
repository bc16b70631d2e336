"""C22: soldiers out of civil roles; support, not lead."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import EXACT, RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C22, one row per civil activity and period that receives contributions, and per run that may not be led.

    (1−χ)·military spend ≤ χ·other spend  [M EUR]; y = 0 under a lead framework  [0/1].
    """
    policy, titles = facts.problem.policy, facts.titles
    share = policy.max_military_share_in_civil_tasks
    if share is not None:
        for running in facts.contributions_to:
            if facts.problem.activity[running[0]].task == "civil":
                yield _military(facts, running, share)
    for (activity, t), framework in facts.framework.items():
        if activity in policy.no_lead_role:
            yield RuleRow(
                key=f"no_lead_role/{activity}/{framework}/{facts.period(t)}",
                left=float(facts.problem.framework[framework].role == "lead"),
                sense="<=",
                right=0.0,
                sentence=f"The alliance leads {titles.activity[activity]} under {titles.framework[framework]} "
                f"in {facts.period(t)}; the policy allows it to support only.",
                tolerance=EXACT,
            )


def _military(facts: Facts, running: Running, share: float) -> RuleRow:
    military = other = 0.0
    for bundle in facts.contributions_to[running].values():
        for resource, amount in bundle.items():
            record = facts.problem.resource[resource]
            if record.kind == "military":
                military += record.unit_cost * amount
            else:
                other += record.unit_cost * amount
    period = facts.period(running[1])
    return RuleRow(
        key=f"max_military_share_in_civil_tasks/{running[0]}/{period}",
        left=(1 - share) * military,
        sense="<=",
        right=share * other,
        sentence=f"{military:g} of {military + other:g} M EUR in {facts.titles.activity[running[0]]} in {period} "
        f"are military; the policy allows at most {share:.0%}.",
        scale=max(military + other, facts.least_size.money),
    )
