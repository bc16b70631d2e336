"""Plans made by hand: what is decided is stated, what follows is filled in."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from models.config import Group
from models.plan import Plan
from models.problem.activity import ThresholdEffect
from models.problem.problem import Problem
from optimizer.check.check import check
from optimizer.check.divergence import spread
from optimizer.check.facts import Facts
from optimizer.check.payers import willing_members
from optimizer.check.row import Row
from optimizer.check.scenarios import entry_scenarios, read
from optimizer.check.score import expected, risk_reduction

Choices = Mapping[str, Any]

ALL = 1e9
"""More than any level: where a plan may count on less than it does (C24), these count on all of it."""


def a_plan(
    problem: Problem,
    gives: Choices | None = None,
    *,
    runs: Choices | None = None,
    levels: Choices | None = None,
    pays: Choices | None = None,
    concedes: Choices | None = None,
    buys: Choices | None = None,
) -> Plan:
    """Make the plan in which `gives` {"a/train[/resource[/period[/scenario]]]": amount} is given and all else follows.

    `runs` {"train[/period]": framework} (by default what is given to runs, under its first framework), `levels`
    {"train[/period[/scenario]]": level} (by default what the first need line is given for), `pays`
    {"a/eu/money/p1": amount}, `concedes` {"a/train/alliance": points}, `buys` {"radar/p1": units}.
    """
    bare = {
        "allocations": [_allocation(problem, key, amount) for key, amount in (gives or {}).items()],
        "coordination": [
            _named(("member", "partner", "resource", "period", "scenario"), key) | {"amount": amount}
            for key, amount in (pays or {}).items()
        ],
        "concessions": [
            _named(("member", "activity", "framework"), key) | {"amount": amount}
            for key, amount in (concedes or {}).items()
        ],
        "investments": [_named(("id", "period"), key) | {"units": units} for key, units in (buys or {}).items()],
    }
    chosen = runs if runs is not None else {"/".join((a["activity"], a["period"])): None for a in bare["allocations"]}
    bare["activities"] = [
        run
        for key, flag in chosen.items()
        for scenario in sorted(entry_scenarios(problem), key=str)
        for run in [_run(problem, bare["allocations"], (key, flag, scenario), levels or {})]
    ]
    return filled(problem, bare)


def filled(problem: Problem, bare: dict[str, Any]) -> Plan:
    """Complete a plan's decisions by what follows from them."""
    empty: dict[str, list[Any]] = {"coverage": [], "burden": [], "divergence": [], "scenarios": []}
    facts = read(problem, Plan.model_validate(bare | empty), ())
    futures = {one.scenario.id: one for one in facts}
    bare["activities"] = [run | _achieved(futures.get(run["scenario"], facts[0]), run) for run in bare["activities"]]
    figures = {
        "coverage": [entry for one in facts for entry in _coverage(one)],
        "burden": _burden(facts),
        "divergence": _divergence(facts[0]),
        "scenarios": [
            {"id": one.scenario.id or "base", "risk_reduction": risk_reduction(one), "regret": None} for one in facts
        ],
    }
    return Plan.model_validate(bare | figures)


def changed(plan: Plan, **fields: Any) -> Plan:
    """Put other lists in a plan's place; the figures stay as they were."""
    return Plan.model_validate(plan.model_dump() | fields)


def _named(names: tuple[str, ...], key: str) -> dict[str, Any]:
    return dict(zip(names, key.split("/"), strict=False))


def _allocation(problem: Problem, key: str, amount: float) -> dict[str, Any]:
    names = ("contributor", "activity", "resource", "period", "scenario")
    defaults = {"resource": "money", "period": problem.periods[0], "scenario": None}
    return defaults | _named(names, key) | {"amount": amount}


def _run(
    problem: Problem, gifts: list[dict[str, Any]], chosen: tuple[str, str | None, str | None], levels: Choices
) -> dict[str, Any]:
    key, flag, scenario = chosen
    activity, period = [*key.split("/"), problem.periods[0]][:2]
    record = problem.activity[activity]  # type: ignore[index]
    flag = flag or problem.frameworks_of(record)[0]
    line = record.need_lines[0]
    brought = sum(
        line.from_.get(gift["resource"], 0) * problem.contributor[gift["contributor"]].productivity * gift["amount"]
        for gift in gifts
        if (gift["activity"], gift["period"], gift["scenario"]) == (activity, period, scenario)
    )
    level = brought / (line.amount * problem.framework[flag].cost_multiplier)  # type: ignore[index]
    for name in (activity, f"{activity}/{period}", f"{activity}/{period}/{scenario}"):
        level = levels.get(name, level)
    return {
        "id": activity,
        "period": period,
        "framework": flag,
        "role": problem.framework[flag].role,  # type: ignore[index]
        "level": level,
        "scenario": scenario,
        "effective_level": ALL,
        "effect": 0,
        "threshold": None,
        "participants": [],
        "stood_aside": [],
    }


def _achieved(facts: Facts, run: dict[str, Any]) -> dict[str, Any]:
    running = run["id"], facts.period_index[run["period"]]
    level = facts.effective[running]
    shape = facts.problem.activity[running[0]].effect
    threshold = None
    if isinstance(shape, ThresholdEffect):
        short = max(0.0, shape.threshold - level)
        threshold = {"needed": shape.threshold, "met": short == 0, "short_by": short}
    participants = [one for one in facts.problem.contributor if (one, *running) in facts.participations]
    effect = facts.effect[running]
    return {"effective_level": level, "effect": effect, "threshold": threshold, "participants": participants}


def _coverage(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "theatre": theatre,
            "driver": driver,
            "period": facts.period(t),
            "baseline": facts.path[theatre, driver, t],
            "reduction": cut,
            "residual": facts.path[theatre, driver, t] - cut,
            "share": cut / facts.path[theatre, driver, t] if facts.path[theatre, driver, t] else 0,
            "scenario": facts.scenario.id,
        }
        for (theatre, driver, t), cut in facts.cut.items()
    ]


def _burden(facts: tuple[Facts, ...]) -> list[dict[str, Any]]:
    problem = facts[0].problem
    cost = {one.id: expected(facts, [each.cost[one.id] for each in facts]) for one in problem.members}
    total, over = sum(cost.values()), facts[0].sharing
    abilities = sum(problem.member[one].ability_to_pay for one in over)
    return [
        {
            "member": one.id,
            "cost": cost[one.id],
            "share": cost[one.id] / total if total else 0,
            "fair_share": one.ability_to_pay / abilities if one.id in over else 0,
            "relative_burden": cost[one.id] / one.ability_to_pay,
        }
        for one in problem.members
    ]


def _divergence(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "activity": activity,
            "period": facts.period(t),
            **spread(facts, (activity, t))._asdict(),
            "willing_share": len(willing_members(facts, facts.problem.activity[activity], flag, t))
            / len(facts.problem.members),
        }
        for (activity, t), flag in facts.framework.items()
    ]


def broken(problem: Problem, plan: Plan, *, relax: tuple[Group, ...] = ()) -> set[str]:
    """Name the families that a plan breaks."""
    return {violation.constraint for violation in check(problem, plan, relax=relax).violations}


def broken_rows(problem: Problem, plan: Plan) -> list[str]:
    """Name the rows that a plan breaks, with their families."""
    return [f"{violation.constraint} {violation.row}" for violation in check(problem, plan).violations]


def rows_of(rows: Callable[[Facts], Iterator[Row]], problem: Problem, plan: Plan) -> list[Row]:
    """Rows of one family in full, with how far they may be off, in every future."""
    return [row for facts in read(problem, plan, ()) for row in rows(facts)]


def reductions(plan: Plan) -> dict[str, float]:
    """The risk points that a plan says it removes, by theatre, driver and period; only where there are any."""
    return {f"{one.theatre}/{one.driver}/{one.period}": one.reduction for one in plan.coverage if one.reduction}


def reduced(problem: Problem, *gifts: str) -> dict[str, float]:
    """The same of a plan that gives 4 of each and breaks nothing."""
    plan = a_plan(problem, dict.fromkeys(gifts, 4))
    assert not broken(problem, plan)
    return reductions(plan)
