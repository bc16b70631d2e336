"""Plans made by hand: tests state the decisions, the helpers compute the figures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from models.config import Group
from models.ids import MemberId
from models.plan import Plan
from models.problem.activity import ThresholdEffect
from models.problem.problem import Problem
from optimizer.check.check import check
from optimizer.check.divergence import spread
from optimizer.check.facts import Facts
from optimizer.check.payers import willing_members
from optimizer.check.row import RuleRow
from optimizer.check.scenarios import entry_scenarios, read
from optimizer.check.score import burdens, expected, risk_reduction

Choices = Mapping[str, Any]

ALL = 1e9
"""More than any level: a plan that may claim a lower effective level (C24) claims all of it."""


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
    """Return the plan with the allocations `gives` {"a/train[/resource[/period[/scenario]]]": amount}.

    `runs` {"train[/period]": framework} (by default each activity with an allocation, under its first framework),
    `levels` {"train[/period[/scenario]]": level} (by default the level that the first need line allows), `pays`
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
        for key, framework in chosen.items()
        for scenario in sorted(entry_scenarios(problem), key=str)
        for run in [_run(problem, bare["allocations"], (key, framework, scenario), levels or {})]
    ]
    return filled(problem, bare)


def filled(problem: Problem, bare: dict[str, Any]) -> Plan:
    """Return the plan of these decisions with all figures that follow from them."""
    empty: dict[str, list[Any]] = {"coverage": [], "burden": [], "divergence": [], "scenarios": []}
    facts = read(problem, Plan.model_validate(bare | empty), ())
    bare["activities"] = [row for run in bare["activities"] for row in _achieved_in_each(facts, run)]
    figures = {
        "coverage": [entry for view in facts for entry in _coverage(view)],
        "burden": _burden(facts),
        "divergence": [row for rows in zip(*map(_divergence, facts), strict=True) for row in _merged(facts, rows)],
        "scenarios": [
            {"id": view.scenario.id or "base", "risk_reduction": risk_reduction(view), "regret": None} for view in facts
        ],
    }
    return Plan.model_validate(bare | figures)


def _achieved_in_each(facts: tuple[Facts, ...], run: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a run with its figures; one for each scenario if they differ."""
    if run["scenario"] is not None:
        (own,) = (view for view in facts if view.scenario.id == run["scenario"])
        return [run | _achieved(own, run)]
    return _merged(facts, [run | _achieved(view, run) for view in facts])


def _merged(facts: tuple[Facts, ...], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    if all(row == rows[0] for row in rows):
        return [rows[0]]
    return [row | {"scenario": view.scenario.id} for view, row in zip(facts, rows, strict=True)]


def changed(plan: Plan, **fields: Any) -> Plan:
    """Return a plan with other lists; the remaining figures stay unchanged."""
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
    key, framework, scenario = chosen
    activity, period = [*key.split("/"), problem.periods[0]][:2]
    record = problem.activity[activity]  # type: ignore[index]
    framework = framework or problem.frameworks_of(record)[0]
    line = record.need_lines[0]
    supplied = sum(
        line.from_.get(gift["resource"], 0) * problem.contributor[gift["contributor"]].productivity * gift["amount"]
        for gift in gifts
        if (gift["activity"], gift["period"], gift["scenario"]) == (activity, period, scenario)
    )
    level = supplied / (line.amount * problem.framework[framework].cost_multiplier)  # type: ignore[index]
    for name in (activity, f"{activity}/{period}", f"{activity}/{period}/{scenario}"):
        level = levels.get(name, level)
    return {
        "id": activity,
        "period": period,
        "framework": framework,
        "role": problem.framework[framework].role,  # type: ignore[index]
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
    participants = [c for c in facts.problem.contributor if (c, *running) in facts.participations]
    return {
        "role": facts.problem.framework[facts.framework[running]].role,
        "effective_level": level,
        "effect": facts.reported_effect(running),
        "threshold": threshold,
        "participants": participants,
    }


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
    cost = {member.id: expected(facts, [view.cost[member.id] for view in facts]) for member in problem.members}
    total, relative = sum(cost.values()), burdens(facts)
    return [
        {
            "member": member.id,
            "cost": cost[member.id],
            "share": cost[member.id] / total if total else 0,
            "fair_share": expected(facts, [_fair_share(view, member.id) for view in facts]),
            "relative_burden": relative[member.id],
        }
        for member in problem.members
    ]


def _fair_share(facts: Facts, member: MemberId) -> float:
    ability = {one: facts.problem.member[one].ability_to_pay for one in facts.sharing}
    return ability[member] / sum(ability.values()) if member in ability else 0.0


def _divergence(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "activity": activity,
            "period": facts.period(t),
            **spread(facts, (activity, t))._asdict(),
            "willing_share": len(willing_members(facts, facts.problem.activity[activity], framework, t))
            / len(facts.problem.members),
        }
        for (activity, t), framework in facts.framework.items()
    ]


def broken(problem: Problem, plan: Plan, *, relax: tuple[Group, ...] = ()) -> set[str]:
    """Return the families that a plan violates."""
    return {violation.constraint for violation in check(problem, plan, relax=relax).violations}


def broken_rows(problem: Problem, plan: Plan) -> list[str]:
    """Return the rows that a plan violates, each with its family."""
    return [f"{violation.constraint} {violation.row}" for violation in check(problem, plan).violations]


def rows_of(rows: Callable[[Facts], Iterator[RuleRow]], problem: Problem, plan: Plan) -> list[RuleRow]:
    """Return the rows of a family in every scenario, complete with tolerances."""
    return [row for facts in read(problem, plan, ()) for row in rows(facts)]


def reductions(plan: Plan) -> dict[str, float]:
    """Return the risk points that a plan reports removed, by theatre, driver and period, without zeros."""
    return {
        f"{entry.theatre}/{entry.driver}/{entry.period}": entry.reduction for entry in plan.coverage if entry.reduction
    }


def reduced(problem: Problem, *gifts: str) -> dict[str, float]:
    """Return the reductions of a plan with 4 units of each contribution; asserts that it violates nothing."""
    plan = a_plan(problem, dict.fromkeys(gifts, 4))
    assert not broken(problem, plan)
    return reductions(plan)
