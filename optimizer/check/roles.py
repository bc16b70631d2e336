"""C22: soldiers out of civil roles; support, not lead."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import EXACT, Row


def rows(facts: Facts) -> Iterator[Row]:
    """C22, one row per civil activity and period given to, and per run of an activity that the alliance may not lead.

    (1−χ)·military spend ≤ χ·other spend  [M EUR]; y = 0 under a lead framework  [0/1].
    """
    policy = facts.problem.policy
    share = policy.max_military_share_in_civil_tasks
    if share is not None:
        for running in facts.givers:
            if facts.problem.activity[running[0]].task == "civil":
                yield _military(facts, running, share)
    for (activity, t), flag in facts.flag.items():
        if activity in policy.no_lead_role:
            yield Row(
                key=f"no_lead_role/{activity}/{flag}/{facts.period(t)}",
                left=float(facts.problem.framework[flag].role == "lead"),
                sense="<=",
                right=0.0,
                sentence=f"{activity} is led under {flag}; the alliance may only support it",
                tolerance=EXACT,
            )


def _military(facts: Facts, running: Running, share: float) -> Row:
    soldiers = others = 0.0
    for gift in facts.givers[running].values():
        for resource, amount in gift.items():
            record = facts.problem.resource[resource]
            if record.kind == "military":
                soldiers += record.unit_cost * amount
            else:
                others += record.unit_cost * amount
    return Row(
        key=f"max_military_share_in_civil_tasks/{running[0]}/{facts.period(running[1])}",
        left=(1 - share) * soldiers,
        sense="<=",
        right=share * others,
        sentence=f"{soldiers:g} of {soldiers + others:g} M EUR in {running[0]} are military, {share:.0%} may be",
        scale=soldiers + others,
    )
